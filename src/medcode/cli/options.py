"""Options that several commands share."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from medcode.errors import MedcodeError
from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.codesets.base import CodeSet

__all__ = [
    "Unusable",
    "add_baseline",
    "add_config",
    "add_day",
    "add_jobs",
    "code_set",
    "count",
    "day",
    "hint",
    "words",
]


class Unusable(MedcodeError):  # noqa: N818  # what the input is
    """Input that a command cannot use; the message is printed as it is."""


def add_day(parser: argparse.ArgumentParser, meaning: str, name: str = "--on") -> None:
    """Add `--on DATE`, or the same option under another name."""
    parser.add_argument(
        name, dest="on", type=day, metavar="DATE", help=f"{meaning}, such as 2026-01-05 (default: today)"
    )


def add_baseline(parser: argparse.ArgumentParser) -> None:
    """Add `--baseline FILE` and `--write-baseline`."""
    parser.add_argument("--baseline", metavar="FILE", help="a file of known findings, which are not reported")
    parser.add_argument("--write-baseline", action="store_true", help="write the findings to the baseline")


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add `--config FILE`."""
    parser.add_argument(
        "--config", metavar="FILE",
        help="the settings (default: medcode.toml, or pyproject.toml with [tool.medcode], above the files)",
    )  # fmt: skip


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add `--jobs N`."""
    parser.add_argument(
        "--jobs", type=count, default=1, metavar="N", help="processes to share the work (default: 1)"
    )


def count(text: str) -> int:
    """Parse a whole number, 1 or more."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more")
    return int(text)


def day(text: str) -> date:
    """Parse a date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a date such as 2026-01-05") from None


def code_set(name: str) -> CodeSet[Any]:
    """Return a code set by its name; raise Unusable for an unknown name."""
    from medcode.codesets import CODE_SETS

    if name not in CODE_SETS:
        raise Unusable(f"unknown code set {name!r}{hint(name, CODE_SETS)}")
    return CODE_SETS[name]


def hint(word: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown name: the name that was meant, or all there are.

    >>> hint("icd10", ["icd10cm", "npi"]), hint("x", ["icd10cm", "npi"])
    ('; did you mean icd10cm?', '; choose from icd10cm, npi')
    """
    known = list(known)
    return did_you_mean(word, known) or f"; choose from {', '.join(known)}"


def words(texts: list[str]) -> tuple[str, ...]:
    """Split words given separately or with commas."""
    return tuple(word.strip() for text in texts for word in text.split(",") if word.strip())
