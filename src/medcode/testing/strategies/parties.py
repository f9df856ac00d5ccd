"""People, organizations and places: providers, subscribers, patients, payers, who sends and who receives."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import (
    Address,
    Contact,
    Dependent,
    Identifier,
    Payer,
    PayToPlan,
    ProfessionalClaim,
    Provider,
    ProviderIdentity,
    Submitter,
    Subscriber,
)
from medcode.testing.strategies.codes import npis, taxonomies
from medcode.testing.strategies.guided import guided
from medcode.testing.strategies.primitives import (
    DAY,
    identifiers,
    kept,
    listed,
    maybe,
    names,
    numbers,
    one_of,
    some,
    word,
    words,
)

if TYPE_CHECKING:
    from datetime import date

    from hypothesis.strategies import SearchStrategy

__all__ = [
    "addresses",
    "contacts",
    "dependents",
    "identities",
    "payers",
    "people",
    "providers",
    "submitters",
    "subscribers",
]

STATES = ("AL", "CA", "DC", "FL", "NY", "PR", "TX", "WI")
PLANS = ("CI", "HM", "BL", "12", "MC", "CH", "WC", "ZZ")
"""Kinds of plan without a time limit or a shape of member numbers of their own, as Medicare has."""
OLDEST = 90 * 365
FIVE_DIGITS = 100_000


@kept
def addresses(*, full_zip: bool = False) -> SearchStrategy[Address]:
    """Draw US addresses; `full_zip` asks for nine digits."""
    lowest = 100_000_000 if full_zip else 10_000
    return st.builds(
        Address,
        st.integers(0, 9999 * 26**8).map(street),
        words(20).map("{}TON".format),
        one_of(STATES),
        st.integers(lowest, 999_999_999).map(zip_code),
        line2=maybe("SUITE {}"),
    )


def street(number: int) -> str:
    """Write a whole number as a street with its house number."""
    name, house = divmod(number, 9999)
    return f"{house + 1} {word(name)} ST"


def zip_code(number: int) -> str:
    """Write a whole number as a postal code in five digits, or in nine."""
    return f"{number:05}" if number < FIVE_DIGITS else f"{number:09}"


@kept
def phones() -> SearchStrategy[str]:
    """Draw telephone numbers in ten digits."""
    return numbers(10, 2_000_000_000)


@kept
def contacts(*, phone_only: bool = False) -> SearchStrategy[Contact]:
    """Draw contacts with a telephone number, and perhaps another way."""
    ways: dict[str, SearchStrategy[Any]] = {"extension": numbers(3)}
    if not phone_only:
        ways |= {"fax": phones(), "email": words(10).map(lambda word: f"{word}@EXAMPLE.COM")}
    return st.builds(
        lambda name, phone, more: Contact(name, phone=phone, **more), names(), phones(), some(ways, 1)
    )


@kept
def people(longest: int = 60) -> SearchStrategy[dict[str, Any]]:
    """Draw what names a person."""
    more = {"middle_name": names(25), "suffix": one_of(("JR", "SR", "III"))}
    return st.builds(
        lambda last, first, given: {"last_name": last, "first_name": first, **given},
        names(longest),
        names(),
        some(more, 1),
    )


@kept
def numbered(codes: str, *, repeats: int = 2) -> SearchStrategy[tuple[Identifier, ...]]:
    """Draw further identifiers, each with another of the qualifiers."""
    qualifiers = st.lists(one_of(codes.split()), max_size=repeats, unique=True)
    return qualifiers.flatmap(
        lambda chosen: st.tuples(*(st.builds(Identifier, st.just(code), identifiers()) for code in chosen))
    )


@kept
def providers(
    *, billing: bool = False, person: bool | None = None, specialty: bool = False, codes: str = ""
) -> SearchStrategy[Provider]:
    """Draw providers, persons or organizations.

    A billing provider has an address, a tax number and a contact, and may tell where payment goes.
    One with a `specialty` may tell its taxonomy; `codes` are qualifiers of further identifiers that
    it may have.
    """
    if person is None:
        return providers(billing=billing, person=False, specialty=specialty, codes=codes) | providers(
            billing=billing, person=True, specialty=specialty, codes=codes
        )
    table: dict[str, SearchStrategy[Any]] = {}
    if specialty or billing:
        table["taxonomy"] = taxonomies()
    if billing:
        table |= {"pay_to_address": addresses(), "pay_to_plan": pay_to_plans()}
    if codes:
        table["identifiers"] = numbered(codes)
    return st.builds(
        lambda name, npi, more, bills: Provider(**name, npi=npi, **more, **bills),
        people() if person else names(60).map(lambda name: {"organization": name}),
        npis(),
        some(table, 1) if table else NOTHING,
        BILLING if billing else NOTHING,
    )


NOTHING: SearchStrategy[dict[str, Any]] = st.just({})
BILLING = st.fixed_dictionaries(
    {
        "address": addresses(full_zip=True),
        "tax_id": numbers(9, 100_000_000),
        "contacts": st.tuples(contacts()),
    }
)


@kept
def pay_to_plans() -> SearchStrategy[PayToPlan]:
    """Draw health plans that have paid and ask for their money back."""
    return st.builds(
        PayToPlan,
        organization=names(60),
        payer_id=identifiers(2, 15),
        address=addresses(),
        tax_id=numbers(9, 100_000_000),
    )


@kept
def located(*, phone: bool = False) -> SearchStrategy[Provider]:
    """Draw facilities: organizations with an address, and where asked for a telephone number."""
    none: SearchStrategy[tuple[Contact, ...]] = st.just(())
    return st.builds(
        Provider,
        organization=names(60),
        npi=npis(),
        address=addresses(full_zip=True),
        contacts=st.tuples(contacts(phone_only=True)) if phone else none,
    )


@kept
def identities(types: str, codes: str) -> SearchStrategy[ProviderIdentity]:
    """Draw providers as another payer knows them: by numbers alone."""
    one = st.builds(Identifier, one_of(codes.split()), identifiers())
    return st.builds(ProviderIdentity, entity_type=one_of(types.split()), identifiers=st.tuples(one))


@kept
def patients(on: date) -> SearchStrategy[dict[str, Any]]:
    """Draw what a claim tells of the patient: address, birth date and sex."""
    return st.fixed_dictionaries(
        {
            "address": addresses(),
            "birth_date": st.integers(365, OLDEST).map(lambda days: on - timedelta(days)),
            "sex": one_of("FM"),
        }
    )


@kept
def social_security_numbers() -> SearchStrategy[str]:
    """Draw social security numbers that could have been given out: area, group and serial, none of them zeros."""
    return st.tuples(numbers(3, 1, 665), numbers(2, 1), numbers(4, 1)).map("".join)


@kept
def subscribers(valid_on: date = DAY, *, is_patient: bool = True) -> SearchStrategy[Subscriber]:
    """Draw subscribers; one who is the patient has address, birth date and sex."""
    more = {"group_number": identifiers(), "group_name": names(60), "ssn": social_security_numbers()}
    return st.builds(
        lambda person, member, plan, patient, given: Subscriber(
            **person, member_id=member, claim_filing=plan, **patient, **given
        ),
        people(),
        identifiers(),
        one_of(PLANS),
        patients(valid_on) if is_patient else NOTHING,
        some(more, 1),
    )


@kept
def dependents(valid_on: date = DAY) -> SearchStrategy[Dependent]:
    """Draw patients who are not the subscriber."""
    return st.builds(
        lambda person, relationship, patient: Dependent(**person, relationship=relationship, **patient),
        people(),
        guided(ProfessionalClaim, "dependent.relationship"),
        patients(valid_on),
    )


@kept
def payers() -> SearchStrategy[Payer]:
    """Draw payers with an id of their own."""
    return st.builds(
        lambda name, number, given: Payer(organization=name, payer_id=number, **given),
        names(60),
        identifiers(2, 15),
        some(
            {
                "address": addresses(),
                "billing_provider_identifiers": listed(
                    st.builds(Identifier, st.just("G2"), identifiers()), 1
                ),
            },
            1,
        ),
    )


@kept
def submitters() -> SearchStrategy[Submitter]:
    """Draw who sends the file: a billing service with an id and a contact."""
    return st.builds(
        Submitter,
        organization=names(60),
        id=identifiers(2, 15),
        contacts=st.tuples(contacts()),
    )
