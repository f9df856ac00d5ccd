"""A history as a bundle and back, and the codes of bundles of others; never of two patients."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.history.visits import stay, visit

from medcode.claims import fhir
from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.history_decode import read_history
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.history import CodedEvent, CodedHistory, EventSource, Person

DAY = date(2026, 1, 5)
TEXTS = st.text(min_size=1, max_size=4)
EVENTS = st.builds(
    CodedEvent,
    kind=st.sampled_from(["diagnosis", "procedure", "drug"]),
    code=TEXTS,
    code_set=st.sampled_from(["local", "hipps"]),
    start=st.just(DAY) | st.none(),
    end=st.just(DAY) | st.none(),
    role=st.sampled_from(["principal", "other", ""]),
    modifiers=st.lists(TEXTS, max_size=2).map(tuple),
    present_on_admission=st.none() | st.just("Y"),
    sources=st.lists(
        st.builds(EventSource, document=TEXTS, number=st.none() | TEXTS, line=st.none() | st.integers(1, 9)),
        max_size=2,
    ).map(tuple),
)


@pytest.mark.slow
@given(st.lists(EVENTS, max_size=4))
@settings(max_examples=40)
def test_a_history_is_read_back_equal(events: list[CodedEvent]) -> None:
    history = CodedHistory(Person("member|M1", DAY, "F"), events)
    back = CodedHistory.from_bundle(json.loads(json.dumps(history.to_bundle())))
    assert (back, back.notes) == (history, ())


def test_what_is_written_is_right_by_fhirkit() -> None:
    fhirkit = pytest.importorskip("fhirkit", reason="fhirkit-rs is not installed")
    drug = {"charge": "1", "procedure": "J1100", "drug": {"code": "0026-0635-12", "quantity": "1"}}
    claims = [
        visit("1", "2026-01-05", "nonsense", "I10"),
        stay(
            "2",
            "2026-01-05",
            "2026-01-06",
            "icd9cm:25000",
            principal_procedure={"code": "02703DZ", "date": "2026-01-05"},
        ),
        visit("3", None, "I10", lines=[drug]),
    ]
    history = CodedHistory.from_claims(claims)
    bundle = history.to_bundle()
    assert [str(issue) for issue in fhirkit.validate(bundle)] == []
    assert CodedHistory.from_bundle(bundle) == history


def bundle(*resources: dict[str, Any], patients: tuple[str, ...] = ("p",)) -> dict[str, Any]:
    people: list[dict[str, Any]] = [
        {"resourceType": "Patient", "id": id_, "gender": "female", "birthDate": "1950-04-01"}
        for id_ in patients
    ]
    return {"resourceType": "Bundle", "entry": [{"resource": each} for each in (*people, *resources)]}


def of(kind: str, **elements: Any) -> dict[str, Any]:
    return {"resourceType": kind, "subject": {"reference": "Patient/p"}} | elements


def coded(system: str, *codes: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code} for code in codes]}


def read(
    *resources: dict[str, Any],
) -> tuple[list[tuple[str, str, str, date | None, date | None]], list[str]]:
    person, events, notes = read_history(bundle(*resources))
    assert person == Person("p", date(1950, 4, 1), "F")
    return [(each.kind, each.code_set, each.code, each.start, each.end) for each in events], notes


LAST = date(2026, 1, 9)
SNOMED = "http://snomed.info/sct"
SPAN = {"start": "2026-01-05T10:00:00Z", "end": "2026-01-09"}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (
            of(
                "Condition",
                code=coded(uri.ICD10CM, "E11.9"),
                onsetDateTime="2026-01-05",
                abatementDateTime="2026-01-09",
            ),
            ("diagnosis", "icd10cm", "E119", DAY, LAST),
        ),
        (
            of("Condition", code=coded(uri.ICD9, "250.00"), recordedDate="2026-01-05"),
            ("diagnosis", "icd9cm", "25000", DAY, DAY),
        ),
        (
            of("Condition", code=coded(SNOMED, "44054006"), onsetDateTime="2026"),
            ("diagnosis", SNOMED, "44054006", None, None),
        ),
        (
            of("Procedure", code=coded(uri.ICD9, "36.01"), performedPeriod=SPAN),
            ("procedure", "icd9cm_procedures", "3601", DAY, LAST),
        ),
        (
            of("Procedure", code=coded(uri.CPT, "99213"), performedDateTime="2026-01-05"),
            ("procedure", "cpt", "99213", DAY, DAY),
        ),
        (
            of(
                "MedicationDispense",
                medicationCodeableConcept=coded(uri.NDC, "00026063512"),
                whenHandedOver="2026-01-05",
            ),
            ("drug", "ndc", "00026063512", DAY, DAY),
        ),
        (
            of("MedicationRequest", medicationReference={"reference": "#m"}, authoredOn="2026-01-05")
            | {"contained": [{"resourceType": "Medication", "id": "m", "code": coded("http://rx", "1")}]},
            ("drug", "http://rx", "1", DAY, DAY),
        ),
        (
            {
                "resourceType": "Immunization",
                "patient": {"reference": "Patient/p"},
                "occurrenceDateTime": "2026-01-05",
            }
            | {"vaccineCode": coded("http://hl7.org/fhir/sid/cvx", "140")},
            ("drug", "http://hl7.org/fhir/sid/cvx", "140", DAY, DAY),
        ),
        (
            of(
                "Procedure",
                code=coded(uri.CPT, "99213"),
                performedPeriod={"start": "2026-01-09", "end": "2026-01-05"},
            ),
            ("procedure", "cpt", "99213", DAY, LAST),
        ),
    ],
)
def test_resources_of_others(resource: dict[str, Any], expected: tuple[Any, ...]) -> None:
    assert read(resource) == ([expected], [])


def test_codes_that_are_known_go_before_those_that_are_not() -> None:
    concept = {"coding": [{"system": SNOMED, "code": "1"}, {"system": uri.ICD10CM, "code": "E11.9"}]}
    assert [each[2] for each in read(of("Condition", code=concept))[0]] == ["E119"]


def test_a_condition_has_the_days_of_its_encounter() -> None:
    visit_ = of("Encounter", id="e", period=SPAN)
    [found] = read(
        visit_, of("Condition", code=coded(uri.ICD10CM, "I10"), encounter={"reference": "Encounter/e"})
    )[0]
    assert found[3:] == (DAY, LAST)


BILL = {
    "resourceType": "ExplanationOfBenefit",
    "patient": {"reference": "Patient/p"},
    "identifier": [{"type": coded(uri.IDENTIFIER_TYPE, "uc"), "value": "C1"}],
    "billablePeriod": SPAN,
    "diagnosis": [
        {
            "diagnosisCodeableConcept": coded(uri.ICD10CM, "E11.9"),
            "type": [coded(uri.DIAGNOSIS_TYPE, "principal")],
        },
        {
            "diagnosisReference": {"reference": "Condition/c"},
            "type": [coded(uri.DIAGNOSIS_TYPE, "admitting")],
        },
    ],
    "procedure": [
        {"procedureCodeableConcept": coded(uri.ICD10PCS, "02703DZ"), "date": "2026-01-06"},
        {"procedureReference": {"reference": "Procedure/x"}},
    ],
    "item": [
        {
            "sequence": 1,
            "productOrService": coded(uri.CPT, "99213"),
            "modifier": [coded(uri.CPT, "25")],
            "servicedDate": "2026-01-05",
        },
        {
            "sequence": 2,
            "productOrService": coded(uri.HCPCS, "J1100"),
            "servicedPeriod": SPAN,
            "detail": [{"productOrService": coded(uri.NDC, "00026063512")}],
        },
        {"sequence": 3, "productOrService": coded(uri.ABSENT, "not-applicable")},
        {"sequence": 4, "productOrService": coded(uri.HCPCS, "J1101")},
    ],
}


def test_the_codes_of_a_bill() -> None:
    known = of("Condition", id="c", code=coded(uri.ICD10CM, "I10"), verificationStatus=coded("v", "refuted"))
    person, events, notes = read_history(bundle(BILL, known))
    history = CodedHistory(person, events)
    assert {(event.code, event.role, event.modifiers) for event in history} == {
        ("E119", "principal", ()),
        ("I10", "admitting", ()),
        ("02703DZ", "", ()),
        ("99213", "", ("25",)),
        ("J1100", "", ()),
        ("J1101", "", ()),
        ("00026063512", "", ()),
    }
    assert {event.sources[0].number for event in history} == {"C1"}
    assert notes == [
        "Bundle.entry[1].resource.procedure[1]: has no coded value",
        "Bundle.entry[2].resource: not read, its status says that it did not happen",
    ]


def test_the_bundle_of_a_claim_gives_the_history_of_the_claim() -> None:
    claim = visit("1", "2026-01-05", "E11.9", "I10")
    direct, read_ = CodedHistory.from_claims([claim]), CodedHistory.from_bundle(fhir.to_bundle(claim))
    assert direct.person == read_.person
    assert {(event.code, event.kind) for event in direct} == {(event.code, event.kind) for event in read_}
    assert direct.merged(read_).find("E11")


# Whose it is


def test_the_patient_by_identifier() -> None:
    def key(*identifiers: dict[str, Any]) -> str:
        patient = {"resourceType": "Patient", "id": "p", "identifier": list(identifiers)}
        return read_history({"entry": [{"resource": patient}]})[0].key

    member = {"type": coded(uri.IDENTIFIER_TYPE, "MB"), "value": " m1"}
    assert key(member) == "member|M1"
    assert key({"system": "http://hl7.org/fhir/sid/us-mbi", "value": "1EG4TE5MK73"}) == "member|1EG4TE5MK73"
    assert key({"value": None}, {"system": "http://mrn", "value": "7"}) == "http://mrn|7"
    assert key() == "p"
    assert read_history({"entry": [{"resource": {"resourceType": "Patient"}}]})[0].key == "patient"


def test_a_reference_that_leads_nowhere_is_noted() -> None:
    diagnosis = coded(uri.ICD10CM, "I10")
    organization = {"resourceType": "Organization", "id": "o"}
    found, notes = read(
        of("Condition", code=diagnosis),
        of("Condition", code=diagnosis, subject={"reference": "Patient/other"}),
        {"resourceType": "Condition", "code": diagnosis},
        organization,
        of("Condition", code=diagnosis, subject={"reference": "Organization/o"}),
        of("Condition", code={"text": "pain"}),
        of("Claim"),
        of("Procedure", status="not-done", code=diagnosis),
    )
    assert len(found) == 1
    assert notes == [
        "Bundle.entry[2].resource.subject: refers to nothing here",
        "Bundle.entry[3].resource.patient: is missing",
        "Bundle.entry[5].resource.subject: does not refer to a patient",
        "Bundle.entry[6].resource: has no coded value",
        "Bundle.entry[7].resource: has no code",
        "Bundle.entry[8].resource: not read, its status says that it did not happen",
    ]


def test_a_bundle_without_its_patient() -> None:
    alone = {"entry": [{"resource": of("Condition", code=coded(uri.ICD10CM, "I10"))}]}
    person, events, _ = read_history(alone)
    assert (person.key, len(events)) == ("Patient/p", 1)


def test_a_bundle_of_two_patients_is_refused() -> None:
    other = of("Condition", code=coded(uri.ICD10CM, "I10"), subject={"reference": "Patient/q"})
    mine = of("Condition", code=coded(uri.ICD10CM, "I10"))
    with pytest.raises(
        ValueError, match=r"of 2 patients \(Bundle.entry\[2\].resource.subject, Bundle.entry\[3\]"
    ):
        read_history(bundle(mine, other, patients=("p", "q")))
    for nothing in ({}, {"entry": "text"}, {"entry": [5, {"resource": []}]}):
        with pytest.raises(ValueError, match="names no patient"):
            read_history(nothing)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


@given(st.data())
@settings(max_examples=60)
def test_any_one_value_of_any_type_is_read_or_refused(data: st.DataObject) -> None:
    mine = CodedHistory.from_claims([visit("1", "2026-01-05", "E11.9")]).to_bundle()
    whole = json.loads(json.dumps(data.draw(st.sampled_from([bundle(BILL), mine]))))
    at: Any = whole
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not at[key] or not isinstance(at[key], dict | list) or data.draw(st.integers(0, 5)) == 0:
            break
        at = at[key]
    at[key] = data.draw(JSON)
    refused = "patient"
    try:
        CodedHistory.from_bundle(whole)
    except ValueError as error:
        refused = str(error)
    assert "patient" in refused


def test_extensions_that_are_not_ours_to_read() -> None:
    url = uri.OUR + "coded-event"
    broken = [
        {
            "url": url,
            "extension": [
                {"url": "code", "valueBase64Binary": "?"},
                {"url": "code_set", "valueString": "icd10cm"},
            ],
        }
    ]
    found = read(
        of("Condition", code=coded(uri.ICD10CM, "I10"), extension=[{"url": "http://other"}, *broken])
    )
    assert [each[2] for each in found[0]] == ["I10"]
    event = CodedEvent("procedure", Icd9CmProcedure("3601"), "icd9cm_procedures", DAY, DAY)
    history = CodedHistory(Person("P"), [event])
    assert CodedHistory.from_bundle(history.to_bundle()) == history


def test_a_drug_is_an_administration_with_its_days_or_none() -> None:
    drugs = [
        CodedEvent("drug", code, "ndc", day, day)
        for code, day in (("00026063512", DAY), ("00026063513", None))
    ]
    history = CodedHistory(Person("P"), drugs)
    dated, undated = (entry["resource"] for entry in history.to_bundle()["entry"][1:])
    assert dated["effectivePeriod"] == {"start": "2026-01-05", "end": "2026-01-05"}
    assert "extension" in undated["_effectiveDateTime"]
    assert CodedHistory.from_bundle(history.to_bundle()) == history
