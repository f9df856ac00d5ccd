"""The rows of NCCI's tables: each field is read from its own column, and what cannot be read is kept as it was."""

from __future__ import annotations

from datetime import date

import pytest

from medcode.edits.ncci import AddOnTable, PairTable, UnitTable
from medcode.edits.ncci.tables import AddOn, Pair, UnitLimit, day

ABOUT = ("test", date(2026, 1, 1), date(2026, 3, 31))
PAIR = ("G0101", "G0102", "*", "20200701", "20251231", "1", "Misuse of column two code")
UNITS = ("A4300", "2", "3 Date of Service Edit: Clinical", "CMS policy")
ADD_ON = ("C8937", "C8903", "1")


def test_every_field_of_a_pair_has_its_column() -> None:
    table = PairTable.of([PAIR, ("A4301", "A4300", "*", "20200101", "*", "0")], *ABOUT)
    assert table.rows == {
        ("G0101", "G0102"): (
            Pair("G0101", "G0102", "1", date(2020, 7, 1), date(2025, 12, 31), "Misuse of column two code"),
        ),
        ("A4301", "A4300"): (Pair("A4301", "A4300", "0", date(2020, 1, 1), None, ""),),
    }
    assert table.whole
    assert not table.unread


def test_columns_beyond_the_last_are_not_read() -> None:
    (pair,) = PairTable.of([(*PAIR, "more")], *ABOUT).rows["G0101", "G0102"]
    assert pair.rationale == "Misuse of column two code"
    assert UnitTable.of([(*UNITS, "more")], *ABOUT).rows["A4300"].rationale == "CMS policy"


def test_a_pair_that_came_back_has_both_its_spans() -> None:
    again = (*PAIR[:3], "20260101", "*", "0", "again")
    (spans,) = PairTable.of([PAIR, again], *ABOUT).rows.values()
    assert [span.start for span in spans] == [date(2020, 7, 1), date(2026, 1, 1)]


def test_every_field_of_a_limit_has_its_column() -> None:
    rows = [UNITS, ("A4301", "0", "1 Line Edit"), ("A4302", "12", "2 Date of Service Edit: Policy", "")]
    assert UnitTable.of(rows, *ABOUT).rows == {
        "A4300": UnitLimit("A4300", 2, "3", "CMS policy"),
        "A4301": UnitLimit("A4301", 0, "1", ""),
        "A4302": UnitLimit("A4302", 12, "2", ""),
    }


def test_every_field_of_an_add_on_code_has_its_column() -> None:
    rows = [ADD_ON, ("C8937", "C8904", "1"), ("G0316", "", "2"), ("G0317", "by contractor", "3")]
    assert AddOnTable.of(rows, *ABOUT).rows == {
        "C8937": AddOn("C8937", "1", frozenset({"C8903", "C8904"})),
        "G0316": AddOn("G0316", "2"),
        "G0317": AddOn("G0317", "3"),
    }


@pytest.mark.parametrize(("kind", "good", "bad"), [
    (PairTable, PAIR, PAIR[:5]),
    (PairTable, PAIR, (*PAIR[:5], "7", "no such indicator")),
    (PairTable, PAIR, ("G0101", "nothing", *PAIR[2:])),
    (PairTable, PAIR, ("nothing", "G0102", *PAIR[2:])),
    (UnitTable, UNITS, UNITS[:2]),
    (UnitTable, UNITS, UNITS[:1]),
    (UnitTable, UNITS, ("nothing", *UNITS[1:])),
    (UnitTable, UNITS, ("A4301", "two", *UNITS[2:])),
    (UnitTable, UNITS, ("A4301", "2", "4 no such indicator")),
    (UnitTable, UNITS, ("A4301", "2", "")),
    (AddOnTable, ADD_ON, ADD_ON[:2]),
    (AddOnTable, ADD_ON, ("nothing", *ADD_ON[1:])),
    (AddOnTable, ADD_ON, ("C8938", "C8903", "4")),
])  # fmt: skip
@pytest.mark.parametrize("bad_first", [False, True])
def test_a_row_that_cannot_be_read_is_kept_as_it_was(
    kind: type[PairTable | UnitTable | AddOnTable],
    good: tuple[str, ...],
    bad: tuple[str, ...],
    bad_first: bool,
) -> None:
    lines = [("Column 1", "Column 2"), good, bad, ("", "")] if not bad_first else [good, bad, good]
    table = kind.of(lines, *ABOUT)
    assert table.rows == kind.of([good] * (1 + bad_first), *ABOUT).rows
    assert table.unread == ("\t".join(bad),)
    assert not table.whole


def test_what_stands_before_the_first_code_is_a_heading() -> None:
    table = UnitTable.of([("Effective", "1/1/2026"), ("Code", "Units", "Indicator"), UNITS], *ABOUT)
    assert (table.unread, table.whole, len(table.rows)) == ((), True, 1)
    assert str(table) == "test, 2026-01-01 to 2026-03-31, 1 rows"


@pytest.mark.parametrize(("text", "read"), [
    ("20240701", date(2024, 7, 1)),
    ("*", None),
    ("", None),
    ("2024070", None),
    ("202407011", None),
])  # fmt: skip
def test_days_are_written_in_eight_digits(text: str, read: date | None) -> None:
    assert day(text) == read


def test_codes_that_hcpcs_never_had_are_named() -> None:
    units = UnitTable.of([UNITS, ("A0001", "1", "1"), ("A0000", "1", "1")], *ABOUT)
    pairs = PairTable.of([PAIR, ("G0101", "A0000", *PAIR[2:])], *ABOUT)
    assert units.unknown() == ("A0000", "A0001")
    assert pairs.unknown() == ("A0000",)
