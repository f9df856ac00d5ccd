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

__all__ = ["encodable", "indented", "painted", "printable", "say", "use_color"]

_WIDEST = 100
_UNDECODABLE = 0xDC80
_PAINTS = {"error": "31", "warning": "33", "info": "36"}  # red, yellow, cyan
_colored: ContextVar[bool] = ContextVar("colored", default=False)


def indented(line: str, first: str, rest: str) -> list[str]:
    """Break a line to the width of the screen; where there is no screen, 80 columns."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return wrap(line, max(width, 40), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def printable(text: str, keep: str = "") -> str:
    r"""Return a text with its control characters, and bytes of a name that are no text, written as escapes.

    >>> printable("a\x1b[31m\udcff.837")
    'a\\x1b[31m\\xff.837'
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each in keep else _escape(each) for each in text)


def say(text: str, stream: TextIO | None = None) -> None:
    """Print lines that may repeat what a file says, so that they move no cursor and color nothing."""
    print(printable(text, "\n\t"), file=stream or sys.stdout)


def encodable(text: str) -> str:
    r"""Return a text with only the bytes of a name that are no text written as escapes.

    >>> encodable("\udcff\u00e9")
    '\\xffé'
    """
    return "".join(_escape(each) if "\ud800" <= each <= "\udfff" else each for each in text)


def _escape(character: str) -> str:
    code = ord(character)
    if _UNDECODABLE <= code < _UNDECODABLE + 0x80:  # a byte of a name, as Python hands it over
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


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
