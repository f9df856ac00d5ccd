"""Code lists gone through, file by file; one that cannot be used is named, and the rest is done."""

from __future__ import annotations

import json
import sys
import tomllib
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from medcode.cli.checked import Checked
from medcode.cli.checking import exit_code
from medcode.cli.formats import shown
from medcode.cli.options import code_set
from medcode.cli.output import write
from medcode.findings import Report
from medcode.lint import Choice, lint_text, upgrade_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

__all__ = ["lint_paths", "upgrade_paths"]

_SUFFIXES = {".csv", ".tsv", ".json", ".yaml", ".yml", ".toml", ".sql", ".py", ".r", ".txt", ".lst"}
_LARGEST = 1 << 28  # bytes; a longer file is no code list


class _Unreadable(Exception):  # noqa: N818  # why a file is skipped
    """A file that cannot be used."""


def lint_paths(args: argparse.Namespace) -> int:
    """Judge the codes of every file; give the exit code."""
    choice = _choice(args)
    checked = tuple(_linted(path, choice) for path in _files(args.paths))
    if output := shown(checked, args.format):
        print(output)
    return exit_code(checked, strict=args.strict)


def upgrade_paths(args: argparse.Namespace) -> int:
    """Bring every file to the day; give the exit code."""
    choice, codes = _choice(args), set()
    for path in _files(args.paths):
        try:
            codes.add(_upgraded(path, choice, write_it=args.write))
        except _Unreadable as error:
            print(f"{path}: {error}", file=sys.stderr)
            codes.add(2)
    return max(codes, default=0)


def _choice(args: argparse.Namespace) -> Choice:
    return Choice(on=args.on, code_set=code_set(args.set).name if args.set else None)


def _files(paths: list[str]) -> Iterator[Path]:
    """Go through files, and through folders for the kinds of file that hold lists; no link is followed."""
    for path in map(Path, dict.fromkeys(paths)):
        if path.is_dir():
            yield from sorted(
                each for each in path.rglob("*") if each.suffix.lower() in _SUFFIXES and _plain(each)
            )
        else:
            yield path


def _plain(path: Path) -> bool:
    return not path.is_symlink() and path.is_file()


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise _Unreadable("it is too large for a code list")
        text = path.read_bytes().decode("utf-8")
        if path.suffix == ".json":
            json.loads(text)
        elif path.suffix == ".toml":
            tomllib.loads(text)
    except UnicodeDecodeError:
        raise _Unreadable("this is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise _Unreadable(f"this is not {path.suffix[1:].upper()}") from None
    except OSError as error:
        raise _Unreadable(error.strerror or type(error).__name__) from None
    return text


def _linted(path: Path, choice: Choice) -> Checked:
    try:
        return Checked(str(path), Report(tuple(lint_text(_read(path), path.name, choice))), unit="")
    except (_Unreadable, ValueError) as error:
        return Checked(str(path), Report(), str(error), unit="")


def _upgraded(path: Path, choice: Choice, *, write_it: bool) -> int:
    text = _read(path)
    new, undecided = upgrade_text(text, path.name, choice)
    if write_it and new != text:
        write(new.encode(), str(path))
    elif new != text:
        name = str(path)
        sys.stdout.writelines(
            unified_diff(text.splitlines(keepends=True), new.splitlines(keepends=True), name, name)
        )
    for place, now in undecided:
        print(f"{path}:{place.line}:{place.column}: {place.text} became one of {', '.join(now)}")
    return int(bool(undecided))
