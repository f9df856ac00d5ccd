"""What a guide has no place for is refused and named, never dropped in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.claims.test_model import CLINIC, PLAN, dental, stay, visit

from medcode.claims import x12
from medcode.claims.model import (
    Accident,
    Certification,
    ClaimReferences,
    DentalClaim,
    Diagnosis,
    Identifier,
    InpatientDecision,
    InstitutionalClaim,
    InstitutionalLine,
    LineReferences,
    OtherPayer,
    OtherSubscriber,
    Payer,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    ProviderIdentity,
)
from medcode.claims.x12.codec.compiled import compiled_for
from medcode.claims.x12.codec.coverage import GuideCoverage, coverage, uncovered
from medcode.errors import FindingError, Rejected

if TYPE_CHECKING:
    from medcode.claims.model import Claim

OTHER = OtherPayer(
    payer=Payer(organization="PLAN TWO", payer_id="P2"), subscriber=OtherSubscriber(last_name="DOE")
)
LINE = ProfessionalLine(procedure=Procedure("20610"), charge=100, service_date="2026-01-05")
DOCTOR = Provider(last_name="KAY", first_name="LEE", npi="1234567893")


@pytest.mark.parametrize(
    ("claim", "paths"),
    [
        (visit(), []),
        (stay(), []),
        (dental(), []),
        (visit(predetermination="PB"), ["predetermination"]),
        (dental(predetermination="PB"), []),
        (visit(rendering_provider=DOCTOR.evolve(tax_id="1")), ["rendering_provider.tax_id"]),
        (visit(rendering_provider=DOCTOR.evolve(taxonomy="207Q00000X")), []),
        (stay(rendering_provider=DOCTOR.evolve(taxonomy="207Q00000X")), ["rendering_provider.taxonomy"]),
        (visit(billing_provider=CLINIC.evolve(identifiers=[Identifier("0B", "1")])), []),
        (stay(billing_provider=CLINIC.evolve(identifiers=[Identifier("0B", "1")])), ["billing_provider.identifiers"]),
        (visit(payer=PLAN.evolve(identifiers=[Identifier("2U", "1", payer_id="P2")])), ["payer.identifiers[0].payer_id"]),
        (visit(diagnoses=[Diagnosis("J06.9", present_on_admission="Y")]), ["diagnoses[0].present_on_admission"]),
        (stay(principal_diagnosis=Diagnosis("I50.20", present_on_admission="Y")), []),
        (visit(references=ClaimReferences(peer_review="1")), ["references.peer_review"]),
        (visit(payer=PLAN.evolve(payer_id=None, payer_id_type="XV")), ["payer.payer_id_type"]),
        (
            stay(references=ClaimReferences(clia="1"), other_payers=[OTHER, OTHER.evolve(insurance_type="12")]),
            ["references.clia", "other_payers[1].insurance_type"],
        ),
        (
            visit(other_payers=[OTHER.evolve(rendering_provider=ProviderIdentity(npi="1234567893"))]),
            ["other_payers[0].rendering_provider.npi"],
        ),
        (
            stay(lines=[InstitutionalLine(revenue_code="0300", charge=1, references=LineReferences(clia="1"))]),
            ["lines[0].references.clia"],
        ),
    ],
)  # fmt: skip
def test_a_value_without_a_place_is_named(claim: Claim, paths: list[str]) -> None:
    assert list(uncovered(claim, coverage(compiled_for(type(claim), claim.guide)))) == paths


def test_the_writer_refuses_what_it_would_lose() -> None:
    claims = [visit(), visit(rendering_provider=DOCTOR.evolve(tax_id="1"))]
    with pytest.raises(Rejected) as refused:
        x12.dumps(claims)
    found = [error.finding for error in refused.value.exceptions if isinstance(error, FindingError)]
    lost = [finding for finding in found if finding.name == "value-without-place"]
    assert [(finding.location.path, finding.claim) for finding in lost] == [("rendering_provider.tax_id", 1)]
    assert "tax_id" not in x12.dumps(claims, check=False)


def test_a_variant_has_places_that_its_base_has_not() -> None:
    claim = visit(predetermination="PB")
    envelope = x12.Envelope(convention="005010X291")
    assert list(uncovered(claim, coverage(compiled_for(ProfessionalClaim, "005010X291")))) == []
    text = x12.dumps([claim], envelope, check=False)
    assert [each.predetermination for each in x12.loads(text).claims()] == ["PB"]


def test_every_kind_of_claim_has_its_own_places() -> None:
    kinds = (ProfessionalClaim, InstitutionalClaim, DentalClaim)
    found = [set(coverage(compiled_for(kind, kind.guide))) for kind in kinds]
    assert found[0] & found[1] & found[2] >= {"control_number", "billing_provider", "lines", "other_payers"}
    assert "ambulance" in found[0] - found[1] - found[2]
    assert "bill_type" not in found[1]
    assert "tooth_status" in found[2]


def test_what_equals_its_default_needs_no_place() -> None:
    claim = visit(place_of_service="111"[1:], accepts_assignment="B")
    nowhere = GuideCoverage(ProfessionalClaim)
    assert "place_of_service" in vars(claim), "told, though it says no more than the default"
    assert {"place_of_service", "accepts_assignment"} & set(uncovered(claim, nowhere)) == {
        "accepts_assignment"
    }


def test_nothing_is_lost_with_values_that_equal_their_defaults() -> None:
    line = LINE.evolve(quantity=1)
    assert "quantity" in vars(line)
    here = GuideCoverage(ProfessionalLine)
    for names in (("procedure", "code"), ("charge",), ("service_date",)):
        here.at(names)
    assert list(uncovered(line, here)) == []
    assert list(uncovered(line.evolve(quantity=2), here)) == ["quantity"]


def test_what_is_said_to_be_absent_is_not_lost() -> None:
    nowhere = GuideCoverage(ProfessionalClaim)
    assert "provider_signature" in set(uncovered(visit().evolve(provider_signature="N"), nowhere))
    assert "provider_signature" not in set(uncovered(visit().evolve(provider_signature=None), nowhere))


MODIFIERS = ("RT", "59", "78", "GC", "KX")


@pytest.mark.parametrize(
    ("claim", "paths"),
    [
        (
            visit(lines=[LINE, LINE.evolve(procedure=Procedure("20610", modifiers=MODIFIERS))]),
            ["lines[1].procedure.modifiers[4]"],
        ),
        (visit(subscriber=visit().subscriber.evolve(organization="ACME")), ["subscriber.organization"]),
        (visit(rendering_provider=DOCTOR.evolve(organization="ACME")), ["rendering_provider.organization"]),
        (visit(accident=Accident(causes=("AA", "EM", "OA"))), ["accident.causes[2]"]),
        (
            visit(epsdt_referral=Certification(certified="Y", conditions=("AV", "NU", "S2", "ST"))),
            ["epsdt_referral.conditions[3]"],
        ),
        (
            stay(other_payers=[OTHER.evolve(inpatient=InpatientDecision(covered_days=1, remark_codes=("MA1",) * 6))]),
            ["other_payers[0].inpatient.remark_codes[5]"],
        ),
    ],
)  # fmt: skip
def test_values_beyond_the_elements_of_a_tuple_are_named(claim: Claim, paths: list[str]) -> None:
    compiled = compiled_for(type(claim), claim.guide)
    assert list(uncovered(claim, coverage(compiled))) == paths
    (interchange,) = x12.loads(x12.dumps([claim], check=False)).interchanges
    assert interchange.groups, "without a check they are left out, as before"
    with pytest.raises(Rejected) as refused:
        x12.dumps([claim])
    errors = [error.finding for error in refused.value.exceptions if isinstance(error, FindingError)]
    assert paths == [each.location.path for each in errors if each.name == "value-without-place"]
