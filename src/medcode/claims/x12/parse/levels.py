"""The levels of a hierarchy that others may stand below, by their number in HL01.

A file may have any number of levels, and memory stays flat: what is remembered are those that were
begun last or named last as a parent. In a file in order that is every parent still to be named,
however many stand below it.

>>> levels = Levels()
>>> levels.add("1", "provider")
>>> levels.parent("1"), levels.parent("2")
('provider', None)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.codec.path_index import Marks
    from medcode.claims.x12.codec.segment import Record
    from medcode.claims.x12.guides.nodes import LoopNode
    from medcode.claims.x12.units.stretch import Held, Stretch

__all__ = ["Levels", "RecordLevel"]

L = TypeVar("L")

_REMEMBERED = 1_000


class Levels(Generic[L]):
    """The levels of one transaction set that can be parents."""

    def __init__(self) -> None:
        self._known: dict[str, L] = {}

    def add(self, number: str, level: L) -> None:
        """Remember a level as the latest of its number, and forget the one that was not named for longest."""
        self._known.pop(number, None)
        if len(self._known) >= _REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[number] = level

    def parent(self, number: str) -> L | None:
        """Return the level that a number names, or None if it is unknown or no longer remembered."""
        if number not in self._known:
            return None
        level = self._known[number] = self._known.pop(number)
        return level


_SHARED_EXTRAS = 20
_SHARED_MARKS = 4 * 200
"""What each record keeps of its levels at most: segments that the guide does not define, and the places of segments.

A level of any size then costs its text once, however many records hang below it.
"""


class RecordLevel:
    """What one HL holds for the records below it; `is_leaf` until something hangs below it.

    `stretch` is what it began with where that was read as a unit: it makes the record and the marks when they are asked for.
    """

    __slots__ = (
        "_held",
        "_held_of",
        "_is_last",
        "_made",
        "_made_of",
        "_passed_on",
        "extras",
        "is_leaf",
        "loop",
        "marks",
        "parent",
        "record",
        "stretch",
    )

    def __init__(self, loop: LoopNode | None, parent: RecordLevel | None) -> None:
        self.loop = loop
        self.parent = parent
        self.is_leaf = True
        self._is_last = False
        self.record: Record = {}
        self.stretch: Stretch | None = None
        self.marks: Marks = []
        self.extras: list[str] = []
        self._made: dict[str, Any] = {}
        self._made_of = self._passed_on = 0
        self._held: tuple[Held, ...] = ()
        self._held_of = -1

    def hold(self, made: dict[str, Any], stretch: Stretch, *, is_last: bool) -> None:
        """Store the objects that were made of a unit, none where they are made later; whether it says that no level follows below."""
        self._made, self.stretch, self._is_last = made, stretch, is_last
        if not made:
            self._made_of = -1

    def let_go(self) -> None:
        """Keep but the text of what was made of a unit where no level is to follow below: another one begins."""
        if self._is_last:
            self._made, self._made_of = {}, -1

    def context(self, fields: ModelFields) -> dict[str, Any]:
        """Return the objects of this level and those above it, by their attribute of the record."""
        if self._made_of != len(self.marks):  # what came since is to be seen too
            if self.stretch is not None and not self.record:
                self.stretch.fill(self.record)
            self._made, self._made_of = fields.values(self.record), len(self.marks)
        return {**self.parent.context(fields), **self._made} if self.parent else self._made

    def trail(self) -> Marks:
        """Return the marks of this level and those above it; of one that never ends, those of its first segments."""
        own = self._own_marks()
        return [*self.parent.trail(), *own] if self.parent else own

    def _own_marks(self) -> Marks:
        before = () if self.stretch is None else self.stretch.marks()
        return [*before, *self.marks][:_SHARED_MARKS]

    def held(self) -> tuple[Held, ...]:
        """Return what `trail` is made of, as it is now."""
        count = len(self.marks)
        if self._held_of != count:
            own: Held = self.stretch, self.marks, count
            begun = 0 if self.stretch is None else 4 * len(self.stretch)
            if begun + count > _SHARED_MARKS:
                own = None, self._own_marks(), _SHARED_MARKS
            above = self.parent.held() if self.parent else ()
            self._held, self._held_of = (*above, own), count
        return self._held

    def has_surplus(self) -> bool:
        """Whether the guide does not define a segment of this level or of those above it."""
        return bool(self.extras) or (self.parent is not None and self.parent.has_surplus())

    def surplus(self) -> list[str]:
        """Return the segments that neither this level nor those above it have a place for, for the next record.

        The first of them go to every record, any others to the next record alone.
        """
        own = self.extras[: min(self._passed_on, _SHARED_EXTRAS)] + self.extras[self._passed_on :]
        self._passed_on = len(self.extras)
        return [*self.parent.surplus(), *own] if self.parent else own
