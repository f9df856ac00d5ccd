"""Files checked one after the other or side by side, and what their findings mean for the exit code."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medcode import scrub
from medcode.cli.checked import Checked
from medcode.cli.formats import shown
from medcode.cli.options import Unusable, words
from medcode.errors import X12Error
from medcode.findings import Report, Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

__all__ = ["check_files", "exit_code"]


def check_files(args: argparse.Namespace) -> int:
    """Check each file once, show what was found and give the exit code."""
    choice = {
        "select": words(args.select),
        "ignore": words(args.ignore),
        "on": args.on,
        "profile": args.profile,
    }
    try:
        scrub((), **choice)
    except ValueError as error:
        raise Unusable(error) from None
    one = partial(_check, **choice)
    checked = tuple(_each(one, list(dict.fromkeys(args.files)), args.jobs))
    print(shown(checked, args.format))
    return exit_code(checked, strict=args.strict)


def _each(one: Callable[..., Checked], files: list[str], jobs: int) -> Iterator[Checked]:
    if jobs <= 1 or len(files) == 1:
        yield from map(partial(one, jobs=jobs), files)
        return
    with ProcessPoolExecutor(min(jobs, len(files))) as pool:
        yield from pool.map(one, files)


def _check(file: str, **choice: Any) -> Checked:
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
