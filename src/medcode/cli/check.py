"""check the structure and the content of 837 files

Examples:
  medcode check claims.837
  medcode check outbox/
  medcode check --format json --select ICD,CLM *.837
  medcode check today.837 --history sent/*.837
  medcode check --ignore SNIP5 --strict - < claims.837
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.formats import add_format
from medcode.cli.options import add_baseline, add_config, add_day, add_jobs

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="an 837 file, or a folder of X12 files; - is standard input"
    )
    add_format(parser, findings=True)
    for name, meaning in (("select", "only these rules"), ("ignore", "all rules but these")):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="RULES",
            help=f"{meaning}: ids, names, families or SNIP types, comma-separated",
        )  # fmt: skip
    parser.add_argument("--profile", metavar="NAME", help="the edits for a type of payer (default: default)")
    parser.add_argument(
        "--history", nargs="+", action="extend", metavar="FILE",
        help="837 files that were sent before; claims are compared with them and with one another",
    )  # fmt: skip
    parser.add_argument(
        "--tables", nargs="+", action="extend", default=[], metavar="FILE",
        help="your own tables in TOML or CSV: coverage policies, rules of payers, lists by procedure",
    )  # fmt: skip
    add_day(parser, "the date the claims are sent")
    parser.add_argument(
        "--full",
        action="store_true",
        help="text: show every finding of every file; else often-found rules are folded, and over five files only counted",
    )
    add_baseline(parser)
    add_config(parser)
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Check each file and show the findings."""
    from medcode.cli.checking import check_files

    return check_files(args)
