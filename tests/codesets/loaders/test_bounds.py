"""Files made to unpack, expand or repeat without end: each is refused for its measure, before it is made."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.codesets.loaders.layouts import archive, workbook
from tests.codesets.loaders.test_faults import refused

from medcode.codesets import loaders
from medcode.codesets.loaders import LoadError, LoadOptions, input_file

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Code,Title\n470,knee\n"
DRG = LoadOptions(set="drg", partial=True)
SHEET = '<worksheet xmlns="x"><sheetData>{}</sheetData></worksheet>'
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]>'


def sheet(*rows: str) -> str:
    return SHEET.format("".join(f"<row>{row}</row>" for row in rows))


def cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def book(*rows: str, strings: str = "") -> bytes:
    members = {"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": sheet(*rows)}
    if strings:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="x"><si><t>{strings}</t></si></sst>'
    return archive(members)


def tabular(title: str, meaning: str) -> str:
    seventh = f'<sevenChrDef><extension char="A">{meaning}</extension></sevenChrDef>'
    below = "<diag><name>S00.0</name><desc>Scalp</desc></diag>"
    diag = f"<diag><name>S00</name><desc>{title}</desc>{seventh}{below}</diag>"
    return f"<ICD10CM.tabular><chapter><section>{diag}</section></chapter></ICD10CM.tabular>"


def axes(count: int) -> str:
    axis = '<axis><label code="0"/></axis>'
    return f"<ICD10PCS.tabular><pcsTable>{axis * 3}<pcsRow>{axis * (count - 3)}</pcsRow></pcsTable></ICD10PCS.tabular>"


CASES: dict[str, tuple[str, str | bytes, str]] = {
    "a row without end": ("a.csv", HEAD + "," * (1 << 20) + "x", "3: the row has more than 1,048,576 characters"),
    "a row of quotes": (
        "a.csv",
        HEAD + '"\n",' * (1 << 19),
        "3: the row has more than 1,048,576 characters",
    ),
    "a row of tabs": ("a.txt", "Code\tTitle\n" + "\t" * (1 << 20) + "x", "2: the row has more than"),
    "a long title": ("a.csv", HEAD + "471," + "x" * 10_001, "3:2: the title has 10,001 characters"),
    "a long cell": (
        "a.xlsx",
        book(cell("Code") + cell("Title"), cell("470") + cell("x" * 32_768)),
        "2:2: a cell of the sheet",
    ),
    "one long text for many cells": (
        "a.xlsx",
        book(cell("Code") + cell("Title"), cell("470") + '<c t="s"><v>0</v></c>', strings="x" * 32_768),
        "2:2: a cell of the sheet",
    ),
    "a long title of XML": ("icd10cm_tabular_2026.xml", tabular("x" * 10_001, "y"), "1: the title has 10,001"),
    "a long meaning for many codes": (
        "icd10cm_tabular_2026.xml",
        tabular("x", "y" * 10_000),
        "1: the title has 10,007",
    ),
    "fewer axes": ("icd10pcs_tables_2026.xml", axes(6), "1: the row has 6 axes, not 7"),
    "more axes": ("icd10pcs_tables_2026.xml", axes(8), "1: the row has 8 axes, not 7"),
    "an entity": (
        "a.xml",
        f'{ENTITY}<ICD10CM.tabular x="&b;"/>',
        "XML with a document type is refused",
    ),
    "an entity in another encoding": (
        "a.xlsx",
        archive({"xl/workbook.xml": "", "xl/worksheets/sheet1.xml": f"{ENTITY}<a>&b;</a>".encode("utf-16")}),
        "XML with a document type is refused",
    ),
    "many elements deep": ("a.xml", "<ICD10CM.tabular>" + "<diag>" * 10_000, "not well-formed XML"),
    "gzip": ("a.csv.gz", gzip.compress(HEAD.encode()), "files of gzip are not read: unpack it"),
    "bzip2": ("a.csv.bz2", bz2.compress(HEAD.encode()), "files of bzip2 are not read"),
    "xz": ("a.csv.xz", lzma.compress(HEAD.encode()), "files of xz are not read"),
    "a workbook of old": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "files of Excel before 2007"),
    "archives too deep in one another": (
        "a.zip",
        archive({"b.zip": archive({"c.zip": archive({"d.zip": archive({"a.csv": HEAD})})})}),
        "unknown layout",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_has_no_measure_is_refused_at_its_place(case: str, tmp_path: Path) -> None:
    name, data, reason = CASES[case]
    options = DRG if name.startswith("a.") else LoadOptions(partial=True)
    assert reason in refused(tmp_path, name, data, options)


def test_a_list_of_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_file, "MOST_ROWS", 5)
    for ends, count in (("\n", 6), ("\r\n", 6), ("\r", 9)):
        rows = ends.join(["Code\tTitle", *[""] * (count - 1)]) + "x"
        said = refused(tmp_path, "a.txt", rows, DRG)
        assert said == f"a.txt: it has {count} lines; the limit is 5"
    assert refused(tmp_path, "a.csv", "Code,Title\n" + "\n" * 20, DRG) == "a.csv: it has more than 5 lines"


def test_xml_of_too_many_tags_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_file, "MOST_TAGS", 10)
    assert "tags of XML; the limit is 10" in refused(tmp_path, "a.xml", tabular("x", "y"))
    assert "tags of XML; the limit is 10" in refused(tmp_path, "a.xlsx", workbook([["Code", "Title"]]))


def test_members_are_counted_before_they_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_file, "MOST_ENTRIES", 3)
    many = archive({f"{number}.csv": HEAD for number in range(4)})
    monkeypatch.setattr(zipfile, "ZipFile", None)  # it is not asked
    assert "the archive has some 4 members; the limit is 500" in refused(tmp_path, "a.zip", many)


def test_what_archives_in_an_archive_have_is_counted_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = archive({f"{number}.csv": b"" for number in range(4)})
    many = archive({f"{number}.zip": inner for number in range(4)})
    monkeypatch.setattr(input_file, "MOST_MEMBERS", 10)
    assert "the archive and those in it have more than 10 members" in refused(tmp_path, "a.zip", many)
    monkeypatch.undo()
    large = archive({f"{number}.zip": archive({"a": b"0" * 5_000}) for number in range(4)})
    monkeypatch.setattr(input_file, "LARGEST", 10_000)
    assert "unpacks to too much: more than 10,000 bytes" in refused(tmp_path, "b.zip", large)


def test_a_file_that_does_not_end_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_file, "LARGEST", 1_000)
    with pytest.raises(LoadError, match="/dev/zero: the file is too large: the limit is 1,000 bytes"):
        loaders.load(["/dev/zero"])


def test_xml_on_one_line_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "icd10cm_tabular_2026.xml"
    file.write_text(tabular(" " * (1 << 20) + "Injury", "y"), encoding="utf-8")
    with pytest.raises(LoadError, match=r":1: the title has"):  # its line is no row that is too long
        loaders.load([file], LoadOptions(partial=True))
