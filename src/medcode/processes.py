"""Processes that share work: none outlives the one that started it, nor the call that it works for."""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import Pipe, parent_process
from multiprocessing.connection import wait
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, TypeVar

from medcode.logs import log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

__all__ = ["shared"]

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
_PARTS = 8
"""How many parts of the work each process gets, so that none is idle for long at the end."""


def shared(work: Callable[[_Item], _Answer], items: Sequence[_Item], jobs: int) -> Iterator[_Answer]:
    """Yield the result of `work` for each item, using up to `jobs` processes; with one, it runs in this process.

    `work` must be what pickle can send: a function of a module, or a `partial` of one. After Ctrl-C or another error,
    and where the rest of the results is not asked for, the processes are ended in the midst of their work.

    >>> list(shared(str.upper, ["a", "b"], jobs=1))
    ['A', 'B']
    """
    jobs = min(jobs, len(items))
    if jobs <= 1:
        yield from map(work, items)
        return
    log.debug("share %d pieces of work between %d processes", len(items), jobs)
    size = max(1, len(items) // (jobs * _PARTS))
    end_read, end_write = Pipe(duplex=False)
    pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(end_read,))
    try:
        with _uninterrupted():
            shares = (items[at : at + size] for at in range(0, len(items), size))
            waiting = deque(pool.submit(_done, work, share) for share in shares)
        while waiting:
            yield from waiting.popleft().result()
    except BaseException:  # also GeneratorExit, where nobody waits for the answers any more
        end_write.send_bytes(b"end")  # no worker takes it from the pipe, so all of them see it
        raise
    finally:
        pool.shutdown()
        end_read.close()
        end_write.close()


def _done(  # pragma: no cover  # runs in another process
    work: Callable[[_Item], _Answer], share: Sequence[_Item]
) -> list[_Answer]:
    return list(map(work, share))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that ignore Ctrl-C, so that only the first one answers it: they inherit its handler."""
    before = signal.getsignal(signal.SIGINT)
    if current_thread() is not main_thread() or before is None:  # a handler that only its owner can set
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin(end: Connection) -> None:  # pragma: no cover  # runs in another process
    """Set the signals of a worker, and watch for its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):  # not the handlers of the parent, which clean up what is the parent's
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    Thread(target=_watch, args=(end,), daemon=True).start()


def _watch(end: Connection) -> None:  # pragma: no cover  # as above
    """End this process when the one that started it says so, or ends, however that happens.

    A worker waits for work on a pipe that its siblings hold open too: without this it would wait forever.
    """
    if parent := parent_process():
        wait([parent.sentinel, end])
        os._exit(1)
