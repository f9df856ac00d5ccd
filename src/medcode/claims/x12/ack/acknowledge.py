"""The answer to a transmission, made and read: TA1 about its interchanges, a 999 about each of its groups.

A receiver sends them; whoever is about to send learns from them what a receiver will say.
An interchange with an error in its own frame is rejected as a whole by TA1, and its groups are
not answered. Acknowledgments are never acknowledged. What was wrong is named by its place and
code; the data itself (IK404) is not repeated.

Source: ASC X12 005010X231A1 and the interchange control structures 00501 (facts only).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medcode.claims.acknowledgment import Answer, GroupAnswer, InterchangeAnswer
from medcode.claims.x12.ack.answer_set import answer_set, unique
from medcode.claims.x12.ack.received import receive
from medcode.claims.x12.guides.x231_999 import GROUPS
from medcode.claims.x12.text.envelope import Envelope
from medcode.claims.x12.text.lexer import DEFAULT_DELIMITERS, lex
from medcode.claims.x12.text.source import chunks
from medcode.claims.x12.transmission import Transmission
from medcode.claims.x12.validate.envelope_table import HEADERS
from medcode.claims.x12.validate.rules import RULES
from medcode.claims.x12.write.order import interchange
from medcode.claims.x12.write.text import write
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from medcode.claims.x12.ack.received import ReceivedGroup, ReceivedInterchange
    from medcode.claims.x12.text.source import Source

__all__ = ["acknowledge", "answers"]

_ACKNOWLEDGMENT = "FA"
_GROUPS = frozenset(GROUPS.split())
_COUNT_DIGITS = 6  # of AK902
_ISA_IDS = {"receiver_qualifier": 5, "receiver": 6, "sender_qualifier": 7, "sender": 8}
_GS_IDS = {"group_receiver": 2, "group_sender": 3}
_IS_QUALIFIER = next(row.fits for row in HEADERS["ISA"] if row.number == _ISA_IDS["receiver_qualifier"])
_UNPRINTABLE = re.compile(f"[^ -~]|[{re.escape(str(DEFAULT_DELIMITERS))}]")


def acknowledge(
    sent: Transmission | Source, *, created: datetime | None = None, control_number: int = 1
) -> Transmission:
    """Return the answer to a transmission: a TA1 where it is asked for or due, and a 999 for each group.

    A path or an open file is answered without holding it in memory.
    `created` is the moment of the answer (default now), `control_number` that of its first
    interchange. Raises `X12Error` where there is nothing to answer.

    >>> from medcode.claims import x12
    >>> answer = acknowledge(x12.loads("ST*837*0001*005010X222A1~SE*2*0001~"))
    >>> [segment.elements[0] for segment in answer.segments][:6]
    ['ISA', 'GS', 'ST', 'AK1', 'AK2', 'IK3']
    """
    when: dict[str, Any] = {"created": created} if created else {}
    texts: list[str] = []
    for received in receive(sent.segments if isinstance(sent, Transmission) else lex(chunks(sent))):
        envelope = Envelope(control_number=control_number, **when, **_parties(received.header))
        if rows := list(_answers(received, envelope)):
            texts += [piece.run.text for piece in write(interchange(rows, envelope), envelope)]
            control_number += 1
    if not texts:
        raise X12Error("there is nothing to acknowledge")
    return Transmission("".join(texts))


def answers(received: Transmission) -> tuple[InterchangeAnswer | GroupAnswer, ...]:
    """Return each TA1 and each 999 of a transmission, in their order.

    >>> from medcode.claims import x12
    >>> answers(x12.loads("TA1*000000001*260105*0930*R*023~"))[0].accepted
    False
    """
    found: Iterator[Any] = received.records(Answer)
    return tuple(found)


def _answers(
    received: ReceivedInterchange, envelope: Envelope
) -> Iterator[tuple[Envelope, type[Answer], list[Answer]]]:
    """Yield what is due to an interchange: its TA1, and a 999 for each group, from who received the group."""
    if received.header and (received.codes or received.header[14:15] == ["1"]):
        yield envelope, InterchangeAnswer, [_of_interchange(received, envelope)]
    if received.header and received.codes:
        return
    groups = [group for group in received.groups if group.header[1:2] != [_ACKNOWLEDGMENT]]
    for number, group in enumerate(groups, 1):
        parties = {name: _party(_text(group.header, at)) for name, at in _GS_IDS.items()}
        numbers = {"group_control_number": 1, "transaction_control_number": f"{number:04}"}
        yield envelope.evolve(**parties, **numbers), GroupAnswer, [_of_group(group)]


def _of_interchange(received: ReceivedInterchange, envelope: Envelope) -> InterchangeAnswer:
    number, day, time = (_digits(received.header, at) for at in (13, 9, 10))
    return InterchangeAnswer(
        control_number=number[-9:].zfill(9),
        date=day if len(day) == len("yymmdd") else f"{envelope.created:%y%m%d}",
        time=time if len(time) == len("hhmm") else f"{envelope.created:%H%M}",
        decision="R" if received.codes else "A",
        reason=received.codes[0] if received.codes else "000",
    )


def _of_group(group: ReceivedGroup) -> GroupAnswer:
    """Return the answer to a group, named as it named itself; a missing header as well as its sets allow.

    It is accepted, with errors, in part or not at all.
    """
    sets = tuple(map(answer_set, group.sets))
    accepted = sum(each.accepted for each in sets)
    reasons = unique(RULES[finding.name].code for finding in group.findings)
    if reasons or not accepted:
        decision, accepted = "R", 0
    elif accepted < len(sets):
        decision = "P"
    else:
        decision = "E" if any(each.decision == "E" for each in sets) else "A"
    kind = _text(group.header, 1)
    convention = _text(group.header, 8) or _text(group.sets[0].header if group.sets else [], 3)
    stated = group.stated[:_COUNT_DIGITS] if group.stated.isascii() and group.stated.isdecimal() else ""
    return GroupAnswer(
        kind=kind if kind in _GROUPS else "HC",
        control_number=_digits(group.header, 6)[:9] or "0",
        convention=convention[:12] or "005010",
        decision=decision,
        included=int(stated or len(sets)),
        received=len(sets),
        taken=accepted,
        reasons=reasons,
        sets=sets,
    )


def _parties(isa: list[str]) -> dict[str, Any]:
    """Return the partners of an answer: those of the interchange, sender and receiver exchanged."""
    if not isa:
        return {}
    ids = {name: _text(isa, at) for name, at in _ISA_IDS.items()}
    texts = {name: text if _IS_QUALIFIER(text) else "ZZ" for name, text in ids.items() if "_" in name}
    usage = _text(isa, 15)
    return {
        **texts,
        "sender": ids["sender"][:15],
        "receiver": ids["receiver"][:15],
        "usage": usage if usage in {"T", "P"} else "T",
    }


def _party(text: str) -> str | None:
    """Return a name of GS if it can be one."""
    return text if 2 <= len(text) <= len("fifteen letters") else None  # noqa: PLR2004  # GS02 is AN 2/15


def _text(elements: list[str], at: int) -> str:
    return _UNPRINTABLE.sub("", "".join(elements[at : at + 1])).strip()


def _digits(elements: list[str], at: int) -> str:
    return re.sub(r"[^0-9]", "", "".join(elements[at : at + 1]))
