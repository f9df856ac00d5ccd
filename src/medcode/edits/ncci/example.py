"""Small tables for the examples of NCCI's edits: a few rows of HCPCS Level II, by no means all."""

from __future__ import annotations

from datetime import date

from medcode.edits.ncci.tables import AddOnTable, PairTable, UnitTable
from medcode.edits.tables import Tables

__all__ = ["EXAMPLE"]

QUARTER = ("example of 2026 Q1", date(2026, 1, 1), date(2026, 3, 31))

PAIRS = PairTable.of(
    (
        ("A4301", "A4300", "", "19960101", "*", "1", "Standards of practice"),
        ("G0101", "G0102", "", "20000101", "*", "0", "Gender-specific procedures"),
    ),
    *QUARTER,
)
UNITS = UnitTable.of(
    (
        ("A4300", "1", "1 Line Edit", "Nature of service"),
        ("G0101", "1", "2 Date of Service Edit: Policy", "CMS policy"),
    ),
    *QUARTER,
)
ADD_ONS = AddOnTable.of((("G2211", "G0463", "1"),), *QUARTER)

EXAMPLE = Tables(ptp_practitioner=PAIRS, mue_practitioner=UNITS, add_on=ADD_ONS)
