"""Codes of a line: whether they are valid, covered, recognized, and billable to this payer or site.

Edits 6, 7, 9, 12, 13, 22, 28, 41, 48, 50, 53, 55, 61, 62, 65, 66, 72, 102, 104, 111, 112, 114, 116,
120, 122, 126, 127, 130.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from medcode.edits.oce.flags import (
    BUNDLED_IN_BIOLOGICAL,
    BYPASS_72,
    COLORECTAL_SCREENING,
    EMERGENCY_CODE,
    INFORMATION_ONLY,
    IOP_PRIMARY,
    MODIFIER_TELEHEALTH,
    NON_COVERED,
    NON_REPORTABLE_SITE,
    NOT_BILLABLE_TO_MAC,
    NOT_RECOGNIZED_BY_MEDICARE,
    NOT_RECOGNIZED_BY_OPPS,
    OBSERVATION_HOSPITAL,
    OPIOID_TREATMENT_PROGRAM,
    PART_B_BILLABLE,
    QUESTIONABLE,
    REVENUE_BUNDLED,
    REVENUE_NOT_RECOGNIZED,
    REVENUE_PART_B,
    REVENUE_STATUTORY_EXCLUSION,
    REVENUE_WITHOUT_HCPCS,
    RHC_MODIFIER,
    STATUTORY_EXCLUSION,
    SUPPLIER_ONLY,
    TELEHEALTH,
    UNCLASSIFIED_DRUG,
    WAIVER_ELIGIBLE,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.edits.oce.line import Line
    from medcode.edits.oce.work import Work

HIPPS, AMBULANCE, PHYSICIAN, NON_COVERED_REVENUE = 23, 540, 657, 760
IOP_REVENUE, ALL_INCLUSIVE, DETAILED_DRUGS = 905, 240, 636
PROFESSIONAL = range(960, 990)
HOME_HEALTH, CLINIC_BILLS, HOSPICE, CRITICAL_ACCESS = "32", ("71", "77"), ("81", "82"), "85"
WAIVER_BEGINS = date(2020, 3, 18)  # modifier CS, cost sharing waived for tests of COVID-19
SHORT_EPISODES_BEGIN = 78  # version: home health episodes of 30 days instead of 60
INPATIENT_DRUGS_BEGIN = 98  # version
OUTSIDE_APPROVAL_BEGINS = 91  # version


def flagged(edit: int, flags: int, *, also_rejected: bool = True) -> Callable[[Work], None]:
    """Return a step that puts an edit on every line whose code has a flag.

    Lines that go with an inpatient procedure are passed over; so are those that an earlier edit
    rejected or denied, unless `also_rejected`.
    """

    def step(work: Work) -> None:
        for line in work.lines:
            if line.flags & flags and not line.is_inpatient and (also_rejected or not line.is_rejected):
                work.hit(line, edit)

    step.__doc__ = f"{edit}: the code is listed for this edit."
    return step


questionable = flagged(12, QUESTIONABLE, also_rejected=False)
not_recognized_by_medicare = flagged(28, NOT_RECOGNIZED_BY_MEDICARE, also_rejected=False)
hospital_only = flagged(53, OBSERVATION_HOSPITAL)
not_reportable_at_site = flagged(55, NON_REPORTABLE_SITE)
revenue_not_recognized = flagged(65, REVENUE_NOT_RECOGNIZED)
needs_manual_pricing = flagged(66, UNCLASSIFIED_DRUG, also_rejected=False)
information_only = flagged(112, INFORMATION_ONLY, also_rejected=False)
opioid_treatment = flagged(116, OPIOID_TREATMENT_PROGRAM)
excluded_by_statute = flagged(50, STATUTORY_EXCLUSION | REVENUE_STATUTORY_EXCLUSION, also_rejected=False)


def is_professional(line: Line) -> bool:
    """Whether the revenue code is one of professional fees."""
    return line.revenue in PROFESSIONAL


def revenue_invalid(work: Work) -> None:
    """41: the revenue code is not valid."""
    for line in work.lines:
        if not line.revenue_is_valid and not line.is_inpatient:
            work.hit(line, 41)


def hcpcs_invalid(work: Work) -> None:
    """6: the HCPCS code is not valid; home health may report the new year's codes in an episode across it."""
    if work.facility == HOME_HEALTH and _crosses_year(work):
        months = (12, 1) if work.version.number >= SHORT_EPISODES_BEGIN else (11, 12, 1, 2, 3)
        for line in _invalid(work):
            is_near = line.on is not None and line.on.month in months
            if is_near and work.tables.hcpcs.at(line.hcpcs or "", work.version.number + 1) is None:
                work.hit(line, 6)
        return
    for line in _invalid(work):
        work.hit(line, 6)


def _invalid(work: Work) -> list[Line]:
    is_home_health = work.facility == HOME_HEALTH
    return [
        line
        for line in work.lines
        if line.is_invalid and not line.is_inpatient and not (is_home_health and line.revenue == HIPPS)
    ]


def _crosses_year(work: Work) -> bool:
    is_short = work.version.number >= SHORT_EPISODES_BEGIN
    last_month, first_month, length = (11, 2, 30) if is_short else (10, 4, 60)
    first, last = work.first_day, work.last_day
    return first.month > last_month and last.month < first_month and (last - first).days <= length


def modifier_invalid(work: Work) -> None:
    """22: a modifier is not valid; those of ambulance trips are not looked at."""
    unchecked = (AMBULANCE, HIPPS) if work.facility == HOME_HEALTH else (AMBULANCE,)
    for line in work.lines:
        is_unchecked = line.revenue_is_valid and line.revenue in unchecked
        if line.has_bad_modifier and not line.is_inpatient and not is_unchecked:
            work.hit(line, 22)


def modifier_conflict(work: Work) -> None:
    """102: two modifiers of a line exclude each other."""
    conflicts, version = work.tables.pairs["modifiers"], work.version.number
    for line in work.lines:
        if len(line.modifiers) < 2 or line.is_inpatient:  # noqa: PLR2004  # two make a pair
            continue
        if work.facility == HOME_HEALTH and line.revenue == HIPPS:
            continue
        for one, two in combinations(line.modifiers, 2):
            if conflicts.at(f"{one}|{two}", version) or conflicts.at(f"{two}|{one}", version):
                work.hit(line, 102)
                break


def modifier_before_start(work: Work) -> None:
    """103: a modifier is reported before the first day that it may be."""
    for line in work.lines:
        if line.is_inpatient or line.is_invalid or line.on is None or line.modifiers_start is None:
            continue
        if line.on < line.modifiers_start:
            work.hit(line, 103)


def clinic_modifier(work: Work) -> None:
    """104: a modifier by which a rural health clinic asks for its rate, on a service that is not of it."""
    conflicts, version = work.tables.pairs["rhc_modifier"], work.version.number
    for line in work.lines:
        if line.flags & RHC_MODIFIER and not line.is_excluded:
            pairs = (f"{line.hcpcs}|{modifier}" for modifier in line.all_modifiers)
            if any(conflicts.at(pair, version) for pair in pairs):
                work.hit(line, 104)


def clinic_modifier_on_program(work: Work) -> None:
    """130: modifier CG on a service of an intensive outpatient program that is not a primary one."""
    for line in work.lines:
        is_service = line.hcpcs is not None and line.revenue == IOP_REVENUE
        if is_service and line.has("CG") and not line.flags & IOP_PRIMARY and not line.is_inpatient:
            work.hit(line, 130)


def cost_sharing_waiver(work: Work) -> None:
    """114: modifier CS, which waives cost sharing, on a service that is not eligible."""
    if work.last_day < WAIVER_BEGINS:
        return
    for line in work.lines:
        if line.hcpcs is None or line.on is None or line.on < WAIVER_BEGINS or line.is_inpatient:
            continue
        if line.has("CS") and not line.flags & WAIVER_ELIGIBLE:
            work.hit(line, 114)


def emergency_over(work: Work) -> None:
    """123, 124: a modifier or a code of the public health emergency, after its end."""
    end = work.emergency_end
    for line in work.lines:
        if line.on is None or line.on <= end or line.is_inpatient:
            continue
        if line.has("CS"):
            work.hit(line, 123)
        if line.flags & EMERGENCY_CODE:
            work.hit(line, 124)


def colorectal_modifier(work: Work) -> None:
    """120: modifier PT on a day without a colorectal screening."""
    for each in work.days:
        lines = [line for line in each.lines if not line.is_inpatient]
        if not any(line.flags & COLORECTAL_SCREENING for line in lines):
            for line in lines:
                if line.has("PT"):
                    work.hit(line, 120)


def telehealth_modifier(work: Work) -> None:
    """126: a modifier of telehealth on a service that is not on Medicare's list."""
    for line in work.lines:
        if (
            line.modifier_flags & MODIFIER_TELEHEALTH
            and not line.flags & TELEHEALTH
            and not line.is_inpatient
        ):
            work.hit(line, 126)


def acquired_drug(work: Work) -> None:
    """122: modifier JG, for drugs bought under 340B, on a pass-through drug."""
    for line in work.lines:
        if line.status == "G" and line.has("JG") and line.is_coded and not line.is_inpatient:
            work.hit(line, 122)


def hcpcs_age(work: Work) -> None:
    """7: the service is not meant for the patient's age."""
    if not work.age_is_valid or work.age is None:
        return
    for line in work.lines:
        row = line.row
        if row and not line.is_inpatient and not row.lowest_age <= work.age <= row.highest_age:
            work.hit(line, 7)


def not_covered(work: Work) -> None:
    """9: the service, or a line with nothing but revenue code 760, is not covered."""
    for line in work.lines:
        if line.hcpcs is None and line.revenue == NON_COVERED_REVENUE and not line.is_excluded:
            work.hit(line, 9)
    for line in work.lines:
        if line.flags & NON_COVERED and not line.is_inpatient and 112 not in line.found:  # noqa: PLR2004  # an edit
            work.hit(line, 9)


def revenue_needs_hcpcs(work: Work) -> None:
    """48: the revenue code needs a HCPCS code."""
    for line in work.lines:
        if line.hcpcs is not None or not line.revenue_is_valid or line.is_inpatient:
            continue
        if not line.flags & REVENUE_WITHOUT_HCPCS and line.status not in ("N", "F"):
            work.hit(line, 48)


def not_paid_by_medicare(work: Work) -> None:
    """13: the service is not paid (status E2)."""
    for line in work.lines:
        if line.status == "E2" and not line.is_inpatient:
            work.hit(line, 13)


def not_billable_to_mac(work: Work) -> None:
    """72: the service is not billed to this contractor."""
    for line in work.lines:
        if not line.flags & NOT_BILLABLE_TO_MAC or line.is_inpatient:
            continue
        if work.facility in CLINIC_BILLS and (line.flags & BYPASS_72 or line.status == "M"):
            continue
        if work.facility in HOSPICE and line.revenue == PHYSICIAN:
            line.pay_separately()
            continue
        if not (work.facility == CRITICAL_ACCESS and is_professional(line)):
            work.hit(line, 72)


def not_allowed_part_b_inpatient(work: Work) -> None:
    """127: the service is not one that an inpatient without Part A may have under Part B."""
    revenue = {line.revenue for line in work.lines}
    by_all_inclusive = (
        {ALL_INCLUSIVE, DETAILED_DRUGS} if work.version.number >= INPATIENT_DRUGS_BEGIN else set()
    )
    is_bypassed = bool(by_all_inclusive) and by_all_inclusive <= revenue
    for line in work.lines:
        if not line.is_coded or line.flags & (REVENUE_PART_B | PART_B_BILLABLE) or line.status == "L":
            continue
        if not (is_bypassed and line.revenue in by_all_inclusive):
            work.hit(line, 127)


def bundled_in_biological(work: Work) -> None:
    """111: the service is part of the payment of a biological."""
    for line in work.lines:
        is_revenue = line.hcpcs is None and line.flags & REVENUE_BUNDLED
        if (is_revenue or line.flags & BUNDLED_IN_BIOLOGICAL) and not line.is_inpatient:
            work.hit(line, 111)


def supplier_only(work: Work) -> None:
    """61: the item is billed to the contractor for supplies."""
    if work.primary is None:
        for line in work.lines:
            if line.flags & SUPPLIER_ONLY and not line.is_inpatient:
                work.hit(line, 61)


def not_recognized_by_opps(work: Work) -> None:
    """62: the code has another one under the outpatient system, unless its department is paid outside of it."""
    for line in work.lines:
        if line.flags & NOT_RECOGNIZED_BY_OPPS and not line.is_inpatient and not line.is_off_campus:
            work.hit(line, 62)


OUTSIDE_PERIOD = 134
BEFORE = frozenset({67, 68, 69, 110, 134, 136})
AFTER = frozenset({69, 83, 134})
APPROVAL_PERIOD = frozenset({69, 110, 134})


def approval_dates(work: Work) -> None:
    """67, 68, 69, 83, 110, 134, 136: the service lies before or after what its approval covers."""
    _approval_dates(work, BEFORE | AFTER)


def approval_dates_demonstration(work: Work) -> None:
    """69, 110, 134 alone: what a health center with condition code 65 is held to."""
    _approval_dates(work, APPROVAL_PERIOD)


def _approval_dates(work: Work, edits: frozenset[int]) -> None:
    for line in work.lines:
        row = line.row
        if row is None or not row.date_edit or line.on is None or line.is_inpatient:
            continue
        edit = row.date_edit
        is_early = edit == OUTSIDE_PERIOD and work.version.number < OUTSIDE_APPROVAL_BEGINS
        if edit not in edits or is_early:
            continue
        is_before = edit in BEFORE and row.approved is not None and line.on < row.approved
        is_after = edit in AFTER and row.terminated is not None and line.on > row.terminated
        if is_before or is_after:
            work.hit(line, edit)
