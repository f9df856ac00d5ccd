"""explain a rule: what is wrong, why it matters, how to fix it, and the source

--carc and --status explain a code of a payer's answer instead, by the lists
that you have loaded and by what to do next.

Examples:
  medcode explain CLM02
  medcode explain --carc 97
  medcode explain --status A7:562:85
  medcode explain X057
  medcode explain claim-total --format json
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from medcode.cli.formats import add_format
from medcode.cli.options import Unusable
from medcode.cli.screen import indented, say
from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from medcode.claims.answer_codes import ReasonExplanation, StatusExplanation
    from medcode.claims.x12.validate.rule_explanation import RuleExplanation
    from medcode.edits import Explanation
    from medcode.lint.rules import LintRule

__all__ = ["add_arguments", "explained_rule", "in_short", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("rule", metavar="RULE", nargs="?", help="an id or a name")
    what.add_argument("--carc", metavar="CODE", help="an adjustment reason of a remittance, such as 97")
    what.add_argument("--status", metavar="CODE", help="a claim status, such as A7:562:85")
    add_format(parser, findings=False)


def run(args: argparse.Namespace) -> int:
    """Show what a rule means."""
    if args.rule is None:
        return _show(_answer_code(args), args.format)
    return _show(explained_rule(args.rule) or _named(args.rule), args.format)


def explained_rule(id_: str) -> Explanation | LintRule | RuleExplanation | None:
    """Return what a rule means by its id, or a rule of lint or structure by its name; None if there is none."""
    from medcode.edits import EDITS, explain

    return explain(id_) if id_.upper() in EDITS else _other(id_)


def in_short(rules: Iterable[str]) -> str:
    """Return why each of some rules matters, how to fix it and its source; a rule without an explanation is left out."""
    blocks = []
    for explained in filter(None, map(explained_rule, rules)):
        text = str(explained).partition("\n  Severity:")[0]
        blocks.append("\n".join(row for line in text.splitlines() for row in indented(line, "", "    ")))
    return "\n\n".join(blocks)


def _answer_code(args: argparse.Namespace) -> ReasonExplanation | StatusExplanation:
    """Explain a code of a payer's answer; Unusable for what cannot be one."""
    from medcode.claims.answer_codes import explain_reason, explain_status

    try:
        return explain_status(args.status) if args.carc is None else explain_reason(args.carc)
    except ValueError as error:
        raise Unusable(str(error)) from None


def _other(word: str) -> LintRule | RuleExplanation | None:
    """Explain a rule of lint or of structure by its id or name; return None if there is none."""
    from medcode import lint
    from medcode.claims.x12.validate.rule_explanation import explain_rule

    for each in lint.RULES.values():
        if word.lower() in {each.id.lower(), each.name}:
            return each
    with suppress(ValueError):
        return explain_rule(word)
    return None


def _named(word: str) -> Explanation:
    """Explain an edit by its name; raise Unusable, with a suggestion, for an unknown rule."""
    from medcode import lint
    from medcode.claims.x12.validate import rules
    from medcode.edits import EDITS, explain

    try:
        return explain(word)
    except ValueError:
        known = [
            *(word for edit in EDITS.values() for word in (edit.id, edit.name)),
            *(word for rule in rules.RULES.values() for word in (rule.id, rule.name)),
            *(word for rule in lint.RULES.values() for word in (rule.id, rule.name)),
        ]
        raise Unusable(f"unknown rule {word!r}{did_you_mean(word, known)}") from None


def _show(
    explained: Explanation | LintRule | ReasonExplanation | RuleExplanation | StatusExplanation, form: str
) -> int:
    if form == "json":
        print(json.dumps(explained.to_dict(), indent=2))
    else:
        for line in str(explained).splitlines():
            say("\n".join(indented(line, "", "    ")))
    return 0
