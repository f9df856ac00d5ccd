"""The diagnoses exempt from reporting whether they were present on admission: text with tabs, or a workbook.

Columns: an order number, the code, with or without its dot, and the description. A line with the title
may come first. The name has the fiscal year, as `POAexemptCodes2026.txt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.codesets import store
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.loaders.common import PUBLIC, has_columns, header, table_rows
from medcode.codesets.loaders.icd10_order import edition, fiscal_year
from medcode.codesets.user import BuiltTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import LoadOptions
    from medcode.codesets.loaders.input_file import InputFile

__all__ = ["NAME", "load", "recognizes"]

NAME = "poa_exempt"
COLUMNS = {"order": ("order",), "code": ("code", "icd10cmcode"), "title": ("description",)}
REQUIRED = tuple(COLUMNS)


def recognizes(file: InputFile) -> bool:
    """Return whether the file has the headings."""
    return has_columns(file, COLUMNS, REQUIRED)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        codes = sorted(set(_codes(file)))
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
        yield BuiltTable(NAME, (start, end), len(codes), store.pack(about, {"code": codes}))


def _codes(file: InputFile) -> Iterator[str]:
    for line, row in table_rows(file, COLUMNS, REQUIRED):
        wire = Icd10Cm.normal(row["code"])
        if wire is None:
            raise file.fault(line, Icd10Cm.format_error(row["code"]))
        yield wire
