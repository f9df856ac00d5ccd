"""CLM20 to CLM22, CLM64 and CLM65: where everyone is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.party import Address
from medcode.codesets.concept import Status
from medcode.codesets.states import State, states
from medcode.codesets.zip_code import ZipCode
from medcode.edits.base import Edit
from medcode.edits.claim.addresses import HOME, addresses
from medcode.edits.examples import BILLING, SUBSCRIBER, visit, with_address
from medcode.findings import Fix, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["BoxAsBillingAddress", "IncompleteAddress", "ShortZip", "UnknownState", "ZipShape"]

PO_BOX = re.compile(r"\b(P\.?\s*O\.?\s*BOX|POST OFFICE BOX|LOCK\s?BOX)\b", re.IGNORECASE)


@final
class BoxAsBillingAddress(Edit[Any]):
    """The billing provider's address is a post office box.

    Why: the billing address is where the provider is; a box may only be where payments go.
    Cure: give the street address, and the box as the pay-to address.
    """

    id, name, snip = "CLM20", "box-as-billing-address", 4
    source = Source("X12", "RFI 1451: billing provider address")
    passes = (visit(), visit(billing_provider=BILLING.evolve(pay_to_address=Address("PO BOX 12", "ANYTOWN"))))
    fails = (with_address(line1="P.O. Box 12"), with_address(line2="LOCKBOX 7"))

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at both lines of the address."""
        address = claim.billing_provider.address
        for name in ("line1", "line2") if address else ():
            if PO_BOX.search(getattr(address, name) or ""):
                message = "The billing address is a post office box; it must be a street."
                yield self.fail(f"billing_provider.address.{name}", None, message)


@final
class ShortZip(Edit[Any]):
    """The postal code of the billing provider or the facility has not nine digits.

    Why: for addresses in the United States both need the full ZIP+4.
    Cure: look the four further digits up.
    """

    id, name, snip = "CLM21", "short-zip", 4
    source = Source("X12", "005010X222A1", section="2010AA and 2310C N403")
    passes = (visit(), with_address(zip="M5V 2T6", country="CA"))
    fails = (with_address(zip="12345"),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at the two addresses."""
        for name in ("billing_provider", "service_facility"):
            provider = getattr(claim, name)
            address = provider.address if provider else None
            if address and address.country in HOME and address.zip and len(zip_of(address) or "") != NINE:
                yield self.fail(f"{name}.address.zip", None, "The postal code has not nine digits.")


@final
class UnknownState(Edit[Any]):
    """An address names a state that there is none.

    Why: states are the two letters of the Postal Service, and provinces of Canada have two of their own.
    Cure: correct the letters; for another country give the country.
    """

    id, name, snip = "CLM22", "unknown-state", 5
    source = Source("USPS", "Publication 28", section="Appendix B")
    tables = ("states",)
    passes = (visit(), with_address(state="ON", zip="K1A 0B1", country="CA"))
    fails = (
        with_address(state="XX"),
        with_address(state="NY", zip="K1A 0B1", country="CA"),
        with_address(state="ny"),
    )

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look at every address of the claim."""
        for path, address in addresses(context):
            state = address.state
            if state is None or (wire := state_of(state, address.country, context.on)) == state:
                continue
            place = f"{path}.state"
            if wire is None:
                yield self.fail(place, state, f"{state} is no state.")
            else:
                fix = Fix(f"Write {wire}.", place, wire, safe=True)
                yield self.fail(place, state, f"{state} is not in the form that claims carry.", fix=fix)


def state_of(state: str, country: str | None, on: date) -> str | None:
    """Give the letters of a state of the countries whose states a claim names; None where there is none."""
    wire = State.normal(state)
    if country == "CA":
        return wire if wire in PROVINCES else None
    if country not in HOME:
        return state
    return wire if wire and states.status(wire, on) is Status.BILLABLE else None


@final
class IncompleteAddress(Edit[Any]):
    """An address in the United States or Canada lacks its state or its postal code.

    Why: in these two countries both belong to an address.
    Cure: complete the address.
    """

    id, name, snip = "CLM64", "incomplete-address", 4
    source = Source("X12", "005010X222A1", section="N402 and N403")
    passes = (visit(), with_address(state=None, zip=None, country="IE", subdivision="D"))
    fails = (with_address(state=None), with_address(zip=None))

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look at every address of the claim that has a city."""
        for path, address in addresses(context):
            if address.city and address.country in {*HOME, "CA"}:
                for name in ("state", "zip"):
                    if not getattr(address, name):
                        yield self.fail(f"{path}.{name}", None, f"The address lacks its {NAMES[name]}.")


@final
class ZipShape(Edit[Any]):
    """A postal code in the United States has neither five digits nor nine.

    Why: a ZIP code has five digits, and with its last four nine, sent without a dash.
    Cure: correct it.
    """

    id, name, snip = "CLM65", "zip-shape", 5
    source = Source("USPS", "Publication 28")
    passes = (visit(),)
    fails = (
        visit(
            subscriber=SUBSCRIBER.evolve(
                birth_date="1986-01-01", address=Address("2 OAK ST", "ANYTOWN", "NY", "1234")
            )
        ),
    )

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look at every address but those that need all nine digits, and never show it."""
        for path, address in addresses(context):
            zip_code = address.zip
            if zip_code and address.country in HOME and path not in FULL and zip_of(address) is None:
                yield self.fail(f"{path}.zip", None, "The postal code has neither five digits nor nine.")


def zip_of(address: Address) -> str | None:
    """Give the ZIP code of an address; None where it is none in the form that claims carry."""
    code = address.zip or ""
    return code if ZipCode.normal(code) == code else None


NINE = 9
FULL = frozenset({"billing_provider.address", "service_facility.address"})
NAMES = {"state": "state", "zip": "postal code"}
PROVINCES = frozenset(["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"])
