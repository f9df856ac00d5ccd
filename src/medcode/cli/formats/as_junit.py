"""Results as JUnit XML, which CI servers show as test results: a file is a suite, a finding a case.

A finding that does not make the command fail is a case that passes, and says what was found.

The format has no standard; this is the part of it that GitLab reads and that the schema of Jenkins' xUnit plugin, which is
the strictest, allows: a case has no attributes for its file and line, so the suite names the file and the case its line.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from medcode.cli.checked import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.cli.checked import Checked
    from medcode.findings import Finding

__all__ = ["show"]

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def show(checked: tuple[Checked, ...]) -> str:
    """Return each file as a suite; what was not checked is skipped, an unusable file is an error."""
    failures = sum(map(_failures, checked))
    errors = sum(bool(each.error) for each in checked)
    tests = sum(len(list(_cases(each))) for each in checked)
    head = _element("testsuites", name="medcode", tests=tests, failures=failures, errors=errors)
    lines = [line for each in checked for line in _suite(each)]
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', f"<{head}>", *lines, "</testsuites>"))


def _suite(checked: Checked) -> Iterator[str]:
    cases, report = list(_cases(checked)), checked.report
    counts = {"tests": len(cases), "failures": _failures(checked), "errors": int(bool(checked.error))}
    skipped = len(report.not_checked)
    head = _element("testsuite", name=checked.file, file=checked.file, **counts, skipped=skipped)
    yield f"  <{head}>"
    yield from cases
    yield "  </testsuite>"


def _cases(checked: Checked) -> Iterator[str]:
    seen: Counter[str] = Counter()
    if checked.error:
        outcome = f"<{_element('error', message=checked.error)}>{_text(checked.error)}</error>"
        yield _case(checked.file, "read", outcome)
    for finding in checked.report.findings:
        if checked.fails(finding):
            head = _element("failure", type=finding.severity, message=said(finding))
            outcome = f"<{head}>{_text(_detail(finding))}</failure>"  # GitLab shows this, Jenkins both
        else:
            outcome = f"<system-out>{_text(f'{finding.severity}: {said(finding)}')}</system-out>"
        yield _case(checked.file, _name(finding, seen), outcome)
    for finding in checked.report.not_checked:
        skipped = f"<{_element('skipped', message=said(finding))}>{_text(said(finding))}</skipped>"
        yield _case(checked.file, _name(finding, seen), skipped)
    if not (checked.error or checked.report.findings or checked.report.not_checked):
        yield _case(checked.file, "ok", None)


def _case(file: str, name: str, outcome: str | None) -> str:
    head = _element("testcase", classname=file, name=name)
    return f"    <{head}>{outcome}</testcase>" if outcome else f"    <{head}/>"


def _name(finding: Finding, seen: Counter[str]) -> str:
    """Return rule and place, and a number for each after the first: servers take cases of one name for one."""
    at = finding.location
    place = ":".join(str(each) for each in (at.line, at.column) if each)
    name = " ".join(filter(None, (finding.rule, finding.name, place)))
    seen[name] += 1
    return f"{name} ({seen[name]})" if seen[name] > 1 else name


def _detail(finding: Finding) -> str:
    """Return a finding with its place, fix and source, a line each."""
    fix = f"Fix: {finding.fix.text}" if finding.fix else ""
    source = f"Source: {finding.source}" if finding.source else ""
    return "\n".join(filter(None, (finding.message, finding.where, fix, source)))


def _failures(checked: Checked) -> int:
    return sum(map(checked.fails, checked.report.findings))


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text).translate(_ESCAPES)


def _element(tag: str, /, **attributes: object) -> str:
    """Return a start tag without its brackets."""
    given = (f'{key}="{_text(str(value))}"' for key, value in attributes.items())
    return " ".join((tag, *given))
