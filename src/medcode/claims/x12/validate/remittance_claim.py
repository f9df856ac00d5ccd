"""One claim of a remittance: what its segments say, and whether that adds up and agrees with itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.reasons import GROUPS_OF, fits_group
from medcode.claims.x12.validate.amounts import (
    NOTHING,
    add,
    amount_at,
    day_at,
    explains,
    plus,
    shown,
    stated_at,
    text_at,
)
from medcode.claims.x12.validate.remittance_days import day_faults
from medcode.claims.x12.validate.situations import wrong
from medcode.discreet import discreet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from medcode.claims.x12.validate.situations import Place, Situation

__all__ = ["PaidClaim", "PaidLine", "PaidPart"]

_GROUPS = frozenset({"CO", "OA", "PI", "PR"})
_BY_KIND = frozenset({"AMT", "QTY"})
"""The segments of which the first element says what they are about; of others, all of them."""
_KIND_END = 2
_REASONS = range(2, 20, 3)
_UNPAID = {"4": "denied", "23": "not this payer's", "25": "a predetermination"}
_FORWARDED = frozenset({"19", "20", "21"})
_REVERSAL = "22"
_STATUSES = frozenset({"1", "2", "3", *_UNPAID, *_FORWARDED, _REVERSAL})
_PREDETERMINATION = "25"
_SPLIT = "MA15"
"""The remark that a claim is one of several that the payer made of one, which may be alike."""


class PaidPart:
    """What a claim and a line share: a charge, what was paid, and the adjustments between."""

    def __init__(self, place: Place, charge: Decimal | None, paid: Decimal | None) -> None:
        self.place = place
        self.charge = charge
        self.paid = paid
        self.adjusted: Decimal | None = NOTHING
        self.patient: Decimal | None = NOTHING
        self.knows_groups = True
        self.days: dict[str, tuple[date | None, Place]] = {}
        self.has_day_twice = False
        """Whether a day comes twice: one of them is then the one that something lacks."""
        self._room: dict[str, int] = {}
        self.taken: dict[int, Decimal] = {}
        """What each CAS takes off, by its position."""
        self._adjusted_at = 0
        self.has_zero = False
        """Whether an adjustment is 0.00: that is then what is wrong, and not the sum that lacks it."""
        self.strays: list[list[str]] = []
        """Segments without a place: any of them may be the one that something lacks."""
        self.situations: list[Situation] = []
        self.repeated: list[Situation] = []
        """What is odd about its adjustments, if they add up."""
        self._details: set[tuple[str, ...]] = set()

    @property
    def off(self) -> Decimal | None:
        """What the charge is more than adjustments and payment; None if an amount cannot be read."""
        if self.charge is None or self.paid is None or self.adjusted is None:
            return None
        return self.charge - self.adjusted - self.paid

    def adjust(self, elements: list[str], place: Place) -> None:
        """Read CAS."""
        group = text_at(elements, 1)
        self._adjusted_at = place[1]
        self.knows_groups = self.knows_groups and group in _GROUPS
        used, taken = 0, NOTHING
        for at in range(2, min(len(elements), _REASONS.stop), 3):
            amount = stated_at(elements, at + 1)
            if amount is None and not elements[at] and not text_at(elements, at + 1):
                continue
            used += 1
            self.adjusted = plus(self.adjusted, amount)
            taken += amount or NOTHING
            if group == "PR":
                self.patient = plus(self.patient, amount)
            self._hold(group, elements[at], place, at)
            if amount is not None and not amount:
                self.has_zero = True
                message = "The adjustment is 0.00 and changes nothing."
                self.situations.append(wrong(place, "zero-adjustment", message, "Leave it out.", at + 1))
        self.taken[place[1]] = taken
        if self._room.get(group):
            message = f"Group {group} already has a CAS with room for this adjustment."
            fix = "Put the adjustments of a group into one CAS, up to six."
            self.repeated.append(wrong(place, "adjustment-group-repeated", message, fix, 1))
        self._room[group] = len(_REASONS) - used

    def _hold(self, group: str, reason: str, place: Place, at: int) -> None:
        """Compare the group of an adjustment with the ones that its reason is for."""
        if group in _GROUPS and not fits_group(group, reason):
            groups = " or ".join(sorted(GROUPS_OF[reason]))
            message = f"Reason {reason} is for group {groups}, not for {group}."
            self.repeated.append(
                wrong(place, "group-reason", message, "Correct the group or the reason.", at)
            )

    def detail(self, elements: list[str], place: Place) -> None:
        """Read what may come several times, but says the same thing once: AMT, QTY, REF, LQ, PER."""
        if place[0].repeat == 1:
            return  # too many of it are found as such
        sign = tuple(elements[: _KIND_END if elements[0] in _BY_KIND else None])
        if sign in self._details:
            message = f"The same {'kind of ' if elements[0] in _BY_KIND else ''}{elements[0]} comes twice."
            fix = "Send it once."
            self.situations.append(wrong(place, "detail-repeated", message, fix, 1))
        self._details.add(sign)

    @property
    def astray(self) -> list[Decimal]:
        """What each segment without a place would take off, if it were CAS."""
        amounts = ((stated_at(each, at + 1) for at in _REASONS) for each in self.strays)
        return [add(amount or NOTHING for amount in each) or NOTHING for each in amounts]

    def may_be_astray(self, *qualifiers: str) -> bool:
        """Whether a segment without a place has one of some qualifiers, or an id that is used with them."""
        return any(text_at(each, 1) in qualifiers or each[0] in {"DTM", "NM1"} for each in self.strays)

    def doubt(self, place: Place) -> None:
        """Leave open what was adjusted, if CAS is just before a place: it may be of the claim whose CLP is lost there."""
        if self._adjusted_at == place[1] - 1:
            self.adjusted = self.patient = None
            self.repeated.clear()

    def day(self, elements: list[str], place: Place) -> None:
        """Read DTM."""
        code = text_at(elements, 1)
        self.has_day_twice = self.has_day_twice or code in self.days
        self.days[code] = day_at(elements, 2), place


def _exceeds(amount: Decimal | None, off: list[Decimal]) -> bool:
    """Whether an amount is positive, and nothing is found to be wrong with it."""
    return amount is not None and amount > 0 and not off


class PaidLine(PaidPart):
    """A line: SVC and what follows."""

    def __init__(self, elements: list[str], place: Place) -> None:
        super().__init__(place, stated_at(elements, 2), stated_at(elements, 3))

    def balance(self) -> Iterator[Situation]:
        """Compare the charge with adjustments and payment."""
        if self.has_zero or self.off in self.astray:
            return
        if self.off and self.charge is not None and self.paid is not None and self.adjusted is not None:
            message = (
                f"The line does not balance: charge {shown(self.charge)} less adjustments {shown(self.adjusted)} is "
                f"{shown(self.charge - self.adjusted)}, but SVC03 is {shown(self.paid)} (difference {shown(self.off)})."
            )
            fix = "Correct the charge, the adjustments or the payment of the line."
            yield wrong(self.place, "line-balance", message, fix, 3)


class PaidClaim(PaidPart):
    """A claim: CLP and what follows, its lines included."""

    def __init__(self, elements: list[str], place: Place) -> None:
        super().__init__(place, stated_at(elements, 3), stated_at(elements, 4))
        self.elements = elements
        self.repeats: Situation | None = None
        """That it came before, unless it is a part of one that was split."""
        self.is_seen = False
        """Whether it was held against the claims before."""
        self.status = text_at(elements, 2)
        self.share = amount_at(elements, 5)
        self.lines: list[PaidLine] = []
        self.charge_off: list[Decimal] = []
        """How far the charge itself is off, by what is reported: sums of charges are off by as much."""
        self.paid_off: list[Decimal] = []
        """How far the payment is off."""
        self.is_bare = True
        """Whether nothing but CLP came: then the payment of another claim follows it, and its amounts mean nothing."""
        self._decision = ""
        self._covered: Decimal | None = None
        self._carrier: Place | None = None

    @property
    def is_ahead(self) -> bool:
        """Whether it looks ahead: a predetermination is decided on before the service."""
        return self.status == _PREDETERMINATION

    @property
    def last(self) -> PaidPart:
        """Where adjustments and days belong that come next: the last line, or the claim."""
        return self.lines[-1] if self.lines else self

    def decide(self, elements: list[str], place: Place) -> None:
        """Read MIA or MOA."""
        id_ = elements[0]
        if self._decision and id_ != self._decision:
            message = "The claim has an inpatient decision (MIA) and an outpatient decision (MOA)."
            self.situations.append(wrong(place, "two-decisions", message, "Send the one that applies."))
        self._decision = id_
        if _SPLIT in elements:
            self.repeats = None
        self._covered = stated_at(elements, 1) if id_ == "MIA" else self._covered

    def detail(self, elements: list[str], place: Place) -> None:
        """Read what may come several times, and compare the covered days."""
        super().detail(elements, place)
        days = stated_at(elements, 2) if elements[0] == "QTY" and text_at(elements, 1) == "CA" else None
        if days is not None and self._covered and days != self._covered:
            message = f"MIA01 says {self._covered} covered days, and QTY*CA says {days}."
            self.situations.append(
                wrong(place, "covered-days", message, "Correct one of them, or send 0 in MIA01.", 2)
            )

    def carry(self, place: Place) -> None:
        """Read NM1 of the payer that the claim was forwarded to."""
        self._carrier = place

    def judge(self, paid_on: date | None, before: PaidPart | None) -> Iterator[Situation]:
        """Find what does not agree within the claim and its lines.

        `paid_on` is the day of the payment, `before` the end of the claim before.
        """
        if self.is_ahead:
            paid_on = None
        parts = (self, *self.lines)
        faults = [*(line.off for line in self.lines if line.off), *self.astray, self._moved(before)]
        sums = [*(each for line in self.lines for each in line.balance()), *self._balance(faults)]
        yield from sums
        if self.repeats:
            yield self.repeats
        for part in parts:
            yield from part.situations
            if not sums:  # a group that comes twice is then what is wrong, and no more than an oddity
                yield from part.repeated
        yield from self._status()
        yield from day_faults(self, paid_on)

    def _moved(self, before: PaidPart | None) -> Decimal:
        """Return what an adjustment takes off that is on the wrong side of CLP: the end of the claim before is off by as much."""
        off = before.off if before else None
        if before is None or not off:
            return NOTHING
        sides = self.taken.get(self.place[1] + 1), before.taken.get(self.place[1] - 1)
        return -off if sides[0] == off or sides[1] == -off else NOTHING

    def _balance(self, faults: list[Decimal]) -> Iterator[Situation]:
        """Compare the claim with its lines and with itself; what a line's own fault explains is not reported again."""
        sums = add(line.charge for line in self.lines)
        adjusted = add([self.adjusted, *(line.adjusted for line in self.lines)])
        if self.charge is None or sums is None or adjusted is None:
            return
        lines_off = self.charge - sums if self.lines else NOTHING
        off = None if self.paid is None else self.charge - adjusted - self.paid
        charges = [
            line.charge for line in self.lines if line.off and line.charge
        ]  # of a line that comes twice
        if lines_off and not explains(faults, -lines_off) and not explains(charges, -lines_off):
            self.charge_off.append(lines_off)
            message = (
                f"The lines' charges are {shown(sums)}, but CLP03 is {shown(self.charge)} "
                f"(difference {shown(lines_off)})."
            )
            fix = "Correct the charge of the claim, or send every line."
            yield wrong(self.place, "claim-lines-total", message, fix, 3)
            return  # with lines missing or too many, no other sum can hold
        if off and self.paid is not None and not self.has_zero and not explains(faults, off):
            self.charge_off.append(off)
            self.paid_off.append(-off)
            message = (
                f"The claim does not balance: charge {shown(self.charge)} less adjustments {shown(adjusted)} is "
                f"{shown(self.charge - adjusted)}, but CLP04 is {shown(self.paid)} (difference {shown(off)})."
            )
            fix = "Correct the charge, the adjustments or the payment of the claim."
            yield wrong(self.place, "claim-balance", message, fix, 4)
            faults = [*faults, off]
        yield from self._share(faults)

    def _share(self, faults: list[Decimal]) -> Iterator[Situation]:
        """Compare what the patient owes with the adjustments of group PR."""
        owed = add([self.patient, *(line.patient for line in self.lines)])
        known = self.knows_groups and all(line.knows_groups for line in self.lines)
        if owed is None or self.share is None or not known or owed == self.share:
            return
        if not explains(faults, self.share - owed):
            message = (
                f"The patient's share of the adjustments (PR) is {shown(owed)}, but CLP05 is {shown(self.share)} "
                f"(difference {shown(self.share - owed)})."
            )
            yield wrong(self.place, "patient-share", message, "Correct CLP05 or the adjustments.", 5)

    def _status(self) -> Iterator[Situation]:
        """Compare the status with the amounts and the parties; a status that the guide does not have is skipped."""
        if self.status not in _STATUSES:
            return
        if self.status in _UNPAID and self.paid and self.paid > 0 and not self.paid_off:
            message = f"Status {discreet(self.status)} says {_UNPAID[self.status]}, but CLP04 pays {shown(self.paid)}."
            yield wrong(
                self.place, "status-contradicts-payment", message, "Correct the status or the payment.", 2
            )
            return  # what else the status says is as doubtful
        if self.status == _REVERSAL and (
            _exceeds(self.charge, self.charge_off) or _exceeds(self.paid, self.paid_off)
        ):
            message = "A reversal (status 22) has positive amounts."
            yield wrong(
                self.place, "reversal-sign", message, "Negate the amounts of the payment it takes back.", 2
            )
            return
        if self.status != _REVERSAL and self.charge is not None and self.charge < 0 and not self.charge_off:
            message = f"The charge is {shown(self.charge)}, and the claim is not a reversal (status 22)."
            yield wrong(self.place, "reversal-sign", message, "Send status 22, or a positive charge.", 3)
        if self.status in _FORWARDED and self._carrier is None and not self.may_be_astray("TT"):
            message = (
                f"Status {discreet(self.status)} says the claim was forwarded, but no NM1*TT names the payer."
            )
            yield wrong(
                self.place, "forwarding-contradicts", message, "Name the payer, or correct the status.", 2
            )
        elif self._carrier and self.status not in _FORWARDED:
            message = f"NM1*TT names a payer the claim was forwarded to, but status {discreet(self.status)} does not say so."
            yield wrong(
                self._carrier, "forwarding-contradicts", message, "Correct the status (19, 20 or 21).", 1
            )
