"""DAY01 to DAY03: the days of a stay as its value codes and room lines count them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, final

from medcode.claims.model.base import DateRange
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.stay import ValueAmount
from medcode.codesets.code import Malformed
from medcode.edits.base import Edit
from medcode.edits.bills import is_acute_stay
from medcode.edits.days import last_day
from medcode.edits.examples import room, stay
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["CoveredDays", "RoomDays", "SharedDays"]

COVERED, NON_COVERED, COINSURANCE, RESERVE = "80", "81", "82", "83"
DAY_CODES = frozenset({COVERED, NON_COVERED, COINSURANCE, RESERVE})
MOST = {COINSURANCE: 30, RESERVE: 60}
"""Days of a benefit period at coinsurance, and of a lifetime in reserve, in a hospital."""

STILL_THERE = "30"
ROOM = ("010", "011", "012", "013", "014", "015", "016", "017", "020", "021")
LEAVE = ("018",)
SOURCE = manual(25, "75.3")


def nights(claim: InstitutionalClaim) -> int | None:
    """Return the days that a stay's bill counts: those of the statement without the day of discharge."""
    dates = claim.statement_dates
    if not isinstance(dates, DateRange) or dates.end < dates.start:
        return 1 if last_day(dates) and not isinstance(dates, DateRange) else None
    days = (dates.end - dates.start).days
    return days + 1 if claim.discharge_status == STILL_THERE else max(days, 1)


def amount(claim: InstitutionalClaim, code: str) -> Decimal | None:
    """Return the number that a value code counts; None where it is absent or cannot be read."""
    return next(
        (v.amount for v in claim.value_codes if v.code == code and isinstance(v.amount, Decimal)), None
    )


class DaysEdit(Edit[InstitutionalClaim]):
    """The base of edits that add up value codes of days."""

    def _unread(self, claim: InstitutionalClaim) -> Iterator[Finding]:
        """Yield what could not be checked: value codes of days whose amount cannot be read."""
        for number, each in enumerate(claim.value_codes):
            if each.code in DAY_CODES and isinstance(each.amount, Malformed):
                message = f"Not checked: the days of value code {each.code} cannot be read."
                yield self.unchecked(f"value_codes[{number}].amount", each.code, message)


@final
class CoveredDays(DaysEdit):
    """Covered and non-covered days do not make up the days of the stay.

    Why: value codes 80 and 81 together count each day of the statement, without the day of discharge.
    Fix: correct the days or the statement dates.
    """

    id, name, snip = "DAY01", "covered-days", 6
    source = SOURCE
    settings = (Setting.INPATIENT,)
    requires = ("discharge",)
    applies_to = "value_codes"
    ack = "A7:456"
    carc, rarc = ("16",), ("MA32",)
    passes = (
        stay("I50.20", value_codes=(ValueAmount("80", "5"),)),
        stay("I50.20", value_codes=(ValueAmount("80", "3"), ValueAmount("81", "2"))),
    )
    fails = (stay("I50.20", value_codes=(ValueAmount("80", "7"),)),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Add the two up, where there are covered days."""
        yield from self._unread(claim)
        covered, days = amount(claim, COVERED), nights(claim)
        if covered is None or days is None:
            return
        rest = amount(claim, NON_COVERED) or Decimal()
        if covered + rest != days:
            at = next(n for n, each in enumerate(claim.value_codes) if each.code == COVERED)
            message = f"Value codes 80 and 81 count {covered + rest} days ({covered} covered, {rest} non-covered); the statement has {days}."
            yield self.fail(f"value_codes[{at}].amount", COVERED, message)


@final
class RoomDays(Edit[InstitutionalClaim]):
    """The days of room and board are not those of the stay.

    Why: each day of a stay, without the day of discharge, has its room; revenue codes 010x to 017x and 020x to
    021x count them.
    Fix: correct the units of the room lines or the statement dates.
    """

    id, name, snip = "DAY02", "room-days", 6
    source = manual(25, "75.5")
    settings = (Setting.INPATIENT,)
    requires = ("discharge", "quantities")
    ack = "A7:476"
    carc, rarc = ("16",), ("M53",)
    passes = (stay("I50.20"), stay("I50.20", lines=(room(quantity=3), room(revenue_code="0200", quantity=2))))
    fails = (stay("I50.20", lines=(room(quantity=7),)),)

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Add up the days of the rooms, where there is one and no leave."""
        days = nights(claim)
        rooms = [
            (n, each.quantity)
            for n, each in enumerate(claim.lines)
            if each.revenue_code.startswith(ROOM) and isinstance(each.quantity, Decimal)
        ]
        on_leave = any(each.revenue_code.startswith(LEAVE) for each in claim.lines)
        billed = sum([quantity for _, quantity in rooms], Decimal())
        if rooms and days is not None and not on_leave and billed != days:
            lines = ", ".join(f"line {n + 1}" for n, _ in rooms)
            message = f"Room and board count {billed} days ({lines}); the statement has {days}."
            yield self.fail(f"lines[{rooms[0][0]}].quantity", claim.lines[rooms[0][0]].revenue_code, message)


@final
class SharedDays(DaysEdit):
    """Coinsurance and lifetime reserve days exceed the covered days.

    Why: value codes 82 and 83 count some of the covered days of value code 80; in a hospital a patient has 30
    coinsurance days (61 to 90) of a benefit period, and 60 lifetime reserve days.
    Fix: correct the days.
    """

    id, name, snip = "DAY03", "coinsurance-days", 6
    source = SOURCE
    settings = (Setting.INPATIENT,)
    applies_to = "value_codes"
    ack = "A7:458"
    carc, rarc = ("16",), ("MA34",)
    passes = (stay("I50.20", value_codes=(ValueAmount("80", "5"), ValueAmount("82", "2"))), stay("I50.20"))
    fails = (
        stay("I50.20", value_codes=(ValueAmount("80", "5"), ValueAmount("82", "9"))),
        stay("I50.20", value_codes=(ValueAmount("80", "5"), ValueAmount("82", "3"), ValueAmount("83", "3"))),
        stay("I50.20", days=70, value_codes=(ValueAmount("80", "70"), ValueAmount("82", "31"))),
    )

    def check(self, claim: InstitutionalClaim, _context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Compare them with the covered days."""
        yield from self._unread(claim)
        covered = amount(claim, COVERED)
        shared = (amount(claim, COINSURANCE) or Decimal()) + (amount(claim, RESERVE) or Decimal())
        if covered is not None and shared > covered:
            code = COINSURANCE if amount(claim, COINSURANCE) is not None else RESERVE
            at = next(n for n, each in enumerate(claim.value_codes) if each.code == code)
            message = f"Value codes 82 and 83 count {shared} days; value code 80 has {covered} covered days."
            yield self.fail(f"value_codes[{at}].amount", code, message)
            return
        for number, each in enumerate(claim.value_codes if is_acute_stay(claim) else ()):
            most = MOST.get(each.code)
            if most is not None and isinstance(each.amount, Decimal) and each.amount > most:
                message = f"Value code {each.code} counts {each.amount} days; a hospital stay has at most {most} of them."
                yield self.fail(f"value_codes[{number}].amount", each.code, message)
