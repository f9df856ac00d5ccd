"""CLM73, CLM75 and CLM76: NPI, telephone and social security numbers of providers and people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, final

from medcode.claims.model.adjudication import Adjustment, OtherSubscriber
from medcode.claims.model.claim import Claim
from medcode.claims.model.party import Contact, Identifier
from medcode.codesets.ssn import Ssn
from medcode.edits.base import Edit
from medcode.edits.claim.providers import providers
from medcode.edits.examples import ATTENDING, BILLING, PAYER, SUBSCRIBER, other, stay, visit
from medcode.edits.forms import digits_only
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.adjudication import ProviderIdentity
    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["PhoneShape", "ProviderWithoutNpi", "SocialSecurityShape"]

CONTRACT = Adjustment("CO", "45", "20")

SOCIAL_SECURITY = "SY"
OTHER = OtherSubscriber(
    last_name="DOE", member_id="M12345", identifiers=(Identifier(SOCIAL_SECURITY, "000051120"),)
)
PHONE = re.compile(r"\d{10}", re.ASCII)
MUST_HAVE = frozenset({"billing_provider", "rendering_provider", "attending_provider"})


@final
class ProviderWithoutNpi(Edit[Claim]):
    """A billing, rendering or attending provider has no NPI.

    Why: billing, rendering and attending providers are identified by their NPI; only those who render no
    health care, such as a taxi, may have the payer's own number instead.
    Fix: add the NPI.
    """

    id, name, snip = "CLM73", "provider-without-npi", 4
    ack = "A7:562"
    carc = ("16",)
    rarc = ("N257", "N290")
    source = Source("HHS", "45 CFR 162.410 and 162.412")
    passes = (
        visit(),
        visit(
            billing_provider=BILLING.evolve(npi=None),
            payer=PAYER.evolve(billing_provider_identifiers=(Identifier("G2", "77"),)),
        ),
    )
    fails = (
        visit(rendering_provider=BILLING.evolve(npi=None, tax_id=None, contacts=())),
        stay("I50.20", attending_provider=ATTENDING.evolve(npi=None)),
    )

    def concerns_provider(self, provider: Provider | ProviderIdentity, /) -> bool:
        """Whether a provider has no number."""
        return not (provider.npi or provider.identifiers)

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check each provider whose role asks for it."""
        for path, provider in providers(context):
            role = path.rpartition(".")[2]
            if provider.npi or provider.identifiers or role not in MUST_HAVE or not is_named(provider):
                continue
            if role != "billing_provider" or not claim.payer.billing_provider_identifiers:
                yield self.fail(f"{path}.npi", None, f"The {role.replace('_', ' ')} needs an NPI.")


def ten_digits(text: str) -> str | None:
    """Return a telephone number of ten digits, without the country code 1 before it; None for any other text.

    >>> ten_digits("15555550100"), ten_digits("55501000")
    ('5555550100', None)
    """
    number = text.removeprefix("1")
    return number if PHONE.fullmatch(number) else None


def is_named(provider: Provider) -> bool:
    """Whether a provider has a name; one without is reported by the rules of structure."""
    return (provider.organization or provider.last_name) is not None


@final
class PhoneShape(Edit[Claim]):
    """A telephone number does not have ten digits.

    Why: numbers of North America are sent as area code and number, without dashes or blanks.
    Fix: correct the number.
    """

    id, name, snip = "CLM75", "phone-shape", 5
    ack = "A7:127"
    carc, rarc = ("16",), ("MA130",)
    source = Source("X12", "005010X222A1", section="PER04")
    severity = Severity.WARNING
    passes = (visit(),)
    fails = (
        visit(billing_provider=BILLING.evolve(contacts=Contact("OFFICE", phone="555-0100"))),
        visit(
            service_facility=BILLING.evolve(npi=None, tax_id=None, contacts=Contact(phone="(555) 555-010"))
        ),
    )

    def concerns_contact(self, contact: Contact, /) -> bool:
        """Whether a number does not have ten digits."""
        return any(sent and not PHONE.fullmatch(sent) for sent in (contact.phone, contact.fax))

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check the contacts of providers and people, and never show them."""
        people = [("subscriber", claim.subscriber.contacts)]
        if claim.dependent:
            people.append(("dependent", claim.dependent.contacts))
        people += [(path, provider.contacts) for path, provider in providers(context)]
        for path, contacts in people:
            for number, contact in enumerate(contacts):
                yield from self._contact(f"{path}.contacts[{number}]", contact)

    def _contact(self, path: str, contact: Contact) -> Iterator[Finding]:
        for way in ("phone", "fax"):
            sent = getattr(contact, way)
            if sent and not PHONE.fullmatch(sent):
                fix = digits_only(f"{path}.{way}", sent, ten_digits)
                message = "The telephone number must have ten digits, without dashes or blanks."
                yield self.fail(f"{path}.{way}", None, message, fix=fix)


@final
class SocialSecurityShape(Edit[Claim]):
    """A social security number is not valid.

    Why: it has nine digits, is sent without dashes, and was never issued with area 000, 666 or 900
    to 999, group 00 or serial 0000.
    Fix: correct the number, or leave it out.
    """

    id, name, snip = "CLM76", "ssn-shape", 5
    ack = "A7:148"
    carc, rarc = ("16",), ("MA61",)
    source = Source("SSA", "POMS RM 10201.035: invalid social security numbers")
    applies_to = ("subscriber.ssn", "dependent", "other_payers")
    passes = (visit(subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", ssn="078051120")), visit())
    fails = (
        visit(subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", ssn="078-05-112")),
        visit(subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", ssn="666051120")),
        visit(other_payers=(other("80", CONTRACT).evolve(subscriber=OTHER),)),
    )

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check the numbers, and never show them."""
        for path, number in numbers(claim):
            if number and Ssn.normal(number) != number:
                fix = digits_only(path, number, Ssn.normal)
                yield self.fail(
                    path, None, f"The social security number is not valid: {Ssn.expected}.", fix=fix
                )


def numbers(claim: Claim) -> Iterator[tuple[str, str | None]]:
    """Yield path and social security number of those who hold an insurance, and of a dependent."""
    yield "subscriber.ssn", claim.subscriber.ssn
    if claim.dependent and claim.dependent.patient_id_type == SOCIAL_SECURITY:
        yield "dependent.patient_id", claim.dependent.patient_id
    yield from (
        (f"other_payers[{at}].subscriber.identifiers[{place}].value", each.value)
        for at, payer in enumerate(claim.other_payers)
        for place, each in enumerate(payer.subscriber.identifiers)
        if each.qualifier == SOCIAL_SECURITY
    )
