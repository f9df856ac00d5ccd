"""Hypothesis strategies: codes, parties and whole claims that are right on a day.

What they give is valid: codes billable on the day, check digits that fit, totals that add up,
structure that every guide accepts. Examples shrink to the smallest claim.

>>> from hypothesis import find
>>> from medcode.testing import strategies
>>> len(find(strategies.npis(), lambda npi: True))
10
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import (
    Address,
    Contact,
    Dependent,
    Payer,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    Subscriber,
)
from medcode.codesets.base import Status
from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.codesets.npi import Npi, check_digit

if TYPE_CHECKING:
    from datetime import date

    from hypothesis.strategies import SearchStrategy

__all__ = [
    "addresses",
    "dependents",
    "hcpcs_codes",
    "icd10cm_codes",
    "money",
    "names",
    "npis",
    "payers",
    "professional_claims",
    "professional_lines",
    "providers",
    "subscribers",
]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
_STATES = ("AL", "CA", "FL", "NY", "TX", "WI")
_PLACES = ("11", "12", "20", "22", "81")
_MODIFIERS = ("25", "59", "LT", "RT", "TC")
_OLDEST = 90 * 365


@cache
def names(longest: int = 35) -> SearchStrategy[str]:
    """Give names in capital letters, such as a claim carries."""
    word = st.text(_LETTERS, min_size=1, max_size=longest)
    return word | st.builds("{}{}{}".format, word, st.sampled_from(" '-"), word).map(
        lambda name: name[:longest].rstrip()
    )


@cache
def identifiers(shortest: int = 2, longest: int = 20) -> SearchStrategy[str]:
    """Give identifiers of capital letters and digits."""
    return st.text(_LETTERS + _DIGITS, min_size=shortest, max_size=longest)


@cache
def npis() -> SearchStrategy[Npi]:
    """Give national provider identifiers with their check digit."""
    return _numbers(9, 100_000_000, 299_999_999).map(lambda digits: Npi(digits + check_digit(digits)))


@cache
def _numbers(width: int, low: int = 0, high: int | None = None) -> SearchStrategy[str]:
    """Give numbers written with so many digits."""
    return st.integers(low, high or 10**width - 1).map(lambda number: f"{number:0{width}}")


@cache
def _billable(on: date) -> tuple[str, ...]:
    return tuple(str(code) for code in icd10cm if icd10cm.status(code, on) is Status.BILLABLE)


@cache
def icd10cm_codes(on: date) -> SearchStrategy[Icd10Cm]:
    """Give ICD-10-CM codes that are billable on a day."""
    codes = _billable(on)
    return st.integers(0, len(codes) - 1).map(lambda at: Icd10Cm(codes[at]))


@cache
def hcpcs_codes() -> SearchStrategy[Hcpcs]:
    """Give well-formed HCPCS and CPT codes; whether they exist no table says."""
    level_two = st.builds(str.__add__, st.sampled_from("ABCEGHJKLMPQRSTUV"), _numbers(4))
    return (_numbers(5, 10_000) | level_two).map(Hcpcs)


@cache
def money(most: int = 99_999) -> SearchStrategy[Decimal]:
    """Give amounts in US dollars and cents, more than nothing."""
    return st.integers(1, most * 100).map(lambda cents: Decimal(cents) / 100)


@cache
def addresses(*, full_zip: bool = False) -> SearchStrategy[Address]:
    """Give US addresses; `full_zip` asks for nine digits."""
    nine = _numbers(9, 100_000_000)
    zips = nine if full_zip else nine | _numbers(5, 10_000)
    streets = st.builds("{} {} ST".format, st.integers(1, 9999), names(20))
    return st.builds(
        Address, streets, names(30).filter(lambda city: len(city) > 1), st.sampled_from(_STATES), zips
    )


@cache
def contacts() -> SearchStrategy[Contact]:
    """Give contacts with a telephone number."""
    return st.builds(Contact, names(), phone=_numbers(10, 2_000_000_000))


@cache
def _taxonomies() -> SearchStrategy[str]:
    return st.builds("{}{}{}X".format, _numbers(3), st.sampled_from(_LETTERS), _numbers(5))


@cache
def providers(*, billing: bool = False, person: bool | None = None) -> SearchStrategy[Provider]:
    """Give providers; a billing provider has an address, a tax number and a contact."""
    common: dict[str, Any] = {"npi": npis(), "taxonomy": st.none() | _taxonomies()}
    if billing:
        common |= {
            "address": addresses(full_zip=True),
            "tax_id": _numbers(9, 100_000_000),
            "contacts": contacts().map(lambda contact: (contact,)),
        }
    persons = st.builds(Provider, last_name=names(), first_name=names(), **common)
    organizations = st.builds(Provider, organization=names(60), **common)
    if person is None:
        return organizations | persons
    return persons if person else organizations


@cache
def _born(on: date) -> SearchStrategy[date]:
    return st.integers(365, _OLDEST).map(lambda days: on - timedelta(days))


@cache
def subscribers(on: date, *, is_patient: bool = True) -> SearchStrategy[Subscriber]:
    """Give subscribers; one who is the patient has address, birth date and sex."""
    patient: dict[str, Any] = {}
    if is_patient:
        patient = {"address": addresses(), "birth_date": _born(on), "sex": st.sampled_from("FM")}
    return st.builds(
        Subscriber,
        last_name=names(60),
        first_name=names(),
        middle_name=st.none() | names(25),
        member_id=identifiers(),
        group_number=st.none() | identifiers(),
        claim_filing=st.sampled_from(("CI", "HM", "BL", "12")),
        **patient,
    )


@cache
def dependents(on: date) -> SearchStrategy[Dependent]:
    """Give patients who are not the subscriber."""
    return st.builds(
        Dependent,
        last_name=names(60),
        first_name=names(),
        relationship=st.sampled_from(("01", "19", "20", "G8")),
        address=addresses(),
        birth_date=_born(on),
        sex=st.sampled_from("FM"),
    )


@cache
def payers() -> SearchStrategy[Payer]:
    """Give payers with an id of their own."""
    return st.builds(Payer, organization=names(60), payer_id=identifiers(2, 15))


@cache
def professional_lines(on: date, diagnoses: int) -> SearchStrategy[ProfessionalLine]:
    """Give service lines of a day that point to some of so many diagnoses."""
    pointers = st.lists(st.integers(1, diagnoses), min_size=1, max_size=min(4, diagnoses), unique=True)
    modifiers = st.lists(st.sampled_from(_MODIFIERS), max_size=2, unique=True).map(tuple)
    return st.builds(
        ProfessionalLine,
        procedure=st.builds(Procedure, hcpcs_codes(), modifiers),
        charge=money(),
        quantity=st.integers(1, 99),
        service_date=st.just(on),
        diagnosis_pointers=pointers.map(tuple),
    )


@st.composite
def professional_claims(draw: st.DrawFn, valid_on: date) -> ProfessionalClaim:
    """Give professional claims for care on a day: an office visit and what may go with it."""
    codes = draw(st.lists(icd10cm_codes(valid_on), min_size=1, max_size=12, unique=True))
    dependent = draw(st.none() | dependents(valid_on))
    return ProfessionalClaim(
        control_number=draw(identifiers(1)),
        billing_provider=draw(providers(billing=True)),
        subscriber=draw(subscribers(valid_on, is_patient=dependent is None)),
        payer=draw(payers()),
        dependent=dependent,
        place_of_service=draw(st.sampled_from(_PLACES)),
        diagnoses=codes,
        lines=draw(st.lists(professional_lines(valid_on, len(codes)), min_size=1, max_size=4)),
        rendering_provider=draw(st.none() | providers(person=True)),
        referring_provider=draw(st.none() | providers(person=True).map(lambda p: p.evolve(taxonomy=None))),
    )
