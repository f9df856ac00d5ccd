"""The words an implementation guide is written in: elements, composites, segments, loops.

A guide is a table of these values and nothing else. Reading, writing, validation,
acknowledgement and the documentation all follow it, so each fact is in one place.

>>> from medcode.claims.x12.guides.grammar import E, K, R, S, Segment
>>> service_date = Segment("DTP", "service_date", "Service date", R, 1, K("472"), E("format", R, "D8 RD8"), E("", R))
>>> service_date.qualifiers
frozenset({'472'})
>>> service_date.elements[1].codes == {"D8", "RD8"}
True
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from medcode.claims.x12.guides.dictionary import (
    COMPOSITES,
    DATA_ELEMENTS,
    DISCRIMINATORS,
    SEGMENTS,
    DataElement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medcode.claims.model.base import Part

__all__ = [
    "MANY",
    "C",
    "Composite",
    "E",
    "Element",
    "Guide",
    "K",
    "Level",
    "Loop",
    "N",
    "R",
    "Record",
    "S",
    "Segment",
    "Situations",
    "Usage",
    "unused",
]

MANY = 1_000_000
"""A repeat without a limit, written `>1` in the guides."""


UNTYPED = DataElement("", "AN", 1, 1)
"""What an element is before its segment's row in the dictionary types it."""


class Usage(StrEnum):
    """Whether a part must, may or must not occur."""

    REQUIRED = "R"
    SITUATIONAL = "S"
    NOT_USED = "N"


R, S, N = Usage.REQUIRED, Usage.SITUATIONAL, Usage.NOT_USED


@attrs.frozen
class Element:
    """One simple element of a segment or composite.

    `name` is the attribute of the claim model that holds it; an element without a name is a
    constant, a qualifier, or the one value of its segment. `codes` are the values allowed,
    None where any value of the type is, and `constant` the first of them, which is written where
    nothing else decides. `when` says in words when a situational element is due.
    """

    name: str
    usage: Usage
    codes: frozenset[str] | None = None
    repeat: int = 1
    when: str = ""
    minimum: int = 1
    maximum: int = 1
    constant: str = ""
    data: DataElement = UNTYPED

    def typed(self, number: str) -> Element:
        """Return the element with type and lengths of data element `number`, its own lengths kept."""
        return _typed_element(self, number)


@lru_cache(maxsize=4096)
def _typed_element(element: Element, number: str) -> Element:
    """Return an element with its type; most rows of a guide are the same, such as one that is not used."""
    data = DATA_ELEMENTS[number]
    minimum = data.minimum if element.minimum == 1 else element.minimum
    maximum = data.maximum if element.maximum == 1 else element.maximum
    return attrs.evolve(element, data=data, minimum=minimum, maximum=maximum)


@attrs.frozen
class Composite:
    """An element made of components, in their order."""

    name: str
    usage: Usage
    elements: tuple[Element, ...]
    repeat: int = 1
    when: str = ""

    def typed(self, number: str) -> Composite:
        """Return the composite with its components typed as composite `number` of the dictionary."""
        numbers = COMPOSITES[number]
        return attrs.evolve(self, elements=_typed(self.elements, numbers))


Row: TypeAlias = "tuple[Element | Composite, ...]"
"""The elements of a segment or composite, in order."""


def _typed(elements: tuple[Any, ...], numbers: tuple[str, ...]) -> tuple[Any, ...]:
    if len(elements) > len(numbers):
        raise ValueError(f"{len(elements)} elements where the dictionary has {len(numbers)}")
    rows = elements + unused(len(numbers) - len(elements))
    return tuple(
        Composite("", N, ()).typed(number)
        if number in COMPOSITES and isinstance(row, Element)
        else row.typed(number)
        for row, number in zip(rows, numbers, strict=True)
    )


def E(  # noqa: N802  # short, for a guide is read as a table; all that a row may say
    name: str,
    usage: Usage,
    codes: str = "",
    *,
    repeat: int = 1,
    when: str = "",
    maximum: int = 1,
    minimum: int = 1,
) -> Element:
    """Return an element: its name in the model, its usage, the codes allowed."""
    allowed = codes.split()
    constant = allowed[0] if allowed else ""
    return Element(name, usage, frozenset(allowed) or None, repeat, when, minimum, maximum, constant)


def K(codes: str) -> Element:  # noqa: N802  # as E
    """Return a required constant or qualifier: the codes that are allowed."""
    return E("", R, codes)


def C(name: str, usage: Usage, *elements: Element, repeat: int = 1, when: str = "") -> Composite:  # noqa: N802  # as E
    """Return a composite: its name in the model, its usage, its components."""
    return Composite(name, usage, elements, repeat, when)


def unused(count: int = 1) -> tuple[Element, ...]:
    """Return `count` elements that the guide does not use."""
    return (Element("", N),) * count


@attrs.frozen(slots=False, init=False)
class Segment:
    """One use of a segment at its place in a loop.

    `name` is where its content goes in the object of its loop: "" is the object itself,
    "dates.onset" an attribute of a part of it. `repeat` is how often it may occur in a row.
    """

    id: str
    name: str
    title: str
    usage: Usage
    repeat: int
    elements: tuple[Element | Composite, ...]
    when: str = ""

    def __init__(  # all that a row of a guide says
        self,
        id: str,  # noqa: A002  # the field's word
        name: str,
        title: str,
        usage: Usage,
        repeat: int,
        *elements: Element | Composite | tuple[Element, ...],
        when: str = "",
    ) -> None:
        flat: list[Element | Composite] = []
        for row in elements:
            flat.extend(row if isinstance(row, tuple) else (row,))
        typed = _typed(tuple(flat), SEGMENTS[id].elements)
        self.__attrs_init__(id, name, title, usage, repeat, typed, when)

    @cached_property
    def discriminator(self) -> tuple[int, int] | None:
        """The element and component (from 1; component 0: the whole) that tell uses apart."""
        return DISCRIMINATORS.get(self.id)

    @cached_property
    def qualifiers(self) -> frozenset[str] | None:
        """The values of the discriminating element that make a segment this use; None: any."""
        if self.discriminator is None:
            return None
        element, component = self.discriminator
        row: Any = self.elements[element - 1]
        if isinstance(row, Composite):
            row = row.elements[max(component, 1) - 1]
        codes: frozenset[str] | None = row.codes
        return codes

    @cached_property
    def notes(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The syntax notes of the standard: kind (P R E C L) and the elements it ties."""
        return SEGMENTS[self.id].notes


@attrs.frozen(slots=False, init=False)
class Loop:
    """A loop: its first child is the segment that opens it; its other children follow in order.

    `name` is the attribute of the parent's object that holds this loop's object; "" means that
    its content belongs to the parent's object itself.
    """

    id: str
    name: str
    title: str
    usage: Usage
    repeat: int
    children: tuple[Segment | Loop, ...]
    when: str = ""

    def __init__(  # all that a row of a guide says
        self,
        id: str,  # noqa: A002  # the field's word
        name: str,
        title: str,
        usage: Usage,
        repeat: int,
        *children: Segment | Loop,
        when: str = "",
    ) -> None:
        self.__attrs_init__(id, name, title, usage, repeat, children, when)

    @property
    def opener(self) -> Segment:
        """The segment that opens the loop."""
        first = self.children[0]
        return first if isinstance(first, Segment) else first.opener

    def walk(self) -> Iterator[Segment | Loop]:
        """Yield everything below, in the order of the guide."""
        for child in self.children:
            yield child
            if isinstance(child, Loop):
                yield from child.walk()


@attrs.frozen
class Record:
    """A kind of object that a set is read into: the loop that makes one, and its class.

    Where several loops make one, their ids are written with blanks between. The names of the loops and segments
    within `loop`, and of the levels above it, are relative to `model`; those of what else surrounds it to `header`, a class for what the whole set shares
    (None: the model has nothing of it).
    """

    loop: str
    model: type[Part]
    header: type[Part] | None = None


@attrs.frozen
class Level:
    """How the writer fills a level of the hierarchy, the loop with the id `loop` that HL opens.

    `holds` are the attributes of a record that its level holds: records that agree in them share one
    level, and a record whose first one is None does not go down to it. `sign` are attributes of these that
    are quick to compare and differ where records do. `own` is a text that is written where the
    records of the level hang below it directly: segment, element, text.
    """

    loop: str
    holds: tuple[str, ...]
    sign: tuple[str, ...]
    own: tuple[str, int, str] | None = None


@attrs.frozen
class Situations:
    """The rules between segments of a set: the class that judges them, and the segments it looks at.

    `rules` is the dotted name of a class of `validate`, loaded when the first set is judged; `watch`
    has the segments (ids, blank between) of each loop that are shown to it.
    """

    rules: str
    watch: Mapping[str, str]


@attrs.frozen(eq=False)
class Guide:
    """One implementation guide: a transaction set with everything it may hold, ST to SE.

    Its identity:

    - `id` is its implementation convention (ST03 and GS08); `also` are earlier and later errata
      that are read with the same table; `base` is the id of the guide that this one is a variant of;
    - `transaction` is what ST01 says, `group` the functional identifier code (GS01), "" for what is in no group (TA1).

    What is peculiar to its transaction set, each with a default for sets without it:

    - `records` are the kinds of object that it is read into, the usual one first; none: it has no objects;
    - `unit` is the id of the loop, or ids with blanks between, that findings are numbered by, such as a claim (default: that of
      the last kind of record, if it is not the whole set). Nothing that follows it is taken for a late part of what stands before it;
    - `levels` say how the writer groups records under HL, from the top down;
    - `leaves` are loops of levels that make a record of their own where none is below them;
    - `reopened` are ids of loops whose beginning shows without their first segment: where that is lost, what comes
      next in them opens the loop;
    - `counters` are segments, besides HL, whose first element numbers their loop within the loop around it;
    - `most` is how many records a set holds at most;
    - `situations` are the rules between its segments;
    - `sample` is a composite by which a wrong component separator is noticed: segment, element,
      and a pattern whose first group is the separator;
    - `reference` names what a 999 calls a unit by: the name of CTX01-1, such as `CLM01`, an element of
      the segment that opens the unit; `trigger` the segment that a situational error comes from (loop,
      segment, element).
    """

    id: str
    transaction: str
    group: str
    title: str
    root: Loop
    also: tuple[str, ...] = ()
    base: str = ""
    records: tuple[Record, ...] = ()
    unit: str = ""
    levels: tuple[Level, ...] = ()
    leaves: frozenset[str] = frozenset()
    reopened: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    most: int = MANY
    situations: tuple[Situations, ...] = ()
    sample: tuple[str, int, str] | None = None
    reference: str = ""
    trigger: tuple[str, str, int] | None = None

    def __attrs_post_init__(self) -> None:
        """Note the last record's loop for the unit, where none is named."""
        if not self.unit and self.records and self.records[-1].loop != self.root.id:
            object.__setattr__(self, "unit", self.records[-1].loop)
