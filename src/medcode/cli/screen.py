"""Text for a terminal: lines wrapped to its width, and colors."""

from __future__ import annotations

import os
import shutil
import sys
from contextvars import ContextVar
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["indented", "painted", "use_color"]

_WIDEST = 100
_PAINTS = {"error": "31", "warning": "33", "info": "36"}  # red, yellow, cyan
_colored: ContextVar[bool] = ContextVar("colored", default=False)


def indented(line: str, first: str, rest: str) -> list[str]:
    """Break a line to the width of the screen; where there is no screen, 80 columns."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return wrap(line, max(width, 40), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def use_color(choice: str, stream: TextIO | None = None) -> None:
    """Decide whether later output is colored, for the stream it goes to (default: standard output)."""
    _colored.set(
        _wanted(sys.stdout if stream is None else stream) if choice == "auto" else choice == "always"
    )


def _wanted(stream: TextIO) -> bool:
    """Whether to color: by NO_COLOR, FORCE_COLOR, TERM and the stream, in this order. Source: no-color.org, force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def painted(word: str) -> str:
    """Return a severity in its color, if colors are on; any other word is returned unchanged."""
    return f"\033[{_PAINTS[word]}m{word}\033[0m" if word in _PAINTS and _colored.get() else word
