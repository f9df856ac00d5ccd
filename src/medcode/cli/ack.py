"""acknowledge an X12 file as its receiver would: TA1 and 999

The exit code is 1 if anything is rejected.

Examples:
  medcode ack claims.837
  medcode ack claims.837 -o claims.999
  medcode ack - < claims.837
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.input import on_disk
from medcode.cli.options import Unusable
from medcode.cli.output import add_output, write

if TYPE_CHECKING:
    import argparse


__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="an X12 file; - is standard input")
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """Write the acknowledgment."""
    from medcode.claims import x12
    from medcode.errors import X12Error

    try:
        with on_disk(args.file) as path:
            answer = x12.acknowledge(path)
    except X12Error as error:
        raise Unusable(f"{args.file}: {error}") from None
    write(x12.dumpb(answer), args.output)
    return int(not all(each.accepted for each in x12.answers(answer)))
