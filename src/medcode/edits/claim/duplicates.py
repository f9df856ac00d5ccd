"""CLM06 and CLM07: the same line, or the same claim, twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["DuplicateClaim", "DuplicateLine"]

REPEATED = frozenset({"76", "77", "91", "59", "XE", "XP", "XS", "XU"})


@final
class DuplicateLine(Edit[Any]):
    """Two lines of the claim are the same.

    Why: a payer takes a line with the same code, modifiers, day, units and charge for a slip.
    Cure: take one out; where the service was repeated, say so with modifier 76, 77 or 91.
    """

    id, name, snip = "CLM06", "duplicate-line", 4
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 1", section="120")
    severity = Severity.WARNING
    concerns = "several_lines"
    passes = (visit(lines=(line("99213"), line("99213", modifiers=("76",)))), visit())
    fails = (visit(lines=(line("99213"), line("99213"))),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Report each line that is equal to one before it in all that counts."""
        codes = [line.procedure.code for line in claim.lines if line.procedure]
        if len(set(codes)) == len(codes):
            return
        seen: dict[Any, int] = {}
        for number, each in enumerate(claim.lines):
            procedure = each.procedure
            if procedure is None or REPEATED & set(procedure.modifiers):
                continue
            told = (procedure, each.service_date, each.quantity, each.charge, each.rendering_provider)
            first = seen.setdefault(told, number)
            if first != number:
                message = f"Line {number + 1} is the same as line {first + 1}."
                yield self.fail(f"lines[{number}]", str(procedure.code), message)


@final
class DuplicateClaim(Edit[Any]):
    """The claim stands in the batch twice.

    Why: the second of two equal claims is denied as a duplicate, and holds up the first. The edit is
    for those who ask: it remembers every claim, so its memory grows with the batch.
    Cure: send it once; to replace a claim that was sent, use frequency 7 and the payer's number of it.
    """

    id, name, snip = "CLM07", "duplicate-claim", 4
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 1", section="120")
    passes = (visit(),)
    fails = (visit(), visit(control_number="ANOTHER"))
    over_batch = True
    opt_in = True

    def check(self, claim: Any, context: Context) -> Iterator[Finding]:
        """Report a claim that bills the same payer for the same services to the same patient as one before it."""
        holder, patient = claim.subscriber, claim.patient
        services = tuple((line.procedure, line.service_date, line.charge) for line in claim.lines)
        who = (holder.member_id, patient.birth_date, patient.first_name)
        between = (claim.billing_provider.npi, claim.payer.payer_id, claim.frequency)
        told = hash((who, between, context.day, services))
        first = context.shared.batch.setdefault(told, context.number)
        if first != context.number:
            yield self.fail(
                "control_number", None, f"The claim is the same as claim {first + 1} of the batch."
            )
