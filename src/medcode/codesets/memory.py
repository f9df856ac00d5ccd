"""Caches of answers that depend on code sets, cleared when a set is reloaded."""

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
    """Cache the last `size` results of a function until a code set is reloaded.

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
    """Clear every cache."""
    for clear in _CLEAR:
        clear()
