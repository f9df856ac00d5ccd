"""Diagnosis pointers: which diagnoses of the claim a line is for."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

    from medcode.claims.model.diagnosis import Diagnosis

__all__ = ["numbered", "pointers"]


class Pointing(Protocol):
    """A line that points to diagnoses."""

    @property
    def diagnosis_pointers(self) -> tuple[int | str, ...]:
        """Numbers from 1, or codes."""

    def evolve(self, **changes: Any) -> Self:
        """Return a copy with changes."""


_Line = TypeVar("_Line", bound=Pointing)


def pointers(values: Iterable[int | str]) -> tuple[int | str, ...]:
    """Return diagnosis pointers as a tuple: numbers from 1, or the codes themselves."""
    if isinstance(values, str):
        raise TypeError("expected a list of diagnosis pointers, not a single text")
    return tuple(values)


_POINTERS = attrgetter("diagnosis_pointers")
_NUMBERS = frozenset({int, Malformed})


def numbered(lines: tuple[_Line, ...], diagnoses: Sequence[Diagnosis]) -> tuple[_Line, ...]:
    """Replace pointers that are codes by numbers; a code that the claim does not list is kept as `Malformed`."""
    if _NUMBERS.issuperset(map(type, chain.from_iterable(map(_POINTERS, lines)))):
        return lines
    codes = [str(diagnosis.code) for diagnosis in diagnoses]
    return tuple(
        line.evolve(diagnosis_pointers=tuple(_number(p, codes) for p in line.diagnosis_pointers))
        for line in lines
    )


def _number(pointer: int | str, codes: list[str]) -> int | Malformed:
    if isinstance(pointer, (int, Malformed)):
        return pointer
    if not isinstance(pointer, str):
        raise TypeError(f"diagnosis_pointers must be numbers or codes, not {type(pointer).__name__}")
    code = pointer.replace(".", "").upper()
    return codes.index(code) + 1 if code in codes else Malformed(pointer)
