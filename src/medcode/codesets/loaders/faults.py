"""Why a file was not loaded."""

from __future__ import annotations

from medcode.errors import TableError

__all__ = ["LoadError"]


class LoadError(TableError):
    """A file cannot be loaded; `file`, `line`, `column` and `reason` say where and why.

    The line is None for a fault of the whole file, the column for one of a whole line. Columns count from 1: the
    fields of a table, the characters of text in fixed columns and of XML.

    >>> raise LoadError("codes.txt", 7, "not a code", column=2)
    Traceback (most recent call last):
        ...
    medcode.codesets.loaders.faults.LoadError: codes.txt:7:2: not a code
    """

    def __init__(self, file: str, line: int | None, reason: str, column: int | None = None) -> None:
        place = ":".join(str(part) for part in (file, line, column) if part is not None)
        super().__init__(f"{place}: {reason}")
        self.file, self.line, self.reason, self.column = file, line, reason, column

    def __reduce__(self) -> tuple[type[LoadError], tuple[str, int | None, str, int | None]]:
        """Pickle by what it is made of."""
        return LoadError, (self.file, self.line, self.reason, self.column)
