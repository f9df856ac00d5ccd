"""Plain data becomes claims, claims plain data again, and every fault is named with its place."""

from __future__ import annotations

import json
import pickle
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.claims.test_phi_nowhere import CLAIMS, full
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import enclosed, transaction, wire

from medcode.claims import DentalClaim, InstitutionalClaim, ProfessionalClaim, x12
from medcode.claims.model import Diagnosis
from medcode.claims.model.base import DateRange
from medcode.claims.model.fields import FieldType
from medcode.claims.plain import Problem, Reader, claim_from, to_json, to_plain
from medcode.claims.plain_types import words
from medcode.claims.submission import Submission
from medcode.claims.x12 import Envelope
from medcode.codesets.base import Malformed
from medcode.codesets.icd9cm import Icd9Cm
from medcode.errors import VisitError
from medcode.toml_lines import lines_of

if TYPE_CHECKING:
    from pathlib import Path

VISIT: dict[str, Any] = {
    "kind": "professional",
    "control_number": "1",
    "billing_provider": {"organization": "CLINIC", "npi": "1234567893"},
    "subscriber": {"last_name": "DOE"},
    "payer": {"payer_id": "12345"},
    "diagnoses": ["E11.9"],
    "lines": [{"procedure": "99213", "charge": "125.50", "service_date": "2026-01-05"}],
}


def visit(**changes: Any) -> dict[str, Any]:
    return {**VISIT, **changes}


def line(**changes: Any) -> dict[str, Any]:
    return visit(lines=[{**VISIT["lines"][0], **changes}])


def problems(data: Any) -> list[str]:
    with pytest.raises(VisitError) as caught:
        ProfessionalClaim.from_dict(data)
    return str(caught.value).splitlines()


def test_a_dict_becomes_a_claim_and_the_same_dict() -> None:
    claim = ProfessionalClaim.from_dict(VISIT)
    assert claim.lines[0].charge == Decimal("125.50")
    assert claim.lines[0].service_date == date(2026, 1, 5)
    assert claim.to_dict() == visit(diagnoses=["E119"])


@pytest.mark.parametrize(
    "change",
    [
        line(service_date={"start": "2026-01-05", "end": "2026-01-07"}),
        line(procedure={"code": "99213", "modifiers": ["25"]}, diagnosis_pointers=[2, 1]),
        line(references={"referrals": [{"value": "R1"}]}),
        visit(diagnoses=["icd9cm:0340", {"code": "I10", "present_on_admission": "Y"}]),
        visit(benefits_assigned=None, dates={"accident": "2026-01-04"}),
        visit(diagnoses=["E11..9"], stated_total="1,000"),
    ],
)
def test_what_is_said_is_given_back(change: dict[str, Any]) -> None:
    claim = claim_from(change)
    assert claim_from(claim.to_dict()) == claim
    assert claim_from(json.loads(to_json(claim))) == claim
    assert {**claim.to_dict(), "diagnoses": 0} == {**change, "diagnoses": 0}


def test_every_kind_of_claim_is_read_and_given_back() -> None:
    stay = {
        "kind": "institutional", "control_number": "2", "billing_provider": {}, "subscriber": {}, "payer": {},
        "facility_type": "11", "statement_dates": {"start": "2015-01-05", "end": "2015-01-08"},
        "discharge_status": "01", "principal_diagnosis": "icd9cm:4280", "admitting_diagnosis": "icd9cm:4280",
        "reasons_for_visit": ["icd9cm:4019", "I10"], "admission": "2015-01-05T08:30:00", "discharge_time": "14:00:00",
        "principal_procedure": {"code": "icd9cm_procedures:3722", "date": "2015-01-06"},
        "other_procedures": ["abc:AAAAA", "02703DZ"],
        "lines": [{"revenue_code": "0120", "charge": "900"}],
    }  # fmt: skip
    claim = claim_from(stay)
    assert type(claim) is InstitutionalClaim
    assert type(claim.admitting_diagnosis) is Icd9Cm
    assert claim.to_dict() == stay
    tooth = {**VISIT, "kind": "dental", "lines": [{"procedure": "D1110", "charge": "80"}]}
    assert type(claim_from(tooth)) is DentalClaim
    assert claim_from(claim_from(tooth).to_dict()) == claim_from(tooth)
    with pytest.raises(VisitError, match=r"^kind: must be professional or institutional or dental$"):
        claim_from({"kind": "pharmacy"})


def test_a_wrong_value_is_held() -> None:
    changed = line(charge="1,000", service_date="2026-02-30")
    claim = claim_from({**changed, "diagnoses": ["no code"]})
    assert claim.diagnoses == (Diagnosis(Malformed("no code")),)
    assert isinstance(claim.lines[0].charge, Malformed)
    assert isinstance(claim.lines[0].service_date, Malformed)


def test_an_older_code_says_its_set() -> None:
    claim = claim_from(visit(diagnoses=["icd9cm:034.0", "icd9:034.0"]))
    assert [type(each.code) for each in claim.diagnoses] == [Icd9Cm, Malformed]
    assert to_plain(claim)["diagnoses"] == ["icd9cm:0340", "icd9:034.0"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (visit(chrage=1), "chrage: unknown field of ProfessionalClaim"),
        (visit(diagnosis=[]), "diagnosis: unknown field; use diagnoses"),
        (
            line(charge=125.5),
            'lines[0].charge: must be a number, such as 125 or "125.50"; a float is not exact',
        ),
        (
            line(charge=True),
            'lines[0].charge: must be a number, such as 125 or "125.50", not true or false',
        ),
        (line(charge=Decimal("NaN")), "lines[0].charge: must be a number"),
        (line(unit=1.5), "lines[0].unit: must be text"),
        (line(unit=None), "lines[0].unit: must be text"),
        (line(unit=1), "lines[0].unit: must be text, not a whole number: put it in quotes"),
        (line(emergency=True), 'lines[0].emergency: must be text, not true or false: write "Y" or "N"'),
        (
            line(service_date=datetime.fromisoformat("2026-01-05T09:00")),
            "lines[0].service_date: must be a day",
        ),
        (line(service_date={"start": "2026-01-05"}), "lines[0].service_date.end: missing"),
        (
            line(service_date={"start": "2026-01-05", "end": "2026-01-05", "x": 1}),
            "lines[0].service_date.x: unknown",
        ),
        (
            line(diagnosis_pointers=1),
            "lines[0].diagnosis_pointers: must be a list, not a whole number: put it in",
        ),
        (visit(subscriber="DOE"), "subscriber: must be a table (Subscriber), not text"),
        (visit(diagnoses=[{"code": 1}]), "diagnoses[0].code: must be a code as text"),
        (visit(kind="dentist"), "kind: must be professional"),
        (visit(kind=["professional"]), "kind: must be professional"),
        ([], "must be a table"),
        ({}, "control_number: missing: text is required"),
    ],
)
def test_a_fault_names_its_field(data: Any, message: str) -> None:
    assert problems(data)[0].startswith(message)


def test_all_faults_are_named_at_once_and_no_value() -> None:
    found = problems(visit(lines=[{"procedure": 7, "unit": 8}], subscriber={"name": "ROE"}, x=1))
    assert [each.split(":")[0] for each in found] == [
        "x", "subscriber.name", "lines[0].procedure", "lines[0].unit", "lines[0].charge",
    ]  # fmt: skip
    assert "ROE" not in str(found)


def test_a_problem_survives_pickling() -> None:
    error = VisitError(Problem("a.b", "missing", 3))
    assert str(pickle.loads(pickle.dumps(error))) == "line 3: a.b: missing"


@attrs.frozen
class Clocked:
    """A part with fields that no converter reads."""

    at: time
    moment: datetime | Malformed
    number: int | Malformed | None = None


def test_texts_are_read_for_fields_that_do_not_read_them() -> None:
    reader = Reader()
    assert reader.part(Clocked, {"at": "14:30", "moment": "2026-01-05T14:30", "number": "2"}, "") == Clocked(
        time(14, 30), datetime.fromisoformat("2026-01-05T14:30"), 2
    )
    held = reader.part(Clocked, {"at": time(14, 30), "moment": "soon", "number": "few"}, "")
    assert (held.moment, held.number) == (Malformed("soon"), Malformed("few"))
    assert to_plain(held) == {"at": "14:30:00", "moment": "soon", "number": "few"}
    assert reader.part(Clocked, {"at": "soon", "moment": "soon"}, "part") is None
    assert [str(each) for each in reader.problems] == ["part.at: must be a time of day, such as 14:30"]


def test_a_span_is_described_as_a_table() -> None:
    assert to_plain(DateRange(date(2026, 1, 5), date(2026, 1, 7))) == {
        "start": "2026-01-05",
        "end": "2026-01-07",
    }
    assert words(FieldType(part=DateRange)) == "a table (DateRange)"


TOML = """\
control_number = "1"  # [not] = a table
diagnoses = [
  "E11.9",
  { code = "I10", present_on_admision = "Y" },
]
payer.payer_id = 12345
note = { text = '''
]
''' }

[billing_provider]
npi = "1234567893"
[[lines]]
procedure = "99213"
charge = 125.50
[lines.dates]
"shiped" = 2026-01-05

[[lines]]
procedure = { code = "99214", "modifiers" = "25" }
"""


def test_a_fault_in_toml_names_its_line() -> None:
    with pytest.raises(VisitError) as caught:
        Submission.from_toml(TOML)
    assert [re.split("(?<=missing):|;", str(each))[0] for each in caught.value.args] == [
        "line 1: subscriber: missing",
        "line 4: diagnoses[1].present_on_admision: unknown field",
        "line 6: payer.payer_id: must be text, not a whole number: put it in quotes",
        "line 17: lines[0].dates.shiped: unknown field",
        "line 19: lines[1].charge: missing",
        "line 20: lines[1].procedure.modifiers: must be a list, not text: put it in [ ]",
    ]


def test_the_lines_of_toml_are_told_through_every_form_of_value() -> None:
    text = 'a."b c".d = """\n"x"\\""""\r\n[t]\n[t.u]\ne = 2026-01-05 10:00:00 # c\n[[v.w]]\n[[v.w]]\nx = [[1,\n2], {y = \'z\'}]'
    assert lines_of(text) == {
        "a": 1, "a.b c": 1, "a.b c.d": 1, "t": 3, "t.u": 4, "t.u.e": 5, "v.w[0]": 6, "v.w[1]": 7, "v.w[1].x": 8,
        "v.w[1].x[0]": 8, "v.w[1].x[0][0]": 8, "v.w[1].x[0][1]": 9, "v.w[1].x[1]": 9, "v.w[1].x[1].y": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = ", "not valid TOML: invalid value (at end of document)"),
        ("charge = " + "9" * 5000, "a number in it is too long to be read"),
        ("charge = 1e99999999999999999999", "a number in it is too long to be read"),
        ("a." * 50_000 + "a = 1", "not valid TOML: too deeply nested"),
        ("claims = [{ " + "a." * 500 + "a = 1 }]", "not valid TOML: too deeply nested"),
        ("claims = 1", "line 1: claims: must be a list: [[claims]]"),
        ("claims = [1]", "line 1: claims[0]: must be a table"),
        ("payer = 1\nclaims = []", "line 1: payer: this is a field of a claim: put it under [[claims]]"),
        (
            "[envelope]\nsendr = 'x'\n[[claims]]",
            "line 2: envelope.sendr: unknown field; did you mean sender?",
        ),
    ],
)
def test_a_wrong_toml_says_so(text: str, message: str) -> None:
    with pytest.raises(VisitError) as caught:
        Submission.from_toml(text)
    assert message in str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{,}", "line 1: not valid JSON: "),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5000, "a number in it is too long to be read"),
        ("[1e99999999999999999999]", "a number in it is too long to be read"),
        ("[]", "must be a table"),
        ('{"control_number": NaN}', "control_number: must be text"),
    ],
)
def test_a_wrong_json_says_so(text: str, message: str) -> None:
    with pytest.raises(VisitError) as caught:
        Submission.from_json(text)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["visit.toml", "visit.json"])
def test_a_file_that_is_not_utf_8_says_so(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe")
    with pytest.raises(VisitError, match="not UTF-8"):
        Submission.load(tmp_path / name)


def test_a_submission_is_the_same_in_every_form(tmp_path: Path, root: Path) -> None:
    submission = Submission.load(root / "examples/office-visit.toml")
    assert submission.envelope.control_number == 147
    path = tmp_path / "visit.json"
    path.write_text(submission.to_json(), encoding="utf-8")
    assert Submission.load(str(path)) == submission == Submission.from_dict(submission.to_dict())
    assert submission.to_x12().count("~") == 34


def test_several_claims_are_sent_at_once() -> None:
    data = {"claims": [VISIT, VISIT], "envelope": {"created": "2026-01-06T08:00"}}
    submission = Submission.from_dict(data)
    assert len(submission.claims) == 2
    assert submission.envelope == Envelope(created=datetime.fromisoformat("2026-01-06T08:00"))


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the path of every value."""
    if isinstance(data, (dict, list)):
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        return [leaf for key, each in pairs for leaf in leaves(each, (*path, key))]
    return [path]


@pytest.mark.parametrize("wrong", [{"SECRET": "SECRET"}, ["SECRET"], 7.25, object()])
def test_no_message_holds_a_value(wrong: Any, root: Path) -> None:
    whole = Submission.load(root / "examples/office-visit.toml").to_dict()
    for path in leaves(whole):
        data = json.loads(json.dumps(whole))
        holder = data
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = [wrong] if isinstance(wrong, dict) else wrong
        with pytest.raises(VisitError) as caught:
            Submission.from_dict(data)
        assert not re.search("SECRET|7.25|object at", f"{caught.value!s}{caught.value!r}")


@pytest.mark.parametrize("cls", CLAIMS, ids=lambda cls: cls.__name__)
def test_a_claim_with_every_field_is_read_and_given_back(cls: Any) -> None:
    """Also its extras, the segments that no guide defines."""
    claim = full(cls)
    assert claim.extras
    assert claim_from(to_plain(claim)) == claim
    assert claim_from(json.loads(json.dumps(to_plain(claim)))) == claim


AS_PEOPLE_TYPE = (
    "12345-6789",
    "2005-04-11",
    "1/5/2026",
    "(555) 555-0100",
    "10-1234567",
    "123-45-6789",
    "1,000",
    "1E2",
    "01",
    "e11.9",
    "a b",
)
"""Texts that a constructor takes for something else, and texts near them."""

_COUNTED = {"ISA", "GS", "ST", "SE", "GE", "IEA", "HL", "LX"}


@pytest.mark.slow
@pytest.mark.parametrize("text", AS_PEOPLE_TYPE)
def test_what_a_file_held_does_not_heal(text: str) -> None:
    segments = wire(enclosed(transaction(RICH))).split("~")
    for at, segment in enumerate(segments):
        elements = segment.split("*")
        for number in range(1, len(elements) if elements[0] not in _COUNTED else 0):
            changed = "*".join([*elements[:number], text, *elements[number + 1 :]])
            for claim in x12.iter_claims("~".join([*segments[:at], changed, *segments[at + 1 :]])):
                assert ProfessionalClaim.from_dict(claim.to_dict()) == claim, changed


def test_what_is_to_be_kept_as_sent_is_a_text() -> None:
    plain = {**VISIT, "subscriber": {"last_name": "DOE", "birth_date": {"as_sent": 7}}}
    with pytest.raises(VisitError, match=r"birth_date\.as_sent: must be text"):
        claim_from(plain)


@pytest.mark.parametrize(
    "value",
    ['line_end = "x"', 'delimiters = {element = "*", component = "*"}', 'delimiters = {element = "a"}'],
)
def test_values_that_do_not_go_together_are_named(value: str) -> None:
    with pytest.raises(VisitError, match=r"line 1: envelope: (line_end|delimiters) (may|must) "):
        Submission.from_toml(f"[envelope]\n{value}\n[[claims]]\n")
