"""The Integrated Outpatient Code Editor: CMS's checks of an outpatient bill, as its first day demands.

Source: CMS, Integrated OCE (IOCE) Specifications, v20.2 to v27.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.bill import OutpatientBill, OutpatientResult
from medcode.edits.oce.fields import day, text
from medcode.edits.oce.numbers import DISPOSITIONS
from medcode.edits.oce.routes import NON_OPPS_BILLS, OPPS_BILLS, key_of, route
from medcode.edits.oce.work import Work

if TYPE_CHECKING:
    from datetime import date

    from medcode.claims.model.institutional import InstitutionalClaim
    from medcode.edits.oce.tables import OceTables, Version

__all__ = ["OutpatientCodeEditor"]

INVALID_DATE, OUT_OF_VERSIONS, INVALID_BILL, INVALID_RECEIPT = 23, 24, 118, 119
HIPPS = 23
UNFOLLOWED = "the add-on codes go round in a ring, or value code QA is no number of days and hours"
UNDATED_BILL = "32G"  # an adjustment by the contractor, whose lines need no dates
BILL_TYPE_LENGTH = 3
PROGRAM_CONDITIONS_BEGIN = 94  # version: conditions 41 and 92 decide whether a type of bill is valid


class OutpatientCodeEditor:
    """CMS's Integrated Outpatient Code Editor, over tables that the user holds.

    It decides on acceptance, edit by edit; it does not compute payments. One editor may serve any number
    of bills, from any number of threads.
    """

    def __init__(self, tables: OceTables) -> None:
        self.tables = tables

    def covers(self, day: date) -> bool:
        """Whether the tables cover a bill that begins on a day."""
        return self.tables.covers(day)

    def edit(self, bill: OutpatientBill | InstitutionalClaim) -> OutpatientResult:
        """Return the edits that a bill meets. Any text in any field gives an answer."""
        if not isinstance(bill, OutpatientBill):
            from medcode.edits.oce.claim_bill import bill_of

            bill = bill_of(bill)
        return _Editing(bill, self.tables).result()


class _Editing:
    """One bill on its way through the editor, from its dates to its answer."""

    __slots__ = ("bill", "claim", "tables", "version", "work")

    def __init__(self, bill: OutpatientBill, tables: OceTables) -> None:
        self.bill = bill
        self.tables = tables
        self.claim: set[int] = set()
        self.version: Version | None = None
        self.work: Work | None = None

    def result(self) -> OutpatientResult:
        """Return the answer: the edits of the dates, of the bill type, and of what follows."""
        stopped = self._dates() or self._lines()
        work = self.work
        secondary = [diagnosis.found for diagnosis in work.secondary] if work else []
        reasons = [diagnosis.found for diagnosis in work.reasons] if work else []
        diagnoses = [work.principal.found if work else set(), *_filled(secondary, self.bill.secondary)]
        reasons = _filled(reasons, self.bill.reasons_for_visit)
        lines = [line.found for line in work.lines] if work else _filled([], self.bill.lines)
        claim = (self.claim | work.claim_found if work else self.claim).difference(
            *diagnoses, *reasons, *lines
        )
        return OutpatientResult(
            diagnoses=tuple(map(_sorted, diagnoses)),
            lines=tuple(map(_sorted, lines)),
            claim=_sorted(claim),
            dispositions={
                edit: DISPOSITIONS[edit] for edit in _sorted(claim.union(*diagnoses, *reasons, *lines))
            },
            version=_name(self.version),
            reasons_for_visit=tuple(map(_sorted, reasons)),
            stopped=stopped,
        )

    def _dates(self) -> str | None:  # noqa: PLR0911  # each is a way to end
        """Judge the dates of the bill and find its version; return why that is the end of it, if it is."""
        bill, tables = self.bill, self.tables
        if not bill.lines:
            return "the bill has no lines"
        first, last, receipt = day(bill.from_date), day(bill.through_date), day(bill.receipt_date)
        if first is None or last is None:
            return self._stop(INVALID_DATE, "the first or last day of the bill is no date")
        is_wrong = receipt is None and text(bill.receipt_date) is not None
        if is_wrong or (receipt is not None and receipt < first):
            return self._stop(INVALID_RECEIPT, "the day of receipt is no date, or before the first day")
        if last < first:
            return self._stop(INVALID_DATE, "the last day of the bill is before the first")
        if not tables.covers(first):
            days = f"{tables.first_day} to {tables.last_day}"
            return self._stop(OUT_OF_VERSIONS, f"the tables cover bills that begin on {days}")
        if receipt is not None and tables.version_on(receipt) is None:
            return self._stop(INVALID_RECEIPT, "the day of receipt is in no version")
        self.version = tables.version_on(first)
        assert self.version is not None  # noqa: S101  # the tables cover the day
        self.work = Work(bill, tables, self.version, (first, last))
        return None

    def _lines(self) -> str | None:
        """Judge the type of bill and the dates of the lines, and take the route that the bill has."""
        work = self.work
        assert work is not None  # noqa: S101  # made with the dates
        if not _is_bill_type(work):
            return self._stop(INVALID_BILL, "the editor does not take this type of bill")
        if self._undated(work):
            return self._stop(None, "a line has no date, or one outside of the bill")
        if all(line.on is None for line in work.lines):
            return self._stop(None, "no line has a date")
        work.arrange()
        for step, needs in route(key_of(work)):
            if (not needs or work.flags & needs) and step(work):
                ended = ", ".join(map(str, _sorted(work.claim_found)))
                return f"edit {ended} ends the editing" if ended else UNFOLLOWED
        return None

    def _stop(self, edit: int | None, reason: str) -> str:
        if edit is not None:
            self.claim.add(edit)
        return reason

    def _undated(self, work: Work) -> bool:
        """Apply edit 23 to lines without a date within the bill; those of a plan of home health need none."""
        is_undated = False
        for line in work.lines if work.bill_type != UNDATED_BILL else ():
            is_within = line.on is not None and work.first_day <= line.on <= work.last_day
            if not is_within and not (line.revenue == HIPPS and work.facility == "32"):
                work.hit(line, INVALID_DATE)
                is_undated = True
        return is_undated


def _is_bill_type(work: Work) -> bool:
    if len(work.bill_type) != BILL_TYPE_LENGTH:
        return False
    if work.version.number >= PROGRAM_CONDITIONS_BEGIN:
        if work.facility in ("12", "14") and "41" in work.conditions:
            return False
        if work.facility == "76" and not work.conditions & {"41", "92"}:
            return False
    return work.facility in (OPPS_BILLS if work.bill.opps else NON_OPPS_BILLS)


def _filled(found: list[set[int]], sent: tuple[object, ...]) -> list[set[int]]:
    """Extend a list to the length of what was sent."""
    return [*found, *(set[int]() for _ in range(len(sent) - len(found)))]


def _sorted(numbers: set[int]) -> tuple[int, ...]:
    return tuple(sorted(numbers))


def _name(version: Version | None) -> str | None:
    """Return the name of a version as CMS publishes it: the year of the editor and the quarter."""
    return None if version is None else "v" + ".".join(version.name.split(".")[:2])
