"""The files that bench/x12.py measures over: claims made the same each time, recurring, varied, institutional, mixed."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims import Claim, ProfessionalClaim

__all__ = ["FILES"]

NPI = "1234567893"
CODES = ("99213", "36415", "80053", "93000")
DIAGNOSES = ("E119", "I10", "J069", "M5450")


def made(number: int) -> Iterator[ProfessionalClaim]:
    """Make claims of one clinic, each of another patient, with four lines and two diagnoses."""
    from medcode.claims import (
        Address,
        Contact,
        Payer,
        ProfessionalClaim,
        ProfessionalLine,
        Provider,
        Subscriber,
    )

    choose = random.Random(1)  # the same claims each time
    clinic = Provider(
        organization="LAKESIDE CLINIC",
        npi=NPI,
        tax_id="123456789",
        taxonomy="207Q00000X",
        address=Address("100 MAIN ST", "MADISON", "WI", "537031234"),
        contacts=(Contact("OFFICE", phone="6085550100"),),
    )
    doctor = Provider(last_name="ROE", first_name="ANN", npi=NPI)
    for at in range(number):
        day = date(2026, 1, 1) + timedelta(days=choose.randrange(300))
        yield ProfessionalClaim(
            control_number=f"V{at:06}",
            billing_provider=clinic,
            rendering_provider=doctor,
            subscriber=Subscriber(
                last_name="DOE",
                first_name="JO",
                member_id=f"M{at:08}",
                birth_date="1980-02-03",
                sex=choose.choice("FM"),
                claim_filing="CI",
                address=Address(f"{at} OAK ST", "MADISON", "WI", "53703"),
            ),
            payer=Payer(organization="PLAN ONE", payer_id="12345"),
            diagnoses=choose.sample(DIAGNOSES, 2),
            lines=[
                ProfessionalLine(
                    procedure=code,
                    charge=choose.randrange(20, 200),
                    service_date=day,
                    diagnosis_pointers=(1, 2),
                )
                for code in CODES
            ],
        )


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def word(choose: random.Random, length: int) -> str:
    """Draw a word that hardly comes again."""
    return "".join(choose.choices(LETTERS, k=length))


def varied(number: int) -> Iterator[ProfessionalClaim]:
    """Make claims whose names, ids, days, codes and amounts differ from one to the next, some 35 segments each."""
    from medcode import icd10cm
    from medcode.claims import (
        Address,
        Contact,
        Payer,
        Procedure,
        ProfessionalClaim,
        ProfessionalLine,
        Provider,
        Subscriber,
    )
    from medcode.claims.model import ClaimReferences

    choose = random.Random(2)
    codes = [code for code in icd10cm.as_of(date(2026, 1, 5)) if icd10cm[code].billable]

    def address() -> Address:
        return Address(
            f"{choose.randrange(9999)} {word(choose, 8)} ST",
            word(choose, 9),
            "WI",
            f"{choose.randrange(10000, 99999)}",
        )

    def provider() -> Provider:
        return Provider(last_name=word(choose, 9), first_name=word(choose, 6), npi=npi(choose))

    clinic = Provider(
        organization="LAKESIDE CLINIC",
        npi=NPI,
        tax_id="123456789",
        taxonomy="207Q00000X",
        address=Address("100 MAIN ST", "MADISON", "WI", "537031234"),
        contacts=(Contact("OFFICE", phone="6085550100"),),
    )
    for at in range(number):
        yield ProfessionalClaim(
            control_number=f"{word(choose, 4)}{at:06}",
            billing_provider=clinic,
            rendering_provider=provider(),
            referring_provider=provider(),
            subscriber=Subscriber(
                last_name=word(choose, 8),
                first_name=word(choose, 5),
                member_id=f"{word(choose, 3)}{at:08}",
                birth_date=date(1940, 1, 1) + timedelta(days=choose.randrange(25_000)),
                sex=choose.choice("FM"),
                claim_filing="CI",
                address=address(),
            ),
            payer=Payer(organization=word(choose, 10), payer_id=f"{choose.randrange(10000, 99999)}"),
            references=ClaimReferences(medical_record=word(choose, 10), prior_authorization=word(choose, 12)),
            diagnoses=choose.sample(codes, 4),
            lines=[
                ProfessionalLine(
                    procedure=Procedure(f"{choose.choice('AEGJLQ')}{choose.randrange(1000, 9999)}", ["59"]),
                    charge=f"{choose.randrange(20, 900)}.{choose.randrange(11, 99)}",
                    service_date=date(2026, 1, 1) + timedelta(days=choose.randrange(300)),
                    diagnosis_pointers=tuple(choose.sample((1, 2, 3, 4), choose.randrange(1, 5))),
                    control_number=f"{at}L{line}",
                )
                for line in range(4)
            ],
        )


def npi(choose: random.Random) -> str:
    """Draw an NPI with its check digit."""
    from medcode import Npi

    body = f"1{choose.randrange(10**8):08}"
    return next(text for digit in range(10) if Npi.is_valid(text := f"{body}{digit}"))


def institutional(number: int) -> Iterator[Claim]:
    """Make claims of a hospital, with values that differ."""
    from medcode.claims import DateRange, InstitutionalClaim, InstitutionalLine

    choose = random.Random(3)
    for claim in varied(number):
        start = date(2026, 1, 1) + timedelta(days=choose.randrange(300))
        yield InstitutionalClaim(
            control_number=claim.control_number,
            billing_provider=claim.billing_provider,
            attending_provider=claim.rendering_provider,
            subscriber=claim.subscriber,
            payer=claim.payer,
            references=claim.references,
            facility_type="13",
            frequency="1",
            statement_dates=DateRange(start, start),
            discharge_status="01",
            admission_type="3",
            admission_source="1",
            principal_diagnosis=claim.diagnoses[0],
            other_diagnoses=claim.diagnoses[1:],
            lines=[
                InstitutionalLine(
                    revenue_code=choose.choice(("0450", "0300", "0320", "0636")),
                    procedure=line.procedure,
                    charge=line.charge,
                    service_date=start,
                    control_number=line.control_number,
                )
                for line in claim.lines
            ],
        )


def mixed(number: int) -> Iterator[Claim]:
    """Mix the claims of the public professional samples, each time with other names, ids and amounts."""
    from medcode.claims import ProfessionalClaim, x12

    root = Path(os.environ.get("MEDCODE_REFERENCE_DATA") or Path(__file__).parents[2] / "shared", "samples")
    claims = [
        claim
        for path in sorted(root.rglob("*"))
        if path.suffix == ".edi" and b"005010X222" in path.read_bytes()[:2000]
        for claim in x12.load(path).claims()
        if isinstance(claim, ProfessionalClaim) and not claim.extras
    ]
    choose = random.Random(4)
    for at, other in zip(range(number), varied(number), strict=True):
        claim = choose.choice(claims)
        yield claim.evolve(
            control_number=other.control_number,
            subscriber=claim.subscriber.evolve(
                last_name=word(choose, 8),
                first_name=word(choose, 5),
                organization=None,
                member_id=f"M{at:08}",
            ),
            origin=None,
        )


FILES: dict[str, Callable[[int], Iterator[Claim]]] = {
    "recurring": made,
    "hardly recurring": varied,
    "institutional": institutional,
    "samples mixed": mixed,
}
