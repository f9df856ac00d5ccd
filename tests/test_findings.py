"""Findings and reports: what they say, and that they say it the same way in every form."""

from __future__ import annotations

import json
import pickle
from collections import Counter

import attrs
import pytest

from medcode.claims import claim_status, model, remittance
from medcode.claims.model.fields import ModelFields
from medcode.errors import FindingError, Rejected
from medcode.findings import Finding, Fix, FixKind, Location, Outcome, Report, Severity, Source
from medcode.moved import moved, put_on_line
from medcode.wording import field_in_words

AT = Location(path="lines[0]", loop="2400", segment="SV1", element=1, component=2, position=24)
ERROR = Finding(
    "DEMO1",
    "demo-error",
    "It is wrong.",
    snip=5,
    location=AT,
    code="E119",
    source=Source("CMS", "A manual", edition="v1", section="4"),
    fix=Fix("Mend it."),
    ack="A7:255",
    claim=0,
)
WARNING = Finding("DEMO2", "demo-warning", "It may be wrong.", severity=Severity.WARNING)
ABSENT = Finding(
    "DEMO3", "demo-absent", "There is no table.", outcome=Outcome.NOT_CHECKED, severity=Severity.INFO
)


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (AT, "lines[0] 2400 SV101-2 (segment 24)"),
        (Location(segment="CLM", element=5), "CLM05"),
        (Location(path="diagnoses[1].code"), "diagnoses[1].code"),
        (Location(line=3, column=10), "3:10"),
        (Location(line=3), "3"),
        (Location(segment="IEA", element=1, line=30, column=1), "IEA01 30:1"),
        (Location(path="diagnoses[1].code", line=5), "diagnoses[1].code"),
        (Location(loop="2300", segment="CLM", position=24, line=24, column=1), "2300 CLM (segment 24)"),
        (Location(), ""),
    ],
)
def test_a_location_reads_as_people_say_it(location: Location, text: str) -> None:
    assert str(location) == text


def test_a_finding_that_is_moved_keeps_all_else() -> None:
    place = attrs.evolve(AT)
    put_on_line(place, 3, 9)
    assert place == attrs.evolve(AT, line=3, column=9)
    found = attrs.evolve(ERROR, count=2)
    expected = attrs.evolve(found, location=place, claim=4, severity=Severity.INFO)
    assert moved(found, place, 4, Severity.INFO) == expected


def test_a_finding_is_one_line() -> None:
    assert str(ERROR) == "DEMO1 lines[0] 2400 SV101-2 (segment 24): It is wrong. Fix: Mend it."
    assert str(WARNING) == "DEMO2 It may be wrong."


def test_a_source_cites_what_it_has() -> None:
    assert str(Source("CMS", "A manual")) == "CMS, A manual"
    assert str(ERROR.source) == "CMS, A manual, v1, section 4"


def test_plain_values_name_every_field() -> None:
    plain = ERROR.to_dict()
    assert plain["source"] == "CMS, A manual, v1, section 4"
    assert plain["fix"] == "Mend it."
    assert (plain["loop"], plain["segment"], plain["element"], plain["component"]) == ("2400", "SV1", 1, 2)
    assert plain.keys() == WARNING.to_dict().keys()
    assert {key for key, value in WARNING.to_dict().items() if value is not None} == {
        "rule",
        "name",
        "severity",
        "outcome",
        "message",
        "count",
    }


def test_only_an_error_makes_a_report_not_ok() -> None:
    assert Report(findings=(WARNING,), not_checked=(ABSENT,)).ok
    assert not Report(findings=(WARNING, ERROR)).ok


def test_a_report_is_a_row_of_findings_and_always_true() -> None:
    report = Report(findings=(ERROR, WARNING))
    assert list(report) == [ERROR, WARNING]
    assert len(report) == 2
    assert bool(Report())
    assert len(Report()) == 0


def test_raising_is_asked_for_and_holds_every_error() -> None:
    Report(findings=(WARNING,)).raise_for_errors()
    with pytest.raises(Rejected) as caught:
        Report(findings=(ERROR, WARNING, ERROR)).raise_for_errors()
    assert [error.finding for error in caught.value.errors] == [ERROR, ERROR]
    assert str(caught.value.errors[0]) == str(ERROR)


def test_a_group_that_is_split_keeps_its_type() -> None:
    rejected = Rejected("two", [FindingError(ERROR), FindingError(WARNING)])
    errors, rest = rejected.split(lambda error: isinstance(error, FindingError) and error.finding is ERROR)
    assert isinstance(errors, Rejected)
    assert isinstance(rest, Rejected)
    assert [error.finding for error in rest.errors] == [WARNING]


def test_a_report_reads_as_lines() -> None:
    report = Report(findings=(WARNING,), not_checked=(ABSENT,))
    assert str(report) == "warning: DEMO2 It may be wrong.\nnot checked: DEMO3 There is no table."
    assert str(Report()) == "No findings."


def test_a_report_is_a_table_in_a_notebook() -> None:
    wrong = Finding("ICD01", "code", "<I10> ended.", fix=Fix("Write I11."), claim=3)
    shown = Report(
        (wrong,) * 80, not_checked=(Finding("NCCI01", "pair", "No table."),), claims=4
    )._repr_html_()
    assert "4 claims, 80 errors, 1 not checked" in shown
    assert "Claim 4: 80 errors" in shown
    assert "<td>error</td><td>ICD01</td><td></td><td>&lt;I10&gt; ended.</td><td>Write I11.</td>" in shown
    assert "and 33 more findings" in shown
    assert shown.count("<tr>") == 51, "fifty, and the heads"
    assert "<td>NCCI01</td><td>1 claim</td><td>No table.</td>" in shown


def test_lists_of_the_model_are_counted_in_words() -> None:
    parts = [
        each
        for part in (model, remittance, claim_status)
        for each in vars(part).values()
        if isinstance(each, type)
    ]
    names = {
        name
        for part in parts
        if attrs.has(part)
        for name, field in ModelFields.of(part).types.items()
        if field.many
    }
    assert {"lines", "tooth_status", "quantities", "policies", "other_diagnoses"} <= names
    said = {name: field_in_words(f"{name}[1]") for name in names}
    assert said["other_diagnoses"] == "other diagnosis 2"
    ends = {text.removesuffix(" 2").rpartition(" ")[2] for text in said.values()}
    assert {
        end for end in ends if end.endswith(("ie", "tu", "se", "xe")) and end not in {"cause", "response"}
    } == set()


def test_a_report_in_a_notebook_goes_claim_by_claim_the_worst_first() -> None:
    severities = (Severity.INFO, Severity.WARNING, Severity.ERROR)
    found = [Finding(f"R{claim}{severity}", "demo", "Wrong.", severity, claim=claim) for claim, severity in (
        (0, severities[0]), (1, severities[1]), (1, severities[2]), (2, severities[2]), (0, severities[1]),
    )]  # fmt: skip
    found.append(Finding("FILE", "demo", "Wrong.", count=3))
    absent = [Finding(f"N{number}", "demo", "Not checked: no table.") for number in range(12)]
    html = Report(tuple(found), tuple(absent))._repr_html_()
    texts = (
        "File: 1 error", "Wrong. (3 times)", "Claim 2: 1 error, 1 warning", "R1error", "R1warning", "Claim 3: 1 error", "R2error",
        "Claim 1: 1 warning, 1 info", "R0warning", "R0info", "Not checked", "and 2 more",
    )  # fmt: skip
    places = [html.index(text) for text in texts]
    assert places == sorted(places)


def test_json_holds_the_whole_report() -> None:
    report = Report(
        findings=(ERROR,), not_checked=(ABSENT,), bypassed=(WARNING,), tables={"icd10cm": "v1"}, claims=1
    )
    loaded = json.loads(report.to_json())
    assert loaded == report.to_dict()
    assert loaded["ok"] is False
    assert loaded["tables"] == {"icd10cm": "v1"}
    assert [len(loaded[key]) for key in ("findings", "not_checked", "bypassed")] == [1, 1, 1]


def test_reports_join_in_order_and_their_counts_add_up() -> None:
    first = Report(findings=(ERROR,), outcomes={"DEMO1": Counter({Outcome.FAIL: 1})}, claims=1)
    second = Report(
        findings=(WARNING,),
        not_checked=(ABSENT,),
        bypassed=(WARNING,),
        outcomes={"DEMO1": Counter({Outcome.PASS: 2}), "DEMO3": Counter({Outcome.NOT_CHECKED: 2})},
        tables={"icd10cm": "v1"},
        claims=2,
    )
    joined = Report.merge((first, second))
    assert joined.findings == (ERROR, WARNING)
    assert joined.not_checked == (ABSENT,)
    assert joined.bypassed == (WARNING,)
    assert joined.outcomes == {
        "DEMO1": {Outcome.FAIL: 1, Outcome.PASS: 2},
        "DEMO3": {Outcome.NOT_CHECKED: 2},
    }
    assert joined.tables == {"icd10cm": "v1"}
    assert joined.claims == 3
    assert Report.merge(()) == Report()


def test_findings_and_reports_go_to_other_processes() -> None:
    report = Report(findings=(ERROR,), outcomes={"DEMO1": Counter({Outcome.FAIL: 1})})
    assert pickle.loads(pickle.dumps(report)) == report


def test_the_fixes_of_a_report_are_those_that_lose_nothing() -> None:
    safe = Finding("X1", "demo", "It is wrong.", fix=Fix("Write 2.", path="lines", new=2, kind=FixKind.SAFE))
    unsafe = Finding("X2", "demo", "It is wrong.", fix=Fix("Ask."))
    assert Report(findings=(safe, unsafe, Finding("X3", "demo", "It is wrong."))).fixes() == {
        None: [safe.fix]
    }


def test_a_large_report_is_shown_in_short() -> None:
    many = Report(findings=(ERROR, WARNING) * 5_000, not_checked=(ABSENT,), claims=1)
    assert repr(many) == "<Report: 1 claim, 5,000 errors, 5,000 warnings, 1 not checked>"
    assert repr(Report(claims=2)) == "<Report: 2 claims, no findings>"
    html = many._repr_html_()
    assert html.count("<tr>") == 51
    assert "<td>warning</td>" not in html  # errors come first
