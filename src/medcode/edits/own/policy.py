"""What a coverage policy and a payer's rules say, as values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs
from dateutil.relativedelta import relativedelta

from medcode.claims.model.base import helpful
from medcode.edits.kinds import CodeList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.edits.limits import Frequency

__all__ = ["PayerRules", "Policy"]

OLDEST = 124


def code_list(value: CodeList | str | Iterable[str]) -> CodeList:
    """Return codes and ranges as a list; they may come in one text."""
    if isinstance(value, CodeList):
        return value
    return CodeList(value if isinstance(value, str) else " ".join(value))


def begins(values: str | Iterable[str]) -> tuple[str, ...]:
    """Return how diagnoses begin, without their dots."""
    found = values.split() if isinstance(values, str) else values
    return tuple(each.replace(".", "").upper() for each in found)


def texts(values: str | Iterable[str]) -> tuple[str, ...]:
    """Return texts as a tuple; they may come in one text."""
    return tuple(values.split() if isinstance(values, str) else values)


@helpful
@attrs.frozen(kw_only=True)
class Policy:
    """A coverage policy (LCD, NCD or a payer's own) for some procedures, in force from `start` to `end`.

    `codes` are procedures and ranges of them. Empty fields limit nothing: `diagnoses` are those that are covered (or
    how they begin) and `excluded` those that are not, `ages` the first and last, `places` the places of service,
    `modifiers` those of which a line must have one. Several rows of one `name` add up: a service has to fit one.

    >>> policy = Policy(name="L1", codes="G0108 G0109", diagnoses="E08-".split("-")[:1], start=date(2026, 1, 1))
    >>> policy.applies("G0108", date(2026, 5, 1), "12345"), policy.applies("G0108", date(2025, 5, 1), "12345")
    (True, False)
    """

    name: str
    codes: CodeList = attrs.field(converter=code_list, eq=False)
    start: date = date.min
    end: date = date.max
    payers: tuple[str, ...] = attrs.field(default=(), converter=texts)
    diagnoses: tuple[str, ...] = attrs.field(default=(), converter=begins)
    excluded: tuple[str, ...] = attrs.field(default=(), converter=begins)
    ages: tuple[int, int] = (0, OLDEST)
    sex: str = ""
    places: tuple[str, ...] = attrs.field(default=(), converter=texts)
    modifiers: tuple[str, ...] = attrs.field(default=(), converter=texts)
    frequency: Frequency | None = None

    def applies(self, code: str, day: date, payer: str | None) -> bool:
        """Whether the policy is about a procedure, of a day, billed to a payer."""
        return (
            self.start <= day <= self.end and code in self.codes and (not self.payers or payer in self.payers)
        )


@helpful
@attrs.frozen(kw_only=True)
class PayerRules:
    """What a payer asks for: the filing limit in days or months after the service, and fields that must be there.

    `corrected_days` is the limit of replacements (7) and voids (8); `required` are paths of a claim, of lines as
    `lines[].path`.

    >>> PayerRules(payers="12345", days=90).last_day(date(2026, 1, 5))
    datetime.date(2026, 4, 5)
    """

    payers: tuple[str, ...] = attrs.field(converter=texts)
    days: int | None = None
    months: int | None = None
    corrected_days: int | None = None
    required: tuple[str, ...] = attrs.field(default=(), converter=texts)

    def last_day(self, served: date, *, corrected: bool = False) -> date | None:
        """Return the last day to file for a day of service; None without a limit."""
        if corrected:
            return served + relativedelta(days=self.corrected_days) if self.corrected_days else None
        if self.days is None and self.months is None:
            return None
        return served + relativedelta(days=self.days or 0, months=self.months or 0)
