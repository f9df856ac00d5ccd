"""The formats of `--format`: one table, from which every command takes its choices.

Each format is a module here, loaded when it is asked for, whose `show` turns what was found in some
files into text.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from medcode.cli.screen import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from medcode.cli.checked import Checked
    from medcode.findings import Finding

__all__ = ["FORMATS", "Format", "add_format", "shown"]


class Format(NamedTuple):
    """A way to show results.

    `by_file`: each file is shown as soon as it is done, since its output does not depend on the others, and what was not
    checked once at the end of the run.
    `findings_only`: it shows findings and nothing else, such as what a code means. `explains`: rules can be explained at its end.
    """

    module: str
    by_file: bool = False
    findings_only: bool = True
    explains: bool = False


FORMATS = {
    "text": Format("as_text", by_file=True, findings_only=False, explains=True),
    "json": Format("as_json", findings_only=False),
    "sarif": Format("as_sarif"),
    "github": Format("as_github", by_file=True),
    "junit": Format("as_junit"),
    "statistics": Format("as_statistics", explains=True),
}
"""Every format by its name; the first is the default."""

COLORS = ("auto", "always", "never")


def add_format(parser: argparse.ArgumentParser, *, findings: bool) -> None:
    """Add `--format`, with every format that fits the command, and `--color`; for findings, how they are summed up."""
    names = [name for name, each in FORMATS.items() if findings or not each.findings_only]
    parser.add_argument("--format", choices=names, default=names[0], help=f"default: {names[0]}")
    if findings:
        parser.add_argument(
            "--statistics", dest="format", action="store_const", const="statistics",
            help="the same as --format statistics: each rule once, with how often",
        )  # fmt: skip
        parser.add_argument(
            "--explain",
            action="store_true",
            help="text: end with why each rule that was found matters, how to fix it, and its source",
        )
    parser.add_argument("--color", choices=COLORS, default=COLORS[0], help="default: auto, on a terminal")


def shown(checked: Iterable[Checked], form: str, part: str = "show") -> str:
    """Return what was found in files, in one of the formats.

    A format that is shown file by file may have `show_file` for each of them, and `close` for what the run ends with.
    """
    module = import_module(f"{__name__}.{FORMATS[form].module}")
    for_people = form not in {"json", "sarif"}
    text: str = getattr(module, part)(tuple(map(_printable, checked) if for_people else checked))
    return text


def _printable(checked: Checked) -> Checked:
    """Return a result whose texts move no cursor and color nothing, whatever the file is called."""
    import attrs

    report = attrs.evolve(
        checked.report,
        findings=tuple(map(_printable_finding, checked.report.findings)),
        not_checked=tuple(map(_printable_finding, checked.report.not_checked)),
    )
    return attrs.evolve(
        checked,
        file=printable(checked.file),
        error=checked.error and printable(checked.error, "\n"),
        report=report,
    )


def _printable_finding(finding: Finding) -> Finding:
    if finding.message.isprintable() and (finding.fix is None or finding.fix.text.isprintable()):
        return finding
    import attrs

    fix = finding.fix and attrs.evolve(finding.fix, text=printable(finding.fix.text, "\n"))
    return attrs.evolve(finding, message=printable(finding.message, "\n"), fix=fix)
