"""Whether a 277CA adds up and agrees with itself: SNIP 3, 4 and 5.

A level states how many claims were accepted and rejected and for how much; claims that a level refuses as a whole
are counted and not listed. The statuses of a batch say that it was read and decide nothing about a claim.

Source: ASC X12 005010X214; X12 interpretations RFI 1942 and 2203 (facts only).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from medcode.claims.x12.validate.amounts import day_at, shown, stated_at, text_at
from medcode.claims.x12.validate.situations import wrong
from medcode.claims.x12.validate.status_levels import ACTIONS_OF, PARTS, AnsweredClaim, AnsweredLevel
from medcode.claims.x12.validate.status_rules import STATUSES, StatusRules, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from medcode.claims.x12.validate.situations import Place, Situation
    from medcode.claims.x12.validate.status_rules import StatusAction

__all__ = ["AcknowledgmentRules"]

_WORDS = {"WQ": "accepts", "U": "rejects"}
_OF_ACTION = {"WQ": frozenset({"21", "24"}), "U": frozenset({"16", "19", "20"})}
"""Status codes that an action contradicts: what is missing or not approved is not accepted, what is forwarded, received or
accepted for processing is not rejected."""

_SEEN = 100_000
"""How many control numbers are remembered."""


class AcknowledgmentRules(StatusRules):
    """The rules of a 277CA: totals, actions, and answers that contradict one another."""

    _CATEGORIES = "A0 to A8"
    _CATEGORY = re.compile(r"A[0-8]")

    def __init__(self, report: Callable[[Situation], None], first_claim: int) -> None:
        super().__init__(report, first_claim)
        self._days: dict[str, tuple[date | None, Place]] = {}
        self._batch: AnsweredLevel | None = None
        self._provider: AnsweredLevel | None = None
        self._claim: AnsweredClaim | None = None
        self._undated: AnsweredClaim | None = None
        """The claim that ended last, if it is accepted and has no date."""
        self._made_on: date | None = None
        self._is_ordered = False
        """Whether the days of receipt and processing are known, and in order."""
        self._answered: set[int] = set()
        self._off: Counter[str] = Counter()
        """How far the totals of providers are off, which the batch's then are as well."""

    def orphan(self, place: Place, code: str) -> None:
        """Note a level or a claim whose first segment is lost: what it states of itself is unknown."""
        node = place[0]
        super().orphan(place, code)
        if action := self._ACTIONS.get(f"{node.loop.loop.id} {node.use.id}"):
            action(self, [], place)

    def cut(self) -> None:
        """Leave out the levels and the claim that the text ends within."""
        super().cut()
        self._claim = self._provider = self._batch = None

    def finish(self) -> None:
        """Judge what the end of the set ends."""
        super().finish()
        self._end_batch()
        self._say_undated()

    def made(self, elements: list[str], place: Place) -> None:
        """Note the day of the answer."""
        super().made(elements, place)
        self._made_on = self._codes.day

    def _day(self, elements: list[str], place: Place) -> None:
        self._days[text_at(elements, 1)] = day_at(elements, 3), place
        self._is_ordered = True
        received, processed = self._days.get("050"), self._days.get("009")
        if received and processed and received[0] and processed[0] and processed[0] < received[0]:
            message = f"The batch was processed on {processed[0]}, before it was received on {received[0]}."
            self._report(wrong(place, "days-disagree", message, "Correct one of the dates.", 3))
            self._is_ordered = False
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
            claim.is_again = True
            message = "The batch already answers a claim with this control number."
            found = wrong(place, "claim-answered-twice", message, "Answer each claim of a batch once.", 2)
            self._report(found._replace(unit=claim.number))
        elif len(self._answered) < _SEEN:
            self._answered.add(claim.sign)

    def _level_status(self, elements: list[str], place: Place) -> None:
        level = self._provider if self._provider is not None else self._batch
        categories = self._categories(elements, place, None)
        action = self._action(elements, place, categories, None)
        self._effective(elements, place, None)
        if level:
            level.actions.add(action)
            level.state("charge", stated_at(elements, 4), place, 4)

    def _claim_status(self, elements: list[str], place: Place) -> None:
        claim = self._claim
        if claim is None:
            return
        categories = self._categories(elements, place, claim.number)
        self._say_undated()
        self._effective(elements, place, claim.number)
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
        if claim:
            claim.lines += 1
        self._codes.service(elements, place, claim.number if claim else None)
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
        claim, processed = self._claim, self._on("009")
        if claim and self._undated and not claim.actions:
            self._undated = None  # it is the one before that it came too late for
        elif claim:
            claim.is_dated = True
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
        value = stated_at(elements, 2)
        if level and name:
            level.state(name, value, place, 2)
        if level and (not name or value is None):
            level.is_vague = True

    def stray(self, elements: list[str]) -> None:
        """Note a segment without a place, which may be a total that a level lacks."""
        del elements
        for level in filter(None, (self._provider, self._batch)):
            level.is_vague = True

    def _action(self, elements: list[str], place: Place, categories: list[str], claim: int | None) -> str:
        """Return what an STC does, empty where action and categories contradict each other, which is reported."""
        action = text_at(elements, 3)
        due = {ACTIONS_OF[category] for category in categories}
        if action not in _WORDS or not due:
            return ""
        if due == {action}:
            self._codes_of(elements, place, action, claim)
            return action
        shown_categories = ", ".join(categories)
        message = f"Action {action} {_WORDS[action]}, but the category does not ({shown_categories})."
        fix = "Send WQ with A0, A1, A2 or A5, and U with A3, A4, A6, A7 or A8."
        self._report(wrong(place, "status-action", message, fix, 3)._replace(unit=claim))
        return ""

    def _codes_of(self, elements: list[str], place: Place, action: str, claim: int | None) -> None:
        """Compare the codes of a status with what it does."""
        for at in STATUSES:
            _, code = parts_of(text_at(elements, at))
            if code in _OF_ACTION[action]:
                message = f"Action {action} {_WORDS[action]}, but status code {code} does not."
                found = wrong(
                    place, "status-code-contradicts", message, "Correct the category or the code.", at
                )
                self._report(found._replace(unit=claim))

    def _effective(self, elements: list[str], place: Place, claim: int | None) -> None:
        """Compare the day of a status with those of the batch."""
        day, received, processed = day_at(elements, 2), self._on("050"), self._on("009")
        if not (day and received and processed and self._is_ordered):
            return
        latest = max(filter(None, (processed, self._made_on)))
        if received <= day <= latest:
            return
        message = (
            f"The status is of {day}, but the batch was received on {received} and answered on {latest}."
        )
        found = wrong(place, "days-out-of-order", message, "Correct the date.", 2)
        self._report(found._replace(unit=claim))

    def _on(self, code: str) -> date | None:
        """Return the day of receipt (050) or of processing (009)."""
        return self._days[code][0] if code in self._days else None

    def _identifier(self, elements: list[str], place: Place) -> None:
        """Judge an identifier of a provider, and find that it comes twice."""
        self.reference(elements, place)
        if provider := self._provider:
            sign = tuple(elements)
            if sign in provider.identifiers:
                found = "The provider has this identifier already."
                self._report(wrong(place, "detail-repeated", found, "Send it once.", 2))
            provider.identifiers.add(sign)

    def _claim_identifier(self, elements: list[str], place: Place) -> None:
        self.reference(elements, place, self._claim.number if self._claim else None)

    def _line_number(self, elements: list[str], place: Place) -> None:
        """Find that a claim has two lines of one number."""
        claim, number = self._claim, text_at(elements, 2)
        if claim is None or text_at(elements, 1) != "FJ" or not number:
            return
        if claim.numbers.setdefault(number, claim.lines) != claim.lines:
            found = wrong(
                place, "detail-repeated", "The claim has a line of this number already.", "Send it once.", 2
            )
            self._report(found._replace(unit=claim.number))

    def _say_undated(self) -> None:
        """Report a claim that has no date, unless one came late."""
        claim, self._undated = self._undated, None
        if claim:
            message = "The claim is accepted without a date of service (DTP*472)."
            found = wrong(
                claim.place, "service-date-missing", message, "Add it; only a predetermination has none."
            )
            self._report(found._replace(unit=claim.number))

    def _end_claim(self) -> None:
        claim, self._claim = self._claim, None
        self._say_undated()
        if claim and claim.action == "WQ" and not claim.is_dated:
            self._undated = claim
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

    _ACTIONS: ClassVar[Mapping[str, StatusAction]] = {
        "BHT": made,
        "DTP": _day,
        "2200D DTP": _service_date,
        "2220D DTP": _line_date,
        "NM1": StatusRules.name,
        "2000B HL": _begin_batch,
        "2000C HL": _begin_provider,
        "STC": _level_status,
        "2200D STC": _claim_status,
        "2220D STC": _line_status,
        "REF": _identifier,
        "2200D REF": _claim_identifier,
        "2220D REF": _line_number,
        "QTY": _total,
        "AMT": _total,
        "2200D TRN": _begin_claim,
        "SVC": _line,
    }
