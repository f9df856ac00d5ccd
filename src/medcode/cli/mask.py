"""mask an X12 file so that it can be shared

Names, addresses, numbers, dates and free text are replaced under your key;
codes and money stay. The same key masks a claim and its answers alike, so keep
it as safe as the data: whoever has it can test guesses.

Examples:
  head -c 32 /dev/urandom > key
  medcode mask claims.837 --key-file key -o masked.837
  medcode mask - --key-file key < claims.837
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from medcode.cli.input import on_disk
from medcode.cli.options import Unusable
from medcode.cli.output import add_output, write
from medcode.files import contents

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="an X12 file; - is standard input")
    parser.add_argument(
        "--key-file", metavar="KEY", required=True, help="the file that holds the key, any bytes"
    )
    add_output(parser)


def run(args: argparse.Namespace) -> int:
    """Write the masked file."""
    from medcode.errors import X12Error
    from medcode.masking import masked

    key = contents(args.key_file)
    if not key.strip():
        raise Unusable(f"{args.key_file}: the key is empty; make one of 32 random bytes")
    try:
        with on_disk(args.file) as path:
            done = masked(path, key)
    except X12Error as error:
        raise Unusable(f"{args.file}: {error}") from None
    write(done.text.encode(done.encoding, "replace"), args.output)
    if done.other_fiscal_year:
        sys.stderr.write(
            f"{done.other_fiscal_year} dates moved into an earlier fiscal year, where other codes are valid.\n"
        )
    return 0
