"""What a rule of structure means, for people: the same for the command line and the documentation."""

from __future__ import annotations

from typing import Any

import attrs

from medcode.claims.x12.rule_texts import TEXTS
from medcode.claims.x12.rules import RULES

__all__ = ["RuleExplanation", "explain_rule"]


@attrs.frozen
class RuleExplanation:
    """One rule of structure: what is wrong, the cure, who says so, and the answer to expect."""

    id: str
    name: str
    what: str
    cure: str
    source: str
    severity: str
    snip: int
    ack: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values."""
        return attrs.asdict(self)

    def __str__(self) -> str:
        """Show it as plain text."""
        return (
            f"{self.id} {self.name}: {self.what}\n"
            f"  Cure: {self.cure}\n"
            f"  Source: {self.source}\n"
            f"  Severity: {self.severity}, SNIP type {self.snip}\n"
            f"  Answer to expect: {self.ack}"
        )


def explain_rule(rule: str) -> RuleExplanation:
    """Explain a rule of structure by its id or name; ValueError if there is none.

    >>> print(explain_rule("X024").what)
    SE01 is not the number of segments in the set.
    """
    for each in RULES.values():
        if rule.lower() in {each.id.lower(), each.name}:
            text = TEXTS[each.name]
            return RuleExplanation(
                each.id,
                each.name,
                text.meaning,
                text.cure,
                str(each.source),
                str(each.severity),
                each.snip,
                each.ack,
            )
    raise ValueError(f"no rule of structure is called {rule!r}")
