"""Options that several commands share."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from medcode.errors import MedcodeError
from medcode.numbers import whole
from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.codesets.base import CodeSet

__all__ = [
    "Files",
    "Unusable",
    "add_baseline",
    "add_choice",
    "add_config",
    "add_day",
    "add_jobs",
    "add_rules",
    "code_set",
    "count",
    "day",
    "hint",
    "processes",
    "seed",
    "words",
]


_MOST_JOBS = 512


class Unusable(MedcodeError):  # noqa: N818  # what the input is
    """Input that a command cannot use; the message is printed as it is."""


class Files(argparse.Action):
    """Files as arguments; a pattern such as `outbox/**/*.837` that no shell has expanded stands for the files that match."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002  # argparse passes it
        namespace: argparse.Namespace,
        values: Any,
        option_string: Any = None,  # noqa: ARG002  # as above
    ) -> None:
        """Add the files to those that are there."""
        from glob import glob, has_magic  # a pattern may be absolute, which Path.glob refuses
        from os.path import lexists

        files = [*(getattr(namespace, self.dest) or ())]
        for word in values:
            found = sorted(glob(word, recursive=True)) if has_magic(word) and not lexists(word) else []  # noqa: PTH207  # as above
            files += found or [word]  # which then is a file that does not exist
        setattr(namespace, self.dest, files)


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add what the rules for claims go by: `--select`, `--ignore`, `--profile`, `--tables` and `--config`."""
    add_choice(parser, "ids, names, families or SNIP types")
    parser.add_argument("--profile", metavar="NAME", help="the edits for a type of payer (default: default)")
    parser.add_argument(
        "--tables", nargs="+", action=Files, default=[], metavar="FILE",
        help="your own tables in TOML or CSV: coverage policies, rules of payers, lists by procedure",
    )  # fmt: skip
    add_config(parser)


def add_choice(parser: argparse.ArgumentParser, words: str) -> None:
    """Add `--select` and `--ignore`, which take words for rules."""
    for name, meaning in (("select", "only these rules"), ("ignore", "all rules but these")):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="RULES",
            help=f"{meaning}: {words}, comma-separated",
        )  # fmt: skip


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
        "--jobs", type=processes, default=1, metavar="N", help="processes to share the work (default: 1)"
    )


def count(text: str) -> int:
    """Parse a whole number, 1 or more."""
    if not (number := whole(text)):
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 999,999,999")
    return number


def seed(text: str) -> int:
    """Parse a whole number, 0 or more."""
    if (number := whole(text)) is None:
        raise argparse.ArgumentTypeError("must be a whole number from 0 to 999,999,999")
    return number


def processes(text: str) -> int:
    """Parse a number of processes: more than a machine has processors only share its memory."""
    if not 0 < (number := whole(text) or 0) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {_MOST_JOBS}")
    return number


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
