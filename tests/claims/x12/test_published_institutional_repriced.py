"""X12's published examples, built from Python objects: institutional claims that a repricer passes on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.published import INSTITUTIONAL, is_published

from medcode.claims.model import (
    Address,
    ClaimReferences,
    Contact,
    Dependent,
    InstitutionalClaim,
    InstitutionalLine,
    Occurrence,
    OtherPayer,
    OtherSubscriber,
    Payer,
    Provider,
    Repricing,
    Submitter,
    Subscriber,
)
from medcode.codesets.icd9cm import Icd9Cm

if TYPE_CHECKING:
    from pathlib import Path

REGIONAL = Submitter(
    organization="REGIONAL PPO NETWORK",
    id="123456789",
    contacts=Contact("SUBMITTER CONTACT INFO", phone="8001231234"),
)
PPO_REPRICED_CLAIM = (
    InstitutionalClaim(
        control_number="456DFH43",
        billing_provider=Provider(
            organization="GOOD HEALTH HOSPITAL",
            address=Address("592 NORTH ELM STREET", "EDGEWOOD", "AZ", "860015590"),
            npi="1257234346",
            tax_id="344232321",
        ),
        subscriber=Subscriber(
            last_name="JONES",
            first_name="JENNY",
            address=Address("4512 WEST AVENUE", "EVANSVILLE", "AZ", "863030000"),
            birth_date="1969-07-31",
            sex="F",
            member_id="345U8423H",
            group_number="46522567AW",
            claim_filing="CI",
        ),
        payer=Payer(organization="LOCAL INSURANCE COMPANY", payer_id="7452723"),
        dependent=Dependent(
            last_name="JONES",
            first_name="JOY",
            address=Address("4512 WEST AVENUE", "EVANSVILLE", "AZ", "863030000"),
            birth_date="1998-08-20",
            sex="F",
            relationship="19",
        ),
        references=ClaimReferences(clearinghouse="04566877634343456", repriced_claim="09459034092"),
        repricing=Repricing(method="03", allowed="182.88", saving="54.62", organization_id="123456789"),
        other_payers=(
            OtherPayer(
                payer=Payer(organization="OTHER COVERAGE COMPANY", payer_id="534524"),
                subscriber=OtherSubscriber(last_name="JONES", first_name="GEORGE", member_id="56454566"),
                payer_responsibility="S",
                relationship="19",
                group_name="T&T PLUMBING COMPANY",
                claim_filing="CI",
            ),
        ),
        facility_type="13",
        statement_dates=("2005-07-06", "2005-07-06"),
        discharge_status="01",
        principal_diagnosis=Icd9Cm("381.81"),
        lines=(
            InstitutionalLine(
                charge=178,
                service_date="2005-07-06",
                repricing=Repricing(method="03", allowed="137.06", saving="40.94"),
                revenue_code="0471",
                procedure="92557",
            ),
            InstitutionalLine(
                charge="59.5",
                service_date="2005-07-06",
                repricing=Repricing(method="03", allowed="45.82", saving="13.68"),
                revenue_code="0471",
                procedure="92567",
            ),
        ),
        admission="2005-07-06T08:00",
        admission_type="1",
        admission_source="2",
        other_diagnoses=(Icd9Cm("389.00"),),
        occurrences=(Occurrence("11", "2005-07-06"),),
        patient_due="237.5",
        attending_provider=Provider(last_name="JOHNSON", first_name="SIMON", npi="5544332211"),
    ),
)
OUT_OF_NETWORK_REPRICED_CLAIM = (
    InstitutionalClaim(
        control_number="W392-49141",
        billing_provider=Provider(
            organization="LOCAL HOSPITAL",
            address=Address("3423 SMALL STREET", "COLUMBUS", "OH", "432150000"),
            npi="1122334455",
            tax_id="111002222",
        ),
        subscriber=Subscriber(
            last_name="SMITH",
            first_name="JAMES",
            middle_name="A",
            address=Address("934 NORTH STREET", "COLUMBUS", "OH", "432150000"),
            birth_date="1962-10-15",
            sex="M",
            member_id="34902390F",
            group_number="34561W",
            claim_filing="CI",
        ),
        payer=Payer(organization="CONSERVATIVE INSURANCE", payer_id="00123"),
        references=ClaimReferences(clearinghouse="32423466233", repriced_claim="459804390823"),
        repricing=Repricing(method="00", allowed=0, organization_id="333001234", reject_reason="T1"),
        facility_type="13",
        statement_dates=("2005-06-17", "2005-06-17"),
        discharge_status="01",
        principal_diagnosis=Icd9Cm("530.81"),
        lines=(
            InstitutionalLine(
                charge="14.84", service_date="2005-06-17", revenue_code="0301", procedure="82270"
            ),
        ),
        admission="2005-06-17T08:00",
        admission_type="1",
        admission_source="1",
        patient_due="14.84",
        attending_provider=Provider(last_name="RIVERS", first_name="DAWN", npi="2244224455"),
    ),
)
EXAMPLES = {
    "ppo-repriced-claim": (
        PPO_REPRICED_CLAIM,
        INSTITUTIONAL.evolve(
            transaction_control_number="1002",
            reference="1002",
            reference_created=datetime.fromisoformat("2005-07-21 09:46"),
            submitter=REGIONAL,
            receiver_name="LOCAL INSURANCE COMPANY",
            receiver_id="54334452",
        ),
    ),
    "out-of-network-repriced-claim": (
        OUT_OF_NETWORK_REPRICED_CLAIM,
        INSTITUTIONAL.evolve(
            transaction_control_number="1024",
            reference="1024",
            reference_created=datetime.fromisoformat("2005-07-11 13:35"),
            submitter=REGIONAL,
            receiver_name="CONSERVATIVE INSURANCE",
            receiver_id="000110002",
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_built_and_read_back(name: str, reference: Path) -> None:
    claims, envelope = EXAMPLES[name]
    is_published(claims, envelope, reference / f"samples/stupidedi/837I/{name}.edi")
