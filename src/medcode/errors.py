"""The errors and warnings that medcode raises, with one base class.

Findings are values; an exception means that a call could not do what it was asked.
A message never holds patient data: it names the place and the kind of fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from medcode.findings import Finding

__all__ = [
    "CoverageError",
    "CoverageWarning",
    "FindingError",
    "InvalidCheckDigit",
    "InvalidCode",
    "InvalidFormat",
    "MedcodeError",
    "Rejected",
    "TableError",
    "UnknownCode",
    "VisitError",
    "X12Error",
]


class MedcodeError(Exception):
    """Base class of the errors that medcode raises."""


class InvalidCode(MedcodeError, ValueError):
    """A text is not a usable code of its set."""


class InvalidFormat(InvalidCode):
    """A text does not have the format of its code set."""


class InvalidCheckDigit(InvalidCode):
    """A number has the right format, but its check digit is wrong."""


class UnknownCode(InvalidCode, KeyError):
    """A well-formed code that was never in its table."""

    def __str__(self) -> str:
        """Return the message itself; KeyError would return its repr."""
        return str(self.args[0])


class CoverageError(MedcodeError, LookupError):
    """A day that the table of a code set does not cover, where an answer would be empty or wrong."""


class TableError(MedcodeError):
    """A table is damaged, has another format, or does not match its hash."""


class X12Error(MedcodeError, ValueError):
    """A text is not X12 at all, or a claim cannot be written as X12."""


class VisitError(MedcodeError, ValueError):
    """Plain data (TOML, JSON, a dict) does not describe a claim; `args` has a problem for each field."""

    def __str__(self) -> str:
        """Return the problems, one a line."""
        return "\n".join(map(str, self.args))


class FindingError(MedcodeError):
    """One finding, raised: a member of `Rejected`."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


class Rejected(MedcodeError, ExceptionGroup[FindingError]):
    """What was checked is not ok; the group holds one `FindingError` for each error found.

    >>> from medcode.findings import Finding, Report
    >>> try:
    ...     Report(findings=(Finding("X1", "demo", "It is wrong."),)).raise_for_errors()
    ... except* FindingError as group:
    ...     print([error.finding.rule for error in group.exceptions])
    ['X1']
    """

    def __new__(cls, message: str, errors: Sequence[FindingError]) -> Self:
        """Make the group; an ExceptionGroup takes its parts when it is made."""
        return super().__new__(cls, message, errors)

    @property
    def errors(self) -> tuple[FindingError, ...]:
        """The errors, one by one."""
        return tuple(error for error in self.exceptions if isinstance(error, FindingError))

    def derive(self, errors: Sequence[FindingError], /) -> Rejected:  # type: ignore[override]  # a narrower group
        """Keep the type when `except*` splits the group."""
        return Rejected(self.message, errors)


class CoverageWarning(UserWarning):
    """A table's coverage has ended or ends soon; after its end, answers are for its last day."""
