"""Caches of answers that depend on code sets, cleared when a set is reloaded."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["forget", "kept", "remembered"]

P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

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


def kept(answer: Callable[[K], V], most: int) -> Memo[K, V]:
    """Return the answers of a function of one argument as a dict, kept until a code set is reloaded.

    Use it where most arguments hardly recur: an answer costs one place in a dict, where `remembered` makes a key of
    each code that the collector of garbage visits as long as it is kept.

    >>> lengths = kept(len, most=8)
    >>> lengths["E119"], forget(), dict(lengths)
    (4, None, {})
    """
    answers = Memo(answer, most)
    _CLEAR.append(answers.clear)
    return answers


def forget() -> None:
    """Clear every cache."""
    for clear in _CLEAR:
        clear()
