"""show an X12 file by its loops, or write it as a page with its findings in place

Without -o the segments are printed, each under its loop. With -o PAGE.html
the file becomes one page for a browser: loops to fold, the meaning of each
element on hover and focus, findings where they are. It needs no network. Both
show patient data.

Examples:
  medcode view claims.837
  medcode view claims.837 -o claims.html
  medcode view - -o era.html < era.835
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from medcode.cli.input import on_disk
from medcode.cli.options import Unusable, add_day, add_rules
from medcode.cli.output import add_output, write
from medcode.files import contents

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="an X12 file; - is standard input")
    add_output(parser)
    add_rules(parser)
    add_day(parser, "judge it as made on a date")


def run(args: argparse.Namespace) -> int:
    """Show the file."""
    from medcode.claims import x12
    from medcode.cli.settings import rules_for, settings_for
    from medcode.errors import X12Error
    from medcode.viewing import page

    rules = rules_for(args, settings_for(args, [args.file]))
    try:
        with on_disk(args.file) as path:
            raw = contents(path)
        if args.output == "-":
            text = x12.loads(raw).tree(data=True) + "\n"
        else:
            title = Path(args.file).name if args.file != "-" else "X12 file"
            text = page(raw, title=title, report=rules.scrub(raw))
    except X12Error as error:
        raise Unusable(f"{args.file}: {error}") from None
    write(text.encode("utf-8", "backslashreplace"), args.output)
    return 0
