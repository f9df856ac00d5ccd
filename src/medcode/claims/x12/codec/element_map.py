"""Where in a use of a segment each attribute is: one table for the way there and the way back.

Where the texts of a segment decide about it (a code left out between others, the numbers of a
contact, adjustments of three elements each), the positions are noted when it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from medcode.claims.x12.guides.grammar import Composite, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.grammar import Segment

__all__ = ["ElementMap", "ElementRef", "Names", "Positions", "ValueMap"]

Names: TypeAlias = tuple[str, ...]
"""The names of a path, without the indexes."""

Positions: TypeAlias = "tuple[Any, ...] | None"
"""What is noted of the texts of a segment; None where all is as the guide has it."""


class ElementRef(NamedTuple):
    """An element and, of a composite, a component; None for both: nowhere, or in the segment as a whole."""

    element: int | None = None
    component: int | None = None


_NOWHERE = ElementRef()


class ElementMap:
    """Which element holds which attribute, in a segment whose elements are attributes of one object.

    `varies` says that the texts decide about some of them, and `positions` returns what is to be noted of those.
    """

    varies = False

    def __init__(self, segment: Segment) -> None:
        self._whole: dict[Names, ElementRef] = {}
        self._several: dict[Names, list[ElementRef]] = {}
        for names, ref in self.table(segment):
            self._whole.setdefault(names, ref)
            self._several.setdefault(names, []).append(ref)
        parts = {names: [ref for ref in found if ref.component] for names, found in self._several.items()}
        self._several = {
            names: parts[names] or found for names, found in self._several.items() if len(found) > 1
        }
        self._names = {ref: ".".join(names) for names, ref in reversed(self._whole.items())}
        for names, found in self._several.items():
            self._names |= {ref: f"{'.'.join(names)}[{number}]" for number, ref in enumerate(found)}
        for at, row in enumerate(segment.elements, 1):
            if row.name == "format":
                self._names[ElementRef(at)] = segment.elements[at].name
        self._read = [ref for found in self._several.values() for ref in found]
        self._cut = sorted({ref.element or 0 for ref in self._read})
        self._is_run = any(ref.component is None for ref in self._read)
        self.varies = bool(self._read)

    def table(self, segment: Segment) -> Iterator[tuple[Names, ElementRef]]:
        """Yield the attributes of the segment with their elements, the usual one of an element first."""
        return _table(segment)

    def covered(self) -> Iterator[Names]:
        """Yield the attributes that the segment has an element for."""
        return (names for names in self._whole if names[-1:] != ("format",))

    def positions(self, elements: list[str], component: str) -> Positions:
        """Return which of several elements of an attribute hold a text, if one before them is empty."""
        if not self._is_run:
            count, gap = len(elements), component * 2
            texts = [elements[at] for at in self._cut if at < count]
            if not any(gap in text or text[:1] == component for text in texts):
                return None
        return tuple([ref for ref in self._read if _text(ref, elements, component)])

    def objects(self, positions: Positions) -> int:
        """Return how many objects the segment adds to its tuple."""
        del positions
        return 1

    def knows(self, rest: Names) -> bool:
        """Whether the segment has an element for an attribute, or for what is around it."""
        return self._prefix(rest) is not None

    def find(self, rest: Names, indexes: list[int | None], row: int, positions: Positions) -> ElementRef:
        """Find an attribute of the object, the `row`th of the segment, each name with its index if it has one."""
        del row
        prefix = self._prefix(rest) or ()
        whole = self._whole.get(prefix, _NOWHERE)
        index = indexes[len(prefix) - 1] if prefix in self._several else None
        if index is None:
            return whole
        found = [ref for ref in self._several[prefix] if positions is None or ref in positions]
        return found[index] if index < len(found) else ElementRef(whole.element)

    def name(self, ref: ElementRef) -> str:
        """Return the attribute at an element, "" for none."""
        return self._names.get(ref) or self._names.get(ElementRef(ref.element), "")

    def index(self, before: int, ref: ElementRef) -> int | None:
        """Return the index of the object that an element is of, after so many full segments; None if unknown."""
        del ref
        return before

    def _prefix(self, rest: Names) -> Names | None:
        """Return the longest beginning of some names that has an element."""
        heads = (rest[:count] for count in range(len(rest), -1, -1))
        return next((head for head in heads if head in self._whole), None)


class ValueMap(ElementMap):
    """The map of a segment that holds one value, in its last element."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment)
        self._at = max(at for at, row in enumerate(segment.elements, 1) if row.usage is not Usage.NOT_USED)
        self._whole = {(): ElementRef(self._at)}
        self.varies = segment.repeat > 1

    def positions(self, elements: list[str], component: str) -> Positions:
        """Return () for a segment without its value."""
        del component
        return None if len(elements) > self._at and elements[self._at] else ()

    def objects(self, positions: Positions) -> int:
        return int(positions is None)


def _table(segment: Segment) -> Iterator[tuple[Names, ElementRef]]:
    """Yield the attributes of a segment, and the composites that are some, with their elements."""
    for at, row in enumerate(segment.elements, 1):
        if row.usage is Usage.NOT_USED:
            continue
        if row.name and row.name != "format":
            yield (row.name,), ElementRef(at)
        if isinstance(row, Composite):
            around = (row.name,) if row.name else ()
            is_list = row.name and not any(each.name for each in row.elements)
            for number, each in enumerate(row.elements, 1):
                if each.usage is not Usage.NOT_USED and (is_list or each.name):
                    yield (*around, *filter(None, (each.name,))), ElementRef(at, number)


def _text(ref: ElementRef, elements: list[str], component: str) -> str:
    """Return the text of an element or component."""
    text = "".join(elements[ref.element : (ref.element or 0) + 1])
    if ref.component is None:
        return text
    return "".join(text.split(component)[ref.component - 1 : ref.component])
