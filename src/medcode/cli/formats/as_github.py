"""Results as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.checked import counted, said, unchecked

if TYPE_CHECKING:
    from medcode.cli.checked import Checked
    from medcode.findings import Finding

__all__ = ["close", "show", "show_file"]

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def show(checked: tuple[Checked, ...]) -> str:
    """Return files with their findings, then what was not checked in them."""
    return "\n".join(filter(None, (show_file(checked), close(checked))))


def close(checked: tuple[Checked, ...]) -> str:
    """Return one notice of the rules that could not be applied in a run, each with how often."""
    rules: dict[str, int] = {}
    for (rule, _), group in unchecked(checked).items():
        rules[rule] = rules.get(rule, 0) + len(group)
    if not rules:
        return ""
    listed = ", ".join(f"{rule} ({counted(number, 'time')})" for rule, number in rules.items())
    return f"::notice title=medcode did not check everything::{_escaped(listed, commas=False)}"


def show_file(checked: tuple[Checked, ...]) -> str:
    """Return a line for each finding, and for each file that could not be read."""
    rows = []
    for each in checked:
        if each.error:
            rows.append(f"::error file={_escaped(each.file)}::{_escaped(each.error, commas=False)}")
        rows += [_annotation(each.file, finding) for finding in each.report.findings]
    return "\n".join(rows)


def _annotation(file: str, finding: Finding) -> str:
    at = finding.location
    place = {"file": file, "line": at.line, "col": at.column, "title": f"{finding.rule} {finding.name}"}
    given = ",".join(f"{name}={_escaped(str(value))}" for name, value in place.items() if value)
    return f"::{_COMMANDS[finding.severity]} {given}::{_escaped(said(finding), commas=False)}"


def _escaped(value: str, *, commas: bool = True) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if commas else value
