"""Which transaction the guide is of that a set or its group names."""

from __future__ import annotations

from medcode.claims.x12.guides import convention_of, conventions, guide

__all__ = ["is_foreign", "is_read_as"]


def is_read_as(st: list[str], convention: str, transaction: str) -> bool:
    """Whether a set is read by a guide of a transaction, whose row of ST01 then finds that ST01 names another."""
    found = convention_of(st, convention)
    return found in conventions() and guide(found).transaction == transaction


def is_foreign(convention: str, transaction: str) -> bool:
    """Whether a convention is of another set than a transaction that has guides here."""
    if convention not in conventions() or guide(convention).transaction == transaction:
        return False
    return any(guide(each).transaction == transaction for each in conventions())
