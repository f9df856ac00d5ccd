"""Lists that are too short to be what they would stand for, and files that come beside a table."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.codesets.loaders import layouts
from tests.codesets.loaders.layouts import archive, workbook

from medcode.codesets import CODE_SETS, crosswalk, loaders, succession, user
from medcode.codesets.loaders import LoadError, LoadOptions
from medcode.codesets.loaders.least import LEAST, too_few

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore::medcode.errors.CoverageWarning")

GEM = "A000    0010    00000\n"
OFFICIAL = {  # every layout whose table takes the place of a shipped one
    "icd10cm_order_2026.txt": layouts.ORDER_CM,
    "icd10pcs_order_2026.txt": layouts.ORDER_PCS,
    "icd10cm_codes_2026.txt": layouts.CODES_CM,
    "icd10pcs_codes_2026.txt": layouts.CODES_PCS,
    "icd10cm_tabular_2026.xml": layouts.TABULAR,
    "icd10pcs_tables_2026.xml": layouts.PCS_TABLES,
    "HCPC2026_JAN_ANWEB.txt": layouts.ANWEB,
    "2018_I10gem.txt": GEM,
    "2018_I9gem.txt": "0010  A000    00000\n",
    "hcpcs.csv": "HCPCS,Description\nA0001,x\n",
    "place_of_service.csv": "Code,Title\n11,Office\n",
}
OWN = {  # and those of which none ships
    "ccipra-v302r0-f1.txt ccipra-v302r0-f2.txt": layouts.PTP,
    "MCR_MUE_Practitioner_Eff_07-01-2024.csv": layouts.MUE,
    "AOC_V2024Q2-MCR.txt": "\n".join("\t".join(row) for row in layouts.AOC_ROWS),
    "PPRRVU24_JUL.csv": layouts.PPRRVU,
    "POAexemptCodesFY26.txt": "1\tB90.0\tSequelae\n2\tB909\tSequelae\n",
    "nucc_taxonomy_251.csv": layouts.NUCC,
    "cpt.csv": layouts.CPT,
    "cdt.csv": "CDT,Title\nD0120,x\n",
    "RARC.csv": "RARC,Description\nMA01,x\n",
    "CARC.csv": "CARC,Description\n45,x\n",
    "status_code.csv": "Status Code,Description\n1,x\n",
    "status_category.csv": "Status Category,Description\nA1,x\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for files, and one of the test's own for tables."""
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    yield tmp_path
    monkeypatch.undo()
    for code_set in CODE_SETS.values():
        code_set.reload()


def written(folder: Path, names: str, data: str | bytes) -> list[Path]:
    paths = [folder / name for name in names.split()]
    for path in paths:
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return paths


@pytest.mark.parametrize("name", sorted(OFFICIAL))
def test_a_short_list_in_any_layout_is_refused_or_partial(name: str, folder: Path) -> None:
    known = "place_of_service" if name.startswith("place") else None
    options = LoadOptions(set=known, start=date(2026, 4, 1), end=date(2026, 6, 30))
    paths = written(folder, name, OFFICIAL[name])
    with pytest.raises(LoadError, match=r"it lists \d+ .* has [\d,]+: add --partial if it is a part of it"):
        loaders.load(paths, options)
    partial = LoadOptions(set=known, start=options.start, end=options.end, partial=True)
    assert loaders.load(paths, partial)


@pytest.mark.parametrize("names", sorted(OWN))
def test_a_short_table_of_the_users_alone_says_so(names: str, folder: Path) -> None:
    days = LoadOptions(start=date(2026, 4, 1), end=date(2026, 6, 30))
    paths = written(folder, names, OWN[names])
    said = re.compile(r"\d rows?; a whole table \w+ has at least [\d,]+: add --partial if it is a part of it")
    (made,) = loaders.load(paths, days)
    assert any(said.fullmatch(note) for note in made.notes), made.notes
    (made,) = loaders.load(paths, LoadOptions(start=days.start, end=days.end, partial=True))
    assert not any(said.fullmatch(note) for note in made.notes)


def test_every_table_that_does_not_ship_has_a_least_number_of_rows() -> None:
    """A set whose codes are only known by their format, such as an NPI, is never loaded."""
    unloaded = {"mbi", "ssn", "npi", "ein", "zip_code", "currency", "admission_type", "admission_source"}
    bare = {name for name in CODE_SETS.shipped if not len(CODE_SETS[name])} - unloaded
    never_whole = {*crosswalk.TABLES, succession.TABLE, "ndc", "ndc_product"}
    assert (bare | {*loaders.TABLES}) - never_whole == {*LEAST}
    assert all(reason and too_few(name, least) is None for name, (least, reason) in LEAST.items())
    assert all(too_few(name, least - 1) for name, (least, _) in LEAST.items())


def test_a_table_of_the_least_size_is_whole(folder: Path) -> None:
    least, _ = LEAST["mue_supplier"]
    for rows in (least, least - 1):
        lines = "".join(f"A{number:04},1,1 Line Edit,x\n" for number in range(rows))
        text = (
            f"HCPCS Code,DME Supplier Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n{lines}"
        )
        (made,) = loaders.load(written(folder, "MCR_MUE_DMESupplierServices_Eff_01-01-2026.csv", text))
        assert any("999 rows; a whole table mue_supplier" in note for note in made.notes) is (rows < least)


def test_a_part_of_the_mappings_speaks_only_of_its_codes(folder: Path) -> None:
    before = crosswalk.to_icd9cm("E11.9")
    paths = written(folder, "2018_I10gem.txt", "A000    0011    10000\n")
    user.add(loaders.load(paths, LoadOptions(partial=True)))
    assert [str(entry) for entry in crosswalk.to_icd9cm("A00.0")] == ["A00.0 → 001.1 (approximate)"]
    assert crosswalk.to_icd9cm("E11.9") == before != ()


def test_an_archive_of_side_files_says_what_they_are(folder: Path) -> None:
    report = workbook([["HCPC", "ACTION", "DESCRIPTION"], ["J1100", "DISC", "gone"]])
    members: dict[str, bytes | str] = {
        "HCPC2026_OCT_TRANS_ALL.xlsx": report,
        "NOC codes_OCT_2026.xlsx": report,
        "HCPC2026_recordlayout.txt": "Columns 1-5: the code\n",
        "icd10cm_order_addenda_2026.txt": "Add: E11.A\n",
        "POAexemptAddCodesFY26.txt": "1\tB90.0\tSequelae\n",
        "readme.txt": "Dear reader,\n",
        "guide.pdf": b"%PDF-1.4\x00",
        "proc_notes_OCT2026.txt": "Notes\n",
        "torn.dat": b"PK\x03\x04",
    }
    (path,) = written(folder, "side.zip", archive(members))
    with pytest.raises(LoadError) as caught:
        loaders.load([path])
    said = str(caught.value)
    for name, what in (
        ("HCPC2026_OCT_TRANS_ALL.xlsx", "a change report"),
        ("NOC codes_OCT_2026.xlsx", "a list of NOC codes"),
        ("HCPC2026_recordlayout.txt", "a record layout"),
        ("icd10cm_order_addenda_2026.txt", "an addendum"),
        ("POAexemptAddCodesFY26.txt", "what was added, deleted or revised"),
        ("readme.txt", "a description"),
        ("guide.pdf", "a document"),
        ("proc_notes_OCT2026.txt", "in an unknown layout"),
        ("torn.dat", "in an unknown layout"),
    ):
        assert f"{name} is {what}" in said
    many: dict[str, bytes | str] = {f"readme{number}.txt": "x" for number in range(20)}
    (path,) = written(folder, "many.zip", archive(many))
    with pytest.raises(LoadError, match=r"none of the 20 files in it is a table: .*; …$"):
        loaders.load([path])


def test_the_exempt_list_of_an_april_as_cms_archives_it(folder: Path) -> None:
    """The archive has the list, what was added, deleted and revised, and a description; only names have the days."""
    row = "00001\tB90.0\tSequelae\n"
    lists: dict[str, bytes | str] = {
        f"POAexempt{kind}CodesApr23.txt": f"OrdApr23\tPOAexemptCode\tDescription\n{row}"
        for kind in ("", "Add", "Delete", "Revise")
    }
    lists["ReadMePOAexemptApr23.txt"] = "A list of codes\n"
    partial = LoadOptions(partial=True)
    (made,) = loaders.load(written(folder, "2023-poa-exempt-codes.zip", archive(lists)), partial)
    assert (made.rows, made.coverage) == (1, (20230401, 20230930))
    assert len([note for note in made.notes if "added, deleted or revised" in note]) == 3
    for name, days in (
        ("POAexemptCodesJan2021.txt", (20210101, 20210930)),
        ("POAexemptCodes2021.txt", (20201001, 20210930)),
        ("POAexemptCodesFY2024_April2024.txt", (20240401, 20240930)),
    ):
        assert loaders.load(written(folder, name, "1\tB90.0\tSequelae\n"), partial)[0].coverage == days


def test_a_damaged_archive_in_an_archive_is_named(folder: Path) -> None:
    (path,) = written(folder, "outer.zip", archive({"inner.zip": b"PK\x03\x04", "cpt.csv": layouts.CPT}))
    with pytest.raises(LoadError, match=r"outer\.zip/inner\.zip: the archive is damaged"):
        loaders.load([path])
