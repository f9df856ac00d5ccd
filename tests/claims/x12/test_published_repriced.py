"""X12's published examples, built from Python objects: claims that a repricer passes on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.published import PROFESSIONAL, is_published

from medcode.claims.model import (
    Address,
    ClaimReferences,
    Contact,
    Dependent,
    OtherPayer,
    OtherSubscriber,
    Payer,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
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
    ProfessionalClaim(
        control_number="ABC123-RI",
        billing_provider=Provider(
            organization="HAPPY DOCTORS GROUP PRACTICE",
            address=Address("P O BOX 123", "FORT WAYNE", "IN", "462540000"),
            npi="1234567890",
            tax_id="555512345",
            contacts=Contact("SUE BILLINGSWORTH", phone="8881231234"),
        ),
        subscriber=Subscriber(
            last_name="RING",
            first_name="DIAMOND",
            middle_name="D",
            address=Address("123 EXAMPLE DRIVE", "INDIANAPOLIS", "IN", "462290000"),
            birth_date="1940-12-29",
            sex="F",
            member_id="00124A089",
            group_number="123XYZ",
            claim_filing="CI",
        ),
        payer=Payer(organization="EXTRA HEALTHY INSURANCE", payer_id="12345"),
        references=ClaimReferences(clearinghouse="061505501749388", repriced_claim="0902352342"),
        repricing=Repricing(method="03", allowed="26.75", saving=2, organization_id="908231234"),
        rendering_provider=Provider(
            last_name="ANTHONY", first_name="SUSAN", middle_name="B", npi="1122334455"
        ),
        referring_provider=Provider(last_name="DOE", first_name="JOHN", npi="9988776655"),
        service_facility=Provider(
            organization="HAPPY DOCTORS GROUP",
            address=Address("123 FEEL GOOD ROAD", "WASHINGTON", "IN", "475010000"),
        ),
        diagnoses=(Icd9Cm("496"), Icd9Cm("250.00")),
        lines=(
            ProfessionalLine(
                charge=25,
                service_date="2005-05-14",
                repricing=Repricing(method="03", allowed="23.75", saving="1.25", organization_id="908231234"),
                procedure=Procedure("E0570", ("RR",)),
                diagnosis_pointers=(1, 2),
            ),
            ProfessionalLine(
                charge="3.75",
                service_date="2005-05-14",
                repricing=Repricing(method="03", allowed=3, saving="0.75", organization_id="908231234"),
                procedure=Procedure("A7003", ("NU",)),
            ),
        ),
        patient_signature_source="P",
    ),
)
OUT_OF_NETWORK_REPRICED_CLAIM = (
    ProfessionalClaim(
        control_number="TS234H3",
        billing_provider=Provider(
            organization="EMERGENCY PHYSICIANS GROUP",
            address=Address("7423 SUPER STREET", "BILLINGS", "MO", "919910000"),
            npi="1122334455",
            tax_id="111002222",
        ),
        subscriber=Subscriber(
            last_name="SMITH",
            first_name="MATTHEW",
            middle_name="R",
            address=Address("5698 SOUTH STREET", "BILLINGS", "MO", "919910000"),
            birth_date="1956-10-15",
            sex="M",
            member_id="57976235C",
            group_number="232AA",
            claim_filing="CI",
        ),
        payer=Payer(organization="CONSERVATIVE INSURANCE", payer_id="00123"),
        dependent=Dependent(
            last_name="SMITH",
            first_name="TOM",
            middle_name="E",
            address=Address("5698 SOUTH STREET", "BILLINGS", "MO", "919910000"),
            birth_date="1996-08-07",
            sex="M",
            relationship="19",
        ),
        references=ClaimReferences(clearinghouse="687534234346", repriced_claim="0902345406"),
        repricing=Repricing(method="00", allowed=0, organization_id="333001234", reject_reason="T1"),
        rendering_provider=Provider(last_name="BLUE", first_name="JACKIE", middle_name="D", npi="1112223336"),
        other_payers=(
            OtherPayer(
                payer=Payer(organization="SECONDARY INSURANCE COMPANY", payer_id="95645"),
                subscriber=OtherSubscriber(
                    last_name="SMITH",
                    first_name="TOM",
                    middle_name="E",
                    address=Address("5698 SOUTH STREET", "BILLINGS", "MO", "919910000"),
                    member_id="23424570",
                ),
                payer_responsibility="S",
                group_number="56567",
                claim_filing="CI",
            ),
        ),
        place_of_service="23",
        diagnoses=(Icd9Cm("995.1"),),
        lines=(ProfessionalLine(charge="252.71", service_date="2005-05-06", procedure="99284"),),
        patient_signature_source="P",
    ),
)
EXAMPLES = {
    "ppo-repriced-claim": (
        PPO_REPRICED_CLAIM,
        PROFESSIONAL.evolve(
            transaction_control_number="1002",
            reference="1002",
            reference_created=datetime.fromisoformat("2005-06-20 09:46"),
            submitter=REGIONAL,
            receiver_name="EXTRA HEALTHY INSURANCE",
            receiver_id="112244",
        ),
    ),
    "out-of-network-repriced-claim": (
        OUT_OF_NETWORK_REPRICED_CLAIM,
        PROFESSIONAL.evolve(
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
    is_published(claims, envelope, reference / f"samples/stupidedi/837P/{name}.edi")
