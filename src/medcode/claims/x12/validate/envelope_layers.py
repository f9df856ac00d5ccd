"""The layers of the envelope, and what is open of each: a header, and what it has held so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.x12.validate.envelope_table import COUNT_DIGITS

if TYPE_CHECKING:
    from medcode.claims.x12.text.lexer import RawSegment

__all__ = ["HEADER_OF", "LAYERS", "ORDER", "OpenLayer", "element_at", "miscounted"]


class _Layer(NamedTuple):
    """One layer of the envelope: its segments, what each holds, and the names of its rules."""

    name: str
    trailer: str
    above: str
    control: int
    elements: int
    element_rule: str
    open_rule: str
    count_rule: str
    control_rule: str
    duplicate_rule: str
    trailer_rule: str
    delimiters: tuple[int, ...] = ()


LAYERS = {
    "ISA": _Layer(
        "interchange", "IEA", "", 13, 16,
        "interchange-header-element", "interchange-trailer-missing", "interchange-group-count",
        "interchange-control-mismatch", "interchange-duplicate", "interchange-trailer-element", (11, 16),
    ),
    "GS": _Layer(
        "group", "GE", "ISA", 6, 8,
        "group-header-element", "group-trailer-missing", "group-set-count",
        "group-control-mismatch", "group-control-duplicate", "group-trailer-element",
    ),
    "ST": _Layer(
        "set", "SE", "GS", 2, 3,
        "", "set-trailer-missing", "set-segment-count",  # ST and SE are rows of the guide, which checks their elements
        "set-control-mismatch", "set-control-duplicate", "",
    ),
}  # fmt: skip
"""The layers by their header, from the outside in."""

ORDER = tuple(LAYERS)
HEADER_OF = {layer.trailer: id_ for id_, layer in LAYERS.items()}


class OpenLayer:
    """A header that is open: its control number and what it has held so far."""

    def __init__(self, segment: RawSegment) -> None:
        self.control = element_at(segment.elements, LAYERS[segment.elements[0]].control)
        self.kind, self.convention = element_at(segment.elements, 1), element_at(segment.elements, 8)
        self.text = segment.text
        self.is_refused = False
        """Whether its control number is found to be wrong, so that the trailer's cannot be compared."""
        self.count = 0
        self.numbers: set[tuple[str, ...]] = set()


def element_at(elements: list[str], number: int) -> str:
    """Return an element by its number; empty if the segment ends before it."""
    return elements[number] if len(elements) > number else ""


_COUNTED = {"IEA": "group", "GE": "set", "SE": "segment"}


def miscounted(id_: str, stated: str, count: int) -> str:
    """Return what is wrong with the count of a trailer; what is no number is not repeated.

    >>> miscounted("SE", "3", 2)
    'SE01 says 3, but there are 2 segments.'
    """
    said = (
        f" says {stated},"
        if stated.isdigit() and len(stated) <= COUNT_DIGITS[HEADER_OF[id_]]
        else " is wrong,"
    )
    noun = f"{_COUNTED[id_]}{'' if count == 1 else 's'}"
    return f"{id_}01{said} but there {'is' if count == 1 else 'are'} {count} {noun}."
