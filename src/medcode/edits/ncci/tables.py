"""NCCI's three tables: what the edits ask, and how the user's own files become tables.

A file is read as `medcode data add` reads it: a line that cannot be read, and a table without rows, are
errors. Rows given as they are may lack some; what could not be read is kept, and what the table does not
hold is then not thereby free of edits.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, cast

import attrs

from medcode.codesets.concept import Status
from medcode.codesets.hcpcs import Hcpcs, hcpcs
from medcode.errors import TableError
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["AddOn", "AddOnTable", "Pair", "PairTable", "Table", "UnitLimit", "UnitTable"]

_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
Row = TypeVar("Row")


@attrs.frozen
class Pair:
    """Two codes that are not paid together: column 1 is paid and column 2 is not.

    `indicator` is 0 never, 1 with a modifier where that is true, 9 no edit any more.
    """

    column1: str
    column2: str
    indicator: str
    start: date | None = None
    end: date | None = None
    rationale: str = ""

    def holds(self, day: date) -> bool:
        """Whether the pair is in force on a day."""
        since = self.start is None or self.start <= day
        return since and (self.end is None or day <= self.end) and self.indicator != "9"


@attrs.frozen
class UnitLimit:
    """How many units of a code may be billed: by line (`adjudication` 1) or by day (2 always, 3 subject to appeal)."""

    code: str
    units: int
    adjudication: str
    rationale: str = ""


@attrs.frozen
class AddOn:
    """A code that goes with a primary one: `kind` 1 only with those listed, 2 none is listed, 3 listed and others."""

    code: str
    kind: str
    primaries: frozenset[str] = frozenset()


@attrs.frozen
class Table(Generic[Row]):
    """What the three tables share: an edition, the days it covers, its rows, and what could not be read.

    `whole` is False for a table from which rows were left out, such as one without CPT: what it does
    not hold is then not thereby free of edits.
    """

    kind: ClassVar[str]  # the name of the table, or of one of its kind, in the user's folder

    edition: str
    start: date
    end: date
    rows: Mapping[Any, Row] = attrs.field(repr=False)
    whole: bool = True
    unread: tuple[str, ...] = attrs.field(default=(), repr=False)

    def get(self, code: str) -> Row | None:
        """Return the row of a code, or None."""
        return self.rows.get(code)

    def unknown(self) -> tuple[str, ...]:
        """Return the codes of the table that the user's release of HCPCS, CPT or CDT never had; none without one."""
        held = {code for key in self.rows for code in ((key,) if isinstance(key, str) else key)}
        return tuple(sorted(code for code in held if hcpcs.status(code, self.start) is Status.UNKNOWN))

    def __str__(self) -> str:
        """Show the edition, its days and its gaps."""
        gaps = f", {len(self.unread)} rows unread" if self.unread else ", trimmed" * (not self.whole)
        return f"{self.edition}, {self.start} to {self.end}, {len(self.rows):,} rows{gaps}"

    @classmethod
    def read(
        cls,
        path: Path | str | Sequence[Path | str],
        edition: str | None = None,
        start: date | None = None,
        end: date | None = None,
        *,
        partial: bool = False,
    ) -> Self:
        """Read a file, or the parts of one table, as CMS publishes it and `medcode data add` reads it.

        `edition` and the days default to those that the file's name tells. A table from which rows were left out is
        `partial`: it is not whole. Raises LoadError, with file, line and reason, for a file that is not such a
        table.
        """
        from medcode.codesets import loaders
        from medcode.codesets.ncci import Loaded
        from medcode.edits.ncci.stored import arranged

        paths = [path] if isinstance(path, (str, Path)) else path
        options = loaders.LoadOptions(set=cls.kind, start=start, end=end, edition=edition, partial=partial)
        (built,) = loaders.load(paths, options)
        return cast("Self", arranged(Loaded.of(built)))

    @classmethod
    def of(
        cls, lines: Iterable[Sequence[str]], edition: str, start: date, end: date, *, whole: bool = True
    ) -> Self:
        """Make a table from rows of text, in CMS's order of columns; rows before the first code are headings.

        Raises TableError where no row can be read. A table with some rows unread is not whole.
        """
        rows: dict[object, Row] = {}
        unread: list[str] = []
        begun = False
        for line in lines:
            fields = [field.strip() for field in line]
            begun = begun or Hcpcs.is_valid(fields[0])
            if begun and any(fields) and not cls._add(rows, fields):
                unread.append("\t".join(fields))
        if not rows:
            raise TableError(f"{cls.__name__}: none of its rows can be read")
        return cls(edition, start, end, rows, whole and not unread, tuple(unread))

    @classmethod
    def _add(cls, rows: dict[object, Row], fields: Sequence[str]) -> bool:
        raise NotImplementedError


class PairTable(Table[tuple[Pair, ...]]):
    """Procedure-to-procedure (PTP) edits: column 1, column 2, before 1996, effective, deleted, indicator, rationale."""

    kind = "ptp_practitioner"

    @classmethod
    def _add(cls, rows: dict[object, tuple[Pair, ...]], fields: Sequence[str]) -> bool:
        if len(fields) < PAIR_FIELDS or fields[5] not in INDICATORS:
            return False
        first, second = map(Hcpcs.normal, fields[:2])
        if first is None or second is None:
            return False
        pair = Pair(first, second, fields[5], day(fields[3]), day(fields[4]), "".join(fields[6:7]))
        rows[first, second] = (*rows.get((first, second), ()), pair)
        return True

    def between(self, code: str, other: str, on: date) -> Pair | None:
        """Return the pair of two codes that is in force on a day, whichever is in column 1."""
        one, two = self.rows.get((code, other)), self.rows.get((other, code))
        if one is None and two is None:
            return None
        return next((pair for pair in (*(one or ()), *(two or ())) if pair.holds(on)), None)


class UnitTable(Table[UnitLimit]):
    """Medically unlikely edits (MUE): code, units, adjudication indicator, rationale."""

    kind = "mue_practitioner"

    @classmethod
    def _add(cls, rows: dict[object, UnitLimit], fields: Sequence[str]) -> bool:
        code = Hcpcs.normal(fields[0])
        units = whole(fields[1]) if len(fields) >= UNIT_FIELDS else None
        if code is None or units is None:
            return False
        adjudication = fields[2][:1]  # CMS writes `3 Date of Service Edit: Clinical`
        if adjudication not in {"1", "2", "3"}:
            return False
        rows[code] = UnitLimit(code, units, adjudication, "".join(fields[3:4]))
        return True


class AddOnTable(Table[AddOn]):
    """Add-on codes (AOC): the add-on code, a primary code, the type."""

    kind = "add_on"

    @classmethod
    def _add(cls, rows: dict[object, AddOn], fields: Sequence[str]) -> bool:
        code = Hcpcs.normal(fields[0])
        if len(fields) < ADD_ON_FIELDS or code is None or fields[2] not in {"1", "2", "3"}:
            return False
        kind, primary = fields[2], Hcpcs.normal(fields[1])
        before = rows.get(code)
        primaries = (before.primaries if before else frozenset()) | ({primary} if primary else set())
        rows[code] = AddOn(code, kind, primaries)
        return True


PAIR_FIELDS, UNIT_FIELDS, ADD_ON_FIELDS = 6, 3, 3
INDICATORS = frozenset({"0", "1", "9"})


def day(text: str) -> date | None:
    """Return a day written as 20240701; None for `*` or blank."""
    match = _DAY.fullmatch(text)
    return date(*map(int, match.groups())) if match else None
