"""Which edit would have stopped a rejection or a denial before the claim was sent.

Each edit knows the status that a payer's front end answers with (277CA), and the reasons and remarks that a remittance would
carry. So the claim as it was sent is judged once more, as of the day it was sent, and what is found is held against the answer.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from medcode import edits
from medcode.claims.ledger.events import EventKind
from medcode.claims.x12 import dumps
from medcode.edits import NO_TABLES
from medcode.errors import FindingError, Rejected
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.claims import Claim
    from medcode.claims.ledger.entry import LedgerEntry
    from medcode.claims.ledger.events import Event, Problem
    from medcode.edits import Tables
    from medcode.findings import Finding

__all__ = ["prevented_by"]

_STATUS = re.compile(r"([A-Z]\d+):(\d+)(?::(\w+))?")
_STRUCTURE = frozenset({"999"})
_SAME, _FAR = 1, 4
"""How near a finding is to a rejection: with the same status, and with nothing in common but the claim."""


def prevented_by(entry: LedgerEntry, tables: Tables = NO_TABLES) -> tuple[Finding, ...]:
    """Return what the edits, or the rules of structure, find in a claim that was rejected or refused, the likeliest cause first.

    Of a rejection these are the errors of the claim, for any of them would have kept it from being sent, and warnings that name
    its status; those come first that name the status or the place of the rejection. Of a refusal they are the findings that name one of its reasons (CARC) or
    remarks (RARC). None is returned where the claim was taken and nothing refused, where another claim of the file was to
    blame, and where no edit finds anything. `tables` are those of `edits.check`.
    """
    rejected = [event for event in entry.events if event.kind is EventKind.REJECTED]
    if entry.state is EventKind.REJECTED and rejected:
        event = rejected[-1]
        problems = [problem for problem in event.problems if problem.own]
        if event.problems and not problems:
            return ()
        claims = entry.submissions[: _sent(entry, event) + 1]
        found = [*(_structure(claims[-1]) if event.by in _STRUCTURE else ()), *_edits(entry, claims, tables)]
        near = [(min((_distance(each, one) for one in problems), default=_FAR), each) for each in found]
        causes = [pair for pair in near if pair[0] <= _SAME or pair[1].severity is Severity.ERROR]
        return tuple(each for _, each in sorted(causes, key=itemgetter(0)))
    if not entry.refusals:
        return ()
    decided = [event for event in entry.events if event.payment is not None]
    reasons, remarks = _refused(decided)
    claims = entry.submissions[: _sent(entry, decided[-1]) + 1]
    return tuple(each for each in _edits(entry, claims, tables) if _is_refused(each, reasons, remarks))


def _sent(entry: LedgerEntry, event: Event) -> int:
    return len(entry.submissions) - 1 if event.submission is None else event.submission


def _edits(entry: LedgerEntry, claims: Sequence[Claim], tables: Tables) -> tuple[Finding, ...]:
    """Return what the edits find in the last of the claims, beside those that were sent before it."""
    *before, last = claims
    days = [event.date for event in entry.events if event.kind is EventKind.SENT and event.date]
    on = days[len(before)] if len(before) < len(days) else None
    return edits.check(last, on=on, tables=tables, history=before or None).findings


def _structure(claim: Claim) -> list[Finding]:
    """Return what the rules of structure find in a claim; a 999 answers these."""
    try:
        dumps([claim])
    except Rejected as refused:
        return [each.finding for each in refused.exceptions if isinstance(each, FindingError)]
    return []


def _distance(found: Finding, problem: Problem) -> int:
    """Return how little a finding and a rejection have in common: 0 for the same status or element."""
    named, answered = _STATUS.match(found.ack or ""), _STATUS.match(problem.code)
    if named and answered:
        same = [one == other for one, other in zip(named.groups(), answered.groups(), strict=True)]
        return 0 if all(same) else 1 if same[0] and same[1] else 2 if same[1] else _FAR
    at = found.location
    if problem.segment and problem.segment == at.segment:
        return 0 if problem.element == at.element else 2
    return _FAR - 1 if problem.path and at.path and problem.path.startswith(at.path) else _FAR


def _refused(decided: Sequence[Event]) -> tuple[set[str], set[str]]:
    """Return the reasons and remarks of what was refused."""
    payments = [event.payment for event in decided if event.payment is not None]
    parts = [part for payment in payments for part in (payment, *payment.lines)]
    reasons = {str(each.reason) for part in parts for each in part.adjustments if each.group != "PR"}
    return reasons, {str(code) for payment in payments for code in payment.remark_codes}


def _is_refused(found: Finding, reasons: set[str], remarks: set[str]) -> bool:
    """Whether a remittance would carry one of the reasons or remarks for what an edit finds."""
    edit = edits.EDITS[found.rule]
    return bool(reasons.intersection(edit.carc) or remarks.intersection(edit.rarc))
