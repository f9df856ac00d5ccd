"""What a claim still lacks is told in the words of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims import DentalClaim, InstitutionalClaim, ProfessionalClaim
from medcode.claims.model import Accident, Ambulance, Dependent
from medcode.claims.submission import Submission
from medcode.edits import check

if TYPE_CHECKING:
    from pathlib import Path

LEAST: dict[str, Any] = {"control_number": "", "billing_provider": {}, "subscriber": {}, "payer": {}}
STAY: dict[str, Any] = {
    **LEAST, "facility_type": "11", "statement_dates": "20260105-20260107", "discharge_status": "",
    "principal_diagnosis": "I10", "lines": [{"revenue_code": "", "charge": ""}], "kind": "institutional",
}  # fmt: skip


@pytest.fixture
def visit(root: Path) -> ProfessionalClaim:
    claim = Submission.load(root / "examples/office-visit.toml").claims[0]
    assert isinstance(claim, ProfessionalClaim)
    return claim


def names(claim: Any) -> list[str]:
    return [str(each) for each in claim.missing()]


def test_a_whole_visit_lacks_nothing(visit: ProfessionalClaim) -> None:
    assert visit.missing() == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"control_number": ""}, "patient's account number (CMS-1500, 26)"),
        ({"frequency": "7"}, "payer's number of the earlier claim (CMS-1500, 22)"),
        ({"place_of_service": "21"}, "date of admission (CMS-1500, 18)"),
        ({"provider_signature": None}, "provider's signature on file (CMS-1500, 31)"),
        ({"diagnoses": ()}, "diagnoses (CMS-1500, 21)"),
    ],
)
def test_one_thing_is_missing(visit: ProfessionalClaim, change: dict[str, Any], told: str) -> None:
    assert names(visit.evolve(**change)) == [told]


def test_what_an_accident_and_a_ride_need(visit: ProfessionalClaim) -> None:
    assert names(visit.evolve(accident=Accident(["AA"]), ambulance=Ambulance())) == [
        "date of the accident (CMS-1500, 14)",
        "state of the car accident (CMS-1500, 10b)",
        "reason for the transport (CMS-1500)",
        "miles of the transport (CMS-1500, 24G)",
        "place of pick-up (CMS-1500, 32)",
        "place of drop-off (CMS-1500, 32)",
    ]


@pytest.mark.parametrize(("facility", "needed"), [("11", True), ("41", True), ("65", True), ("13", False)])
def test_a_stay_of_any_kind_needs_its_admission_as_the_edits_say(facility: str, needed: bool) -> None:
    claim = InstitutionalClaim.from_dict(STAY | {"facility_type": facility})
    assert ("admission" in {each.path for each in claim.missing()}) is needed
    assert bool(check(claim, select=("CLM30",)).findings) is needed


def test_what_a_payer_needs(visit: ProfessionalClaim) -> None:
    second = visit.subscriber.evolve(claim_filing="MB", payer_responsibility="S")
    assert names(visit.evolve(subscriber=second)) == ["reason that Medicare is not primary (CMS-1500)"]
    injured = visit.subscriber.evolve(claim_filing="WC", last_name=None, organization="EMPLOYER")
    assert names(visit.evolve(subscriber=injured)) == ["property and casualty claim number (CMS-1500, 11b)"]


def test_a_dependent_has_needs_of_their_own(visit: ProfessionalClaim) -> None:
    claim = visit.evolve(dependent=Dependent(relationship="19"))
    assert [each.path for each in claim.missing()] == [
        "dependent.last_name", "dependent.birth_date", "dependent.sex", "dependent.address",
    ]  # fmt: skip


def test_lines_are_named_one_by_one(visit: ProfessionalClaim) -> None:
    bare = visit.lines[1].evolve(procedure="", service_date=None)
    assert [each.path for each in visit.evolve(lines=[visit.lines[0], bare]).missing()] == [
        "lines[1].service_date", "lines[1].procedure.code",
    ]  # fmt: skip


def test_an_institution_is_asked_for_the_fields_of_the_ub_04() -> None:
    told = names(InstitutionalClaim.from_dict(STAY))
    assert "date of admission (UB-04, 12)" in told
    assert "revenue code (UB-04, 42)" in told
    assert "diagnoses (UB-04)" not in " ".join(told)
    assert "date of admission (UB-04, 12)" not in names(
        InstitutionalClaim.from_dict(STAY | {"facility_type": "13"})
    )


def test_a_bill_to_medicare_after_another_payer_names_the_reason_in_a_value_code() -> None:
    second = {**STAY, "subscriber": {"claim_filing": "MA", "payer_responsibility": "S"}}
    assert not [each for each in names(InstitutionalClaim.from_dict(second)) if "not primary" in each]


def test_a_dentist_dates_the_claim_or_its_lines() -> None:
    claim = DentalClaim.from_dict(
        LEAST | {"kind": "dental", "lines": [{"procedure": "D1110", "charge": "80"}]}
    )
    assert "date of service (ADA form, 24)" in names(claim)
    assert "date of service (ADA form, 24)" not in names(claim.evolve(service_date="2026-01-05"))
    assert "insured's id (ADA form, 15)" in names(claim)
