"""The formats of `--format`: one table, from which every command takes its choices.

Each format is a module here, loaded when it is asked for, whose `show` turns what was found in some
files into text.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from medcode.cli.checked import Checked

__all__ = ["FORMATS", "Format", "add_format", "shown"]


class Format(NamedTuple):
    """A way to show results.

    `by_file`: each file is shown as soon as it is done, since its output does not depend on the others.
    `findings_only`: it shows findings and nothing else, such as what a code means.
    """

    module: str
    by_file: bool = False
    findings_only: bool = True


FORMATS = {
    "text": Format("as_text", by_file=True, findings_only=False),
    "json": Format("as_json", findings_only=False),
    "sarif": Format("as_sarif"),
    "github": Format("as_github", by_file=True),
    "junit": Format("as_junit"),
    "statistics": Format("as_statistics"),
}
"""Every format by its name; the first is the default."""

COLORS = ("auto", "always", "never")


def add_format(parser: argparse.ArgumentParser, *, findings: bool) -> None:
    """Add `--format`, with every format that fits the command, and `--color`."""
    names = [name for name, each in FORMATS.items() if findings or not each.findings_only]
    parser.add_argument("--format", choices=names, default=names[0], help=f"default: {names[0]}")
    parser.add_argument("--color", choices=COLORS, default=COLORS[0], help="default: auto, on a terminal")


def shown(checked: Iterable[Checked], form: str) -> str:
    """Return what was found in files, in one of the formats."""
    module = import_module(f"{__name__}.{FORMATS[form].module}")
    text: str = module.show(tuple(checked))
    return text
