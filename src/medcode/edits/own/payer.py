"""PAY01 and PAY02: the filing limit of a payer, and the fields that it requires, by the user's own table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.claims.model.claim import Claim
from medcode.claims.model.references import ClaimReferences
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.edits.own.policy import PayerRules
from medcode.edits.tables import Tables
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.setting import Setting
    from medcode.findings import Finding

__all__ = ["FieldRequiredByPayer", "PayerFilingLimit"]

SOURCE = Source("the user", "the rules of a payer passed to the check")
NOT_GIVEN = "Not checked: pass the rules of payers as Tables(payer_rules=...)."
EXAMPLE = Tables(
    payer_rules=[PayerRules(payers="12345", days=90, required=["references.prior_authorization"])]
)
AUTHORIZED = ClaimReferences(prior_authorization="A1")
CORRECTIONS = frozenset({"7", "8"})


class PayerEdit(Edit[Claim]):
    """The base of the edits that the rules of payers decide."""

    snip = 7
    source = SOURCE
    opt_in = True
    example_tables = EXAMPLE

    def missing_tables(self, tables: Tables, _setting: Setting) -> str | None:
        """Return how to pass the rules, where there are none."""
        return None if tables.payer_rules else NOT_GIVEN

    def _rules(self, claim: Claim, context: Context[Claim]) -> Iterator[PayerRules]:
        return (rules for rules in context.tables.payer_rules if claim.payer.payer_id in rules.payers)


@final
class PayerFilingLimit(PayerEdit):
    """The claim is sent after the payer's filing limit.

    Why: payers deny what is filed too late, and the patient may not be billed for it.
    Fix: send it with proof of timely filing, or the reason of the delay.
    """

    id, name = "PAY01", "payer-filing-limit"
    requires = ("day",)
    ack = "A3:718"
    carc, rarc = ("29",), ("N211",)
    passes = (visit(on="2026-10-05", references=AUTHORIZED),)
    fails = (visit(on="2025-01-06", references=AUTHORIZED),)

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Compare the day that the claim is sent with the last day of its earliest service."""
        for rules in self._rules(claim, context):
            day = context.day
            last = rules.last_day(day, corrected=claim.frequency in CORRECTIONS) if day else None
            if last and context.on > last:
                path = "statement_dates" if context.is_institutional else "lines[0].service_date"
                message = (
                    f"The payer's last day to file for {day} was {last}; the claim is sent on {context.on}."
                )
                if claim.delay_reason:
                    yield self.bypass(path, None, f"{message} It states delay reason {claim.delay_reason}.")
                else:
                    yield self.fail(path, None, message)


@final
class FieldRequiredByPayer(PayerEdit):
    """A field that the payer requires is absent.

    Why: payers ask for more than the guide does, such as a prior authorization, and return or deny what lacks it.
    Fix: add it.
    """

    id, name = "PAY02", "required-by-payer"
    ack = "A6:21"
    carc, rarc = ("16",), ("M53",)
    passes = (visit(on="2026-10-05", references=AUTHORIZED),)
    fails = (visit(on="2026-10-05"),)

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Look for each required field, on each line where it is one of lines."""
        for rules in self._rules(claim, context):
            for path in rules.required:
                for place in absent(claim, path):
                    yield self.fail(place, None, f"The payer requires {place}, which is absent.")


def absent(claim: Claim, path: str) -> Iterator[str]:
    """Yield the places of a path that have no value; a part that a claim of this kind does not have counts as there."""
    first, is_of_lines, rest = path.partition("[].")
    if is_of_lines:
        for number, part in enumerate(getattr(claim, first, ())):
            if not has_value(part, rest):
                yield f"{first}[{number}].{rest}"
    elif not has_value(claim, path):
        yield path


def has_value(part: Any, path: str) -> bool:
    """Whether a path leads to a value."""
    for name in path.split("."):
        if part is None:
            return False
        if not hasattr(part, name):
            return True
        part = getattr(part, name)
    return part not in {None, ""} if isinstance(part, (str, type(None))) else part != ()
