"""Update code lists, file by file; a file that cannot be used is reported and the others are updated."""

from __future__ import annotations

import re
import sys
from difflib import unified_diff
from typing import TYPE_CHECKING

from medcode.cli.linting import configured, explained, list_files
from medcode.cli.options import Unusable
from medcode.cli.output import write
from medcode.cli.screen import printable, say
from medcode.codesets import clock
from medcode.lint import Misread, upgrade_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from medcode.cli.linting import ListFile
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
    for file in list_files(args, settings):
        code = max(code, _named(file.path, file.astray) if file.astray else _tried(file, settings, args))
    return code


def _tried(file: ListFile, settings: Config, args: argparse.Namespace) -> int:
    try:
        return _upgraded(file, settings, args)
    except Misread as error:
        return _named(file.path, explained(error))
    except OSError as error:
        return _named(file.path, error.strerror or type(error).__name__)


def _named(path: Path, why: str) -> int:
    say(f"{path}: {why}", sys.stderr)
    return 2


def _upgraded(file: ListFile, settings: Config, args: argparse.Namespace) -> int:
    path, is_stdin = file.path, file.data is not None
    before = file.read(settings.encoding)
    done = upgrade_text(before.text, path.name, settings.choice_for(path), args.since)
    out = sys.stderr if is_stdin and args.write else sys.stdout
    if args.diff or not args.write:
        lines = _difference(str(path), before.text, done.text)
        out.writelines(map(_visible, lines) if out.isatty() else lines)  # elsewhere it is for the tool patch
    if args.write and (is_stdin or done.text != before.text):
        write(before.bytes_of(done.text), "-" if is_stdin else str(path))
    for line in _notes(str(path), done, replaced=args.write and not args.diff):
        say(line, out)
    return int(bool(done.undecided or done.ended))


def _difference(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff; a last line without a line end is marked as diff does."""
    for line in unified_diff(_LINE.findall(before), _LINE.findall(after), name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _visible(line: str) -> str:
    """Return a line of a diff with its own end, and without what could change the screen."""
    text = line.rstrip("\r\n")
    return printable(text, "\t\n") + line.removeprefix(text)


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
