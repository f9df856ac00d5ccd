"""bring code lists to a day: what has one successor is rewritten in place

Codes that became several are listed for a decision. Nothing is written without
--write, and nothing else in a file changes.

Examples:
  medcode upgrade --to 2026-10-01 valuesets/
  medcode upgrade --to 2026-10-01 --write codes.csv
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.options import add_day

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
    parser.add_argument("--set", metavar="NAME", help="the code set of all codes")
    add_day(parser, "the day that the lists are for", "--to")
    parser.add_argument(
        "--write", action="store_true", help="rewrite the files (default: show the difference)"
    )


def run(args: argparse.Namespace) -> int:
    """Show or write what changes; 1 if a code is left for a decision."""
    from medcode.cli.linting import upgrade_paths

    return upgrade_paths(args)
