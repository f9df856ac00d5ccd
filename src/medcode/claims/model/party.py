"""The parties of a claim: providers, subscriber, patient, payer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import (
    PHI,
    QUIET,
    Day,
    Money,
    Part,
    all_of,
    joined,
    optional_day,
    optional_money,
    part,
)
from medcode.codesets.base import Malformed
from medcode.codesets.npi import Npi

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = [
    "Address",
    "Contact",
    "Dependent",
    "Identifier",
    "Named",
    "Party",
    "Patient",
    "PayToPlan",
    "Payer",
    "Provider",
    "Subscriber",
    "contacts",
    "optional_npi",
]


def optional_npi(value: str | None) -> Npi | Malformed | None:
    """Convert a National Provider Identifier; a wrong one is kept as `Malformed`."""
    return value if value is None or isinstance(value, (Npi, Malformed)) else Npi.parse(value)


def zip_digits(value: str | None) -> str | None:
    """Convert a ZIP code that may have its dash, to digits."""
    return joined(value, (5, 4))


def phone_digits(value: str | None) -> str | None:
    """Convert a telephone number as people write it, such as (555) 555-0100, to digits."""
    return joined(value, (3, 3, 4))


def tax_digits(value: str | None) -> str | None:
    """Convert an employer or social security number that may have its dashes, to digits."""
    return joined(value, (2, 7), (3, 2, 4))


@part
class Address(Part):
    """A postal address; `zip` is 5 or 9 digits, with or without a dash, `state` its two letters."""

    line1: str = attrs.field(metadata=PHI)
    city: str | None = attrs.field(default=None, metadata=PHI)
    state: str | None = attrs.field(default=None, metadata=QUIET)
    zip: str | None = attrs.field(default=None, converter=zip_digits, metadata=PHI)
    line2: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    country: str | None = attrs.field(default=None, kw_only=True)
    subdivision: str | None = attrs.field(default=None, kw_only=True)


@part
class Contact(Part):
    """A contact: whom to ask, and how."""

    name: str | None = attrs.field(default=None, metadata=PHI)
    phone: str | None = attrs.field(default=None, converter=phone_digits, metadata=PHI, kw_only=True)
    extension: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    fax: str | None = attrs.field(default=None, converter=phone_digits, metadata=PHI, kw_only=True)
    email: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)


@part
class Identifier(Part):
    """A further identifier: its qualifier of the REF segment, and its value.

    Qualifiers of providers are 0B state license, 1G UPIN, G2 the payer's number, LU location;
    of payers 2U payer id, EI employer id, FY office, NF NAIC. `payer_id`, on lines, is that of
    another payer that issued the number.
    """

    qualifier: str
    value: str = attrs.field(metadata=PHI)
    payer_id: str | None = attrs.field(default=None, kw_only=True)


def to_identifiers(values: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Return identifiers as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(Identifier, values)


@part(kw_only=True)
class Named(Part):
    """A person or an organization: give `organization`, or `last_name` and what goes with it."""

    organization: str | None = attrs.field(default=None, metadata=PHI)
    last_name: str | None = attrs.field(default=None, metadata=PHI)
    first_name: str | None = attrs.field(default=None, metadata=PHI)
    middle_name: str | None = attrs.field(default=None, metadata=PHI)

    @property
    def is_person(self) -> bool:
        """Whether this is a person (entity type 1) and not an organization (2)."""
        return self.last_name is not None


@part(kw_only=True)
class Party(Named):
    """A person or an organization with an address."""

    suffix: str | None = attrs.field(default=None, metadata=PHI)
    address: Address | None = None


def contacts(value: Contact | Iterable[Contact]) -> tuple[Contact, ...]:
    """Return one contact or several as a tuple."""
    return (value,) if isinstance(value, Contact) else all_of(Contact, value)


@part(kw_only=True)
class Payer(Part):
    """The payer asked to pay; `payer_id_type` is PI (payer's own) or XV (national plan id).

    `billing_provider_identifiers` are the numbers that this payer knows the billing provider by.
    """

    organization: str | None = attrs.field(default=None, metadata=QUIET)
    payer_id: str | None = attrs.field(default=None, metadata=QUIET)
    payer_id_type: str = "PI"
    address: Address | None = None
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)
    billing_provider_identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)


@part(kw_only=True)
class PayToPlan(Part):
    """A health plan that has paid and asks for reimbursement; `tax_id` is its employer number."""

    organization: str | None = attrs.field(default=None, metadata=QUIET)
    payer_id: str | None = attrs.field(default=None, metadata=QUIET)
    payer_id_type: str = "PI"
    address: Address | None = None
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)
    tax_id: str | None = attrs.field(default=None, converter=tax_digits, metadata=PHI)


@part(kw_only=True)
class Provider(Party):
    """Who rendered, ordered or bills the care.

    `tax_id` is 9 digits, with or without dashes: an employer number (`tax_id_type` EI) or a social
    security number (SY). `taxonomy` is the NUCC provider taxonomy code. Tax number and the
    pay-to address and plan belong to the billing provider only.
    """

    npi: Npi | Malformed | None = attrs.field(default=None, converter=optional_npi)
    tax_id: str | None = attrs.field(default=None, converter=tax_digits, metadata=PHI)
    tax_id_type: str = "EI"
    taxonomy: str | None = None
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=contacts)
    pay_to_address: Address | None = None
    pay_to_plan: PayToPlan | None = None


@part(kw_only=True)
class Patient(Party):
    """What subscriber and dependent share: birth, sex, and what matters where they are the patient.

    `sex` is F, M or U; `weight` in pounds; `pregnant` Y or nothing. `casualty_claim_number` is
    the property and casualty payer's number of the case.
    """

    birth_date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    sex: str | None = attrs.field(default=None, metadata=QUIET)
    death_date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    weight: Money | None = attrs.field(default=None, converter=optional_money)
    pregnant: str | None = None
    casualty_claim_number: str | None = attrs.field(default=None, metadata=PHI)
    contacts: tuple[Contact, ...] = attrs.field(default=(), converter=contacts)

    def age(self, on: date) -> int | None:
        """Completed years on a day; None where the birth date is unknown or after it.

        >>> from datetime import date
        >>> Subscriber(last_name="DOE", birth_date="2000-02-29").age(date(2026, 2, 28))
        25
        """
        born = self.birth_date
        if born is None or isinstance(born, Malformed) or born > on:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@part(kw_only=True)
class Subscriber(Patient):
    """The person who holds the insurance, and how this payer ranks among theirs.

    `payer_responsibility` is P primary, S secondary, T tertiary, A-H later, U unknown;
    `claim_filing` the kind of plan (CI commercial, MB Medicare part B, MC Medicaid …);
    `insurance_type` says why Medicare is not primary (12 13 14 15 16 41 42 43 47).
    """

    member_id: str | None = attrs.field(default=None, metadata=PHI)
    member_id_type: str = "MI"
    ssn: str | None = attrs.field(default=None, converter=tax_digits, metadata=PHI)
    payer_responsibility: str = "P"
    group_number: str | None = attrs.field(default=None, metadata=PHI)
    group_name: str | None = attrs.field(default=None, metadata=PHI)
    insurance_type: str | None = None
    claim_filing: str | None = None


@part(kw_only=True)
class Dependent(Patient):
    """A patient who is not the subscriber; `relationship` is to the subscriber (19 child, 01 spouse …).

    `patient_id` is for property and casualty claims: a member number (`patient_id_type` 1W) or
    a social security number (SY).
    """

    relationship: str
    patient_id: str | None = attrs.field(default=None, metadata=PHI)
    patient_id_type: str = "1W"
