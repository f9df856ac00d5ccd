"""One bill on its way through the editor: what was sent, what the tables say of it, and what was found.

The families of edits read and change a `Work`. The status and the classification of a line change on
the way, where CMS's program packages or reassigns a service; later edits look at what became of it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from medcode.edits.oce.fields import day, number, text
from medcode.edits.oce.line import NO_APC, Diagnosis, Line, ServiceDay
from medcode.edits.oce.numbers import REJECTS_LINE, RETURNS_CLAIM

if TYPE_CHECKING:
    from medcode.edits.oce.bill import OutpatientBill
    from medcode.edits.oce.tables import OceTables, Version

__all__ = ["Work"]

OLDEST = 124
SEXES = frozenset("MFU012")
EMERGENCY_END = date(2023, 5, 11)
EMERGENCY_END_VALUE = "Z9"  # the value code by which a contractor gives another last day


class Work:
    """A bill in work. Made with the version that its first day is in, and the dates already judged."""

    def __init__(
        self, bill: OutpatientBill, tables: OceTables, version: Version, days: tuple[date, date]
    ) -> None:
        self.bill = bill
        self.tables = tables
        self.version = version
        self.first_day, self.last_day = days
        receipt = tables.version_on(day(bill.receipt_date) or self.last_day)
        self.receipt_version = receipt.number if receipt else 0
        self.bill_type = text(bill.bill_type) or ""
        self.facility = self.bill_type[:2]
        self.conditions = frozenset(filter(None, map(text, bill.condition_codes)))
        self.values = {code: value for code, value in reversed(self._values()) if code}
        self.age = number(bill.age)
        self.age_is_valid = self.age is not None and 0 <= self.age <= OLDEST
        self.sex_is_valid = (text(bill.sex) or "-").upper() in SEXES
        self.status = number(bill.discharge_status)
        self._next = self._next_version()
        self.principal = self._diagnosis(text(bill.principal))
        self.secondary = self._diagnoses(bill.secondary)
        self.reasons = self._diagnoses(bill.reasons_for_visit)
        self.lines = [Line(line, self) for line in bill.lines]
        self.flags = 0
        for line in self.lines:
            self.flags |= line.flags
        self.days: list[ServiceDay] = []
        self.day_count = 0
        self.claim_found: set[int] = set()
        self.met: set[int] = set()
        self.is_returned = False
        self.primary: Line | None = None
        self.is_inpatient = self.is_mental_health = self.is_knee = self.is_off_campus = False

    def _values(self) -> list[tuple[str | None, str | None]]:
        return [(text(code), text(value)) for code, value in self.bill.value_codes]

    def _next_version(self) -> int | None:
        """Return the version of the last day if it is the one after that of the first."""
        last = self.tables.version_on(self.last_day)
        return last.number if last and last.number == self.version.number + 1 else None

    def _diagnosis(self, code: str | None) -> Diagnosis:
        if code is None:
            return Diagnosis(None, None, is_coming=False)
        row = self.tables.diagnoses.at(code, self.version.number)
        is_coming = (
            row is None and self._next is not None and self.tables.diagnoses.at(code, self._next) is not None
        )
        return Diagnosis(code, row, is_coming=is_coming)

    def _diagnoses(self, codes: tuple[str | None, ...]) -> list[Diagnosis]:
        return [self._diagnosis(code) for code in map(text, codes) if code]

    def arrange(self) -> None:
        """Group the lines by their days."""
        dates = [line.on for line in self.lines if line.on]
        first, last = min(self.first_day, *dates), max(self.last_day, *dates)
        self.day_count = (last - first).days + 1
        by_date: dict[date, ServiceDay] = {}
        for line in self.lines:
            if line.on is None:
                continue
            own = by_date.get(line.on)
            if own is None:
                own = by_date[line.on] = ServiceDay(line.on, (line.on - first).days)
            own.lines.append(line)
            line.service_day = own
        self.days = sorted(by_date.values(), key=lambda each: each.index)

    @property
    def emergency_end(self) -> date:
        """The last day of the public health emergency, or the one that the bill gives."""
        if EMERGENCY_END_VALUE not in self.values:
            return EMERGENCY_END
        digits = self.values[EMERGENCY_END_VALUE] or ""
        return day(digits[: len("CCYYMMDD")]) or self.first_day

    def hit(self, line: Line, edit: int) -> None:
        """Apply an edit to a line."""
        line.found.add(edit)
        if edit in REJECTS_LINE:
            line.is_rejected = True
        self._met(edit)

    def hit_diagnosis(self, diagnosis: Diagnosis, edit: int) -> None:
        """Apply an edit to a diagnosis."""
        diagnosis.found.add(edit)
        self._met(edit)

    def hit_claim(self, edit: int) -> None:
        """Apply an edit to the claim."""
        self.claim_found.add(edit)
        self._met(edit)

    def _met(self, edit: int) -> None:
        self.met.add(edit)
        if edit in RETURNS_CLAIM:
            self.is_returned = True

    def any_status(self, *statuses: str) -> bool:
        """Whether any line has one of some statuses."""
        return any(line.status in statuses for line in self.lines)

    def assign(self, line: Line, apc: str | None) -> None:
        """Assign a line a classification; nothing happens for one that the version does not have."""
        if apc is None or apc == NO_APC:
            return
        row = self.tables.apcs.at(apc, self.version.number)
        if row is not None:
            line.status, line.apc, line.amount = row.status, apc, row.amount

    def assign_composite(self, line: Line, apc: str) -> None:
        """Assign a line the classification of a composite of which it is the line that is paid."""
        row = self.tables.apcs.at(apc, self.version.number)
        if row is not None:
            line.status, line.apc = row.status, apc
            line.is_packaged = False
