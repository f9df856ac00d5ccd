"""How the envelope of a file was written, where its values do not show it: padding, zeros, seconds, white space.

Only what says the same as a value is kept; what is not valid X12 is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI, Part, part
from medcode.claims.x12.text.lexer import BLANK, name_of
from medcode.claims.x12.text.values import read_date, write_date
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.transmission import Group, Interchange, TransactionSet

__all__ = ["END", "Spelling", "as_sent", "frame_of", "line_end_of", "parted", "spellings"]

END = "END"
"""Stands for the end of the text where the segments of an envelope are named."""


def _nothing_else(spelling: Spelling, _field: object, text: str) -> None:
    """Refuse what would be text before a segment."""
    if not spelling.element and text.strip(BLANK):
        raise ValueError("element 0, which is before a segment, may contain only white space")


@part(kw_only=True)
class Spelling(Part):
    """How an element of the envelope was written where its value alone does not show it.

    `segment` is ISA, GS, BHT, SE, GE or IEA and `element` the number of its element; `text` is what the element holds, such as a
    time with seconds that are zero, or a number with zeros before it. Element 0 is the white space before a segment that is not the
    line end of the others; END is the end of the file.

    >>> Spelling(segment="GS", element=5, text="093000").element
    5
    """

    segment: str
    element: int
    text: str = attrs.field(metadata=PHI, validator=_nothing_else)


def _gap(text: str) -> str:
    """Return the white space before a segment."""
    return text[: len(text) - len(text.lstrip(BLANK))]


def parted(segment: RawSegment) -> tuple[RawSegment, RawSegment]:
    """Return the white space before a segment, as one without elements, and the segment without it."""
    before = _gap(segment.text)
    blank = segment._replace(elements=[], text=before, end="", offset=segment.offset - len(before))
    return blank, segment._replace(text=segment.text[len(before) :])


def frame_of(interchange: Interchange, group: Group, each: TransactionSet) -> dict[str, RawSegment]:
    """Return the segments around a set, its BHT, and the end of the interchange, by their ids."""
    own = (*each.segments[:2], each.segments[-1])
    around = (interchange.header, group.header, group.trailer, interchange.trailer)
    found = {name_of(segment.elements): segment for segment in (*around, *own) if segment}
    return {id_: found[id_] for id_ in ("ISA", "GS", "ST", "BHT", "SE", "GE", "IEA") if id_ in found} | {
        END: interchange.end
    }


def _padded(width: int) -> Callable[[str], str]:
    """Return what pads a text on the right, as fixed elements are; one of another width is not fixed."""
    return lambda text: text.strip().ljust(width) if len(text) == width else text


def _number(text: str) -> str:
    return text.lstrip("0") or "0"


def _time(text: str) -> str:
    value = read_date("TM", text)
    return text if isinstance(value, Malformed) else write_date(value)


_PLAIN: Mapping[str, Mapping[int, Callable[[str], str]]] = {
    "ISA": {2: _padded(10), 4: _padded(10), 6: _padded(15), 8: _padded(15)},
    "GS": {2: str.strip, 3: str.strip, 5: _time, 6: _number},
    "BHT": {5: _time},
    "SE": {1: _number},
    "GE": {1: _number, 2: _number},
    "IEA": {1: _number},
}
"""Elements that may say the same in several ways, each with what returns the way in which it is written."""

_SPACED = ("ISA", "GS", "ST", "GE", "IEA", END)
"""What may have other white space before it than the segments of a set."""


def line_end_of(frame: Mapping[str, RawSegment]) -> str:
    """Return the white space before each segment of a set."""
    inside = next(frame[id_] for id_ in ("SE", "BHT", "ST") if id_ in frame)
    return _gap(inside.text)


def spellings(frame: Mapping[str, RawSegment], line_end: str) -> Iterator[Spelling]:
    """Yield what the segments around a set, and its BHT, have that would not be written of the values alone."""
    for id_ in _SPACED:
        before = _gap(frame[id_].text) if id_ in frame else line_end
        if before != ("" if id_ == "ISA" else line_end):
            yield Spelling(segment=id_, element=0, text=before)
    for id_, elements in _PLAIN.items():
        found = frame[id_].elements if id_ in frame else []
        for number, plain in elements.items():
            if number < len(found) and plain(found[number]) != found[number]:
                yield Spelling(segment=id_, element=number, text=found[number])


def as_sent(elements: list[str], spelled: Mapping[int, str]) -> list[str]:
    """Return the elements of a segment, spelled as they were where that says the same.

    >>> as_sent(["SE", "29", "0001"], {1: "0029"}), as_sent(["SE", "31", "0001"], {1: "0029"})
    (['SE', '0029', '0001'], ['SE', '31', '0001'])
    """
    found = list(elements)
    for number, plain in _PLAIN.get(elements[0], {}).items():
        text = spelled.get(number)
        if text is not None and number < len(found) and plain(text) == found[number]:
            found[number] = text
    return found
