"""Where a command writes its result: standard output or a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from medcode.files import replacing

if TYPE_CHECKING:
    import argparse

__all__ = ["add_output", "write"]


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add `-o FILE`."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="-", help="the file to write (default: -, standard output)"
    )


def write(text: bytes, output: str) -> None:
    """Write to standard output, or to a file, completely or not at all."""
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text + b"\n" * sys.stdout.isatty())
        return
    with replacing(output) as file:
        file.write(text)
