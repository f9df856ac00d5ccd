"""What a rule of structure means, for people: the same for the command line and the documentation."""

from __future__ import annotations

from typing import Any

import attrs

from medcode.claims.x12.validate.rules import RULES

__all__ = ["RuleExplanation", "explain_rule"]


@attrs.frozen
class RuleExplanation:
    """One rule of structure: what is wrong, the fix, the source, and the answer to expect."""

    id: str
    name: str
    what: str
    fix: str
    source: str
    severity: str
    snip: int
    ack: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return attrs.asdict(self)

    def __str__(self) -> str:
        """Return it as plain text."""
        return (
            f"{self.id} {self.name}: {self.what}\n"
            f"  Fix: {self.fix}\n"
            f"  Source: {self.source}\n"
            f"  Severity: {self.severity}, SNIP type {self.snip}\n"
            f"  Answer to expect: {self.ack}"
        )


def explain_rule(rule: str) -> RuleExplanation:
    """Return what a rule of structure means, by its id or name. Raises ValueError for an unknown one.

    >>> print(explain_rule("X024").what)
    SE01 is not the number of segments in the set.
    """
    for each in RULES.values():
        if rule.lower() in {each.id.lower(), each.name}:
            return RuleExplanation(
                each.id,
                each.name,
                each.meaning,
                each.fix,
                str(each.source),
                str(each.severity),
                each.snip,
                each.ack,
            )
    raise ValueError(f"no rule of structure is called {rule!r}")
