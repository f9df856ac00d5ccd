"""find codes by words of their titles

Examples:
  medcode search hip fracture
  medcode search --billable --within E08-E13 --limit 5 diabetes kidney
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from medcode.cli.formats import add_format
from medcode.cli.options import Unusable, add_config, add_day, code_set, count
from medcode.cli.screen import indented, say

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("words", nargs="+", metavar="WORD", help="words to look for")
    parser.add_argument("--set", default="icd10cm", metavar="NAME", help="the code set (default: icd10cm)")
    parser.add_argument("--limit", type=count, default=10, metavar="N", help="how many to show (default: 10)")
    parser.add_argument(
        "--within", default="", metavar="CODES", help="a prefix such as E11, or a range such as E08-E13"
    )
    parser.add_argument(
        "--billable", action="store_true", help="show the billable codes below a heading instead of it"
    )
    add_day(parser, "the date the codes are valid on")
    add_config(parser)
    add_format(parser, findings=False)


def run(args: argparse.Namespace) -> int:
    """Show what was found, best first; return 1 if nothing was."""
    from medcode.cli.settings import day_for

    searched = code_set(args.set)
    text = " ".join(args.words)
    on = day_for(args)
    try:
        hits = searched.search(text, limit=args.limit, on=on, within=args.within, billable=args.billable)
    except ValueError as error:  # the range cannot be read
        raise Unusable(f"--within: {error}") from None
    if args.format == "json":
        found = [{"code": hit.code.dotted, "title": hit.title, "why": hit.why} for hit in hits]
        print(json.dumps(found, indent=2))
    else:
        rows = [line for hit in hits for line in indented(f"{hit.code.dotted:<9} {hit.title}", "", " " * 10)]
        say("\n".join(rows) or "Nothing found.")
    return 0 if hits else 1
