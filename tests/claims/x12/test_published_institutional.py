"""X12's published examples, built from Python objects: institutional claims."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.published import INSTITUTIONAL, is_published

from medcode.claims.model import (
    Accident,
    Address,
    Contact,
    Dependent,
    Identifier,
    InstitutionalClaim,
    InstitutionalLine,
    Occurrence,
    OtherPayer,
    OtherSubscriber,
    Payer,
    Provider,
    Submitter,
    Subscriber,
    ValueAmount,
)
from medcode.codesets.base import Malformed
from medcode.codesets.icd9cm import Icd9Cm

if TYPE_CHECKING:
    from pathlib import Path

JONES = Provider(
    organization="JONES HOSPITAL",
    address=Address("225 MAIN STREET", "ANYWHERE", "PA", "17111"),
    npi="1234567890",
    tax_id="123456789",
    taxonomy="282N00000X",
)
HOSPITAL = (
    InstitutionalClaim(
        control_number="756048Q",
        billing_provider=Provider(
            organization="JONES HOSPITAL",
            address=Address("225 MAIN STREET BARKLEY BUILDING", "CENTERVILLE", "PA", "17111"),
            npi="9876540809",
            tax_id="567891234",
            taxonomy="203BA0200N",
        ),
        subscriber=Subscriber(
            last_name="DOE",
            first_name="JOHN",
            middle_name="T",
            address=Address("125 CITY AVENUE", "CENTERVILLE", "PA", "17111"),
            birth_date="1926-11-11",
            sex="M",
            member_id="030005074A",
            claim_filing="MB",
        ),
        payer=Payer(
            organization="MEDICARE B",
            payer_id="00435",
            billing_provider_identifiers=(Identifier("G2", "330127"),),
        ),
        other_payers=(
            OtherPayer(
                payer=Payer(organization="STATE TEACHERS", payer_id="1135"),
                subscriber=OtherSubscriber(
                    last_name="DOE",
                    first_name="JANE",
                    middle_name="S",
                    address=Address("125 CITY AVENUE", "CENTERVILLE", "PA", "17111"),
                    member_id="222004433",
                ),
                payer_responsibility="S",
                relationship="01",
                group_number="351630",
                group_name="STATE TEACHERS",
                claim_filing="CI",
            ),
        ),
        facility_type="14",
        statement_dates=Malformed("19960911"),
        discharge_status="01",
        principal_diagnosis=Icd9Cm("366.9"),
        lines=(
            InstitutionalLine(
                charge="13.39", service_date="1996-09-11", revenue_code="0305", procedure="85025"
            ),
            InstitutionalLine(
                charge="76.54", service_date="1996-09-11", revenue_code="0730", procedure="93005", quantity=3
            ),
        ),
        admission_type="3",
        other_diagnoses=(Icd9Cm("401.9"), Icd9Cm("794.31")),
        occurrences=(
            Occurrence("A1", "1926-11-11"),
            Occurrence("A2", "1991-11-01"),
            Occurrence("B1", "1926-11-11"),
            Occurrence("B2", "1987-01-01"),
        ),
        value_codes=(ValueAmount("A2", "15.31"),),
        condition_codes=("09",),
        attending_provider=Provider(
            last_name="JONES", first_name="JOHN", middle_name="J", identifiers=(Identifier("1G", "B99937"),)
        ),
    ),
)
AUTOMOBILE_ACCIDENT = (
    InstitutionalClaim(
        control_number="67236695521",
        billing_provider=Provider(
            organization="HALL OF FAME MEMORIAL HOSPITAL",
            address=Address("1 CANTON ROAD", "BROKEN FIELD", "CA", "99998"),
            npi="2365259638",
            tax_id="737373737",
            taxonomy="203BA0200N",
        ),
        subscriber=Subscriber(
            last_name="HOWLING", first_name="HAL", member_id="B999777791G", claim_filing="AM"
        ),
        payer=Payer(organization="HEISMAN INSURANCE COMPANY", payer_id="999888777"),
        dependent=Dependent(
            last_name="MEXICO",
            first_name="RON",
            address=Address("32 BUFFALO RUN", "ROCKING HORSE", "CA", "99666"),
            birth_date="1948-06-01",
            sex="M",
            casualty_claim_number="32323232",
            relationship="21",
        ),
        accident=Accident(state="CA"),
        facility_type="13",
        statement_dates=("2005-10-31", "2005-11-01"),
        discharge_status="1",
        principal_diagnosis=Icd9Cm("884.2"),
        lines=(
            InstitutionalLine(charge=150, service_date="2005-10-31", revenue_code="0450", procedure="98765"),
            InstitutionalLine(charge=75, service_date="2005-10-31", revenue_code="0360", procedure="26591"),
            InstitutionalLine(
                charge=100, service_date="2005-10-31", revenue_code="0312", procedure="86225", quantity=2
            ),
            InstitutionalLine(charge=220, service_date="2005-10-31", revenue_code="0360", procedure="99283"),
        ),
        admission_type="3",
        admission_source="7",
        reasons_for_visit=(Icd9Cm("884.2"),),
        external_causes=(Icd9Cm("E975.0"), Icd9Cm("E986.0")),
        attending_provider=Provider(last_name="LOMBARDO", first_name="VINCENT", npi="2533698543"),
    ),
)
TWO = (
    InstitutionalClaim(
        control_number="756048Q",
        billing_provider=JONES,
        subscriber=Subscriber(
            last_name="DOE",
            first_name="JOHN",
            middle_name="T",
            address=Address("125 CITY AVENUE", "ANYWHERE", "PA", "17111"),
            birth_date="1968-11-11",
            sex="M",
            member_id="030005074",
            claim_filing="CH",
        ),
        payer=Payer(organization="TRICARE", payer_id="99999"),
        accepts_assignment="C",
        facility_type="13",
        statement_dates=("2005-03-15", "2005-03-15"),
        discharge_status="01",
        principal_diagnosis=Icd9Cm("366.9"),
        lines=(
            InstitutionalLine(
                charge="13.39", service_date="2005-03-15", revenue_code="0305", procedure="85025"
            ),
            InstitutionalLine(
                charge="76.56", service_date="2005-03-15", revenue_code="0730", procedure="93010", quantity=3
            ),
        ),
        admission_type="1",
        other_diagnoses=(Icd9Cm("401.9"), Icd9Cm("794.31")),
        attending_provider=Provider(
            last_name="JONES",
            first_name="JOHN",
            middle_name="J",
            npi="1122334455",
            identifiers=(Identifier("1G", "U12345"),),
        ),
    ),
    InstitutionalClaim(
        control_number="756049Q",
        billing_provider=JONES,
        subscriber=Subscriber(
            last_name="SMITH",
            first_name="JOE",
            address=Address("5 MAIN STREET", "ANYWHERE", "PA", "17111"),
            birth_date="1962-12-10",
            sex="M",
            member_id="123405074",
            claim_filing="CH",
        ),
        payer=Payer(organization="TRICARE", payer_id="99999"),
        accepts_assignment="C",
        facility_type="13",
        statement_dates=("2005-04-01", "2005-04-01"),
        discharge_status="01",
        principal_diagnosis=Icd9Cm("300.00"),
        lines=(
            InstitutionalLine(charge=50, service_date="2005-04-01", revenue_code="0300", procedure="85087"),
        ),
        admission_type="1",
        attending_provider=Provider(
            last_name="JONES", first_name="JUDY", middle_name="J", npi="9999999999", taxonomy="363LP0200N"
        ),
    ),
)
EXAMPLES = {
    "837-institutional-claim": (
        HOSPITAL,
        INSTITUTIONAL.evolve(
            transaction_control_number="987654",
            reference="0123",
            reference_created=datetime.fromisoformat("1996-09-18 09:32"),
            submitter=Submitter(
                organization="JONES HOSPITAL", id="12345", contacts=Contact("JANE DOE", phone="9005555555")
            ),
            receiver_name="MEDICARE",
            receiver_id="00120",
        ),
    ),
    "automobile-accident": (
        AUTOMOBILE_ACCIDENT,
        INSTITUTIONAL.evolve(
            transaction_control_number="557766",
            reference="0324",
            reference_created=datetime.fromisoformat("2005-11-11 18:00"),
            submitter=Submitter(
                organization="HALL OF FAME MEMORIAL HOSPITAL",
                id="737373737",
                contacts=Contact("kate casey", phone="7152569877"),
            ),
            receiver_name="HEISMAN INSURANCE COMPANY",
            receiver_id="999888777",
        ),
    ),
    "two-claims-for-the-same-provider": (
        TWO,
        INSTITUTIONAL.evolve(
            transaction_control_number="987654",
            reference="0123",
            reference_created=datetime.fromisoformat("2005-06-30 09:32"),
            submitter=Submitter(
                organization="JONES HOSPITAL", id="12345", contacts=Contact("JANE DOE", phone="1112223333")
            ),
            receiver_name="TRICARE",
            receiver_id="99999",
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_built_and_read_back(name: str, reference: Path) -> None:
    claims, envelope = EXAMPLES[name]
    is_published(claims, envelope, reference / f"samples/stupidedi/837I/{name}.edi")
