"""What to check in a file: the date, the code set of its codes, and the code sets of its columns."""

from __future__ import annotations

from enum import IntEnum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import attrs

from medcode.lint.names import guessed, of_codes, parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["NO_CODES", "Choice", "Weight"]

NO_CODES = "none"
"""The name of the set of a file without codes."""


class Weight(IntEnum):
    """How certain it is that a text is a code."""

    NONE = 0  # said to be none
    SHAPE = 1  # only if it looks like one and like nothing else
    NAMED = 2  # under a name of codes: what is not shaped like one may still be something else
    TOLD = 3  # the user said so: whatever stands there must be a code


@attrs.frozen
class Choice:
    """The date to check codes on, the code set of a file, the code sets of columns, and rules to ignore.

    `columns` maps names, in lower case, to code sets, or to None for columns without codes; `*` and `?` match
    other characters. A date of None is today.
    """

    on: date | None = None
    code_set: str | None = None
    columns: Mapping[str, str | None] = attrs.field(factory=dict)
    ignore: frozenset[str] = frozenset()

    def told(self, label: str | None) -> tuple[str | None, Weight]:
        """Return the code set of values under a name, and how certain it is; the name None is running text.

        >>> Choice().told("icd10")
        ('icd10cm', <Weight.NAMED: 2>)
        >>> Choice(columns={"code*": "hcpcs"}).told("codes")
        ('hcpcs', <Weight.TOLD: 3>)
        """
        if self.code_set == NO_CODES:
            return None, Weight.NONE
        if label is None:
            return None, Weight.SHAPE
        names = (label.rpartition("/")[2].lower(), *parts(label)[:1])  # as it stands, and as a name in parts
        for pattern, code_set in self.columns.items():
            if any(fnmatchcase(name, pattern) for name in names):
                return code_set, Weight.TOLD if code_set else Weight.NONE
        code_set = self.code_set or guessed(label)
        return code_set, Weight.NAMED if code_set and of_codes(label) else Weight.SHAPE
