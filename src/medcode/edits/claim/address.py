"""CLM20 to CLM22: where providers are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.party import Address
from medcode.edits.base import Edit
from medcode.edits.claim.providers import providers
from medcode.edits.examples import BILLING, visit
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["BoxAsBillingAddress", "ShortZip", "UnknownState"]

PO_BOX = re.compile(r"\b(P\.?\s*O\.?\s*BOX|POST OFFICE BOX|LOCK\s?BOX)\b", re.IGNORECASE)
POSTAL = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY
    NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS FM GU MH MP PR PW UM VI AA AE AP
"""
STATES = frozenset(POSTAL.split())
ZIP_OF_9 = re.compile(r"\d{9}", re.ASCII)
HOME = frozenset({None, "US"})


def with_address(**changes: Any) -> Any:
    """Make a visit whose billing provider has another address, for the examples."""
    given = {"line1": "1 MAIN ST", "city": "ANYTOWN", "state": "NY", "zip": "123450001", **changes}
    return visit(billing_provider=BILLING.evolve(address=Address(**given)))


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
            if address and address.country in HOME and address.zip and not ZIP_OF_9.fullmatch(address.zip):
                yield self.fail(f"{name}.address.zip", None, "The postal code has not nine digits.")


@final
class UnknownState(Edit[Any]):
    """An address names a state that there is none.

    Why: states are the two letters of the Postal Service.
    Cure: correct the letters; for another country give the country.
    """

    id, name, snip = "CLM22", "unknown-state", 5
    source = Source("USPS", "Publication 28", section="Appendix B")
    passes = (visit(),)
    fails = (with_address(state="XX"),)

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look at the addresses of all providers."""
        for path, provider in providers(context):
            address = provider.address
            if address and address.state and address.country in HOME and address.state not in STATES:
                yield self.fail(f"{path}.address.state", address.state, f"{address.state} is no state.")
