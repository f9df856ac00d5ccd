"""X12's published examples, built from Python objects: drugs, given in the office and at home."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.published import PROFESSIONAL, is_published

from medcode.claims.model import (
    Address,
    Contact,
    Drug,
    LineDates,
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

QUALITY = Submitter(
    organization="Quality Billing Service Corporation",
    id="587654321",
    contacts=Contact("Bud Holly", phone="8017268899"),
)
INFUSION = ProfessionalLine(
    charge=1400,
    service_date=("2004-02-01", "2004-02-07"),
    procedure="S9500",
    quantity=7,
    place_of_service="12",
    ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
)
HOME_IV = Provider(
    organization="Professional Home IV, LLC",
    address=Address("1500 Industrial Drive", "Libertyville", "IL", "60048"),
    npi="1234567893",
    contacts=Contact("Brenda Holly", phone="8019999999"),
)
HOME_IV = Provider.of_typed(
    {**vars(HOME_IV), "tax_id": "10-1234567"}
)  # as sent: the constructor takes the dash out
SMITH_STEVE = Subscriber(
    last_name="Smith",
    first_name="Steve",
    middle_name="A",
    address=Address("15210 Juliet Lane", "Libertyville", "IL", "60048"),
    birth_date="1943-05-01",
    sex="M",
    member_id="MBRID01234",
    group_number="GRP01020102",
    claim_filing="CI",
)
IN_OFFICE = (
    ProfessionalClaim(
        control_number="CLMNO12345",
        billing_provider=Provider(
            organization="Associates in Medicine",
            address=Address("1313 Las Vegas Boulevard", "Las Vegas", "NV", "89109"),
            npi="1234567893",
            tax_id="587654321",
        ),
        subscriber=Subscriber(
            last_name="Vaughn",
            first_name="Steve",
            middle_name="R",
            address=Address("236 Diamond ST", "Las Vegas", "NV", "89109"),
            birth_date="1943-05-01",
            sex="M",
            member_id="MBRID12345",
            group_number="GRP01020102",
            claim_filing="CI",
        ),
        payer=Payer(organization="R&R Health Plan", payer_id="PLANID12345", payer_id_type="XV"),
        rendering_provider=Provider(
            last_name="Hendrix", first_name="Jim", npi="1122333341", taxonomy="208D00000X"
        ),
        diagnoses=(Icd9Cm("035.91"),),
        lines=(
            ProfessionalLine(charge=50, service_date="2004-07-11", procedure="90782", place_of_service="11"),
            ProfessionalLine(
                charge="53.37",
                service_date="2004-07-11",
                procedure="J1550",
                place_of_service="11",
                sales_tax="3.37",
                drug=Drug("00026063512", 10, "ML"),
            ),
        ),
    ),
)
INFUSION_HCPCS = (
    ProfessionalClaim(
        control_number="CLMNO12345",
        billing_provider=HOME_IV,
        subscriber=SMITH_STEVE,
        payer=Payer(organization="R&R Health Plan", payer_id="PLANID12345", payer_id_type="XV"),
        place_of_service="12",
        diagnoses=(Icd9Cm("465.9"),),
        lines=(
            INFUSION,
            ProfessionalLine(
                charge="682.50",
                service_date=("2004-02-01", "2004-02-07"),
                procedure="J0696",
                quantity=56,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("00004196501", 7, prescription_number="2530001"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
            ProfessionalLine(
                charge="15.12",
                service_date=("2004-02-01", "2004-02-07"),
                procedure="J7051",
                quantity=28,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("63323024910", 14, prescription_number="2530001"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
            ProfessionalLine(
                charge="67.69",
                service_date=("2004-02-01", "2004-02-07"),
                procedure=Procedure("J3490", description="Sod Chl 0.9%see NDC#"),
                quantity=7,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("00338004938", 7, prescription_number="2530001"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
            ProfessionalLine(
                charge="57.12",
                service_date=("2004-02-01", "2004-02-07"),
                procedure=Procedure("J3490", description="Sod Chl 0.9% see NDC#"),
                quantity=14,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("08290033010", 14, prescription_number="2530002"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
            ProfessionalLine(
                charge="10.50",
                service_date=("2004-02-01", "2004-02-07"),
                procedure=Procedure("J3490", description="Hep Lock see NDC#"),
                quantity=7,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("08290038005", 7, prescription_number="2530003"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
        ),
    ),
)
INFUSION_NDC = (
    ProfessionalClaim(
        control_number="CLMNO12345",
        billing_provider=HOME_IV,
        subscriber=SMITH_STEVE,
        payer=Payer(organization="R&R Health Plan", payer_id="PLANID12345", payer_id_type="XV"),
        place_of_service="12",
        diagnoses=(Icd9Cm("465.9"),),
        lines=(
            INFUSION,
            ProfessionalLine(
                charge="682.50",
                service_date=("2004-02-01", "2004-02-07"),
                procedure="S5001",
                quantity=7,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("00004196501", 7, prescription_number="2530001"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
            ProfessionalLine(
                charge="15.12",
                service_date=("2004-02-01", "2004-02-07"),
                procedure="S5000",
                quantity=14,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("63323024910", 14, prescription_number="2530001"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
            ProfessionalLine(
                charge="67.69",
                service_date=("2004-02-01", "2004-02-07"),
                procedure="S5000",
                quantity=7,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("00338004938", 7, prescription_number="2530001"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
            ProfessionalLine(
                charge="57.12",
                service_date=("2004-02-01", "2004-02-07"),
                procedure="S5000",
                quantity=14,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("08290033010", 14, prescription_number="2530002"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
            ProfessionalLine(
                charge="10.50",
                service_date=("2004-02-01", "2004-02-07"),
                procedure="S5000",
                quantity=7,
                place_of_service="12",
                dates=LineDates(prescription="2004-01-30"),
                drug=Drug("08290038005", 7, prescription_number="2530003"),
                ordering_provider=Provider(last_name="Welby", first_name="Marcus", npi="1112223338"),
            ),
        ),
    ),
)
EXAMPLES = {
    "drug-administered-in-the-physician-office": (
        IN_OFFICE,
        PROFESSIONAL.evolve(
            transaction_control_number="0711",
            reference="0013",
            reference_created=datetime.fromisoformat("2004-08-01 12:00"),
            submitter=Submitter(
                organization="Associates in Medicine",
                id="587654321",
                contacts=Contact("Bud Holly", phone="8017268899"),
            ),
            receiver_name="XYZ Receiver",
            receiver_id="369852758",
        ),
    ),
    "home-infusion-therapy-pharmacy-adjudicated-with-hcpcs-in-loop-2400-or-ndc-in-loop-2410": (
        INFUSION_HCPCS,
        PROFESSIONAL.evolve(
            transaction_control_number="0711",
            reference="0013",
            reference_created=datetime.fromisoformat("2004-03-01 12:00"),
            submitter=QUALITY,
            receiver_name="XYZ Receiver",
            receiver_id="369852758",
        ),
    ),
    "home-infusion-therapy-pharmacy-adjudicated-with-ndc-in-loop-2410": (
        INFUSION_NDC,
        PROFESSIONAL.evolve(
            transaction_control_number="0711",
            reference="0013",
            reference_created=datetime.fromisoformat("2004-03-01 12:00"),
            submitter=QUALITY,
            receiver_name="XYZ Receiver",
            receiver_id="369852758",
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_built_and_read_back(name: str, reference: Path) -> None:
    claims, envelope = EXAMPLES[name]
    is_published(claims, envelope, reference / f"samples/stupidedi/837P/{name}.edi")
