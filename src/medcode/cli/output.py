"""Where a command puts the X12 it makes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

__all__ = ["add_output", "write"]


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add `-o FILE`."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="-", help="where to write (default: -, standard output)"
    )


def write(text: bytes, output: str) -> None:
    """Write to the standard output, or to a file that is never there half written."""
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text + b"\n" * sys.stdout.isatty())
        return
    path = Path(output)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(text)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
