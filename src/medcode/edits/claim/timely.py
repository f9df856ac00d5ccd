"""CLM13: claims that reach Medicare too late."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, final

from dateutil.relativedelta import MO, TH, relativedelta

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import MEDICARE_PATIENT, visit
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["TimelyFiling", "last_timely_day"]

CORRECTIONS = frozenset({"7", "8"})
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


@final
class TimelyFiling(Edit[Claim]):
    """The claim is sent after Medicare's filing limit.

    Why: Medicare takes a claim until one calendar year after the service; of an institution the
    through date counts, of a practitioner each line. A last day on a weekend or a federal holiday
    moves to the next workday. A late claim is denied without appeal. Adjustments and voids of claims that
    were filed in time go by the rules of reopening, and a delay reason claims one of the exceptions.
    Fix: none, unless one of the exceptions of 42 CFR 424.44(b) applies: then send its delay reason.
    """

    id, name, snip = "CLM13", "timely-filing", 7
    source = Source("CMS", "42 CFR 424.44", section="(a), (b) and (e)")
    requires = ("day",)
    applies_to = "medicare"
    ack = "A3:718"
    carc, rarc = ("29",), ("N211",)
    passes = (
        visit(on="2026-01-05", subscriber=MEDICARE_PATIENT),
        visit(on="2020-01-05"),
        visit(on="2024-01-05", subscriber=MEDICARE_PATIENT, delay_reason="1"),
        visit(on="2024-01-05", subscriber=MEDICARE_PATIENT, frequency="7"),
    )
    fails = (visit(on="2024-01-05", subscriber=MEDICARE_PATIENT),)

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Compare the day the claim is sent with the last timely day of each line, or of the stay."""
        if claim.frequency in CORRECTIONS:
            return
        if context.is_institutional:
            days = [("statement_dates", context.day)]
        else:
            days = [(f"lines[{n}].service_date", day) for n, day in enumerate(context.line_days)]
        for path, day in days:
            if day and day < context.on and context.on > (last := last_timely_day(day)):
                message = f"The last day to file with Medicare for {day} was {last}; the claim is sent on {context.on}."
                if claim.delay_reason:
                    yield self.bypass(path, None, f"{message} It states delay reason {claim.delay_reason}.")
                else:
                    yield self.fail(path, None, message)


@lru_cache(maxsize=1024)
def last_timely_day(day: date) -> date:
    """Return the last day on which Medicare takes a claim for a day of service.

    >>> from datetime import date
    >>> last_timely_day(date(2024, 2, 29)), last_timely_day(date(2024, 3, 1))
    (datetime.date(2025, 2, 28), datetime.date(2025, 3, 3))
    >>> last_timely_day(date(2024, 7, 4))
    datetime.date(2025, 7, 7)
    >>> last_timely_day(date(2020, 12, 31))
    datetime.date(2022, 1, 3)
    """
    last = day + relativedelta(years=1)
    while last.weekday() >= SATURDAY or last in federal_holidays(last.year):
        last += timedelta(days=1)
    return last


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> frozenset[date]:
    """Return the days on which federal offices close (5 U.S.C. 6103), Sundays moved to Monday, Saturdays to Friday."""
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25), *([(6, 19)] if year >= JUNETEENTH else ())]
    moving = [(1, MO(3)), (2, MO(3)), (5, MO(-1)), (9, MO(1)), (10, MO(2)), (11, TH(4))]
    eve = date(year, 12, 31)  # closed where the next New Year is a Saturday
    observed = ({eve} if eve.weekday() == FRIDAY else set()) | {
        on + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(on.weekday(), 0))
        for on in (date(year, month, day) for month, day in fixed)
    }
    return frozenset(
        observed
        | {
            date(year, month, 1) + relativedelta(day=31 if which.n < 0 else 1, weekday=which)
            for month, which in moving
        }
    )


JUNETEENTH = 2021
