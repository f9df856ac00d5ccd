"""Codes in a column on their days: each distinct code, and each pair of code and period, asked once.

Between two days on which anything in a table changes, every day is like the next. So the days of a
column become a few periods, its codes become their distinct texts, and every row is a place in a
small matrix of text by period. What is asked of the code set is asked once for each such place.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyarrow as pa

from medcode.codesets import code_set as code_set_of
from medcode.codesets.base import Code, CodeSet
from medcode.codesets.timeline import UNLISTED
from medcode.frames.columns import CodeColumn, DayColumn, called, is_column, objects_of, one_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.codesets.timeline import Table
    from medcode.frames.columns import Column

__all__ = ["DatedColumn", "the_code_set"]

T = TypeVar("T")
_ANY_DAY = date(2000, 1, 1)


def the_code_set(code_set: str | CodeSet[Any]) -> CodeSet[Any]:
    """Return a code set by its name, or itself; KeyError for an unknown name."""
    return code_set if isinstance(code_set, CodeSet) else code_set_of(code_set)


def _of_one_set(codes: Column, code_set: CodeSet[Any], name: str) -> None:
    """Raise TypeError for a column that holds codes, as objects, of another set than is asked about."""
    objects = objects_of(codes)
    if objects is None:
        return  # what comes as Arrow is text
    others = {kind for kind in set(map(type, objects)) if issubclass(kind, Code)}
    strange = sorted(kind.label for kind in others if not _is_of(kind, code_set))
    if strange:
        asked = code_set.code_type.label
        raise TypeError(
            f"{called(codes, name)} holds codes of {' and '.join(strange)}; {asked} was asked about"
        )


def _is_of(kind: type[Code], code_set: CodeSet[Any]) -> bool:
    return issubclass(kind, code_set.code_type) or issubclass(code_set.code_type, kind)


class DatedColumn:
    """A column of codes of one set, with one day for all rows or a day for each.

    A row is null where its code or its day is null.
    """

    def __init__(
        self, codes: Column, on: date | Column | None, code_set: str | CodeSet[Any], name: str = "codes"
    ) -> None:
        self.code_set = the_code_set(code_set)
        _of_one_set(codes, self.code_set, name)
        self.codes = CodeColumn(codes, name, self.code_set.table.codes)
        self.days = DayColumn(on) if is_column(on) else None
        self.day = self.code_set.day(None if on is None else one_day(on)) if self.days is None else None
        if self.days is not None and len(self.days) != len(self.codes):
            raise ValueError(f"{name} has {len(self.codes):,} rows and on has {len(self.days):,}")

    @cached_property
    def tables(self) -> list[Table]:
        """The tables that hold the codes of the column: the set's own, and for HCPCS those of its levels."""
        others = self.codes.texts[self.codes.known :]
        return list(dict.fromkeys([self.code_set.table, *map(self._table, others)]))

    def _table(self, text: str | None) -> Table:
        return self.code_set.table if text is None else self.code_set.table_of(text)

    @cached_property
    def starts(self) -> list[date]:
        """The days on which anything in the tables changes, sorted."""
        return sorted({start for table in self.tables for start in table.changes})

    def places(self) -> tuple[np.ndarray[Any, Any], int]:
        """Return the place of each row among texts by periods, and how many periods there are.

        The place of a row that is null is past the last.
        """
        count = len(self.codes.texts)
        if self.days is None:
            return self.codes.numbers, 1
        width = len(self.starts) + 1
        places = self.codes.numbers.astype(np.int64) * width + self.days.periods(self.starts)
        missing = self.codes.numbers == count
        if self.days.missing is not None:
            missing = missing | self.days.missing
        places[missing] = count * width
        return places, width

    def day_of(self, period: int) -> date:
        """Return a day of a period: its first, or the day before the first period."""
        if self.day is not None:
            return self.day
        if not self.starts:  # no table is loaded: every day is like the next
            return _ANY_DAY
        return self.starts[period - 1] if period else self.starts[0] - timedelta(days=1)

    def answers(self, ask: Callable[[str, date], T]) -> tuple[list[T | None], pa.Array]:
        """Look up each distinct text and period once; return the answers and each row's number.

        The last answer is None, for the rows that are null. `ask` may raise: the first error is the
        column's.
        """
        places, width = self.places()
        used, rows = np.unique(places, return_inverse=True)
        last = len(self.codes.texts) * width
        asked = [None if place == last else self._ask(ask, int(place), width) for place in used]
        return asked, pa.array(rows.astype(np.int64))

    def _ask(self, ask: Callable[[str, date], T], place: int, width: int) -> T:
        text = self.codes.texts[place // width]
        assert text is not None  # noqa: S101  # a dictionary's own null is counted as a null row
        return ask(text, self.day_of(place % width))

    def statuses(self, numbers: dict[Any, int]) -> pa.Array:
        """Return for each row the number of its status, int8, null where the row is null.

        This is `answers` for the one question that is asked by the million: a row of the matrix is
        a history that many codes share, and no answer costs more than reading one array at a place.
        """
        codes, own = self.codes, self.code_set.table
        offsets, total = {}, 0
        for table in self.tables:
            offsets[table] = total
            total += len(table.profiles) + UNLISTED
        histories = list(map(own.lookup.__getitem__, own.codes)) if codes.known else []
        for text in codes.texts[codes.known :]:
            table = self._table(text)
            histories.append(total if text is None else offsets[table] + table.lookup[text])
        by_text = np.array([*histories, total], dtype=np.int32)
        periods = range(len(self.starts) + 1) if self.days is not None else (0,)
        matrix = np.array([[*self._column(numbers, period), -1] for period in periods], dtype=np.int8)
        if self.days is None:
            found = matrix[0][by_text][codes.numbers]
        else:
            cells = self.days.periods(self.starts) * np.int32(total + 1)
            cells += by_text[codes.numbers]
            found = matrix.ravel()[cells]
            if self.days.missing is not None:
                found[self.days.missing] = -1
        has_null = codes.has_null or None in codes.texts or (self.days and self.days.missing is not None)
        return pa.array(found, mask=found < 0) if has_null else pa.array(found)

    def _column(self, numbers: dict[Any, int], period: int) -> Iterator[int]:
        day = self.day_of(period)
        for table in self.tables:
            yield from (numbers[status] for status in table.statuses[day])
