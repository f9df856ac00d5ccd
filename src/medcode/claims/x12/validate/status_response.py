"""Whether a 277 that answers an inquiry agrees with itself: SNIP 4 and 5, for it states no totals.

Source: ASC X12 005010X212 (facts only).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from medcode.claims.x12.validate.amounts import NOTHING, day_at, shown, stated_at
from medcode.claims.x12.validate.situations import wrong
from medcode.claims.x12.validate.status_rules import StatusRules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from medcode.claims.x12.validate.situations import Place
    from medcode.claims.x12.validate.status_rules import StatusAction

__all__ = ["ResponseRules"]

_UNPAID = re.compile(r"F2|A4|[DEPR].*")
"""The categories of a claim that is not paid: denied, pending, not found, or that more is asked for."""


class ResponseRules(StatusRules):
    """The rules of a 277 that answers an inquiry."""

    _CATEGORIES = "A4 or one that begins with D, E, F, P or R"
    _CATEGORY = re.compile(r"A4|[DEFPR].*")
    _IS_LISTED = True

    _charge: Decimal | None = None
    _lines: Decimal = NOTHING
    _paid_line: Decimal | None = None
    _decided: date | None = None
    """The first day that the claim was decided on or paid."""

    def _status(self, elements: list[str], place: Place) -> None:
        categories = self._categories(elements, place, None)
        is_line = place[0].loop.loop.id.startswith("222")
        if not is_line:
            self._begin(elements, place)
        if categories:
            self._compare(categories, self._paid_line if is_line else stated_at(elements, 5), place)

    def _begin(self, elements: list[str], place: Place) -> None:
        """Keep what the status of a claim states, and compare its days."""
        self._charge, self._lines = stated_at(elements, 4), NOTHING
        decided, paid = day_at(elements, 6), day_at(elements, 8)
        self._decided = min((each for each in (decided, paid) if each), default=None)
        if decided and paid and paid < decided:
            message = f"The claim was paid on {paid}, before it was decided on {decided}."
            self._report(wrong(place, "days-out-of-order", message, "Correct one of the dates.", 8))
            self._decided = None

    def _compare(self, categories: list[str], paid: Decimal | None, place: Place) -> None:
        """Compare what a status says with what was paid."""
        if paid and paid > 0 and all(_UNPAID.fullmatch(each) for each in categories):
            message = f"The status ({', '.join(categories)}) says that nothing is paid, but {shown(paid)} is."
            fix = "Correct the status or the payment."
            self._report(wrong(place, "status-contradicts-payment", message, fix, 1))

    def _line(self, elements: list[str], place: Place) -> None:
        self._paid_line = stated_at(elements, 3)
        self._codes.service(elements, place, None)
        before, charge = self._lines, self._charge
        self._lines += stated_at(elements, 2) or NOTHING
        if charge is not None and before <= charge < self._lines:
            message = f"Lines of {shown(self._lines)} are answered in a claim of {shown(charge)}."
            fix = "Correct the charge of the line or of the claim."
            self._report(wrong(place, "status-total", message, fix, 2))

    def _days(self, elements: list[str], place: Place) -> None:
        last = self._last_day(elements, place)
        if last and self._decided and last > self._decided:
            message = f"The service is on {last}, after the claim was decided on {self._decided}."
            self._report(wrong(place, "days-out-of-order", message, "Correct one of the dates.", 3))

    _ACTIONS: ClassVar[Mapping[str, StatusAction]] = {
        "BHT": StatusRules.made,
        "NM1": StatusRules.name,
        "REF": StatusRules.reference,
        "STC": _status,
        "SVC": _line,
        "DTP": _days,
    }
