"""The envelope of a transmission, judged: interchanges, groups and sets, their numbers and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.checker import finding, segment_id
from medcode.claims.x12.envelope_table import COUNT_DIGITS, HEADERS, SETS
from medcode.claims.x12.lexer import BLANK
from medcode.findings import Location

if TYPE_CHECKING:
    from medcode.claims.x12.lexer import RawSegment
    from medcode.findings import Finding

__all__ = ["EnvelopeChecker"]

_TRAILERS = {"ISA": "IEA", "GS": "GE", "ST": "SE"}
_NAMES = {"ISA": "interchange", "GS": "group", "ST": "set"}
_CONTROL = {"ISA": 13, "GS": 6, "ST": 2}
_LEVELS = ("ISA", "GS", "ST")
_ABOVE = {"GS": "ISA", "ST": "GS"}
_ELEMENTS = {"ISA": 16, "GS": 8, "GE": 2, "IEA": 2}
_DUPLICATE = {
    "ISA": "interchange-duplicate",
    "GS": "group-control-duplicate",
    "ST": "set-control-duplicate",
}
"""How a control number that was used before is told."""

_SHORTEST_CONTROL, _LONGEST_CONTROL = 4, 9


class _Open:
    """A header that stands open: its control number and what it has held so far."""

    def __init__(self, segment: RawSegment) -> None:
        id_ = segment.elements[0]
        self.offset = segment.offset
        self.control = _element(segment.elements, _CONTROL[id_])
        self.kind, self.convention = _element(segment.elements, 1), _element(segment.elements, 8)
        self.count = 0
        self.numbers: set[tuple[str, ...]] = set()


def _element(elements: list[str], number: int) -> str:
    return elements[number] if len(elements) > number else ""


def _is_mark(isa: list[str]) -> bool:
    """Whether ISA11 is one character that no data is made of."""
    text = _element(isa, 11)
    return len(text) == 1 and not text.isalnum() and text != " "


class EnvelopeChecker:
    """Takes in every segment of a transmission and keeps what is wrong with its envelope."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._open: dict[str, _Open] = {}
        self._interchanges: set[tuple[str, ...]] = set()
        self._offset = 0
        self._segment: str | None = None

    def accept(self, segment: RawSegment, inside: int) -> None:
        """Judge the next segment; so many have passed inside the set since the last that came here."""
        elements = segment.elements
        self._offset = segment.offset
        self._segment = segment_id(elements[0]) if elements else None
        if "ST" in self._open:
            self._open["ST"].count += inside
        if not elements:
            if segment.text.strip(BLANK):
                self._say("text-between-segments", "Text stands where a segment is due.", "Remove it.")
            return
        id_ = elements[0]
        if "ST" in self._open and id_ != "ST":
            self._open["ST"].count += 1
        if id_ in _TRAILERS:
            self._begin(id_, segment)
        elif id_ in {"SE", "GE", "IEA"}:
            self._end(id_, elements)
        elif "ST" not in self._open and id_ != "TA1" and elements != [""]:
            self._say(
                "text-between-segments", "The segment stands outside any transaction set.", "Remove it."
            )

    def finish(self, offset: int, *, terminated: bool) -> None:
        """Say what is still open where the text ends, its last segment at the offset."""
        self._segment = None
        self._offset = offset
        cut = "" if terminated else " The last segment has no terminator: the text was cut."
        if cut and not self._open:
            self._say("text-cut", cut.strip(), "Send the whole text.")
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
            self._marks(segment)
        if id_ == "ST":
            opened.count = 1
            self._set(segment.elements)
        else:
            self._header(segment.elements)
        self._unique(id_, segment.elements, opened.control)
        self._open[id_] = opened
        if above := self._open.get(_ABOVE.get(id_, "")):
            above.count += 1

    def _unique(self, id_: str, elements: list[str], control: str) -> None:
        """Hold a control number against those before it: of the same partners, interchange or group."""
        above = self._open.get(_ABOVE.get(id_, ""))
        number = (*elements[5:9], control) if id_ == "ISA" else (control,)
        numbers = self._interchanges if id_ == "ISA" else above.numbers if above else set()
        if control and number in numbers:
            self._say(_DUPLICATE[id_], "The control number was used before.", "Use another.", _CONTROL[id_])
        numbers.add(number)

    def _header(self, elements: list[str]) -> None:
        """Hold the elements of ISA or GS to their rows."""
        id_ = elements[0]
        for row in HEADERS[id_]:
            if not row.fits(_element(elements, row.number)):
                message = f"{id_}{row.number:02} is not as it must be: {row.wanted}."
                self._say(row.rule, message, f"Write {row.wanted}.", row.number)
        if len(elements) > _ELEMENTS[id_] + 1:
            self._too_many(f"{_NAMES[id_]}-header-element", id_)

    def _too_many(self, rule: str, id_: str) -> None:
        count = _ELEMENTS[id_]
        self._say(rule, f"{id_} has {count} elements; there is one more.", "Remove it.", count + 1)

    def _marks(self, segment: RawSegment) -> None:
        elements, marks = segment.elements, segment.delimiters
        if _element(elements, 11) in {marks.element, marks.component, marks.segment} or not _is_mark(
            elements
        ):
            message = "The repetition separator (ISA11) is no character of its own."
            self._say("interchange-delimiters", message, "Write ^, say.", 11)

    def _set(self, elements: list[str]) -> None:
        group = self._open.get("GS")
        kind, convention = (group.kind, group.convention) if group else ("", "")
        if kind in SETS and _element(elements, 1) != SETS[kind]:
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
        if not count or len(count) > COUNT_DIGITS[header] or (count.lstrip("0") or "0") != str(opened.count):
            self._say(rule, f"The count is wrong: {opened.count} came.", f"Write {opened.count}.", 1)
        if control != opened.control:
            self._say(
                f"{name}-control-mismatch",
                f"The control number is not that of {header}.",
                "Write the same.",
                2,
            )
        if header == "GS" and not opened.count:
            self._say("group-empty", "The group holds no transaction set.", "Give it one, or leave it out.")
        if header != "ST" and any(elements[_ELEMENTS[id_] + 1 :]):
            self._too_many(f"{name}-trailer-element", id_)
