"""explain a rule: what is wrong, why it matters, what would mend it, who says so

Examples:
  medcode explain CLM02
  medcode explain claim-total --format json
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from medcode.cli.options import Unusable, add_format
from medcode.cli.screen import indented

if TYPE_CHECKING:
    import argparse

    from medcode.claims.x12.rules import Rule

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("rule", metavar="RULE", help="an id or a name")
    add_format(parser, "text", "json")


def run(args: argparse.Namespace) -> int:
    """Show what a rule means."""
    from medcode.edits import EDITS, explain

    if args.rule.upper() not in EDITS and (other := _other(args.rule.lower())):
        return _show(*other, args.format)
    try:
        explanation = explain(args.rule)
    except ValueError as error:
        raise Unusable(error) from None
    return _show(explanation.to_dict(), str(explanation), args.format)


def _other(word: str) -> tuple[dict[str, Any], str] | None:
    """Explain a rule of code lists or of structure, by its id or name; None if there is none."""
    from medcode import lint
    from medcode.claims.x12 import rules

    for each in lint.RULES.values():
        if word in {each.id.lower(), each.name}:
            return each.to_dict(), str(each)
    for rule in rules.RULES.values():
        if word in {rule.id.lower(), rule.name}:
            return _of_structure(rule), _structure_text(rule)
    return None


def _show(values: dict[str, Any], text: str, form: str) -> int:
    if form == "json":
        print(json.dumps(values, indent=2))
    else:
        for line in text.splitlines():
            print("\n".join(indented(line, "", "    ")))
    return 0


def _of_structure(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": str(rule.severity),
        "snip": rule.snip,
        "source": str(rule.source),
        "ack": rule.ack,
    }


def _structure_text(rule: Rule) -> str:
    return (
        f"{rule.id} {rule.name}: a rule of structure.\n"
        f"  Source: {rule.source}\n"
        f"  Severity: {rule.severity}, SNIP type {rule.snip}\n"
        f"  Answer to expect: {rule.ack}"
    )
