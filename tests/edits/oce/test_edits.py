"""The editor's edits in `check`: profile, tables, severities, fixes, what they yield to, and files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from medcode import scrub
from medcode.claims import x12
from medcode.edits import Tables, check, select
from medcode.edits.ncci import AddOnTable, PairTable
from medcode.edits.oce import OceTables, edits, source
from medcode.edits.oce.catalog import ROWS
from medcode.edits.oce.claim_bill import bill_of, places
from medcode.edits.oce.editor import OutpatientCodeEditor
from medcode.edits.oce.edits import OF_A_DAY, OF_THE_BILL
from medcode.edits.oce.example import bill, example_tables, service
from medcode.findings import Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims import InstitutionalClaim
    from medcode.findings import Report

TABLES = Tables(oce=example_tables())
ON = date(2026, 1, 20)


def oce(claim: InstitutionalClaim, **changes: Any) -> Report:
    """Check a claim by the profile for outpatient bills; the report holds its OCE findings alone."""
    return check(claim, select=("OCE",), on=ON, tables=changes.pop("tables", TABLES), **changes)


def test_the_profile_asks_for_every_edit_and_the_default_for_none() -> None:
    asked = {edit.id for edit in select(profile="medicare_outpatient")}
    assert {f"OCE{row.number:02}" for row in ROWS} <= asked
    assert not any(edit.id.startswith("OCE") for edit in select())
    assert [edit.id for edit in select("OCE21", "oce-invalid-hcpcs")] == ["OCE06", "OCE21"]


def test_what_stops_a_claim_is_an_error_and_what_stops_a_line_a_warning() -> None:
    report = oce(bill("9999M", "9009M"))
    assert [(f.rule, f.severity) for f in report.findings] == [
        ("OCE06", Severity.ERROR),
        ("OCE09", Severity.WARNING),
    ]
    assert str(report.findings[0].message) == (
        "Line 1 (9999M): The HCPCS code is not valid on the first day of the bill (IOCE edit 6: return to provider)."
    )
    assert report.tables["oce"] == "IOCE v20.2 to v27.1, 2019-07-01 to 2026-06-30"


def test_without_tables_each_edit_says_so_and_nccis_own_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "PACKAGE", "no_such_package")
    edits._installed.cache_clear()
    quarter = ("2026 Q1", date(2026, 1, 1), date(2026, 3, 31))
    ncci: dict[str, Any] = {
        "ptp_outpatient": PairTable.of([["9020M", "9021M", "", "20000101", "*", "0", ""]], *quarter),
        "add_on": AddOnTable.of([["9106M", "9001M", "1"]], *quarter),
    }
    claim = bill("9020M", "9021M", "9106M", type="851")
    report = check(claim, on=ON, profile="medicare_outpatient", tables=Tables(**ncci))
    edits._installed.cache_clear()
    assert {f.rule for f in report.findings} >= {"NCCI01", "NCCI03"}
    in_force = {f"OCE{row.number:02}" for row in ROWS if row.until is None}
    assert {f.rule for f in report.not_checked} >= in_force
    with_tables = check(
        claim, on=ON, profile="medicare_outpatient", tables=Tables(oce=example_tables(), **ncci)
    )
    found = {f.rule for f in with_tables.findings}
    assert found >= {"OCE20", "OCE106"}
    assert not found & {"NCCI01", "NCCI03"}


def test_the_tables_of_the_package_are_used_where_none_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OceTables, "installed", classmethod(lambda _: example_tables()))
    edits._installed.cache_clear()
    assert [f.rule for f in oce(bill("9999M"), tables=Tables()).findings] == ["OCE06"]
    edits._installed.cache_clear()


def test_what_ends_the_editing_leaves_the_rest_unchecked() -> None:
    report = oce(bill("9999M", type="331"))
    assert [f.rule for f in report.findings] == ["OCE118"]
    assert report.outcomes["OCE06"] == {Outcome.NOT_CHECKED: 1}
    assert "type of bill" in report.not_checked[0].message


def test_a_bill_after_the_tables_is_not_checked() -> None:
    report = oce(bill("9999M", on="2026-07-01"))
    assert not report.findings
    assert "2019-07-01 to 2026-06-30" in report.not_checked[0].message


def test_fixes_are_offered_where_one_change_mends_the_edit() -> None:
    fixes = {
        finding.rule: (finding.fix.path, finding.fix.new)
        for claim in (
            bill(principal_diagnosis="M54.5"),
            bill(service("9037M", "50", quantity=2)),
            bill(service("9114M", "CS", "25")),
            bill("9999M"),
        )
        for finding in oce(claim).findings
        if finding.fix
    }
    assert fixes["OCE74"] == ("lines[0].quantity", 1)
    assert fixes["OCE123"] == ("lines[0].procedure.modifiers", ("25",))
    assert fixes["OCE01"][0] == "principal_diagnosis.code"
    assert "OCE06" not in fixes


def test_the_payment_system_is_told_by_the_type_of_bill_or_by_the_tables() -> None:
    assert bill_of(bill(type="851")).opps is False
    assert bill_of(bill(type="131")).opps is True
    conditional = bill("9013M")
    assert [f.rule for f in oce(conditional).findings] == ["OCE13"]
    assert not oce(conditional, tables=Tables(oce=example_tables(), opps=False)).findings


def test_diagnoses_are_shown_with_their_dot() -> None:
    report = oce(bill(principal_diagnosis="W19.XXXA", reasons_for_visit=("E84.11",)))
    assert [f.message.partition(":")[0] for f in report.findings] == ["E84.11", "W19.XXXA"]


def test_lines_that_are_wrong_together_are_one_finding_a_day() -> None:
    visits = bill("9002M", service("9002M", "25"))
    (alone,) = oce(visits).findings
    assert (alone.rule, alone.location.path) == ("OCE42", "lines[0].procedure.code")
    assert alone.message.startswith("Line 1 (9002M), Line 2 (9002M): Several visits of the day")
    first = cast("date", visits.lines[0].service_date)
    later = [line.evolve(service_date=first + timedelta(days=1)) for line in visits.lines]
    both = visits.evolve(lines=(*visits.lines, *later), statement_dates=(first, first + timedelta(days=1)))
    assert [each.location.path for each in oce(both).findings] == [
        "lines[0].procedure.code",
        "lines[2].procedure.code",
    ]


def test_the_same_numbers_are_in_a_file_at_the_segments_of_their_lines() -> None:
    envelope = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)
    claims = [row.fails for row in ROWS if row.number not in (26, 118)]
    text = x12.dumps(claims, envelope=envelope, check=False)
    report = scrub(text, tables=TABLES, profile="medicare_outpatient", on=ON)
    found = {
        (finding.claim, finding.rule, finding.location.path): finding.location
        for finding in report.findings
        if finding.rule.startswith("OCE")
    }
    editor = OutpatientCodeEditor(example_tables())
    expected = {
        (number, f"OCE{place.edit:02}", place.path.replace("patient.", "subscriber."))
        for number, claim in enumerate(cast("Iterator[InstitutionalClaim]", x12.loads(text).claims()))
        for place in places(claim, editor.edit(bill_of(claim, receipt_date=ON)))
    }
    assert found.keys() <= expected
    assert {(number, rule) for number, rule, _ in found} == {(number, rule) for number, rule, _ in expected}
    together = {rule for _, rule, _ in expected - found.keys()}  # one finding, at the first of their lines
    assert together <= {f"OCE{number:02}" for number in OF_A_DAY | OF_THE_BILL}
    for (_, _, path), at in found.items():
        if str(path).endswith(("procedure.code", "procedure.modifiers")):
            assert at.segment == "SV2"
        assert text.split("~")[(at.position or 0) + 1].strip().startswith(f"{at.segment}*")


@pytest.mark.parametrize("line", [service(charge="x"), service(quantity="1.5"), service(quantity="many")])
def test_amounts_that_cannot_be_read_are_no_hindrance(line: Any) -> None:
    assert not oce(bill(line, value_codes=())).findings
