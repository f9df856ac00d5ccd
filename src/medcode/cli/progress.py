"""The progress of long work: a bar on standard error, if that is a terminal.

The extra `cli` brings rich, which draws it; without rich it is a plain line. Neither is loaded
before there is something to draw.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

__all__ = ["Bar", "Progress", "progress"]

_WIDTH: Final = 40
_NUMBERS: Final[dict[str, Callable[[int], str]]] = {
    "files": "{:,}".format,
    "MB": lambda number: f"{number / 1e6:.1f}",
}


class Bar(Protocol):
    """What draws a bar."""

    def draw(self, done: int, total: int | None, said: str) -> None:
        """Show how much of the total is done, and say it in words."""

    def clear(self) -> None:
        """Remove the bar."""


class Progress:
    """The progress of some work, shown by a bar or, without one, not at all."""

    def __init__(self, unit: str, bar: Bar | None) -> None:
        self._unit = unit
        self._said = _NUMBERS[unit]
        self._bar = bar

    def at(self, done: int, total: int | None) -> None:
        """Show how much is done; a `total` of None is unknown."""
        if self._bar:
            of = f" of {self._said(total)}" if total else ""
            unit = self._unit.rstrip("s") if total == 1 else self._unit
            self._bar.draw(done, total, f"{self._said(done)}{of} {unit}")

    def hide(self) -> None:
        """Hide the bar until the next update."""
        if self._bar:
            self._bar.clear()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self.hide()


def progress(unit: str, *, long: bool = True) -> Progress:
    """Return the progress of work counted in `files` or, in bytes, in `MB`; only `long` work has a bar."""
    seen = long and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Progress(unit, _bar() if seen else None)


def _bar() -> Bar:
    try:
        from medcode.cli.rich_bar import RichBar
    except ImportError:
        return PlainBar()
    return RichBar()


class PlainBar:
    """A line that is overwritten with every update."""

    def draw(self, done: int, total: int | None, said: str) -> None:
        """Show how much of the total is done, and say it in words."""
        filled = f"[{'#' * (_WIDTH * done // total):<{_WIDTH}}] " if total else ""
        print(f"\r{filled}{said}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Remove the bar."""
        print("\r\033[K", end="", file=sys.stderr, flush=True)
