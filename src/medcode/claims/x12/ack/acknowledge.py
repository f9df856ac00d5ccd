"""The answer to a transmission: TA1 about its interchanges, a 999 about each of its groups.

A receiver sends them; whoever is about to send learns from them what a receiver will say.
An interchange with an error in its own frame is rejected as a whole by TA1, and its groups are
not answered. Acknowledgments are never acknowledged. What was wrong is named by its place and
code; the data itself (IK404) is not repeated.

Source: ASC X12 005010X231A1 and the interchange control structures 00501 (facts only).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.ack.answer_set import answer_set, unique
from medcode.claims.x12.ack.received import receive
from medcode.claims.x12.text.envelope import Envelope
from medcode.claims.x12.text.lexer import DEFAULT_DELIMITERS, lex
from medcode.claims.x12.text.source import chunks
from medcode.claims.x12.transmission import Transmission
from medcode.claims.x12.validate.envelope_table import HEADERS
from medcode.claims.x12.validate.rules import RULES
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from medcode.claims.x12.ack.received import ReceivedGroup, ReceivedInterchange
    from medcode.claims.x12.text.source import Source

__all__ = ["acknowledge"]

_GUIDE = "005010X231A1"
_ACKNOWLEDGMENT = "FA"
_GROUPS = frozenset({"BE", "HB", "HC", "HI", "HN", "HP", "HR", "HS", "RA"})
_ISA_IDS = {"receiver_qualifier": 5, "receiver": 6, "sender_qualifier": 7, "sender": 8}
_GS_IDS = {"group_receiver": 2, "group_sender": 3}
_IS_QUALIFIER = next(row.fits for row in HEADERS["ISA"] if row.number == _ISA_IDS["receiver_qualifier"])
_UNPRINTABLE = re.compile(f"[^ -~]|[{re.escape(str(DEFAULT_DELIMITERS))}]")


def acknowledge(
    sent: Transmission | Source, *, created: datetime | None = None, control_number: int = 1
) -> Transmission:
    """Answer a transmission: a TA1 where it is asked for or due, and a 999 for each group.

    A path or an open file is answered without holding it in memory.
    `created` is the moment of the answer (default now), `control_number` that of its first
    interchange. Raises `X12Error` where there is nothing to answer.

    >>> from medcode.claims import x12
    >>> answer = acknowledge(x12.loads("ST*837*0001*005010X222A1~SE*2*0001~"))
    >>> [segment.elements[0] for segment in answer.segments][:6]
    ['ISA', 'GS', 'ST', 'AK1', 'AK2', 'IK3']
    """
    when: dict[str, Any] = {"created": created} if created else {}
    segments: list[list[str]] = []
    for received in receive(sent.segments if isinstance(sent, Transmission) else lex(chunks(sent))):
        envelope = Envelope(control_number=control_number, **when, **_parties(received.header))
        answer = list(_interchange(received, envelope))
        if len(answer) > 1:
            segments += [envelope.isa(), *answer]
            control_number += 1
    if not segments:
        raise X12Error("there is nothing to acknowledge")
    marks = DEFAULT_DELIMITERS
    return Transmission("".join(marks.element.join(each) + marks.segment for each in segments))


def _interchange(received: ReceivedInterchange, envelope: Envelope) -> Iterator[list[str]]:
    """Give what stands below ISA; nothing but IEA where nothing is due."""
    groups = 0
    if received.header and (received.codes or received.header[14:15] == ["1"]):
        yield _ta1(received, envelope)
    if not (received.header and received.codes):
        for group in received.groups:
            if group.header[1:2] != [_ACKNOWLEDGMENT]:
                groups += 1
                yield from _group(group, envelope, groups)
    yield ["IEA", str(groups), envelope.isa()[13]]


def _ta1(received: ReceivedInterchange, envelope: Envelope) -> list[str]:
    number, day, time = (_digits(received.header, at) for at in (13, 9, 10))
    day = day if len(day) == len("yymmdd") else f"{envelope.created:%y%m%d}"
    time = time if len(time) == len("hhmm") else f"{envelope.created:%H%M}"
    decision, code = ("R", received.codes[0]) if received.codes else ("A", "000")
    return ["TA1", number[-9:].zfill(9), day, time, decision, code]


def _group(group: ReceivedGroup, envelope: Envelope, number: int) -> Iterator[list[str]]:
    """Give GS to GE with the one 999 that answers a group."""
    answers = [answer_set(each) for each in group.sets]
    accepted = sum(answer.accepted for answer in answers)
    body = [
        ["AK1", *_identity(group)],
        *(segment for answer in answers for segment in answer.segments),
        ["AK9", *_decision(group, [answer.decision for answer in answers], accepted)],
    ]
    parties = {name: _party(_text(group.header, at)) for name, at in _GS_IDS.items()}
    control = f"{number:04}"
    yield envelope.evolve(**parties).gs(_ACKNOWLEDGMENT, _GUIDE, number)
    yield ["ST", "999", control, _GUIDE]
    yield from body
    yield ["SE", str(len(body) + 2), control]
    yield ["GE", "1", str(number)]


def _identity(group: ReceivedGroup) -> list[str]:
    """Name the group as it named itself; a missing header as well as its sets allow."""
    kind = _text(group.header, 1)
    convention = _text(group.header, 8) or _text(group.sets[0].header if group.sets else [], 3)
    return [
        kind if kind in _GROUPS else "HC",
        _digits(group.header, 6)[:9] or "0",
        convention[:12] or "005010",
    ]


def _decision(group: ReceivedGroup, decisions: list[str], accepted: int) -> list[str]:
    """Give AK901 to AK909: accepted, with errors, in part or not at all, the counts and the codes."""
    received = len(decisions)
    stated = group.stated if group.stated.isdigit() else str(received)
    codes = unique(RULES[finding.name].code for finding in group.findings)
    if codes or not accepted:
        return ["R", stated[:6], str(received), "0", *codes]
    whole = "E" if "E" in decisions else "A"
    return [whole if accepted == received else "P", stated[:6], str(received), str(accepted)]


def _parties(isa: list[str]) -> dict[str, Any]:
    """Turn sender and receiver round."""
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
    """Take over a name of GS if it is one."""
    return text if 2 <= len(text) <= len("fifteen letters") else None  # noqa: PLR2004  # GS02 is AN 2/15


def _text(elements: list[str], at: int) -> str:
    return _UNPRINTABLE.sub("", "".join(elements[at : at + 1])).strip()


def _digits(elements: list[str], at: int) -> str:
    return re.sub(r"[^0-9]", "", "".join(elements[at : at + 1]))
