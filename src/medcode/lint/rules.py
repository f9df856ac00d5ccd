"""The rules of lint, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["RULES", "LintRule", "rules_named"]


@attrs.frozen
class LintRule:
    """What a rule finds, its severity and how to fix it."""

    id: str
    name: str
    severity: Severity
    meaning: str
    fix: str

    def to_dict(self) -> dict[str, str]:
        """Return plain values, ready for JSON."""
        return attrs.asdict(self) | {"severity": str(self.severity)}

    def __str__(self) -> str:
        """Return the rule as a few lines of text."""
        head = f"{self.id} {self.name}: a rule of lint. {self.meaning}"
        return f"{head}\n  Fix: {self.fix}\n  Severity: {self.severity}"


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES = {
    rule.id: rule
    for rule in (
        LintRule("LNT01", "code-ended", ERROR, "The code is no longer billable.", "Use its successor; `medcode upgrade` does so if there is exactly one."),
        LintRule("LNT02", "heading", WARNING, "The code is a heading and was never billable.", "List the codes below it, or write E11.- to include them all."),
        LintRule("LNT03", "code-unknown", ERROR, "The code has the right format but was never in the table.", "Correct it."),
        LintRule("LNT04", "code-malformed", ERROR, "The text does not have the format of the code set.", "Correct it, or configure that the column has no codes."),
        LintRule("LNT05", "code-not-yet", ERROR, "The code is not valid yet.", "Check the list on a later date, or wait."),
        LintRule("LNT06", "pattern-empty", ERROR, "The prefix or range matches no code that is valid on the date.", "Correct it."),
        LintRule("LNT07", "codes-not-checked", INFO, "The codes could not be checked: no table is loaded for them.", "Load a table with `medcode data`."),
    )
}  # fmt: skip
"""Every rule by its id."""


def rules_named(words: Iterable[str]) -> frozenset[str]:
    """Return the ids of rules given by id or name, or of all rules for `all`; raise ValueError for an unknown one.

    >>> sorted(rules_named(["heading", "LNT03"]))
    ['LNT02', 'LNT03']
    """
    known = {word: {rule.id} for rule in RULES.values() for word in (rule.id.lower(), rule.name)}
    known["all"] = set(RULES)
    found: set[str] = set()
    for word in words:
        if word.lower() not in known:
            raise ValueError(f"unknown rule {word!r}; choose from {', '.join(RULES)}")
        found |= known[word.lower()]
    return frozenset(found)
