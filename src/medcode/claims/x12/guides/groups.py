"""The functional groups that health care exchanges: GS01, the transaction set it is for, and its name.

Source: ASC X12 005010, data element 479 (facts only, in own words).
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["GROUPS", "GroupKind"]


class GroupKind(NamedTuple):
    """The transaction set of a kind of group, and what people call it."""

    transaction: str
    title: str


GROUPS = {
    "AG": GroupKind("824", "application advice"),
    "BE": GroupKind("834", "enrollments"),
    "FA": GroupKind("999", "acknowledgments"),
    "HB": GroupKind("271", "eligibility responses"),
    "HC": GroupKind("837", "claims"),
    "HI": GroupKind("278", "service reviews"),
    "HN": GroupKind("277", "claim status"),
    "HP": GroupKind("835", "remittances"),
    "HR": GroupKind("276", "claim status requests"),
    "HS": GroupKind("270", "eligibility inquiries"),
    "PI": GroupKind("275", "patient information"),
    "RA": GroupKind("820", "premium payments"),
}
"""What each GS01 is for."""
