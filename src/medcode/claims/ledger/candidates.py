"""The claims of a store that an answer may be about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from medcode.claims.ledger.facts import SHORTEST_CUT, Facts, folded
from medcode.claims.ledger.matching import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Row

    from medcode.claims.ledger.store import Store

__all__ = ["by_number", "candidates", "entry_named"]

_MOST = 50
"""So many claims of a patient are looked through where the control number does not help, or is that of more claims."""

_SUBMISSIONS = (
    "SELECT s.*, b.reference AS reference FROM submissions s LEFT JOIN batches b ON b.id = s.batch_id "
)
_BY_PAYER_NUMBER = (
    "SELECT DISTINCT entry_id FROM answers WHERE payer_number = ? AND entry_id IS NOT NULL AND kind != 'PLB'"
)
_BY_MEMBER = "SELECT DISTINCT entry_id FROM submissions WHERE member = ? ORDER BY id DESC LIMIT ?"


def candidates(store: Store, facts: Facts) -> list[Candidate]:
    """Return the claims of an answer's control number; else those of the payer's number, else those of the patient."""
    if found := list(by_number(store, facts, cut=True)):
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


def by_number(store: Store, facts: Facts, *, cut: bool = False) -> Iterator[Candidate]:
    """Yield the claims of a control number, or those whose number begins with it where it may have been `cut`.

    Where a system gives every claim the same number, only those of the same patient: or each claim would cost as
    much as all before it.
    """
    if facts.number is None:
        return
    where = "s.folded = ?"
    values: list[str | None] = [facts.number]
    if cut and len(facts.number) >= SHORTEST_CUT and not _count(store, where, values):
        where, values = "s.folded >= ? AND s.folded < ?", [facts.number, f"{facts.number}\U0010ffff"]
    asked = [(where, values)]
    if _count(store, where, values) > _MOST:
        patient = {"member": facts.member, "name": facts.name}
        asked = [
            (f"{where} AND s.{key} = ?", [*values, value]) for key, value in patient.items() if value
        ] or asked
    rows = {
        row["id"]: row
        for where, values in asked
        for row in store.rows(f"{_SUBMISSIONS} WHERE {where} ORDER BY s.id DESC LIMIT ?", *values, _MOST)  # nosec B608  # our own words
    }
    yield from (_candidate(row) for _, row in sorted(rows.items()))


def _count(store: Store, where: str, values: list[str | None]) -> int:
    """Return how many submissions there are of a kind, at most one more than are looked through."""
    some = f"SELECT 1 FROM submissions s WHERE {where} LIMIT ?"  # noqa: S608  # nosec B608  # our own words
    found: int = store.row(f"SELECT count(*) FROM ({some})", *values, _MOST + 1)[0]  # noqa: S608  # nosec B608  # our own words
    return found


def entry_named(store: Store, reference: str | None) -> int | None:
    """Return the claim that a provider adjustment names by the payer's number or the provider's, if that is one claim."""
    number = folded(reference)
    if number is None:
        return None
    found = {row["entry_id"] for row in store.rows(_BY_PAYER_NUMBER, number)}
    found = found or {each.entry for each in by_number(store, Facts(number=number), cut=True)}
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
