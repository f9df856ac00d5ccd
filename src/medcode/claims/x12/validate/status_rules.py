"""What the rules of a 277CA and of a 277 share: levels, days, and statuses whose categories the guide has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from medcode.claims.x12.validate.amounts import day_at, text_at
from medcode.claims.x12.validate.answer_codes import AnswerCodes
from medcode.claims.x12.validate.situations import wrong
from medcode.claims.x12.validate.status_levels import Below

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from medcode.claims.x12.validate.situations import Place, Situation

__all__ = ["STATUSES", "StatusAction", "StatusRules", "parts_of"]

STATUSES = (1, 10, 11)
"""The elements of STC that are a status."""

_SEPARATOR = re.compile(r"\W", re.ASCII)
"""A component of a status: they are codes, so whatever stands between is the separator."""


def parts_of(status: str) -> tuple[str, str]:
    """Return category and code of a status, empty if absent.

    >>> parts_of("A7:562:85"), parts_of("A2")
    (('A7', '562'), ('A2', ''))
    """
    category, code, *_ = [*_SEPARATOR.split(status), "", ""]
    return category, code


class StatusRules:
    """What the rules of a 277CA and of a 277 share: where statuses, levels and claims begin."""

    _CATEGORIES: ClassVar[str] = ""
    """The categories that the guide has, in words."""
    _CATEGORY: ClassVar[re.Pattern[str]]
    """The same as a pattern."""
    _IS_LISTED: ClassVar[bool] = False
    """Whether the list of categories says which of them exist, not the guide."""

    def __init__(self, report: Callable[[Situation], None], first_claim: int) -> None:
        self._report = report
        self._next = first_claim
        self._codes = AnswerCodes(report)
        self._levels: list[Below] = []

    def accept(self, elements: list[str], place: Place) -> None:
        """Read the next watched segment."""
        id_, loop = elements[0], place[0].loop.loop.id
        if id_ == "HL":
            self._begin_level(Below(place, text_at(elements, 4)))
        action = self._ACTIONS.get(f"{loop} {id_}") or self._ACTIONS.get(id_)
        if action:
            action(self, elements, place)

    def orphan(self, place: Place, code: str) -> None:
        """Note a level whose HL is lost, which is reported as such: what it says of levels below is unknown."""
        if code:
            self._begin_level(Below(place, ""))

    def cut(self) -> None:
        """Leave out the levels that the text ends within."""
        self._levels.clear()

    def finish(self) -> None:
        """Judge what the end of the set ends."""
        self._end_levels("")

    def _begin_level(self, level: Below) -> None:
        self._end_levels(level.loop)
        if self._levels:
            self._levels[-1].below += 1
        self._levels.append(level)

    def _end_levels(self, loop: str) -> None:
        """Judge the levels that are not above one of a loop."""
        while self._levels and self._levels[-1].loop >= loop:
            level = self._levels.pop()
            if level.child == "1" and not level.below:
                message = "HL04 says that a level follows below, but none does."
                self._report(wrong(level.place, "hierarchy-child", message, "Write 0.", 4))
            elif level.child == "0" and level.below:
                message = "HL04 says that no level follows below, but one does."
                self._report(wrong(level.place, "hierarchy-child", message, "Write 1.", 4))

    def made(self, elements: list[str], _place: Place) -> None:
        """Note the day of the answer, which its codes are judged on."""
        self._codes.day = day_at(elements, 4)

    def name(self, elements: list[str], place: Place) -> None:
        """Judge the identifier of a party."""
        self._codes.identify(text_at(elements, 8), text_at(elements, 9), place, 9)

    def reference(self, elements: list[str], place: Place, claim: int | None = None) -> None:
        """Judge an identifier beside a level, a claim or a line."""
        self._codes.identify(text_at(elements, 1), text_at(elements, 2), place, 2, claim)

    def _last_day(self, elements: list[str], place: Place, claim: int | None = None) -> date | None:
        """Return the last day of a service, after holding it against the first."""
        start, _, end = text_at(elements, 3).partition("-")
        first, last = day_at([start], 0), day_at([end or start], 0)
        if first and last and last < first:
            message = f"The service ends on {last}, before it starts on {first}."
            found = wrong(place, "days-disagree", message, "Correct one of the dates.", 3)
            self._report(found._replace(unit=claim))
        return last

    def _categories(self, elements: list[str], place: Place, claim: int | None) -> list[str]:
        """Return the categories of an STC, those that the guide does not have reported."""
        found = []
        for at in STATUSES:
            category, code = parts_of(text_at(elements, at))
            if not (category and code):
                continue  # what is missing is found as such
            if self._CATEGORY.fullmatch(category):
                found.append(category)
                if self._IS_LISTED:
                    self._codes.category(category, place, at, claim)
            else:
                message = f"The category does not belong to this transaction; expected {self._CATEGORIES}."
                found_wrong = wrong(place, "status-category", message, "Correct the category.", at)
                self._report(found_wrong._replace(unit=claim))
            self._codes.status(code, place, at, claim)
        return found

    _ACTIONS: ClassVar[Mapping[str, StatusAction]] = {}


StatusAction: TypeAlias = "Callable[[Any, list[str], Place], None]"
