"""Results of many files on one screen: each rule once, with how often and where it was found first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.checked import counted, unchecked
from medcode.cli.screen import indented, painted
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.cli.checked import Checked
    from medcode.findings import Finding

__all__ = ["show"]

_SCREEN = 24  # lines
_MOST_LINES = 2  # of a message

_UNUSABLE = 2  # files that cannot be read and are named

_ORDER = {severity: number for number, severity in enumerate(Severity)}


def show(checked: tuple[Checked, ...]) -> str:
    """Return how many files and claims there are, and the rules found most."""
    return "\n".join(_lines(checked))


def _lines(checked: tuple[Checked, ...]) -> Iterator[str]:
    unusable = [each for each in checked if each.error]
    wrong = [each for each in checked if any(f.severity is Severity.ERROR for f in each.report.findings)]
    claims = sum(each.report.claims for each in checked)
    head = [counted(len(checked), "file"), f"{counted(len(wrong), 'file')} with errors"]
    head[1:1] = [counted(claims, "claim")] if claims else []
    lines = indented(", ".join(head), "", "  ")
    for each in unusable[:_UNUSABLE]:
        lines += indented(f"{each.file}: {each.error}", "  ", "    ")[:_MOST_LINES]
    if len(unusable) > _UNUSABLE:
        lines.append(f"  {counted(len(unusable) - _UNUSABLE, 'file')} more that cannot be read")
    rules = _by_rule(checked)
    ends = [*_skipped(checked), *_more(checked)]
    shown = 0
    while shown < len(rules):  # as many as the screen has room for, with the lines that end it
        more = [*_rule(*rules[shown])]
        if len(lines) + len(more) + 1 + len(ends) > _SCREEN:
            break
        lines += more
        shown += 1
    yield from lines
    if shown < len(rules):
        yield f"  and {counted(len(rules) - shown, 'more rule')}"
    yield from ends


def _skipped(checked: tuple[Checked, ...]) -> list[str]:
    """Return which rules could not be applied, for want of a table or of data."""
    rules = dict.fromkeys(rule for rule, _ in unchecked(checked))
    if not rules:
        return []
    lines = indented(f"not checked everywhere: {', '.join(rules)}", "  ", "    ")
    return [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1]} ..."] if len(lines) > _MOST_LINES else lines


def _more(checked: tuple[Checked, ...]) -> list[str]:
    """Return how to see every finding, where there are some."""
    if not any(each.report.findings for each in checked):
        return []
    return ["--full shows every finding." if checked[0].unit else "--format text shows every finding."]


def _by_rule(checked: tuple[Checked, ...]) -> list[tuple[Severity, str, list[tuple[str, Finding]]]]:
    found: dict[tuple[Severity, str], list[tuple[str, Finding]]] = {}
    for each in checked:
        for finding in each.report.findings:
            found.setdefault((finding.severity, f"{finding.rule} {finding.name}"), []).append(
                (each.file, finding)
            )
    rows = [(severity, rule, places) for (severity, rule), places in found.items()]
    return sorted(rows, key=lambda row: (_ORDER[row[0]], -len(row[2]), row[1]))


def _rule(severity: Severity, rule: str, places: list[tuple[str, Finding]]) -> Iterator[str]:
    file, first = places[0]
    files = len({name for name, _ in places})
    line = f":{first.location.line}" if first.location.line else ""
    head = indented(
        f"{severity} {rule}, {counted(len(places), 'time')} in {counted(files, 'file')}", "  ", "    "
    )
    yield from (each.replace(severity, painted(severity), 1) for each in head)
    said = indented(f"{file}{line}: {first.message}", "    ", "    ")
    yield from said[: _MOST_LINES - 1]
    if said[_MOST_LINES - 1 :]:
        last = said[_MOST_LINES - 1]
        yield f"{last.rpartition(' ')[0]} ..." if len(said) > _MOST_LINES else last
