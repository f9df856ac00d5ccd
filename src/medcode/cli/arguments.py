"""Words of a command line that are text of a file rather than names, refused before anything repeats them.

A text that slips in where a path belongs (`medcode check "$(cat claims.837)"`) would be in the message that no such
file exists, and so in the log of whatever ran the command. What does exist is a name, however odd it is.
"""

from __future__ import annotations

import re
from glob import iglob
from os.path import lexists
from typing import TYPE_CHECKING

from medcode.cli.options import Unusable

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["refuse_text"]

_NAME = re.compile(r"[\w ./\\:=,@%-]{0,250}")
"""A word of which nothing else need be asked."""
_SEGMENT = re.compile(r"\W{0,3}[A-Z][A-Z\d]{1,2}([*|^>~!\x1c-\x1f])")
"""How a segment begins: with its id and a separator; a pattern such as AB*.837 has that only once."""


def refuse_text(words: Sequence[str], *, looked_for: bool = False) -> None:
    """Raise Unusable for a word that is text; words that are `looked_for` may be as long as they like.

    >>> refuse_text(["check", "outbox/*.837"])
    >>> refuse_text(["check", "NM1*IL*1*DOE~"])
    Traceback (most recent call last):
    medcode.cli.options.Unusable: argument 2 is text of 13 characters, not a path, a code or the name of a rule; ...
    """
    for number, word in enumerate(words, 1):
        value = re.sub(r"^--[a-z-]+=", "", word)
        if value and _is_text(value, looked_for=looked_for and not word.startswith("-")):
            raise Unusable(
                f"argument {number} is text of {len(value):,} characters, not a path, a code or the name of a rule;"
                " to pass the text of a file, write it to standard input and name the file -"
            )


def _is_text(word: str, *, looked_for: bool) -> bool:
    if _NAME.fullmatch(word):
        return False
    from medcode.claims.x12.text.source import is_text  # seldom needed, and a command is to start at once

    if "\0" in word:
        return True
    is_prose = not looked_for and is_text(word.replace("*", "x"))
    return (is_prose or _is_segment(word)) and not lexists(word) and not any(iglob(word, recursive=True))  # noqa: PTH207  # a pattern may be absolute


def _is_segment(word: str) -> bool:
    start = _SEGMENT.match(word)
    return start is not None and any(mark in word[start.end() :] for mark in (start[1], "~"))
