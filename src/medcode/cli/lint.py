"""find codes that have rotted in lists: CSV, JSON, YAML, TOML, SQL, Python, text

The set of a code is told by a comment in the file, such as `medcode:
set=icd10cm on=2024-01-01`, by medcode.toml or [tool.medcode] in
pyproject.toml, by --set, by the name of the column, key or variable, or
by a shape that fits ICD-10-CM alone.

Examples:
  medcode lint valuesets/
  medcode lint --on 2026-11-01 --format github codes.csv
  medcode lint --baseline known.json --write-baseline valuesets/
  medcode lint --locked valuesets/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.formats import add_format
from medcode.cli.options import add_day, add_jobs

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "add_lists", "run"]


def add_lists(parser: argparse.ArgumentParser) -> None:
    """Add which files are gone through and what tells the set of their codes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
    parser.add_argument("--set", metavar="NAME", help="the code set where nothing nearer tells it")
    parser.add_argument(
        "--config", metavar="FILE",
        help="the configuration (default: medcode.toml, or pyproject.toml with [tool.medcode], above the paths)",
    )  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_lists(parser)
    add_day(parser, "the day the codes are judged on")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="RULES", help="rules to leave out, with commas"
    )
    parser.add_argument("--baseline", metavar="FILE", help="findings that are known and do not count")
    parser.add_argument("--write-baseline", action="store_true", help="write what is found as the baseline")
    locks = parser.add_mutually_exclusive_group()
    locks.add_argument("--lock", action="store_true", help="write which tables were asked, and the day")
    locks.add_argument("--locked", action="store_true", help="refuse if the tables are others; use that day")
    add_format(parser, findings=True)
    parser.add_argument("--strict", action="store_true", help="a warning is not ok either")
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Show what has rotted in each file."""
    from medcode.cli.linting import lint_paths

    return lint_paths(args)
