"""The numbers of the levels: HL01, HL02 and HL03 against their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.parse.levels import Levels
from medcode.claims.x12.validate.rules import finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.guides.nodes import LoopNode, Node
    from medcode.claims.x12.validate.log import Entry
    from medcode.findings import Finding

__all__ = ["Hierarchy", "code_of"]

_NUMBER = re.compile(r"[1-9]\d{0,11}", re.ASCII)


class Hierarchy:
    """The numbers of HL: each one more than the last, under a parent of the level above.

    A number that skips others may show that a level was lost whole, its HL included. The claims of that level then
    follow those of the level before it, and would be read as its patient's.
    """

    def __init__(self, say: Callable[..., Entry]) -> None:
        self._say = say
        self._last = self._sent = 0
        self._level: LoopNode | None = None
        self._units: list[tuple[int, int, int]] = []
        self._levels: Levels[str] = Levels()
        self._lost: list[str] = []
        self._suspect: tuple[Entry, Finding] | None = None
        """What says that a level is missing, and what to say instead if the next number shows that none is."""

    def begin_unit(self, position: int, offset: int, unit: int) -> None:
        """Note a unit (a claim) of the last level: the position and the offset of its first segment, and its number."""
        self._units.append((position, offset, unit))
        del self._units[2:]

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
        suspect, self._suspect = self._suspect, None
        if number and number != str(self._last):  # one that is missing is found as such
            self._misnumbered(number)
        elif suspect:  # the numbers go on as if no level were missing: that one was wrong
            suspect[0].finding = suspect[1]
        self._sent = int(number) if _NUMBER.fullmatch(number) else self._last
        self._level = node.loop
        self._units.clear()
        above = node.loop.level_above
        is_given = parent and above and code_of(above) not in lost
        if above and is_given and self._levels.parent(parent) != code_of(above):
            message = "HL02 does not name an earlier level that this one may belong to."
            self._say("hierarchy-parent", message, "Write the HL01 of the level above.", element=2)
        if node.loop.holds_levels:
            self._levels.add(str(self._last), level)  # what names it by the number that is due is right
            self._levels.add(number, level)

    def _misnumbered(self, number: str) -> None:
        """Find a number that is not the next one, once: levels after it may go on counting from it."""
        due, sent = self._last, int(number) if _NUMBER.fullmatch(number) else 0
        if sent == self._sent + 1:
            self._last = sent
        elif self._level and sent > due and len(self._units) > 1:
            position, offset, unit = self._units[1]
            missing = f"{due} is" if sent == due + 1 else f"{due} to {sent - 1} are"
            message = f"HL {missing} missing: this claim, or one after it under HL {self._sent}, may be another patient's."
            entry = self._say_number(due)
            self._suspect = entry, entry.finding
            at, loop = entry.finding.location, self._level.loop.id
            location = attrs.evolve(at, loop=loop, element=None, position=position, offset=offset)
            fix = "Add the level with its segments."
            entry.finding = finding("segment-missing", message, location, fix, unit)
        else:
            self._say_number(due)

    def _say_number(self, due: int) -> Entry:
        message = f"HL01 must be {due}, the next number in the set."
        return self._say("hierarchy-number", message, f"Write {due}.", element=1)


def code_of(level: LoopNode) -> str:
    """Return the code of a level (HL03)."""
    return min(level.opener.use.qualifiers or {""})
