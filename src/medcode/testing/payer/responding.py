"""The 277CA of a payer in a box: which claims it takes, and which it rejects, and why."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs

from medcode import edits
from medcode.claims.claim_status import (
    BatchStatus,
    ClaimStatus,
    LineStatus,
    ProviderStatus,
    Status,
    StatusParty,
    StatusReceiver,
    StatusSource,
)
from medcode.claims.ledger.facts import of_claim
from medcode.claims.model import DateRange, InstitutionalClaim, Procedure
from medcode.codesets.base import Malformed
from medcode.edits.entity import second_status
from medcode.findings import Severity
from medcode.testing.payer.files import later, number_of
from medcode.testing.payer.parties import named, number_of_provider

if TYPE_CHECKING:
    from datetime import date

    from medcode.claims.model import Claim
    from medcode.findings import Finding
    from medcode.testing.payer.files import Batch, Received
    from medcode.testing.payer.scenario import Respond

__all__ = ["Responder"]

_TRIPLE = re.compile(r"A[3678]:\d+(?::\w+)?")
_LINE = re.compile(r"lines\[(\d+)\]")
_UNNAMED = "A3:21"
"""The status of a rejection where an edit names none: information is missing or invalid."""

_QUALIFIERS = {"AD", "ER", "HC", "HP", "IV", "WK"}


@attrs.frozen
class _Verdict:
    """What is answered to one claim: a status for it, and one for each line that is to blame."""

    status: str = ""
    lines: tuple[tuple[int, str], ...] = ()


class Responder:
    """Answers the claims of a batch as one step of a scenario says."""

    def __init__(self, step: Respond, batch: Batch, seed: int) -> None:
        self._step = step
        self._batch = batch
        self._seed = seed
        self._day = later(batch.sent_on, step.day)

    def statuses(self, claims: list[Received]) -> tuple[list[ClaimStatus], list[Received]]:
        """Return the answers to claims, and the claims that are still on their way."""
        step, first = self._step, claims[0].claim
        if step.batch:
            whole = self._around(first, Counter(), refused=step.batch)
            return [ClaimStatus(**whole)], []
        verdicts = self._verdicts(claims)
        sums: Counter[str] = Counter()
        for each, verdict in zip(claims, verdicts, strict=True):
            kind = "rejected" if verdict.status else "accepted"
            sums[f"{kind}_count"] += 1
            sums[f"{kind}_charge"] += each.claim.total  # type: ignore[assignment]  # a Counter adds decimals as well
        around = self._around(first, sums)
        charges: Counter[StatusParty] = Counter()
        for each in claims:
            charges[_provider(each.claim)] += each.claim.total  # type: ignore[assignment]  # as above
        answers = [
            self._status(each, verdict, {**around, "provider": self._provider_status(each.claim, charges)})
            for each, verdict in zip(claims, verdicts, strict=True)
        ]
        return answers, [each for each, verdict in zip(claims, verdicts, strict=True) if not verdict.status]

    def _verdicts(self, claims: list[Received]) -> list[_Verdict]:
        step = self._step
        if step.judge:
            errors: dict[int, list[Finding]] = {}
            for finding in edits.check([each.claim for each in claims], on=self._day).findings:
                if finding.severity is Severity.ERROR and finding.claim is not None:
                    errors.setdefault(finding.claim, []).append(finding)
            return [_verdict(errors.get(at, [])) for at in range(len(claims))]
        if not step.reject:
            return [_Verdict()] * len(claims)
        codes = [step.reject[(at // step.every + self._seed) % len(step.reject)] for at in range(len(claims))]
        return [_Verdict() if at % step.every else _Verdict(code) for at, code in enumerate(codes)]

    def _around(self, claim: Claim, sums: Counter[str], refused: str = "") -> dict[str, Any]:
        """Return the levels above the claims: who answers, whom, and the batch."""
        isa, payer = [*self._batch.head.isa, *[""] * 17], claim.payer
        sender = isa[6].strip() or "SUBMITTER"
        if self._step.by == "AY":
            source: dict[str, Any] = {
                "organization": "EXAMPLE CLEARINGHOUSE",
                "id_type": "46",
                "id": "CLEARINGHOUSE",
            }
        else:
            source = {
                "organization": payer.organization or "PAYER",
                "id_type": "PI",
                "id": payer.payer_id or "PAYER",
            }
        total = sum((each.claim.total for each in self._batch.claims), start=claim.total * 0)
        code = refused or ("A1:19:AY" if self._step.by == "AY" else "A1:19:PR")
        if refused:
            sums = Counter({"rejected_count": len(self._batch.claims), "rejected_charge": total})
        charge: Any = total if refused else sums["accepted_charge"] + sums["rejected_charge"]
        return {
            "source": StatusSource(
                entity=self._step.by, trace=number_of(self._seed, "277CA", self._batch.head.reference, self._step.by),
                received_date=later(self._batch.sent_on, 0), processed_date=self._day, **source,
            ),
            "receiver": StatusReceiver(entity_type="2", organization=sender, id=sender, id_type="46"),
            "batch": BatchStatus(
                reference=self._batch.head.reference or "0", statuses=[_made(code, self._day, charge=charge)],
                **dict(sums.items()),
            ),
        }  # fmt: skip

    def _provider_status(self, claim: Claim, charges: Counter[StatusParty]) -> ProviderStatus:
        """Return that the claims of a provider were received; the guide leaves it out as it likes, but pyx12 asks for it."""
        party = _provider(claim)
        status = Status("A1", "19", self._step.by, action="WQ", charge=charges[party])
        return ProviderStatus(party=party, trace="0", statuses=[status])

    def _status(self, each: Received, verdict: _Verdict, around: dict[str, Any]) -> ClaimStatus:
        claim = each.claim
        code = verdict.status or self._step.accept
        more: dict[str, Any] = {}
        if self._step.by == "PR" and not verdict.status:
            more["payer_claim_number"] = each.payer_number
        if claim.references.clearinghouse:
            more["clearinghouse_number"] = claim.references.clearinghouse
        if isinstance(claim, InstitutionalClaim):
            more["bill_type"] = f"{claim.facility_type}{claim.frequency}"
        more["service_date"] = _days(claim) or None  # what is only asked about has no day yet
        person = {**named(claim.patient), "entity_type": "1"}
        return ClaimStatus(
            **around,
            patient=StatusParty(**{**person, "id": claim.subscriber.member_id or "UNKNOWN", "id_type": "MI"}),
            control_number=claim.control_number,
            statuses=_all_made(code, self._day, claim.total),
            lines=[_line(claim, at, status) for at, status in verdict.lines],
            **more,
        )


def _provider(claim: Claim) -> StatusParty:
    number, kind = number_of_provider(claim.billing_provider)
    return StatusParty(**{**named(claim.billing_provider), "id": number, "id_type": kind})


def _verdict(errors: list[Finding]) -> _Verdict:
    if not errors:
        return _Verdict()
    found = [_TRIPLE.match(each.ack or "") for each in errors]
    triples = [
        _with_second(match[0] if match else _UNNAMED, each) for match, each in zip(found, errors, strict=True)
    ]
    lines: dict[int, str] = {}
    for each, triple in zip(errors, triples, strict=True):
        if line := _LINE.match(each.location.path or ""):
            lines.setdefault(int(line[1]), triple)
    return _Verdict(triples[0], tuple(sorted(lines.items())))


def _with_second(triple: str, finding: Finding) -> str:
    """Return a status and, after a blank, the one beside it that says what is meant."""
    return " ".join(filter(None, (triple, second_status(triple, finding.location.path))))


def _all_made(codes: str, day: date | None = None, charge: Any = None) -> list[Status]:
    """Return the statuses of a text, the first with those beside it."""
    return [_made(code, day, charge) for code in codes.split()]


def _made(code: str, day: date | None, charge: Any) -> Status:
    category, status, entity = [*code.split(":"), None][:3]
    action = "WQ" if category in {"A0", "A1", "A2", "A5"} else "U"
    return Status(category or "", status or "0", entity, date=day, action=action, charge=charge)


def _line(claim: Claim, at: int, code: str) -> LineStatus:
    line = claim.lines[at]
    procedure, revenue, day = line.procedure, getattr(line, "revenue_code", None), line.service_date
    is_known = procedure and procedure.qualifier in _QUALIFIERS and not isinstance(procedure.code, Malformed)
    known = procedure if is_known else None
    return LineStatus(
        procedure=known.evolve(description=None)
        if known
        else Procedure(revenue or "UNKNOWN", qualifier="NU"),
        charge=line.charge,
        revenue_code=revenue if known else None,
        statuses=_all_made(code),
        control_number=line.control_number or str(at + 1),
        service_date=day.start if isinstance(day, DateRange) and day.end < day.start else day,
    )


def _days(claim: Claim) -> Any:
    """Return the days of service of a claim, as one day or a span; None where none can be read."""
    facts = of_claim(claim)
    if facts.first_day is None or facts.last_day is None or facts.first_day == facts.last_day:
        return facts.first_day
    return DateRange(facts.first_day, facts.last_day)
