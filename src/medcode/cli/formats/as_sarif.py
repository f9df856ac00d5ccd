"""Results as SARIF 2.1.0, for code hosts and editors. Source: OASIS, SARIF 2.1.0."""

from __future__ import annotations

import hashlib
import json
import os
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from medcode.cli.checked import counted, said, unchecked
from medcode.cli.screen import printable

if TYPE_CHECKING:
    from medcode.cli.checked import Checked
    from medcode.findings import Finding

__all__ = ["show"]

DOCUMENTATION = "https://medcode.readthedocs.io/en/stable/"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def show(checked: tuple[Checked, ...]) -> str:
    """Return the findings as one run; what was not checked and files that cannot be read are notifications, not alerts."""
    found = [(each.file, finding) for each in checked for finding in each.report.findings]
    skipped = unchecked(checked)
    rules = {finding.rule: finding for _, finding in found}
    rules |= {rule: group[0] for (rule, _), group in skipped.items() if rule not in rules}
    ids = list(rules)
    failed = [_notification("error", f"{each.file}: {each.error}") for each in checked if each.error]
    notes = [_skipped(group, ids.index(rule)) for (rule, _), group in skipped.items()]
    run = {
        "tool": {
            "driver": {
                "name": "medcode",
                "version": version("medcode"),
                "rules": [_rule(rules[id_]) for id_ in ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": failed + notes}],
        "results": [_result(file, finding, ids.index(finding.rule)) for file, finding in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(finding: Finding) -> dict[str, Any]:
    """Return a rule with its title, help and page as code hosts show them, the source apart."""
    from medcode.cli.explain import explained_rule

    known: Any = explained_rule(finding.rule)
    what = getattr(known, "what", None) or getattr(known, "meaning", None) or finding.name
    fix, why = getattr(known, "fix", ""), getattr(known, "why", "")
    source = getattr(known, "source", None) or (str(finding.source) if finding.source else "")
    parts = [what, why, f"Fix: {fix}" if fix else "", f"Source: {source}" if source else ""]
    rule: dict[str, Any] = {
        "id": finding.rule,
        "name": finding.name,
        "shortDescription": {"text": what},
        "fullDescription": {"text": " ".join(filter(None, (what, why)))},
        "help": {"text": "\n".join(filter(None, parts)), "markdown": "\n\n".join(filter(None, parts))},
        "properties": {"tags": ["medcode", f"snip-{finding.snip}" if finding.snip else "codes"]},
    }
    if source:
        rule["properties"]["source"] = source
    if known is not None:
        rule["helpUri"] = _page(known)
    return rule


def _page(known: Any) -> str:
    """Return the page of the documentation about a rule."""
    place = {"Explanation": f"generated/edits/{known.id}.html", "RuleExplanation": "generated/structure.html"}
    return DOCUMENTATION + place.get(type(known).__name__, "howto/code-lists.html")


def _result(file: str, finding: Finding, index: int) -> dict[str, Any]:
    result = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": said(finding)},
        "locations": [_location(file, finding)],
        "partialFingerprints": {"medcode/v1": _fingerprint(file, finding)},
    }
    return result | {"fixes": [_fix(file, finding)]} if _in_place(finding) else result


def _fingerprint(file: str, finding: Finding) -> str:
    """Return what stays the same while lines are added above: rule, file, and the place in the claim or set."""
    at = finding.location
    parts = (
        finding.rule,
        printable(file),
        finding.claim,
        at.path,
        at.loop,
        at.segment,
        at.element,
        at.component,
        finding.code,
    )
    return hashlib.sha256("|".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _in_place(finding: Finding) -> bool:
    """Whether the fix replaces the code in its place."""
    fix, at = finding.fix, finding.location
    return bool(fix and fix.safe and not fix.path and finding.code and at.line and at.column)


def _fix(file: str, finding: Finding) -> dict[str, Any]:
    """Return a fix as the text that replaces the code."""
    fix, at, code = finding.fix, finding.location, finding.code or ""
    assert fix and at.column  # noqa: PT018, S101  # it is in place
    region = {"startLine": at.line, "startColumn": at.column, "endColumn": at.column + len(code)}
    change = {"deletedRegion": region, "insertedContent": {"text": fix.new}}
    return {
        "description": {"text": fix.text},
        "artifactChanges": [{"artifactLocation": _artifact(file), "replacements": [change]}],
    }


def _artifact(file: str) -> dict[str, Any]:
    return {"uri": quote(os.fsencode(file.replace("\\", "/")))}


def _location(file: str, finding: Finding) -> dict[str, Any]:
    at = finding.location
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(file)}}
    if at.line:
        region = {"startLine": at.line, "startColumn": at.column}
        place["physicalLocation"]["region"] = {key: value for key, value in region.items() if value}
    if at.path:
        place["logicalLocations"] = [{"fullyQualifiedName": at.path, "kind": "member"}]
    return place


def _skipped(group: list[Finding], index: int) -> dict[str, Any]:
    """Return a rule that could not be applied, once a run, with its reason and how often."""
    first = group[0]
    reason = f"{first.rule} {first.name} ({counted(len(group), 'time')}): {first.message}"
    return _notification("note", reason) | {"associatedRule": {"id": first.rule, "index": index}}


def _notification(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": printable(text, "\n")}}
