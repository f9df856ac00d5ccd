"""What has been worked out once, kept within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Memo"]

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """Answers of a function, by its argument; all are dropped when there are too many, so memory stays flat.

    Use it where an answer is asked for in a tight loop, or where `lru_cache` would keep an object
    alive: reading a remembered answer is one look-up in a dict.

    >>> squares = Memo(lambda number: number**2, most=2)
    >>> squares[3], squares[4], dict(squares)
    (9, 16, {3: 9, 4: 16})
    >>> squares[5], dict(squares)
    (25, {5: 25})
    """

    __slots__ = ("_answer", "_most")

    def __init__(self, answer: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, key: K) -> V:
        answer = self._answer(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = answer
        return answer
