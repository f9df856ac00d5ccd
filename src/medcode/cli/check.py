"""check the structure and the content of 837 files

Examples:
  medcode check claims.837
  medcode check --format json --select ICD,CLM *.837
  medcode check --ignore SNIP5 --strict - < claims.837
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medcode.cli.checked import Checked
from medcode.cli.options import Unusable, add_day, add_format, words
from medcode.errors import X12Error
from medcode.findings import Report, Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

__all__ = ["add_arguments", "exit_code", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="an 837 file; - is the standard input")
    add_format(parser, "text", "json", "sarif", "github")
    for name, meaning in (("select", "only these"), ("ignore", "all but these")):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="RULES",
            help=f"{meaning}: ids, names, families or SNIP types, with commas",
        )  # fmt: skip
    add_day(parser, "the day the claims are sent")
    parser.add_argument("--strict", action="store_true", help="a warning is not ok either")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="files to check at the same time")


def run(args: argparse.Namespace) -> int:
    """Check each file once and show what was found."""
    from medcode import scrub
    from medcode.cli.formats import shown

    choice = {"select": words(args.select), "ignore": words(args.ignore), "on": args.on}
    try:
        scrub((), **choice)
    except ValueError as error:
        raise Unusable(error) from None
    one = partial(_check, **choice)
    checked = tuple(_each(one, list(dict.fromkeys(args.files)), args.jobs))
    print(shown(checked, args.format))
    return exit_code(checked, strict=args.strict)


def _each(one: Callable[[str], Checked], files: list[str], jobs: int) -> Iterator[Checked]:
    if jobs <= 1 or len(files) == 1:
        yield from map(one, files)
        return
    with ProcessPoolExecutor(min(jobs, len(files))) as pool:
        yield from pool.map(one, files)


def _check(file: str, **choice: Any) -> Checked:
    from medcode import scrub

    try:
        return Checked(file, scrub(sys.stdin.buffer.read() if file == "-" else Path(file), **choice))
    except OSError as error:
        return Checked(file, Report(), error.strerror or type(error).__name__)
    except X12Error as error:
        return Checked(file, Report(), str(error))


def exit_code(checked: tuple[Checked, ...], *, strict: bool) -> int:
    """Give 2 if a file could not be used, 1 if one is not ok, else 0."""
    if any(each.error for each in checked):
        return 2
    weights = {finding.severity for each in checked for finding in each.report.findings}
    return int(Severity.ERROR in weights or (strict and Severity.WARNING in weights))
