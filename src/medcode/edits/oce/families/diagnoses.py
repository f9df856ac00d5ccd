"""Diagnoses and the patient: validity, ages, principal diagnoses, and what the claim says of itself.

Edits 1, 2, 5, 10, 11, 25, 26, 46, 86, 113.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.flags import (
    EXCLUSION_IGNORED,
    EXTERNAL_CAUSE,
    MANIFESTATION,
    UNACCEPTABLE,
    UNACCEPTABLE_EXCLUSION,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.oce.line import Diagnosis
    from medcode.edits.oce.work import Work

__all__ = [
    "ages",
    "denial_requested",
    "external_cause",
    "invalid",
    "invalid_age",
    "invalid_sex",
    "manifestation",
    "partial_hospitalization_not_allowed",
    "review_requested",
    "unacceptable",
    "unacceptable_inpatient",
]

PARTIAL_HOSPITALIZATION, DENIAL, REVIEW = "41", "21", "20"
ANY_AGE = (0, 124)


def partial_hospitalization_not_allowed(work: Work) -> bool:
    """46: condition code 41 on a type of bill that has no partial hospitalization; two of them end there."""
    if PARTIAL_HOSPITALIZATION not in work.conditions:
        return False
    work.hit_claim(46)
    return work.facility in ("12", "14")


def denial_requested(work: Work) -> None:
    """10: the provider asks for a denial (condition code 21)."""
    if DENIAL in work.conditions:
        work.hit_claim(10)


def review_requested(work: Work) -> None:
    """11: the provider asks for a review of non-covered charges (condition code 20)."""
    if REVIEW in work.conditions:
        for line in work.lines:
            if not line.is_excluded:
                work.hit(line, 11)


def invalid(work: Work) -> None:
    """1: a diagnosis is not valid in the version; one that the next version has is let by."""
    for diagnosis in _all(work):
        if diagnosis.row is None and not diagnosis.is_coming:
            work.hit_diagnosis(diagnosis, 1)


def ages(work: Work) -> None:
    """2: a diagnosis does not occur at the patient's age."""
    if not work.age_is_valid or work.age is None:
        return
    for diagnosis in _all(work):
        row = diagnosis.row
        if row and not row.lowest_age <= work.age <= row.highest_age:
            work.hit_diagnosis(diagnosis, 2)


def external_cause(work: Work) -> None:
    """5: the principal diagnosis is an external cause."""
    if work.principal.flags & EXTERNAL_CAUSE:
        work.hit_diagnosis(work.principal, 5)


def manifestation(work: Work) -> None:
    """86: the principal diagnosis is a manifestation."""
    if work.principal.flags & MANIFESTATION:
        work.hit_diagnosis(work.principal, 86)


def unacceptable(work: Work) -> None:
    """113: the principal diagnosis is not acceptable as one."""
    flags = work.principal.flags
    if flags & UNACCEPTABLE and not flags & UNACCEPTABLE_EXCLUSION:
        work.hit_diagnosis(work.principal, 113)


def unacceptable_inpatient(work: Work) -> None:
    """113 on a bill of an inpatient or a hospice, where some exceptions do not hold."""
    flags = work.principal.flags
    if flags & UNACCEPTABLE and (not flags & UNACCEPTABLE_EXCLUSION or flags & EXCLUSION_IGNORED):
        work.hit_diagnosis(work.principal, 113)


def invalid_age(work: Work) -> None:
    """25: the age is not between 0 and 124 years."""
    if not work.age_is_valid:
        work.hit_claim(25)


def invalid_sex(work: Work) -> None:
    """26: the sex is none of male, female and unknown."""
    if not work.sex_is_valid:
        work.hit_claim(26)


def _all(work: Work) -> Iterator[Diagnosis]:
    yield work.principal
    yield from work.reasons
    yield from work.secondary
