"""Results as text, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.checked import counted, unchecked
from medcode.cli.screen import indented, painted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.cli.checked import Checked
    from medcode.findings import Finding, Report

__all__ = ["close", "show", "show_file"]

_MOST_SHOWN = 3  # findings of one rule that are shown one by one
_MOST_NAMED = 5  # claims that are named where findings are folded


def show(checked: tuple[Checked, ...]) -> str:
    """Return files with their findings, then what was not checked in them."""
    between = "\n" if len(checked) == 1 else "\n\n"
    return between.join(filter(None, (show_file(checked), close(checked))))


def show_file(checked: tuple[Checked, ...]) -> str:
    """Return files with their findings, of code lists one a line; `close` returns what was not checked in a run."""
    return "\n\n".join("\n".join(_file(each) if each.unit else _lines(each)) for each in checked)


def close(checked: Iterable[Checked]) -> str:
    """Return what was not checked in a run: each reason once, with how often."""
    rows = (
        indented(
            f"not checked: {rule} {group[0].name} ({counted(len(group), 'time')}):"
            f" {message.removeprefix('Not checked: ')}",
            "  ", "    ",
        )
        for (rule, message), group in unchecked(each for each in checked if each.unit).items()
    )  # fmt: skip
    return "\n".join(line for row in rows for line in row)


def _lines(checked: Checked) -> Iterator[str]:
    if checked.error:
        yield f"{checked.file}: {checked.error}"
    for finding in (*checked.report.findings, *checked.report.not_checked):
        at = finding.location
        fix = f" {finding.fix.text}" if finding.fix else ""
        yield f"{checked.file}:{at.line}:{at.column}: {finding.rule} {finding.message}{fix}"


def _file(checked: Checked) -> Iterator[str]:
    yield from indented(checked.summary, "", "  ")
    yield from _findings(checked.report, fold=checked.fold)


def _findings(report: Report, *, fold: bool) -> Iterator[str]:
    """Yield the findings.

    With `fold` a rule that is found more than three times is shown at its first place, with its number.
    """
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        found.setdefault((finding.rule, finding.severity) if fold else (str(len(found)), ""), []).append(
            finding
        )
    for group in found.values():
        folded = len(group) > _MOST_SHOWN
        for finding in group[:1] if folded else group:
            yield from _finding(finding)
        if folded:
            yield from indented(
                f"x {len(group):,} in this file, {_claims(group)}; --full shows each", "    ", "    "
            )


def _claims(group: Sequence[Finding]) -> str:
    """Return how many claims a group of findings is about, and the first of them."""
    numbers = list(dict.fromkeys(each.claim + 1 for each in group if each.claim is not None))
    if not numbers:
        return "the first of them here"
    more = ", ..." if len(numbers) > _MOST_NAMED else ""
    return f"{counted(len(numbers), 'claim')}: {', '.join(map(str, numbers[:_MOST_NAMED]))}{more}"


def _finding(finding: Finding) -> Iterator[str]:
    at = finding.location
    place = f"{at.line}:{at.column}: " if at.column else f"line {at.line}: " if at.line else ""
    head = indented(f"{place}{finding.severity} {finding.rule} {finding.name}", "  ", "    ")
    yield from (line.replace(finding.severity, painted(finding.severity), 1) for line in head[:1])
    yield from head[1:]
    if where := finding.where:
        yield from indented(f"at {where}", "    ", "    ")
    yield from indented(finding.message, "    ", "    ")
    if finding.fix:
        yield from indented(f"fix: {finding.fix.text}", "    ", "      ")
