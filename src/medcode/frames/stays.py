"""The Medicare Code Editor over a table of stays.

>>> from datetime import date
>>> import pyarrow as pa
>>> stays = pa.table({"discharge_date": [date(2024, 9, 30)], "principal": ["O80"], "age": [8], "sex": ["M"]})
>>> edit_stays(stays).select(["stay", "edit", "count", "codes"]).to_pylist()[0]
{'stay': 0, 'edit': 'AGE_CONFLICT', 'count': 1, 'codes': ['O80']}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from medcode.edits.mce import MedicareCodeEditor, Stay
from medcode.frames.tables import conform, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["STAY_EDITS", "edit_stays"]

_TEXT, _CODES = pa.string(), pa.list_(pa.string())
_STAYS = {
    "discharge_date": pa.date32(),
    "principal": _TEXT,
    "age": pa.int64(),
    "sex": _TEXT,
    "discharge_status": _TEXT,
    "length_of_stay": pa.int64(),
    "admitting": _TEXT,
    "secondary": _CODES,
    "procedures": _CODES,
}
_REQUIRED = ("discharge_date", "principal")

STAY_EDITS = pa.schema(
    {"stay": pa.int64(), "edit": _TEXT, "count": pa.int64(), "codes": _CODES, "not_checked": _TEXT}
)
"""The schema of what `edit_stays` returns."""


def edit_stays(stays: Any) -> pa.Table:
    """Return the edits that stays meet, a row for each stay and edit; a stay that meets none has no row.

    `stays` has a row for each stay, with the fields of `medcode.edits.mce.Stay` as columns: `discharge_date` and `principal`, and
    those of the others that are known; further columns are passed over. A null is an absent value. Of the
    result, `stay` counts the rows of `stays` from 0, `edit` is CMS's name, `count` how often it was met, and `codes` are those
    that met it. A stay that cannot be judged, as its discharge is null or outside of the tables, has a row whose
    `not_checked` says why. Raises ValueError for a column that is missing, TypeError for one of another type; by its
    name and before any work.
    """
    found = read_table(stays, "stays")
    columns = {name: kind for name, kind in _STAYS.items() if name in found.column_names or name in _REQUIRED}
    rows = conform(found, pa.schema(columns), "stays").to_pylist()
    editor = MedicareCodeEditor()
    edits = [edit for number, row in enumerate(rows) for edit in _edits(editor, number, row)]
    return pa.Table.from_pylist(edits, schema=STAY_EDITS)


def _edits(editor: MedicareCodeEditor, number: int, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    day = row["discharge_date"]
    if day is None or row["principal"] is None:
        missing = "discharge_date" if day is None else "principal"
        yield {"stay": number, "not_checked": f"{missing} is null"}
        return
    values: dict[str, Any] = {
        name: tuple(each for each in value if each is not None) if isinstance(value, list) else value
        for name, value in row.items()
        if value is not None
    }
    try:
        result = editor.edit(Stay(**values))
    except ValueError as error:
        yield {"stay": number, "not_checked": str(error)}
        return
    by_code = [*(((row["admitting"], result.admitting),) if result.admitting else ()), *result.by_code]
    for name, count in result.counts.items():
        codes = [code for code, names in by_code if name in names]
        yield {"stay": number, "edit": name, "count": count, "codes": codes}
