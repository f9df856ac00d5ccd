"""CMS's edits by number: what each leads to, and which of them leave a line that is judged on.

Source: CMS, Integrated OCE Specifications, table of edits and dispositions.
"""

from __future__ import annotations

from medcode.edits.oce.bill import Disposition

__all__ = ["DISPOSITIONS", "REJECTS_LINE", "RETURNS_CLAIM", "SOFT"]

_BY_DISPOSITION = {
    Disposition.CLAIM_REJECTION: (27,),
    Disposition.CLAIM_DENIAL: (10,),
    Disposition.CLAIM_SUSPENSION: (11, 12, 24, 57, 66),
    Disposition.LINE_REJECTION: (
        *(7, 13, 17, 20, 28, 40, 45, 47, 53, 65, 76, 91, 93, 95, 104, 110, 111, 112, 117, 127, 128, 129),
        *(131, 134, 136, 137, 138),
    ),
    Disposition.LINE_DENIAL: (9, 18, 30, 49, 67, 68, 69, 83, 103, 105, 106, 107, 108, 115, 121),
    Disposition.RETURN_TO_PROVIDER: (
        *(1, 2, 5, 6, 21, 22, 23, 25, 26, 29, 35, 37, 38, 41, 42, 43, 44, 46, 48, 50, 51, 55, 58, 60, 61),
        *(62, 70, 72, 73, 74, 79, 80, 81, 82, 86, 87, 88, 89, 90, 92, 98, 99, 100, 101, 102, 109, 113, 114),
        *(116, 118, 119, 120, 122, 123, 124, 125, 126, 130, 132, 133, 135, 190, 191),
    ),
}

DISPOSITIONS = {number: disposition for disposition, own in _BY_DISPOSITION.items() for number in own}
"""What each edit leads to."""

SOFT = frozenset({7, 95, 128, 129, 131, 137, 138})
"""Edits that do not by themselves take a line out of what other edits look at."""

REJECTS_LINE = frozenset(
    number
    for number, disposition in DISPOSITIONS.items()
    if disposition in (Disposition.LINE_REJECTION, Disposition.LINE_DENIAL) and number not in SOFT
)
"""Edits after which a line counts as rejected or denied."""

RETURNS_CLAIM = frozenset(
    number
    for number, disposition in DISPOSITIONS.items()
    if disposition not in (Disposition.LINE_REJECTION, Disposition.LINE_DENIAL)
)
"""Edits that hold up the whole claim."""
