"""Check 837 files, one after the other or in parallel."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from medcode import scrub
from medcode.claims.x12 import iter_claims
from medcode.cli.checked import Checked
from medcode.cli.input import on_disk
from medcode.cli.jobs import shared
from medcode.cli.options import Unusable, words
from medcode.cli.progress import progress
from medcode.cli.showing import show
from medcode.errors import X12Error
from medcode.findings import Report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from medcode.claims.model.claim import Claim

__all__ = ["check_files"]

_LONG = 2_000_000  # bytes; less is done before a bar could be read


def check_files(args: argparse.Namespace) -> int:
    """Check each file once, show the findings and return the exit code."""
    choice = {
        "select": words(args.select),
        "ignore": words(args.ignore),
        "on": args.on,
        "profile": args.profile,
        "history": None if args.history is None else [*_sent(args.history)],
    }
    try:
        scrub((), **choice)
    except ValueError as error:
        raise Unusable(error) from None
    with ExitStack() as held:
        files = [(file, held.enter_context(on_disk(file))) for file in dict.fromkeys(args.files)]
        work = partial(_check, choice | {"jobs": args.jobs if len(files) == 1 else 1})
        bar = held.enter_context(progress("files", long=_weight(files) > _LONG))
        bar.at(0, len(files))
        return show(shared(work, files, args.jobs), args.format, bar, len(files), strict=args.strict)


def _sent(files: list[str]) -> Iterator[Claim]:
    """Yield the claims of the history, without the text they were read from. Raises Unusable for a file without any."""
    for file in files:
        try:
            yield from (attrs.evolve(claim, origin=None) for claim in iter_claims(Path(file)))
        except OSError as error:
            raise Unusable(f"{file}: {error.strerror or type(error).__name__}") from None
        except X12Error as error:
            raise Unusable(f"{file}: {error}") from None


def _weight(files: list[tuple[str, Path]]) -> int:
    return sum(path.stat().st_size for _, path in files if path.is_file())


def _check(choice: dict[str, Any], named: tuple[str, Path]) -> Checked:
    file, path = named
    try:
        return Checked(file, scrub(path, **choice))
    except OSError as error:
        return Checked(file, Report(), error.strerror or type(error).__name__)
    except X12Error as error:
        return Checked(file, Report(), str(error))
