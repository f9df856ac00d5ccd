"""check the structure and the content of 837 files

Examples:
  medcode check claims.837
  medcode check outbox/
  medcode check --statistics 'outbox/**/*.837'
  medcode check --explain --select ICD claims.837
  medcode check --format json --select ICD,CLM *.837
  medcode check today.837 --history sent/*.837
  medcode check --ignore SNIP5 --strict - < claims.837
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.formats import add_format
from medcode.cli.options import Files, add_baseline, add_day, add_jobs, add_rules

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files", nargs="+", action=Files, metavar="FILE",
        help="an 837 file, a folder of X12 files or a pattern such as 'outbox/*.837'; - is standard input",
    )  # fmt: skip
    add_format(parser, findings=True)
    add_rules(parser)
    parser.add_argument(
        "--history", nargs="+", action=Files, metavar="FILE",
        help="837 files that were sent before; claims are compared with them and with one another",
    )  # fmt: skip
    add_day(parser, "the date the claims are sent")
    parser.add_argument(
        "--full",
        action="store_true",
        help="text: show every finding of every file; else often-found rules are folded, and over five files only counted",
    )
    add_baseline(parser)
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Check each file and show the findings."""
    from medcode.cli.checking import check_files

    return check_files(args)
