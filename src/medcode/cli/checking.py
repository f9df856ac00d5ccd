"""Check 837 files, one after the other or in parallel."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.x12 import iter_claims
from medcode.cli.checked import Checked
from medcode.cli.input import on_disk
from medcode.cli.known import baseline_path, new_only, print_gone, write_baseline
from medcode.cli.options import Unusable
from medcode.cli.progress import progress
from medcode.cli.settings import rules_for, settings_for
from medcode.cli.showing import show
from medcode.errors import X12Error
from medcode.findings import Report
from medcode.lint.baseline import Baseline
from medcode.processes import shared

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.cli.settings import Rules

__all__ = ["check_files"]

_MANY = 5  # files; the findings of more fit no screen
_LONG = 2_000_000  # bytes; less is done before a bar could be read


def check_files(args: argparse.Namespace) -> int:
    """Check each file once, show the findings and return the exit code."""
    settings = settings_for(args, args.files)
    rules = rules_for(args, settings)
    history = None if args.history is None else [*_sent(args.history)]
    known = baseline_path(args, settings.baseline)
    with ExitStack() as held:
        names = dict.fromkeys(name for file in args.files for name in _files(file))
        files = [(file, held.enter_context(on_disk(file))) for file in names]
        jobs = args.jobs if len(files) == 1 else 1
        work = partial(_check, rules, {"history": history, "jobs": jobs}, not args.full)
        bar = held.enter_context(progress("files", long=_weight(files) > _LONG))
        bar.at(0, len(files))
        many = args.format == "text" and len(files) > _MANY and not args.full
        form = "statistics" if many else args.format
        checked: Iterable[Checked] = shared(work, files, args.jobs)
        if known is None:
            return show(checked, form, bar, len(files), strict=args.strict, explain=args.explain)
        if args.write_baseline:
            checked = tuple(checked)
        baseline = write_baseline(known, checked) if args.write_baseline else Baseline.load(known)
        code = show(
            new_only(checked, baseline), form, bar, len(files), strict=args.strict, explain=args.explain
        )
        print_gone(baseline, names)
        return code


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


def _files(name: str) -> Iterator[str]:
    """Yield a file, or the X12 files below a folder in the order of their names. Raises Unusable for a folder without any."""
    if name == "-" or not Path(name).is_dir():
        yield name
        return
    found = [path for path in sorted(Path(name).rglob("*")) if path.is_file() and _is_x12(path)]
    if not found:
        raise Unusable(f"{name}: no X12 file in this folder")
    yield from map(str, found)


def _is_x12(path: Path) -> bool:
    """Whether a file begins as an interchange does; one that cannot be opened is left to be reported."""
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"ISA")
    except OSError:
        return True


def _check(
    rules: Rules,
    more: dict[str, Any],
    fold: bool,  # noqa: FBT001  # the order of a partial
    named: tuple[str, Path],
) -> Checked:
    file, path = named
    try:
        return Checked(file, rules.scrub(path, **more), fold=fold)
    except OSError as error:
        return Checked(file, Report(), error.strerror or type(error).__name__)
    except X12Error as error:
        return Checked(file, Report(), str(error))
