"""Who stands on a claim: providers, the subscriber, the patient, the payer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs
from dateutil.relativedelta import relativedelta

from medcode.claims.model.base import PHI, Day, Money, Part, optional_day, optional_money
from medcode.codesets.base import Malformed
from medcode.codesets.npi import Npi

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Address", "Contact", "Dependent", "Identifier", "Party", "Patient", "Payer", "Provider", "Subscriber"]


def optional_npi(value: str | None) -> Npi | Malformed | None:
    """Take in a national provider identifier; one that is wrong is held as `Malformed`."""
    return value if value is None or isinstance(value, (Npi, Malformed)) else Npi.parse(value)


@attrs.frozen(repr=False)
class Address(Part):
    """A postal address; `zip` is 5 or 9 digits without a dash, `state` its two letters."""

    line1: str = attrs.field(metadata=PHI)
    city: str | None = attrs.field(default=None, metadata=PHI)
    state: str | None = None
    zip: str | None = attrs.field(default=None, metadata=PHI)
    line2: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    country: str | None = attrs.field(default=None, kw_only=True)
    subdivision: str | None = attrs.field(default=None, kw_only=True)


@attrs.frozen(repr=False)
class Contact(Part):
    """Whom to ask, and how."""

    name: str | None = attrs.field(default=None, metadata=PHI)
    phone: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    extension: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    fax: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    email: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)


@attrs.frozen(repr=False)
class Identifier(Part):
    """A further identifier: its qualifier of the REF segment, and its value."""

    qualifier: str
    value: str = attrs.field(metadata=PHI)


@attrs.frozen(repr=False, kw_only=True)
class Party(Part):
    """A person or an organization: give `organization`, or `last_name` and what goes with it."""

    organization: str | None = attrs.field(default=None, metadata=PHI)
    last_name: str | None = attrs.field(default=None, metadata=PHI)
    first_name: str | None = attrs.field(default=None, metadata=PHI)
    middle_name: str | None = attrs.field(default=None, metadata=PHI)
    suffix: str | None = attrs.field(default=None, metadata=PHI)
    address: Address | None = None
    identifiers: tuple[Identifier, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether this is a person (entity type 1) and not an organization (2)."""
        return self.last_name is not None


@attrs.frozen(repr=False, kw_only=True)
class Provider(Party):
    """Who gave, ordered or bills the care.

    `tax_id` is 9 digits without dashes: an employer number (`tax_id_type` EI) or a social
    security number (SY). `taxonomy` is the NUCC provider taxonomy code.
    """

    npi: Npi | Malformed | None = attrs.field(default=None, converter=optional_npi)
    tax_id: str | None = attrs.field(default=None, metadata=PHI)
    tax_id_type: str = "EI"
    taxonomy: str | None = None
    contact: Contact | None = None
    pay_to_address: Address | None = None


class Patient:
    """What subscriber and dependent share when they are the patient."""

    __slots__ = ()

    birth_date: Day | None

    def age(self, on: date) -> int | None:
        """Completed years on a day; None where the birth date is unknown or after it.

        >>> Subscriber(last_name="DOE", birth_date="2000-02-29").age(date(2026, 2, 28))
        25
        """
        born = self.birth_date
        if born is None or isinstance(born, Malformed) or born > on:
            return None
        return relativedelta(on, born).years


@attrs.frozen(repr=False, kw_only=True)
class Subscriber(Party, Patient):
    """The person who holds the insurance, and how this payer ranks among theirs.

    `payer_responsibility` is P primary, S secondary, T tertiary, A-H later, U unknown;
    `claim_filing` the kind of plan (CI commercial, MB Medicare part B, MC Medicaid …).
    """

    member_id: str | None = attrs.field(default=None, metadata=PHI)
    member_id_type: str = "MI"
    birth_date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    sex: str | None = None
    payer_responsibility: str = "P"
    group_number: str | None = attrs.field(default=None, metadata=PHI)
    group_name: str | None = attrs.field(default=None, metadata=PHI)
    insurance_type: str | None = None
    claim_filing: str | None = None
    death_date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    weight: Money | None = attrs.field(default=None, converter=optional_money)
    pregnant: str | None = None


@attrs.frozen(repr=False, kw_only=True)
class Dependent(Party, Patient):
    """A patient who is not the subscriber; `relationship` is to the subscriber (19 child, 01 spouse …)."""

    relationship: str
    birth_date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    sex: str | None = None
    death_date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    weight: Money | None = attrs.field(default=None, converter=optional_money)
    pregnant: str | None = None


@attrs.frozen(repr=False, kw_only=True)
class Payer(Party):
    """Who is asked to pay; `payer_id_type` is PI (payer's own) or XV (national plan id)."""

    payer_id: str | None = None
    payer_id_type: str = "PI"
