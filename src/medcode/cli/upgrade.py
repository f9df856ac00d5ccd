"""update code lists to a date: show the changes, or --write them

A code with one successor is replaced; codes that were split are listed for you
to decide. With --from, codes that are new since that date under a listed
prefix, range or heading are listed too. Files change only with --write, and
nothing else in them changes. With --write, standard input (-) is written to
standard output, and everything else to standard error.

Examples:
  medcode upgrade --to 2026-10-01 valuesets/
  medcode upgrade --from 2025-10-01 --to 2026-10-01 --diff --write codes.csv
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.lint import add_lists
from medcode.cli.options import add_day, day

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_lists(parser)
    parser.add_argument(
        "--from", dest="since", type=day, metavar="DATE", help="the date the lists were made for"
    )
    add_day(parser, "the date to update the lists to", "--to")
    parser.add_argument("--diff", action="store_true", help="show a diff (default, unless --write)")
    parser.add_argument("--write", action="store_true", help="change the files")


def run(args: argparse.Namespace) -> int:
    """Show or write the changes; return 1 if a code needs a decision."""
    from medcode.cli.upgrading import upgrade_paths

    return upgrade_paths(args)
