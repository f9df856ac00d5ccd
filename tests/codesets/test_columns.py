"""Columns of codes and days, as data frames hold them: gaps stay gaps, and what is no column is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from medcode import icd10cm
from medcode.codesets.concept import Status

DAY = date(2026, 1, 5)


class Neither:
    """Stands for pandas' NA, which is neither equal nor unequal to anything."""

    def __ne__(self, other: object) -> bool:
        raise TypeError("boolean value of NA is ambiguous")

    __hash__ = None  # type: ignore[assignment]  # nor is it used as a key


class NoTime(datetime):
    """Stands for pandas' NaT: a moment that is none, not equal to itself, whose day is none either."""

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = datetime.__hash__

    def date(self) -> Any:
        return self


NOTHING = [None, float("nan"), Neither(), NoTime(1, 1, 1)]


@pytest.mark.parametrize("gap", NOTHING)
def test_a_gap_among_codes_or_days_stays_one(gap: Any) -> None:
    assert list(icd10cm.check(["E11.9", gap], on=DAY)) == [Status.BILLABLE, None]
    assert list(icd10cm.check(["E11.9", "E11.9", gap], on=[DAY, gap, DAY])) == [Status.BILLABLE, None, None]


def test_one_text_is_no_column() -> None:
    with pytest.raises(TypeError, match="not one str"):
        icd10cm.check("E11.9")


def test_days_are_as_many_as_codes() -> None:
    with pytest.raises(ValueError, match="1 codes need as many days, not 2"):
        icd10cm.check(["E11.9"], on=iter([DAY, DAY + timedelta(1)]))


def test_no_time_is_no_day() -> None:
    with pytest.raises(TypeError, match="on must be a date"):
        icd10cm.status("E11.9", on=NoTime(1, 1, 1))
    assert icd10cm.status("E11.9", on=datetime(2026, 1, 5, 12)) is Status.BILLABLE  # noqa: DTZ001  # no place, no zone
