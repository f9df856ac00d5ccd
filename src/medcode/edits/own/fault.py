"""What is wrong with the tables of a user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.codesets.loaders.faults import LoadError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TableFault"]


class TableFault(LoadError):  # noqa: N818  # what a table has, as the loaders of code sets call it
    """A table of the user that cannot be used; `faults` has each fault, with file, line and column, and its text a line each.

    The columns count from 1: those of a CSV file, the characters of a line of TOML.
    """

    def __init__(self, faults: Sequence[LoadError]) -> None:
        first = faults[0]
        super().__init__(first.file, first.line, first.reason, first.column)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        """Return the faults, one a line."""
        return "\n".join(map(str, self.faults))

    def __reduce__(self) -> tuple[type[TableFault], tuple[tuple[LoadError, ...]]]:  # type: ignore[override]  # made of others
        """Pickle by what it is made of."""
        return TableFault, (self.faults,)
