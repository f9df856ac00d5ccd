"""Update code lists, file by file; a file that cannot be used is reported and the others are updated."""

from __future__ import annotations

import re
import sys
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from medcode.cli.linting import configured, explained
from medcode.cli.options import Unusable
from medcode.cli.output import write
from medcode.codesets import clock
from medcode.lint import Misread, upgrade_text
from medcode.lint.files import listed, read

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from medcode.lint import Upgrade
    from medcode.lint.config import Config

__all__ = ["upgrade_paths"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LISTED = 20  # new codes that a line names


def upgrade_paths(args: argparse.Namespace) -> int:
    """Upgrade every file; return 2 if one could not be used, 1 if a code needs a decision, else 0."""
    settings = configured(args)
    if args.since and args.since >= (settings.choice.on or clock.today()):
        raise Unusable("--from must be before --to")
    code = 0
    for path, astray in listed(map(Path, args.paths), settings.wants):
        code = max(code, _named(path, astray) if astray else _tried(path, settings, args))
    return code


def _tried(path: Path, settings: Config, args: argparse.Namespace) -> int:
    try:
        return _upgraded(path, settings, args)
    except Misread as error:
        return _named(path, explained(error))
    except OSError as error:
        return _named(path, error.strerror or type(error).__name__)


def _named(path: Path, why: str) -> int:
    print(f"{path}: {why}", file=sys.stderr)
    return 2


def _upgraded(path: Path, settings: Config, args: argparse.Namespace) -> int:
    before = read(path, settings.encoding)
    done = upgrade_text(before.text, path.name, settings.choice_for(path), args.since)
    if args.diff or not args.write:
        sys.stdout.writelines(_difference(str(path), before.text, done.text))
    if args.write and done.text != before.text:
        write(before.bytes_of(done.text), str(path))
    for line in _notes(str(path), done, replaced=args.write and not args.diff):
        print(line)
    return int(bool(done.undecided or done.ended))


def _difference(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff; a last line without a line end is marked as diff does."""
    for line in unified_diff(_LINE.findall(before), _LINE.findall(after), name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _notes(name: str, done: Upgrade, *, replaced: bool) -> Iterator[str]:
    notes = [(each, f"became one of {', '.join(each.now)}") for each in done.undecided]
    notes += [(each, f"now includes {_some(each.now)}") for each in done.widened]
    notes += [(each, "has ended without a successor") for each in done.ended]
    if replaced:
        notes += [(each, f"is now {each.now[0]}") for each in done.replaced]
    for each, said in sorted(notes, key=lambda note: (note[0].line, note[0].column)):
        yield f"{name}:{each.line}:{each.column}: {each.text} {said}"


def _some(codes: tuple[str, ...]) -> str:
    more = len(codes) - _LISTED
    return ", ".join(codes[:_LISTED]) + (f" and {more:,} more" if more > 0 else "")
