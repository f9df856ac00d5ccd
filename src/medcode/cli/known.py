"""Known findings: a baseline, which commands read, write and compare with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from medcode.cli.options import Unusable
from medcode.cli.output import write
from medcode.cli.screen import say
from medcode.lint.baseline import Baseline

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from medcode.cli.checked import Checked

__all__ = ["baseline_path", "new_only", "print_gone", "write_baseline"]


def baseline_path(args: argparse.Namespace, configured: Path | None) -> Path | None:
    """Return the file of the baseline, if there is one. Raises Unusable where one is to be written and none is named."""
    path = Path(args.baseline) if args.baseline else configured
    if args.write_baseline and not path:
        raise Unusable("--write-baseline needs a file: give --baseline, or `baseline` in the configuration")
    return path


def write_baseline(path: Path, checked: Iterable[Checked]) -> Baseline:
    """Write what was found to a baseline; files that were not checked keep their entries."""
    known = Baseline.load(path) if path.exists() else Baseline(path)
    known = known.renewed({each.file: each.report.findings for each in checked if not each.error})
    write(str(known).encode(), str(path))
    say(f"medcode: {path}: {len(known):,} known findings", sys.stderr)
    return known


def new_only(checked: Iterable[Checked], baseline: Baseline) -> Iterator[Checked]:
    """Yield each result without the findings that are known."""
    for each in checked:
        new = tuple(baseline.new(each.file, each.report.findings))
        yield attrs.evolve(each, report=attrs.evolve(each.report, findings=new))


def print_gone(baseline: Baseline, files: Iterable[str]) -> None:
    """Print what is known but was not found in files, once all of them have been compared."""
    for gone in baseline.gone(files):
        say(f"medcode: {baseline.path}: {gone}", sys.stderr)
