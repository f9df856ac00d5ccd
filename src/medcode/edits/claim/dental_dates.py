"""DEN05 and DEN06: orthodontic months and dental dates."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, final

from medcode.claims.model.dates import ClaimDates, LineDates
from medcode.claims.model.dental import DentalClaim, Orthodontics
from medcode.codesets.code import Malformed
from medcode.edits.base import Edit
from medcode.edits.claim.dental import FORM
from medcode.edits.days import plain_day, unread
from medcode.edits.examples import dental, filling
from medcode.edits.setting import Setting
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["DentalDates", "MonthsOfTreatment"]


@final
class MonthsOfTreatment(Edit[DentalClaim]):
    """More months of orthodontic treatment remain than it takes in all.

    Why: the months that remain are part of the total.
    Fix: correct the two numbers.
    """

    id, name, snip = "DEN05", "months-of-treatment", 4
    ack = "A7:243"
    carc, rarc = ("16",), ("MA130",)
    source = Source("ADA", FORM, section="item 42")
    settings = (Setting.DENTAL,)
    passes = (dental(orthodontics=Orthodontics(total_months=24, remaining_months=18)),)
    fails = (dental(orthodontics=Orthodontics(total_months=18, remaining_months=24)),)

    def check(self, claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Finding]:
        """Compare the two numbers."""
        course = claim.orthodontics
        total, remaining = (course.total_months, course.remaining_months) if course else (None, None)
        for field, value in (("total_months", total), ("remaining_months", remaining)):
            if isinstance(value, Malformed):
                path = f"orthodontics.{field}"
                yield self.unchecked(path, None, f"Not checked: the number cannot be read. Correct {path}.")
        if isinstance(total, Decimal) and isinstance(remaining, Decimal) and remaining > total:
            message = f"{remaining} months of treatment remain; it takes {total} in all."
            yield self.fail("orthodontics.remaining_months", str(remaining), message)


@final
class DentalDates(Edit[DentalClaim]):
    """A date of a dental line does not go with the day of service.

    Why: what is replaced was placed before, a treatment starts before it is completed, and the visits of orthodontic
    treatment follow the placement of the appliance.
    Fix: correct the date.
    """

    id, name, snip = "DEN06", "dental-dates", 4
    ack = "A7:187"
    carc, rarc = ("16",), ("M52",)
    source = Source("ADA", FORM, section="items 24, 41 and 44")
    settings = (Setting.DENTAL,)
    requires = ("days",)
    passes = (
        dental(
            lines=(
                filling(
                    procedure="D2740",
                    prosthesis="R",
                    dates=LineDates(prior_placement="2019-02-03", prior_placement_kind="441"),
                ),
            )
        ),
        dental(
            lines=(filling(procedure="D8670", teeth=(), dates=LineDates(appliance_placement="2025-12-05")),)
        ),
    )
    fails = (
        dental(
            lines=(
                filling(
                    procedure="D2740",
                    prosthesis="R",
                    dates=LineDates(prior_placement="2026-02-03", prior_placement_kind="441"),
                ),
            )
        ),
        dental(
            orthodontics=Orthodontics(total_months=24, remaining_months=12),
            lines=(filling(procedure="D8670", teeth=(), dates=LineDates(appliance_placement="2026-02-05")),),
        ),
        dental(
            orthodontics=Orthodontics(total_months=24, remaining_months=12),
            dates=ClaimDates(appliance_placement="2026-02-05"),
            lines=(filling(procedure="D8670", teeth=()),),
        ),
        dental(
            lines=(filling(dates=LineDates(treatment_start="2026-01-05", treatment_completion="2026-01-04")),)
        ),
    )

    def check(self, claim: DentalClaim, context: Context[DentalClaim]) -> Iterator[Finding]:
        """Compare the dates of each line with its day, and with each other."""
        placed = plain_day(claim.dates.appliance_placement)
        if isinstance(claim.dates.appliance_placement, Malformed):
            yield self.unchecked(CLAIM_PLACEMENT, None, unread(CLAIM_PLACEMENT))
        for number, (line, day) in enumerate(zip(claim.lines, context.line_days, strict=True)):
            at, here = f"lines[{number}].dates", f"line {number + 1}"
            for field in DATES:
                if isinstance(getattr(line.dates, field), Malformed):
                    yield self.unchecked(f"{at}.{field}", None, unread(f"{at}.{field}"))
            prior = plain_day(line.dates.prior_placement)
            if prior and day and prior > day:
                message = f"The prior placement of {here}, {prior}, is after its day of service, {day}."
                yield self.fail(f"{at}.prior_placement", None, message)
            appliance = plain_day(line.dates.appliance_placement) or placed
            if appliance and day and appliance > day and line.procedure.code in ORTHODONTIC_VISITS:
                message = f"{line.procedure.code} ({here}) of {day} is before the placement of the appliance, {appliance}."
                whole = line.dates.appliance_placement is None
                yield self.fail(CLAIM_PLACEMENT if whole else f"{at}.appliance_placement", None, message)
            start, end = plain_day(line.dates.treatment_start), plain_day(line.dates.treatment_completion)
            if start and end and end < start:
                message = f"The treatment of {here} is completed on {end}, before it starts on {start}."
                yield self.fail(f"{at}.treatment_completion", None, message)


CLAIM_PLACEMENT = "dates.appliance_placement"
DATES = ("prior_placement", "appliance_placement", "treatment_start", "treatment_completion")

ORTHODONTIC_VISITS = frozenset({"D8670", "D8680", "D8681"})
"""What follows the placement of an orthodontic appliance: visits, retention and adjustment."""
