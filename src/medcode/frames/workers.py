"""Work shared between processes, with the answers in the order of the items.

The processes are started as programs of their own, not as copies of this one: so they work in notebooks
and scripts alike, and beside the threads of polars, DuckDB and pyarrow. One that dies is named by
what it was at.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, TypeVar

from medcode.errors import MedcodeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["WorkerError", "answer", "shared"]

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")

_AHEAD = 4
"""Items for each process that may be done before the answers are taken."""
_PATIENCE = 1.0
"""Seconds for a process that has closed its answers to end."""
_PROGRAM = "from medcode.frames.workers import serve; serve()"


class WorkerError(MedcodeError, RuntimeError):
    """A process died, as one does that runs out of memory; the message names what it was at."""


def shared(
    work: Callable[[_Item], _Answer], items: Sequence[_Item], jobs: int, name: Callable[[_Item], str] = str
) -> Iterator[_Answer]:
    """Yield the answer to each item, in order, from up to `jobs` processes; with one, it runs in this process.

    `work` must be what pickle can send: a function of a module, or a `partial` of one. Raises what it raises, and
    WorkerError where a process ends before it has answered; `name` says how an item is called in its message.

    >>> list(shared(str.upper, ["a", "b"], jobs=1))
    ['A', 'B']
    """
    jobs = min(jobs, len(items))
    if jobs <= 1:
        yield from map(work, items)
        return
    workers = [_Worker() for _ in range(jobs)]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def ask(item: _Item) -> _Answer:
        worker = idle.get()
        try:
            found: _Answer = worker.ask(work, item, name)
            return found
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(jobs) as pool:
        try:
            waiting = deque(pool.submit(ask, item) for item in items[: jobs * _AHEAD])
            for item in items[jobs * _AHEAD :]:
                yield waiting.popleft().result()
                waiting.append(pool.submit(ask, item))
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            for worker in workers:
                worker.stop()


class _Worker:
    """A process that is asked one thing after the other."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, sys.path))  # it finds what this process does
        self._process = subprocess.Popen(  # noqa: S603  # nosec B603  # this very Python, and a program of our own
            [sys.executable, "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )

    def ask(self, work: Callable[[Any], Any], item: Any, name: Callable[[Any], str]) -> Any:
        """Return the answer; raise what the work has raised."""
        assert self._process.stdin  # noqa: S101  # both are pipes
        assert self._process.stdout  # noqa: S101  # both are pipes
        try:
            _send((work, item), self._process.stdin)
            done, found = pickle.load(self._process.stdout)  # noqa: S301  # nosec B301  # of a process that was started here
        except (EOFError, OSError, pickle.UnpicklingError):
            code = self._exit_code()
            raise WorkerError(f"the process that was at {name(item)} died (exit code {code})") from None
        if not done:
            raise found
        return found

    def _exit_code(self) -> int:
        """Return the exit code of a process that has ended, or will: one that answers no more is ended."""
        try:
            return self._process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def _send(message: object, pipe: IO[bytes]) -> None:
    pipe.write(pickle.dumps(message))
    pipe.flush()


def answer(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each question of a stream, until it ends."""
    while True:
        try:
            work, item = pickle.load(questions)  # noqa: S301  # nosec B301  # of the process that started this one
        except EOFError:
            return
        try:
            found = True, work(item)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is raised where it was asked
            found = False, error
        _send(found, answers)


def serve() -> None:  # pragma: no cover  # runs in another process
    """Answer what comes by standard input; what is printed meanwhile goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the process that asks
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        if hasattr(select, "poll"):  # Windows has none; there a process ends when it would answer
            Thread(target=_watch, args=(answers.fileno(),), daemon=True).start()
        answer(sys.stdin.buffer, answers)


def _watch(pipe: int) -> None:  # pragma: no cover  # as above
    """End this process, in the midst of its work, when nobody can read its answers any more."""
    watched = select.poll()
    watched.register(pipe, 0)  # an error is reported unasked
    watched.poll()
    os._exit(1)
