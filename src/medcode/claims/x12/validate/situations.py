"""What the rules between segments have in common, and where a guide's own are loaded from.

A guide names the class of its rules and the segments that it looks at (`Guide.situations`). The class
is made anew for each set; it is shown those segments in order and reports what does not agree.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, runtime_checkable

from medcode.claims.x12.text.lexer import BLANK
from medcode.findings import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from medcode.claims.x12.guides.grammar import Guide
    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.parse.units import Unit
    from medcode.claims.x12.text.lexer import Delimiters

__all__ = [
    "CutRules",
    "Place",
    "Report",
    "Situation",
    "SituationRules",
    "SkippingRules",
    "StrayRules",
    "UnitRules",
    "WatchedUnit",
    "WholeRules",
    "noter_of",
    "rules_of",
    "taker_of",
    "wrong",
]


class Situation(NamedTuple):
    """One thing that does not agree: the rule's name, the words, the place, the number of the unit.

    Not `checked` is what a rule could not judge: the report has it apart, once a file.
    """

    rule: str
    message: str
    fix: str
    loop: str
    segment: str
    element: int | None
    position: int
    offset: int
    unit: int | None = None
    checked: bool = True

    @property
    def location(self) -> Location:
        """Where it is."""
        return Location(None, self.loop, self.segment, self.element, None, self.position, self.offset)


Place: TypeAlias = "tuple[Node, int, int]"
"""A segment of the file: its node, its position in the set, its offset in the text."""

Report: TypeAlias = "Callable[[Situation], None]"


def wrong(
    place: Place, rule: str, message: str, fix: str, element: int | None = None, **at: str
) -> Situation:
    """Return what does not agree at a segment, or at one that is missing there."""
    node, position, offset = place
    loop, id_ = at.get("loop", node.loop.loop.id), at.get("id", node.use.id)
    return Situation(rule, message, fix, loop, id_, element, position, offset)


class SituationRules(Protocol):
    """The rules between the segments of one set; made with what to report to and the number of its first unit."""

    def __init__(self, report: Report, first_unit: int) -> None: ...

    def accept(self, elements: list[str], place: Place) -> None:
        """Read the next watched segment."""

    def orphan(self, place: Place, code: str) -> None:
        """Note the start of a level (HL03 would be `code`) or loop whose first segment is lost."""

    def finish(self) -> None:
        """Judge what only the end of the set decides."""


@runtime_checkable
class StrayRules(SituationRules, Protocol):
    """Rules to which a segment without a place may explain what seems to be missing."""

    def stray(self, elements: list[str]) -> None:
        """Note one."""


@runtime_checkable
class CutRules(SituationRules, Protocol):
    """Rules that leave out what a set lacks because its text ends within it."""

    def cut(self) -> None:
        """Leave out what is not whole."""


@runtime_checkable
class SkippingRules(SituationRules, Protocol):
    """Rules that look at nothing but the levels of a record and how many records there were: they need not be shown all."""

    def skip(self, records: int) -> None:
        """Count records that are right with their levels."""


@runtime_checkable
class WholeRules(SituationRules, Protocol):
    """Rules that can be shown a whole record of which each segment is right."""

    def take(self, units: list[Unit]) -> bool:
        """Note a record of which there is certainly nothing to find; False to be shown its segments."""


class WatchedUnit:
    """The watched segments of a level or record that is right: where they are is worked out when somebody asks.

    `watched` has the place among the pieces and the node of each, by its id.
    """

    __slots__ = ("_marks", "_pieces", "_place", "watched")

    def __init__(
        self,
        watched: Mapping[str, tuple[int, Node]],
        pieces: list[str],
        place: tuple[int, int, int],
        marks: Delimiters,
    ) -> None:
        self.watched = watched
        self._pieces = pieces
        self._place = place
        self._marks = marks

    def elements(self, id_: str) -> list[str]:
        """Return the elements of a segment."""
        return self._pieces[self.watched[id_][0]].split(self._marks.element)

    def place(self, id_: str) -> Place:
        """Return where a segment is."""
        at, node = self.watched[id_]
        position, offset, end = self._place
        text = self._pieces[at]
        before = sum(map(len, self._pieces[:at])) + at * end
        return node, position + at, offset + before + len(text) - len(text.lstrip(BLANK))


@runtime_checkable
class UnitRules(SituationRules, Protocol):
    """Rules that need not look at each watched segment of a level that is right, and of a record only at the first."""

    def note(self, elements: list[str], place: Place, unit: WatchedUnit | None) -> None:
        """Note a level, or a record if no `unit` is given, by the elements and the place of its first segment."""


def rules_of(guide: Guide) -> tuple[type[SituationRules], ...]:
    """Return the classes of a guide's situations, loaded once."""
    return tuple(_load(each.rules) for each in guide.situations)


def taker_of(rules: Sequence[SituationRules]) -> Callable[[list[Unit]], bool] | None:
    """Return what notes a whole record for the rules of a set; None where they are to be shown its segments."""
    takers = [each.take for each in rules if isinstance(each, WholeRules)]
    return takers[0] if len(takers) == len(rules) == 1 else None


def noter_of(
    rules: Sequence[SituationRules],
) -> Callable[[list[str], Place, WatchedUnit | None], None] | None:
    """Return what notes the watched segments of a unit at once; None where each is to be shown."""
    noters = [each.note for each in rules if isinstance(each, UnitRules)]
    return noters[0] if len(noters) == len(rules) == 1 else None


@lru_cache
def _load(name: str) -> type[SituationRules]:
    module, _, attribute = name.rpartition(".")
    found: type[SituationRules] = getattr(import_module(module), attribute)
    return found
