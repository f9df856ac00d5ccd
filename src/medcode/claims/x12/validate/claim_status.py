"""Whether a 277CA adds up and agrees with itself: SNIP 3, 4 and 5.

A level states how many claims were accepted and rejected and for how much; claims that a level refuses as a whole
are counted and not listed. The statuses of a batch say that it was read and decide nothing about a claim.

Source: ASC X12 005010X214; X12 interpretations RFI 1942 and 2203 (facts only).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from medcode.claims.x12.validate.amounts import day_at, shown, stated_at, text_at
from medcode.claims.x12.validate.answer_codes import AnswerCodes
from medcode.claims.x12.validate.situations import wrong
from medcode.claims.x12.validate.status_levels import ACTIONS_OF, PARTS, AnsweredClaim, AnsweredLevel, Below

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from medcode.claims.x12.validate.situations import Place, Situation

__all__ = ["AcknowledgmentRules", "ResponseRules"]

_WORDS = {"WQ": "accepts", "U": "rejects"}
_STATUSES = (1, 10, 11)
_SEPARATOR = re.compile(r"\W", re.ASCII)
"""A component of a status: they are codes, so whatever stands between is the separator."""

_SEEN = 100_000


class _StatusRules:
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
        if text_at(elements, 8) == "XX":
            self._codes.npi(text_at(elements, 9), place, 9)

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
        for at in _STATUSES:
            category, code, *_ = [*_SEPARATOR.split(text_at(elements, at)), "", ""]
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

    _ACTIONS: ClassVar[Mapping[str, _Action]] = {}


class ResponseRules(_StatusRules):
    """The rules of a 277 that answers an inquiry: SNIP 5, for it states no totals."""

    _CATEGORIES = "A4 or one that begins with D, E, F, P or R"
    _CATEGORY = re.compile(r"A4|[DEFPR].*")
    _IS_LISTED = True

    def _status(self, elements: list[str], place: Place) -> None:
        self._categories(elements, place, None)

    def _days(self, elements: list[str], place: Place) -> None:
        self._last_day(elements, place)

    _ACTIONS: ClassVar[Mapping[str, _Action]] = {
        "BHT": _StatusRules.made,
        "NM1": _StatusRules.name,
        "STC": _status,
        "DTP": _days,
    }


class AcknowledgmentRules(_StatusRules):
    """The rules of a 277CA: totals, actions, and answers that contradict one another."""

    _CATEGORIES = "A0 to A8"
    _CATEGORY = re.compile(r"A[0-8]")

    def __init__(self, report: Callable[[Situation], None], first_claim: int) -> None:
        super().__init__(report, first_claim)
        self._days: dict[str, tuple[date | None, Place]] = {}
        self._batch: AnsweredLevel | None = None
        self._provider: AnsweredLevel | None = None
        self._claim: AnsweredClaim | None = None
        self._answered: set[int] = set()
        self._off: Counter[str] = Counter()
        """How far the totals of providers are off, which the batch's then are as well."""

    def orphan(self, place: Place, code: str) -> None:
        """Note a level or a claim whose first segment is lost: what it states of itself is unknown."""
        node = place[0]
        super().orphan(place, code)
        if action := self._ACTIONS.get(f"{node.loop.loop.id} {node.use.id}"):
            action(self, [], place)

    def finish(self) -> None:
        """Judge what the end of the set ends."""
        super().finish()
        self._end_batch()

    def _day(self, elements: list[str], place: Place) -> None:
        self._days[text_at(elements, 1)] = day_at(elements, 3), place
        received, processed = self._days.get("050"), self._days.get("009")
        if received and processed and received[0] and processed[0] and processed[0] < received[0]:
            message = f"The batch was processed on {processed[0]}, before it was received on {received[0]}."
            self._report(wrong(place, "days-disagree", message, "Correct one of the dates.", 3))
        self._codes.day = (processed and processed[0]) or self._codes.day

    def _begin_batch(self, _elements: list[str], place: Place) -> None:
        self._end_batch()
        self._batch = AnsweredLevel(place)
        self._answered = set()
        self._off = Counter()

    def _begin_provider(self, _elements: list[str], place: Place) -> None:
        self._end_provider()
        self._provider = AnsweredLevel(place)

    def _begin_claim(self, elements: list[str], place: Place) -> None:
        before = self._claim
        self._end_claim()
        number = text_at(elements, 2)
        claim = self._claim = AnsweredClaim(place, self._next, hash(number))
        self._next += 1
        if not number.strip("0"):
            return
        if before and before.sign == claim.sign and not before.actions:
            return  # its TRN comes twice, and the status of the first is found missing
        if claim.sign in self._answered:
            message = "The batch already answers a claim with this control number."
            found = wrong(place, "claim-answered-twice", message, "Answer each claim of a batch once.", 2)
            self._report(found._replace(unit=claim.number))
        elif len(self._answered) < _SEEN:
            self._answered.add(claim.sign)

    def _level_status(self, elements: list[str], place: Place) -> None:
        level = self._provider if self._provider is not None else self._batch
        categories = self._categories(elements, place, None)
        action = self._action(elements, place, categories, None)
        if level:
            level.actions.add(action)
            level.state("charge", stated_at(elements, 4), place, 4)

    def _claim_status(self, elements: list[str], place: Place) -> None:
        claim = self._claim
        if claim is None:
            return
        categories = self._categories(elements, place, claim.number)
        before = set(claim.actions)
        action = self._action(elements, place, categories, claim.number)
        claim.is_sure = claim.is_sure and bool(action)
        claim.actions.add(action)
        if action and before and action not in before and "" not in before:
            claim.is_sure = False
            message = "One status of the claim accepts it and another rejects it."
            found = wrong(place, "status-action", message, "Send the statuses of one decision.", 3)
            self._report(found._replace(unit=claim.number))
        charge = stated_at(elements, 4)
        if claim.charge is not None and charge is not None and charge != claim.charge:
            message = f"One status of the claim states {shown(claim.charge)}, another {shown(charge)}."
            found = wrong(place, "status-total", message, "State the charge of the claim (CLM02) in each.", 4)
            self._report(found._replace(unit=claim.number))
        claim.charge = charge if claim.charge is None else claim.charge

    def _line_status(self, elements: list[str], place: Place) -> None:
        claim = self._claim
        if claim is None:
            return
        categories = self._categories(elements, place, claim.number)
        if text_at(elements, 3) == "U":  # another action is none that the guide has on lines
            self._action(elements, place, categories, claim.number)
        if claim.action == "WQ":
            message = "The claim is accepted, and one of its lines is rejected."
            found = wrong(place, "status-action", message, "Reject the claim, or leave the line out.", 3)
            self._report(found._replace(unit=claim.number))

    def _line(self, elements: list[str], place: Place) -> None:
        claim, charge = self._claim, stated_at(elements, 2)
        if claim is None or charge is None or claim.charge is None:
            return
        before, claim.line_charge = claim.line_charge, claim.line_charge + charge
        if before <= claim.charge < claim.line_charge:
            message = f"Lines of {shown(claim.line_charge)} are answered in a claim of {shown(claim.charge)}."
            found = wrong(
                place, "status-total", message, "Correct the charge of the line or of the claim.", 2
            )
            self._report(found._replace(unit=claim.number))

    def _service_date(self, elements: list[str], place: Place) -> None:
        """Compare the dates of an accepted claim with the day it was processed."""
        claim, processed = self._claim, self._days.get("009", (None, place))[0]
        day = self._last_day(elements, place, claim.number if claim else None)
        if claim and claim.action == "WQ" and processed and day and day > processed:
            message = f"The claim is accepted for service on {day}, after it was processed on {processed}."
            found = wrong(place, "days-disagree", message, "Correct the date, or reject the claim.", 3)
            self._report(found._replace(unit=claim.number))

    def _line_date(self, elements: list[str], place: Place) -> None:
        self._last_day(elements, place, self._claim.number if self._claim else None)

    def _total(self, elements: list[str], place: Place) -> None:
        level = self._provider if self._provider is not None else self._batch
        name = PARTS.get(text_at(elements, 1))
        if level and name:
            level.state(name, stated_at(elements, 2), place, 2)

    def _action(self, elements: list[str], place: Place, categories: list[str], claim: int | None) -> str:
        """Return what an STC does, empty where action and categories contradict each other, which is reported."""
        action = text_at(elements, 3)
        due = {ACTIONS_OF[category] for category in categories}
        if action not in _WORDS or not due:
            return ""
        if due == {action}:
            return action
        shown_categories = ", ".join(categories)
        message = f"Action {action} {_WORDS[action]}, but the category does not ({shown_categories})."
        fix = "Send WQ with A0, A1, A2 or A5, and U with A3, A4, A6, A7 or A8."
        self._report(wrong(place, "status-action", message, fix, 3)._replace(unit=claim))
        return ""

    def _end_claim(self) -> None:
        claim, self._claim = self._claim, None
        if claim and self._provider:
            self._provider.add(claim)

    def _end_provider(self) -> None:
        self._end_claim()
        provider, self._provider = self._provider, None
        if provider is None:
            return
        self._refused_above(provider, "provider")
        for each in provider.judge("provider", {}):
            self._report(each)
        for name, off in provider.off.items():
            self._off[name] += off  # type: ignore[assignment]  # a Counter adds decimals as well
        if self._batch:
            self._batch.add_level(provider)

    def _end_batch(self) -> None:
        self._end_provider()
        batch, self._batch = self._batch, None
        if batch is None:
            return
        self._refused_above(batch, "batch")
        for each in batch.judge("batch", self._off):  # type: ignore[arg-type]  # as above
            self._report(each)

    def _refused_above(self, level: AnsweredLevel, what: str) -> None:
        """Report a level that is refused as a whole and holds accepted claims."""
        if level.actions == {"U"} and level.accepts_below:
            message = f"The {what} is rejected as a whole, and claims of it are accepted."
            self._report(
                wrong(level.place, "level-contradicts", message, "Reject the claims, or accept the level.")
            )

    _ACTIONS: ClassVar[Mapping[str, _Action]] = {
        "BHT": _StatusRules.made,
        "DTP": _day,
        "2200D DTP": _service_date,
        "2220D DTP": _line_date,
        "NM1": _StatusRules.name,
        "2000B HL": _begin_batch,
        "2000C HL": _begin_provider,
        "STC": _level_status,
        "2200D STC": _claim_status,
        "2220D STC": _line_status,
        "QTY": _total,
        "AMT": _total,
        "2200D TRN": _begin_claim,
        "SVC": _line,
    }


_Action: TypeAlias = "Callable[[Any, list[str], Place], None]"
