"""X12's published examples, built from Python objects: durable medical equipment with its certificates."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.published import PROFESSIONAL, is_published

from medcode.claims.model import (
    Address,
    Contact,
    Equipment,
    EquipmentCertification,
    Form,
    FormAnswer,
    Identifier,
    LineDates,
    Payer,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    Submitter,
    Subscriber,
    TestResult,
)
from medcode.codesets.icd9cm import Icd9Cm

if TYPE_CHECKING:
    from pathlib import Path

WILSON_LARRY = Provider(
    last_name="WILSON",
    first_name="LARRY",
    address=Address("1212 NORTH MERIDIAN", "RICHMOND", "IN", "46223"),
    npi="5555511111",
    identifiers=(Identifier("1G", "X99999"),),
    contacts=Contact("LEE", phone="5554446666"),
)
FORMS = (
    Form(
        "04.03",
        (
            FormAnswer("1A", text="056"),
            FormAnswer("1C", text="20050228"),
            FormAnswer("2", text="1"),
            FormAnswer("3", text="1"),
            FormAnswer("4", "Y"),
            FormAnswer("5", text="2"),
            FormAnswer("7", "Y"),
            FormAnswer("8", "N"),
            FormAnswer("9", "Y"),
        ),
    ),
)
OXYGEN = (
    ProfessionalClaim(
        control_number="R03996273 #01",
        billing_provider=Provider(
            organization="OXYGEN SUPPLY COMPANY",
            address=Address("1800 EAST RIDGE DRIVE", "RICHMOND", "IN", "46224"),
            npi="9992233334",
            tax_id="389999999",
        ),
        subscriber=Subscriber(
            last_name="SMITH",
            first_name="TERRY",
            address=Address("121 SOUTH ST", "RICHMOND", "IN", "46236"),
            birth_date="1938-01-05",
            sex="F",
            member_id="111222333A",
            claim_filing="MB",
        ),
        payer=Payer(organization="DMERC CARRIER", payer_id="99999"),
        diagnoses=(Icd9Cm("496"), Icd9Cm("518.81"), Icd9Cm("285.9")),
        lines=(
            ProfessionalLine(
                charge="461.1",
                service_date=("2005-03-21", "2005-03-21"),
                procedure=Procedure("E1390", ("RR",)),
                diagnosis_pointers=(1, 2),
                dates=LineDates(
                    recertification="2005-03-21", begin_therapy="2004-03-21", last_certification="2005-03-01"
                ),
                equipment=Equipment(
                    certification=EquipmentCertification("R", 99), certificate_transmission="AD"
                ),
                ordering_provider=WILSON_LARRY,
                forms=FORMS,
            ),
            ProfessionalLine(
                charge="59.14",
                service_date=("2005-03-21", "2005-03-21"),
                procedure=Procedure("E0431", ("RR",)),
                diagnosis_pointers=(1, 2),
                dates=LineDates(
                    recertification="2005-03-21", begin_therapy="2004-03-21", last_certification="2005-03-01"
                ),
                equipment=Equipment(
                    certification=EquipmentCertification("R", 99), certificate_transmission="AD"
                ),
                ordering_provider=WILSON_LARRY,
                forms=FORMS,
            ),
        ),
    ),
)
WHEELCHAIR = (
    ProfessionalClaim(
        control_number="SMI123",
        billing_provider=Provider(
            organization="XYZ WHEELCHAIR INC",
            address=Address("1440 NORTH STREET", "LAFAYETTE", "IN", "47904"),
            npi="7778889999",
            tax_id="123567989",
            identifiers=(Identifier("1G", "0426960001"),),
        ),
        subscriber=Subscriber(
            last_name="SMITH",
            first_name="JAMES",
            address=Address("12 MAIN ST", "FRANKFORT", "IN", "46209"),
            birth_date="1920-10-23",
            sex="M",
            weight=155,
            member_id="987654321A",
            claim_filing="MB",
        ),
        payer=Payer(organization="DMERC CARRIER", payer_id="99999"),
        place_of_service="12",
        diagnoses=(Icd9Cm("436"), Icd9Cm("344.9")),
        lines=(
            ProfessionalLine(
                charge=75,
                service_date=("2005-03-21", "2005-03-21"),
                procedure=Procedure("K0001", ("RR", "KH", "BR")),
                diagnosis_pointers=(1, 2),
                dates=LineDates(begin_therapy="2004-03-21", last_certification="2005-03-21"),
                equipment=Equipment(
                    certification=EquipmentCertification("I", 99), certificate_transmission="AD"
                ),
                test_results=(TestResult(measure="HT", value=70),),
                ordering_provider=Provider(
                    last_name="WILSON",
                    first_name="RANDALL",
                    address=Address("1226 WEST RAILROAD STREET", "LAFAYETTE", "IN", "47905"),
                    npi="1111155555",
                    identifiers=(Identifier("1G", "M12345"),),
                    contacts=Contact("LEE", phone="7659259999"),
                ),
                forms=(
                    Form(
                        "02.03B",
                        (
                            FormAnswer("1", "Y"),
                            FormAnswer("2", "N"),
                            FormAnswer("3", "N"),
                            FormAnswer("4", "N"),
                            FormAnswer("5", text="8"),
                            FormAnswer("8", "N"),
                            FormAnswer("9", "Y"),
                        ),
                    ),
                ),
            ),
        ),
    ),
)
EXAMPLES = {
    "oxygen": (
        OXYGEN,
        PROFESSIONAL.evolve(
            transaction_control_number="0001",
            reference="16",
            reference_created=datetime.fromisoformat("2005-03-26 10:36"),
            submitter=Submitter(
                organization="OXYGEN SUPPLY COMPANY",
                id="ABC11111",
                contacts=Contact("BONNIE", phone="8125551111", email="HELPDESK@OXYGEN.COM"),
            ),
            receiver_name="DMERC CARRIER",
            receiver_id="99999",
        ),
    ),
    "wheelchair": (
        WHEELCHAIR,
        PROFESSIONAL.evolve(
            transaction_control_number="112233",
            reference="16",
            reference_created=datetime.fromisoformat("2005-03-26 10:36"),
            submitter=Submitter(
                organization="XYZ WHEELCHAIRS INC", id="ABC55", contacts=Contact("JANE", phone="2225551111")
            ),
            receiver_name="DMERC CARRIER",
            receiver_id="99999",
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_built_and_read_back(name: str, reference: Path) -> None:
    claims, envelope = EXAMPLES[name]
    is_published(claims, envelope, reference / f"samples/stupidedi/837P/{name}.edi")
