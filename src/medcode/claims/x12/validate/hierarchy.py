"""The numbers of the levels: HL01, HL02 and HL03 against their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.parse.levels import Levels

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.guides.nodes import LoopNode, Node
    from medcode.claims.x12.validate.log import Entry

__all__ = ["Hierarchy", "code_of"]


class Hierarchy:
    """The numbers of HL: each one more than the last, under a parent of the level above."""

    def __init__(self, say: Callable[..., Entry]) -> None:
        self._say = say
        self._last = 0
        self._levels: Levels[str] = Levels()
        self._lost: list[str] = []

    def lose(self, code: str) -> None:
        """Note the start of a level (HL03 would be `code`) whose HL is lost."""
        self._lost.append(code)

    def accept(self, elements: list[str], node: Node) -> None:
        """Check the next HL. Those lost before it had numbers if its own shows so."""
        number, parent, level = elements[1:4] if len(elements) > 3 else [*elements[1:4], "", "", ""][:3]  # noqa: PLR2004  # HL03
        lost, self._lost = self._lost, []
        if lost and number == str(self._last + 1 + len(lost)):
            for code in lost:
                self._last += 1
                self._levels.add(str(self._last), code)
        self._last += 1
        if number and number != str(self._last):  # one that is missing is found as such
            message = f"HL01 must be {self._last}, the next number in the set."
            self._say("hierarchy-number", message, f"Write {self._last}.", element=1)
        above = node.loop.level_above
        is_given = parent and above and code_of(above) not in lost
        if above and is_given and self._levels.parent(parent) != code_of(above):
            message = "HL02 does not name an earlier level that this one may belong to."
            self._say("hierarchy-parent", message, "Write the HL01 of the level above.", element=2)
        if node.loop.holds_levels:
            self._levels.add(str(self._last), level)  # what names it by the number that is due is right
            self._levels.add(number, level)


def code_of(level: LoopNode) -> str:
    """Return the code of a level (HL03)."""
    return min(level.opener.use.qualifiers or {""})
