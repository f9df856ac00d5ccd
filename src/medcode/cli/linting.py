"""Check code lists, file by file; a file that cannot be used is reported and the others are checked."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from medcode.cli.checked import Checked
from medcode.cli.known import baseline_path, new_only, print_gone, write_baseline
from medcode.cli.options import Unusable, code_set, words
from medcode.cli.output import write
from medcode.cli.progress import progress
from medcode.cli.screen import say
from medcode.cli.settings import settings_for, weighed
from medcode.cli.showing import show
from medcode.codesets import clock
from medcode.findings import Report
from medcode.lint import Misread, config, lint_report
from medcode.lint.baseline import Baseline
from medcode.lint.fields import is_lint_rule
from medcode.lint.files import LARGEST, listed, read, text_of
from medcode.lint.lock import NAME, Lock
from medcode.lint.rules import RULES, rules_named
from medcode.processes import shared

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from medcode.cli.progress import Progress
    from medcode.lint.config import Config
    from medcode.lint.files import Text

__all__ = ["ListFile", "configured", "explained", "lint_paths", "list_files"]

_MANY = 500  # files; fewer are done before a bar could be read


@attrs.frozen
class ListFile:
    """A file of codes; `astray` says why it cannot be gone into, and `data` is what standard input held."""

    path: Path
    astray: str | None = None
    data: bytes | None = attrs.field(default=None, repr=False)

    def read(self, encoding: str) -> Text:
        """Return its text. Raises Misread, with the reason, if it cannot be used."""
        return read(self.path, encoding) if self.data is None else text_of(self.data, self.path, encoding)


def list_files(args: argparse.Namespace, settings: Config) -> Iterator[ListFile]:
    """Yield the files that are named, those in folders, and standard input."""
    for path, astray in listed(map(Path, args.paths), settings.wants):
        if str(path) == "-" and "-" in args.paths:
            yield ListFile(Path(args.stdin_filename), data=sys.stdin.buffer.read(LARGEST + 1))
        else:
            yield ListFile(path, astray)


def configured(args: argparse.Namespace) -> Config:
    """Merge the project's configuration with the command line, which takes precedence."""
    found = settings_for(args, args.paths)
    choice = found.choice
    return attrs.evolve(
        found,
        choice=attrs.evolve(
            choice,
            on=args.on or choice.on,
            code_set=code_set(args.set).name if args.set else choice.code_set,
        ),
    )


def lint_paths(args: argparse.Namespace) -> int:
    """Check the codes of every file and return the exit code."""
    settings = _settings(args)
    lock = Lock.load(settings.lock) if args.locked and settings.lock else None
    if lock and not args.on:
        settings = attrs.evolve(settings, choice=attrs.evolve(settings.choice, on=lock.on))
    files = tuple(list_files(args, settings))
    with progress("files", long=len(files) > _MANY) as bar:
        checked = tuple(_counted(shared(partial(_linted, settings), files, args.jobs), bar, len(files)))
        _pin(args, settings, lock, {name for each in checked for name in each.report.tables})
        path = settings.baseline
        baseline = path and (write_baseline(path, checked) if args.write_baseline else Baseline.load(path))
        if baseline:
            checked = tuple(new_only(checked, baseline))
        code = show(checked, args.format, bar, len(checked), strict=args.strict, explain=args.explain)
    if baseline:
        print_gone(baseline, (each.file for each in checked if not each.error))
    return code


def _settings(args: argparse.Namespace) -> Config:
    """Return the settings with those that only lint has: rules to ignore, a baseline, a lock file."""
    settings = configured(args)
    try:
        ignore = settings.choice.ignore | rules_named(words(args.ignore))
        if chosen := rules_named(words(args.select) or filter(is_lint_rule, settings.select)):
            ignore |= RULES.keys() - chosen
    except ValueError as error:
        raise Unusable(error) from None
    baseline = baseline_path(args, settings.baseline)
    lock = settings.lock or settings.folder / NAME
    if why := config.outside(lock, settings.folder):
        raise Unusable(f"{lock}: {why}")
    return attrs.evolve(
        settings, choice=attrs.evolve(settings.choice, ignore=ignore), baseline=baseline, lock=lock
    )


def _counted(checked: Iterable[Checked], bar: Progress, files: int) -> Iterator[Checked]:
    for number, each in enumerate(checked, 1):
        bar.at(number, files)
        yield each


def _linted(settings: Config, file: ListFile) -> Checked:
    path = file.path
    if file.astray:
        return Checked(str(path), Report(), file.astray, unit="")
    try:
        text = file.read(settings.encoding).text
        report = lint_report(text, path.name, settings.choice_for(path))
        return Checked(str(path), weighed(report, settings.severities), unit="")
    except Misread as error:
        return Checked(str(path), Report(), explained(error), unit="")


def explained(error: Misread) -> str:
    """Return why a file cannot be used, with the line."""
    return f"line {error.line}: {error}" if error.line else str(error)


def _pin(args: argparse.Namespace, settings: Config, lock: Lock | None, asked: set[str]) -> None:
    """Compare the tables in use with the lock file, or write it."""
    if lock and (differences := list(lock.differences(asked))):
        raise Unusable(
            f"{settings.lock}: {'; '.join(differences)}. Run `medcode lint --lock` to pin the current tables"
        )
    if args.lock:
        write(str(Lock.of(settings.choice.on or clock.today(), asked)).encode(), str(settings.lock))
        say(f"medcode: {settings.lock} pins {', '.join(sorted(asked)) or 'no table'}", sys.stderr)
