"""check a visit (TOML or JSON) and write it as an 837

The 837 goes to standard output or to the file of -o, findings to standard
error. Nothing is written if a finding is an error.

Examples:
  medcode build visit.toml
  medcode build visit.toml -o visit.837
  medcode build - < visit.json > visit.837
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.formats import add_format
from medcode.cli.options import add_day, add_rules
from medcode.cli.output import add_output

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "visit", metavar="VISIT", help="one or more visits, as TOML or JSON; - is standard input"
    )
    add_output(parser)
    parser.add_argument("--force", action="store_true", help="write it even if there are errors")
    add_rules(parser)
    add_day(parser, "the date the claims are sent")
    add_format(parser, findings=True)


def run(args: argparse.Namespace) -> int:
    """Check the visit, show the findings, and write the 837 if it is ok or forced."""
    from medcode.cli.visit import build_visit

    return build_visit(args)
