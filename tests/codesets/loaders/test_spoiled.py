"""Every cell of every layout, spoiled in every way: read, or refused by file, line and column; nothing else is raised."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, TypeAlias

import pytest
from tests.codesets.loaders import layouts

from medcode.codesets import loaders
from medcode.codesets.loaders import LoadError, LoadOptions, common
from medcode.codesets.loaders.input_file import InputFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

pytestmark = pytest.mark.usefixtures("small_tables")

SPOILS = (
    "", " ", "?", "x" * 300, "9" * 5_000, "\u0663" * 8, "\xc9", "2026-13-45", "20260230", "00000000", "2013366", "0000001",
    "-1", "1.5", "1E999999999", "NaN", "\x1b[2J", "'", "\u2028", "A" * 7, "1/1/0000",
)  # fmt: skip
START = common.read_day("2026-01-05")
GEMS = "A000    0010    00000\nA001    0011    10000\nA009    NoDx    11000\n"
POA = "Order #\tCode\tDescription\n1\tB90.0\tSequelae\n2\tB909\tSequelae\n"
PLAIN = "CARC,Title,Start,Stop,Billable\n1,Deductible,1995-01-01,,1\n2,Coinsurance,1/1/1995,12/31/2025,no\n"


def in_commas(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def in_tabs(rows: Sequence[Sequence[str]]) -> bytes:
    return "\n".join("\t".join(row) for row in rows).encode()


def cells(text: str, separator: str) -> list[list[str]]:
    return [*csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter=separator)]


Rows: TypeAlias = "Sequence[Sequence[str]]"
TABLES: dict[str, tuple[str, Rows, Callable[[Rows], bytes], int]] = {  # the file's name, its rows, how they are written, and the first row with data
    "add_on": ("AOC_V2024Q2-MCR.csv", layouts.AOC_ROWS, in_commas, 1),
    "add_on, workbook": ("AOC_V2024Q2-MCR.xlsx", layouts.AOC_ROWS, layouts.workbook, 1),
    "conversion": ("conversion_table_FY2026.txt", [r.split("\t") for r in layouts.CONVERSION.splitlines()], in_tabs, 3),
    "fda_ndc, packages": ("package.txt", cells(layouts.PACKAGE, "\t"), in_tabs, 1),
    "fda_ndc, products": ("product.txt", cells(layouts.PRODUCT, "\t"), in_tabs, 1),
    "mue": ("MUE_Practitioner_Eff_07-01-2024.csv", cells(layouts.MUE, ","), in_commas, 2),
    "nucc": ("nucc_taxonomy_251.csv", cells(layouts.NUCC, ","), in_commas, 1),
    "plain": ("cpt.csv", cells(layouts.CPT, ","), in_commas, 1),
    "plain, reasons": ("carc.csv", cells(PLAIN, ","), in_commas, 1),
    "poa_exempt": ("POAexemptCodesFY26.txt", cells(POA, "\t"), in_tabs, 1),
    "pprrvu": ("PPRRVU24_JUL.csv", cells(layouts.PPRRVU, ","), in_commas, 4),
    "ptp": ("ccipra-v302r0.txt", [*layouts.PTP_HEAD, *layouts.PTP_ROWS], in_tabs, len(layouts.PTP_HEAD)),
    "ptp, workbook": ("ccipra-v302r0.xlsx", [*layouts.PTP_HEAD, *layouts.PTP_ROWS], layouts.workbook, len(layouts.PTP_HEAD)),
}  # fmt: skip
FIXED = {
    "gems": ("2018_I10gem.txt", GEMS),
    "hcpcs_anweb": ("HCPC2026_JAN_ANWEB.txt", layouts.ANWEB),
    "icd10_codes": ("icd10cm_codes_2026.txt", layouts.CODES_CM),
    "icd10_order": ("icd10cm_order_2026.txt", layouts.ORDER_CM),
    "icd10_order, PCS": ("icd10pcs_order_2026.txt", layouts.ORDER_PCS),
}


def fault(case: str, name: str, data: bytes) -> LoadError | None:
    """Load a file by its layout, and return why it is refused."""
    layout = loaders._layout(case.partition(",")[0])
    file, options = InputFile(name, data), LoadOptions(start=START if case.startswith("plain") else None)
    try:
        if layout.recognizes(file):
            list(layout.load([file], options))
    except LoadError as error:
        return error
    return None


def spoiled_rows(rows: Sequence[Sequence[str]], begin: int) -> Iterator[tuple[int, int, list[list[str]]]]:
    """Yield the number of a row, of a column, and the rows with that cell spoiled, or the row cut there."""
    for at in range(begin, len(rows)):
        for column in range(len(rows[at])):
            for spoil in (*SPOILS, None) if at == begin else (*SPOILS[(at + column) % 5 :: 5], None):
                row = [*rows[at][:column], *([] if spoil is None else [spoil, *rows[at][column + 1 :]])]
                yield at, column, [*map(list, rows[:at]), row, *map(list, rows[at + 1 :])]


def line_of(rows: Sequence[Sequence[str]], at: int) -> int:
    """Return the line on which a row begins: cells may hold line ends."""
    return at + 1 + sum(cell.count("\n") for row in rows[:at] for cell in row)


@pytest.mark.slow
@pytest.mark.parametrize("case", TABLES)
def test_a_spoiled_cell_is_read_or_refused_at_its_place(case: str) -> None:
    name, rows, write, begin = TABLES[case]
    assert fault(case, name, write(rows)) is None
    refused = 0
    for at, column, spoiled in spoiled_rows(rows, begin):
        if write is layouts.workbook and any("\x1b" in cell for cell in spoiled[at]):
            continue  # no XML
        data = write(spoiled)
        found = fault(case, name, data)
        if found is None or found.line is None:  # nothing is left of the only row
            continue
        refused += 1
        shown = spoiled[at][column : column + 1], str(found)[:200]
        assert (found.file, found.line) == (name, line_of(spoiled, at)), shown
        is_cut = len(spoiled[at]) < len(rows[at]) or not any(rows[at])
        assert found.column == column + 1 or is_cut, shown
        assert len(str(found)) < 300, shown
    assert refused


@pytest.mark.slow
@pytest.mark.parametrize("case", FIXED)
def test_a_spoiled_line_in_fixed_columns_is_read_or_refused_at_its_place(case: str) -> None:
    name, text = FIXED[case]
    assert fault(case, name, text.encode()) is None
    lines = text.split("\n")
    refused = 0
    for at, line in enumerate(lines):
        for column in range(0, len(line), 1 + len(line) // 30):
            for spoil in ("", " ", "?", "\xc9", "\u0663", "9", "x" * 9, None):
                spoiled = line[:column] + ("" if spoil is None else spoil + line[column + 1 :])
                found = fault(case, name, "\n".join([*lines[:at], spoiled, *lines[at + 1 :]]).encode())
                if found is None or found.line is None:
                    continue
                refused += 1
                # the first code tells the set of all; a continuation may have lost its code
                assert found.line == at + 1 or at == 0 or case == "hcpcs_anweb", str(found)
                assert found.column is not None, str(found)
    assert refused


@pytest.mark.parametrize(
    ("case", "text"), [("icd10cm_tabular", layouts.TABULAR), ("icd10pcs_tables", layouts.PCS_TABLES)]
)
def test_a_spoiled_text_or_value_of_xml_is_read_or_refused_at_its_line(case: str, text: str) -> None:
    refused = 0
    for place in re.finditer(r'(?<=">)[^<\n]+(?=<)|(?<=>)[^<\n]+(?=<)|(?<=")[^"\n]*(?=")', text):
        for spoil in (*SPOILS, "&", "<", "&x;", "\x00"):
            found = fault(case, "x_2026.xml", (text[: place.start()] + spoil + text[place.end() :]).encode())
            refused += found is not None
            if found and found.line is None:  # the release, or a document without codes
                assert "days it covers" in found.reason or "lists no" in found.reason, str(found)
    assert refused
