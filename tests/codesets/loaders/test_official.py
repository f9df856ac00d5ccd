"""Official files as they come: archives with side files, preambles, duplicates, and lists taken for others."""

from __future__ import annotations

from datetime import date
from itertools import compress
from typing import TYPE_CHECKING

import pytest
from tests.codesets.loaders import layouts
from tests.codesets.loaders.layouts import anweb, archive, order_line, workbook

from medcode import icd10cm
from medcode.codesets import CODE_SETS, crosswalk, hcpcs, loaders, poa_exempt, remark, user
from medcode.codesets.base import CodeSet, Status
from medcode.codesets.loaders import LoadError, LoadOptions
from medcode.codesets.loaders.common import period_end
from medcode.codesets.loaders.least import LEAST
from medcode.codesets.registry import UnknownSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from medcode.codesets.user import BuiltTable

    Load = Callable[..., list[BuiltTable]]

pytestmark = pytest.mark.filterwarnings("ignore::medcode.errors.CoverageWarning")

DAY = date(2026, 4, 15)


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Load]:
    """Write a file and load it into a folder of the test's own; toy lists are allowed unless `real`."""
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))

    def load_(
        name: str, data: str | bytes, options: LoadOptions | None = None, *, real: bool = False
    ) -> list[BuiltTable]:
        if not real:
            request.getfixturevalue("small_tables")
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        made = loaders.load([path], options)
        user.add(made)
        return made

    yield load_
    monkeypatch.undo()
    for code_set in CODE_SETS.values():
        code_set.reload()


@pytest.mark.slow
def test_the_annual_zip_changes_no_answer(load: Load) -> None:
    codes = list(icd10cm)
    then, before = list(icd10cm.as_of(DAY)), icd10cm.check(codes, DAY)
    title = {text.code: text.text for text in CodeSet.texts(icd10cm)}
    billable = [status is Status.BILLABLE for status in icd10cm.check(then, DAY)]
    rows = enumerate(zip(then, billable, strict=True), 1)
    members: dict[str, bytes | str] = {
        "icd10cm_order_2026.txt": "".join(
            f"{order_line(number, code, str(int(kind)), title.get(code, 'no title'))}\n"
            for number, (code, kind) in rows
        ),
        "icd10cm_codes_2026.txt": "".join(f"{code:<7} x\n" for code in compress(then, billable)),
        "icd10cm_order_addenda_2026.txt": "Add: E11.A\n",
        "icd10OrderFiles.pdf": b"%PDF-1.4\x00",
    }
    (made,) = load("cms_2026_dx.zip", archive(members), real=True)
    assert made.rows == len(then) == 98_186
    assert icd10cm.check(codes, DAY) == before
    assert [note.rpartition("/")[2].partition(":")[0] for note in made.notes] == [
        "icd10cm_codes_2026.txt",
        "icd10cm_order_addenda_2026.txt",
        "icd10OrderFiles.pdf",
    ]


@pytest.mark.slow
def test_a_list_without_headings_says_nothing_about_headings(load: Load) -> None:
    load("icd10cm_codes_2026.txt", "A000    Cholera due to Vibrio cholerae\n")
    assert [icd10cm.status(code, DAY) for code in ("A00.0", "A00", "A00.1")] == [
        Status.BILLABLE,
        Status.HEADER,
        Status.DELETED,
    ]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("icd10cm_order_2026.txt", (2025, 10, 1)),
        ("icd10cm-order-Jan-2026.txt", (2026, 1, 1)),
        ("icd10cm-order-April-1-2026.txt", (2026, 4, 1)),
    ],
)
def test_a_release_starts_on_its_month(load: Load, name: str, start: tuple[int, int, int]) -> None:
    (made,) = load(name, layouts.ORDER_CM)
    assert made.coverage == (start[0] * 10_000 + start[1] * 100 + start[2], 20260930)


@pytest.mark.slow
def test_duplicates_are_dropped_and_counted(load: Load) -> None:
    line = order_line(2, "A000", "1", "Cholera due to Vibrio cholerae 01, biovar cholerae")
    (made,) = load("icd10cm_order_2026.txt", f"{layouts.ORDER_CM}{line}\n{line}\n")
    assert (made.rows, made.notes) == (3, ("2 duplicate rows dropped",))
    (made,) = load("icd10cm_order_2026.txt", f"{layouts.ORDER_CM}{line}\n")
    assert made.notes == ("1 duplicate row dropped",)


def test_anweb_with_lines_before_the_data_and_a_change_report_beside_it(load: Load) -> None:
    report = workbook([["HCPC", "ACTION", "DESCRIPTION"], ["J1100", "DISC", "gone"]])
    members: dict[str, bytes | str] = {
        "HCPC2026_OCT_ANWEB_09232026.txt": "CMS\nHCPCS file\n\n" + layouts.ANWEB,
        "HCPC2026_OCT_TRANS_ALL.xlsx": report,
        "NOC codes_OCT_2026.xlsx": report,
        "HCPC2026_recordlayout.txt": "Columns 1-5: the code\n",
        "proc_notes_OCT2026.txt": "Notes\n",
    }
    built = load("october-2026-alpha-numeric-hcpcs-file.zip", archive(members))
    assert [(made.name, made.rows) for made in built] == [
        ("hcpcs", 2),
        ("hcpcs", 2),
        ("modifiers", 1),
        ("modifiers", 1),
    ]
    assert built[0].coverage == (20261001, 20261231)
    assert len(built[0].notes) == 4
    assert hcpcs.status("A0001", date(2026, 11, 2)) is Status.BILLABLE
    assert hcpcs.status("A0001", date(2025, 6, 1)) is Status.BILLABLE  # by its own date, before the quarter
    assert hcpcs.status("A0001", date(2024, 12, 31)) is Status.NOT_YET
    assert hcpcs.status("J1100", date(2026, 5, 4)) is Status.BILLABLE  # as shipped


def test_a_change_report_alone_is_refused(load: Load) -> None:
    with pytest.raises(LoadError, match="its name says that it is not a table"):
        load("HCPC2026_OCT_TRANS_ALL.csv", "HCPC,DESCRIPTION\nJ1100,gone\n")


ANWEB_ROWS = [
    ["2026 HCPCS"],
    ["HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "ADD DT", "ACT EFF DT", "TERM DT"],
    ["A0001", "00100", "3", "A first thing, whose title", "first", "20250101", "20250101", ""],
    ["A0001", "00200", "4", "goes on", "", "", "", ""],
    ["A0002", "00100", "3", "A second thing", "second", "45658", "", "20261231"],
    ["Z1", "00100", "7", "A modifier", "modifier", "19900101", "", ""],
]


def test_anweb_as_a_workbook(load: Load) -> None:
    built = load("HCPC2026_JAN_ANWEB.xlsx", workbook(ANWEB_ROWS))
    assert [(made.name, made.rows) for made in built] == [
        ("hcpcs", 2),
        ("hcpcs", 2),
        ("modifiers", 1),
        ("modifiers", 1),
    ]
    concept = hcpcs.concept("A0001", date(2026, 1, 5))
    assert concept.title == "A first thing, whose title goes on"
    second = hcpcs.concept("A0002", date(2026, 1, 5))
    assert (second.start, second.end) == (date(2025, 1, 1), date(2026, 12, 31))  # 45658 is a day of Excel
    with pytest.raises(LoadError, match="the kind of record is '9'"):
        load("HCPC2026_JAN_ANWEB.xlsx", workbook([*ANWEB_ROWS, ["A0003", "1", "9", "x", "", "", "", ""]]))


def test_gems_become_crosswalks(load: Load) -> None:
    (made,) = load(
        "2018_I10gem.txt", "A000    0010    00000\nA0100   NoDx    11000\n\nE119    25000   10000\n"
    )
    assert (made.name, made.rows, made.coverage) == ("gems_icd10cm_icd9cm", 3, (20171001, 20180930))
    assert [str(entry) for entry in crosswalk.to_icd9cm("A00.0")] == ["A00.0 → 001.0"]
    (made,) = load("2018_I9gem.txt", "0010  A000    00000\n")
    assert made.name == "gems_icd9cm_icd10cm"
    assert crosswalk.to_icd10cm("250.00") == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0016070 0234    10000\n", "mappings of diagnoses are read"),
        ("A000    0010    00000\n" * 20 + "A001    ?\n", "21:1: not a line of mappings"),
    ],
)
def test_other_mappings_are_refused(load: Load, text: str, reason: str) -> None:
    with pytest.raises(LoadError, match=reason):
        load("2018_gem.txt", text)
    options = LoadOptions(set="gems_icd10cm_icd9cm")
    with pytest.raises(LoadError, match="21:9: not a line of mappings"):
        load("2018_I10gem.txt", "A000    0010    00000\n" * 20 + "A001    QQQ     00000\n", options)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("POAexemptCodesFY26.txt", "1\tB90.0\tSequelae\n2\tB909\tSequelae\n2\tB909\tSequelae\n"),
        ("POAexemptCodes2026.txt", "\tCODE\tDESCRIPTION\n1\tB90.0\tSequelae\n2\tB909\tSequelae\n"),
        ("poa-2026.csv", "FY 2026 POA exempt list\nCode,Description\nB90.0,Sequelae\nB90.9,Sequelae\n"),
        ("2026 Present On Admission.txt", "B900\tSequelae\nB909\tSequelae\n"),
    ],
)
def test_poa_exempt_lists_of_every_year(load: Load, name: str, text: str) -> None:
    (made,) = load(name, text)
    assert (made.name, made.rows, made.coverage) == ("poa_exempt", 2, (20251001, 20260930))
    assert poa_exempt.exempt_on(date(2026, 1, 5)) == frozenset({"B900", "B909"})


def test_what_was_added_and_deleted_is_no_list(load: Load) -> None:
    lists = ("Codes", "AddCodes", "DeleteCodes")
    rows = {f"POAexempt{kind}FY26.txt": f"1\tB90.{at}\tSequelae\n" for at, kind in enumerate(lists)}
    (made,) = load("POAexemptCodesFY26.zip", archive({**rows, "guide.docx": b"PK\x03\x04"}))
    assert (made.rows, len(made.notes)) == (1, 4)  # with one that so few rows are no whole list
    assert poa_exempt.exempt_on(date(2026, 1, 5)) == frozenset({"B900"})


@pytest.mark.slow
@pytest.mark.parametrize("as_workbook", [False, True])
def test_conversion_tables_name_successors(load: Load, as_workbook: bool) -> None:
    before = icd10cm.successors("M54.5")
    rows = [line.replace('"', "").split("\t") for line in layouts.CONVERSION.splitlines()]
    (made,) = (
        load("508-icd-10-cm-conversion-table-FY2026.xlsx", workbook(rows))
        if as_workbook
        else load("icd10cm_conversion_table_FY2026.txt", layouts.CONVERSION)
    )
    assert (made.name, made.rows, made.coverage) == ("icd10cm_successors", 8, (20151001, 20260930))
    assert made.notes == (
        "2 lines name no older code, or only in words: 9, 10",
        "1 duplicate row dropped",
    )
    rows_of = {(row.old, row.new, str(row.day)) for row in icd10cm._succession.conversions if row.official}
    assert {
        ("E6601", "E66813", "2024-10-01"),
        ("T84040A", "M9701XA", "2023-04-01"),
        ("H02102", "H02151", "2018-10-01"),
        ("E8881", "E88810", "2023-10-01"),
    } <= rows_of
    assert icd10cm.successors("M54.5") == before


def test_a_conversion_of_the_users_takes_the_place_of_a_guess(load: Load) -> None:
    text = "Current code\tEffective\tPrevious code\nM54.59\t\tM54.5\nM54.51\t2021\tM54.0-8\n"
    load("icd10cm_conversion_table_FY2026.txt", text)
    assert "M5459" in icd10cm.successors("M54.5")
    (made,) = load("conversions.tsv", text, LoadOptions(set="icd10cm_successors"))
    assert made.coverage == (20151001, None)


def test_a_named_table_must_be_what_the_layout_is(load: Load) -> None:
    with pytest.raises(LoadError, match="its layout is that of gems_icd10cm_icd9cm, not of icd10cm"):
        load("2018_I10gem.txt", "A000    0010    00000\n", LoadOptions(set="icd10cm"))
    rows = {f"POAexemptCodes{n}_FY26.txt": "1\tB90.0\tSequelae\n" for n in "ab"}
    with pytest.raises(LoadError, match="several files hold a table poa_exempt of the same days"):
        load("both.zip", archive(rows))


def test_names_of_files_and_titles_tell_the_set_and_the_days(load: Load) -> None:
    march = LoadOptions(start=date(2026, 3, 1))
    rows = [
        ["Remittance Advice Remark Codes"],
        ["Code", "Narrative", "Effective Date"],
        ["MA01", "x", "1/1/97"],
    ]
    (made,) = load("list.xlsx", workbook(rows), march)
    assert made.name == "remark"
    assert remark.concept("MA01", date(2026, 4, 1)).start == date(1997, 1, 1)
    (made,) = load("claim_adjustment_reason_codes.csv", "Code,Description\n45,x\n", march)
    assert made.name == "adjustment_reason"
    (made,) = load("mue_practitioner_2026Q2.csv", layouts.MUE)
    assert made.coverage == (20260401, 20260630)
    built = load("HCPC18_CONTR_ANWEB.txt", layouts.ANWEB)
    assert built[0].coverage == (20180101, 20181231)
    head = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,TERM DT\n"
    built = load("HCPC2026_JAN_ANWEB.csv", f"{head}A0001,00100,3,x,y,20250101,\n")
    assert built[0].coverage == (20260101, 20260331)


def test_two_parts_of_four_say_so(load: Load) -> None:
    parts = {f"ccipra-v321r0-f{number}.txt": layouts.PTP for number in (1, 2)}
    (made,) = load("ccipra.zip", archive(parts))
    assert made.notes == (
        "3 duplicate rows dropped",
        "2 parts loaded; CMS publishes a table in 4",
        f"3 rows; a whole table ptp_practitioner has at least {LEAST['ptp_practitioner'][0]:,}: add --partial if it is a part of it",
    )


@pytest.mark.parametrize("heading", ["", "FY 2026 POA Exempt Codes\n"])
def test_poa_exempt_lists(load: Load, heading: str) -> None:
    text = f"{heading}Order #\tCode\tDescription\n1\tB90.0\tSequelae\n2\tB909\tSequelae\n"
    (made,) = load("POAexemptCodes2026.txt", text)
    assert (made.name, made.rows, made.coverage) == ("poa_exempt", 2, (20251001, 20260930))
    assert poa_exempt.exempt_on(date(2026, 1, 5)) == frozenset({"B900", "B909"})
    assert poa_exempt.exempt_on(date(2026, 10, 1)) is None
    with pytest.raises(LoadError, match="4:2: '\\?' is not in ICD-10-CM format"):
        load(
            "POAexemptCodes2026.txt", f"x\n{text[len(heading) :]}?\t?\t?\n".replace("2\tB909\tSequelae\n", "")
        )


@pytest.mark.slow
def test_short_and_foreign_lists_are_refused(load: Load) -> None:
    with pytest.raises(LoadError, match="it lists 3 codes; the ICD-10-CM table has 99,049: add --partial"):
        load("icd10cm_order_2026.txt", layouts.ORDER_CM, real=True)
    load("icd10cm_order_2026.txt", layouts.ORDER_CM, LoadOptions(partial=True), real=True)
    assert icd10cm.status("E11.9", DAY) is Status.BILLABLE


def test_a_wrong_set_names_the_nearest(load: Load) -> None:
    with pytest.raises(UnknownSet, match="unknown set 'hcpc'; did you mean hcpcs"):
        load("list.csv", "Code,Title\nJ1100,x\n", LoadOptions(set="hcpc"))
    with pytest.raises(UnknownSet, match="'mue_practioner'; did you mean mue_practitioner"):
        load("list.csv", "Code,Title\nJ1100,x\n", LoadOptions(set="mue_practioner"))


def test_remark_codes_with_a_zero(load: Load) -> None:
    text = "RARC,Description,Start\n" + "".join(f"MA{number:02},x,01/01/1997\n" for number in range(1, 12))
    (made,) = load("RARC.csv", text, LoadOptions(start=date(2026, 3, 1)))
    assert (made.rows, made.coverage) == (11, (20260301, 20260630))
    assert "taken as 2026-06-30" in made.notes[0]
    assert remark.status("MA01", date(2026, 4, 1)) is Status.BILLABLE


def test_add_on_codes_as_text(load: Load) -> None:
    text = (
        "AOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_DelDT\n"
        "1\tC5272\t\tC5271\t\n2\tG0001\t2019365\tCCCCC\t\n"
    )
    (made,) = load("AOC_V2026Q1-MCR.txt", text)
    assert (made.name, made.rows) == ("add_on", 2)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("hcpcs", date(2026, 2, 1), date(2026, 3, 31)),
        ("icd10cm", date(2026, 4, 1), date(2026, 9, 30)),
        ("drg", date(2025, 10, 1), date(2026, 9, 30)),
        ("cpt", date(2026, 1, 1), date(2026, 12, 31)),
        ("remark", date(2026, 1, 5), date(2026, 2, 28)),
        ("taxonomy", date(2026, 8, 1), date(2026, 12, 31)),
        ("revenue", date(2026, 6, 30), date(2026, 6, 30)),
        ("place_of_service", date(2026, 6, 30), None),
        ("cpt", None, None),
    ],
)
def test_a_plain_list_ends_with_its_publishers_period(
    name: str, start: date | None, end: date | None
) -> None:
    assert period_end(name, start) == end


def test_anweb_lines_are_as_wide_as_cms_writes_them() -> None:
    assert len(anweb("A0001", "3", "x")) == layouts.HCPCS_WIDTH
