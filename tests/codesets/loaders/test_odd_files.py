"""Tables as they come from other hands: on a later sheet, with tabs in titles, cut by an editor, named in other ways."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.codesets.loaders.layouts import ORDER_CM, anweb, archive, workbook

from medcode.codesets import loaders, store
from medcode.codesets.loaders import LoadError, LoadOptions
from medcode.codesets.loaders.input_file import input_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from medcode.codesets.user import BuiltTable

PART = LoadOptions(partial=True)
SINCE = LoadOptions(start=date(2026, 3, 1), partial=True)

NOTES = (("Notes to the reader",), ("CPT codes are copyright of the AMA",))
TABLES = {
    "HCPC2026_OCT_ANWEB.xlsx": (
        ("HCPC", "RECID", "LONG DESCRIPTION", "ADD DT", "TERM DT"),
        ("J1100", "3", "Injection of a steroid", "20261001", ""),
    ),
    "MCR_MUE_PractitionerServices_Eff_01-01-2026.xlsx": (
        ("HCPCS/CPT Code", "Practitioner Services MUE Values", "MUE Adjudication Indicator"),
        ("J1100", "10", "3 Date of Service Edit: Clinical"),
    ),
    "icd10cm_conversion_table_FY2026.xlsx": (
        ("Current code assignment", "Effective", "Previous Code(s) Assignment"),
        ("B88.01", "2024", "B88.0"),
    ),
    "AOC_V2026Q1-MCR.xlsx": (
        ("AOC_Edit_Type", "Add-On_Code", "Primary_Code", "AOC_Edit_EffDT", "AOC_Edit_DelDT"),
        ("1", "G0500", "G0105", "2024092", ""),
    ),
    "POAexemptCodes2026.xlsx": (("Order", "Code", "Description"), ("1", "B90.0", "Sequelae")),
}


def made(
    folder: Path, name: str, data: str | bytes, options: LoadOptions = PART
) -> tuple[BuiltTable, Sequence[str]]:
    """Load a file; return its first table, and its notes without the path of the folder."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    table = loaders.load([path], options)[0]
    return table, [note.replace(f"{folder}/", "") for note in table.notes]


@pytest.mark.parametrize("before", [0, 1, 2])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_found_on_any_sheet_and_the_others_are_named(
    name: str, before: int, tmp_path: Path
) -> None:
    sheets: list[Sequence[Sequence[str]]] = [NOTES, NOTES]
    sheets.insert(before, TABLES[name])
    table, notes = made(tmp_path, name, workbook(*sheets))
    assert table.rows == 1
    left = [number for number in (1, 2, 3) if number != before + 1]
    assert [f"skipped {name} sheet {number}: not a table of codes" for number in left] == notes


@pytest.mark.parametrize("name", TABLES)
def test_empty_sheets_are_no_sheets(name: str, tmp_path: Path) -> None:
    table, notes = made(tmp_path, name, workbook((), TABLES[name], ()))
    assert (table.rows, notes) == (1, [])


def test_of_two_sheets_of_one_kind_the_first_is_the_table(tmp_path: Path) -> None:
    name = "POAexemptCodes2026.xlsx"
    more = (*TABLES[name], ("2", "B90.1", "Sequelae"))
    table, notes = made(tmp_path, name, workbook(more, TABLES[name]))
    assert table.rows == 2
    assert notes == [f"skipped {name} sheet 2: another file or sheet has the same table"]


def test_sheets_that_are_no_table_are_refused_as_one_file(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="unknown layout; a plain list needs tabs"):
        made(tmp_path, "x.xlsx", workbook(NOTES, NOTES))


def test_a_fault_names_its_sheet(tmp_path: Path) -> None:
    wrong = (*TABLES["icd10cm_conversion_table_FY2026.xlsx"], ("?", "2024", "B88.0"))
    with pytest.raises(LoadError, match=r"x\.xlsx sheet 2:3:1: '\?' is not in ICD-10-CM format"):
        made(tmp_path, "x.xlsx", workbook(NOTES, wrong))


def test_a_damaged_workbook_beside_a_table_does_not_matter(tmp_path: Path) -> None:
    torn = bytearray(workbook(NOTES, NOTES))
    at = torn.index(b"sheet1.xml") + len("sheet1.xml")
    torn[at : at + 30] = b"\xff" * 30
    members: dict[str, bytes | str] = {
        "HCPC2026_OCT_TRANS_ALL.xlsx": bytes(torn),
        "icd10cm_order_2026.txt": ORDER_CM,
    }
    table, notes = made(tmp_path, "2026.zip", archive(members))
    assert table.rows == 3
    assert notes == ["skipped 2026.zip/HCPC2026_OCT_TRANS_ALL.xlsx: a change report"]


@pytest.mark.parametrize(
    "title", ['"Alert:\tappeal, if you do not agree"', "Alert:\tappeal", "\tAlert: appeal\t"]
)
def test_a_tab_in_a_title_does_not_make_a_list_one_with_tabs(title: str, tmp_path: Path) -> None:
    table, _ = made(tmp_path, "remark.csv", f"Code,Description\nMA01,{title}\nN1,Alert\nN2,Alert\n", SINCE)
    assert table.rows == 3


def test_commas_in_titles_do_not_make_a_list_one_with_commas(tmp_path: Path) -> None:
    text = "Remark codes, as of today\nCode\tDescription\nMA01\tappeal, if you like\nN1\tAlert, too\n"
    table, _ = made(tmp_path, "remark.txt", text, SINCE)
    assert table.rows == 2


@pytest.mark.parametrize(
    "headings",
    ["Place of Service Code(s),Place of Service Name,Place of Service Description", "Code,Name,Description"],
)
def test_places_of_service_under_the_headings_of_cms(headings: str, tmp_path: Path) -> None:
    table, _ = made(
        tmp_path, "place-of-service-codes.csv", f'{headings}\n11,Office,"Where, and how"\n', SINCE
    )
    assert (table.name, table.rows) == ("place_of_service", 1)
    assert list(store.unpack(table.data, table.name).texts("title")) == ["Office"]


@pytest.mark.parametrize("blanks", range(81))
def test_anweb_whose_trailing_blanks_an_editor_cut(blanks: int, tmp_path: Path) -> None:
    more = anweb("J1100", "4", "x" * (80 - blanks))[:91].rstrip()
    text = "\n".join([anweb("J1100", "3", "Injection"), more, anweb("J1200", "3", "Another"), ""])
    assert made(tmp_path, "HCPC2026_OCT_ANWEB.txt", text)[0].rows == 2


@pytest.mark.parametrize("word", ["maybe", "heading", "2", "ja"])
def test_a_word_that_is_neither_yes_nor_no_is_refused(word: str, tmp_path: Path) -> None:
    text = f"Code,Description,Billable\nN1,Alert,yes\nN2,Alert,{word}\n"
    with pytest.raises(LoadError, match=rf"remark\.csv:3:3: billable is '{word}', not yes or no"):
        made(tmp_path, "remark.csv", text, SINCE)


MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10}
NAMES = {"jan": "January", "apr": "April", "jul": "July", "oct": "October"}


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize(
    "shape",
    [
        "HCPC2026_{m}_ANWEB.txt",
        "HCPC2026_{m}_ANWEB_09232025.TXT",
        "hcpc26_{m}_anweb.txt",
        "HCPCS 26 {m}.txt",
        "2026-{month}.txt",
        "{month}-2026-alpha-numeric-hcpcs-file.txt",
        "hcpcs_{m}2026_anweb.txt",
    ],
)
def test_the_name_tells_the_quarter(shape: str, month: str, tmp_path: Path) -> None:
    name = shape.format(m=month, month=NAMES[month])
    table, _ = made(tmp_path, name, anweb("J1100", "3", "Injection", added="20260101"))
    assert table.coverage[0] == 20260001 + 100 * MONTHS[month]


@pytest.mark.parametrize("month", ["jan", "apr"])
@pytest.mark.parametrize("gap", ["-", "_", " "])
@pytest.mark.parametrize(
    "shape", ["{m}{g}01{g}2025", "{m}{g}1{g}2025", "{m}{g}2025", "{m}2025", "{m}25", "2025{g}{m}"]
)
def test_the_name_tells_the_year_of_a_release(shape: str, gap: str, month: str, tmp_path: Path) -> None:
    written = shape.format(m=NAMES[month], g=gap)
    table, _ = made(tmp_path, f"icd10cm{gap}order{gap}{written}.txt", ORDER_CM)
    assert table.coverage == (20250001 + 100 * MONTHS[month], 20250930)


def test_a_workbook_of_one_sheet_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook(NOTES))
    assert [file.place for file in input_files(path)] == [str(path)]


@pytest.mark.parametrize("members", [{}, {"folder/": b""}, {"__MACOSX/._a.txt": b"x"}, {"a.txt": b" \n"}])
def test_an_archive_without_contents_is_empty(members: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"x\.zip: the file is empty"):
        made(tmp_path, "x.zip", archive(members))
