"""Who the patient is: what the levels of an 837 hold about it must agree.

A claim is placed below the subscriber if the subscriber is the patient (SBR02 is 18), and below the
patient's own level if not. HL04 says whether levels follow below. Each rule is a small function over what
one level held, and judges when the level ends.

Source: ASC X12 005010X222A1, X223A2 and X224A2, loops 2000A, 2000B and 2000C (facts only).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.validate.situations import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.validate.situations import Place, Report, Situation, WatchedUnit

__all__ = ["Patients"]

_SELF = "18"
_HL04 = 4
_OF_A_PATIENT = {"N3": "street", "N4": "city", "DMG": "birth date and sex"}
_PARTICULARS = {"NM1", *_OF_A_PATIENT}


class _Level:
    """What one HL held, with a count of the levels right below it."""

    __slots__ = ("_places", "_unit", "below", "child", "claims", "code", "patient", "place")

    def __init__(self, place: Place, code: str, child: str, unit: WatchedUnit | None = None) -> None:
        self.place = place
        self.code = code
        self.child = child
        self.below = 0
        self.patient = False
        self._unit = unit
        self._places: dict[str, Place] = {}
        self.claims: list[tuple[Place, int]] = []

    @property
    def places(self) -> dict[str, Place]:
        """Where its segments are, by their ids."""
        if self._unit:
            self._places = {id_: self._unit.place(id_) for id_ in self._unit.watched}
            self._unit = None
        return self._places

    @property
    def agrees(self) -> bool:
        """Whether it is certainly right, as most are; the rules see only what is not."""
        if self.child != ("1" if self.below else "0"):
            return False
        ids = self._unit.watched.keys() if self._unit else self._places.keys()
        if "SBR" not in ids:
            return True
        if self.patient:
            return bool(self.claims) and not self.below and ids >= _PARTICULARS
        return self.below > 0 and not self.claims

    @property
    def lacks_patient(self) -> bool:
        """Whether a patient's level is due by all that this one says, and none is below."""
        return "SBR" in self.places and not self.patient and self.child == "1" and not self.below


class _Orphan(_Level):
    """A level whose HL is lost: nothing agrees with what it holds, and that is no fault of its own."""

    __slots__ = ()

    @property
    def agrees(self) -> bool:
        return True


class Patients:
    """Reads the watched segments of one transaction set and reports what does not agree."""

    def __init__(self, report: Report, first_unit: int) -> None:
        self._report = report
        self._claim = first_unit
        self._open: list[_Level] = []

    def orphan(self, place: Place, code: str) -> None:
        """Note the start of a level whose HL is lost: what it holds is nobody's. A loop without a code is no level."""
        if code:
            self._begin(_Orphan(place, code, ""))

    def accept(self, elements: list[str], place: Place) -> None:
        """Read the next watched segment."""
        id_ = elements[0]
        if id_ == "HL":
            code, child = elements[3:5] if len(elements) > _HL04 else ([*elements[3:], "", ""])[:2]
            allowed = place[0].use.elements[_HL04 - 1].codes  # type: ignore[union-attr]  # HL04 is simple
            self._begin(_Level(place, code, child if child in (allowed or ()) else ""))
            return
        level = self._open[-1]
        if id_ == "CLM":
            self._begin_claim(place)
            return
        if id_ == "SBR":
            relationship = "".join(elements[2:3])
            level.patient = relationship == _SELF
            if relationship not in {"", _SELF}:
                return  # which is found as an element, and leaves open who the patient is
        level.places[id_] = place

    def note(self, elements: list[str], place: Place, unit: WatchedUnit | None) -> None:
        """Note a level, or a claim if no `unit` is given, that is right."""
        if unit is None:
            self._begin_claim(place)
            return
        _, _, _, code, child, *_ = *elements, ""
        level = _Level(place, code, child, unit)
        level.patient = "SBR" in unit.watched and unit.elements("SBR")[2:3] == [_SELF]
        self._begin(level)

    def _begin_claim(self, place: Place) -> None:
        self._open[-1].claims.append((place, self._claim))
        self._claim += 1

    def skip(self, records: int) -> None:
        """Count claims that agree with their levels."""
        self._claim += records

    def finish(self) -> None:
        """Judge the levels that the end of the set ends."""
        self._end("")

    def _begin(self, level: _Level) -> None:
        self._end(level.code)
        if self._open:
            self._open[-1].below += 1
        self._open.append(level)

    def _end(self, code: str) -> None:
        """End the levels that are not above one of this code."""
        while self._open and self._open[-1].code >= code:
            level = self._open.pop()
            if not level.agrees:
                for rule in _RULES:
                    for situation in rule(level):
                        self._report(situation)


def _children(level: _Level) -> Iterator[Situation]:
    """Compare HL04 with the levels below."""
    if level.child == "1" and not level.below and not level.lacks_patient:
        message = "HL04 says that a level follows below, but none does."
        yield wrong(level.place, "hierarchy-child", message, "Write 0.", 4)
    if level.child == "0" and level.below:
        message = "HL04 says that no level follows below, but one does."
        yield wrong(level.place, "hierarchy-child", message, "Write 1.", 4)


def _relationship(level: _Level) -> Iterator[Situation]:
    """Compare SBR02 with the levels and claims below it."""
    coverage, dependents, own = level.places.get("SBR"), level.below > 0, bool(level.claims)
    if coverage is None:
        return
    if level.patient and dependents and not own:
        message = "SBR02 makes the subscriber the patient, but the claims are those of a dependent (2000C)."
        yield wrong(coverage, "element-not-due", message, "Leave SBR02 empty.", 2)
    elif level.patient and dependents:
        message = "The subscriber and a dependent are both patients of this one level."
        fix = "Give each a subscriber's level (2000B)."
        yield wrong(coverage, "subscriber-and-dependent", message, fix, 2)
    elif level.patient and not own:
        message = "The subscriber is the patient, but no claim follows."
        yield wrong(coverage, "segment-due", message, "Add it.", loop="2300", id="CLM")
    elif level.lacks_patient:
        message = "The patient's level is missing: HL04 and SBR02 say that the patient is not the subscriber."
        yield wrong(level.place, "loop-missing", message, "Add it.", loop="2000C", id="HL")
    elif not level.patient and not dependents:
        message = "SBR02 does not make the subscriber the patient, and no patient's level (2000C) follows."
        yield wrong(coverage, "element-due", message, f"Write {_SELF}, or add the patient's level.", 2)
    elif not level.patient:
        for place, claim in level.claims:
            message = "The claim is placed below the subscriber, who is not the patient (SBR02)."
            found = wrong(place, "segment-not-due", message, "Move it below its patient (2000C).")
            yield found._replace(unit=claim)


def _particulars(level: _Level) -> Iterator[Situation]:
    """Require address, birth date and sex of a subscriber who is the patient."""
    person = level.places.get("NM1")
    if person is None or not level.patient or (level.below and not level.claims):
        return
    for id_, what in _OF_A_PATIENT.items():
        if id_ not in level.places:
            message = f"{id_} ({what}) of the subscriber, who is the patient, is missing."
            yield wrong(person, "segment-due", message, "Add it.", id=id_)


_RULES = (_children, _relationship, _particulars)
