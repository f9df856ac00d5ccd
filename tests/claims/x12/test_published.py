"""X12's published examples, built from Python objects, are the published segments."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from medcode.claims import (
    Address,
    Contact,
    Dependent,
    Diagnosis,
    Identifier,
    Payer,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    Submitter,
    Subscriber,
    x12,
)
from medcode.claims.model import ClaimDates, ClaimReferences
from medcode.codesets.icd9cm import Icd9Cm
from medcode.errors import Rejected

if TYPE_CHECKING:
    from pathlib import Path

BILLER = Provider(
    organization="BEN KILDARE SERVICE",
    npi="9876543210",
    tax_id="587654321",
    taxonomy="203BF0100Y",
    address=Address("234 SEAWAY ST", "MIAMI", "FL", "33111"),
    pay_to_address=Address("2345 OCEAN BLVD", "MIAMI", "FL", "33111"),
)
ENVELOPE = x12.Envelope(
    sender="123456789012345",
    receiver="123456789012346",
    control_number=10216,
    created=datetime(2006, 10, 15, 17, 5),  # noqa: DTZ001  # ISA carries the sender's local time
    group_sender="1234567890",
    group_receiver="9876543210",
    group_control_number=20213,
    transaction_control_number="0021",
    reference="244579",
    reference_created=datetime(2006, 10, 15, 10, 23),  # noqa: DTZ001  # as above
    submitter=Submitter(
        organization="PREMIER BILLING SERVICE",
        id="TGJ23",
        contacts=(Contact("JERRY", phone="3055552222", extension="231"),),
    ),
    receiver_name="KEY INSURANCE COMPANY",
    receiver_id="66783JJT",
    delimiters=x12.Delimiters(component=":", repetition=">"),
)


def line(code: str, charge: int, pointer: int, day: int) -> ProfessionalLine:
    return ProfessionalLine(
        procedure=code, charge=charge, diagnosis_pointers=(pointer,), service_date=date(2006, 10, day)
    )


COMMERCIAL = ProfessionalClaim(
    control_number="26463774",
    billing_provider=BILLER,
    subscriber=Subscriber(
        last_name="SMITH",
        first_name="JANE",
        member_id="JS00111223333",
        birth_date="1943-05-01",
        sex="F",
        group_number="2222-SJ",
        claim_filing="CI",
    ),
    payer=Payer(
        organization="KEY INSURANCE COMPANY",
        payer_id="999996666",
        billing_provider_identifiers=(Identifier("G2", "KA6663"),),
    ),
    dependent=Dependent(
        last_name="SMITH",
        first_name="TED",
        relationship="19",
        birth_date="1973-05-01",
        sex="M",
        address=Address("236 N MAIN  ST", "MIAMI", "FL", "33413"),
    ),
    release_of_information="I",
    references=ClaimReferences(clearinghouse="17312345600006351"),
    diagnoses=(Diagnosis(Icd9Cm("034.0")), Diagnosis(Icd9Cm("V73.89"))),
    lines=(
        line("99213", 40, 1, 3),
        line("87070", 15, 1, 3),
        line("99214", 35, 2, 10),
        line("86663", 10, 2, 10),
    ),
)
ENCOUNTER = COMMERCIAL.evolve(
    control_number="26462967",
    subscriber=Subscriber(
        last_name="SMITH",
        first_name="TED",
        member_id="00221111",
        birth_date="1943-05-01",
        sex="M",
        group_number="12312-A",
        claim_filing="HM",
        address=Address("236 N MAIN ST", "MIAMI", "FL", "33413"),
    ),
    payer=Payer(organization="ALLIANCE HEALTH AND LIFE INSURANCE", payer_id="741234"),
    dependent=None,
    dates=ClaimDates(onset=date(1998, 10, 3)),
    service_facility=Provider(
        organization="KILDARE ASSOCIATES",
        npi="5812345679",
        address=Address("2345 OCEAN BLVD", "MIAMI", "FL", "33111"),
    ),
    lines=(
        line("99213", 40, 1, 3),
        line("87072", 15, 1, 3),
        line("99214", 35, 2, 10),
        line("86663", 10, 2, 10),
    ),
)
EXAMPLES = {
    "commercial-health-insurance.edi": (COMMERCIAL, ENVELOPE),
    "encounter.edi": (
        ENCOUNTER,
        ENVELOPE.evolve(reference="0123", claim_type="RP", receiver_name="AHLIC"),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_built_and_read_back(name: str, reference: Path) -> None:
    claim, envelope = EXAMPLES[name]
    published = (reference / "samples/stupidedi/837P" / name).read_text(encoding="utf-8")
    assert x12.dumps([claim], envelope, check=False).split("~") == published.split("~")
    assert list(x12.loads(published).claims()) == [claim]


def test_nothing_is_written_while_an_npi_is_wrong() -> None:
    with pytest.raises(Rejected) as caught:
        x12.dumps([COMMERCIAL], ENVELOPE)
    assert [error.finding.name for error in caught.value.errors] == ["malformed-value"]


def test_the_segments_people_know_by_heart() -> None:
    segments = x12.dumps([COMMERCIAL], ENVELOPE, check=False).split("~")
    assert "CLM*26463774*100***11:B:1*Y*A*Y*I" in segments
    assert "HI*BK:0340*BF:V7389" in segments
    assert "SE*42*0021" in segments
