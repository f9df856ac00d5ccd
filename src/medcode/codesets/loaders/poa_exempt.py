"""The diagnoses exempt from reporting whether they were present on admission: text with tabs, or a workbook.

Columns: an order number, which may be absent, the code, with or without its dot, and the description.
Headings and a line with the title may come first. The name has the fiscal year, as
`POAexemptCodesFY26.txt`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from medcode.codesets import store
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.loaders.common import PREAMBLE, PUBLIC, dropped, header, normal
from medcode.codesets.loaders.icd10_order import edition, fiscal_year
from medcode.codesets.user import BuiltTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import LoadOptions
    from medcode.codesets.loaders.input_file import InputFile, Row

__all__ = ["NAME", "load", "recognizes"]

NAME = "poa_exempt"
TITLE = re.compile(r"poa.?exempt|exempt.{1,12}poa|present.on.admission", re.IGNORECASE)
ORDER = ("order", "code")  # headings of the official list


def recognizes(file: InputFile) -> bool:
    """Return whether its headings say what it is, or the name or the title of a file with codes."""
    top = list(islice(file.rows(), PREAMBLE))
    begins = next((at for at, (_, row) in enumerate(top) if _code_column(row) is not None), None)
    if any(
        normal(row[0]).startswith(ORDER[0]) and normal("".join(row[1:2])) == ORDER[1]
        for _, row in top[:begins]
        if row
    ):
        return True
    titled = file.search_name(TITLE) or any(TITLE.search(" ".join(row)) for _, row in top[:begins])
    return begins is not None and bool(titled)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        rows = list(_codes(file))
        codes = sorted(set(rows))
        if not codes:
            raise file.fault(None, f"it lists no {Icd10Cm.label} code")
        about = header(
            [file],
            options,
            fiscal_year(file),
            name=NAME,
            edition=edition(file),
            publisher="CMS",
            license=PUBLIC,
        )
        start, end = about["coverage"]
        notes = dropped(len(rows) - len(codes))
        yield BuiltTable(NAME, (start, end), len(codes), store.pack(about, {"code": codes}), notes)


def _codes(file: InputFile) -> Iterator[str]:
    column = None
    for line, row in _filled(file):
        column = _code_column(row) if column is None else column
        if column is None:
            continue  # a title, or the headings
        wire = Icd10Cm.normal(row[column]) if len(row) > column else None
        if wire is None:
            reason = Icd10Cm.format_error("".join(row[column : column + 1]) or row[0])
            raise file.fault(line, reason, column + 1)
        yield wire


def _filled(file: InputFile) -> Iterator[Row]:
    return ((line, row) for line, row in file.rows() if any(cell.strip() for cell in row))


def _code_column(row: Sequence[str]) -> int | None:
    """Return the column of a row's code: the first that is filled, or the next behind an order number."""
    first = next((at for at, cell in enumerate(row) if cell.strip()), len(row))
    if "".join(row[first : first + 1]).strip().isdigit():
        first += 1
    beside = len(row) > first + 1  # the description
    return first if beside and Icd10Cm.is_valid(row[first]) and _has_digit(row[first]) else None


def _has_digit(text: str) -> bool:
    """Return whether text is no heading, such as `Code`, which has the format of a code too."""
    return any(map(str.isdigit, text))
