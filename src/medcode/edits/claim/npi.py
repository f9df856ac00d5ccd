"""CLM03: a number that is not a National Provider Identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from medcode.claims.model.claim import Claim
from medcode.codesets.code import Malformed
from medcode.codesets.npi import Npi
from medcode.edits.base import Edit
from medcode.edits.claim.providers import identified
from medcode.edits.examples import BILLING, dental, visit
from medcode.edits.forms import digits_only
from medcode.errors import InvalidCode
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.adjudication import ProviderIdentity
    from medcode.claims.model.party import Provider
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["NpiCheckDigit"]


@final
class NpiCheckDigit(Edit[Claim]):
    """A provider's NPI is not valid.

    Why: an NPI has ten digits, begins with 1 or 2 and ends with a check digit; placeholders and
    typing errors fail it.
    Fix: look the provider up in the national registry.
    """

    id, name, snip = "CLM03", "npi-check-digit", 5
    ack = "A7:562"
    carc = ("16",)
    rarc = ("N257", "N290")
    source = Source(
        "CMS", "Requirements for National Provider Identifier and Check Digit", section="Luhn formula"
    )
    passes = (visit(),)
    fails = (
        dental(billing_provider=attrs.evolve(BILLING, npi="1234567890")),
        visit(billing_provider=attrs.evolve(BILLING, npi="1234567890")),
    )

    def concerns_provider(self, provider: Provider | ProviderIdentity, /) -> bool:
        """Whether a number is not an NPI."""
        return isinstance(provider.npi, Malformed)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each provider whose number is malformed."""
        for path, provider in identified(context):
            if isinstance(provider.npi, Malformed):
                fix = digits_only(
                    f"{path}.npi", provider.npi, lambda text: text if Npi.is_valid(text) else None
                )
                finding = self.fail(f"{path}.npi", provider.npi, why(provider.npi), fix=fix)
                entity = ROLES.get(path.rpartition(".")[2])
                yield attrs.evolve(finding, ack=f"A7:562:{entity}" if entity else "A7:562:1P")


ROLES = {
    "billing_provider": "85",
    "rendering_provider": "82",
    "referring_provider": "DN",
    "service_facility": "77",
    "attending_provider": "71",
    "operating_physician": "72",
    "ordering_provider": "DK",
    "supervising_provider": "DQ",
}


def why(number: str) -> str:
    """Return why a number is not an NPI."""
    try:
        Npi(number)
    except InvalidCode as error:
        text = str(error)
        return f"{text[0].upper()}{text[1:]}."
    return f"{number} is not an NPI."
