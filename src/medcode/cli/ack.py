"""answer an X12 file as its receiver would: TA1 and 999

The exit code is 1 where the answer rejects something.

Examples:
  medcode ack claims.837
  medcode ack claims.837 -o claims.999
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.options import Unusable
from medcode.cli.output import add_output, write

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="an X12 file")
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """Write the answer."""
    from medcode.claims import x12
    from medcode.errors import X12Error
    from medcode.findings import Report

    try:
        sent = x12.load(args.file)
        answer = x12.acknowledge(sent)
    except X12Error as error:
        raise Unusable(f"{args.file}: {error}") from None
    write(x12.dumpb(answer), args.output)
    return int(not Report(sent.findings).ok)
