"""X12's published examples, built from Python objects: Medicare after a commercial payer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.published import PROFESSIONAL, is_published

from medcode.claims.model import (
    Address,
    Adjustment,
    Contact,
    Identifier,
    LineAdjudication,
    OtherPayer,
    OtherSubscriber,
    Payer,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    Submitter,
    Subscriber,
)
from medcode.codesets.icd9cm import Icd9Cm

if TYPE_CHECKING:
    from pathlib import Path

MEDICARE_SECOND = (
    ProfessionalClaim(
        control_number="101KEN6055",
        billing_provider=Provider(
            organization="SPECIALISTS",
            address=Address("5 MAP COURT", "MAYNE", "PA", "21236"),
            npi="0100000009",
            tax_id="890123456",
            identifiers=(Identifier("1G", "110101"),),
        ),
        subscriber=Subscriber(
            last_name="MEDYUM",
            first_name="WAYNE",
            middle_name="M",
            address=Address("1010 THOUSAND OAK LANE", "MAYN", "PA", "17089"),
            birth_date="1956-01-10",
            sex="M",
            member_id="102200221B1",
            payer_responsibility="S",
            group_name="MEDICARE",
            insurance_type="12",
            claim_filing="MB",
        ),
        payer=Payer(
            organization="MEDICARE", payer_id="10234", address=Address("5232 MAYNE", "LYGHT", "PA", "17009")
        ),
        rendering_provider=Provider(
            last_name="HENZES",
            first_name="JACK",
            npi="9090909090",
            taxonomy="207X00000X",
            identifiers=(Identifier("G2", "110102XXX"),),
        ),
        referring_provider=Provider(
            last_name="BRYHT", first_name="LEE", middle_name="T", identifiers=(Identifier("1G", "B01010"),)
        ),
        other_payers=(
            OtherPayer(
                payer=Payer(organization="COMMERCE", payer_id="59999"),
                subscriber=OtherSubscriber(
                    last_name="MEDYUM",
                    first_name="CAROL",
                    address=Address("PO BOX 45", "MAYN", "PA", "17089"),
                    member_id="COM188-404777",
                ),
                relationship="01",
                group_name="COMMERCE",
                claim_filing="CI",
                paid=80,
                non_covered=15,
                patient_signature_source="P",
            ),
        ),
        diagnoses=(Icd9Cm("715.16"), Icd9Cm("719.06")),
        lines=(
            ProfessionalLine(
                charge=120,
                service_date="2005-01-19",
                adjudications=(
                    LineAdjudication(
                        payer_id="59999",
                        paid=80,
                        procedure=Procedure("99203", ("25",)),
                        adjustments=(Adjustment("CO", "42", 25), Adjustment("PR", "2", 15)),
                        date="2005-01-28",
                    ),
                ),
                procedure=Procedure("99203", ("25",)),
                diagnosis_pointers=(1, 2),
            ),
        ),
        patient_signature_source="P",
    ),
)
EXAMPLES = {
    "medicare-secondary-payer-cob": (
        MEDICARE_SECOND,
        PROFESSIONAL.evolve(
            transaction_control_number="0002",
            reference="000001142",
            reference_created=datetime.fromisoformat("2005-02-14 11:51"),
            submitter=Submitter(
                organization="SPECIALISTS", id="1111111", contacts=Contact("SUE", phone="8005558888")
            ),
            receiver_name="MEDICARE PENNSYLVANIA",
            receiver_id="10234",
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_built_and_read_back(name: str, reference: Path) -> None:
    claims, envelope = EXAMPLES[name]
    is_published(claims, envelope, reference / f"samples/stupidedi/837P/{name}.edi")
