"""The rows that a table has at least where none ships: one of fewer is loaded with a note.

A table over one that ships is compared with that, and refused where it is too short. Where none ships, a user may well
hold a table of a few rows of their own, so that it is only said. The numbers are far below the smallest release
known. A conversion table has none, for it only adds, nor has the NDC directory, which is never whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.codesets.ncci import MUE, PTP

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LEAST", "too_few"]

NUBC = "UB-04 manual; no count is published"
LEAST: Mapping[str, tuple[int, str]] = {
    **dict.fromkeys(PTP, (250_000, "1,594,456 pairs of hospitals in IOCE v20.2 to v27.1")),
    **dict.fromkeys(MUE[:2], (5_000, "about 9,700 codes in October 2008, the first publication")),
    MUE[2]: (1_000, "2,928 codes in July 2024"),
    "add_on": (300, "717 add-on codes with listed primaries in IOCE v20.2 to v27.1, a row for each pair"),
    "pprrvu": (7_500, "more than 10,000 CPT codes and 7,409 of HCPCS in 2026"),
    "poa_exempt": (15_000, "37,258 codes in FY2021"),
    "taxonomy": (400, "873 codes in version 23.0"),
    "cpt": (5_000, "more than 10,000 codes in 2016"),
    "cdt": (250, "no count is published"),
    "adjustment_reason": (100, "no count is published"),
    "remark": (300, "no count is published"),
    "status_category": (30, "no count is published"),
    "status_code": (200, "no count is published"),
    "revenue": (100, NUBC),
    "condition_code": (40, NUBC),
    "occurrence_code": (20, NUBC),
    "value_code": (30, NUBC),
    "bill_type": (20, NUBC),
}
"""For each table that does not ship, the least rows of a whole one, and the smallest release known."""


def too_few(name: str, rows: int) -> str | None:
    """Return the note on a table of too few rows to be whole; None if it has enough.

    >>> too_few("mue_supplier", 2_928), too_few("mue_supplier", 2)
    (None, '2 rows; a whole table mue_supplier has at least 1,000: add --partial if it is a part of it')
    """
    least, _ = LEAST.get(name, (0, ""))
    if rows >= least:
        return None
    listed = f"{rows:,} {'row' if rows == 1 else 'rows'}"
    return f"{listed}; a whole table {name} has at least {least:,}: add --partial if it is a part of it"
