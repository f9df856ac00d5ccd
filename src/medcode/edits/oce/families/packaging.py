"""How services are paid, as far as edits depend on it: what is packaged, composite or comprehensive.

Edits 27, 47, 101, 121. Amounts are not computed; that is the pricer's work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.families.inpatient import INPATIENT_APC
from medcode.edits.oce.families.products import BLOOD
from medcode.edits.oce.flags import (
    ADVANCE_CARE_PLANNING,
    ANNUAL_WELLNESS_VISIT,
    BILATERAL,
    COMPREHENSIVE_EXCLUSION,
    CRITICAL_CARE,
    CRITICAL_CARE_ANCILLARY,
    MODIFIER_THERAPY,
    OVERRIDE_603,
    PACKED_RED_CELLS,
    RADIOSURGERY_PLANNING,
    REVENUE_THERAPY,
    SOMETIMES_THERAPY,
    STV_PACKAGED,
    T_PACKAGED,
    WHOLE_BLOOD,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.edits.oce.line import Line, ServiceDay
    from medcode.edits.oce.work import Work

PAYABLE_WITH_LABORATORY = ("J1", "J2", "Q1", "Q2", "Q3", "S", "T", "V")
NOT_COMPREHENSIVE = frozenset({"B", "C", "E", "E1", "E2", "F", "G", "H", "L", "M", "N", "U"})
NON_OPIOID = frozenset({"H1", "K1"})
NON_OPIOID_BEGINS = 98  # version
NOT_WITH_INPATIENT = frozenset({"B", "E", "E1", "E2", "C", "M"})
ADVANCE_CARE = "99497"
CLINIC_VISIT = "G0463"
DISTINCT = ("59", "XE", "XP", "XS", "XU")
STOPPED_BEFORE_ANESTHESIA = ("52", "73")
EDUCATION, INVALID_CODE, INVALID_REVENUE = 35, 6, 41
FAMILY_OF_IMAGING = {1: "ultrasound", 2: "CT", 3: "CT", 4: "MR", 5: "MR"}
WITH_CONTRAST = (3, 5)


def default_classification(work: Work) -> None:
    """Assign each line the classification of its code."""
    for line in work.lines:
        if line.is_coded:
            line.apc = line.default_apc
            if line.status == "N":
                line.package()


def package_laboratory(work: Work) -> None:
    """Package laboratory tests."""
    for line in work.lines:
        if line.status == "Q4":
            line.package()


def separate_laboratory(work: Work) -> None:
    """Pay laboratory tests separately."""
    for line in work.lines:
        if line.status == "Q4":
            line.pay_separately()


def outpatient_laboratory(work: Work) -> None:
    """Package laboratory tests where the bill has another payable service, else pay them separately."""
    if work.any_status(*PAYABLE_WITH_LABORATORY):
        package_laboratory(work)
    else:
        separate_laboratory(work)


def sometimes_therapy(work: Work) -> None:
    """Pay a service separately that is therapy by its revenue code or modifier."""
    for line in work.lines:
        if not line.flags & SOMETIMES_THERAPY or line.is_inpatient:
            continue
        if line.flags & REVENUE_THERAPY or line.modifier_flags & MODIFIER_THERAPY:
            line.pay_separately()
            line.is_therapy = True


def advance_care_planning(work: Work) -> None:
    """Pay advance care planning separately on the day of an annual wellness visit."""
    for each in work.days:
        if not any(line.flags & ANNUAL_WELLNESS_VISIT for line in each.lines):
            continue
        planning = [
            line for line in each.lines if line.flags & ADVANCE_CARE_PLANNING and not line.is_inpatient
        ]
        if any(line.hcpcs == ADVANCE_CARE for line in planning):
            for line in planning:
                line.pay_separately()


def incidental_only(work: Work) -> bool:
    """27: nothing but packaged services; the editing ends there."""
    if EDUCATION in work.met or not any(line.is_packaged and not line.is_rejected for line in work.lines):
        return False
    if not all(_is_incidental(line) for line in work.lines):
        return False
    work.hit_claim(27)
    return True


def _is_incidental(line: Line) -> bool:
    is_wrong = INVALID_CODE in line.found or (line.hcpcs is None and INVALID_REVENUE in line.found)
    return line.is_packaged or is_wrong


def primary_procedure(work: Work) -> None:
    """Choose the comprehensive procedure of the bill, the one that ranks first."""
    if work.primary is not None and work.primary.apc == INPATIENT_APC:
        return
    for line in work.lines:
        if line.status == "J1":
            if work.primary is None or (
                line.rank > 0 and (work.primary.rank == 0 or line.rank < work.primary.rank)
            ):
                work.primary = line
        elif line.status == "J2":
            line.take_default()
            line.is_visit = True


def conditional_packaging(work: Work) -> None:
    """Package what is only paid without a procedure (Q2) or any payable service (Q1); else pay the dearest."""
    open_lines = [line for line in work.lines if _is_open(line)]
    others = [line for line in open_lines if not line.flags & (STV_PACKAGED | T_PACKAGED)]
    statuses = {line.default_status if line.status in ("Q1", "Q2", "Q3") else line.status for line in others}
    dearest = _dearest(open_lines, STV_PACKAGED, "Q1", is_packaged=bool(statuses & {"S", "T", "V"}))
    dearest_t = _dearest(open_lines, T_PACKAGED, "Q2", is_packaged="T" in statuses)
    if dearest and dearest_t:
        loser = dearest if dearest.amount < dearest_t.amount else dearest_t
        loser.join_composite()
        dearest = dearest_t if loser is dearest else dearest
    winner = dearest or dearest_t
    if winner:
        winner.take_default()


def _is_open(line: Line) -> bool:
    return not (line.is_packaged or line.is_rejected or line.is_invalid or line.is_inpatient)


def _dearest(lines: Sequence[Line], flag: int, status: str, *, is_packaged: bool) -> Line | None:
    """Package the conditional lines of a kind, all of them or all but the dearest, which is returned."""
    best: Line | None = None
    for line in lines:
        if not line.flags & flag or line.status != status or not _is_open(line):
            continue
        if is_packaged or (best is not None and not line.is_paid_more_than(best)):
            line.join_composite()
            continue
        if best is not None:
            best.join_composite()
        best = line
    return best


def critical_care(work: Work) -> None:
    """Package what belongs to critical care, unless a modifier says that it was distinct."""
    lines = [line for line in work.lines if not line.is_excluded]
    ancillary = [line for line in lines if line.flags & CRITICAL_CARE_ANCILLARY]
    has_critical_care = any(line.flags & CRITICAL_CARE for line in lines)
    is_distinct = any(line.has(*DISTINCT) for line in work.lines)
    for line in ancillary:
        if not has_critical_care or (is_distinct and not line.flags & STV_PACKAGED):
            line.take_standard()
        else:
            line.join_composite()


def imaging_composites(work: Work) -> None:
    """Join images of one kind and day into one payment."""
    for each in work.days:
        for lines in _imaging_of(work, each).values():
            _join_images(work, lines)


def _imaging_of(work: Work, each: ServiceDay) -> dict[str, list[tuple[Line, str, int]]]:
    """Return the lines of each kind of imaging with their composite classification and its number."""
    kinds: dict[str, list[tuple[Line, str, int]]] = {kind: [] for kind in FAMILY_OF_IMAGING.values()}
    version = work.version.number
    for line in each.lines:
        if not line.is_coded or line.is_composite or line.is_excluded:
            continue
        apc = work.tables.imaging.at(line.hcpcs or "", version)
        row = work.tables.apcs.at(apc, version) if apc else None
        if apc and row and row.imaging in FAMILY_OF_IMAGING:
            kinds[FAMILY_OF_IMAGING[row.imaging]].append((line, apc, row.imaging))
    return kinds


def _join_images(work: Work, images: list[tuple[Line, str, int]]) -> None:
    whole = [image for image in images if not image[0].has(*STOPPED_BEFORE_ANESTHESIA)]
    stopped = [line for line, _, _ in images if line.has(*STOPPED_BEFORE_ANESTHESIA)]
    if sum(_images_on(line) for line, _, _ in whole) > 1:
        prime, apc, _ = whole[0]
        contrast = [own for _, own, kind in whole[1:] if kind in WITH_CONTRAST]
        work.assign_composite(prime, contrast[0] if contrast else apc)
        for line, _, _ in whole[1:]:
            line.join_composite()
        for line in stopped:
            line.take_default()
        return
    for line, _, _ in images if whole else ():
        if not line.is_packaged:
            line.take_default()
    for line in () if whole else stopped:
        line.take_default()


def _images_on(line: Line) -> int:
    return 2 if line.flags & BILATERAL and line.has("50") else line.units


def off_campus_modifier(work: Work) -> None:
    """101: modifier PN on a visit that an off-campus department may not bill.

    Otherwise the services of the department are paid by its own classifications.
    """
    is_observation = work.primary is not None and _initial_status(work.primary) == "J2"
    has_service = is_wrong = False
    for line in work.lines:
        is_clinic = line.hcpcs == CLINIC_VISIT
        if not line.is_coded or not (line.has("PN") or (is_clinic and line.has("PO"))):
            continue
        if _initial_status(line) == "J2" and not is_clinic and not is_observation:
            work.hit(line, 101)
            is_wrong = True
        elif not line.is_packaged:
            has_service = True
    work.is_off_campus = has_service and not is_wrong


def _initial_status(line: Line) -> str | None:
    return line.row.status if line.row else None


def off_campus_modifier_mental_health(work: Work) -> None:
    """101 on the bill of a community mental health center."""
    for line in work.lines:
        if line.status == "P" and line.has("PN"):
            work.hit(line, 101)


def off_campus_classification(work: Work) -> None:
    """Assign services of an off-campus department the classification that they have there."""
    if not work.is_off_campus:
        return
    for line in work.lines:
        if line.flags & OVERRIDE_603 and line.has("PN") and line.is_coded and not line.is_packaged:
            apc = work.tables.off_campus.at(line.hcpcs or "", work.version.number)
            if apc is not None:
                work.assign(line, apc)
                line.is_off_campus = True


def comprehensive_packaging(work: Work) -> None:
    """121: a service that is not covered beside an inpatient procedure of a patient who died.

    All other services are packaged into the comprehensive one.
    """
    primary = work.primary
    if primary is None or (primary.is_visit and work.any_status("T")):
        return
    for line in work.lines:
        if line is primary:
            continue
        if line.flags & RADIOSURGERY_PLANNING and primary.radiosurgery:
            if line.is_conditional:
                work.assign(line, line.default_apc)
        elif primary.apc == INPATIENT_APC and line.status in NOT_WITH_INPATIENT:
            work.hit(line, 121)
        elif _is_comprehensive(work, line):
            line.package()


def _is_comprehensive(work: Work, line: Line) -> bool:
    is_out = line.flags & COMPREHENSIVE_EXCLUSION or line.is_therapy or line.is_off_campus
    if is_out or line.status in NOT_COMPREHENSIVE:
        return False
    if work.version.number >= NON_OPIOID_BEGINS and line.status in NON_OPIOID:
        return False
    return not (line.revenue in BLOOD and line.flags & (PACKED_RED_CELLS | WHOLE_BLOOD))


def standard_classification(work: Work) -> None:
    """Assign what is still conditional the status of its classification."""
    for line in work.lines:
        if line.is_conditional and not (line.is_packaged or line.is_excluded or line.is_composite):
            line.take_standard()


def not_separately_payable(work: Work) -> None:
    """47: what is left to be paid is packaged into services that are not paid."""
    if work.is_returned:
        return
    left = [line for line in work.lines if not line.is_rejected]
    if left and all(line.is_packaged for line in left):
        for line in left:
            work.hit(line, 47)
