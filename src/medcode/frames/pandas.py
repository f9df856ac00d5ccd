"""Code sets in pandas: the series accessor `medcode`. Importing this module adds it.

>>> import pandas as pd
>>> import medcode.frames.pandas
>>> pd.Series(["E11.9", "E11", None]).medcode.status().tolist()
['billable', 'header', nan]

Takes text of any dtype (str, object, category, ArrowDtype); the answer keeps the index and the name.
Needs pandas and the extra `frames`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from medcode import frames

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from medcode.codesets.base import CodeSet
    from medcode.codesets.value_set import ValueSet

__all__ = ["MedcodeAccessor"]


@pd.api.extensions.register_series_accessor("medcode")
class MedcodeAccessor:
    """The accessor of a series; `on` is a date, or a series of dates with the same index."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._series = series

    def status(
        self, on: date | pd.Series[Any] | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
    ) -> pd.Series[Any]:
        """Return the status of each code on its day, as a category; see `medcode.frames.status`."""
        found = frames.status(self._series, self._days(on), code_set=code_set)
        texts = pd.Categorical.from_codes(
            found.indices.fill_null(-1).to_numpy(zero_copy_only=False), categories=list(frames.STATUSES)
        )
        return pd.Series(texts, index=self._series.index, name=self._series.name)

    def normalize(self, *, code_set: str | CodeSet[Any] = "icd10cm") -> pd.Series[Any]:
        """Return the wire form of each code; see `medcode.frames.normalize`."""
        return self._of(frames.normalize(self._series, code_set=code_set).dictionary_decode())

    def describe(
        self, on: date | pd.Series[Any] | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
    ) -> pd.DataFrame:
        """Return what the set says of each code, a row for each; see `medcode.frames.describe`."""
        table = frames.describe(self._series, self._days(on), code_set=code_set)
        return table.to_pandas(types_mapper=pd.ArrowDtype).set_index(self._series.index)

    def matches(self, value_set: ValueSet | str, on: date | pd.Series[Any] | None = None) -> pd.Series[Any]:
        """Return whether each code belongs to a value set on its day; see `medcode.frames.matches`."""
        return self._of(frames.matches(self._series, value_set, self._days(on)))

    def successors(
        self, on: date | pd.Series[Any] | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
    ) -> pd.Series[Any]:
        """Return the codes that took over from each; see `medcode.frames.successors`."""
        return self._of(frames.successors(self._series, self._days(on), code_set=code_set))

    def children(
        self, on: date | pd.Series[Any] | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
    ) -> pd.Series[Any]:
        """Return the codes next below each; see `medcode.frames.children`."""
        return self._of(frames.children(self._series, self._days(on), code_set=code_set))

    def _days(self, on: Any) -> Any:
        """Return the days in the order of the codes: pandas aligns by index, so two that differ are refused."""
        if isinstance(on, pd.Series) and not on.index.equals(self._series.index):
            raise ValueError("on has another index than the codes; align them first")
        return on

    def _of(self, found: pa.Array) -> pd.Series[Any]:
        dtype = pd.ArrowDtype(found.type)
        return pd.Series(pd.array(found, dtype=dtype), index=self._series.index, name=self._series.name)
