"""Suggest the name that was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["did_you_mean"]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the end of a message that suggests the known name nearest to an unknown one.

    Case does not count, nor do zeros before a number. Where no name is near, the end is empty, so
    the caller may list what there is instead.

    >>> did_you_mean("ICD1", ["ICD01", "ICD16"]), did_you_mean("icd10", ["npi"])
    ('; did you mean ICD01?', '')
    """
    from difflib import get_close_matches

    names = {_plain(name): name for name in known}
    near = get_close_matches(_plain(word), names, n=1)
    return f"; did you mean {names[near[0]]}?" if near else ""


def _plain(name: str) -> str:
    return re.sub(r"(?<=\D)0+(?=\d)", "", name.upper())
