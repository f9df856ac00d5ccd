"""What a bill is made of while it is in work: its diagnoses, its lines and the days that these are on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from medcode.edits.oce.fields import amount, day, number, text

if TYPE_CHECKING:
    from datetime import date

    from medcode.edits.oce.bill import BillLine
    from medcode.edits.oce.tables import DiagnosisRow, OceTables
    from medcode.edits.oce.work import Work

__all__ = ["NO_APC", "Diagnosis", "Line", "ServiceDay"]

NO_APC = "00000"
UNKNOWN_STATUS = "W"
STATUS_BY_REVENUE = frozenset({"N", "E", "E1", "E2", "B", "F"})
OTHER_REVENUE = "Z"
CONDITIONAL = frozenset({"Q1", "Q2", "Q3", "Q4"})
TOKEN_CHARGE = Decimal("1.01")
SYSTEM_MODIFIERS = frozenset({"@1", "@2", "@3", "@4", "@5", "@6"})
"""Modifiers that CMS's own systems add; they are in no table."""


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
        """Read the modifiers; CMS's program mostly stops at the first blank one."""
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
        """Assign the line its code's own classification, with the status that belongs to it."""
        if self.default_apc in (None, NO_APC) or self.default_status is None:
            return
        self.status, self.apc = self.default_status, self.default_apc
        self.is_packaged = False

    def take_standard(self) -> None:
        """Assign the line the status of its code's classification, packaged or not."""
        if self.default_status is None:
            return
        self.status = self.default_status
        self.is_packaged = False

    def join_composite(self) -> None:
        """Package the line into a composite."""
        self.package()
        self.is_composite = True
