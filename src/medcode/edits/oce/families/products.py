"""Products that belong to services: blood, corneas, transplants, skin substitutes, token charges, trauma.

Edits 43, 73, 76, 79, 82, 87, 93, 100, 117.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.families.codes import CRITICAL_ACCESS, is_professional
from medcode.edits.oce.flags import (
    ALLOGENEIC_TRANSPLANT,
    BLOOD_PRODUCT,
    BLOOD_SERVICE,
    CORNEA_TISSUE,
    CORNEA_TRANSPLANT,
    CRITICAL_CARE,
    PACKED_RED_CELLS,
    SKIN_APPLICATION,
    SKIN_HIGH_COST,
    SKIN_LOW_COST,
    SKIN_SURGERY_HIGH,
    SKIN_SURGERY_LOW,
    TOKEN_CHARGE_ONLY,
    TRAUMA_RESPONSE,
    WHOLE_BLOOD,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.edits.oce.line import Line, ServiceDay
    from medcode.edits.oce.work import Work

BLOOD, BLOOD_PROCESSING = range(380, 390), range(390, 400)
RED_CELLS_REVENUE, WHOLE_BLOOD_REVENUE = 381, 382
DONOR_ACQUISITION = 815
CRITICAL_CARE_REVENUE = range(580, 690)
SUBSTITUTE = "S1"  # status of a skin substitute


def transfusion_without_blood(work: Work) -> None:
    """43: a transfusion without any blood product on the bill."""
    if work.flags & BLOOD_PRODUCT:
        return
    for line in work.lines:
        if line.flags & BLOOD_SERVICE and not line.is_inpatient:
            work.hit(line, 43)


def blood_billing(work: Work) -> None:
    """73: blood must be billed as product (revenue 38x) and processing (39x) alike, both with BL or not at all."""
    for each in work.days:
        products = [line for line in each.lines if line.flags & BLOOD_PRODUCT]
        billed = [line for line in products if line.revenue in BLOOD]
        processed = [line for line in products if line.revenue in BLOOD_PROCESSING]
        for line in products:
            if not line.is_inpatient:
                for wrong in _wrong_blood(line, billed, processed):
                    work.hit(wrong, 73)


def _wrong_blood(  # noqa: PLR0911  # a rule each
    line: Line, billed: list[Line], processed: list[Line]
) -> Iterable[Line]:
    own_billed = [other for other in billed if other.hcpcs == line.hcpcs]
    own_processed = [other for other in processed if other.hcpcs == line.hcpcs]
    if line.revenue in BLOOD:
        return () if own_processed else (line,)
    if line.revenue not in BLOOD_PROCESSING:
        return (line,)
    if not line.has("BL"):
        return (line, *own_billed) if own_billed else ()
    if not own_billed:
        return (line,)
    without = [other for other in own_billed if not other.has("BL")]
    if without:
        return (line, *without)
    own_processed = [other for other in own_processed if other.has("BL")]
    if sum(other.units for other in own_billed) != sum(other.units for other in own_processed):
        return (*own_billed, *own_processed)
    return ()


def blood_revenue(work: Work) -> None:
    """79: revenue codes 0381 and 0382 are for packed red cells and whole blood alone."""
    for line in work.lines:
        is_wrong = (line.revenue == RED_CELLS_REVENUE and not line.flags & PACKED_RED_CELLS) or (
            line.revenue == WHOLE_BLOOD_REVENUE and not line.flags & WHOLE_BLOOD
        )
        if is_wrong and not line.is_inpatient:
            work.hit(line, 79)


def cornea_tissue(work: Work) -> None:
    """93: tissue of a cornea on a day without its transplant."""
    for each in work.days:
        lines = [line for line in each.lines if not line.is_excluded]
        if not any(line.flags & CORNEA_TRANSPLANT for line in lines):
            for line in lines:
                if line.flags & CORNEA_TISSUE:
                    work.hit(line, 93)


def donor_acquisition(work: Work) -> None:
    """100: an allogeneic transplant without a line for the donor (revenue 0815)."""
    lines = [line for line in work.lines if not line.is_excluded]
    if any(line.revenue == DONOR_ACQUISITION for line in lines):
        return
    for line in lines:
        if line.flags & ALLOGENEIC_TRANSPLANT:
            work.hit(line, 100)


def skin_substitute_by_cost(work: Work) -> None:
    """87, to version 101: surgery with a skin substitute of the low or high group, and none of that group."""
    for each in _days_of_facility(work):
        flags = 0
        for line in each.lines:
            flags |= line.flags
        lacking = (0 if flags & SKIN_LOW_COST else SKIN_SURGERY_LOW) | (
            0 if flags & SKIN_HIGH_COST else SKIN_SURGERY_HIGH
        )
        for line in each.lines:
            if line.flags & lacking and not line.is_inpatient:
                work.hit(line, 87)


def skin_substitute(work: Work) -> None:
    """87, from version 102: an application of a skin substitute on a day without one."""
    for each in _days_of_facility(work):
        if any(line.status == SUBSTITUTE for line in each.lines):
            continue
        for line in each.lines:
            if line.flags & SKIN_APPLICATION and not line.is_inpatient:
                work.hit(line, 87)


def _days_of_facility(work: Work) -> Iterable[ServiceDay]:
    """Return the days; for a critical access hospital those without professional fees."""
    if work.facility != CRITICAL_ACCESS:
        return work.days
    return [each for each in work.days if not any(is_professional(line) for line in each.lines)]


def trauma_response(work: Work) -> None:
    """76: trauma activation without critical care, or without its revenue code, on the day."""
    for each in work.days:
        lines = [line for line in each.lines if not line.is_inpatient]
        has_revenue = any(line.revenue in CRITICAL_CARE_REVENUE for line in lines)
        if has_revenue and any(line.flags & CRITICAL_CARE for line in lines):
            continue
        for line in lines:
            if line.flags & TRAUMA_RESPONSE:
                work.hit(line, 76)


def token_charge_only(work: Work) -> None:
    """82: the item was free to the hospital, so that only a token charge is allowed."""
    for line in work.lines:
        if line.flags & TOKEN_CHARGE_ONLY and not line.is_token and not line.is_inpatient:
            work.hit(line, 82)


def token_charge_for_drug(work: Work) -> None:
    """117: a drug that is paid for, with a token charge."""
    for line in work.lines:
        if line.is_token and line.status in ("G", "K", "K1") and not line.is_inpatient:
            work.hit(line, 117)
