"""Code sets over columns: Arrow in, Arrow out, whatever library holds the data.

Every function takes anything with the Arrow PyCapsule interface (polars, pandas, DuckDB, pyarrow)
or a list, and returns pyarrow. `on` is a date, a column with a day for each row, or None for today.
A row is null where its code or its day is null, and nowhere else. Needs the extra `frames`.

>>> from datetime import date
>>> status(["E11.9", "E11", None, "n/a"], on=date(2026, 1, 5)).to_pylist()
['billable', 'header', None, 'malformed']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.codesets.base import Status
from medcode.codesets.value_set import ValueSet

try:
    import numpy as np
    import pyarrow as pa
except ImportError as error:  # pragma: no cover  # the suite runs where they are installed
    raise ImportError("medcode.frames needs pyarrow and numpy: pip install 'medcode[frames]'") from error

from medcode.frames.dated import DatedColumn, the_code_set
from medcode.frames.files import findings, read_x12, write_parquet
from medcode.frames.layout import TABLES
from medcode.frames.records import to_claims, to_envelopes, to_records, to_remittances
from medcode.frames.stays import edit_stays
from medcode.frames.texts import to_texts
from medcode.frames.tuva import medical_claim
from medcode.frames.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.frames.columns import Column

__all__ = [
    "TABLES",
    "WorkerError",
    "children",
    "describe",
    "edit_stays",
    "findings",
    "matches",
    "medical_claim",
    "normalize",
    "read_x12",
    "status",
    "successors",
    "to_claims",
    "to_envelopes",
    "to_records",
    "to_remittances",
    "to_texts",
    "write_parquet",
]

STATUSES = tuple(str(status) for status in Status)
_NUMBERS = {status: number for number, status in enumerate(Status)}
_STATUS_TEXTS = pa.array(STATUSES)


def status(
    codes: Column, on: date | Column | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
) -> pa.DictionaryArray:
    """Return the status of each code on its day, as a dictionary array of text.

    The texts are those of `medcode.codesets.base.Status`; a day that the table does not cover is
    `out_of_range`. Raises TypeError for a column of another type, ValueError for columns of
    different lengths, KeyError for an unknown code set; all before anything is looked up.

    >>> from datetime import date
    >>> days = [date(2021, 9, 30), date(2021, 10, 1), None, date(2030, 1, 1)]
    >>> status(["M54.5"] * 4, on=days).to_pylist()
    ['billable', 'header', None, 'out_of_range']
    """
    numbers = DatedColumn(codes, on, code_set).statuses(_NUMBERS)
    return pa.DictionaryArray.from_arrays(numbers, _STATUS_TEXTS)


def normalize(codes: Column, *, code_set: str | CodeSet[Any] = "icd10cm") -> pa.DictionaryArray:
    """Return the wire form of each code (upper case, no dot); null where the text cannot be a code.

    >>> normalize([" e11.9", "E119", "E11..9", None]).to_pylist()
    ['E119', 'E119', None, None]
    """
    column = DatedColumn(codes, None, code_set)
    normal = column.code_set.code_type.normal
    wires = [None if text is None else normal(text) for text in column.codes.texts]
    texts = sorted({wire for wire in wires if wire is not None})
    place = {wire: number for number, wire in enumerate(texts)}
    by_text = np.array([-1 if wire is None else place[wire] for wire in [*wires, None]], dtype=np.int32)
    found = by_text[column.codes.numbers]
    return pa.DictionaryArray.from_arrays(pa.array(found, mask=found < 0), pa.array(texts, pa.string()))


def describe(
    codes: Column, on: date | Column | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
) -> pa.Table:
    """Return what the set says of each code on its day, a row for each.

    Columns: `code` (wire form, text), `title`, `status`, `billable` (bool), `start` and `end` (date32:
    the first and last day on which the code could be billed) and `parent` (wire form). A text that
    the set does not know has its status and nulls.

    >>> describe(["E11.9", "ZZZ"]).select(["title", "status", "parent"]).to_pylist()[0]
    {'title': 'Type 2 diabetes mellitus without complications', 'status': 'billable', 'parent': 'E11'}
    """
    column = DatedColumn(codes, on, code_set)
    answers, rows = column.answers(lambda text, day: _described(column.code_set, text, day))
    return pa.Table.from_pylist([{} if row is None else row for row in answers], schema=_DESCRIBED).take(rows)


_DESCRIBED = pa.schema(
    {
        "code": pa.string(),
        "title": pa.string(),
        "status": pa.string(),
        "billable": pa.bool_(),
        "start": pa.date32(),
        "end": pa.date32(),
        "parent": pa.string(),
    }
)


def _described(code_set: CodeSet[Any], text: str, day: date) -> dict[str, Any]:
    found = code_set.status(text, day)
    billable = found is Status.BILLABLE if found in _DATED else None
    row = {"code": code_set.code_type.normal(text), "status": str(found), "billable": billable}
    if text in code_set:
        concept = code_set.concept(text, day)
        row |= {"title": concept.title, "start": concept.start, "end": concept.end, "parent": concept.parent}
    return row


_DATED = frozenset({Status.BILLABLE, Status.HEADER, Status.NOT_YET, Status.DELETED})


def matches(codes: Column, value_set: ValueSet | str, on: date | Column | None = None) -> pa.BooleanArray:
    """Return whether each code belongs to a value set and could be billed on its day.

    A text is taken as rules over ICD-10-CM. Raises CoverageError for a day that the table does not
    cover: the answer is not known then.

    >>> matches(["E11.9", "E11", "I10", None], "E08-E13").to_pylist()
    [True, False, False, None]
    """
    rules = ValueSet(value_set) if isinstance(value_set, str) else value_set
    column = DatedColumn(codes, on, rules.code_set)
    answers, rows = column.answers(rules.contains)
    found: pa.BooleanArray = pa.array(answers, pa.bool_()).take(rows)
    return found


def successors(
    codes: Column, on: date | Column | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
) -> pa.ListArray:
    """Return the codes that took over from each; with `on`, those of them that are billable on its day.

    Empty where a code has none; null where the row is null. Raises TypeError for a code set whose
    successors are not known.

    >>> successors(["M54.5", "E11.9", None]).to_pylist()
    [['M5450', 'M5451', 'M5459'], [], None]
    """
    chosen = the_code_set(code_set)
    ask = getattr(chosen, "successors", None)
    if ask is None:
        raise TypeError(f"no successors are known of {chosen.code_type.label} codes")
    dated = on is not None
    return _lists(codes, on, chosen, lambda text, day: ask(text, day) if dated else ask(text))


def children(
    codes: Column, on: date | Column | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
) -> pa.ListArray:
    """Return the codes next below each that are valid on its day.

    Empty for a code with none, and for a text that the set does not know.

    >>> children(["M54.5", "n/a", None]).to_pylist()
    [['M5450', 'M5451', 'M5459'], [], None]
    """
    chosen = the_code_set(code_set)
    return _lists(codes, on, chosen, chosen.children)


def _lists(codes: Column, on: date | Column | None, code_set: CodeSet[Any], ask: Any) -> pa.ListArray:
    def known(text: str, day: date) -> Sequence[str]:
        return [str(code) for code in ask(text, day)] if text in code_set else []

    answers, rows = DatedColumn(codes, on, code_set).answers(known)
    found: pa.ListArray = pa.array(answers, pa.list_(pa.string())).take(rows)
    return found
