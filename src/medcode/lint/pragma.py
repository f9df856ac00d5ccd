"""Settings in a comment of a file: `medcode: set=icd10cm on=2024-01-01 ignore=LNT02`.

On a line of its own it applies to the lines below, next to codes only to that line.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import attrs

from medcode.codesets import CODE_SETS
from medcode.errors import MedcodeError
from medcode.lint.choice import NO_CODES
from medcode.lint.rules import rules_named
from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from medcode.lint.choice import Choice

__all__ = ["PRAGMA", "Misread", "choices"]

PRAGMA = re.compile(r"""(?:\#|--|//|/\*|<!--|;|"[\w$]*"\s*:\s*")\s*medcode:((?:\s*\w+\s*=\s*[\w.,-]+)+)""")
_PAIR = re.compile(r"(\w+)\s*=\s*([\w.,-]+)")


class Misread(MedcodeError, ValueError):  # noqa: N818  # what the file is
    """A file cannot be used; the message says why, and `line` where."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def choices(lines: Sequence[str], choice: Choice) -> Iterator[Choice]:
    """Yield the choice for each line; raise Misread for a comment with an unknown set, date or rule."""
    for number, line in enumerate(lines, 1):
        found = PRAGMA.search(line) if "medcode:" in line else None
        said = _said(found[1], choice, number) if found else choice
        if found and not line[: found.start()].strip():
            choice = said
        yield said


def _said(words: str, choice: Choice, line: int) -> Choice:
    for name, value in _PAIR.findall(words):
        if name not in _TAKEN:
            raise Misread(f"medcode: {name}: unknown{did_you_mean(name, _TAKEN)}", line)
        try:
            choice = _TAKEN[name](choice, value)
        except ValueError as error:
            raise Misread(f"medcode: {name}: {error}", line) from None
    return choice


def _set(choice: Choice, name: str) -> Choice:
    if name != NO_CODES and name not in CODE_SETS:
        raise ValueError(f"unknown code set {name!r}{did_you_mean(name, CODE_SETS)}")
    return attrs.evolve(choice, code_set=name)


def _day(choice: Choice, text: str) -> Choice:
    try:
        return attrs.evolve(choice, on=date.fromisoformat(text))
    except ValueError:
        raise ValueError(f"{text!r} must be a date such as 2026-01-05") from None


def _rules(choice: Choice, names: str) -> Choice:
    return attrs.evolve(choice, ignore=choice.ignore | rules_named(names.split(",")))


_TAKEN: dict[str, Callable[[Choice, str], Choice]] = {"set": _set, "on": _day, "ignore": _rules}
