"""The envelope of a transmission, judged: interchanges, groups and sets, their numbers and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.checker import finding
from medcode.findings import Location

if TYPE_CHECKING:
    from medcode.claims.x12.lexer import RawSegment
    from medcode.findings import Finding

__all__ = ["EnvelopeChecker"]

_ISA_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
_SETS = {"HC": "837", "HP": "835", "FA": "999", "HN": "277"}
"""The transaction set of each kind of group."""

_VERSION = "005010"
_TRAILERS = {"ISA": "IEA", "GS": "GE", "ST": "SE"}
_NAMES = {"ISA": "interchange", "GS": "group", "ST": "set"}
_CONTROL = {"ISA": 13, "GS": 6, "ST": 2}
_LEVELS = ("ISA", "GS", "ST")
_GS_ELEMENTS = 8
_SHORTEST_CONTROL, _LONGEST_CONTROL = 4, 9


class _Open:
    """A header that stands open: its control number and what it has held so far."""

    def __init__(self, segment: RawSegment) -> None:
        id_ = segment.elements[0]
        self.offset = segment.offset
        self.control = _element(segment.elements, _CONTROL[id_])
        self.kind, self.convention = _element(segment.elements, 1), _element(segment.elements, 8)
        self.count = 0
        self.numbers: set[str] = set()


def _element(elements: list[str], number: int) -> str:
    return elements[number] if len(elements) > number else ""


def _is_mark(isa: list[str]) -> bool:
    """Whether ISA11 is one character that no data is made of."""
    text = _element(isa, 11)
    return len(text) == 1 and not text.isalnum() and text != " "


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


class EnvelopeChecker:
    """Takes in every segment of a transmission and keeps what is wrong with its envelope."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._open: dict[str, _Open] = {}
        self._interchanges: set[str] = set()
        self._offset = 0
        self._segment: str | None = None

    def accept(self, segment: RawSegment, inside: int) -> None:
        """Judge the next segment; so many have passed inside the set since the last that came here."""
        self._offset = segment.offset
        elements = segment.elements
        if "ST" in self._open:
            self._open["ST"].count += inside
        if not elements:
            if segment.text.strip():
                self._say("text-between-segments", "Text stands where a segment is due.", "Remove it.")
            return
        self._segment = id_ = elements[0]
        if "ST" in self._open and id_ != "ST":
            self._open["ST"].count += 1
        if id_ in _TRAILERS:
            self._begin(id_, segment)
        elif id_ in {"SE", "GE", "IEA"}:
            self._end(id_, elements)
        elif "ST" not in self._open and id_ not in {"TA1", ""}:
            self._say(
                "text-between-segments", "The segment stands outside any transaction set.", "Remove it."
            )

    def finish(self, offset: int, *, terminated: bool) -> None:
        """Say what is still open where the text ends, its last segment at the offset."""
        self._segment = None
        self._offset = offset
        cut = "" if terminated else " The last segment has no terminator: the text was cut."
        for id_ in reversed(_LEVELS):
            if id_ in self._open:
                self._unclosed(id_, cut)

    def _say(self, rule: str, message: str, fix: str | None = None, element: int | None = None) -> None:
        location = Location(segment=self._segment, element=element, offset=self._offset)
        self.findings.append(finding(rule, message, location, fix))

    def _unclosed(self, id_: str, cut: str = "") -> None:
        name = _NAMES[id_]
        self._say(
            f"{name}-trailer-missing",
            f"The {name} is still open; {_TRAILERS[id_]} is missing.{cut}",
            "Add it.",
        )
        del self._open[id_]

    def _begin(self, id_: str, segment: RawSegment) -> None:
        for level in reversed(_LEVELS[_LEVELS.index(id_) :]):
            if level in self._open:
                self._unclosed(level)
        if id_ == "GS" and "ISA" not in self._open:
            self._say(
                "interchange-header-missing", "The group stands in no interchange: ISA is missing.", "Add it."
            )
        if id_ == "ST" and "GS" not in self._open:
            self._say("group-header-element", "The set stands in no group: GS is missing.", "Add it.")
        opened = _Open(segment)
        if id_ == "ISA":
            self._header(segment)
            numbers = self._interchanges
        elif id_ == "GS":
            self._group(segment.elements)
            numbers = self._open["ISA"].numbers if "ISA" in self._open else set()
        else:
            opened.count = 1
            self._set(segment.elements)
            numbers = self._open["GS"].numbers if "GS" in self._open else set()
        self._unique(id_, opened.control, numbers)
        self._open[id_] = opened
        above = {"GS": "ISA", "ST": "GS"}.get(id_)
        if above and above in self._open:
            self._open[above].count += 1

    def _unique(self, id_: str, control: str, numbers: set[str]) -> None:
        if control in numbers and control:
            rule = {
                "ISA": "interchange-duplicate",
                "GS": "group-control-mismatch",
                "ST": "set-control-duplicate",
            }[id_]
            self._say(rule, "The control number was used before.", "Use another.", _CONTROL[id_])
        numbers.add(control)

    def _header(self, segment: RawSegment) -> None:
        elements = segment.elements
        for number, width in enumerate(_ISA_WIDTHS, 1):
            if len(_element(elements, number)) != width:
                message = (
                    f"ISA{number:02} has {len(_element(elements, number))} characters; its width is {width}."
                )
                self._say("interchange-header-element", message, "Pad it with spaces.", number)
        if _element(elements, 12) != "00501":
            self._say("interchange-header-element", "The version is not 00501.", "Write 00501.", 12)
        if not _is_number(_element(elements, 13)):
            self._say(
                "interchange-header-element", "The control number is not nine digits.", "Number it.", 13
            )
        if _element(elements, 15) not in {"T", "P"}:
            self._say("interchange-header-element", "The usage is neither T nor P.", "Write T or P.", 15)
        marks = segment.delimiters
        if _element(elements, 11) in {marks.element, marks.component, marks.segment} or not _is_mark(
            elements
        ):
            message = "The repetition separator (ISA11) is no character of its own."
            self._say("interchange-delimiters", message, "Write ^, say.", 11)

    def _group(self, elements: list[str]) -> None:
        if len(elements) != _GS_ELEMENTS + 1 or not all(elements):
            self._say(
                "group-header-element", f"GS has {_GS_ELEMENTS} elements, none empty.", "Give them all."
            )
        if not _is_number(_element(elements, 6)):
            self._say("group-control-mismatch", "The group control number is no number.", "Number it.", 6)
        if not _element(elements, 8).startswith(_VERSION):
            message = f"The version of the group is not {_VERSION}."
            self._say("group-version-unsupported", message, "Send that version.", 8)

    def _set(self, elements: list[str]) -> None:
        group = self._open.get("GS")
        kind, convention = (group.kind, group.convention) if group else ("", "")
        if kind in _SETS and _element(elements, 1) != _SETS[kind]:
            self._say("set-unsupported", "The group holds no sets of this kind (GS01).", "Move it.", 1)
        if convention and _element(elements, 3) not in {"", convention}:
            self._say("set-convention-mismatch", "ST03 is not what GS08 says.", "Write the same in both.", 3)
        if not _SHORTEST_CONTROL <= len(_element(elements, 2)) <= _LONGEST_CONTROL:
            self._say(
                "set-control-number", "The control number has four to nine characters.", "Number it.", 2
            )

    def _end(self, id_: str, elements: list[str]) -> None:
        header = next(level for level, trailer in _TRAILERS.items() if trailer == id_)
        name = _NAMES[header]
        for level in reversed(_LEVELS[_LEVELS.index(header) + 1 :]):
            if level in self._open:
                self._unclosed(level)
        if header not in self._open:
            self._say(f"{name}-control-mismatch", f"{id_} ends no {name}.", "Remove it.")
            return
        opened = self._open.pop(header)
        count, control = _element(elements, 1), _element(elements, 2)
        rule = {"ISA": "interchange-group-count", "GS": "group-set-count", "ST": "set-segment-count"}[header]
        if not count or (count.lstrip("0") or "0") != str(opened.count):
            self._say(rule, f"The count is wrong: {opened.count} came.", f"Write {opened.count}.", 1)
        if control != opened.control:
            self._say(
                f"{name}-control-mismatch",
                f"The control number is not that of {header}.",
                "Write the same.",
                2,
            )
