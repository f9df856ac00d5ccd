"""CLM03: a number that is no national provider identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from medcode.codesets.code import Malformed
from medcode.codesets.npi import Npi
from medcode.edits.base import Edit
from medcode.edits.claim.providers import providers
from medcode.edits.examples import BILLING, dental, visit
from medcode.errors import InvalidCode
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.claim import Claim
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["NpiCheckDigit"]


@final
class NpiCheckDigit(Edit["Claim"]):
    """A provider's number is no NPI.

    Why: an NPI has ten digits, begins with 1 or 2 and ends with a check digit; placeholders and
    slips of the keyboard fail it.
    Cure: look the provider up in the national registry.
    """

    id, name, snip = "CLM03", "npi-check-digit", 5
    source = Source(
        "CMS", "Requirements for National Provider Identifier and Check Digit", section="Luhn formula"
    )
    passes = (visit(),)
    fails = (
        dental(billing_provider=attrs.evolve(BILLING, npi="1234567890")),
        visit(billing_provider=attrs.evolve(BILLING, npi="1234567890")),
    )

    def check(self, _claim: Claim, context: Context) -> Iterator[Finding]:
        """Report each provider whose number is malformed."""
        for path, provider in providers(context):
            if isinstance(provider.npi, Malformed):
                finding = self.fail(f"{path}.npi", provider.npi, why(provider.npi))
                yield attrs.evolve(finding, ack=ACKS.get(path))


ACKS = {"billing_provider": "A8:496:85"}  # CMS's edit X222.087.2010AA.NM109.050


def why(number: str) -> str:
    """Say what keeps a number from being an NPI."""
    try:
        Npi(number)
    except InvalidCode as error:
        text = str(error)
        return f"{text[0].upper()}{text[1:]}."
    return f"{number} was given as text that is no NPI."
