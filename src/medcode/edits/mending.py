"""Fixes applied to claims: those that are safe, and the fewest that clear a claim.

A fix names a place of the claim and the value to put there. A safe fix loses nothing that anybody
said; any other is a proposal that a person decides on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from medcode.edits.tables import NO_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from medcode.claims.model.claim import Claim
    from medcode.edits.tables import Tables
    from medcode.findings import Fix, Report

__all__ = ["mend", "put", "remedy"]

C = TypeVar("C", bound="Claim")

STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


def put(part: Any, path: str, value: Any) -> Any:
    """Give a claim, or a part of one, with another value at a path.

    >>> from medcode.edits.examples import visit
    >>> put(visit("E11"), "diagnoses[0].code", "E11.9").diagnoses
    (Diagnosis(code=Icd10Cm('E11.9')),)
    """
    first, _, rest = path.partition(".")
    match = STEP.fullmatch(first)
    if match is None:
        raise ValueError(f"{path!r} is no path of a claim")
    name, place = match.groups()
    held = getattr(part, name)
    if place is None:
        return part.evolve(**{name: put(held, rest, value) if rest else value})
    at = int(place)
    new = put(held[at], rest, value) if rest else value
    return part.evolve(**{name: (*held[:at], new, *held[at + 1 :])})


def applied(claim: C, fixes: Iterable[Fix]) -> C:
    """Give a claim with fixes applied."""
    for fix in fixes:
        claim = put(claim, fix.path or "", fix.value)
    return claim


def mend(claims: Iterable[C], report: Report) -> list[C]:
    """Give the claims that a report is about, with every safe fix applied."""
    safe = report.fixes()
    return [applied(claim, safe.get(number, ())) for number, claim in enumerate(claims)]


def remedy(claim: Claim, *, on: date | None = None, tables: Tables = NO_TABLES) -> tuple[Fix, ...] | None:
    """Give the fewest fixes that leave a claim without errors; None where the known fixes do not suffice.

    >>> from medcode.edits.examples import visit
    >>> [fix.text for fix in remedy(visit(stated_total="90"))]
    ['State the sum of the lines.']
    """
    from medcode.edits import check

    def is_clear(fixes: Iterable[Fix]) -> bool:
        return not check(applied(claim, fixes), on=on, tables=tables).errors

    found = check(claim, on=on, tables=tables).errors
    needed = [fix for each in found if (fix := each.fix) and fix.path and (fix.safe or fix.value is not None)]
    if not is_clear(needed):
        return None
    for fix in tuple(needed):
        without = [each for each in needed if each is not fix]
        needed = without if is_clear(without) else needed
    return tuple(needed)
