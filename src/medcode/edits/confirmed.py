"""The sources of edits that no public text was found to confirm: what they say is known from practice.

The guides of X12 and the manual of NUBC are licensed texts; their situations are known from companion guides and from what
payers reject.
"""

from __future__ import annotations

__all__ = ["FROM_PRACTICE", "is_confirmed"]

FROM_PRACTICE = (
    "CMS, Medicare Claims Processing Manual, Pub. 100-04, chapter 1, section 30.3",
    "NUBC, Official UB-04 Data Specifications Manual",
    "X12, 005010X*",
    "X12, RFI *",
)
"""Sources as findings show them, or how they begin, with a `*` after it."""


def is_confirmed(source: str) -> bool:
    """Whether a public text, or a public copy of it, says what is cited of a source.

    >>> is_confirmed("X12, 005010X222A1, section 2300 CLM11"), is_confirmed("HHS, 42 CFR 424.507, section (a)")
    (False, True)
    """
    return not any(
        source.startswith(each[:-1]) if each.endswith("*") else source == each for each in FROM_PRACTICE
    )
