"""A quick yes for segments that are certainly right: one regular expression for each use.

Nearly every segment of a real file is right. One match tells so at a tenth of the cost of looking at each
element; what it does not accept need not be wrong, and goes to `elements.faults`, which decides and says why.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.x12.codec.code_forms import QUALIFIER_OF, is_as_sent
from medcode.claims.x12.guides.dictionary import SHORT_DATE
from medcode.claims.x12.guides.grammar import Composite, Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from medcode.claims.x12.guides.grammar import Element, Row, Segment
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.text.lexer import Delimiters, RawSegment

    Notes = tuple[tuple[str, tuple[int, ...]], ...]
    Lists = tuple[tuple[int, int, int], ...]

__all__ = ["Acceptance", "Acceptor", "acceptor", "acceptors_for", "broken_notes", "gaps", "lists_of"]

_DAY = r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31)"
_TIME = r"(?:[01]\d|2[0-3])[0-5]\d"
_FORMS = {"D8": _DAY, "RD8": f"{_DAY}-{_DAY}", "DT": _DAY + _TIME, "TM": _TIME}
_TYPES = {"DT": _DAY, "TM": _TIME}
_SHORT_DAY = _DAY.replace("(?:19|20)", "", 1)
_WHOLE = 8
_PRINTED = range(0x21, 0x7F)
"""The characters of extended ASCII that leave ink."""


class Acceptor(NamedTuple):
    """What one use of a segment is checked by: its pattern, the syntax notes that its usage leaves open, and its lists.

    `fits` says whether a text matches the pattern as a whole.
    """

    fits: Callable[[str], object]
    notes: Notes
    lists: Lists = ()
    pattern: str = ""

    def holds(self, text: str, delimiters: Delimiters) -> bool:
        """Whether a text that fits keeps to what is beyond the pattern: syntax notes, and lists without a gap."""
        marks = delimiters.element, delimiters.component
        may_gap = self.lists and any(mark * 2 in text for mark in marks)
        if not (self.notes or may_gap):
            return True
        elements = text.split(delimiters.element)
        if may_gap and gaps(self.lists, elements, delimiters.component):
            return False
        return not (self.notes and broken_notes(self.notes, elements[1:]))


class _Acceptors(dict["Node", Acceptor]):
    """The acceptors of uses of segments for one set of delimiters, each made when first asked for."""

    def __init__(self, delimiters: Delimiters) -> None:
        super().__init__()
        self._delimiters = delimiters

    def __missing__(self, node: Node) -> Acceptor:
        found = self[node] = acceptor(node.use, self._delimiters)
        return found


@lru_cache(maxsize=8)
def acceptors_for(delimiters: Delimiters) -> Mapping[Node, Acceptor]:
    """Return the acceptors of all uses of segments for one set of delimiters."""
    return _Acceptors(delimiters)


class Acceptance:
    """The acceptors of the delimiters that a text has at the moment."""

    def __init__(self) -> None:
        self._marks: Delimiters | None = None
        self._acceptors: Mapping[Node, Acceptor] = {}

    def fits(self, node: Node, segment: RawSegment) -> bool:
        """Whether the texts of a segment are certainly right."""
        if segment.delimiters is not self._marks:
            self._marks = segment.delimiters
            self._acceptors = acceptors_for(segment.delimiters)
        acceptor, text = self._acceptors[node], segment.text
        text = text if text[0] > " " else text.lstrip()
        return bool(acceptor.fits(text)) and acceptor.holds(text, segment.delimiters)


def acceptor(segment: Segment, delimiters: Delimiters) -> Acceptor:
    """Make the pattern that the text of a right segment matches as a whole."""
    marks = re.escape(delimiters.element), re.escape(delimiters.component)
    # what is allowed is listed: a class of what is not would be compiled over all of Unicode, twenty times slower
    ink = _ranges([code for code in _PRINTED if chr(code) not in str(delimiters)])
    blank = "" if " " in str(delimiters) else " "
    maker = _Maker(*marks, f"[{blank}{ink}]")
    body = maker.row(segment.elements, marks[0])
    pattern = re.compile(f"{segment.id}{marks[0]}{body}(?<!{marks[0]})", re.ASCII)
    notes = tuple(note for note in segment.notes if _is_open(segment, note))
    return Acceptor(pattern.fullmatch, notes, lists_of(segment), pattern.pattern)


def _ranges(codes: list[int]) -> str:
    """Return a class of characters as ranges, which is compiled sooner than each by itself.

    >>> _ranges([*range(0x41, 0x5B), 0x5F])
    'A-Z_-_'
    """
    starts = [code for code in codes if code - 1 not in codes]
    ends = [code for code in codes if code + 1 not in codes]
    return "".join(
        f"{re.escape(chr(start))}-{re.escape(chr(end))}" for start, end in zip(starts, ends, strict=True)
    )


def _is_open(segment: Segment, note: tuple[str, tuple[int, ...]]) -> bool:
    """Whether a syntax note can be broken where each element keeps to its own usage."""
    kind, places = note
    first, *others = usages = [segment.elements[place - 1].usage for place in places]
    if kind == "R":
        return Usage.REQUIRED not in usages
    if kind == "E":
        return len(usages) - usages.count(Usage.NOT_USED) > 1
    if kind == "P":
        return len(set(usages)) > 1 or first is Usage.SITUATIONAL
    kept = all if kind == "C" else any
    return first is not Usage.NOT_USED and not kept(each is Usage.REQUIRED for each in others)


@lru_cache(maxsize=1024)
def lists_of(segment: Segment) -> Lists:
    """Return the lists of a use of a segment: several elements, or components of one, that hold the same.

    Each is its element (0: of the segment itself), where it begins, and how many there are.
    """
    found = [(0, *run) for run in _runs(segment.elements)]
    if segment.id == _HEALTH_CODES:
        found.append((0, 1, len(segment.elements)))
    for at, row in enumerate(segment.elements, 1):
        if isinstance(row, Composite) and row.usage is not Usage.NOT_USED:
            numbers = {each.data.number for each in row.elements}
            is_list = bool(row.name) and len(numbers) == 1 and not any(each.name for each in row.elements)
            runs = [(1, len(row.elements))] if is_list else _runs(row.elements)
            found += [(at, *run) for run in runs]
    return tuple(found)


_HEALTH_CODES = "HI"  # a row of composites, each a code of its own


def _runs(row: Row) -> list[tuple[int, int]]:
    """Return where elements of one name follow each other, and how many."""
    runs: list[tuple[int, int]] = []
    for name, group in groupby(enumerate(row, 1), lambda each: each[1].name):
        numbers = [number for number, _ in group]
        if name and len(numbers) > 1:
            runs.append((numbers[0], len(numbers)))
    return runs


def gaps(lists: Lists, elements: list[str], component: str) -> list[tuple[int, int | None]]:
    """Return the element, and component if it is one, of each list that is empty before others that are not."""
    found: list[tuple[int, int | None]] = []
    for element, first, count in lists:
        if element >= len(elements):
            continue
        row = ["", *elements[element].split(component)] if element else elements
        texts = row[first : first + count]
        while texts and not texts[-1]:
            texts.pop()
        if "" in texts:
            at = first + texts.index("")
            found.append((element, at) if element else (at, None))
    return found


class _Maker:
    """Makes patterns for one set of delimiters.

    What may be absent is written as one of two, of which the other is nothing: that is matched in half the time of `?`.
    A text is taken whole at once, as no delimiter is in it.
    """

    def __init__(self, element: str, component: str, any_: str) -> None:
        self.element = element
        self.component = component
        self.any = any_

    def row(self, elements: Row, separator: str) -> str:
        """Join elements; optional ones at the end may be left out."""
        tokens = self._tokens(elements, separator)
        while tokens and not tokens[-1][0]:
            tokens.pop()
        due = max((at for at, (_, required) in enumerate(tokens) if required), default=0)
        pattern = ""
        for at in range(len(tokens) - 1, -1, -1):
            here = tokens[at][0]
            if at == len(tokens) - 1:
                pattern = here
            else:
                pattern = f"{here}{separator}{pattern}" if at < due else f"{here}(?:{separator}{pattern}|)"
        return pattern

    def _tokens(self, elements: Row, separator: str) -> list[tuple[str, bool]]:
        """Return the pattern of each element, a date together with the format before it."""
        tokens = []
        rows = iter(elements)
        qualifiers: dict[str, Collection[str]] = {}
        for element in rows:
            required = element.usage is Usage.REQUIRED
            if element.usage is Usage.NOT_USED:
                tokens.append(("", False))
            elif isinstance(element, Composite):
                tokens.append((self._maybe(self._composite(element), required=required), required))
            elif element.name == "format":
                pair = self._dated(element, next(rows), separator)
                tokens.append((pair if required else f"(?:{pair}|{separator})", required))
            else:
                number = element.data.number
                qualifiers[number] = element.codes or ()
                is_code = number in QUALIFIER_OF and not is_as_sent(
                    number, qualifiers.get(QUALIFIER_OF[number], ())
                )
                one = self._code(element) if is_code else self._simple(element)
                tokens.append((self._maybe(one, required=required), required))
        return tokens

    @staticmethod
    def _maybe(pattern: str, *, required: bool) -> str:
        return f"(?:{pattern})" if required else f"(?:{pattern}|)"

    def _composite(self, composite: Composite) -> str:
        return f"{self.row(composite.elements, self.component)}(?<!{self.component})"

    @staticmethod
    def _dated(form: Element, _value: Element | Composite, separator: str) -> str:
        forms = sorted(form.codes or _FORMS)
        return "(?:" + "|".join(f"{code}{separator}{_FORMS[code]}" for code in forms if code in _FORMS) + ")"

    def _code(self, element: Element) -> str:
        """Return the pattern of a code; one in another form than claims carry is looked at closely."""
        return self._simple(element) if element.codes else f"[0-9A-Z]{{{element.minimum},{element.maximum}}}"

    def _simple(self, element: Element) -> str:
        kind, low, high = element.data.type, element.minimum, element.maximum
        if element.codes:
            return "|".join(map(re.escape, sorted(element.codes)))
        if kind in _TYPES:
            return _SHORT_DAY if element.data.maximum == SHORT_DATE else _TYPES[kind]
        if kind == "N0":
            return rf"\d{{{low},{high}}}"
        if kind == "R":
            return self._number(high)
        return f"{self.any}{{{max(low, 1)},{high}}}+(?<! )"

    @staticmethod
    def _number(high: int) -> str:
        whole = min(high, _WHOLE)
        decimals = min(high - whole, 3)
        fraction = rf"(?:\.\d{{0,{decimals - 1}}}[1-9])" if decimals else "(?!)"
        return rf"-?(?:0|[1-9]\d{{0,{whole - 1}}}(?:{fraction}|)|{fraction})"


def broken_notes(notes: Notes, row: list[str]) -> list[tuple[str, int]]:
    """Find the syntax notes that a row of texts breaks: the rule's name and the element it falls on.

    `row` holds the elements from the first. Kinds: P all or none, R at least one, E at most one,
    C if the first then all, L if the first then at least one other.
    """
    found = []
    for kind, places in notes:
        there = [len(row) >= place and bool(row[place - 1]) for place in places]
        if kind == "E" and sum(there) > 1:
            found.append(("element-excluded-by-another", places[there.index(True) + 1 :][0]))
        elif (
            (kind == "P" and any(there) and not all(there))
            or (kind == "R" and not any(there))
            or (kind == "C" and there[0] and not all(there))
            or (kind == "L" and there[0] and not any(there[1:]))
        ):
            missing = [place for place, stands in zip(places, there, strict=True) if not stands]
            found.append(("element-missing-with-another", missing[0]))
    return found
