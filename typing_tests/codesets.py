"""What a type checker must say of code sets; run by mypy and pyright, never by Python."""

from __future__ import annotations

from datetime import date
from typing import assert_type

from medcode import Icd10Cm, Icd10Pcs, Npi, icd10cm, icd10pcs
from medcode.codesets.base import Concept, Malformed, Status

assert_type(icd10cm["E11.9"], Concept[Icd10Cm])
assert_type(icd10pcs["02703DZ"].code, Icd10Pcs)
assert_type(icd10cm["E11.9"].title, str | None)
assert_type(icd10cm.status("E11.9", on=date(2025, 1, 1)), Status)
assert_type("E11.9" in icd10cm, bool)
assert_type(icd10cm.parent("E11.9"), Icd10Cm | None)
assert_type(icd10cm.children("E11"), tuple[Icd10Cm, ...])
assert_type(icd10cm.as_of(date(2025, 1, 1))["E11"], Concept[Icd10Cm])
assert_type(next(iter(icd10cm)), Icd10Cm)

assert_type(Npi("1234567893"), Npi)
assert_type(Npi.is_valid("1234567893"), bool)
assert_type(Icd10Cm.parse("E11.9"), Icd10Cm | Malformed)

text: str = Icd10Cm("E11.9")  # a code is a str
code: Icd10Cm = "E11.9"  # type: ignore[assignment]  # and a str is no code
other: Icd10Cm = Icd10Pcs("02703DZ")  # type: ignore[assignment]  # nor is a code of another set
icd10cm.status("E11.9", on="2025-01-01")  # type: ignore[call-overload]  # a day is a date
icd10cm["E11.9"].title = "Diabetes"  # type: ignore[misc]  # a concept does not change
