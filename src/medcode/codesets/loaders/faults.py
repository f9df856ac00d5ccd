"""Why a file was not loaded."""

from __future__ import annotations

from medcode.errors import TableError

__all__ = ["LoadError"]


class LoadError(TableError):
    """A file cannot be loaded; `file`, `line` (None for the whole) and `reason` say where and why.

    >>> raise LoadError("codes.txt", 7, "not a code")
    Traceback (most recent call last):
        ...
    medcode.codesets.loaders.faults.LoadError: codes.txt:7: not a code
    """

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {reason}")
        self.file, self.line, self.reason = file, line, reason

    def __reduce__(self) -> tuple[type[LoadError], tuple[str, int | None, str]]:
        """Pickle by what it is made of."""
        return LoadError, (self.file, self.line, self.reason)
