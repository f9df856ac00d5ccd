"""Code sets in polars: the expression and series namespace `medcode`. Importing this module adds it.

>>> import polars as pl
>>> import medcode.frames.polars
>>> frame = pl.DataFrame({"dx": ["E11.9", "E11", None]})
>>> frame.select(pl.col("dx").medcode.status())["dx"].to_list()
['billable', 'header', None]

Every expression works row by row, in lazy and streaming queries too. Needs polars and the extra `frames`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import polars as pl

from medcode import frames

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.codesets.value_set import ValueSet

__all__ = ["MedcodeExpr", "MedcodeSeries"]

_STATUS = pl.Enum(frames.STATUSES)
_CODES = pl.List(pl.String)
_DESCRIBED = pl.Struct(
    {
        "code": pl.String,
        "title": pl.String,
        "status": pl.String,
        "billable": pl.Boolean,
        "start": pl.Date,
        "end": pl.Date,
        "parent": pl.String,
    }
)


class _Verbs(ABC):
    """The questions one asks of a column; `_apply` says how it is asked of an expression or a series."""

    @abstractmethod
    def _apply(self, ask: Callable[[Any, Any], Any], on: Any, dtype: Any) -> Any: ...

    def status(
        self, on: date | pl.Expr | pl.Series | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
    ) -> Any:
        """Return the status of each code on its day, as an Enum; see `medcode.frames.status`."""
        return self._apply(lambda codes, day: frames.status(codes, day, code_set=code_set), on, _STATUS)

    def normalize(self, *, code_set: str | CodeSet[Any] = "icd10cm") -> Any:
        """Return the wire form of each code; see `medcode.frames.normalize`."""
        return self._apply(lambda codes, _: frames.normalize(codes, code_set=code_set), None, pl.String)

    def describe(
        self, on: date | pl.Expr | pl.Series | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
    ) -> Any:
        """Return what the set says of each code, as a struct; see `medcode.frames.describe`."""

        def ask(codes: Any, day: Any) -> Any:
            return frames.describe(codes, day, code_set=code_set).to_struct_array()

        return self._apply(ask, on, _DESCRIBED)

    def matches(self, value_set: ValueSet | str, on: date | pl.Expr | pl.Series | None = None) -> Any:
        """Return whether each code belongs to a value set on its day; see `medcode.frames.matches`."""
        return self._apply(lambda codes, day: frames.matches(codes, value_set, day), on, pl.Boolean)

    def successors(
        self, on: date | pl.Expr | pl.Series | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
    ) -> Any:
        """Return the codes that took over from each; see `medcode.frames.successors`."""
        return self._apply(lambda codes, day: frames.successors(codes, day, code_set=code_set), on, _CODES)

    def children(
        self, on: date | pl.Expr | pl.Series | None = None, *, code_set: str | CodeSet[Any] = "icd10cm"
    ) -> Any:
        """Return the codes next below each; see `medcode.frames.children`."""
        return self._apply(lambda codes, day: frames.children(codes, day, code_set=code_set), on, _CODES)


def _series(name: str, found: Any, dtype: Any) -> pl.Series:
    return pl.Series(name, found).cast(dtype)


@pl.api.register_series_namespace("medcode")
class MedcodeSeries(_Verbs):
    """The namespace of a series."""

    def __init__(self, series: pl.Series) -> None:
        self._of = series

    def _apply(self, ask: Callable[[Any, Any], Any], on: Any, dtype: Any) -> pl.Series:
        return _series(self._of.name, ask(self._of, on), dtype)


@pl.api.register_expr_namespace("medcode")
class MedcodeExpr(_Verbs):
    """The namespace of an expression; `on` may be an expression too."""

    def __init__(self, expression: pl.Expr) -> None:
        self._of = expression

    def _apply(self, ask: Callable[[Any, Any], Any], on: Any, dtype: Any) -> pl.Expr:
        if isinstance(on, pl.Series):
            raise TypeError("on must be a date or an expression here, not a series: pl.lit(series)")
        if not isinstance(on, pl.Expr):
            return self._of.map_batches(
                lambda codes: _series(codes.name, ask(codes, on), dtype),
                return_dtype=dtype,
                is_elementwise=True,
            )
        both = pl.struct(self._of.alias("codes"), on.alias("on"))

        def of_both(pairs: pl.Series) -> pl.Series:
            codes, days = pairs.struct.field("codes"), pairs.struct.field("on")
            return _series(pairs.name, ask(codes, days), dtype)

        asked = both.map_batches(of_both, return_dtype=dtype, is_elementwise=True)
        try:
            return asked.alias(self._of.meta.output_name())
        except pl.exceptions.ComputeError:  # an expression over several columns keeps their names
            return asked
