"""Federally qualified health centers and rural health clinics: visits and what belongs to them.

Edits 88, 89, 90, 91.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.edits.oce.families.codes import IOP_REVENUE
from medcode.edits.oce.families.programs import VISIT_REVENUE
from medcode.edits.oce.flags import (
    FQHC_CHRONIC_CARE,
    FQHC_DCAPS,
    FQHC_NON_COVERED,
    FQHC_PREVENTIVE,
    IOP_SERVICE,
)

if TYPE_CHECKING:
    from medcode.edits.oce.line import Line, ServiceDay
    from medcode.edits.oce.work import Work

RANKS = {"G0468": 1, "G0466": 2, "G0467": 3, "G0469": 4, "G0470": 5}
"""The payment codes of a visit, in the order that they are paired with services; the last two of mental health."""

FIRST_MENTAL_HEALTH_RANK = 4
TELEHEALTH = frozenset({"Q3014", "G2025"})
OPIOID_INTENSE = "G2172"
OPIOID_OFFICE = frozenset({"G2086", "G2087", "G2088"})
NOT_COVERED = (range(290, 300), range(540, 550))  # revenue codes of equipment and of ambulance
MEDICAL_VISIT = range(519, 530)
MENTAL_HEALTH_VISIT = (519, 900)
WITHOUT_VISIT = FQHC_CHRONIC_CARE | FQHC_DCAPS | FQHC_PREVENTIVE
NOT_COVERED_EDIT = 91


def not_covered(work: Work) -> None:
    """91: the service is not one of a health center or clinic."""
    for each in work.days:
        for line in each.lines:
            is_listed = line.flags & FQHC_NON_COVERED or any(line.revenue in codes for codes in NOT_COVERED)
            if not is_listed or line.is_inpatient:
                continue
            is_program = each.has_iop and line.flags & IOP_SERVICE
            if not (is_program and line.revenue in (IOP_REVENUE, VISIT_REVENUE)):
                work.hit(line, NOT_COVERED_EDIT)


def visits(work: Work) -> None:
    """88, 89, 90: each day needs a payment code, that a qualifying service, and the revenue code of a visit."""
    for each in work.days:
        lines = [
            line
            for line in each.lines
            if not line.is_invalid and not line.is_inpatient and NOT_COVERED_EDIT not in line.found
        ]
        payment = sorted((line for line in lines if line.hcpcs in RANKS), key=_rank)
        if payment:
            _pair(work, payment, lines)
            for line in payment:
                if line.revenue_is_valid and line.revenue not in _revenue_of(line, each):
                    work.hit(line, 90)
        elif _lacks_visit(each, lines):
            work.hit_claim(88)


def _rank(line: Line) -> int:
    return RANKS[line.hcpcs or ""]


def _revenue_of(line: Line, each: ServiceDay) -> range | tuple[int | None, ...]:
    """Return the revenue codes that a payment code may have; any on a day of an intensive outpatient program."""
    if _rank(line) < FIRST_MENTAL_HEALTH_RANK:
        return MEDICAL_VISIT
    return (line.revenue,) if each.has_iop else MENTAL_HEALTH_VISIT


def _lacks_visit(each: ServiceDay, lines: list[Line]) -> bool:
    if each.has_iop or each.has_only_reported:
        return False
    codes = {line.hcpcs for line in lines}
    if OPIOID_INTENSE in codes:
        return bool(codes & OPIOID_OFFICE)
    has_covered = any(NOT_COVERED_EDIT not in line.found for line in each.lines)
    is_free = codes & TELEHEALTH or any(line.flags & WITHOUT_VISIT for line in lines)
    return has_covered and not is_free


@attrs.define(eq=False)
class _Service:
    """A qualifying service of a day: its units, and the payment codes that it may stand for."""

    code: str | None
    units: int = 0
    visits: list[Line] = attrs.Factory(list)


def _pair(work: Work, payment: list[Line], lines: list[Line]) -> None:
    """Assign each payment code a unit of a service of its own; apply edit 89 where none is left.

    The service that could serve the fewest codes goes first.
    """
    services = _qualifying(work, payment, lines)
    served: set[Line] = set()

    def unserved(service: _Service) -> int:
        return sum(line not in served for line in service.visits)

    services.sort(key=unserved)
    while services:
        service = services.pop(0)
        for line in service.visits:
            if line not in served and service.units > 0:
                served.add(line)
                service.units -= 1
        services.sort(key=unserved)
    for line in payment:
        if line not in served and not line.in_program:
            work.hit(line, 89)


def _qualifying(work: Work, payment: list[Line], lines: list[Line]) -> list[_Service]:
    pairs, version = work.tables.pairs["fqhc_visit"], work.version.number
    services: dict[str | None, _Service] = {}
    for line in lines:
        if line.hcpcs not in RANKS and line.hcpcs != OPIOID_INTENSE:
            service = services.setdefault(line.hcpcs, _Service(line.hcpcs))
            service.units += line.units
    for service in services.values():
        service.visits = [line for line in payment if pairs.at(f"{line.hcpcs}|{service.code}", version)]
    return [service for service in services.values() if service.visits]
