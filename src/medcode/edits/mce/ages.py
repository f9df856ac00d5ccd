"""The ages at which CMS expects newborn, pediatric, maternity and adult diagnoses, with their dates."""

from __future__ import annotations

from datetime import date

__all__ = ["AGE_FLAGS", "ages"]

AGES = {
    "newborn": (0, 0),
    "pediatric": (0, 17),
    "maternity": (9, 64),
    "adult": (15, 124),
}
AGE_FLAGS = frozenset(AGES)

WIDER_MATERNITY = date(2019, 10, 1)
NARROW_MATERNITY = (12, 55)


def ages(group: str, on: date) -> tuple[int, int]:
    """Return the first and last age, in completed years, of a group of diagnoses on a day.

    >>> ages("maternity", date(2019, 9, 30)), ages("maternity", date(2019, 10, 1))
    ((12, 55), (9, 64))
    """
    if group == "maternity" and on < WIDER_MATERNITY:
        return NARROW_MATERNITY
    return AGES[group]
