"""Builds `icd10pcs`: every ICD-10-PCS code since 2015-10-01, with dates and MCE flags."""

from __future__ import annotations

from tools.build_data import sources
from tools.build_data.mce import mce_table
from tools.build_data.tables import billable, code_table

SOURCES = (sources.MCE,)
HEADER = {
    "name": "icd10pcs",
    "publisher": "CMS",
    "edition": "FY2016-FY2027, MCE v44.0",
    "license": "public domain (US government work)",
    "begins": True,
}


def build() -> dict[str, bytes]:
    """Return the table file."""
    table = mce_table("mce_i10sg_master")
    histories = {code: billable(dated) for code, dated in table.codes.items()}
    first = min(row.start for rows in histories.values() for row in rows)
    return {"icd10pcs": code_table(histories, {**HEADER, "coverage": [first, table.last]}, last=table.last)}
