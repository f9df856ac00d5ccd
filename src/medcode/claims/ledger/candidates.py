"""The claims of a store that an answer may be about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from medcode.claims.ledger.facts import SHORTEST_CUT, Facts, folded
from medcode.claims.ledger.matching import Candidate

if TYPE_CHECKING:
    from sqlite3 import Row

    from medcode.claims.ledger.store import Store

__all__ = ["by_number", "candidates", "entry_named"]

_MOST = 50
"""So many claims of a patient are looked through where the control number does not help."""

_SUBMISSIONS = (
    "SELECT s.*, b.reference AS reference FROM submissions s LEFT JOIN batches b ON b.id = s.batch_id "
)
_BY_PAYER_NUMBER = (
    "SELECT DISTINCT entry_id FROM answers WHERE payer_number = ? AND entry_id IS NOT NULL AND kind != 'PLB'"
)
_BY_MEMBER = "SELECT DISTINCT entry_id FROM submissions WHERE member = ? ORDER BY id DESC LIMIT ?"


def candidates(store: Store, facts: Facts) -> list[Candidate]:
    """Return the claims of an answer's control number; else those of the payer's number, else those of the patient."""
    if found := by_number(store, facts.number, cut=True):
        return found
    if facts.payer_number:
        known = _of(store, [row["entry_id"] for row in store.rows(_BY_PAYER_NUMBER, facts.payer_number)])
        found = [
            attrs.evolve(each, facts=attrs.evolve(each.facts, payer_number=facts.payer_number))
            for each in known
        ]
    if not found and facts.member:
        found = _of(store, [row["entry_id"] for row in store.rows(_BY_MEMBER, facts.member, _MOST)])
    return found


def by_number(store: Store, number: str | None, *, cut: bool = False) -> list[Candidate]:
    """Return the claims of a control number, or those whose number begins with it where it may have been `cut`."""
    if number is None:
        return []
    rows = list(store.rows(_SUBMISSIONS + "WHERE s.folded = ?", number))
    if not rows and cut and len(number) >= SHORTEST_CUT:
        rows = list(
            store.rows(_SUBMISSIONS + "WHERE s.folded >= ? AND s.folded < ?", number, f"{number}\U0010ffff")
        )
    return [_candidate(row) for row in rows]


def entry_named(store: Store, reference: str | None) -> int | None:
    """Return the claim that a provider adjustment names by the payer's number or the provider's, if that is one claim."""
    number = folded(reference)
    if number is None:
        return None
    found = {row["entry_id"] for row in store.rows(_BY_PAYER_NUMBER, number)}
    found = found or {each.entry for each in by_number(store, number, cut=True)}
    return found.pop() if len(found) == 1 else None


def _of(store: Store, entries: list[int]) -> list[Candidate]:
    return [_candidate(row) for row in store.among(_SUBMISSIONS + "WHERE s.entry_id = ?", entries)]


def _candidate(row: Row) -> Candidate:
    return Candidate(
        entry=row["entry_id"],
        submission=row["id"],
        number=row["number"],
        facts=Facts(
            number=row["folded"],
            payer_number=row["payer_number"],
            charge=None if row["charge"] is None else Decimal(row["charge"]),
            first_day=_day(row["first_day"]),
            last_day=_day(row["last_day"]),
            member=row["member"],
            name=row["name"],
        ),
        batch_reference=row["reference"] or "",
        rank=row["rank"],
        sent_on=_day(row["sent_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
