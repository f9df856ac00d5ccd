"""The results of a check: findings, their places and sources, and the report.

Every part of medcode that judges something speaks in these values. A finding carries no
patient data, so it may be logged, stored and sent.
"""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

from medcode.discreet import discreet
from medcode.errors import FindingError, Rejected
from medcode.wording import field_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Finding", "Fix", "FixKind", "Location", "Outcome", "Report", "Severity", "Source"]


class Severity(StrEnum):
    """The severity of a finding: an error makes a report not ok."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """The outcome of one rule on one claim; silence is never a pass."""

    PASS = "pass"  # noqa: S105  # nosec B105  # the word of the field, not a password
    FAIL = "fail"
    BYPASSED = "bypassed"
    NOT_CHECKED = "not_checked"


@attrs.frozen
class Source:
    """The official text behind a rule.

    >>> str(Source("CMS", "Definitions of Medicare Code Edits", edition="v44.0", section="4"))
    'CMS, Definitions of Medicare Code Edits, v44.0, section 4'
    """

    publisher: str
    document: str
    edition: str | None = attrs.field(default=None, kw_only=True)
    section: str | None = attrs.field(default=None, kw_only=True)

    def __str__(self) -> str:
        """Cite it in one line."""
        section = f"section {self.section}" if self.section else None
        return ", ".join(filter(None, (self.publisher, self.document, self.edition, section)))


@attrs.frozen
class Location:
    """Where a finding is: in the model, in the guide, and in the file.

    Positions count from 1: `position` is the segment's place within its transaction set (ST is 1),
    `element` and `component` count as X12 does, `line` and `column` are of the text.
    `offset` counts characters from 0.

    >>> str(Location(path="facility_type", loop="2300", segment="CLM", element=5, component=2, position=24))
    'facility_type 2300 CLM05-2 (segment 24)'
    """

    path: str | None = None
    loop: str | None = None
    segment: str | None = None
    element: int | None = None
    component: int | None = None
    position: int | None = None
    offset: int | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return the place as people write it, such as `2300 CLM05-2 (segment 24)`; else line and column."""
        element = f"{self.element:02}" if self.element else ""
        component = f"-{self.component}" if self.component else ""
        guide = " ".join(filter(None, (self.loop, f"{self.segment or ''}{element}{component}")))
        place = f"(segment {self.position})" if self.position else "" if self.path else self._of_text
        return " ".join(filter(None, (self.path, guide, place)))

    @property
    def in_words(self) -> str:
        """The place as people say it, with lines and diagnoses counted from 1; empty where only line and column are known.

        >>> Location(path="lines[1].procedure.modifiers", loop="2400", segment="SV1", element=1, component=3).in_words
        'line 2 procedure modifiers, 2400 SV101-3'
        >>> Location(path="diagnoses[0].code").in_words, Location(path="billing_provider.npi").in_words
        ('diagnosis 1', 'billing provider NPI')
        """
        field = field_in_words(self.path) if self.path else ""
        guide = str(attrs.evolve(self, path=None, line=None, column=None))
        return ", ".join(filter(None, (field, guide)))

    @property
    def _of_text(self) -> str:
        return ":".join(str(number) for number in (self.line, self.column) if number)


class FixKind(StrEnum):
    """How far a fix may go by itself."""

    SAFE = "safe"
    CHOICE = "choice"
    ADVICE = "advice"


def _discreet(value: object) -> str:
    """Return the repr of a value; of a text that does not look like a code, its length and kind."""
    return discreet(value) if isinstance(value, str) and discreet(value) != value else repr(value)


@attrs.frozen
class Fix:
    """A change that resolves a finding: replace `old` at `path` by `new`.

    A `safe` fix has one right answer and may be applied without asking. A `choice` has several, its
    `options`, or one that only a person can confirm. An `advice` says in words what to do.

    >>> Fix("Write E11.9.", "diagnoses[0].code", new="E119", kind=FixKind.SAFE).safe
    True
    """

    text: str
    path: str | None = None
    new: Any = attrs.field(default=None, repr=_discreet)
    old: Any = attrs.field(default=None, kw_only=True, repr=_discreet)
    options: tuple[Any, ...] = attrs.field(default=(), kw_only=True)
    kind: FixKind = attrs.field(default=FixKind.ADVICE, kw_only=True)

    @property
    def safe(self) -> bool:
        """Whether the fix may be applied without asking."""
        return self.kind is FixKind.SAFE


@attrs.frozen
class Finding:
    """One thing that is wrong or could not be checked, with its place, source and fix.

    `claim` is the index of the claim in its file or batch, as Python counts; every text, page, JSON and table has the number
    that people count, from 1. `snip` is the WEDI SNIP type (1-7);
    `ack` is what a payer would answer (TA1, 999 or 277CA codes), where that is known; `count` how often
    the same was found in a row, from the place of the first on.

    >>> print(Finding("CLM02", "claim-total", "The total is 90.", location=Location(path="stated_total")))
    CLM02 stated_total: The total is 90.
    """

    rule: str
    name: str
    message: str
    severity: Severity = Severity.ERROR
    outcome: Outcome = Outcome.FAIL
    snip: int | None = None
    location: Location = Location()
    code: str | None = None
    source: Source | None = None
    fix: Fix | None = None
    ack: str | None = None
    claim: int | None = None
    count: int = 1

    @property
    def where(self) -> str:
        """Where it is as people count, from 1: the claim, then the field and the element.

        >>> Finding("CLM16", "negative-charge", "…", claim=2, location=Location(path="lines[1].charge")).where
        'claim 3, line 2 charge'
        """
        claim = f"claim {self.claim + 1}" if self.claim is not None else ""
        return ", ".join(filter(None, (claim, self.location.in_words)))

    def __str__(self) -> str:
        """Return the finding in one line."""
        place = str(self.location)
        fix = f" Fix: {self.fix.text}" if self.fix else ""
        return f"{self.rule} {place + ': ' if place else ''}{self.message}{fix}"

    def _repr_html_(self) -> str:
        """Show what is set as a small table in a notebook."""
        from medcode.markup import html_table

        values = {**self.to_dict(), "place": self.location.in_words or None, "answer to expect": self.ack}
        shown = ("message", "severity", "claim", "place", "code", "fix", "source", "answer to expect")
        rows = [(name, values[name]) for name in shown if values[name] is not None]
        return html_table(f"{self.rule} {self.name}", (), rows, named=True)

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain values; absent ones are None."""
        at = self.location
        return {
            "rule": self.rule,
            "name": self.name,
            "severity": str(self.severity),
            "snip": self.snip,
            "outcome": str(self.outcome),
            "claim": None if self.claim is None else self.claim + 1,
            "loop": at.loop,
            "segment": at.segment,
            "element": at.element,
            "component": at.component,
            "position": at.position,
            "offset": at.offset,
            "line": at.line,
            "column": at.column,
            "path": at.path,
            "code": self.code,
            "message": self.message,
            "source": str(self.source) if self.source else None,
            "fix": self.fix.text if self.fix else None,
            "ack": self.ack,
            "count": self.count,
        }


@attrs.frozen(repr=False)
class Report:
    """The outcome of a check: findings in file or claim order, and what could not be checked.

    `outcomes` counts, for each rule, how many claims passed, failed, were bypassed or not checked.
    `tables` names the release of each table that an answer rests on.

    >>> Report().ok
    True
    """

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[Finding, ...] = ()
    bypassed: tuple[Finding, ...] = ()
    outcomes: Mapping[str, Counter[Outcome]] = attrs.field(factory=dict)
    tables: Mapping[str, str] = attrs.field(factory=dict)
    claims: int = 0

    @property
    def ok(self) -> bool:
        """Whether no finding is an error; warnings and `not_checked` leave it True."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity error."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    def fixes(self) -> dict[int | None, list[Fix]]:
        """Return, by the number of the claim, the safe fixes; `medcode.edits.apply_fixes` applies them."""
        safe: dict[int | None, list[Fix]] = {}
        for finding in self.findings:
            if finding.fix and finding.fix.safe and finding.fix.path:
                safe.setdefault(finding.claim, []).append(finding.fix)
        return safe

    def __iter__(self) -> Iterator[Finding]:
        """Iterate over the findings."""
        return iter(self.findings)

    def __len__(self) -> int:
        """Return the number of findings."""
        return len(self.findings)

    def __bool__(self) -> bool:
        """Return True, even without findings; use `ok` for the result."""
        return True

    def raise_for_errors(self) -> None:
        """Raise `Rejected` with every finding of severity error; do nothing if there is none."""
        if errors := self.errors:
            raise Rejected(f"{len(errors)} errors found", [FindingError(error) for error in errors])

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "ok": self.ok,
            "claims": self.claims,
            "tables": dict(self.tables),
            "findings": [finding.to_dict() for finding in self.findings],
            "not_checked": [finding.to_dict() for finding in self.not_checked],
            "bypassed": [finding.to_dict() for finding in self.bypassed],
        }

    def to_json(self) -> str:
        """Return the report as JSON text."""
        return json.dumps(self.to_dict())

    def __str__(self) -> str:
        """Return the findings, one a line, then what was not checked."""
        lines = [f"{finding.severity}: {finding}" for finding in self.findings]
        lines += [
            f"not checked: {str(finding).replace('Not checked: ', '', 1)}" for finding in self.not_checked
        ]
        return "\n".join(lines) or "No findings."

    def __repr__(self) -> str:
        """Show how much was found, by severity; str() has the findings themselves."""
        weights = Counter(finding.severity for finding in self.findings)
        counts = [
            f"{weights[each]:,} {each}{'s' * (weights[each] != 1 and each != 'info')}"
            for each in Severity
            if weights[each]
        ]
        parts = [f"{self.claims:,} claim{'s' * (self.claims != 1)}", *(counts or ["no findings"])]
        if self.not_checked:
            parts.append(f"{len(self.not_checked):,} not checked")
        return f"<Report: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        """Show the findings in a notebook, claim by claim; claims with errors first."""
        from medcode.findings_face import as_html

        return as_html(self)

    @classmethod
    def merge(cls, reports: Iterable[Report]) -> Report:
        """Merge reports into one, in their order."""
        findings: list[Finding] = []
        not_checked: list[Finding] = []
        bypassed: list[Finding] = []
        outcomes: dict[str, Counter[Outcome]] = {}
        tables: dict[str, str] = {}
        claims = 0
        for report in reports:
            findings += report.findings
            not_checked += report.not_checked
            bypassed += report.bypassed
            tables.update(report.tables)
            claims += report.claims
            for rule, counts in report.outcomes.items():
                outcomes.setdefault(rule, Counter()).update(counts)
        return cls(tuple(findings), tuple(not_checked), tuple(bypassed), outcomes, tables, claims)
