"""write a visit (TOML or JSON) as an 837 unless something is wrong

The 837 goes to the standard output or the file of -o, findings to the screen.

Examples:
  medcode build visit.toml
  medcode build visit.toml -o visit.837
  medcode build - < visit.json > visit.837
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.formats import add_format
from medcode.cli.output import add_output

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "visit", metavar="VISIT", help="a visit or several, as TOML or JSON; - is the standard input"
    )
    add_output(parser)
    parser.add_argument("--force", action="store_true", help="write it all the same")
    add_format(parser, findings=True)


def run(args: argparse.Namespace) -> int:
    """Write the visit if it is ok or forced, and show what was found."""
    from medcode.cli.visit import build_visit

    return build_visit(args)
