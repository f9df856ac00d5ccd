"""Codes against the tables that the user loads: not yet, no longer, unknown, out of range, and no table at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims.model.adjudication import Adjustment, LineAdjudication
from medcode.claims.model.drug import Drug
from medcode.claims.model.stay import Occurrence, OccurrenceSpan, ValueAmount
from medcode.codesets import CODE_SETS, loaders, user
from medcode.codesets.loaders import LoadOptions
from medcode.edits import EDITS, Tables, apply_fixes, check
from medcode.edits.claim import code_sets
from medcode.edits.examples import BILLING, dental, filling, line, other, room, stay, visit, with_address
from medcode.edits.ncci import PairTable, UnitTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YEAR = LoadOptions(start=date(2026, 1, 1), end=date(2026, 12, 31))


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_tables: None) -> Iterator[Any]:  # noqa: ARG001  # asked for what it does
    """Load plain lists of codes for 2026 into a folder of the test's own; forget them afterwards."""
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    loaded: list[str] = []

    def load_(name: str, *rows: str) -> None:
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(["code,title,start,end", *rows]), encoding="utf-8")
        user.add(loaders.load([path], LoadOptions(set=name, start=YEAR.start, end=YEAR.end)))
        CODE_SETS[name].reload()
        loaded.append(name)

    yield load_
    monkeypatch.undo()
    for name in loaded:
        CODE_SETS[name].reload()


def told(claim: Any, rule: str, **rest: Any) -> list[tuple[str | None, str]]:
    return [(each.location.path, each.message) for each in check(claim, select=(rule,), **rest).findings]


def test_a_procedure_is_judged_on_the_day_of_its_line(load: Any) -> None:
    load("cdt", "D0120,a,2026-02-01,", "D0140,b,2026-01-01,2026-01-31", "D0150,c,,")
    lines = [line(code, service_date="2026-01-31") for code in ("D0120", "D0140", "D0150", "D0160")]
    assert told(visit(lines=lines), "CLM41") == [
        (
            "lines[0].procedure.code",
            "D0120 is not valid on 2026-01-31; it was valid from 2026-02-01 to now.",
        ),
        ("lines[3].procedure.code", "D0160 is not in the table of CDT codes."),
    ]
    late = [line("D0140", service_date="2026-02-01")]
    assert told(visit(lines=late), "CLM41") == [
        (
            "lines[0].procedure.code",
            "D0140 is not valid on 2026-02-01; it was valid from 2026-01-01 to 2026-01-31.",
        )
    ]


def test_a_day_beyond_the_table_is_named_with_what_held_then() -> None:
    (finding,) = check(
        visit(on="2026-11-02", lines=(line("J1100", service_date="2026-11-02"),)), select="CLM41"
    ).not_checked
    assert "the HCPCS table covers 2019-07-01 to 2026-06-30, not 2026-" in finding.message
    assert "on 2026-06-30 J1100 was billable" in finding.message


def test_level_ii_is_checked_within_the_table() -> None:
    lines = [line(code, service_date="2026-05-04") for code in ("J1100", "L3908")]
    report = check(visit(on="2026-05-04", lines=lines), select="CLM41")
    assert report.not_checked == report.findings == ()


def test_without_a_table_it_is_said_once_with_the_command() -> None:
    report = check([visit(), visit()], select=("CLM41",))
    (finding,) = report.not_checked
    assert "medcode data add FILE --set cpt" in finding.message
    assert [str(outcome) for outcome in report.outcomes["CLM41"]] == ["not_checked"]


def test_dental_procedures_are_of_cdt(load: Any) -> None:
    load("cdt", "D2140,a,,")
    assert told(dental(lines=(filling(procedure="D2150"),)), "CLM41") == [
        ("lines[0].procedure.code", "D2150 is not in the table of CDT codes.")
    ]


def test_modifiers_that_have_ended_and_those_that_no_list_is_whole_enough_to_deny(load: Any) -> None:
    load("modifiers", "LT,a,,", "ZY,b,,2026-01-04")
    claim = visit(lines=(line(modifiers=("LT", "ZY", "25")),))
    ((path, message),) = told(claim, "CLM37")
    assert path == "lines[0].procedure.modifiers[1]"
    assert message.endswith("to 2026-01-04.")
    (finding,) = check(claim, select=("CLM37",)).not_checked
    assert "no whole table of modifier" in finding.message


def test_drugs_that_were_not_sold_on_the_day(load: Any) -> None:
    load("ndc", "00026063512,a,,2026-01-04")
    claim = visit(
        lines=(
            line("J1885", drug=Drug("00026063512", "1", "ML")),
            line("J1551", drug=Drug("X", "1", code_type="UK")),
        )
    )
    ((path, message),) = told(claim, "CLM26")
    assert path == "lines[0].drug.code"
    assert message.endswith("to 2026-01-04.")


def test_the_uniform_bill_s_codes(load: Any) -> None:
    load("condition_code", "09,a,,")
    load("occurrence_code", "11,a,,", "70,b,,")
    load("value_code", "80,a,,")
    load("bill_type", "0111,a,,")
    load("revenue", "0120,a,,")
    claim = stay(
        "I50.20",
        facility_type="13",
        condition_codes=("09", "17"),
        occurrences=(Occurrence("11", "2026-01-01"), Occurrence("12", "2026-01-01")),
        occurrence_spans=(OccurrenceSpan("70", ("2026-01-01", "2026-01-02")),),
        value_codes=(ValueAmount("81", "1"),),
        admission_source=None,
        lines=(room(), room(revenue_code="0121", charge=1)),
    )
    paths = [path for rule in ("CLM32", "CLM52", "CLM53") for path, _ in told(claim, rule)]
    assert paths == [
        "lines[1].revenue_code",
        "facility_type",
        "condition_codes[1]",
        "occurrences[1].code",
        "value_codes[0].code",
    ]


def test_taxonomy_and_adjustment_reasons_are_judged_on_the_day_of_sending(load: Any) -> None:
    load("taxonomy", "207Q00000X,a,2026-06-01,")
    claim = visit(billing_provider=BILLING.evolve(taxonomy="207Q00000X"))
    assert len(told(claim, "CLM24", on=date(2026, 5, 31))) == 1
    assert told(claim, "CLM24", on=date(2026, 6, 1)) == []
    load("adjustment_reason", "45,a,,")
    taken = Adjustment("CO", "45", "10"), Adjustment("PR", "1", "10")
    decision = LineAdjudication(payer_id="FIRST", paid="80", adjustments=taken)
    claim = visit(lines=(line(adjudications=(decision,)),), other_payers=(other("80"),))
    assert [path for path, _ in told(claim, "CLM54")] == ["lines[0].adjudications[0].adjustments[1].reason"]


def test_answers_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_sets, "MOST", 1)
    claim = visit(place_of_service="98", lines=(line(place_of_service="00"), line(place_of_service="11")))
    assert [path for path, _ in told(claim, "CLM44")] == ["place_of_service", "lines[0].place_of_service"]


def test_every_set_of_the_edits_is_one() -> None:
    for edit in EDITS.values():
        assert set(edit.tables) <= set(CODE_SETS)


def test_a_pair_list_with_unknown_codes_loads_and_says_so() -> None:
    rows = [
        ["A4301", "A4300", "", "19960101", "*", "1", "a"],
        ["G0101", "ZZ", "", "19960101", "*", "1", "no code at all"],
    ]
    pairs = PairTable.of(rows, "2026 Q1", date(2026, 1, 1), date(2026, 3, 31))
    units = UnitTable.of([["A4301", "1", "1"]], "2026 Q1", date(2026, 1, 1), date(2026, 3, 31))
    assert str(pairs).endswith("1 rows, 1 rows unread")
    assert pairs.unread == ("G0101\tZZ\t\t19960101\t*\t1\tno code at all",)
    assert pairs.unknown() == ()
    wrong = UnitTable.of([["A4999", "1", "1"]], "2026 Q1", date(2026, 1, 1), date(2026, 3, 31))
    assert wrong.unknown() == ("A4999",)
    assert units.unknown() == ()
    claim = visit(lines=(line("A4301"), line("A4300")))
    assert [
        each.rule for each in check(claim, select=("NCCI01",), tables=Tables(ptp_practitioner=pairs)).findings
    ] == ["NCCI01"]


@pytest.mark.parametrize(
    ("claim", "mended"),
    [
        (visit(lines=(line(modifiers=("lt", "25")),)), visit(lines=(line(modifiers=("LT", "25")),))),
        (
            visit(billing_provider=BILLING.evolve(taxonomy="207q00000x")),
            visit(billing_provider=BILLING.evolve(taxonomy="207Q00000X")),
        ),
        (with_address(state="ny"), with_address(state="NY")),
        (
            with_address(state="on", zip="K1A 0B1", country="CA"),
            with_address(state="ON", zip="K1A 0B1", country="CA"),
        ),
        (with_address(state="D", country="ie"), with_address(state="D", country="IE")),
        (visit(place_of_service="11 "), visit()),
        (stay("I50.20", condition_codes=("c1",)), stay("I50.20", condition_codes=("C1",))),
    ],
)
def test_a_code_that_is_not_in_the_form_of_claims_is_found_and_mended_safely(claim: Any, mended: Any) -> None:
    report = check(claim)
    (finding,) = report.errors
    assert "must be sent as" in finding.message
    assert apply_fixes([claim], report) == [mended]
    assert check(mended).errors == ()


def test_a_bill_type_is_of_two_fields_and_not_mended() -> None:
    (finding,) = check(stay("I50.20", frequency=""), select=("CLM52",)).findings
    assert (finding.code, finding.fix) == ("011", None)
