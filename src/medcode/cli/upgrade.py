"""bring code lists to a day: show what changes, or --write it

What has one successor is rewritten; codes that became several are listed for a
decision. With --from, so are codes that came since under a prefix, range or
heading that is listed. Nothing is written without --write, and nothing else in
a file changes.

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
        "--from", dest="since", type=day, metavar="DATE", help="the day that the lists were for"
    )
    add_day(parser, "the day that the lists are for", "--to")
    parser.add_argument("--diff", action="store_true", help="show the difference (default, unless --write)")
    parser.add_argument("--write", action="store_true", help="rewrite the files")


def run(args: argparse.Namespace) -> int:
    """Show or write what changes; 1 if a code is left for a decision."""
    from medcode.cli.upgrading import upgrade_paths

    return upgrade_paths(args)
