"""CLM20 to CLM22, CLM64 and CLM65: addresses."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.claims.model.party import Address, Provider
from medcode.codesets.concept import Status
from medcode.codesets.states import State, states
from medcode.codesets.zip_code import ZipCode
from medcode.edits.base import Edit
from medcode.edits.claim.addresses import HOME, addresses, places
from medcode.edits.examples import BILLING, SUBSCRIBER, visit, with_address
from medcode.edits.forms import digits_only, plain
from medcode.findings import Fix, FixKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.claims.model.adjudication import ProviderIdentity
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["BoxAsBillingAddress", "IncompleteAddress", "ShortZip", "UnknownState", "ZipShape"]

PO_BOX = re.compile(
    r"""
    \b (?: P [\s./_-]* [O0] [\s./_-]*                      # PO, P.O., P O, P/O, PO-
         | POST (?: AL )? [\s-]* (?: OFFICE | OFC | OFF\.? )? [\s-]*
         | LOCK [\s-]* )
        (?: BOX (?: ES )? | BX | DRAWER ) (?! [A-Z] )       # but no name that goes on, such as BOXWOOD
    | ^ \s* (?: P\.? \s* )? BOX \s* (?: \# | NO\.? )? \s* \d   # BOX 12 at the start of a line
    | \b P [\s.]* O [\s.]* B [\s.]* \#? \s* \d                # POB 12, P.O.B. 12
    | ^ \s* (?: L\.? \s* B\.? | DRAWER | CALLER (?: \s+ (?: BOX | SERVICE ) )? )
        \s* (?: \# | NO\.? )? \s* \d+ \s* (?: $ | , )         # LB 12, DRAWER 12, CALLER BOX 12, and no street after it
    """,
    re.IGNORECASE | re.VERBOSE,
)


@final
class BoxAsBillingAddress(Edit[Claim]):
    """The billing provider's address is a post office box.

    Why: the billing address is where the provider is; a box may only be where payments go.
    Fix: send the street address; the box may be the pay-to address.
    """

    id, name, snip = "CLM20", "box-as-billing-address", 4
    ack = "A7:503"
    carc = ("16",)
    rarc = ("N258",)
    source = Source("X12", "RFI 1451: billing provider address")
    passes = (visit(), visit(billing_provider=BILLING.evolve(pay_to_address=Address("PO BOX 12", "ANYTOWN"))))
    fails = (with_address(line1="P.O. Box 12"), with_address(line2="LOCKBOX 7"))

    def concerns_provider(self, provider: Provider | ProviderIdentity, /) -> bool:
        """Whether an address is a box."""
        return any(
            PO_BOX.search(text or "") for each in addresses_of(provider) for text in (each.line1, each.line2)
        )

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check both lines of the address."""
        address = claim.billing_provider.address
        for name in ("line1", "line2") if address else ():
            if PO_BOX.search(getattr(address, name) or ""):
                message = "The billing provider's address is a post office box; send the street address."
                yield self.fail(f"billing_provider.address.{name}", None, message)


@final
class ShortZip(Edit[Claim]):
    """The ZIP code of the billing provider or the service facility does not have nine digits.

    Why: for addresses in the United States both need the full ZIP+4.
    Fix: look up the four further digits.
    """

    id, name, snip = "CLM21", "short-zip", 4
    ack = "A7:500"
    carc = ("16",)
    rarc = ("N258",)
    source = Source("X12", "005010X222A1", section="2010AA and 2310C N403")
    passes = (visit(), with_address(zip="M5V 2T6", country="CA"))
    fails = (with_address(zip="12345"),)

    def concerns_provider(self, provider: Provider | ProviderIdentity, /) -> bool:
        """Whether an address has a ZIP code that does not have nine digits."""
        return any(
            each.country in HOME and bool(each.zip) and len(zip_of(each) or "") != NINE
            for each in addresses_of(provider)
        )

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check the two addresses."""
        for name in ("billing_provider", "service_facility"):
            provider = getattr(claim, name)
            address = provider.address if provider else None
            if address and address.country in HOME and address.zip and len(zip_of(address) or "") != NINE:
                path = f"{name}.address.zip"
                fix = digits_only(path, address.zip, nine_digits)
                yield self.fail(
                    path, None, "The ZIP code must have nine digits here (ZIP+4), without a dash.", fix=fix
                )


@final
class UnknownState(Edit[Claim]):
    """An address has an unknown state code.

    Why: states are the two letters of the Postal Service, and provinces of Canada have two of their own.
    Fix: correct the code; for another country send the country code.
    """

    id, name, snip = "CLM22", "unknown-state", 5
    ack = "A7:501"
    carc = ("16",)
    rarc = ("N258",)
    source = Source("USPS", "Publication 28", section="Appendix B")
    tables = ("states",)
    passes = (visit(), with_address(state="ON", zip="K1A 0B1", country="CA"))
    fails = (
        with_address(state="XX"),
        with_address(state="NY", zip="K1A 0B1", country="CA"),
        with_address(state="ny"),
    )

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check every address of the claim."""
        on = context.on
        if all(
            each.state is None or state_of(each.state, each.country, on) == each.state
            for each in places(context)
        ):
            return
        for path, address in addresses(context):
            state = address.state
            if state is None or (wire := state_of(state, address.country, context.on)) == state:
                continue
            place = f"{path}.state"
            if wire is None:
                yield self.fail(place, state, f"{state} is not a state code of the address's country.")
            else:
                fix = Fix(f"Write {wire}.", place, wire, kind=FixKind.SAFE)
                yield self.fail(place, state, f"{state} must be sent as {wire}.", fix=fix)


@cache
def names() -> dict[str, str]:
    """Return the codes of the states by their names."""
    return {(states[code].title or "").upper(): str(code) for code in states}


def code_of(name: str) -> str | None:
    """Return the code of a state that is written out; None for any other text.

    >>> code_of("New York")
    'NY'
    """
    return names().get(" ".join(name.upper().split()))


@lru_cache(maxsize=1024)
def state_of(state: str, country: str | None, on: date) -> str | None:
    """Return the code of a state of the United States or Canada; None for an unknown one.

    >>> from datetime import date
    >>> state_of("N. Y.", "US", date(2026, 1, 5)), state_of("new york", None, date(2026, 1, 5))
    ('NY', 'NY')
    """
    wire = State.normal(plain(state)) or code_of(state)
    if country == "CA":
        return wire if wire in PROVINCES else None
    if country not in HOME:
        return state
    return wire if wire and states.status(wire, on) is Status.BILLABLE else None


@final
class IncompleteAddress(Edit[Claim]):
    """An address in the United States or Canada has no state or postal code.

    Why: in these two countries both belong to an address.
    Fix: complete the address.
    """

    id, name, snip = "CLM64", "incomplete-address", 4
    ack = "A7:126"
    carc = ("16",)
    rarc = ("N258",)
    source = Source("X12", "005010X222A1", section="N402 and N403")
    passes = (visit(), with_address(state=None, zip=None, country="IE", subdivision="D"))
    fails = (with_address(state=None), with_address(zip=None))

    def concerns_address(self, address: Address, /) -> bool:
        """Whether an address has no state or no postal code."""
        return not (address.state and address.zip)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check every address of the claim that has a city."""
        for path, address in addresses(context):
            if address.city and address.country in {*HOME, "CA"}:
                for name in ("state", "zip"):
                    if not getattr(address, name):
                        yield self.fail(f"{path}.{name}", None, f"The address needs its {NAMES[name]}.")


@final
class ZipShape(Edit[Claim]):
    """A ZIP code has neither five digits nor nine.

    Why: a ZIP code has five digits, and with its last four nine, sent without a dash.
    Fix: correct it.
    """

    id, name, snip = "CLM65", "zip-shape", 5
    ack = "A7:500"
    carc = ("16",)
    rarc = ("N258",)
    source = Source("USPS", "Publication 28")
    passes = (visit(),)
    fails = (
        visit(
            subscriber=SUBSCRIBER.evolve(
                birth_date="1986-01-01", address=Address("2 OAK ST", "ANYTOWN", "NY", "1234")
            )
        ),
    )

    def concerns_address(self, address: Address, /) -> bool:
        """Whether a ZIP code is in neither form."""
        return bool(address.zip) and address.country in HOME and zip_of(address) is None

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check every address but those that need all nine digits, and never show it."""
        for path, address in addresses(context):
            zip_code = address.zip
            if zip_code and address.country in HOME and path not in FULL and zip_of(address) is None:
                fix = digits_only(f"{path}.zip", zip_code, ZipCode.normal)
                yield self.fail(
                    f"{path}.zip",
                    None,
                    "The ZIP code must have five or nine digits, without a dash.",
                    fix=fix,
                )


def addresses_of(provider: Provider | ProviderIdentity) -> tuple[Address, ...]:
    """Return the address of a provider; one known by its numbers alone has none."""
    address = provider.address if isinstance(provider, Provider) else None
    return (address,) if address else ()


def nine_digits(text: str) -> str | None:
    """Return a ZIP code of nine digits; None for any other text."""
    return text if len(ZipCode.normal(text) or "") == NINE else None


def zip_of(address: Address) -> str | None:
    """Return the ZIP code of an address; None where it is not in the form of claims."""
    code = address.zip or ""
    return code if len(code) in LENGTHS and code.isascii() and code.isdecimal() else None


NINE = 9
LENGTHS = frozenset({5, NINE})
FULL = frozenset({"billing_provider.address", "service_facility.address"})
NAMES = {"state": "state", "zip": "postal code"}
PROVINCES = frozenset(["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"])
