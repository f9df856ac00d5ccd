"""Details of NCCI's tables and messages: first and last days, how many codes are listed, what is said of a modifier."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs
import pytest
from tests.edits.ncci.test_ncci import PAIRS, QUARTER, TABLES, UNITS, outcome, report, rows

from medcode.edits import Tables, check
from medcode.edits.examples import line, room, stay, visit
from medcode.edits.ncci import AddOnTable, PairTable, UnitTable
from medcode.edits.ncci.tables import Pair

if TYPE_CHECKING:
    from medcode.claims.model.institutional import InstitutionalClaim

DAY = date(2026, 1, 5)
TRIMMED = Tables(ptp_practitioner=PairTable.of(rows(PAIRS), *QUARTER, whole=False))


def outpatient(*codes: str, on: str = "2026-01-05") -> InstitutionalClaim:
    lines = tuple(room(revenue_code="0320", procedure=code, service_date=on) for code in codes)
    return stay("I50.20", facility_type="13", admission=None, lines=lines)


@pytest.mark.parametrize(("days", "answer"), [(-1, "not_checked"), (0, "fail"), (1, "not_checked")])
def test_a_table_covers_its_first_and_last_day(days: int, answer: str) -> None:
    on = date(2025, 1, 5) + timedelta(days)
    of_one_day = PairTable.of(rows(PAIRS), "a day", date(2025, 1, 5), date(2025, 1, 5))
    tables = Tables(ptp_practitioner=of_one_day)
    assert outcome("NCCI01", line("G0101"), line("G0102"), on=str(on), tables=tables) == answer


def test_a_pair_is_in_force_from_its_first_day_to_its_last() -> None:
    pair = Pair("A", "B", "1", DAY, DAY)
    days = [DAY + timedelta(days) for days in (-1, 0, 1)]
    assert [pair.holds(day) for day in days] == [False, True, False]
    assert [attrs.evolve(pair, start=None).holds(day) for day in days] == [True, True, False]
    assert [attrs.evolve(pair, end=None).holds(day) for day in days] == [False, True, True]
    assert not attrs.evolve(pair, indicator="9").holds(DAY)


def test_a_trimmed_table_leaves_open_only_pairs_that_are_there() -> None:
    assert outcome("NCCI01", line("J1885"), tables=TRIMMED) == "pass"
    assert outcome("NCCI01", line("J1885"), line("J1885"), tables=TRIMMED) == "pass"
    assert outcome("NCCI01", line("A4301"), line("A4300"), tables=TRIMMED) == "fail"


@pytest.mark.parametrize(
    ("codes", "on", "words"),
    [
        ("G0101 G0102", "2026-01-05", "no modifier changes that (indicator 0)."),
        ("A4301 A4300", "2019-06-30", "modifier 59, XE, XP, XS or XU on line 2 allows both (indicator 1)."),
        (
            "A4301 A4300",
            "2019-07-01",
            "modifier 59, XE, XP, XS or XU on either line allows both (indicator 1).",
        ),
    ],
)
def test_what_is_said_of_modifiers(codes: str, on: str, words: str) -> None:
    (finding,) = report("NCCI01", *map(line, codes.split()), on=on).findings
    assert finding.message.endswith(words)


@pytest.mark.parametrize(
    ("count", "words"),
    [(6, "needs C8900, C8901, C8902, C8903, C8904, C8905 by the same"), (7, "C8905 or others by the same")],
)
def test_six_primary_codes_are_listed(count: int, words: str) -> None:
    listed = AddOnTable.of([["C8937", f"C890{number}", "1"] for number in range(count)], *QUARTER)
    (finding,) = report("NCCI03", line("C8937"), tables=Tables(add_on=listed)).findings
    assert words in finding.message
    assert finding.message.endswith("by the same practitioner on 2026-01-05; none is billed.")


def test_a_hospital_may_bill_the_primary_code_the_day_before() -> None:
    alone = attrs.evolve(outpatient("C8937"), facility_type="85")
    (finding,) = check(alone, select=("NCCI03",), tables=TABLES).findings
    assert "needs C8903 on 2026-01-04 or 2026-01-05; none is billed." in finding.message
    for on, answer in {"2026-01-03": 1, "2026-01-04": 0, "2026-01-05": 0, "2026-01-06": 1}.items():
        before = room(revenue_code="0320", procedure="C8903", service_date=on)
        add_on = room(revenue_code="0320", procedure="C8937", service_date="2026-01-05")
        claim = stay("I50.20", facility_type="85", admission=None, lines=(before, add_on))
        assert len(check(claim, select=("NCCI03",), tables=TABLES).findings) == answer, on


def test_hospitals_and_suppliers_have_their_own_limits() -> None:
    units = UnitTable.of(rows(UNITS), *QUARTER)
    (found,) = check(
        outpatient("G0101", "G0101"), select=("NCCI02",), tables=Tables(mue_outpatient=units)
    ).findings
    assert found.code == "G0101"
    supplied = visit(lines=(line("A4300", quantity=2),))
    other = UnitTable.of([["A4300", "9", "3"]], *QUARTER)
    for tables, codes in (
        (Tables(mue_practitioner=other, mue_supplier=units), ["A4300"]),
        (Tables(mue_practitioner=other), []),
    ):
        assert [each.code for each in check(supplied, select=("NCCI02",), tables=tables).findings] == codes


@pytest.mark.parametrize(
    ("first", "second", "is_both"), [("LT", "RT", True), ("LT", "LT", False), ("LT", "", False)]
)
def test_both_sides(first: str, second: str, is_both: bool) -> None:
    lines = (line("G0102", modifiers=tuple(first.split())), line("G0102", modifiers=tuple(second.split())))
    (found,) = report("NCCI02", *lines).findings
    assert ("for each side" in found.message) is is_both


def test_three_lines_are_no_two_sides() -> None:
    lines = [line("G0102", modifiers=(side,)) for side in ("LT", "RT", "LT")]
    (found,) = report("NCCI02", *lines).findings
    assert "for each side" not in found.message


@pytest.mark.parametrize(
    ("days", "words"), [("20260105-20260106", "10 units a day"), ("20260105", "20 units (")]
)
def test_units_of_two_days_are_told_by_the_day(days: str, words: str) -> None:
    claim = visit(lines=(line("A4300", quantity=20, service_date=days),))
    (finding,) = check(claim, select=("NCCI02",), tables=TABLES).findings
    assert words in finding.message
