"""Whether a remittance adds up, and whether it contradicts itself: SNIP 3 and 4 of an 835.

Three levels balance: each line, each claim, and the payment as a whole. An amount that is wrong at one level
moves the sums around it; it is reported once, where it is, and what merely follows from it is not.

Source: ASC X12 005010X221A1 on balancing; X12 interpretations RFI 227, 968, 1374 and 1386 (facts only).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from medcode.claims.x12.validate.amounts import NOTHING, day_at, explains, plus, shown, stated_at, text_at
from medcode.claims.x12.validate.answer_codes import STOPPED_LEGAL, AnswerCodes
from medcode.claims.x12.validate.remittance_claim import PaidClaim, PaidLine
from medcode.claims.x12.validate.remittance_groups import GROUP_COUNT, PaidGroup
from medcode.claims.x12.validate.remittance_payment import (
    CARRIES_MONEY_ALONE,
    method_fault,
    payment_fault,
    trace_fault,
)
from medcode.claims.x12.validate.remittance_units import QuietCodes, sums_of
from medcode.claims.x12.validate.situations import wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from medcode.claims.x12.parse.units import Unit
    from medcode.claims.x12.validate.remittance_claim import PaidPart
    from medcode.claims.x12.validate.situations import Place, Situation

__all__ = ["RemittanceRules"]

_ADJUSTMENTS = range(3, 15, 2)
_OF_CLAIMS = frozenset({"AMT", "CAS", "DTM", "MIA", "MOA", "NM1", "PER", "QTY", "REF", "SVC"})
_PATIENT = ["NM1", "QC"]
_REASONS_END = 20
_LONGEST_REASON = 5
_SEEN = 100_000
"""How many claims are remembered, to find one that comes twice."""
_REMARKS = {"MIA": (5, 20, 21, 22, 23), "MOA": range(3, 8)}


class RemittanceRules:
    """Reads the watched segments of one 835 and reports what does not add up or contradicts itself."""

    def __init__(self, report: Callable[[Situation], None], first_claim: int) -> None:
        self._report = report
        self._next = first_claim
        self._payment: tuple[list[str], Place] | None = None
        self._group: PaidGroup | None = None
        self._claim: PaidClaim | None = None
        self._codes = AnswerCodes(report)
        self._paid_on = ""
        self._quiet = self._quiet_codes()
        self._paid: Decimal | None = NOTHING
        self._taken: Decimal | None = NOTHING
        self._faults: list[Decimal] = []
        self._before: PaidPart | None = None
        """The end of the claim before, if it was looked at: its last adjustment may have come to the next claim."""
        self._explained = False
        self._has_detail = False
        self._of_party: set[tuple[str, ...]] = set()
        """What came of the payer or the payee."""
        self._signs: set[int] = set()
        """Hashes of the claims that came."""

    def accept(self, elements: list[str], place: Place) -> None:
        """Read the next watched segment."""
        if self._claim and elements[0] in _OF_CLAIMS:
            self._claim.is_bare = False
        self._ACTIONS[elements[0]](self, elements, place)

    def take(self, units: list[Unit]) -> bool:
        """Note a claim and its lines of which there is certainly nothing to find; False where that is to be seen."""
        self._end_claim()
        legal, usual, remarks = self._quiet
        claim, patient = units[0][1][0], next((each for each in units[0][1] if each[:2] == _PATIENT), [])
        status = text_at(claim, 2)
        found = sums_of(units, legal if status in STOPPED_LEGAL else usual, remarks, self._paid_on)
        if found is None or not self._is_new(claim, patient):
            return False
        self._has_detail = True
        self._before = None
        self._next += 1
        self._count(found.charge, found.paid)
        return True

    def orphan(self, place: Place, code: str) -> None:
        """Note a loop whose first segment is lost: its amounts are unknown, and so are the sums with them."""
        del code
        opener = place[0].use.id
        if opener == "CLP" and self._claim:
            self._claim.last.doubt(place)
        if opener != "N1":
            self._ACTIONS[opener](self, [opener], place)

    def stray(self, elements: list[str]) -> None:
        """Note a segment without a place, which may be one that the claim or the group lacks."""
        if self._claim:
            self._claim.last.strays.append(elements)
        if self._group and len(elements) == len(("LX", "1")):
            self._group.is_sure = False

    def cut(self) -> None:
        """Leave out the claim, the group and the payment that the text ends within."""
        self._claim = self._group = self._payment = None

    def finish(self) -> None:
        """Judge what the end of the set ends."""
        self._end_group()
        if self._payment:
            self._balance(*self._payment)

    def _balance(self, elements: list[str], place: Place) -> None:
        stated, handling = stated_at(elements, 2), text_at(elements, 1)
        if handling in CARRIES_MONEY_ALONE:
            if self._has_detail:
                message = f"BPR01 says that the money moves without its remittance ({handling}), but claims or adjustments follow."
                self._report(wrong(place, "payment-handling", message, "Correct the handling.", 1))
            return
        if stated is None or self._paid is None or self._taken is None:
            return
        stated = -stated if text_at(elements, 3) == "D" else stated
        computed = self._paid - self._taken
        if (off := computed - stated) and not self._explained and not explains(self._faults, off):
            message = (
                f"The payment does not balance: claims paid {shown(self._paid)} less provider adjustments "
                f"{shown(self._taken)} is {shown(computed)}, but BPR02 is {shown(stated)} (difference {shown(off)})."
            )
            fix = "Correct BPR02, the claims or the provider adjustments."
            self._report(wrong(place, "payment-balance", message, fix, 2))

    def _pay(self, elements: list[str], place: Place) -> None:
        self._payment = elements, place
        day = self._codes.day = day_at(elements, 16)
        self._paid_on = f"{day:%Y%m%d}" if day else ""
        self._quiet = self._quiet_codes()
        fault = payment_fault(elements, place)
        self._explained = fault is not None and (stated_at(elements, 2) or NOTHING) < 0
        if found := fault or method_fault(elements, place):
            self._report(found)

    def _trace(self, elements: list[str], place: Place) -> None:
        if self._payment and (found := trace_fault(self._payment[0], elements, place)):
            self._report(found)

    def _party(self, elements: list[str], place: Place) -> None:
        self._of_party = set()
        self._codes.identify(text_at(elements, 3), text_at(elements, 4), place, 4)

    def _address(self, elements: list[str], place: Place) -> None:
        self._codes.address(elements, place)

    def _begin_group(self, _elements: list[str], _place: Place) -> None:
        self._end_group()

    def _summary(self, elements: list[str], place: Place) -> None:
        self._group = PaidGroup(place, elements)

    def _end_group(self) -> None:
        self._end_claim()
        group, self._group = self._group, None
        for found in group.judge() if group else ():
            self._explained = self._explained or found.element == GROUP_COUNT  # other sums are off as well
            self._report(found)

    def _begin_claim(self, elements: list[str], place: Place) -> None:
        self._end_claim()
        self._has_detail = True
        self._claim = PaidClaim(elements, place)

    def _end_claim(self) -> None:
        claim, self._claim = self._claim, None
        if claim is None:
            return
        if claim.is_bare:  # its patient is found missing
            self._next += 1
            return
        for found in claim.judge(day_at(self._payment[0], 16) if self._payment else None, self._before):
            self._say(found)
        self._before = claim.last
        self._next += 1
        self._count(claim.charge, claim.paid)
        self._faults += claim.paid_off
        if self._group:
            self._group.faults += claim.charge_off

    def _count(self, charge: Decimal | None, paid: Decimal | None) -> None:
        """Add a claim to the sums of the payment and of its group."""
        self._paid = plus(self._paid, paid)
        if self._group:
            self._group.count_claim(charge)

    def _quiet_codes(self) -> tuple[QuietCodes, QuietCodes, QuietCodes]:
        """Return the reasons that are quiet where stopped ones are legal, the others that are, and the remarks."""
        codes = self._codes
        by_legality = (
            QuietCodes(partial(codes.is_quiet_reason, stopped_legal=legal)) for legal in (True, False)
        )
        return (*by_legality, QuietCodes(codes.is_quiet_remark))  # type: ignore[return-value]  # two, then one

    def _say(self, found: Situation) -> None:
        self._report(found._replace(unit=self._next))

    def _line(self, elements: list[str], place: Place) -> None:
        if self._claim:
            self._claim.lines.append(PaidLine(elements, place))
        self._codes.service(elements, place, self._next)
        self._codes.procedure(elements, place, 6, self._next)

    def _adjust(self, elements: list[str], place: Place) -> None:
        if self._claim:
            self._claim.last.adjust(elements, place)
            for at in range(2, min(len(elements), _REASONS_END), 3):
                if (reason := elements[at]) and len(
                    reason
                ) <= _LONGEST_REASON:  # a longer one is found as such
                    self._codes.reason(reason, self._claim.status, place, at, self._next)

    def _day(self, elements: list[str], place: Place) -> None:
        if self._claim:
            self._claim.last.day(elements, place)

    def _name(self, elements: list[str], place: Place) -> None:
        entity = text_at(elements, 1)
        if self._claim and entity == "TT":
            self._claim.carry(place)
        if self._claim and entity == "QC":
            self._see(self._claim, elements)
        self._codes.identify(text_at(elements, 8), text_at(elements, 9), place, 9, self._next)

    def _see(self, claim: PaidClaim, patient: list[str]) -> None:
        """Find that a claim of a patient came before, word by word: it then counts once."""
        is_new = claim.is_seen or self._is_new(claim.elements, patient)
        claim.is_seen = True
        if is_new:
            return
        message = "The remittance has this payment of the claim already."
        fix = "Send each payment of a claim once."
        claim.repeats = wrong(claim.place, "claim-repeated", message, fix, 1)
        self._faults.append(claim.paid or NOTHING)
        if group := self._group:
            group.repeated += 1
            group.faults.append(claim.charge or NOTHING)

    def _is_new(self, claim: list[str], patient: list[str]) -> bool:
        """Whether a claim of a patient has not been paid or denied earlier in the set."""
        sign = hash((*claim, *patient))
        is_new = sign not in self._signs
        if is_new and len(self._signs) < _SEEN:
            self._signs.add(sign)
        return is_new

    def _decide(self, elements: list[str], place: Place) -> None:
        if self._claim:
            self._claim.decide(elements, place)
        for at in _REMARKS[elements[0]]:
            if remark := text_at(elements, at):
                self._codes.remark(remark, place, at, self._next)

    def _detail(self, elements: list[str], place: Place) -> None:
        if self._claim:
            self._claim.last.detail(elements, place)
        elif tuple(elements) in self._of_party and place[0].repeat > 1:
            message = f"The same {elements[0]} comes twice."
            self._report(wrong(place, "detail-repeated", message, "Send it once.", 1))
        else:
            self._of_party.add(tuple(elements))
        if elements[0] == "REF":
            self._codes.identify(
                text_at(elements, 1), text_at(elements, 2), place, 2, self._next if self._claim else None
            )

    def _remark(self, elements: list[str], place: Place) -> None:
        self._detail(elements, place)
        if text_at(elements, 1) == "HE" and (remark := text_at(elements, 2)):
            self._codes.remark(remark, place, 2, self._next)

    def _provider_adjustment(self, elements: list[str], place: Place) -> None:
        self._end_group()
        self._has_detail = True
        for at in _ADJUSTMENTS:
            if not text_at(elements, at) and not text_at(elements, at + 1):
                continue
            amount = (
                stated_at(elements, at + 1) if text_at(elements, at) else None
            )  # one without its reason is found as such
            self._taken = plus(self._taken, amount)
            if amount == 0:
                self._explained = True  # the payment lacks what should be there
                message = "The provider adjustment is 0.00 and changes nothing."
                self._report(wrong(place, "zero-adjustment", message, "Leave it out.", at + 1))

    _ACTIONS: ClassVar[Mapping[str, _Action]] = {
        "BPR": _pay,
        "TRN": _trace,
        "N1": _party,
        "N4": _address,
        **dict.fromkeys(("AMT", "PER", "QTY", "REF"), _detail),
        "LX": _begin_group,
        "TS3": _summary,
        "CLP": _begin_claim,
        "SVC": _line,
        "CAS": _adjust,
        "DTM": _day,
        "NM1": _name,
        "MIA": _decide,
        "MOA": _decide,
        "LQ": _remark,
        "PLB": _provider_adjustment,
    }


_Action: TypeAlias = "Callable[[RemittanceRules, list[str], Place], None]"
