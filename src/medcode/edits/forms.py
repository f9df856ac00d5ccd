"""Fixes of values that are right except for dashes, blanks, dots or case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.findings import Fix, FixKind

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["digits_only", "plain"]

PUNCTUATION = re.compile(r"[\s().,;'\-/+]")


def plain(text: str) -> str:
    """Return a code without dashes, dots, blanks and the like, in capital letters.

    >>> plain("n. y."), plain("-25")
    ('NY', '25')
    """
    return PUNCTUATION.sub("", text).upper()


def digits_only(path: str, value: str, normal: Callable[[str], str | None]) -> Fix | None:
    """Return the safe fix of an identifier that is right without its punctuation; its text shows no identifier.

    >>> digits_only("billing_provider.tax_id", "12-3456789", lambda text: text if len(text) == 9 else None).new
    '123456789'
    """
    right = normal(plain(value))
    if right is None or right == value:
        return None
    return Fix("Remove dashes and blanks.", path, right, old=value, kind=FixKind.SAFE)
