"""Claims as FHIR: equal after reading back, valid R4, and exact about what is lost without extensions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.claims.fhir.bundles import carried, office_visit, resource
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import enclosed, transaction, wire

from medcode.claims import ProfessionalClaim, fhir, x12
from medcode.claims.fhir.decode import Decoder, Resources
from medcode.claims.fhir.leaves import is_same, leaves_of, tree_of, value_at
from medcode.claims.model import Note
from medcode.claims.plain import claim_from
from medcode.codesets import clock
from medcode.testing import strategies

if TYPE_CHECKING:
    from medcode.claims.model import Claim

CREATED = date(2026, 1, 5)


@st.composite
def wrong_claims(draw: st.DrawFn) -> Claim:
    """A claim with values that are not of their type: codes, days and amounts that cannot be read."""
    claim: Claim = draw(strategies.claims())
    line = claim.lines[0].evolve(
        charge=draw(st.sampled_from(["12.3.4", "n/a", "1e400", ""])), service_date="20269999"
    )
    billing = claim.billing_provider.evolve(npi=draw(st.text(max_size=10)))
    subscriber = claim.subscriber.evolve(
        birth_date="soon", sex=draw(st.text(max_size=3)), last_name=draw(st.text(max_size=9))
    )
    return claim.evolve(lines=(line, *claim.lines[1:]), billing_provider=billing, subscriber=subscriber)


slowly = settings(suppress_health_check=list(HealthCheck), max_examples=10)


@slowly
@given(claim=strategies.claims())
def test_a_claim_comes_back_equal(claim: Claim) -> None:
    bundle = fhir.to_bundle(claim, created=CREATED)
    assert fhir.from_bundle(carried(bundle)) == claim
    assert fhir.to_bundle(claim, created=CREATED) == bundle


@slowly
@given(claim=strategies.claims())
def test_what_is_dropped_is_exactly_what_differs(claim: Claim) -> None:
    lost = fhir.dropped(claim)
    bundle = carried(fhir.to_bundle(claim, created=CREATED, extensions=False))
    assert "extension" not in resource(bundle, "Claim")
    read = Decoder(resource(bundle, "Claim"), Resources(bundle)).leaves
    own = leaves_of(claim)
    for path, leaf in own.items():
        assert (path in lost) is not is_same(leaf, read.get(path)), path
    kept = {path: leaf for path, leaf in read.items() if path not in lost}
    restored = kept | {path: leaf for path, leaf in own.items() if path in lost}
    assert claim_from(tree_of(restored)) == claim


@slowly
@given(claim=wrong_claims(), other=st.text(max_size=12))
def test_values_that_are_wrong_survive_and_make_no_wrong_resource(claim: Claim, other: str) -> None:
    fhirkit = pytest.importorskip("fhirkit", reason="fhirkit-rs is not installed")
    claim = claim.evolve(delay_reason=other)
    if isinstance(claim, ProfessionalClaim) and other:
        claim = claim.evolve(note=Note(other))
    bundle = carried(fhir.to_bundle(claim, created=CREATED))
    assert fhir.from_bundle(bundle) == claim
    assert [str(issue) for issue in fhirkit.validate(bundle)] == []


def no_values(bundle: dict[str, Any]) -> set[str]:
    return {each["resource"]["resourceType"] for each in bundle["entry"]}


def test_the_resources_of_an_office_visit() -> None:
    bundle = fhir.to_bundle(office_visit(), created=CREATED)
    assert no_values(bundle) == {
        "Claim", "Patient", "Coverage", "Organization", "PractitionerRole", "Encounter", "Condition", "Procedure"
    }  # fmt: skip
    claim = resource(bundle, "Claim")
    assert claim["use"] == "claim"
    assert claim["created"] == "2026-01-05"
    assert claim["total"] == {"value": 120.5, "currency": "USD"}
    assert [each["diagnosisCodeableConcept"]["coding"][0]["code"] for each in claim["diagnosis"]] == [
        "E11.65",
        "250.00",
    ]
    assert claim["item"][0]["productOrService"]["coding"][0] == {
        "system": "http://www.ama-assn.org/go/cpt",
        "code": "99214",
    }
    assert resource(bundle, "Coverage")["subscriberId"] == "M1"
    assert fhir.dropped(office_visit()) == ()


def test_a_bundle_without_a_day_is_of_today() -> None:
    assert resource(fhir.to_bundle(office_visit()), "Claim")["created"] == clock.today().isoformat()


def test_a_dependent_and_two_other_payers() -> None:
    other = {
        "payer": {"organization": "SECOND", "payer_id": "2", "payer_id_type": "XV"},
        "subscriber": {"last_name": "ROE", "member_id": "S2"},
        "payer_responsibility": "S",
        "relationship": "01",
        "group_number": "G",
        "group_name": "GROUP",
        "paid": "10.00",
    }
    claim = office_visit(
        dependent={
            "last_name": "DOE",
            "first_name": "SAM",
            "middle_name": "Q",
            "suffix": "JR",
            "sex": "M",
            "birth_date": "2019-01-01",
            "death_date": "2026-01-03",
            "relationship": "19",
        },
        other_payers=[other, other | {"payer_responsibility": "T"}],
        stated_total="500",
        frequency="8",
        references={
            "payer_claim_number": "ICN",
            "prior_authorization": "PA",
            "referral": "R",
            "clia": "05D0000001",
        },
        accident={"causes": ["AA", "OA"], "state": "IL"},
        dates={"accident": "2026-01-01", "disability": {"start": "2026-01-01", "end": "2026-02-01"}},
    )
    bundle = carried(fhir.to_bundle(claim))
    assert fhir.from_bundle(bundle) == claim
    main = resource(bundle, "Claim")
    assert main["status"] == "cancelled"
    assert [each["focal"] for each in main["insurance"]] == [True, False, False]
    assert resource(bundle, "Patient")["name"][0] == {
        "family": "DOE",
        "given": ["SAM", "Q"],
        "suffix": ["JR"],
    }
    assert "other_payers[0].paid" in fhir.dropped(claim)
    assert "accident.causes[1]" in fhir.dropped(claim)


def test_leaves() -> None:
    claim = office_visit(note={"text": "x"}, diagnoses=["E11.65", "icd9cm:250.00"])
    leaves = leaves_of(claim)
    assert leaves["note.text"] == "x"
    assert leaves["diagnoses[1].code"] == "icd9cm:25000"
    assert claim_from(tree_of(leaves)) == claim
    assert value_at(claim, "lines[7].charge") is None
    assert value_at(claim, "control_number[0]") is None
    assert tree_of({"a": "1", "a.b": "2", "c[0]": "3", "": "4"}) == {"a": "1", "c": ["3"], "": "4"}
    assert not is_same("1.x", "1.0")
    assert not is_same("1.5", None)
    assert is_same("1.50", "1.5")


def test_a_date_and_a_span_of_days_have_their_homes() -> None:
    dates = {"onset": "2026-01-02", "disability": {"start": "2026-01-02", "end": "2026-01-09"}}
    claim = ProfessionalClaim.from_dict(office_visit().to_dict() | {"dates": dates})
    assert fhir.from_bundle(fhir.to_bundle(claim)) == claim
    assert not [path for path in fhir.dropped(claim) if path.startswith("dates.")]


def test_an_amount_that_the_patient_paid_is_in_dollars() -> None:
    claim = office_visit(patient_paid="20.50")
    infos = fhir.to_bundle(claim)["entry"][0]["resource"]["supportingInfo"]
    assert [each["valueQuantity"]["unit"] for each in infos if "valueQuantity" in each] == ["USD"]
    assert fhir.from_bundle(fhir.to_bundle(claim, extensions=False)).patient_paid == claim.patient_paid  # type: ignore[attr-defined]  # a professional claim


@pytest.mark.parametrize(
    ("sent", "changed", "lost"),
    [
        ("FL*331110001~REF", "FL*33111-0001~REF", "billing_provider.address.zip"),
        ("*3055550101*", "*(305) 555-0101*", "billing_provider.contacts[0].phone"),
        ("DTP*431*D8*20260103", "DTP*431*D8*1/3/2026", "dates.onset"),
        ("UN*1*22**3~", "UN*1*22**E11.9~", "lines[1].diagnosis_pointers[0]"),
    ],
)
def test_what_a_file_held_does_not_heal(sent: str, changed: str, lost: str) -> None:
    text = wire(enclosed(transaction(RICH)))
    assert sent in text
    (claim,) = x12.iter_claims(text.replace(sent, changed, 1))
    assert fhir.from_bundle(fhir.to_bundle(claim)) == claim
    assert lost in fhir.dropped(claim)
