"""The envelope of a transmission: interchanges, groups and sets, their numbers and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.guides.groups import GROUPS
from medcode.claims.x12.text.lexer import BLANK, segment_id
from medcode.claims.x12.validate.envelope_guides import is_foreign, is_read_as
from medcode.claims.x12.validate.envelope_layers import (
    HEADER_OF,
    LAYERS,
    ORDER,
    OpenLayer,
    element_at,
    miscounted,
)
from medcode.claims.x12.validate.envelope_table import COUNT_DIGITS, HEADERS
from medcode.claims.x12.validate.log import FindingLog
from medcode.claims.x12.validate.rules import finding
from medcode.findings import Location

if TYPE_CHECKING:
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.validate.log import Entry

__all__ = ["EnvelopeChecker"]

_TRAILER_ELEMENTS = 2
_SHORTEST_CONTROL, _LONGEST_CONTROL = 4, 9


def _is_mark(isa: list[str]) -> bool:
    """Whether ISA11 is one character that no data is made of."""
    text = element_at(isa, 11)
    return len(text) == 1 and not text.isalnum() and text != " "


class EnvelopeChecker:
    """Reads the envelope segments of a transmission and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.log = FindingLog()
        self._open: dict[str, OpenLayer] = {}
        self._interchanges: set[tuple[str, ...]] = set()
        self._offset = self._step = 0
        self._segment: str | None = None
        self._stray: Entry | None = None
        self._stray_at = self._begun_at = 0
        self._lost: dict[str, Entry] = {}
        """What is found of the headers that are missing, whose trailers are then right."""
        self._late: dict[str, Entry] = {}
        """What is found of the trailers that the one before should have waited for."""
        self._late_at = 0
        self._short: Entry | None = None
        """What is found of the SE just before, if it counts one segment more than came."""

    @property
    def is_of_another_version(self) -> bool:
        """Whether the open group names another version of the standard, which is found there for all its sets."""
        group = self._open.get("GS")
        return bool(group and group.convention and not group.convention.startswith(_VERSION))

    def accept(self, segment: RawSegment, inside: int) -> None:
        """Check the next segment; so many have passed inside the set since the last that came here."""
        elements = segment.elements
        short, self._short = self._short, None
        self._step += 1 + inside
        self._offset = segment.offset
        self._segment = segment_id(elements[0]) if elements else None
        if "ST" in self._open:
            self._open["ST"].count += inside
        if not elements:
            if segment.text.strip(BLANK):
                self._say("text-between-segments", "There is text where a segment should be.", "Remove it.")
            return
        id_ = elements[0]
        if "ST" in self._open and id_ != "ST":
            self._open["ST"].count += 1
        if id_ in LAYERS:
            self._begin(id_, segment)
            self._stray = None
        elif id_ in HEADER_OF:
            self._end(id_, elements)
            self._stray = None
        elif "ST" not in self._open and id_ != "TA1" and elements != [""]:
            self._outside(short)

    def finish(self, offset: int, *, terminated: bool) -> None:
        """Find what is still open where the text ends, its last segment at the offset."""
        self._segment = None
        self._step += 1
        self._offset = offset
        cut = "" if terminated else " The last segment has no terminator: the text was cut off."
        if cut and not self._open:
            self._say("text-cut", cut.strip(), "Send the whole text.")
        for id_ in reversed(ORDER):
            if id_ in self._open:
                self._unclosed(id_, cut)

    def _is_twice(self, id_: str, segment: RawSegment) -> bool:
        """Find that a header comes twice in a row, which is all that is wrong then."""
        opened = self._open.get(id_)
        if (
            opened is None
            or self._begun_at != self._step - 1
            or opened.text.strip(BLANK) != segment.text.strip(BLANK)
        ):
            return False
        self._say(LAYERS[id_].duplicate_rule, "The segment is there twice in a row.", "Remove one of them.")
        return True

    def _say(self, rule: str, message: str, fix: str | None = None, element: int | None = None) -> Entry:
        location = Location(segment=self._segment, element=element, offset=self._offset)
        return self.log.add(finding(rule, message, location, fix), self._step)

    def _say_or_stray(self, id_: str, rule: str, message: str) -> Entry:
        """Find that a segment is missing: in place of the one outside any set just before, which may be it."""
        stray, self._stray = self._stray, None
        if stray is None or stray.count > 1:
            return self._say(rule, message, "Add it.")
        location = stray.finding.location
        stray.finding = finding(rule, f"{message} This segment may be it.", location, f"Write {id_}.")
        return stray

    def _outside(self, short: Entry | None) -> None:
        """Find a segment outside any set; of those in a row, the first, with how many they are.

        It may be the one that the SE before it, which is `short` of one, has counted.
        """
        message = "The segment is outside any transaction set."
        if short and short.findings is self.log.findings:
            self.log.findings.remove(short.finding)  # SE counts it
            message = "The segment comes after SE, which counts it."
        if self._stray and self._stray_at == self._step - 1:
            self._stray.repeat(f"{message} This is so of {self._stray.count + 1:,} segments in a row.")
        else:
            self._stray = self._say("text-between-segments", message, "Remove it.")
        self._stray_at = self._step

    def _unclosed(self, id_: str, cut: str = "") -> Entry:
        """Find that a header is not closed; a segment outside any set just before may be its trailer, and is the finding then."""
        layer = LAYERS[id_]
        message = f"The {layer.name} is not closed: {layer.trailer} is missing.{cut}"
        del self._open[id_]
        return self._say_or_stray(layer.trailer, layer.open_rule, message)

    def _is_late(self, id_: str) -> bool:
        """Whether a header that is found missing comes right after what it should begin, which is what is wrong then."""
        below = ORDER[ORDER.index(id_) + 1 :][:1]
        lost = self._lost.get(id_)
        if lost is None or self._begun_at != self._step - 1 or not self._open.keys() >= {*below}:
            return False
        lost.amend(f"{below[0]} comes before {id_}, which should begin it: exchange the two.")
        return True

    def _begin(self, id_: str, segment: RawSegment) -> None:
        if not segment.text and id_ in self._open and self._begun_at == self._step - 1:
            return  # the set has begun before its group
        is_twice, is_late, self._begun_at = self._is_twice(id_, segment), self._is_late(id_), self._step
        if is_twice:
            return
        begun = self._open.pop(ORDER[ORDER.index(id_) + 1]) if is_late else None
        self._make_room(id_)
        opened = self._read_header(id_, segment)
        self._unique(id_, segment.elements, opened.control)
        self._open[id_] = opened
        above = self._open.get(LAYERS[id_].above)
        if begun:
            self._hold(id_, begun)
        elif above:
            above.count += 1

    def _hold(self, id_: str, begun: OpenLayer) -> None:
        """Keep what has begun before its header came, which then counts as the one that was missing."""
        self._open[ORDER[ORDER.index(id_) + 1]] = begun
        self._open[id_].count = 1
        begun.count -= id_ == "GS"  # the set has counted the GS

    def _make_room(self, id_: str) -> None:
        """Close what a header ends, and find what is missing around it."""
        for level in reversed(ORDER[ORDER.index(id_) :]):
            if level in self._open:
                self._unclosed(level)
        if id_ == "GS" and "ISA" not in self._open:
            message = "The group is in no interchange: ISA is missing."
            self._lose("ISA", "interchange-header-missing", message)
        if id_ == "ST" and "GS" not in self._open:
            self._lose("GS", "group-header-element", "The set is in no group: GS is missing.")
        for level in ORDER[ORDER.index(id_) :]:
            self._lost.pop(level, None)

    def _read_header(self, id_: str, segment: RawSegment) -> OpenLayer:
        opened = OpenLayer(segment)
        if id_ == "ISA":
            self._marks(segment)
        if id_ == "ST":
            opened.count = 1
            opened.is_refused = self._set(segment)
        else:
            opened.is_refused = self._header(segment)
        return opened

    def _lose(self, header: str, rule: str, message: str) -> None:
        """Find once that a header is missing; what it should begin is counted all the same."""
        if header in self._lost:
            return
        self._lost[header] = self._say_or_stray(header, rule, message)
        if above := self._open.get(LAYERS[header].above):
            above.count += 1

    def _unique(self, id_: str, elements: list[str], control: str) -> None:
        """Compare a control number with those before it: of the same partners, interchange or group."""
        layer = LAYERS[id_]
        above = self._open.get(layer.above)
        number = (*elements[5:9], control) if id_ == "ISA" else (control,)
        numbers = self._interchanges if id_ == "ISA" else above.numbers if above else set()
        if control and number in numbers:
            message = "The control number was used before."
            self._say(layer.duplicate_rule, message, "Use another.", layer.control)
        numbers.add(number)

    def _header(self, segment: RawSegment) -> bool:
        """Check the elements of ISA or GS against their rows, and that nothing is between the last and its terminator.

        Return whether the control number is refused.
        """
        elements = segment.elements
        id_ = elements[0]
        layer = LAYERS[id_]
        body = segment.text.strip(BLANK)
        if "\n" in body or "\r" in body:
            self._say(layer.element_rule, f"A line breaks within {id_}.", "Remove the line break.")
        elif segment.text[-1:] in {" ", "\t", "\r", "\n"}:
            message = f"Spaces follow the last element of {id_}, before its terminator."
            self._say(layer.element_rule, message, "Remove them.", layer.elements)
        refused = [row for row in HEADERS[id_] if not row.fits(element_at(elements, row.number))]
        for row in refused:
            message = f"{id_}{row.number:02} must be {row.required}."
            self._say(row.rule, message, f"Write {row.required}.", row.number)
        found = {*layer.delimiters, *(row.number for row in refused)}
        for number, text in enumerate(elements):
            if number not in found and not all(" " <= each <= "~" for each in text):
                message = f"{id_}{number:02} has a character that X12 does not allow."
                self._say(layer.element_rule, message, "Use plain characters.", number)
        if len(elements) > layer.elements + 1:
            self._too_many(layer.element_rule, id_, layer.elements)
        return any(row.number == layer.control for row in refused)

    def _too_many(self, rule: str, id_: str, count: int) -> None:
        self._say(rule, f"{id_} has more than {count} elements.", "Remove the extra elements.", count + 1)

    def _marks(self, segment: RawSegment) -> None:
        elements, marks = segment.elements, segment.delimiters
        others = {marks.element, marks.component, marks.segment}
        if element_at(elements, 11) in others or not _is_mark(elements):
            message = "The repetition separator (ISA11) is not a character of its own."
            self._say("interchange-delimiters", message, "Write ^, for example.", 11)

    def _set(self, segment: RawSegment) -> bool:
        """Check ST; one without text is not there, and nothing else is said of it. Return whether its number is refused."""
        if not segment.text:
            message = "ST is missing: the set is read by the guide that GS08 names."
            self._say_or_stray("ST", "set-header-missing", message)
            return False
        elements = segment.elements
        group = self._open.get("GS")
        kind, convention = (group.kind, group.convention) if group else ("", "")
        if (
            kind in GROUPS
            and element_at(elements, 1) != GROUPS[kind].transaction
            and not is_read_as(elements, convention, GROUPS[kind].transaction)
        ):
            message = f"The group is for {GROUPS[kind].title} ({GROUPS[kind].transaction}) by its GS01."
            self._say("set-unsupported", message, "Move the set to another group.", 1)
        named = element_at(elements, 3).rstrip()
        if convention.startswith(_VERSION) and named not in {"", convention.rstrip()}:
            self._say("set-convention-mismatch", "ST03 differs from GS08.", "Write the same in both.", 3)
        elif (
            not named
            and kind in GROUPS
            and GROUPS[kind].transaction == element_at(elements, 1)
            and is_foreign(convention.strip().upper(), element_at(elements, 1))
        ):
            message = "GS08 names a guide of another transaction set than ST01."
            self._say("set-convention-mismatch", message, "Name the guide of the set in GS08.", 1)
        is_refused = not _SHORTEST_CONTROL <= len(element_at(elements, 2)) <= _LONGEST_CONTROL
        if is_refused:
            message = "ST02 must have four to nine characters."
            self._say("set-control-number", message, "Number the set.", 2)
        return is_refused

    def _end(self, id_: str, elements: list[str]) -> None:
        header = HEADER_OF[id_]
        layer = LAYERS[header]
        late = self._late if self._late_at == self._step - 1 else {}
        self._late, self._late_at = {}, self._step
        for level in reversed(ORDER[ORDER.index(header) + 1 :]):
            if level in self._open:
                self._late[level] = self._unclosed(level)
        if self._lost.pop(header, None):
            return
        if header in late:
            above = LAYERS[layer.above].trailer
            late[header].amend(f"{above} comes before {id_}, which it should follow: exchange the two.")
            return
        if header not in self._open:
            self._say(layer.control_rule, f"{id_} closes no {layer.name}.", "Remove it.")
            return
        opened = self._open.pop(header)
        self._compare_count(id_, opened, element_at(elements, 1))
        self._compare_control(id_, opened, element_at(elements, _TRAILER_ELEMENTS))
        if header == "GS" and not opened.count:
            self._say("group-empty", "The group holds no transaction set.", "Add one, or remove the group.")
        if layer.trailer_rule and any(elements[_TRAILER_ELEMENTS + 1 :]):
            self._too_many(layer.trailer_rule, id_, _TRAILER_ELEMENTS)

    def _compare_count(self, id_: str, opened: OpenLayer, count: str) -> None:
        header = HEADER_OF[id_]
        if count and len(count) <= COUNT_DIGITS[header] and (count.lstrip("0") or "0") == str(opened.count):
            return
        message = miscounted(id_, count, opened.count)
        entry = self._say(LAYERS[header].count_rule, message, f"Write {opened.count}.", 1)
        if header == "ST" and count == str(opened.count + 1):
            self._short = entry

    def _compare_control(self, id_: str, opened: OpenLayer, control: str) -> None:
        header = HEADER_OF[id_]
        if (
            header == "ST"
            and not opened.is_refused
            and control.lstrip("0") == opened.control.lstrip("0") != ""
            and control != opened.control
        ):
            message = "SE02 has more or fewer leading zeros than ST02."
            self._say("set-control-padding", message, "Write the same.", _TRAILER_ELEMENTS)
        elif control != opened.control and not opened.is_refused and (header != "ST" or opened.control):
            message = f"{id_}02 is not the control number of the {header}."
            self._say(LAYERS[header].control_rule, message, "Write the same.", _TRAILER_ELEMENTS)


_VERSION = "005010"
"""The version of the standard; of a group of another that is found, and not also that its sets differ."""
