"""find outdated and wrong codes in lists: CSV, JSON, YAML, TOML, SQL, Python, text

The code set comes from a comment in the file, such as `medcode: set=icd10cm
on=2024-01-01`, from medcode.toml or [tool.medcode] in pyproject.toml, from
--set, from the name of the column, key or variable, or from a format that
only ICD-10-CM has.

Examples:
  medcode lint valuesets/
  medcode lint --on 2026-11-01 --format github codes.csv
  medcode lint --baseline known.json --write-baseline valuesets/
  medcode lint --locked valuesets/
  medcode lint --stdin-filename codes.csv - < codes.csv
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.formats import add_format
from medcode.cli.options import Files, add_baseline, add_choice, add_config, add_day, add_jobs

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "add_lists", "run"]


def add_lists(parser: argparse.ArgumentParser) -> None:
    """Add the files, and the code set of their codes."""
    parser.add_argument(
        "paths",
        nargs="+",
        action=Files,
        metavar="PATH",
        help="a file, a folder or a pattern; - is standard input",
    )
    parser.add_argument(
        "--stdin-filename", metavar="NAME", default="-",
        help="the name of standard input in what is reported; its ending says the format (default: plain text)",
    )  # fmt: skip
    parser.add_argument("--set", metavar="NAME", help="the code set, unless something more specific applies")
    add_config(parser)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_lists(parser)
    add_day(parser, "the date to check the codes on")
    add_choice(parser, "ids or names")
    add_baseline(parser)
    locks = parser.add_mutually_exclusive_group()
    locks.add_argument("--lock", action="store_true", help="record the date and the tables in use")
    locks.add_argument(
        "--locked", action="store_true", help="use the recorded date; fail if a table is different"
    )
    add_format(parser, findings=True)
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Show the findings in each file."""
    from medcode.cli.linting import lint_paths

    return lint_paths(args)
