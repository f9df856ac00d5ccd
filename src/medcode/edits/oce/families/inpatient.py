"""Procedures that are only paid on inpatients, and what lies on their day.

Edits 18, 45, 49, 60, 70.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.flags import SEPARATE_PROCEDURE

if TYPE_CHECKING:
    from medcode.edits.oce.line import ServiceDay
    from medcode.edits.oce.work import Work

INPATIENT_APC = "05881"
KNEE_REPLACEMENT, KNEE_ANESTHESIA = "27447", "01402"
DIED_OR_TRANSFERRED = frozenset({2, 5, 20, 62, 63, 65, 66, 82, 85, 90, 91, 93, 94})


def knee_anesthesia(work: Work) -> None:
    """Package the anesthesia of a knee replacement, which would be an inpatient procedure by itself."""
    if any(line.hcpcs == KNEE_REPLACEMENT and line.is_coded for line in work.lines):
        work.is_knee = True
        for line in work.lines:
            if line.hcpcs == KNEE_ANESTHESIA and line.is_coded:
                line.package()


def patient_died(work: Work) -> None:
    """60, 70: an inpatient procedure of a patient who died or was transferred (modifier CA), which is paid once."""
    marked = [
        (each, line)
        for each in work.days
        for line in each.lines
        if line.status == "C" and line.has("CA") and not _is_part(work, each, line.flags)
    ]
    if not marked:
        return
    if sum(line.units for _, line in marked) > 1:
        for _, line in marked:
            work.hit(line, 60)
    if work.status not in DIED_OR_TRANSFERRED:
        for _, line in marked:
            work.hit(line, 70)
    first_day, first = marked[0]
    work.assign(first, INPATIENT_APC)
    work.primary = first
    work.is_inpatient = first_day.is_inpatient = True
    for each in work.days:
        for line in each.lines:
            line.is_inpatient = True


def denied_day(work: Work) -> None:
    """18, 49: an inpatient procedure, and all else of its day."""
    if work.is_inpatient:
        return
    for each in work.days:
        for line in each.lines:
            is_packaged_anesthesia = line.hcpcs == KNEE_ANESTHESIA and work.is_knee
            if line.status != "C" or is_packaged_anesthesia or _is_part(work, each, line.flags):
                continue
            work.hit(line, 18)
            line.is_inpatient = each.is_denied = True
        if each.is_denied:
            for line in each.lines:
                if not line.is_inpatient:
                    work.hit(line, 49)
                    line.is_inpatient = True


def separate_procedure(work: Work) -> None:
    """45: an inpatient procedure that is part of another procedure of the day."""
    for each in work.days:
        if each.is_denied or not _has_main_procedure(work, each):
            continue
        for line in each.lines:
            is_part = line.flags & SEPARATE_PROCEDURE and line.status == "C" and line is not work.primary
            if is_part and not line.is_inpatient:
                work.hit(line, 45)


def _is_part(work: Work, each: ServiceDay, flags: int) -> bool:
    """Whether a procedure is part of another one of the day, so that it is not an inpatient's by itself."""
    return bool(flags & SEPARATE_PROCEDURE) and _has_main_procedure(work, each)


def _has_main_procedure(work: Work, each: ServiceDay) -> bool:
    return work.primary is not None or any(line.status == "T" for line in each.lines)
