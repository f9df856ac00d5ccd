"""The result of a check of one file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.findings import Finding, Report

__all__ = ["Checked", "counted", "said", "unchecked"]


@attrs.frozen
class Checked:
    """A file with its report, or why there is none; `unit` is what the report counts, empty for code lists.

    `strict` says that warnings fail the file; `fold` lets text show a rule that is found often in one file once, with its number.
    """

    file: str
    report: Report
    error: str | None = None
    unit: str = "claim"
    fold: bool = False
    strict: bool = False

    def fails(self, finding: Finding) -> bool:
        """Whether a finding makes the command fail."""
        return finding.severity is Severity.ERROR or (self.strict and finding.severity is Severity.WARNING)

    @property
    def summary(self) -> str:
        """The result in one line, such as `claims.837: 2 claims, 1 error`."""
        if self.error:
            return f"{self.file}: {self.error}"
        weights = Counter(finding.severity for finding in self.report.findings)
        parts = [counted(weights[each], str(each)) for each in Severity if weights[each]] or ["no findings"]
        if skipped := len(self.report.not_checked):
            parts.append(f"{skipped:,} not checked")
        return ", ".join((f"{self.file}: {counted(self.report.claims, self.unit)}", *parts))


def counted(number: int, name: str) -> str:
    """Return a number with its unit.

    >>> counted(1, "claim"), counted(1_200, "claim")
    ('1 claim', '1,200 claims')
    """
    return f"{number:,} {name}" + ("s" if number != 1 and name != "info" else "")


def said(finding: Finding) -> str:
    """Return a finding for a list of many files: where it is, its message and its fix.

    >>> from medcode.findings import Finding, Location
    >>> said(Finding("CLM16", "negative-charge", "The charge is -5.00.", claim=2, location=Location(path="lines[1].charge")))
    'Claim 3, line 2 charge: The charge is -5.00.'
    """
    where = f"{finding.where[:1].upper()}{finding.where[1:]}: " if finding.where else ""
    return f"{where}{finding.message}" + (f" Fix: {finding.fix.text}" if finding.fix else "")


def unchecked(checked: Iterable[Checked]) -> dict[tuple[str, str], list[Finding]]:
    """Return what was not checked in a run, by rule and reason."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for each in checked:
        for finding in each.report.not_checked:
            found.setdefault((finding.rule, finding.message), []).append(finding)
    return found
