"""What is left to do: denials by the kind of work they ask for, what payers owe by its age, and days that must not pass.

Filing and appeal periods are the payers' own; the table of them is yours:

>>> rules = ClockRules.from_toml('''
... [[rules]]
... filing_days = 365
... appeal_days = 120
... [[rules]]
... payer = "EXAMPLE HEALTH PLAN"
... filing_days = 90
... ''')
>>> rules.of("EXAMPLE HEALTH PLAN").filing_days, rules.of("ANOTHER PLAN").appeal_days
(90, 120)
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.ledger.events import EventKind
from medcode.codesets import clock
from medcode.toml_lines import toml_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from medcode.claims.ledger.entry import LedgerEntry
    from medcode.claims.reasons import ReasonKind

__all__ = ["AGES", "ClockRule", "ClockRules", "Clocks", "aging", "clocks", "denials"]

AGES = (30, 60, 90, 120)
"""The ends, in days, of the columns of `aging`; a last one has what is older."""

_NOTHING = Decimal(0)


def denials(entries: Iterable[LedgerEntry]) -> dict[ReasonKind, list[LedgerEntry]]:
    """Return the claims that were denied or reduced, by the kind of their largest refusal; the most money first.

    What to do, who does it and whether it can be appealed is said by the kind.
    """
    found: dict[ReasonKind, list[LedgerEntry]] = {}
    for entry in entries:
        if kinds := entry.refusals:
            found.setdefault(next(iter(kinds)), []).append(entry)
    return dict(sorted(found.items(), key=lambda item: -sum((each.refused for each in item[1]), _NOTHING)))


def aging(entries: Iterable[LedgerEntry], on: date | None = None) -> dict[str, tuple[Decimal, ...]]:
    """Return what is still open with each payer, by the days since the claim was sent first: up to 30, 60, 90, 120, and more.

    `on` is the day to count to (default: today).
    """
    found: dict[str, list[Decimal]] = {}
    for entry in entries:
        if entry.balance > 0:
            row = found.setdefault(entry.payer or "", [_NOTHING] * (len(AGES) + 1))
            row[sum(entry.days_open(on) > age for age in AGES)] += entry.balance
    return {payer: tuple(row) for payer, row in found.items()}


@attrs.frozen(kw_only=True)
class ClockRule:
    """How many days after the service a claim may be filed, and after a decision an appeal; None where there is no limit.

    A rule without `payer` is for all that have none of their own.
    """

    payer: str | None = None
    filing_days: int | None = None
    appeal_days: int | None = None


def _rules(values: Iterable[ClockRule]) -> tuple[ClockRule, ...]:
    return tuple(values)


@attrs.frozen
class ClockRules:
    """A table of rules, by payer."""

    rules: tuple[ClockRule, ...] = attrs.field(converter=_rules)

    @classmethod
    def from_toml(cls, text: str) -> ClockRules:
        """Read a table from TOML, one `[[rules]]` for each. Raises ValueError for a key that a rule does not have."""
        rules: list[dict[str, Any]] = toml_table(text).get("rules", [])
        known = {field.name for field in attrs.fields(ClockRule)}
        for rule in rules:
            if unknown := sorted(rule.keys() - known):
                raise ValueError(f"a rule has no {unknown[0]!r}; it has {', '.join(sorted(known))}")
        return cls([ClockRule(**rule) for rule in rules])

    def of(self, payer: str | None) -> ClockRule:
        """Return the rule of a payer, else the one for all, else one without limits."""
        own = [rule for rule in self.rules if rule.payer is not None and rule.payer == payer]
        return (own or [rule for rule in self.rules if rule.payer is None] or [ClockRule()])[0]


@attrs.frozen(kw_only=True)
class Clocks:
    """The last days to file a claim and to appeal a decision, and how many days are left; None where no clock runs."""

    file_by: date | None = None
    appeal_by: date | None = None
    days_left: int | None = None


def clocks(entry: LedgerEntry, rules: ClockRules, on: date | None = None) -> Clocks:
    """Return the days that must not pass for a claim.

    A claim that no payer has taken (sent, received, rejected) must be filed in time, counted from its first day of service; a refusal must be appealed in
    time, counted from the last decision.
    """
    rule, today = rules.of(entry.payer), on or clock.today()
    file_by = appeal_by = None
    first = entry.first_day
    if (
        rule.filing_days is not None
        and first
        and entry.state in {EventKind.SENT, EventKind.RECEIVED, EventKind.REJECTED}
    ):
        file_by = first + timedelta(rule.filing_days)
    decided = [event.date for event in entry.events if event.payment is not None and event.date]
    if rule.appeal_days is not None and decided and entry.refusals:
        appeal_by = decided[-1] + timedelta(rule.appeal_days)
    due = file_by or appeal_by
    return Clocks(file_by=file_by, appeal_by=appeal_by, days_left=(due - today).days if due else None)
