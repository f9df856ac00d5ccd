"""CLM73, CLM75 and CLM76: everyone in a role is known by the number and reached by the telephone that it asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.party import Contact, Identifier
from medcode.codesets.ssn import Ssn
from medcode.edits.base import Edit
from medcode.edits.claim.providers import providers
from medcode.edits.examples import ATTENDING, BILLING, PAYER, SUBSCRIBER, stay, visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["PhoneShape", "ProviderWithoutNpi", "SocialSecurityShape"]

PHONE = re.compile(r"\d{10}", re.ASCII)
MUST_HAVE = frozenset({"billing_provider", "rendering_provider", "attending_provider"})


@final
class ProviderWithoutNpi(Edit[Any]):
    """A provider in a leading role has no number.

    Why: billing, rendering and attending providers are known by their NPI; only who gives no health
    care, such as a taxi, may have the payer's own number instead.
    Cure: give the NPI.
    """

    id, name, snip = "CLM73", "provider-without-npi", 4
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

    def check(self, claim: Any, context: Context) -> Iterator[Finding]:
        """Look at each provider whose role asks for it."""
        for path, provider in providers(context):
            role = path.rpartition(".")[2]
            if provider.npi or provider.identifiers or role not in MUST_HAVE or not is_named(provider):
                continue
            if role != "billing_provider" or not claim.payer.billing_provider_identifiers:
                yield self.fail(f"{path}.npi", None, "The provider has no NPI.")


def is_named(provider: Provider) -> bool:
    """Say whether a provider is there at all; one that is not is the affair of the file's structure."""
    return (provider.organization or provider.last_name) is not None


@final
class PhoneShape(Edit[Any]):
    """A telephone number has not ten digits.

    Why: numbers of North America are sent as area code and number, without dashes or blanks.
    Cure: correct the number.
    """

    id, name, snip = "CLM75", "phone-shape", 5
    source = Source("X12", "005010X222A1", section="PER04")
    severity = Severity.WARNING
    passes = (visit(),)
    fails = (visit(billing_provider=BILLING.evolve(contacts=Contact("OFFICE", phone="555-0100"))),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at the billing provider's contacts and the subscriber's, and never show them."""
        for name in ("billing_provider", "subscriber"):
            for number, contact in enumerate(getattr(claim, name).contacts):
                for way in ("phone", "fax"):
                    told = getattr(contact, way)
                    if told and not PHONE.fullmatch(told):
                        yield self.fail(
                            f"{name}.contacts[{number}].{way}", None, "The number has not ten digits."
                        )


@final
class SocialSecurityShape(Edit[Any]):
    """The subscriber's social security number is none.

    Why: it has nine digits, is sent without dashes, and was never given out with area 000, 666 or 900
    to 999, group 00 or serial 0000.
    Cure: correct the number, or leave it out.
    """

    id, name, snip = "CLM76", "ssn-shape", 5
    source = Source("SSA", "POMS RM 10201.035: invalid social security numbers")
    passes = (visit(subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", ssn="078051120")), visit())
    fails = (
        visit(subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", ssn="078-05-1120")),
        visit(subscriber=SUBSCRIBER.evolve(birth_date="1986-01-01", ssn="666051120")),
    )

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at the number, and never show it."""
        number = claim.subscriber.ssn
        if number and Ssn.normal(number) != number:
            yield self.fail("subscriber.ssn", None, f"The number is none: {Ssn.expected}.")
