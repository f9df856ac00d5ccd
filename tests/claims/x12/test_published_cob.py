"""X12's published examples, built from Python objects: coordination of benefits, to the first payer and to the second."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.published import COB, is_published

from medcode.claims.model import (
    Address,
    Adjustment,
    Contact,
    Dependent,
    Identifier,
    LineAdjudication,
    OtherPayer,
    OtherSubscriber,
    Payer,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    ProviderIdentity,
    Submitter,
    Subscriber,
)
from medcode.codesets.icd9cm import Icd9Cm

if TYPE_CHECKING:
    from pathlib import Path

KILDARE = Provider(
    organization="KILDARE ASSOCIATES",
    address=Address("2345 OCEAN BLVD", "MIAMI", "FL", "33111"),
    npi="1581234567",
)
SMITH_JANE = OtherSubscriber(
    last_name="SMITH",
    first_name="JANE",
    address=Address("236 N MAIN ST", "MIAMI", "FL", "33111"),
    member_id="JS00111223333",
)
SMITH_TED = Dependent(
    last_name="SMITH",
    first_name="TED",
    address=Address("236 N MAIN ST", "MIAMI", "FL", "33413"),
    birth_date="1973-05-01",
    sex="M",
    relationship="19",
)
LINES = (
    ProfessionalLine(
        charge=43,
        service_date="2005-10-03",
        adjudications=(
            LineAdjudication(
                payer_id="999996666",
                paid=40,
                procedure="99213",
                adjustments=(Adjustment("CO", "42", 3),),
                date="2005-10-15",
            ),
        ),
        procedure="99213",
        diagnosis_pointers=(1, 2, 3, 4),
    ),
    ProfessionalLine(
        charge=15,
        service_date="2005-10-03",
        adjudications=(
            LineAdjudication(payer_id="999996666", paid=15, procedure="90782", date="2005-10-15"),
        ),
        procedure="90782",
        diagnosis_pointers=(1, 2),
    ),
    ProfessionalLine(
        charge="21.04",
        service_date="2005-10-03",
        adjudications=(
            LineAdjudication(payer_id="999996666", paid="21.04", procedure="J3301", date="2005-10-15"),
        ),
        procedure="J3301",
        diagnosis_pointers=(1, 2),
    ),
)
TO_FIRST = (
    ProfessionalClaim(
        control_number="26407789",
        billing_provider=Provider(
            last_name="KILDARE",
            first_name="BEN",
            address=Address("1234 SEAWAY ST", "MIAMI", "FL", "33111"),
            npi="1999996666",
            tax_id="123456789",
            contacts=Contact("CONNIE", phone="3055551234"),
            pay_to_address=Address("2345 OCEAN BLVD", "MIAMI", "FL", "33111"),
        ),
        subscriber=Subscriber(
            last_name="SMITH",
            first_name="JANE",
            birth_date="1943-05-01",
            sex="F",
            member_id="111223333",
            claim_filing="CI",
        ),
        payer=Payer(
            organization="KEY INSURANCE COMPANY",
            payer_id="999996666",
            address=Address("3333 OCEAN ST", "SOUTH MIAMI", "FL", "33000"),
            billing_provider_identifiers=(Identifier("G2", "PBS3334"),),
        ),
        dependent=SMITH_TED,
        release_of_information="I",
        rendering_provider=Provider(
            last_name="KILDARE",
            first_name="BEN",
            npi="1999996666",
            taxonomy="204C00000X",
            identifiers=(Identifier("G2", "KA6663"),),
        ),
        service_facility=KILDARE,
        other_payers=(
            OtherPayer(
                payer=Payer(organization="KEY INSURANCE COMPANY", payer_id="999996666"),
                subscriber=OtherSubscriber(
                    last_name="SMITH",
                    first_name="JACK",
                    address=Address("236 N MAIN ST", "MIAMI", "FL", "33111"),
                    member_id="T55TY666",
                ),
                payer_responsibility="S",
                relationship="01",
                claim_filing="CI",
                patient_signature_source="P",
            ),
        ),
        diagnoses=(Icd9Cm("477.9"), Icd9Cm("272.4"), Icd9Cm("278.0"), Icd9Cm("530.81")),
        lines=(
            ProfessionalLine(
                charge=43, service_date="2005-10-03", procedure="99213", diagnosis_pointers=(1, 2, 3, 4)
            ),
            ProfessionalLine(
                charge=15, service_date="2005-10-03", procedure="90782", diagnosis_pointers=(1, 2)
            ),
            ProfessionalLine(
                charge="21.04", service_date="2005-10-03", procedure="J3301", diagnosis_pointers=(1, 2)
            ),
        ),
        patient_signature_source="P",
    ),
)
TO_SECOND = (
    ProfessionalClaim(
        control_number="26407789",
        billing_provider=Provider(
            last_name="KILDARE",
            first_name="BEN",
            address=Address("1234SEAWAY ST", "MIAMI", "FL", "33111"),
            npi="1999996666",
            tax_id="123456789",
            contacts=Contact("CONNIE", phone="3055551234"),
            pay_to_address=Address("2345", "MIAMI", "FL", "3111", line2="OCEAN BLVD"),
        ),
        subscriber=Subscriber(
            last_name="SMITH",
            first_name="JACK",
            birth_date="1943-10-22",
            sex="M",
            member_id="222334444",
            payer_responsibility="S",
            claim_filing="CI",
        ),
        payer=Payer(
            organization="GREAT PRAIRIES HEALTH",
            payer_id="567890",
            address=Address("4456 SOUTH SHORE BLVD", "CHICAGO", "IL", "44444"),
            billing_provider_identifiers=(Identifier("G2", "567890"),),
        ),
        dependent=SMITH_TED,
        release_of_information="I",
        rendering_provider=Provider(
            last_name="KILDARE",
            first_name="BEN",
            npi="1999996666",
            taxonomy="204C00000X",
            identifiers=(Identifier("G2", "88877"),),
        ),
        service_facility=KILDARE,
        other_payers=(
            OtherPayer(
                payer=Payer(organization="KEY INSURANCE COMPANY", payer_id="999996666"),
                subscriber=SMITH_JANE,
                relationship="01",
                claim_filing="CI",
                adjustments=(Adjustment("PR", "1", "21.89"), Adjustment("PR", "2", 15)),
                paid="39.15",
                remaining_liability="36.89",
                patient_signature_source="P",
            ),
        ),
        diagnoses=(Icd9Cm("477.9"), Icd9Cm("272.4"), Icd9Cm("278.0"), Icd9Cm("530.81")),
        lines=LINES,
    ),
)
BETWEEN_PAYERS = (
    ProfessionalClaim(
        control_number="26407789",
        billing_provider=Provider(
            last_name="KILDARE",
            first_name="BEN",
            address=Address("1234", "MIAMI", "FL", "33111", line2="SEAWAY ST"),
            npi="1999996666",
            tax_id="123456789",
            contacts=Contact("CONNIE", phone="3055551234"),
            pay_to_address=Address("2345", "MIAMI", "FL", "33111", line2="OCEAN BLVD"),
        ),
        subscriber=Subscriber(
            last_name="SmITH",
            first_name="JACK",
            birth_date="1943-10-22",
            sex="M",
            member_id="22233444",
            payer_responsibility="S",
            claim_filing="CI",
        ),
        payer=Payer(
            organization="GREAT PRAIRIES HEALTH",
            payer_id="567890",
            address=Address("4456 SOUTH SHORE BLVD", "CHICAGO", "IL", "44444"),
            billing_provider_identifiers=(Identifier("G2", "EJ6666"),),
        ),
        dependent=SMITH_TED,
        release_of_information="I",
        rendering_provider=Provider(
            last_name="KILDARE",
            first_name="BEN",
            npi="1999996666",
            taxonomy="204C00000X",
            identifiers=(Identifier("G2", "PBS3334"),),
        ),
        service_facility=KILDARE,
        other_payers=(
            OtherPayer(
                payer=Payer(organization="KEY INSURANCE COMPANY", payer_id="999996666"),
                subscriber=SMITH_JANE,
                relationship="01",
                claim_filing="CI",
                adjustments=(Adjustment("PR", "1", "21.89"), Adjustment("PR", "2", 15)),
                paid="39.15",
                remaining_liability="36.89",
                patient_signature_source="P",
                rendering_provider=ProviderIdentity(
                    entity_type="1", identifiers=(Identifier("G2", "PBS3334"),)
                ),
            ),
        ),
        diagnoses=(Icd9Cm("477.9"), Icd9Cm("272.4"), Icd9Cm("278.0"), Icd9Cm("530.81")),
        lines=LINES,
        patient_signature_source="P",
    ),
)
EXAMPLES = {
    "cob-claim-from-billing-provider-to-payer-a": (
        TO_FIRST,
        COB.evolve(
            transaction_control_number="0021",
            reference="0123",
            reference_created=datetime.fromisoformat("2005-10-15 10:23"),
            submitter=Submitter(
                organization="PREMIER BILLING SERVICE",
                id="TGJ23",
                contacts=Contact("JERRY", phone="3055552222"),
            ),
            receiver_name="XYZ REPRICER",
            receiver_id="66783JJT",
        ),
    ),
    "cob-claim-from-billing-provider-to-payer-b": (
        TO_SECOND,
        COB.evolve(
            transaction_control_number="1234",
            reference="0123",
            reference_created=datetime.fromisoformat("2005-10-15 10:23"),
            submitter=Submitter(
                organization="PREMIER BILLING SERVICE",
                id="12EEER 000TY",
                contacts=Contact("JERRY", phone="3055552222"),
            ),
            receiver_name="GREAT PRAIRIES HEALTH",
            receiver_id="567890",
        ),
    ),
    "cob-claim-from-payer-a-to-payer-b-in-payer-to-payer": (
        BETWEEN_PAYERS,
        COB.evolve(
            transaction_control_number="0024",
            reference="0123",
            reference_created=datetime.fromisoformat("2005-10-15 10:23"),
            submitter=Submitter(
                organization="KEY INSURANCE", id="999996666", contacts=Contact("JERRY", phone="3055552222")
            ),
            receiver_name="GREAT PRAIRIES",
            receiver_id="567890",
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_built_and_read_back(name: str, reference: Path) -> None:
    claims, envelope = EXAMPLES[name]
    is_published(claims, envelope, reference / f"samples/stupidedi/837P/{name}.edi")
