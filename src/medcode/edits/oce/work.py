"""One bill on its way through the editor: what was sent, what the tables say of it, and what was found.

The families of edits read and change a `Work`. The status and the classification of a line change on
the way, where CMS's program packages or reassigns a service; later edits look at what became of it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from medcode.codesets import store
from medcode.edits.oce.numbers import REJECTS_LINE, RETURNS_CLAIM

if TYPE_CHECKING:
    from medcode.edits.oce.bill import BillLine, OutpatientBill
    from medcode.edits.oce.tables import DiagnosisRow, OceTables, Version

__all__ = ["NO_APC", "Diagnosis", "Line", "ServiceDay", "Work", "amount", "day", "number", "text"]

NO_APC = "00000"
UNKNOWN_STATUS = "W"
STATUS_BY_REVENUE = frozenset({"N", "E", "E1", "E2", "B", "F"})
OTHER_REVENUE = "Z"
CONDITIONAL = frozenset({"Q1", "Q2", "Q3", "Q4"})
TOKEN_CHARGE = Decimal("1.01")
OLDEST = 124
SEXES = frozenset("MFU012")
EMERGENCY_END = date(2023, 5, 11)
EMERGENCY_END_VALUE = "Z9"  # the value code by which a contractor gives another last day


def text(value: object) -> str | None:
    """Return a field trimmed, None if it is blank.

    >>> text(" 131 "), text(""), text(None)
    ('131', None, None)
    """
    return None if value is None else str(value).strip() or None


def number(value: object) -> int | None:
    """Return a field as a whole number, None if it is blank or no number.

    >>> number("0450"), number("x")
    (450, None)
    """
    try:
        return int(text(value) or "")
    except ValueError:
        return None


def amount(value: object) -> Decimal:
    """Return a charge; 0 for what is blank, negative or no number."""
    try:
        charge = Decimal(text(value) or 0)
    except InvalidOperation:
        return Decimal(0)
    return charge if charge.is_finite() and charge > 0 else Decimal(0)


def day(value: object) -> date | None:
    """Return a day from a date or from its eight digits, None for anything else.

    >>> day("20260105"), day("2026-13-05")
    (datetime.date(2026, 1, 5), None)
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    digits = text(value) or ""
    if len(digits) != len("CCYYMMDD") or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return store.day(int(digits))
    except ValueError:
        return None


class Diagnosis:
    """A diagnosis: its code, what the version knows of it, and its edits.

    `is_coming` marks a code that only the version of the bill's last day has.
    """

    __slots__ = ("code", "found", "is_coming", "row")

    def __init__(self, code: str | None, row: DiagnosisRow | None, *, is_coming: bool) -> None:
        self.code = code
        self.row = row
        self.is_coming = is_coming
        self.found: set[int] = set()

    @property
    def flags(self) -> int:
        """The facts of the code; none of one that is not valid."""
        return self.row.flags if self.row else 0


class ServiceDay:
    """A day that has lines, counted from the first day of the bill."""

    __slots__ = (
        "date",
        "has_iop",
        "has_only_reported",
        "has_php",
        "index",
        "is_denied",
        "is_education_only",
        "is_inpatient",
        "lines",
    )

    def __init__(self, on: date, index: int) -> None:
        self.date = on
        self.index = index
        self.lines: list[Line] = []
        self.is_education_only = self.is_inpatient = self.is_denied = False
        self.has_php = self.has_iop = self.has_only_reported = False


class Line:
    """A service line: what was sent, what the version knows of it, what became of it, and its edits."""

    __slots__ = (
        "all_modifiers",
        "amount",
        "apc",
        "default_apc",
        "default_status",
        "flags",
        "found",
        "has_bad_modifier",
        "hcpcs",
        "in_program",
        "is_composite",
        "is_inpatient",
        "is_off_campus",
        "is_packaged",
        "is_rejected",
        "is_therapy",
        "is_token",
        "is_visit",
        "modifier_flags",
        "modifiers",
        "modifiers_start",
        "on",
        "radiosurgery",
        "rank",
        "revenue",
        "revenue_is_valid",
        "row",
        "service_day",
        "status",
        "units",
    )

    def __init__(self, sent: BillLine, work: Work) -> None:
        tables, version = work.tables, work.version.number
        self.found: set[int] = set()
        self.on = day(sent.service_date)
        self.service_day: ServiceDay | None = None
        self.hcpcs = text(sent.hcpcs)
        units = number(sent.units)
        self.units = units if units is not None and units > 0 else 1
        charge = amount(sent.charge)
        self.is_token = 0 < charge < TOKEN_CHARGE
        self.is_packaged = self.is_rejected = self.is_inpatient = self.is_composite = False
        self.is_visit = self.is_therapy = self.is_off_campus = self.in_program = False
        self.status = UNKNOWN_STATUS
        self.apc: str | None = NO_APC
        self.amount = self.rank = self.flags = 0
        self.radiosurgery = False
        self.default_apc: str | None = None
        self.default_status: str | None = None
        self._read_modifiers(sent, tables, version)
        self._read_revenue(sent, work)
        self.row = None if self.hcpcs is None else tables.hcpcs.at(self.hcpcs, version)
        if self.row is not None:
            self._read_hcpcs(tables, version)

    def _read_modifiers(self, sent: BillLine, tables: OceTables, version: int) -> None:
        """Take the modifiers; CMS's program mostly reads on only until the first blank one."""
        sent_modifiers = [text(modifier) for modifier in sent.modifiers]
        self.all_modifiers = tuple(modifier for modifier in sent_modifiers if modifier)
        end = sent_modifiers.index(None) if None in sent_modifiers else len(sent_modifiers)
        self.modifiers = self.all_modifiers[:end]
        self.modifier_flags, self.has_bad_modifier = 0, False
        self.modifiers_start: date | None = None
        for modifier in self.modifiers:
            row = tables.modifiers.at(modifier, version)
            if row is None:
                self.has_bad_modifier = self.has_bad_modifier or modifier not in SYSTEM_MODIFIERS
                continue
            self.modifier_flags |= row.flags
            if row.activated:
                self.modifiers_start = max(self.modifiers_start or row.activated, row.activated)

    def _read_revenue(self, sent: BillLine, work: Work) -> None:
        self.revenue = number(sent.revenue_code)
        row = work.tables.revenue.at(str(self.revenue), work.receipt_version)
        self.revenue_is_valid = row is not None
        if row is None:
            return
        self.flags = row.flags
        if self.hcpcs is None and row.status is not None:
            self.status = row.status if row.status in STATUS_BY_REVENUE else OTHER_REVENUE
            self.is_packaged = self.status == "N"

    def _read_hcpcs(self, tables: OceTables, version: int) -> None:
        row = self.row
        assert row is not None and self.hcpcs is not None  # noqa: S101, PT018  # the caller just looked
        self.flags |= row.flags
        self.status = row.status
        self.default_apc = row.apc
        self.rank = tables.ranks.at(self.hcpcs, version) or 0
        if row.apc is not None and (apc := tables.apcs.at(row.apc, version)):
            self.default_status, self.amount = apc.status, apc.amount
            self.radiosurgery = apc.radiosurgery

    @property
    def is_coded(self) -> bool:
        """Whether the line has a HCPCS code that is valid."""
        return self.row is not None

    @property
    def is_invalid(self) -> bool:
        """Whether the line has a HCPCS code that is not valid."""
        return self.row is None and self.hcpcs is not None

    @property
    def is_excluded(self) -> bool:
        """Whether the line is rejected or denied, or goes with an inpatient procedure."""
        return self.is_rejected or self.is_inpatient

    @property
    def is_conditional(self) -> bool:
        """Whether it depends on the other lines how the line is paid."""
        return self.status in CONDITIONAL

    def has(self, *modifiers: str) -> bool:
        """Whether the line has one of some modifiers."""
        return any(modifier in self.modifiers for modifier in modifiers)

    def is_paid_more_than(self, other: Line) -> bool:
        """Whether the classification of the line is paid more than that of another."""
        return self.apc != NO_APC and other.amount < self.amount

    def package(self) -> None:
        """Package the line: its payment is part of another's."""
        if self.is_packaged or self.is_invalid:
            return
        self.status, self.apc = "N", NO_APC
        self.is_packaged = True

    def pay_separately(self) -> None:
        """Make the line separately payable, outside of a classification."""
        self.status, self.apc = "A", NO_APC
        self.is_packaged = False

    def take_default(self) -> None:
        """Give the line its code's own classification, with the status that belongs to that."""
        if self.default_apc in (None, NO_APC) or self.default_status is None:
            return
        self.status, self.apc = self.default_status, self.default_apc
        self.is_packaged = False

    def take_standard(self) -> None:
        """Give the line the status of its code's classification, packaged or not."""
        if self.default_status is None:
            return
        self.status = self.default_status
        self.is_packaged = False

    def join_composite(self) -> None:
        """Package the line into a composite."""
        self.package()
        self.is_composite = True


SYSTEM_MODIFIERS = frozenset({"@1", "@2", "@3", "@4", "@5", "@6"})
"""Modifiers that CMS's own systems add; they are in no table."""


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
        """Put the lines to their days."""
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
        """Put an edit on a line."""
        line.found.add(edit)
        if edit in REJECTS_LINE:
            line.is_rejected = True
        self._met(edit)

    def hit_diagnosis(self, diagnosis: Diagnosis, edit: int) -> None:
        """Put an edit on a diagnosis."""
        diagnosis.found.add(edit)
        self._met(edit)

    def hit_claim(self, edit: int) -> None:
        """Put an edit on the claim."""
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
        """Give a line a classification; nothing happens for one that the version does not have."""
        if apc is None or apc == NO_APC:
            return
        row = self.tables.apcs.at(apc, self.version.number)
        if row is not None:
            line.status, line.apc, line.amount = row.status, apc, row.amount

    def assign_composite(self, line: Line, apc: str) -> None:
        """Give a line the classification of a composite of which it is the line that is paid."""
        row = self.tables.apcs.at(apc, self.version.number)
        if row is not None:
            line.status, line.apc = row.status, apc
            line.is_packaged = False
