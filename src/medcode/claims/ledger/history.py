"""The history of one claim, read back from the store."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from medcode.claims.acknowledgment import InterchangeAnswer
from medcode.claims.claim_status import ClaimStatus
from medcode.claims.ledger.events import Event, EventKind, Problem
from medcode.claims.ledger.facts import SHORTEST_CUT
from medcode.claims.ledger.lines import match_lines
from medcode.claims.ledger.matching import Match, MatchKind
from medcode.claims.ledger.money import Decision, decide
from medcode.claims.ledger.places import Places, whole
from medcode.claims.ledger.reading import record_of
from medcode.claims.ledger.words import ELEMENT_ERRORS, SEGMENT_ERRORS, status_words
from medcode.claims.model import Claim
from medcode.claims.remittance import ClaimPayment
from medcode.claims.x12.ack.acknowledge import answers
from medcode.claims.x12.transmission import Transmission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Row

    from medcode.claims.acknowledgment import GroupAnswer, SegmentError, SetResult
    from medcode.claims.claim_status import Status
    from medcode.claims.ledger.store import Store

__all__ = ["History", "packed"]


def packed(positions: tuple[int, ...]) -> str:
    """Return positions as text, with runs of them shortened.

    >>> packed((7, 8, 9, 20))
    '7-9 20'
    """
    runs: list[list[int]] = []
    for position in positions:
        if runs and position == runs[-1][-1] + 1:
            runs[-1][1:] = [position]
        else:
            runs.append([position])
    return " ".join("-".join(map(str, run)) for run in runs)


def unpacked(text: str) -> tuple[int, ...]:
    """Return the positions that `packed` wrote.

    >>> unpacked("7-9 20")
    (7, 8, 9, 20)
    """
    found: list[int] = []
    for run in text.split():
        first, _, last = run.partition("-")
        found.extend(range(int(first), int(last or first) + 1))
    return tuple(found)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class History:
    """What a store knows of one claim."""

    def __init__(self, store: Store, id_: int) -> None:
        self._store = store
        self._id = id_

    @cached_property
    def _submissions(self) -> list[Row]:
        query = "SELECT * FROM submissions WHERE entry_id = ? ORDER BY coalesce(sent_on, ''), id"
        return list(self._store.rows(query, self._id))

    @cached_property
    def _answers(self) -> list[Row]:
        found = list(self._store.rows("SELECT * FROM answers WHERE entry_id = ?", self._id))
        batches = {row["batch_id"]: row["npi"] for row in self._submissions if row["batch_id"] is not None}
        for row in self._store.among("SELECT * FROM answers WHERE batch_id = ?", batches):
            provider = json.loads(row["data"]).get("provider")
            if provider is None or provider == batches[row["batch_id"]]:
                found.append(row)
        return sorted(found, key=self._order)

    def _order(self, row: Row) -> tuple[str, int, int]:
        """Return what answers are ordered by; one without a day follows the claim that it is about."""
        at = self._submission(row) or 0
        return row["made_on"] or self._submissions[at]["sent_on"] or "", row["rank"], row["id"]

    @property
    def count(self) -> int:
        """How often the claim was sent."""
        return len(self._submissions)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claim each time it was sent."""
        found = (record_of(self._store.head(row["head_id"]), row["text"]) for row in self._submissions)
        return tuple(each for each in found if isinstance(each, Claim))

    @property
    def charge(self) -> Decimal:
        """The charge as it was sent last; nothing if it cannot be read."""
        return Decimal(self._submissions[-1]["charge"] or 0)

    @property
    def frequency(self) -> str:
        """The claim frequency code as it was sent last."""
        return str(self._submissions[-1]["frequency"])

    @property
    def payer(self) -> str | None:
        """The payer that it was sent to last."""
        payer: str | None = self._submissions[-1]["payer"]
        return payer

    @property
    def first_day(self) -> date | None:
        """The first day of service of the claim as it was sent last."""
        return _day(self._submissions[-1]["first_day"])

    @property
    def payer_claim_number(self) -> str | None:
        """The payer's own number of the claim, as an answer to what was sent last names it, else any answer."""
        named = [row for row in self._answers if row["payer_number"] and row["kind"] != "PLB"]
        of_last = [row for row in named if row["submission_id"] == self._submissions[-1]["id"]]
        numbers: list[str] = [json.loads(row["data"])["number"] for row in (of_last or named)[-1:]]
        return numbers[0] if numbers else None

    def decisions(self) -> Iterator[Decision]:
        """Yield what remittances decide, in order."""
        for row in self._answers:
            if row["kind"] == "835":
                yield Decision.from_plain(json.loads(row["data"])["decision"])

    def events(self) -> Iterator[Event]:
        """Yield what happened, in the order of the days."""
        rows: list[tuple[tuple[str, int, int], int, Row]] = [
            ((row["sent_on"] or "", 0, row["id"]), at, row) for at, row in enumerate(self._submissions)
        ]
        rows += [(self._order(row), -1, row) for row in self._answers]
        reversed_payers: dict[str, list[Decision]] = {}
        for _, at, row in sorted(rows, key=lambda each: each[0]):
            if at >= 0:
                yield Event(
                    kind=EventKind.SENT, date=_day(row["sent_on"]), by="837", source=row["source"], submission=at,
                    payer=row["payer"], charge=Decimal(row["charge"]) if row["charge"] else None, claim=self.claims[at],
                )  # fmt: skip
            else:
                yield self._event(row, reversed_payers)

    def _event(self, row: Row, reversed_payers: dict[str, list[Decision]]) -> Event:
        data = json.loads(row["data"])
        at = self._submission(row)
        values: dict[str, Any] = {
            "kind": EventKind(row["event"]),
            "date": _day(row["made_on"]),
            "by": row["kind"],
            "source": row["source"],
            "submission": at,
            "entity": data.get("entity"),
            "match": Match(MatchKind(row["match"]), tuple(json.loads(row["differences"]))),
        }
        if row["kind"] == "835":
            values |= self._paid(row, Decision.from_plain(data["decision"]), at, reversed_payers)
        elif row["kind"] in {"277CA", "277"}:
            values |= self._answered(row, at)
        elif row["kind"] == "PLB":
            values |= {"amount": Decimal(data["amount"]), "reason": data["reason"], "payer": data["payer"]}
        else:
            values["problems"] = (
                tuple(self._problems(row, at)) if values["kind"] is EventKind.REJECTED else ()
            )
        return Event(**values)

    def _submission(self, row: Row) -> int | None:
        """Return which submission an answer is about, counted from 0."""
        for at, sent in enumerate(self._submissions):
            if row["submission_id"] == sent["id"] or (
                row["batch_id"] is not None and row["batch_id"] == sent["batch_id"]
            ):
                return at
        return None

    def _paid(
        self, row: Row, decision: Decision, at: int | None, reversed_payers: dict[str, list[Decision]]
    ) -> dict[str, Any]:
        payment = record_of(self._store.head(row["head_id"]), row["text"])
        assert isinstance(payment, ClaimPayment)  # noqa: S101  # as it was kept
        kind = decision.kind
        if kind is EventKind.REVERSED:
            reversed_payers.setdefault(decision.payer, []).append(decision)
        elif reversed_payers.get(decision.payer) and kind is decide(decision):
            reversed_payers[decision.payer].pop()
            kind = EventKind.CORRECTED
        sent = self.claims[at or 0]
        return {
            "kind": kind,
            "payer": decision.payer_name or decision.payer or None,
            "entity": "PR",
            "charge": decision.charge,
            "paid": decision.paid,
            "payment": payment,
            "lines": match_lines(sent.lines, payment.lines, _claim_day(sent)),
        }

    def _answered(self, row: Row, at: int | None) -> dict[str, Any]:
        status = record_of(self._store.head(row["head_id"]), row["text"])
        assert isinstance(status, ClaimStatus)  # noqa: S101  # as it was kept
        sent = self.claims[at or 0]
        lines = match_lines(sent.lines, status.lines, _claim_day(sent))
        problems: list[Problem] = []
        if row["event"] == EventKind.REJECTED:
            problems += (_status_problem(each) for each in _rejecting(status.deciding))
            for each, match in zip(status.lines, lines, strict=True):
                path = None if match.line is None else f"lines[{match.line}]"
                number = None if match.line is None else match.line + 1
                problems += (_status_problem(one, path, number) for one in _rejecting(each.statuses))
        return {
            "status": status,
            "lines": lines,
            "problems": tuple(problems),
            "payer": status.source.organization,
        }

    def _problems(self, row: Row, at: int | None) -> Iterator[Problem]:
        """Yield what a TA1 or a 999 has against the claim, or against its file."""
        data = json.loads(row["data"])
        for answer in answers(Transmission(row["text"])):
            if isinstance(answer, InterchangeAnswer):
                yield Problem(
                    code=answer.reason, message="the interchange was rejected (TA1)", segment="ISA", own=False
                )
            else:
                yield from self._group_problems(answer, data.get("set"), self._submissions[at or 0])

    def _group_problems(self, answer: GroupAnswer, number: str | None, sent: Row) -> Iterator[Problem]:
        found = [each for each in answer.sets if each.control_number == number]
        if not found:
            codes = answer.reasons or (answer.decision,)
            yield from (
                Problem(code=code, message="the group was rejected (999)", segment="GS", own=False)
                for code in codes
            )
        for each in found:
            own = list(self._set_problems(each, sent))
            yield from own
            if not own:
                code = each.reasons[0] if each.reasons else each.decision
                message = "the file was rejected for a fault that is not in this claim (999)"
                yield Problem(code=code, message=message, segment="ST", own=False)

    def _set_problems(self, result: SetResult, sent: Row) -> Iterator[Problem]:
        places = Places(self._store.head(sent["head_id"]), sent["text"], unpacked(sent["positions"]))
        for error in result.errors:
            if not (places.holds(error) and _is_about(error, sent["number"])):
                continue
            common: dict[str, Any] = {
                "loop": error.loop,
                "segment": error.segment,
                "position": whole(error.position),
            }
            if not error.elements:
                words = SEGMENT_ERRORS.get(error.code, "error in the segment")
                path = places.path(error)
                yield Problem(code=error.code, message=words, path=path, line=_line(path), **common)
            for each in error.elements:
                words = ELEMENT_ERRORS.get(each.code, "error in the element")
                path = places.path(error, each)
                yield Problem(
                    code=each.code, message=words, path=path, line=_line(path), element=whole(each.element),
                    component=whole(each.component), **common,
                )  # fmt: skip


def _line(path: str | None) -> int | None:
    """Return the number of the line that a path is in, as a biller counts."""
    head, _, rest = (path or "").partition("[")
    return int(rest.partition("]")[0]) + 1 if head == "lines" else None


def _is_about(error: SegmentError, number: str) -> bool:
    """Whether an error may be about a claim: it names it, or none."""
    named = [each.value for each in error.references if each.name == "CLM01"]
    return not named or any(
        value == number or (len(value) >= SHORTEST_CUT and number.startswith(value)) for value in named
    )


def _claim_day(claim: Claim) -> Any:
    """Return the day that lines without one of their own were given on."""
    return getattr(claim, "service_date", None) or getattr(claim, "statement_dates", None)


def _rejecting(statuses: tuple[Status, ...]) -> Iterator[Status]:
    return (each for each in statuses if each.is_rejected)


def _status_problem(status: Status, path: str | None = None, line: int | None = None) -> Problem:
    code = ":".join(filter(None, (status.category, status.code, status.entity)))
    return Problem(code=code, message=status_words(status.category, status.entity), path=path, line=line)
