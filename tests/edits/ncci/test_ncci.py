"""NCCI over the user's tables: files as CMS lays them out, rows 25 to 30 of the tricky cases, and gaps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from medcode.codesets.loaders import LoadError
from medcode.edits import Tables, check
from medcode.edits.examples import BILLING, line, room, stay, visit
from medcode.edits.ncci import AddOnTable, PairTable, UnitTable
from medcode.edits.ncci.tables import AddOn, Table, UnitLimit
from medcode.errors import TableError
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

QUARTER = ("2026 Q1", date(2015, 1, 1), date(2026, 3, 31))
COLLEAGUE = BILLING.evolve(npi="1000000004")

PAIRS = """The licence of the codes stands here,
over several lines.
Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tRationale
A4301\tA4300\t\t19960101\t*\t1\tStandards of practice
G0101\tG0102\t*\t20000101\t*\t0\tGender-specific procedures
A4263\tA4262\t\t19960101\t19960101\t9\tMore extensive procedure
A4580\tA4590\t\t19980101\t20011231\t1\tStandards of practice

"""
UNITS = """HCPCS/CPT Code\tPractitioner Services MUE Values\tMUE Adjudication Indicator\tMUE Rationale
A4300\t1\t1 Line Edit\tNature of service
G0101\t1\t2 Date of Service Edit: Policy\tCMS policy
G0102\t1\t3 Date of Service Edit: Clinical\tClinical: data
"""
ADD_ONS = """Add-on code\tPrimary code\tType
C8937\tC8903\t1
G0502\t\t2
G2212\tG0438\t3
99292\t99291\t1
"""


def rows(text: str) -> list[list[str]]:
    return [each.split("\t") for each in text.splitlines()]


TABLES = Tables(
    ptp_practitioner=PairTable.of(rows(PAIRS), *QUARTER),
    mue_practitioner=UnitTable.of(rows(UNITS), *QUARTER),
    add_on=AddOnTable.of(rows(ADD_ONS), *QUARTER),
)


def report(rule: str, *lines: Any, on: str = "2026-01-05", tables: Tables = TABLES) -> Any:
    dated = tuple(each.evolve(service_date=on) for each in lines)
    return check(visit(on=on, lines=dated), select=(rule,), tables=tables)


def outcome(rule: str, *lines: Any, **rest: Any) -> str:
    (found,) = report(rule, *lines, **rest).outcomes[rule]
    return str(found)


FILES: dict[type[Table[Any]], tuple[str, str, int]] = {
    PairTable: (PAIRS, "A4301\tX\t\t19960101\t*\t1\tnot a code\n", 9),
    UnitTable: (UNITS, "G0103\tone\t3\tClinical: data\n", 5),
    AddOnTable: (
        "AOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_DelDT\n1\tC8937\t\tC8903\t\n",
        "9\tC5274\t\tC5273\t\n",
        3,
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_read_as_data_add_reads_it(tmp_path: Path, kind: type[Table[Any]]) -> None:
    text, wrong, line = FILES[kind]
    path = tmp_path / "table.txt"
    path.write_text(text, encoding="latin-1")
    table = kind.read(path, *QUARTER)
    assert (table.edition, table.end, table.whole) == ("2026 Q1", date(2026, 3, 31), True)
    assert len(table.rows) == 4 if kind is PairTable else table.get("A4300" if kind is UnitTable else "C8937")
    path.write_text(text + wrong, encoding="latin-1")
    with pytest.raises(LoadError, match=f"table.txt:{line}:\\d: "):
        kind.read(path, *QUARTER)
    path.write_text(text.splitlines()[0] + "\n", encoding="latin-1")
    with pytest.raises(LoadError, match=r"table.txt: (the headings are there|unknown layout)"):
        kind.read(path, *QUARTER)


def test_the_parts_of_a_table_are_read_together(tmp_path: Path) -> None:
    paths = [tmp_path / f"ccipra-v320r0-f{number}.txt" for number in range(1, 5)]
    for path in paths:
        path.write_text(PAIRS, encoding="latin-1")
    table = PairTable.read(paths, partial=True)
    assert str(table) == "v32.0, 1996-01-01 to 2026-03-31, 4 rows, trimmed"
    assert table.between("A4301", "A4300", date(2026, 1, 5))


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            PairTable,
            ["A4301", "A4300", "", "19960101", "*", "1"],
            ["A4301", "A4310", "", "19960101", "*", "7"],
        ),
        (PairTable, ["A4301", "A4300", "", "19960101", "*", "1"], ["A4301", "X", "", "19960101", "*", "1"]),
        (UnitTable, ["G0101", "1", "3"], ["G0103", "1", "4", "x"]),
        (UnitTable, ["G0101", "1", "3"], ["G0103", "one", "3", "x"]),
        (AddOnTable, ["C8937", "C8903", "1"], ["C5274", "C5273", "9"]),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_and_the_table_not_whole(
    kind: type[Table[Any]], good: list[str], bad: list[str]
) -> None:
    table = kind.of([["heading"], good, bad], *QUARTER)
    assert (table.whole, table.unread) == (False, ("\t".join(bad),))
    assert str(table).endswith("1 rows, 1 rows unread")
    for rows_ in ([["heading"]], [bad], []):
        with pytest.raises(TableError, match="none of its rows can be read"):
            kind.of(rows_, *QUARTER)


def test_a_table_without_rows_is_not_checked() -> None:
    nothing = Tables(ptp_practitioner=PairTable(*QUARTER, {}), add_on=AddOnTable(*QUARTER, {}))
    for rule in ("NCCI01", "NCCI03"):
        found = report(rule, line("A4301"), line("A4300"), tables=nothing)
        assert not found.findings
        assert "the table has no rows: 2026 Q1" in found.not_checked[0].message
    with pytest.raises(ValueError, match="the POA exempt list of fiscal year 2026 is empty"):
        Tables(poa_exempt={2026: []})


def test_a_table_of_no_kind_reads_nothing() -> None:
    with pytest.raises(NotImplementedError):
        Table.of([["G0101"]], *QUARTER)


@pytest.mark.parametrize(
    ("modifier", "answer"), [("59", "fail"), ("", "fail")], ids=["modifier 59", "no modifier"]
)
def test_row_25_indicator_0_yields_to_no_modifier(modifier: str, answer: str) -> None:
    lines = (line("G0101"), line("G0102", modifiers=(modifier,) if modifier else ()))
    (finding,) = report("NCCI01", *lines).findings
    assert outcome("NCCI01", *lines) == answer
    assert (finding.location.path, finding.code) == ("lines[1].procedure.code", "G0102")


@pytest.mark.parametrize(
    ("first", "second", "on", "answer"),
    [
        ("59", "", "2019-06-30", "fail"),
        ("59", "", "2019-07-01", "bypassed"),
        ("", "59", "2019-06-30", "bypassed"),
        ("LT", "", "2019-06-30", "bypassed"),
    ],
)
def test_row_26_the_modifier_on_either_column_from_2019_07_01(
    first: str, second: str, on: str, answer: str
) -> None:
    lines = (line("A4301", modifiers=tuple(first.split())), line("A4300", modifiers=tuple(second.split())))
    assert outcome("NCCI01", *lines, on=on) == answer
    assert outcome("NCCI01", *reversed(lines), on=on) == answer


@pytest.mark.parametrize("modifier", ["76", "50"])
def test_row_27_other_modifiers_tell_nothing_apart(modifier: str) -> None:
    assert outcome("NCCI01", line("A4301"), line("A4300", modifiers=(modifier,))) == "fail"


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        ((line("A4300", quantity=2),), "fail"),
        ((line("A4300"), line("A4300", modifiers=("76",))), "pass"),
        ((line("G0101"), line("G0101", modifiers=("59",))), "fail"),
        ((line("G0102"), line("G0102", modifiers=("59",))), "fail"),
    ],
)
def test_row_28_units_by_line_and_by_day(lines: Iterable[Any], answer: str) -> None:
    assert outcome("NCCI02", *lines) == answer


@pytest.mark.parametrize(
    ("units", "days", "answer"),
    [
        (5, "20260105-20260109", "pass"),
        (7, "20260105-20260109", "pass"),
        (8, "20260105-20260109", "fail"),
        (1, "20260105-20260109", "pass"),
        (2, "20260105-20260109", "pass"),
        (2, "20260105-20260105", "fail"),
        (2, "20260109-20260101", "fail"),
    ],
)
@pytest.mark.parametrize("code", ["A4300", "G0101"])
def test_the_units_of_a_span_are_those_of_its_days(code: str, units: int, days: str, answer: str) -> None:
    claim = visit(lines=(line(code, quantity=units, service_date=days),))
    found = check(claim, select=("NCCI02",), tables=TABLES)
    assert ("fail" if found.findings else "pass") == answer
    assert all(("units a day" in each.message) == (units == 8) for each in found.findings)


def test_row_28_a_clinical_limit_may_be_appealed() -> None:
    assert "appeal" in report("NCCI02", line("G0102", quantity=2)).findings[0].message


def test_row_29_both_sides_are_one_line_with_modifier_50() -> None:
    assert outcome("NCCI02", line("G0101", modifiers=("50",))) == "pass"
    assert outcome("NCCI02", line("G0101", modifiers=("50",), quantity=2)) == "fail"
    (finding,) = report("NCCI02", line("G0101", modifiers=("RT",)), line("G0101", modifiers=("LT",))).findings
    assert finding.severity is Severity.WARNING
    assert "modifier 50" in finding.message


def test_row_30_critical_care_may_follow_a_colleague() -> None:
    (alone,) = report("NCCI03", line("99292")).findings
    assert alone.severity is Severity.WARNING
    colleague = line("99291", rendering_provider=COLLEAGUE)
    assert outcome("NCCI03", line("99292", rendering_provider=BILLING), colleague) == "pass"


@pytest.mark.parametrize(
    ("lines", "answer", "severity"),
    [
        ((line("C8937"), line("C8903")), "pass", None),
        ((line("C8937"),), "fail", Severity.ERROR),
        ((line("C8937"), line("C8903", rendering_provider=COLLEAGUE)), "fail", Severity.ERROR),
        ((line("G0502"),), "not_checked", None),
        ((line("G2212"),), "fail", Severity.WARNING),
    ],
)
def test_the_three_types_of_add_on_codes(lines: Any, answer: str, severity: Severity | None) -> None:
    assert outcome("NCCI03", *lines) == answer
    assert [finding.severity for finding in report("NCCI03", *lines).findings] == (
        [severity] if severity else []
    )


def test_pairs_of_other_days_or_practitioners_and_ended_ones_are_free() -> None:
    assert outcome("NCCI01", line("A4580"), line("A4590")) == "pass"
    assert outcome("NCCI01", line("A4263"), line("A4262")) == "pass"
    assert outcome("NCCI01", line("G0101"), line("G0102", rendering_provider=COLLEAGUE)) == "pass"
    assert outcome("NCCI01", line("G0101"), line("G0101")) == "pass"
    lines = (line("G0101"), line("G0102", service_date="2026-01-06"))
    assert check(visit(lines=lines), select=("NCCI01",), tables=TABLES).ok


@pytest.mark.parametrize("rule", ["NCCI01", "NCCI02", "NCCI03"])
def test_without_a_table_nothing_is_checked(rule: str) -> None:
    found = report(rule, line("G0101"), line("G0102"), tables=Tables())
    assert found.findings == ()
    assert "no table is loaded" in found.not_checked[0].message


@pytest.mark.parametrize("rule", ["NCCI01", "NCCI02", "NCCI03"])
def test_a_table_of_other_days_is_named(rule: str) -> None:
    (finding,) = report(rule, line("G0101"), line("G0102"), on="2026-04-01").not_checked
    assert "2015-01-01 to 2026-03-31" in finding.message


def test_a_line_without_a_day_has_that_of_its_claim() -> None:
    lines = (line("G0101", service_date=None), line("G0102"))
    assert len(check(visit(lines=lines), select=("NCCI01",), tables=TABLES).findings) == 1


def test_tables_that_overlap_and_disagree_are_named() -> None:
    other = PairTable.of(rows("G0101\tG0102\t\t20000101\t20251231\t0\t"), "2025 Q4", *QUARTER[1:])
    both = Tables(ptp_practitioner=[*TABLES.ptp_practitioner, other])
    (finding,) = report("NCCI01", line("G0101"), line("G0102"), tables=both).not_checked
    assert "disagree" in finding.message
    assert "2025 Q4" in finding.message


def test_what_a_trimmed_table_does_not_hold_is_not_thereby_free() -> None:
    trimmed = Tables(ptp_practitioner=PairTable.of(rows(PAIRS), *QUARTER, whole=False))
    assert outcome("NCCI01", line("J1885"), line("J3490"), tables=trimmed) == "not_checked"
    assert "trimmed" in report("NCCI01", line("J1885"), tables=trimmed).tables["ptp_practitioner"]


def test_a_code_without_a_limit_is_free() -> None:
    assert outcome("NCCI02", line("J1885", quantity=99)) == "pass"


def test_hospitals_have_their_own_tables() -> None:
    lines = (
        room(revenue_code="0320", procedure="G0101", service_date="2026-01-05"),
        room(revenue_code="0320", procedure="G0102"),
        room(),
    )
    claim = stay("I50.20", facility_type="13", admission=None, lines=lines)
    tables = Tables(ptp_outpatient=TABLES.ptp_practitioner)
    assert [f.code for f in check(claim, select=("NCCI01",), tables=tables).findings] == ["G0102"]


def read(reference: Path, name: str) -> list[list[str]]:
    return rows((reference / "data" / name).read_text(encoding="utf-8"))[1:]


@pytest.mark.slow
def test_the_reference_rows_are_in_force(reference: Path) -> None:
    days = ("2024 Q3, trimmed to Level II", date(2024, 7, 1), date(2024, 9, 30))
    official = [
        [one, two, "", "", ended, indicator, why]
        for one, two, ended, indicator, why in read(reference, "ncci_ptp_practitioner_level2_2024-07.tsv")
    ]
    pairs = PairTable.of(official, *days, whole=False)
    units = UnitTable.of(read(reference, "ncci_mue_practitioner_level2_2024-07.tsv"), *days, whole=False)
    add_ons = [[code, primary, kind] for primary, code, kind in read(reference, "ncci_aoc_level2_2024.tsv")]
    tables = Tables(ptp_practitioner=pairs, mue_practitioner=units, add_on=AddOnTable.of(add_ons, *days))
    day = date(2024, 7, 1)
    held = [pair for found in pairs.rows.values() for pair in found if pair.holds(day)]
    assert len(held) > 500
    for pair in held:
        lines = (line(pair.column1), line(pair.column2))
        (finding,) = report("NCCI01", *lines, on="2024-07-01", tables=tables).findings
        assert finding.code == pair.column2
    for limit in units.rows.values():
        many = line(limit.code, quantity=limit.units + 1)
        assert len(report("NCCI02", many, on="2024-07-01", tables=tables).findings) == 1
    for add_on in tables.add_on[0].rows.values():
        answer = outcome("NCCI03", line(add_on.code), on="2024-07-01", tables=tables)
        assert answer == ("not_checked" if add_on.kind == "2" else "fail")


def test_units_of_another_day_or_practitioner_are_not_added() -> None:
    lines = (
        line("G0101"),
        line("G0101", rendering_provider=COLLEAGUE),
        line("G0101", service_date="2026-01-06"),
        line("G0101", rendering_provider=COLLEAGUE, modifiers=("59",)),
    )
    (finding,) = check(visit(lines=lines), select=("NCCI02",), tables=TABLES).findings
    assert finding.location.path == "lines[3].quantity"


def test_tables_that_overlap_and_agree_answer_as_one() -> None:
    both = Tables(ptp_practitioner=[*TABLES.ptp_practitioner, *TABLES.ptp_practitioner])
    assert len(report("NCCI01", line("G0101"), line("G0102"), tables=both).findings) == 1


def test_a_table_that_ended_before_the_service_is_named_for_each_claim() -> None:
    claims = [
        visit(
            on="2026-04-01",
            lines=(line("G0101", service_date="2026-04-01"), line("G0102", service_date="2026-04-01")),
        )
    ] * 2
    found = check(claims, select=("NCCI01",), tables=TABLES).not_checked
    assert [each.claim for each in found] == [0, 1]
    assert all("2015-01-01 to 2026-03-31" in each.message for each in found)


def test_codes_in_small_letters_are_found() -> None:
    days = ("own", date(2026, 1, 1), date(2026, 3, 31))
    row = ["g0101", "g0102", "", "20000101", "*", "0"]
    assert PairTable.of([row], *days).between("G0102", "G0101", date(2026, 1, 5))
    assert UnitTable.of([["g0101", "1", "2"]], *days).get("G0101") == UnitLimit("G0101", 1, "2")
    found = AddOnTable.of([["c8937", "c8903", "1"]], *days).get("C8937")
    assert found == AddOn("C8937", "1", frozenset({"C8903"}))
