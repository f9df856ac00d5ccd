"""Results as one JSON object, for programs: absent values are null, every file is named once."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from medcode.cli.screen import encodable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.cli.checked import Checked
    from medcode.findings import Finding

__all__ = ["show"]

_FIELDS = (
    "rule", "name", "severity", "snip", "outcome", "claim", "loop", "segment", "element", "position",
    "line", "column", "path", "code", "message", "source", "fix", "ack",
)  # fmt: skip


def show(checked: tuple[Checked, ...]) -> str:
    """Return the object as text."""
    tables: dict[str, str] = {}
    for each in checked:
        tables.update(each.report.tables)
    files = [_file(each) for each in checked]
    return json.dumps({"version": version("medcode"), "tables": tables, "files": files}, indent=2)


def _file(checked: Checked) -> dict[str, Any]:
    report = checked.report
    about: dict[str, Any] = {
        "file": encodable(checked.file),
        "claims": report.claims,
        "findings": [_finding(finding) for finding in report.findings],
        "not_checked": [_finding(finding) for finding in report.not_checked],
    }
    return about | {"error": encodable(checked.error)} if checked.error else about


def _finding(finding: Finding) -> Mapping[str, Any]:
    """Return a finding by the names that every finding has, with its `count` where it was found more than once."""
    values = finding.to_dict()
    more = {"count": finding.count} if finding.count > 1 else {}
    return {name: values[name] for name in _FIELDS} | more
