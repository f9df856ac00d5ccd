"""Plain lists: a line begins with codes, and what follows on it is words about them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.lint.words import like_a_code

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["list_texts"]

_WORD = re.compile(r"""(#|--|//)[^\r\n]*|([\r\n])|([^\s,;|"'()\[\]{}=:]+)""")


def list_texts(text: str) -> Iterator[tuple[int, str, str | None]]:
    """Yield each word of a text with its offset; words at the start of a line have the name `codes`.

    >>> list(list_texts("I10 I42.0 heart  # I11"))
    [(0, 'I10', 'codes'), (4, 'I42.0', 'codes'), (10, 'heart', None)]
    """
    label: str | None = "codes"
    first = True
    for found in _WORD.finditer(text):
        kind, word = found.lastindex, found[0]
        if kind == 3:  # noqa: PLR2004  # the third group: a word
            if not (first or like_a_code(word)):
                label = None
            yield found.start(), word if label else word.rstrip(".?!"), label
            first = False
        elif kind == 2:  # noqa: PLR2004  # the second: the end of a line
            label, first = "codes", True
