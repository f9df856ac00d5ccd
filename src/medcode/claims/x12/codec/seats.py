"""Where in a use of a segment each attribute stands: one table for the way there and the way back.

Where the texts of a segment decide about it (a code left out between others, the numbers of a
contact, adjustments three elements each), what is to be known of them is noted when it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from medcode.claims.x12.guides.grammar import Composite, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.grammar import Segment

__all__ = ["CONTACT_NUMBERS", "Held", "Names", "Seat", "Seats", "seats"]

Names: TypeAlias = tuple[str, ...]
"""The names of a path, without the indexes."""

Held: TypeAlias = "tuple[Any, ...] | None"
"""What is noted of the texts of a segment; None where all is as the guide has it."""

CONTACT_NUMBERS = {"TE": "phone", "EX": "extension", "FX": "fax", "EM": "email"}
"""The attribute of a contact that each qualifier of PER names."""

_FIRST_NUMBER = 3  # PER03, the first qualifier
_TRIPLET = 3


class Seat(NamedTuple):
    """An element and, of a composite, a component; None for both: nowhere, or in the segment as a whole."""

    element: int | None = None
    component: int | None = None


_NOWHERE = Seat()


class Seats:
    """The seats of a segment whose elements are attributes of one object.

    `varies` tells that the texts decide about some of them, and `held` what is to be noted of those.
    """

    varies = False

    def __init__(self, segment: Segment) -> None:
        self._whole: dict[Names, Seat] = {}
        self._several: dict[Names, list[Seat]] = {}
        for names, seat in _table(segment):
            self._whole.setdefault(names, seat)
            self._several.setdefault(names, []).append(seat)
        parts = {names: [seat for seat in found if seat.component] for names, found in self._several.items()}
        self._several = {
            names: parts[names] or found for names, found in self._several.items() if len(found) > 1
        }
        self._names = {seat: ".".join(names) for names, seat in reversed(self._whole.items())}
        for names, found in self._several.items():
            self._names |= {seat: f"{'.'.join(names)}[{number}]" for number, seat in enumerate(found)}
        for at, row in enumerate(segment.elements, 1):
            if row.name == "format":
                self._names[Seat(at)] = segment.elements[at].name
        self._read = [seat for found in self._several.values() for seat in found]
        self._cut = sorted({seat.element or 0 for seat in self._read})
        self._is_run = any(seat.component is None for seat in self._read)
        self.varies = bool(self._read)

    def held(self, elements: list[str], component: str) -> Held:
        """Note which of several seats of an attribute hold a text, if a seat before them is empty."""
        if not self._is_run:
            count, gap = len(elements), component * 2
            texts = [elements[at] for at in self._cut if at < count]
            if not any(gap in text or text[:1] == component for text in texts):
                return None
        return tuple([seat for seat in self._read if _text(seat, elements, component)])

    def objects(self, held: Held) -> int:
        """Count the objects that the segment adds to its tuple."""
        del held
        return 1

    def knows(self, rest: Names) -> bool:
        """Whether the segment has an element for an attribute, or for what is around it."""
        return self._prefix(rest) is not None

    def find(self, rest: Names, indexes: list[int | None], row: int, held: Held) -> Seat:
        """Find an attribute of the object, the `row`th of the segment, each name with its index if it has one."""
        del row
        prefix = self._prefix(rest) or ()
        whole = self._whole.get(prefix, _NOWHERE)
        index = indexes[len(prefix) - 1] if prefix in self._several else None
        if index is None:
            return whole
        found = [seat for seat in self._several[prefix] if held is None or seat in held]
        return found[index] if index < len(found) else Seat(whole.element)

    def name(self, seat: Seat) -> str:
        """Name the attribute at a seat, "" where none stands."""
        return self._names.get(seat) or self._names.get(Seat(seat.element), "")

    def index(self, before: int, seat: Seat) -> int | None:
        """Give the index of the object that a seat is of, after so many segments that are full; None if unknown."""
        del seat
        return before

    def _prefix(self, rest: Names) -> Names | None:
        """Give the longest beginning of some names that has a seat."""
        heads = (rest[:count] for count in range(len(rest), -1, -1))
        return next((head for head in heads if head in self._whole), None)


class _Value(Seats):
    """The seat of the one thing that a segment says: its last element."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment)
        self._at = max(at for at, row in enumerate(segment.elements, 1) if row.usage is not Usage.NOT_USED)
        self._whole = {(): Seat(self._at)}
        self.varies = segment.repeat > 1

    def held(self, elements: list[str], component: str) -> Held:
        """Note a segment that says nothing."""
        del component
        return None if len(elements) > self._at and elements[self._at] else ()

    def objects(self, held: Held) -> int:
        return int(held is None)


class _Codes(Seats):
    """HI: a composite for each object, empty ones left out."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment)
        row: Any = segment.elements[0]
        self._room = sum(each.usage is not Usage.NOT_USED for each in segment.elements)
        self._names = {Seat(1, at): each.name for at, each in enumerate(row.elements, 1) if each.name}
        self._whole = {(name,): Seat(1, seat.component) for seat, name in self._names.items()}
        self._whole.setdefault((), Seat(1, None if self._whole else 2))
        self.varies = True

    def held(self, elements: list[str], component: str) -> Held:
        """Note the elements that hold a code."""
        del component
        return tuple([at for at, text in enumerate(elements) if at and text])

    def objects(self, held: Held) -> int:
        return len(held or ())

    def find(self, rest: Names, indexes: list[int | None], row: int, held: Held) -> Seat:
        component = super().find(rest, indexes, row, None).component
        return Seat((held or ())[row], component)

    def name(self, seat: Seat) -> str:
        return super().name(Seat(1, seat.component))

    def index(self, before: int, seat: Seat) -> int | None:
        return before * self._room + (seat.element or 1) - 1


class _Triplets(Seats):
    """CAS: a group, then three elements for each object."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment)
        self._whole[()] = Seat(2)
        self._names = {}
        self.varies = True

    def held(self, elements: list[str], component: str) -> Held:
        """Note where each three begin that say anything."""
        del component
        starts = range(2, len(elements), _TRIPLET)
        return tuple([at for at in starts if any(elements[at : at + _TRIPLET])])

    def objects(self, held: Held) -> int:
        return len(held or ())

    def find(self, rest: Names, indexes: list[int | None], row: int, held: Held) -> Seat:
        element = super().find(rest, indexes, row, None).element or 1
        return Seat(element if element == 1 else (held or ())[row] + element - 2)

    def index(self, before: int, seat: Seat) -> int | None:
        del before, seat
        return None


class _Numbers(Seats):
    """PER: the numbers of a contact, each after its qualifier."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment)
        self._whole |= {(name,): _NOWHERE for name in CONTACT_NUMBERS.values()}
        self.varies = True

    def held(self, elements: list[str], component: str) -> Held:
        """Note which numbers stand, in their order."""
        del component
        pairs = zip(elements[_FIRST_NUMBER::2], elements[_FIRST_NUMBER + 1 :: 2], strict=False)
        return tuple([CONTACT_NUMBERS.get(qualifier, "") if text else "" for qualifier, text in pairs])

    def find(self, rest: Names, indexes: list[int | None], row: int, held: Held) -> Seat:
        name = rest[0] if rest else ""
        if held and name in held:
            return Seat(_FIRST_NUMBER + 1 + 2 * held.index(name))
        return super().find(rest, indexes, row, None)


_KINDS: dict[str, type[Seats]] = {"HI": _Codes, "CAS": _Triplets, "PER": _Numbers}


def seats(segment: Segment) -> Seats:
    """Give the seats of a use of a segment."""
    kind = _KINDS.get(segment.id)
    if kind is None:
        kind = Seats if next(_table(segment), None) else _Value
    return kind(segment)


def _table(segment: Segment) -> Iterator[tuple[Names, Seat]]:
    """Give the attributes of a segment, and the composites that are some, with their seats."""
    for at, row in enumerate(segment.elements, 1):
        if row.usage is Usage.NOT_USED:
            continue
        for name in _called(segment, row.name):
            yield (name,), Seat(at)
        if isinstance(row, Composite):
            around = (row.name,) if row.name else ()
            is_list = row.name and not any(each.name for each in row.elements)
            for number, each in enumerate(row.elements, 1):
                if each.usage is not Usage.NOT_USED and (is_list or each.name):
                    yield (*around, *filter(None, (each.name,))), Seat(at, number)


def _called(segment: Segment, name: str) -> tuple[str, ...]:
    """Give the attributes that an element called so may be, the usual one first."""
    if (segment.id, name) != ("NM1", "last_name"):
        return (name,) if name and name != "format" else ()
    kind: Any = segment.elements[1]
    return ("last_name", "organization") if "1" in kind.codes else ("organization", "last_name")


def _text(seat: Seat, elements: list[str], component: str) -> str:
    """Give the text at a seat."""
    text = "".join(elements[seat.element : (seat.element or 0) + 1])
    if seat.component is None:
        return text
    return "".join(text.split(component)[seat.component - 1 : seat.component])
