"""Reports as text for people, JSON for programs, SARIF and JUnit for tools, annotations for GitHub."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from medcode.cli.junit import junit
from medcode.cli.sarif import sarif
from medcode.cli.text import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medcode.cli.checked import Checked
    from medcode.findings import Finding

__all__ = ["shown"]

_FIELDS = (
    "rule", "name", "severity", "snip", "outcome", "claim", "loop", "segment", "element", "position",
    "line", "column", "path", "code", "message", "source", "fix", "ack",
)  # fmt: skip
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def shown(checked: Iterable[Checked], form: str) -> str:
    """Show what was found in files, in one of the forms that `--format` takes."""
    return _FORMS[form](tuple(checked))


def _json(checked: tuple[Checked, ...]) -> str:
    tables: dict[str, str] = {}
    for each in checked:
        tables.update(each.report.tables)
    files = [_file(each) for each in checked]
    return json.dumps({"version": version("medcode"), "tables": tables, "files": files}, indent=2)


def _file(checked: Checked) -> dict[str, Any]:
    report = checked.report
    about: dict[str, Any] = {
        "file": checked.file,
        "claims": report.claims,
        "findings": [_finding(finding) for finding in report.findings],
        "not_checked": [_finding(finding) for finding in report.not_checked],
    }
    return about | {"error": checked.error} if checked.error else about


def _finding(finding: Finding) -> Mapping[str, Any]:
    values = finding.to_dict()
    return {name: values[name] for name in _FIELDS}


def _github(checked: tuple[Checked, ...]) -> str:
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
    fix = f" Fix: {finding.fix.text}" if finding.fix else ""
    return f"::{_COMMANDS[finding.severity]} {given}::{_escaped(finding.message + fix, commas=False)}"


def _escaped(value: str, *, commas: bool = True) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if commas else value


_FORMS = {"text": text, "json": _json, "sarif": sarif, "github": _github, "junit": junit}
