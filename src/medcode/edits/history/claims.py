"""CLM07 and HIS01 to HIS03: what another claim of the patient already bills, excludes, or adds units to."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.base import Edit
from medcode.edits.claim.duplicates import REPEATED
from medcode.edits.examples import line, visit
from medcode.edits.history.record import days_of, patient_of, practitioner_of
from medcode.edits.ncci.example import EXAMPLE
from medcode.edits.ncci.lookup import Unanswered, agreed, lacking, of_day
from medcode.edits.ncci.pairs import FIELDS as PAIRS, pair_answer
from medcode.edits.ncci.tables import PairTable, UnitTable
from medcode.edits.ncci.units import BY_LINE, FIELDS as UNITS, WHY, field_of
from medcode.edits.services import key_of, services
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.edits.context import Context
    from medcode.edits.history.record import Billed, Record
    from medcode.edits.services import Service
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["DuplicateClaim", "DuplicateOfHistory", "PairOfHistory", "UnitsOfHistory"]

DUPLICATES = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 1", section="120")


@final
class DuplicateClaim(Edit[Claim]):
    """The claim bills what another claim of the batch or the history bills.

    Why: the second of two equal claims is denied as a duplicate, and delays the first.
    Fix: send it once; to replace a claim that was sent, use frequency 7 and the payer's number of it.
    """

    id, name, snip = "CLM07", "duplicate-claim", 4
    source = DUPLICATES
    ack = "A3:78"
    carc, rarc = ("18",), ()
    passes = (visit(),)
    fails = (visit(), visit(control_number="ANOTHER"))
    over_batch = True
    opt_in = True

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report a claim that bills the same payer for the same services to the same patient as one before it."""
        if patient_of(context.claim) is None:
            message = (
                "Not checked: the claim has no member id, by which it is compared with others of the patient."
            )
            yield self.unchecked("subscriber.member_id", None, message)
        elif twin := context.history.twin(context):
            message = f"The claim bills the same services as {twin}."
            yield self.fail("control_number", None, message)


@final
class DuplicateOfHistory(Edit[Claim]):
    """A line bills what another claim of the patient already bills.

    Why: a payer denies as a duplicate what has the same code, modifiers, practitioner, place and day, on
    whichever claim it comes.
    Fix: remove the line; where the service was repeated, say so with modifier 76, 77 or 91; to correct a claim
    that was sent, replace it (frequency 7).
    """

    id, name, snip = "HIS01", "duplicate-of-history", 4
    source = DUPLICATES
    applies_to = "procedures"
    ack = "A3:54"
    carc, rarc = ("18",), ()
    over_batch = True
    opt_in = True
    passes = (visit(),)
    fails = (visit(control_number="ONE"), visit(control_number="TWO", lines=(line(), line("G0101"))))

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Look each line up; a claim that is billed twice as a whole is CLM07's."""
        found = context.history.of(context)
        if found is None or context.history.twin(context):
            return
        order, record = found
        for service in services(context):
            if service.modifiers & REPEATED:
                continue
            shared = service.code, practitioner_of(claim, service), key_of(claim, service)
            firsts = (record.first.get((*shared, day)) for day in days_of(service))
            first = next((each for each in firsts if each and each.order < order), None)
            if first:
                day = max(first.service.day, service.day)
                message = f"{service.code} of {service.line} is already billed on {first.place} on {day}."
                yield self.fail(f"lines[{service.number}]", service.code, message)


@final
class PairOfHistory(Edit[ProfessionalClaim | InstitutionalClaim]):
    """A service is not paid with one of another claim of the same practitioner, patient and day.

    Why: NCCI's pairs hold for a practitioner and a day, not for a claim; billing them apart does not change that.
    Fix: bill column 1 alone; where the record shows distinct services and the pair allows it, add the modifier.
    """

    id, name, snip = "HIS02", "pair-of-history", 5
    source = Source("CMS", "NCCI Policy Manual", section="chapter I")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day", "days")
    applies_to = "procedures"
    ack = "A3:735"
    carc, rarc = ("97", "236"), ("M80",)
    over_batch = True
    opt_in = True
    example_tables = EXAMPLE
    passes = (visit(lines=(line("A4301"),)),)
    fails = (visit(lines=(line("A4301"),)), visit(lines=(line("A4300"),)))

    def missing_tables(self, tables: Tables, setting: Setting) -> str | None:
        """Return how to add the table if it is missing."""
        return lacking(tables, PAIRS[setting])

    def check(
        self,
        claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Look for each line's pairs among the services of earlier claims on its days."""
        found = context.history.of(context)
        if found is None:
            return
        order, record = found
        try:
            for service in services(context):
                for day, other in others(record, claim, service, order):
                    tables = of_day(context, PAIRS[context.setting], day)
                    pair = agreed(tables, PairTable.between, service.code, other.service.code, day)
                    if pair:
                        here, there = (service, service.line), (other.service, other.place)
                        yield pair_answer(self, pair, here, there, day, service)
        except Unanswered as reason:
            yield self.unchecked("lines", None, str(reason))


def others(record: Record, claim: Claim, service: Service, order: int) -> Iterator[tuple[date, Billed]]:
    """Yield the services of other codes that earlier claims have on the days of a line, each once."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for day in days_of(service):
        for key, billed in record.on_day.get((practitioner_of(claim, service), day), {}).items():
            if billed.order < order and billed.service.code != service.code and key not in seen:
                seen.add(key)
                yield day, billed


@final
class UnitsOfHistory(Edit[ProfessionalClaim | InstitutionalClaim]):
    """A day's units of a code, over all claims, are more than one patient is likely to need.

    Why: a medically unlikely edit by date of service adds up the units of a code and practitioner over all claims
    of the day.
    Fix: correct the units, or replace the claim that was sent (frequency 7).
    """

    id, name, snip = "HIS03", "units-of-history", 5
    source = Source("CMS", "Medically Unlikely Edits; MLN Matters SE1422")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day", "days", "quantities")
    applies_to = "procedures"
    ack = "A3:476"
    carc, rarc = ("151",), ("N362",)
    over_batch = True
    opt_in = True
    example_tables = EXAMPLE
    passes = (visit(lines=(line("G0101"),)),)
    fails = (visit(lines=(line("G0101"),)), visit(lines=(line("G0101", modifiers=("59",)),)))

    def missing_tables(self, tables: Tables, setting: Setting) -> str | None:
        """Return how to add the table if it is missing."""
        return lacking(tables, UNITS[setting])

    def check(
        self,
        claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Add the units of earlier claims to those of each line's days; this claim alone is NCCI02's."""
        found = context.history.of(context)
        if found is None:
            return
        order, record = found
        seen: set[tuple[object, ...]] = set()
        for service in services(context):
            for day in days_of(service):
                key = service.code, practitioner_of(claim, service), day
                if key in seen:
                    continue
                seen.add(key)
                before, here = record.units_of(key, order)
                if not before:
                    continue
                try:
                    tables = of_day(context, field_of(claim, context), day)
                    limit = agreed(tables, UnitTable.get, service.code)
                except Unanswered as reason:
                    yield self.unchecked(service.path, service.code, str(reason))
                    return
                if limit and limit.adjudication != BY_LINE and here <= limit.units < before + here:
                    message = (
                        f"{service.code} has {before + here} units on {day}: {here} on this claim and {before} on "
                        f"other claims of the practitioner; the limit is {limit.units} {WHY[limit.adjudication]}."
                    )
                    yield self.fail(f"lines[{service.number}].quantity", service.code, message)
                    break
