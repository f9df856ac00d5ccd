"""A list brought to a day: codes with one successor are rewritten, and nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.lint.find import places
from medcode.lint.judge import replacements

if TYPE_CHECKING:
    from medcode.lint.choice import Choice
    from medcode.lint.find import Place

__all__ = ["upgrade_text"]


def upgrade_text(text: str, name: str, choice: Choice) -> tuple[str, list[tuple[Place, list[str]]]]:
    r"""Give the text with every 1:1 replacement made, and the codes that became several, for a decision.

    >>> from datetime import date
    >>> from medcode.lint import Choice
    >>> upgrade_text("icd10\nt81.4xxa\n", "list.csv", Choice(on=date(2018, 10, 1)))[0]
    'icd10\nt81.4xxa\n'
    """
    lines = text.split("\n")
    undecided = []
    for place in sorted(places(text, name, choice), key=lambda place: (-place.line, -place.column)):
        now = replacements(place)
        if len(now) == 1:
            line, at = lines[place.line - 1], place.column - 1
            lines[place.line - 1] = line[:at] + _styled(now[0], place.text) + line[at + len(place.text) :]
        elif now:
            undecided.append((place, now))
    return "\n".join(lines), undecided[::-1]


def _styled(code: str, old: str) -> str:
    """Write a code as the old one was written: with or without its dot, and in its case."""
    code = code if "." in old else code.replace(".", "")
    return code.lower() if old.islower() else code
