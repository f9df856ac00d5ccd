"""X12's published examples, built from Python objects: dental claims."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.published import CLEARINGHOUSE, DENTAL, is_published

from medcode.claims.model import (
    Address,
    Attachment,
    ClaimReferences,
    Contact,
    DentalClaim,
    DentalLine,
    Dependent,
    Payer,
    Provider,
    Submitter,
    Subscriber,
    Tooth,
)

if TYPE_CHECKING:
    from pathlib import Path

SMITH_TED = Dependent(
    last_name="SMITH",
    first_name="TED",
    address=Address("236 N MAIN ST", "MIAMI", "FL", "33413"),
    birth_date="1992-05-01",
    sex="M",
    relationship="19",
)
COMMERCIAL_HEALTH_INSURANCE = (
    DentalClaim(
        control_number="26403774",
        billing_provider=Provider(
            organization="DENTAL ASSOCIATES",
            address=Address("234 SEAWAY ST", "MIAMI", "FL", "33111"),
            npi="1234567890",
            tax_id="587654321",
        ),
        subscriber=Subscriber(last_name="SMITH", first_name="JANE", member_id="111223333", claim_filing="CI"),
        payer=Payer(organization="INSURANCE COMPANY XYZ", payer_id="66783JJT"),
        dependent=SMITH_TED,
        release_of_information="I",
        references=ClaimReferences(clearinghouse="17312345600006351"),
        rendering_provider=Provider(
            last_name="KILDARE", first_name="BEN", npi="9876543210", taxonomy="1223G0001X"
        ),
        lines=(
            DentalLine(charge=100, procedure="D2150", teeth=(Tooth("12", ("M", "O")),), quantity=1),
            DentalLine(charge=50, procedure="D1110", quantity=1),
        ),
        service_date="2006-10-29",
    ),
)
CLAIM_FROM_BILLING_PROVIDER_TO_PAYER_A = (
    DentalClaim(
        control_number="26403774",
        billing_provider=Provider(
            organization="DENTAL ASSOCIATES",
            address=Address("234 SEAWAY ST", "MIAMI", "FL", "33111"),
            npi="4567890123",
            tax_id="587654321",
        ),
        subscriber=Subscriber(
            last_name="SMITH", first_name="JANE", member_id="JS00111223333", claim_filing="CI"
        ),
        payer=Payer(organization="KEY INSURANCE COMPANY", payer_id="999996666"),
        dependent=SMITH_TED,
        release_of_information="I",
        references=ClaimReferences(clearinghouse="111222333444"),
        rendering_provider=Provider(
            last_name="KILDARE", first_name="BEN", npi="6789012345", taxonomy="1223P0221X"
        ),
        lines=(DentalLine(charge=200, procedure="D3320", teeth=("5",), quantity=1),),
        service_date="2006-11-09",
    ),
)
PREDETERMINATION_OF_BENEFITS = (
    DentalClaim(
        control_number="SMITH878",
        billing_provider=Provider(
            last_name="JOHN",
            first_name="DOE",
            address=Address("123 TOOTH DRIVE", "MIAMI", "FL", "33411"),
            npi="2345678901",
            tax_id="587654321",
            taxonomy="1223G0001X",
        ),
        subscriber=Subscriber(
            last_name="SMITH",
            first_name="JANE",
            address=Address("236 N MAIN STREET", "MIAMI", "FL", "33413"),
            birth_date="1943-05-01",
            sex="F",
            member_id="111223333",
            claim_filing="CI",
        ),
        payer=Payer(organization="KEY INSURANCE COMPANY", payer_id="999996666"),
        release_of_information="I",
        predetermination="PB",
        references=ClaimReferences(clearinghouse="123123123"),
        attachments=(Attachment("RB", "BM", "SMITHJANE11122333"),),
        lines=(DentalLine(charge=750, procedure="D2750", teeth=("13",), prosthesis="I", quantity=1),),
    ),
)
MULTIPLE_TOOTH_NUMBERS = (
    DentalClaim(
        control_number="1191",
        billing_provider=Provider(
            organization="ANYTOWN DENTAL",
            address=Address("926 MAIN ST", "ANYTOWN", "FL", "327147244"),
            npi="1234567984",
            tax_id="222222222",
            contacts=Contact("ANYTOWN DENTAL", phone="4075551213"),
        ),
        subscriber=Subscriber(
            last_name="SUBLAST",
            first_name="SUBFIRST",
            middle_name="M",
            address=Address("654 ANYWHERE DR", "ANYTOWN", "FL", "32000"),
            birth_date="1971-01-01",
            sex="M",
            member_id="123456",
            group_number="12345687",
            claim_filing="CI",
        ),
        payer=Payer(organization="ACME DENTAL PAYER", payer_id="11111"),
        accepts_assignment="C",
        references=ClaimReferences(clearinghouse="0001958960000001"),
        attachments=(Attachment("OZ", "EL", "NEA123456798"),),
        rendering_provider=Provider(
            last_name="RENDERLAST", first_name="RENDERFIRST", npi="1234567893", taxonomy="1223G0001X"
        ),
        lines=(DentalLine(charge=900, procedure="D5214", teeth=("31", "30", "21", "19", "18")),),
    ),
)
EXAMPLES = {
    "commercial-health-insurance": (
        COMMERCIAL_HEALTH_INSURANCE,
        DENTAL.evolve(
            transaction_control_number="3456",
            reference="0123",
            reference_created=datetime.fromisoformat("2006-11-23 10:23"),
            submitter=Submitter(
                organization="PREMIER BILLING SERVICE",
                id="TGJ23",
                contacts=Contact("JERRY", phone="7176149999"),
            ),
            receiver_name="INSURANCE COMPANY XYZ",
            receiver_id="66783JJT",
        ),
    ),
    "claim-from-billing-provider-to-payer-a": (
        CLAIM_FROM_BILLING_PROVIDER_TO_PAYER_A,
        DENTAL.evolve(
            transaction_control_number="0002",
            reference="0123",
            reference_created=datetime.fromisoformat("2006-11-23 10:23"),
            submitter=Submitter(
                organization="PREMIER BILLING SERVICE",
                id="567890",
                contacts=Contact("JERRY", phone="7176149999"),
            ),
            receiver_name="KEY INSURANCE COMPANY",
            receiver_id="999996666",
        ),
    ),
    "predetermination-of-benefits": (
        PREDETERMINATION_OF_BENEFITS,
        DENTAL.evolve(
            transaction_control_number="0321",
            reference="0123",
            reference_created=datetime.fromisoformat("2006-11-23 10:23"),
            submitter=Submitter(
                organization="ABC CLEARINGHOUSE", id="ABC123", contacts=Contact("JERRY", phone="7176149999")
            ),
            receiver_name="KEY INSURANCE COMPANY",
            receiver_id="999996666",
        ),
    ),
    "multiple-tooth-numbers": (
        MULTIPLE_TOOTH_NUMBERS,
        CLEARINGHOUSE.evolve(
            transaction_control_number="0001",
            reference="1000002",
            reference_created=datetime.fromisoformat("2014-03-05 07:45"),
            submitter=Submitter(
                organization="XYZ CLEARINGHOUSE",
                id="321123",
                contacts=Contact(
                    "XYZ CLEARINGHOUSE, INC.",
                    phone="8005551212",
                    extension="123",
                    email="PRODUCTIONSUPPORT@XYZCLEARINGHOUSE.COM",
                ),
            ),
            receiver_name="ACME DENTAL PAYER",
            receiver_id="12345",
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_built_and_read_back(name: str, reference: Path) -> None:
    claims, envelope = EXAMPLES[name]
    is_published(claims, envelope, reference / f"samples/stupidedi/837D/{name}.edi")
