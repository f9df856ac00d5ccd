"""What a hospital or other facility reports about a stay: procedures, occurrences, values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias, final

import attrs

from medcode.claims.model.base import PHI, Date, Day, Money, Part, all_of, money, optional_day, part, period
from medcode.codesets.base import Code, Malformed
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10pcs import Icd10Pcs

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AbcCode",
    "InpatientProcedure",
    "Occurrence",
    "OccurrenceSpan",
    "ProcedureCode",
    "ValueAmount",
    "inpatient_procedures",
    "optional_inpatient_procedure",
]


@final
class AbcCode(Code):
    """A code of the Advanced Billing Concepts, which some payers accept for complementary medicine."""

    __slots__ = ()

    label = "ABC"
    pattern = re.compile(r"[A-Z]{5}")
    expected = "five letters"


ProcedureCode: TypeAlias = Icd10Pcs | Icd9CmProcedure | AbcCode | Malformed
"""An ICD-10-PCS code; an ICD-9-CM procedure before 2015-10-01; an ABC code; or text that is none of these."""


def procedure_code(value: str) -> ProcedureCode:
    """Convert a code; plain text is read as ICD-10-PCS, so pass other codes as their own type."""
    if isinstance(value, (Icd10Pcs, Icd9CmProcedure, AbcCode, Malformed)):
        return value
    if isinstance(value, Code):
        raise TypeError(f"an inpatient procedure must be an ICD-10-PCS code, not {type(value).__name__}")
    return Icd10Pcs.parse(value)


@part
class InpatientProcedure(Part):
    """A procedure of an inpatient and the day it was done.

    >>> InpatientProcedure("02703dz", "2026-01-05").code
    Icd10Pcs('02703DZ')
    """

    code: ProcedureCode = attrs.field(converter=procedure_code)
    date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)


def optional_inpatient_procedure(value: InpatientProcedure | str | None) -> InpatientProcedure | None:
    """Convert a procedure, or its code alone, or None."""
    return value if value is None or isinstance(value, InpatientProcedure) else InpatientProcedure(value)


def inpatient_procedures(values: Iterable[InpatientProcedure | str]) -> tuple[InpatientProcedure, ...]:
    """Convert procedures or their codes, in claim order."""
    if isinstance(values, str):
        raise TypeError("expected a list of procedures, not a single text")
    return tuple(v if isinstance(v, InpatientProcedure) else InpatientProcedure(v) for v in values)


@part
class Occurrence(Part):
    """An occurrence code of the UB-04 (fields 31 to 34) and its day."""

    code: str
    date: Day = attrs.field(converter=optional_day, metadata=PHI)


def to_occurrences(values: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Return occurrences as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(Occurrence, values)


@part
class OccurrenceSpan(Part):
    """An occurrence span code of the UB-04 (fields 35 and 36) and its days."""

    code: str
    dates: Date = attrs.field(converter=period, metadata=PHI)


def to_occurrence_spans(values: Iterable[OccurrenceSpan]) -> tuple[OccurrenceSpan, ...]:
    """Return occurrence spans as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(OccurrenceSpan, values)


@part
class ValueAmount(Part):
    """A value code of the UB-04 (fields 39 to 41) and its amount, in US dollars or what the code counts."""

    code: str
    amount: Money = attrs.field(converter=money)


def to_value_amounts(values: Iterable[ValueAmount]) -> tuple[ValueAmount, ...]:
    """Return value codes as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(ValueAmount, values)
