"""Work shared between processes, with the results in the order of the items."""

from __future__ import annotations

import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children
from typing import TYPE_CHECKING, TypeVar

from medcode.processes import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["shared"]

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
_PARTS = 8
"""How many parts of the work each process gets, so that none is idle for long at the end."""


def shared(work: Callable[[_Item], _Answer], items: Sequence[_Item], jobs: int) -> Iterator[_Answer]:
    """Yield the result of `work` for each item, using up to `jobs` processes; with one, it runs in this process.

    `work` must be what pickle can send: a function of a module, or a `partial` of one.

    >>> list(shared(str.upper, ["a", "b"], jobs=1))
    ['A', 'B']
    """
    jobs = min(jobs, len(items))
    if jobs <= 1:
        yield from map(work, items)
        return
    size = max(1, len(items) // (jobs * _PARTS))
    pool = ProcessPoolExecutor(jobs, initializer=end_with_parent)
    try:
        with _uninterrupted():
            shares = (items[at : at + size] for at in range(0, len(items), size))
            waiting = deque(pool.submit(_done, work, share) for share in shares)
        while waiting:
            yield from waiting.popleft().result()
    except BaseException:  # also where nobody waits for the answers any more
        for process in active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown()


def _done(  # pragma: no cover  # runs in another process
    work: Callable[[_Item], _Answer], share: Sequence[_Item]
) -> list[_Answer]:
    return list(map(work, share))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that ignore Ctrl-C, so that only the first one answers it: they inherit its handler."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
