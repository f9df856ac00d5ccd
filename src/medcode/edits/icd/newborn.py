"""AGE02: an examination code of a newborn of another age."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit, initials_of
from medcode.edits.days import plain_day
from medcode.edits.examples import SUBSCRIBER, visit
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["NewbornExamination"]

DAYS = {"Z00110": (0, 7), "Z00111": (8, 28)}
BORN = SUBSCRIBER.evolve(birth_date="2026-01-01")


@final
class NewbornExamination(Edit[Claim]):
    """A newborn examination is coded for a child too old or too young for it.

    Why: Z00.110 is for a child under 8 days old, Z00.111 for one of 8 to 28 days.
    Fix: use the code for the child's age; from the 29th day that is Z00.12-.
    """

    id, name, snip = "AGE02", "newborn-examination-age", 5
    initials = initials_of(DAYS)
    ack = "A7:255"
    carc = ("9",)
    source = Source("NCHS", "ICD-10-CM Tabular List", section="Z00.11")
    requires = ("day", "birth_date")
    passes = (
        visit("Z00.110", on="2026-01-08", subscriber=BORN),
        visit("Z00.111", on="2026-01-09", subscriber=BORN),
    )
    fails = (
        visit("Z00.110", on="2026-01-09", subscriber=BORN),
        visit("Z00.111", on="2026-01-30", subscriber=BORN),
    )

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code is of a newborn examination."""
        return code in DAYS

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Compare the days since birth with those of the code."""
        born = plain_day(claim.patient.birth_date)
        for judged in context.diagnoses:
            if judged.code not in DAYS or born is None:
                continue
            first, last = DAYS[judged.code]
            days = (judged.day - born).days
            if not first <= days <= last:
                message = f"{judged.shown} is for a child {first} to {last} days old; this child is {days} days old."
                yield self.fail(judged.path, judged.code, message)
