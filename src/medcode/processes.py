"""Processes that share work: none outlives the one that started it."""

from __future__ import annotations

import os
import signal
from multiprocessing import parent_process
from threading import Thread

__all__ = ["end_with_parent"]


def end_with_parent() -> None:  # pragma: no cover  # runs in another process
    """End this process when the one that started it ends, however that ends.

    A worker waits for work on a pipe that its siblings hold open too: without this it would wait forever.
    """
    for name in ("SIGTERM", "SIGHUP"):  # not the handlers of the parent, which clean up what is the parent's
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    Thread(target=_wait, daemon=True).start()


def _wait() -> None:  # pragma: no cover  # as above
    if parent := parent_process():
        parent.join()
        os._exit(1)
