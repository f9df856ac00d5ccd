"""find codes that have rotted in lists: CSV, JSON, YAML, TOML, SQL, Python, text

The set is told by the name of the column or key, by --set, by a comment such as
`medcode: set=icd10cm on=2024-01-01`, or by a shape that fits ICD-10-CM alone.

Examples:
  medcode lint valuesets/
  medcode lint --on 2026-11-01 --format github codes.csv
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.options import add_day, add_format

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
    parser.add_argument("--set", metavar="NAME", help="the code set of all codes")
    add_day(parser, "the day the codes are judged on")
    add_format(parser, "text", "json", "sarif", "github")
    parser.add_argument("--strict", action="store_true", help="a warning is not ok either")


def run(args: argparse.Namespace) -> int:
    """Show what has rotted in each file."""
    from medcode.cli.linting import lint_paths

    return lint_paths(args)
