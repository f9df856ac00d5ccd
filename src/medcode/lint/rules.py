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
    cure: str

    def to_dict(self) -> dict[str, str]:
        """Return plain values, ready for JSON."""
        return attrs.asdict(self) | {"severity": str(self.severity)}

    def __str__(self) -> str:
        """Return the rule as a few lines of text."""
        head = f"{self.id} {self.name}: a rule of lint. {self.meaning}"
        return f"{head}\n  Cure: {self.cure}\n  Severity: {self.severity}"


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES = {
    rule.id: rule
    for rule in (
        LintRule("LNT01", "code-ended", ERROR, "The code could be billed once, and no longer.", "Use what took over; `medcode upgrade` does so where that is one code."),
        LintRule("LNT02", "heading", WARNING, "The code is a heading that could never be billed.", "List the codes below it, or say that all are meant: E11.-"),
        LintRule("LNT03", "code-unknown", ERROR, "The code is well formed and has never been in the table.", "Correct it."),
        LintRule("LNT04", "code-malformed", ERROR, "The text cannot be a code of the set.", "Correct it, or say that the column holds no codes."),
        LintRule("LNT05", "code-not-yet", ERROR, "The code becomes valid only later.", "Judge the list on a later day, or wait."),
        LintRule("LNT06", "pattern-empty", ERROR, "The prefix or range has no code that is valid on the day.", "Correct it."),
        LintRule("LNT07", "codes-not-checked", INFO, "There is no table that could tell.", "Load one with `medcode data`."),
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
