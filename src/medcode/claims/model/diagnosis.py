"""Diagnoses as a claim lists them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias, final

import attrs

from medcode.claims.model.base import Part, part
from medcode.codesets.base import Code, Malformed
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Diagnosis",
    "DiagnosisCode",
    "Snodent",
    "diagnoses",
    "diagnosis",
    "diagnosis_codes",
    "optional_diagnosis_code",
]


@final
class Snodent(Code):
    """A code of the Systematized Nomenclature of Dentistry, which a dental claim may carry as a diagnosis.

    Only its form is known: the codes are the American Dental Association's, and no table of them is here.

    >>> Snodent("110283007")
    Snodent('110283007')
    """

    __slots__ = ()

    label = "SNODENT"
    pattern = re.compile(r"[0-9A-Z][0-9A-Z-]{0,29}")
    expected = "up to 30 digits, letters and hyphens"


DiagnosisCode: TypeAlias = Icd10Cm | Icd9Cm | Snodent | Malformed
"""An ICD-10-CM code; ICD-9-CM for care before 2015-10-01; SNODENT on a dental claim; or other text."""


def diagnosis_code(value: str) -> DiagnosisCode:
    """Convert a code; plain text is read as ICD-10-CM, so pass an ICD-9-CM code as `Icd9Cm`."""
    if isinstance(value, (Icd10Cm, Icd9Cm, Snodent, Malformed)):
        return value
    if isinstance(value, Code):
        kind = type(value).__name__
        raise TypeError(f"a diagnosis must be an ICD-10-CM, ICD-9-CM or SNODENT code, not {kind}")
    return Icd10Cm.parse(value)


def optional_diagnosis_code(value: str | None) -> DiagnosisCode | None:
    """Convert a code or None."""
    return None if value is None else diagnosis_code(value)


def diagnosis_codes(values: Iterable[str]) -> tuple[DiagnosisCode, ...]:
    """Convert codes, in claim order."""
    if isinstance(values, str):
        raise TypeError("expected a list of diagnoses, not a single text")
    return tuple(diagnosis_code(value) for value in values)


@part
class Diagnosis(Part):
    """One diagnosis; `present_on_admission` (Y N U W) is for inpatient claims only.

    >>> Diagnosis("e11.9")
    Diagnosis(code=Icd10Cm('E11.9'))
    """

    code: DiagnosisCode = attrs.field(converter=diagnosis_code)
    present_on_admission: str | None = attrs.field(default=None, kw_only=True)


def diagnosis(value: Diagnosis | str) -> Diagnosis:
    """Convert a diagnosis, or its code alone."""
    return value if isinstance(value, Diagnosis) else Diagnosis(value)


def diagnoses(values: Iterable[Diagnosis | str]) -> tuple[Diagnosis, ...]:
    """Convert diagnoses or their codes, in claim order."""
    if isinstance(values, str):
        raise TypeError("expected a list of diagnoses, not a single text")
    return tuple(diagnosis(value) for value in values)
