"""Fixes applied to claims: safe ones, those that a caller chooses, and the fewest that clear a claim.

A fix names a place of the claim and what to put there. Where the diagnoses of a claim are reordered or one of them
is removed, the pointers of its lines follow them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dental import DentalClaim
from medcode.discreet import discreet
from medcode.edits.tables import NO_TABLES
from medcode.findings import FixKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from medcode.claims.model.base import Part
    from medcode.claims.model.claim import Claim
    from medcode.claims.model.diagnosis import Diagnosis
    from medcode.edits.tables import Tables
    from medcode.findings import Finding, Fix, Report

__all__ = ["REMOVE", "apply_fixes", "minimal_fixes", "put"]

C = TypeVar("C", bound="Claim")
P = TypeVar("P", bound="Part")

STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


class Remove:
    """What stands in a fix for taking a value out of its list."""

    def __repr__(self) -> str:
        """Show what it does."""
        return "<remove>"


REMOVE = Remove()


def put(part: P, path: str, value: object) -> P:
    """Return a claim, or a part of one, with another value at a path. Raises ValueError for what is no path.

    >>> from medcode.edits.examples import visit
    >>> put(visit("E11"), "diagnoses[0].code", "E11.9").diagnoses
    (Diagnosis(code=Icd10Cm('E11.9')),)
    """
    first, _, rest = path.partition(".")
    match = STEP.fullmatch(first)
    if match is None:
        raise ValueError(f"{path!r} is not a path of a claim")
    name, place = match.groups()
    held: Any = getattr(part, name)
    if place is None:
        return evolved(part, name, put(held, rest, value) if rest else value)
    at = int(place)
    new = (put(held[at], rest, value),) if rest else () if value is REMOVE else (value,)
    return evolved(part, name, (*held[:at], *new, *held[at + 1 :]))


def evolved(part: P, name: str, value: object) -> P:
    """Return a part with another value of a field; pointers follow diagnoses that change their places."""
    changes: dict[str, Any] = {name: value}
    if name == "diagnoses" and isinstance(part, (ProfessionalClaim, DentalClaim)):
        changes["lines"] = repointed(part, attrs.evolve(part, **changes).diagnoses)
    return attrs.evolve(part, **changes)


def repointed(claim: ProfessionalClaim | DentalClaim, after: tuple[Diagnosis, ...]) -> tuple[Any, ...]:
    """Return the lines of a claim with pointers to the same diagnoses in their new places, each once."""
    before = claim.diagnoses
    if len(before) == len(after) and set(before) != set(after):
        return claim.lines  # a code was replaced where it is
    places = {diagnosis.code: at for at, diagnosis in reversed([*enumerate(after, 1)])}

    def moved(pointer: int | str) -> int | str:
        if isinstance(pointer, int) and 1 <= pointer <= len(before):
            return places.get(before[pointer - 1].code, pointer)
        return pointer

    return tuple(
        attrs.evolve(line, diagnosis_pointers=tuple(dict.fromkeys(map(moved, line.diagnosis_pointers))))
        for line in claim.lines
    )


def applied(claim: C, fixes: Iterable[Fix]) -> C:
    """Return a claim with fixes applied, later places of a list first so that earlier ones keep their numbers."""
    unique: dict[str | None, Fix] = {}
    for fix in fixes:
        unique.setdefault(fix.path, fix)
    for path, fix in sorted(unique.items(), key=lambda pair: _order(pair[0] or ""), reverse=True):
        claim = put(claim, path or "", fix.new)
    return claim


def _order(path: str) -> tuple[tuple[str, int], ...]:
    return tuple((name, int(at or 0)) for name, at in STEP.findall(path))


def apply_fixes(
    claims: Iterable[C], report: Report, *, choose: Callable[[Finding, Fix], object] | None = None
) -> list[C]:
    """Return the claims that a report is about with every safe fix applied.

    `choose` is asked for each fix of kind choice: it returns one of the fix's options, or None to leave the
    finding. The claims are those the report was made of, in the same order. Raises ValueError for a choice that is none
    of the options.

    >>> from medcode.edits import check
    >>> from medcode.edits.examples import visit
    >>> claim = visit(stated_total="90")
    >>> apply_fixes([claim], check(claim))[0].stated_total
    Decimal('100')
    """
    chosen: dict[int | None, list[Fix]] = {}
    for finding in report.findings:
        if finding.fix and finding.fix.path and (fix := decided(finding, finding.fix, choose)):
            chosen.setdefault(finding.claim, []).append(fix)
    return [applied(claim, chosen.get(number, ())) for number, claim in enumerate(claims)]


def decided(finding: Finding, fix: Fix, choose: Callable[[Finding, Fix], object] | None) -> Fix | None:
    """Return a fix that may be applied: a safe one, or a choice that was made; else None.

    Raises ValueError for a choice that is none of the options.
    """
    if fix.safe:
        return fix
    if fix.kind is not FixKind.CHOICE or choose is None:
        return None
    option = choose(finding, fix)
    if option is None:
        return None
    if option not in (fix.options or (fix.new,)):
        raise ValueError(f"{discreet(str(option))} is not an option of the fix of {finding.rule}: {fix.text}")
    return attrs.evolve(fix, new=option, kind=FixKind.SAFE)


def minimal_fixes(
    claim: Claim, *, on: date | None = None, tables: Tables = NO_TABLES
) -> tuple[Fix, ...] | None:
    """Return the fewest fixes that leave a claim without errors; None where the known fixes do not suffice.

    >>> from medcode.edits.examples import visit
    >>> [fix.text for fix in minimal_fixes(visit(stated_total="90"))]
    ['State the sum of the lines, 100.00.']
    """
    from medcode.edits import check

    def is_clear(fixes: Iterable[Fix]) -> bool:
        return not check(applied(claim, fixes), on=on, tables=tables).errors

    found = check(claim, on=on, tables=tables).errors
    needed = [fix for each in found if (fix := each.fix) and fix.path and (fix.safe or fix.new is not None)]
    if not is_clear(needed):
        return None
    for fix in tuple(needed):
        without = [each for each in needed if each is not fix]
        needed = without if is_clear(without) else needed
    return tuple(needed)
