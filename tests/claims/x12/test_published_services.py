"""X12's published examples, built from Python objects: an ambulance trip, anesthesia, a chiropractor."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.published import PROFESSIONAL, is_published

from medcode.claims.model import (
    Accident,
    Address,
    Ambulance,
    Certification,
    ClaimDates,
    Contact,
    Identifier,
    Location,
    Note,
    Payer,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    SpinalManipulation,
    Submitter,
    Subscriber,
)
from medcode.codesets.icd9cm import Icd9Cm

if TYPE_CHECKING:
    from pathlib import Path

AMBULANCE = (
    ProfessionalClaim(
        control_number="051068",
        billing_provider=Provider(
            organization="AAA AMBULANCE SERVICE",
            address=Address("12202 AIRPORT WAY", "BROOMFIELD", "CO", "800210021"),
            npi="2366554859",
            tax_id="376985369",
            taxonomy="3416L0300X",
        ),
        subscriber=Subscriber(
            last_name="JONES",
            first_name="SARAH",
            middle_name="A",
            address=Address("1129 REINDEER ROAD", "CARR", "CO", "80612"),
            birth_date="1963-07-29",
            sex="F",
            member_id="012345678A",
            claim_filing="MB",
        ),
        payer=Payer(
            organization="MEDICARE PART B",
            payer_id="123245",
            address=Address("PO BOX 3543", "BALTIMORE", "MD", "666013543"),
        ),
        dates=ClaimDates(accident="2005-02-08"),
        accident=Accident(("OA",)),
        place_of_service="41",
        diagnoses=(Icd9Cm("862.8"), Icd9Cm("E888.8"), Icd9Cm("959.2"), Icd9Cm("854.0")),
        lines=(
            ProfessionalLine(
                charge=700,
                service_date="2005-02-08",
                control_number="1001",
                procedure=Procedure("A0427", ("RH",)),
                diagnosis_pointers=(1, 2, 3, 4),
                emergency="Y",
                ambulance=Ambulance(patient_count=2),
                note=Note("CARDIAC EMERGENCY"),
            ),
            ProfessionalLine(
                charge="8.20",
                service_date="2005-02-08",
                control_number="1002",
                procedure=Procedure("A0425", ("RH",)),
                quantity=21,
                diagnosis_pointers=(1, 2, 3, 4),
                emergency="Y",
                ambulance=Ambulance(patient_count=2),
            ),
            ProfessionalLine(
                charge=46,
                service_date="2005-02-08",
                control_number="1003",
                procedure=Procedure("A0422", ("RH",)),
                diagnosis_pointers=(1, 2, 3, 4),
                emergency="Y",
            ),
            ProfessionalLine(
                charge="12.30",
                service_date="2005-02-08",
                control_number="1004",
                procedure=Procedure("A0382", ("RH",)),
                diagnosis_pointers=(1, 2, 3, 4),
                emergency="Y",
            ),
        ),
        patient_signature_source="P",
        ambulance=Ambulance(
            reason="A",
            distance=21,
            patient_weight=275,
            stretcher_purpose="PATIENT IMOBILIZED",
            certifications=(Certification(("04", "06", "09")), Certification(("05", "07", "08"), "N")),
            pick_up=Location(Address("1129 REINDEER ROAD", "CARR", "CO", "80612")),
            drop_off=Location(Address("10005 BANNOCK ST", "CHEYENNE", "WY", "82009")),
        ),
    ),
)
ANESTHESIA = (
    ProfessionalClaim(
        control_number="153829140",
        billing_provider=Provider(
            organization="PROVIDER MEDICAL GROUP",
            address=Address("1234 WEST END AVE", "NASHVILLE", "TN", "37232"),
            npi="2366554859",
            tax_id="756473826",
        ),
        subscriber=Subscriber(
            last_name="JONES",
            first_name="MARGARET",
            address=Address("123 RAINBOW ROAD", "NASHVILLE", "TN", "37232"),
            birth_date="1974-03-03",
            sex="F",
            member_id="123456789A",
            claim_filing="MB",
        ),
        payer=Payer(organization="ABC PAYER", payer_id="05440"),
        rendering_provider=Provider(
            last_name="TOWNSEND",
            first_name="JACOB",
            middle_name="E",
            npi="5678912345",
            taxonomy="207L00000X",
            identifiers=(Identifier("1G", "A41234"),),
        ),
        service_facility=Provider(
            organization="PROVIDER OP HOSP",
            address=Address("345 MAIN DRIVE", "NASHVILLE", "TN", "37232"),
            npi="432198765",
        ),
        place_of_service="22",
        diagnoses=(Icd9Cm("366.16"),),
        lines=(
            ProfessionalLine(
                charge=827,
                service_date="2005-01-12",
                procedure=Procedure("00142", ("QK", "QS", "P1")),
                quantity=61,
                unit="MJ",
            ),
        ),
    ),
)
CHIROPRACTIC = (
    ProfessionalClaim(
        control_number="125WILL",
        billing_provider=Provider(
            last_name="GREENE",
            first_name="DAVID",
            middle_name="M",
            address=Address("1264 OAKWOOD AVE", "BALTIMORE", "MD", "21236"),
            npi="1234567890",
            tax_id="987654321",
            contacts=Contact("DR", phone="4105551212"),
        ),
        subscriber=Subscriber(
            last_name="WILLIAMSON",
            first_name="MATTHEW",
            middle_name="J",
            address=Address("128 BROADCREEK", "BALTIMORE", "MD", "21234"),
            birth_date="1925-01-10",
            sex="M",
            member_id="123456789A",
            claim_filing="MB",
        ),
        payer=Payer(organization="MEDICARE PART B MARYLAND", payer_id="C12345"),
        dates=ClaimDates(
            initial_treatment="2005-01-15", acute_manifestation="2005-01-10", last_x_ray="2005-01-13"
        ),
        diagnoses=(Icd9Cm("721.5"),),
        lines=(
            ProfessionalLine(
                charge="145.5", service_date="2005-02-15", control_number="01", procedure="98940"
            ),
        ),
        spinal_manipulation=SpinalManipulation(condition="A", description="CHRONIC PAIN AND DISCOMFORT"),
    ),
)
EXAMPLES = {
    "ambulance": (
        AMBULANCE,
        PROFESSIONAL.evolve(
            transaction_control_number="000017712",
            reference="000017712",
            reference_created=datetime.fromisoformat("2005-02-08 11:12"),
            submitter=Submitter(
                organization="AAA AMBULANCE SERVICE",
                id="376985369",
                contacts=Contact("LISA SMITH", phone="3037752536"),
            ),
            receiver_name="MEDICARE B",
            receiver_id="123245",
        ),
    ),
    "anesthesia": (
        ANESTHESIA,
        PROFESSIONAL.evolve(
            transaction_control_number="0001",
            reference="0123",
            reference_created=datetime.fromisoformat("2005-01-17 10:23"),
            submitter=Submitter(
                organization="PROVIDER MEDICAL GROUP",
                id="N305",
                contacts=Contact("NINA", phone="6155551212", extension="911"),
            ),
            receiver_name="ABC PAYER",
            receiver_id="05440",
        ),
    ),
    "chiropractic": (
        CHIROPRACTIC,
        PROFESSIONAL.evolve(
            transaction_control_number="3701",
            reference="007227",
            reference_created=datetime.fromisoformat("2005-02-15 07:54"),
            submitter=Submitter(
                organization="DAVID GREEN", id="S01057", contacts=Contact("KATHY SMITH", phone="4105558888")
            ),
            receiver_name="MEDICARE PART B MARYLAND",
            receiver_id="12345",
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_built_and_read_back(name: str, reference: Path) -> None:
    claims, envelope = EXAMPLES[name]
    is_published(claims, envelope, reference / f"samples/stupidedi/837P/{name}.edi")
