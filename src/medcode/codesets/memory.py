"""What others remember of the code sets, forgotten as soon as one of them is loaded anew."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["forget", "remembered"]

P = ParamSpec("P")
T = TypeVar("T")

_CLEAR: list[Callable[[], object]] = []


def remembered(size: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Remember the last answers of a function, as many as said, until a code set that they may rest on is loaded anew.

    >>> @remembered(8)
    ... def length(code: str) -> int:
    ...     print("asked")
    ...     return len(code)
    >>> length("E119"), length("E119")
    asked
    (4, 4)
    """

    def keeping(function: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=size)(function)
        _CLEAR.append(kept.cache_clear)
        return cast("Callable[P, T]", kept)

    return keeping


def forget() -> None:
    """Forget all of it."""
    for clear in _CLEAR:
        clear()
