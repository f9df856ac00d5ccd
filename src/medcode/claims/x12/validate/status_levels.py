"""A batch or a provider of a 277CA, and the claims below it: what is stated, what came, and whether these agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.validate.amounts import NOTHING, shown
from medcode.claims.x12.validate.situations import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from medcode.claims.x12.validate.situations import Place, Situation

__all__ = ["ACTIONS_OF", "PARTS", "AnsweredClaim", "AnsweredLevel", "Below"]

ACTIONS_OF = {
    **dict.fromkeys(("A0", "A1", "A2", "A5"), "WQ"),
    **dict.fromkeys(("A3", "A4", "A6", "A7", "A8"), "U"),
}
"""The action (STC03) that goes with each category of a 277CA."""

_CHILD = 3

PARTS = {
    "90": "accepted_count",
    "QA": "accepted_count",
    "AA": "rejected_count",
    "QC": "rejected_count",
    "YU": "accepted_charge",
    "YY": "rejected_charge",
}
_NAMES = {
    "charge": "charges (STC04)",
    "accepted_count": "accepted claims",
    "rejected_count": "rejected claims",
    "accepted_charge": "accepted charges",
    "rejected_charge": "rejected charges",
}


_PAIRS = (("accepted_count", "rejected_count"), ("accepted_charge", "rejected_charge"))


class Below:
    """An HL: its loop, what its HL04 says of levels below, if it may, and how many came."""

    def __init__(self, place: Place, child: str) -> None:
        node = place[0]
        self.loop = node.loop.loop.id
        self.place = place
        row = node.use.elements[_CHILD]
        is_read = row.usage is not Usage.NOT_USED and child in (getattr(row, "codes", None) or {child})
        self.child = child if is_read else ""  # a code that the guide does not have here is found as such
        self.below = 0


class AnsweredClaim:
    """A claim and what its statuses say."""

    def __init__(self, place: Place, number: int, sign: int) -> None:
        self.place = place
        self.number = number
        self.sign = sign
        """A hash of its control number."""
        self.actions: set[str] = set()
        self.charge: Decimal | None = None
        self.is_sure = True
        """Whether its statuses agree about its fate."""
        self.line_charge = NOTHING
        self.is_again = False
        """Whether the batch answers its control number before."""
        self.is_dated = False
        """Whether it has a date of service."""
        self.lines = 0
        self.numbers: dict[str, int] = {}
        """The numbers that identify its lines, with the line of each."""

    @property
    def action(self) -> str:
        """What became of it; empty where its statuses disagree."""
        return next(iter(self.actions)) if self.is_sure and len(self.actions) == 1 else ""


class AnsweredLevel:
    """A batch or a provider: what it states, and what came below it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.actions: set[str] = set()
        self.stated: dict[str, tuple[Decimal, Place, int]] = {}
        self.came: dict[str, Decimal] = dict.fromkeys(_NAMES, NOTHING)
        self.again: dict[str, Decimal] = dict.fromkeys(_NAMES, NOTHING)
        """What of that came of claims that are answered twice."""
        self.has_claims = False
        self.accepts_below = False
        self.unsure: set[str] = set()
        """The totals that cannot be known, because a claim's fate or charge is not."""
        self.off: dict[str, Decimal] = {}
        self.identifiers: set[tuple[str, ...]] = set()
        self.is_vague = False
        """Whether something in it may be a total that is not read as one."""

    def state(self, name: str, value: Decimal | None, place: Place, element: int) -> None:
        """Keep what the level states."""
        if value is not None:
            self.stated.setdefault(name, (value, place, element))

    def add(self, claim: AnsweredClaim) -> None:
        """Count a claim."""
        self.has_claims = True
        if claim.charge is None:
            self.unsure |= {"charge", "accepted_charge", "rejected_charge"}
        for sums in (self.came, self.again) if claim.is_again else (self.came,):
            sums["charge"] += claim.charge or NOTHING
            if claim.action:
                kind = "accepted" if claim.action == "WQ" else "rejected"
                sums[f"{kind}_count"] += 1
                sums[f"{kind}_charge"] += claim.charge or NOTHING
        if not claim.action:
            self.unsure |= _NAMES.keys() - {"charge"}
        self.accepts_below = self.accepts_below or claim.action == "WQ"

    def add_level(self, below: AnsweredLevel) -> None:
        """Count a provider: its claims or, where these are not listed, what it states of them."""
        self.has_claims = True
        self.unsure |= below.unsure
        if below.has_claims:
            self.accepts_below = self.accepts_below or below.accepts_below
            for name, came in below.came.items():
                self.came[name] += came
                self.again[name] += below.again[name]
            return
        self.accepts_below = self.accepts_below or "WQ" in below.actions
        stated = {name: value for name, (value, *_) in below.stated.items()}
        if below.actions == {"U"}:
            stated.setdefault("accepted_count", NOTHING)
            stated.setdefault("accepted_charge", NOTHING)
            charge = stated.get("charge", stated.get("rejected_charge"))
            if charge is not None:
                stated.setdefault("charge", charge)
                stated.setdefault("rejected_charge", charge)
        for name in _NAMES:
            if name in stated:
                self.came[name] += stated[name]
            else:
                self.unsure.add(name)

    def _state_nothing(self) -> None:
        """Take a total that is absent beside the other of its pair for 0: where one is stated, both are known."""
        for one, other in _PAIRS if not self.is_vague else ():
            if len(stated := self.stated.keys() & {one, other}) == 1:
                (known,) = stated
                _, place, element = self.stated[known]
                self.stated[other if known == one else one] = NOTHING, place, element

    def judge(self, what: str, explained: Mapping[str, Decimal]) -> Iterator[Situation]:
        """Compare what the level states with its own sums and with what was read; report each difference once."""
        self._state_nothing()
        stated = {name: value for name, (value, *_) in self.stated.items()}
        came = self.came if self.has_claims else {}
        self.off = self._differences(stated, came)
        once = {name: value - self.again[name] for name, value in came.items()}
        if self.off and not self._differences(stated, once):
            self.off = {}  # a claim that is answered twice counts once
        if self.off:
            shared = self.off.keys() & explained.keys()
            if not shared or any(self.off[name] != explained[name] for name in shared):
                name = next(name for name in _NAMES if name in self.off)
                said = "; ".join(
                    f"{_NAMES[each]}: {_shown(each, stated[each])} stated, {_shown(each, came[each])} came"
                    for each in self.off
                )
                yield self._wrong(name, f"The totals of the {what} do not agree with its claims ({said}).")
            return
        charge, accepted, rejected = map(stated.get, ("charge", "accepted_charge", "rejected_charge"))
        if charge is None or accepted is None or rejected is None:
            return
        if charge != (parts := accepted + rejected):
            message = (
                f"STC04 of the {what} is {shown(charge)}, but accepted and rejected charges (AMT) make "
                f"{shown(parts)}."
            )
            self.unsure |= {"charge", "accepted_charge", "rejected_charge"}
            yield self._wrong("charge", message)

    def _differences(self, stated: Mapping[str, Decimal], came: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Return the differences between the stated totals and the sums, where both are known."""
        known = (name for name in _NAMES if name in stated and name in came and name not in self.unsure)
        return {name: off for name in known if (off := stated[name] - came[name])}

    def _wrong(self, name: str, message: str) -> Situation:
        _, place, element = self.stated[name]
        rule = "status-count" if name.endswith("count") else "status-total"
        return wrong(place, rule, message, "Count and add up the claims of the level.", element)


def _shown(name: str, value: Decimal) -> str:
    return str(value) if name.endswith("count") else shown(value)
