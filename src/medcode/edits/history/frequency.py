"""HIS07: services that are covered only so often.

A table: the codes that are counted together, how often, and whether a condition of the patient may allow more. The
limits are Medicare's of preventive services; `Tables(frequency=...)` and coverage
policies add those of any payer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, final

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import MEDICARE_PATIENT, line, visit
from medcode.edits.limits import Frequency
from medcode.edits.modifiers.lists import LIABILITY
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.history.record import Billed, Record
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["OverFrequency"]


class Row(NamedTuple):
    """Codes that are counted together, how often they are covered, and the answer to more."""

    codes: tuple[str, ...]
    limit: Frequency
    severity: Severity = Severity.ERROR


YEARLY, TWO_YEARLY, ONCE = Frequency(1, months=12), Frequency(1, months=24), Frequency(1)

ROWS = (
    Row(("G0402",), ONCE),
    Row(("G0438",), ONCE),
    Row(("G0402", "G0438", "G0439"), YEARLY),
    Row(("77067",), YEARLY),
    Row(("G0103",), YEARLY),
    Row(("82270", "G0328"), YEARLY),
    Row(("71271",), YEARLY),
    Row(("G0442",), YEARLY),
    Row(("G0444",), YEARLY),
    Row(("G0446",), YEARLY),
    Row(("76706",), ONCE),
    Row(("81528",), Frequency(1, months=36)),
    Row(("G0101",), TWO_YEARLY, Severity.WARNING),
    Row(("Q0091",), TWO_YEARLY, Severity.WARNING),
    Row(("77080",), TWO_YEARLY, Severity.WARNING),
    Row(("G0105",), TWO_YEARLY, Severity.WARNING),
    Row(("G0121",), Frequency(1, months=120), Severity.WARNING),
)
PART = frozenset({"26", "TC"})


@final
class OverFrequency(Edit[ProfessionalClaim | InstitutionalClaim]):
    """A service is billed more often than it is covered.

    Why: Medicare covers preventive services once in so many months or in a lifetime, and policies limit others;
    what comes too early is denied, whoever billed the earlier one.
    Fix: bill it when it is due again, or bill the patient after a notice (GA).
    """

    id, name, snip = "HIS07", "over-frequency", 7
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 18")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day", "days")
    applies_to = "procedures"
    ack = "A3:483"
    carc, rarc = ("119",), ("N640",)
    over_batch = True
    opt_in = True
    passes = (visit(subscriber=MEDICARE_PATIENT, lines=(line("G0439"),)),)
    fails = (
        visit(
            subscriber=MEDICARE_PATIENT, on="2025-03-03", lines=(line("G0438", service_date="2025-03-03"),)
        ),
        visit(subscriber=MEDICARE_PATIENT, lines=(line("G0439"),)),
    )

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Count the earlier services of each line's limits."""
        found = context.history.of(context)
        if found is None:
            return
        order, record = found
        for service in services(context):
            if service.modifiers & (LIABILITY | PART):
                continue
            for row in self._rows(service, context):
                earlier = earlier_of(record, row, service, order)
                if len(earlier) >= row.limit.count:
                    last = earlier[-1]
                    message = (
                        f"{service.code} ({service.line}) on {service.day} is covered {row.limit}; "
                        f"{last.service.code} was billed on {last.service.day} ({last.place})."
                    )
                    yield attrs.evolve(self.fail(service.path, service.code, message), severity=row.severity)
                    break

    def _rows(
        self, service: Service, context: Context[ProfessionalClaim | InstitutionalClaim]
    ) -> Iterator[Row]:
        own = context.tables.frequency.get(service.code)
        if own:
            yield Row((service.code,), own)
        payer = context.claim.payer.payer_id
        for policy in context.tables.policies:
            if policy.frequency and policy.applies(service.code, service.day, payer):
                yield Row((service.code,), policy.frequency)
        if context.is_medicare:
            yield from (row for row in ROWS if service.code in row.codes)


def earlier_of(record: Record, row: Row, service: Service, order: int) -> list[Billed]:
    """Return the last services of a row's codes that still count on a line's day, no more than the limit."""
    found: list[Billed] = []
    for code in row.codes:
        before = record.before(code, service.day, order)
        for billed in before:
            if not row.limit.is_within(billed.service.day, service.day) or len(found) >= row.limit.count:
                break
            if not billed.service.modifiers & (LIABILITY | PART):
                found.append(billed)
    return sorted(found, key=lambda each: each.service.day)
