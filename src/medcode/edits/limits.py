"""How often a service is covered: so many in so many months or days, or in a lifetime."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import helpful

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Frequency"]

A_YEAR = 12


@helpful
@attrs.frozen
class Frequency:
    """At most `count` services in `months` calendar months or in `days`; without either, in a lifetime.

    Months are counted as Medicare does: once in 12 months is again from the same month of the next year, after
    eleven full months.

    >>> from datetime import date
    >>> yearly = Frequency(1, months=12)
    >>> yearly.is_within(date(2025, 3, 31), date(2026, 2, 28)), yearly.is_within(date(2025, 3, 31), date(2026, 3, 1))
    (True, False)
    >>> str(yearly), str(Frequency(2, days=30)), str(Frequency(1))
    ('1 in 12 months', '2 in 30 days', '1 in a lifetime')
    """

    count: int = attrs.field(validator=attrs.validators.ge(1))
    months: int | None = attrs.field(
        default=None, kw_only=True, validator=attrs.validators.optional(attrs.validators.ge(1))
    )
    days: int | None = attrs.field(
        default=None, kw_only=True, validator=attrs.validators.optional(attrs.validators.ge(1))
    )

    def is_within(self, earlier: date, later: date) -> bool:
        """Whether an earlier day still counts on a later one."""
        if self.days is not None:
            return (later - earlier).days < self.days
        if self.months is not None:
            return (later.year - earlier.year) * A_YEAR + later.month - earlier.month < self.months
        return True

    def __str__(self) -> str:
        """Return it in words."""
        if self.days is not None:
            return f"{self.count} in {self.days} days"
        return f"{self.count} in {self.months} months" if self.months else f"{self.count} in a lifetime"
