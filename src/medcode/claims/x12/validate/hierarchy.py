"""The numbers of the levels: HL01, HL02 and HL03 against their order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.parse.levels import Levels
from medcode.claims.x12.validate.rules import finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.guides.nodes import LoopNode, Node
    from medcode.claims.x12.validate.log import Entry
    from medcode.findings import Finding, Location

__all__ = ["Hierarchy", "LineNumbers", "code_of"]

_OF_LOST_LEVELS = frozenset({"segment-not-due", "loop-missing"})
"""The rules between segments that a level which is lost whole may break."""

_NUMBER = re.compile(r"[1-9]\d{0,11}", re.ASCII)


class Hierarchy:
    """The numbers of HL: each one more than the last, under a parent of the level above.

    A number that skips others may show that a level was lost whole, its HL included. The claims of that level then
    follow those of the level before it, and would be read as its patient's. Where all is `in_order`, a level is below the
    last one of the level above, as it is in what payers answer.
    """

    def __init__(
        self, say: Callable[..., Entry], on_lost: Callable[[LoopNode, str], None], *, in_order: bool
    ) -> None:
        self._say = say
        self._on_lost = on_lost
        self._in_order = in_order
        self._latest: dict[str, str] = {}
        """The number of the last level of each code."""
        self._last = self._sent = 0
        self._level: LoopNode | None = None
        self._units: list[tuple[int, int, int]] = []
        self._levels: Levels[str] = Levels()
        self._lost: list[str] = []
        self._at = 0
        self._gap: tuple[int, int, list[Entry]] | None = None
        """Between which levels numbers are missing, by their positions, and what says so until something says more."""
        self._suspect: tuple[Entry, Finding] | None = None
        """What says that a level is missing, and what to say instead if the next number shows that none is."""

    def begin_unit(self, position: int, offset: int, unit: int) -> None:
        """Note a unit (a claim) of the last level: the position and the offset of its first segment, and its number."""
        self._units.append((position, offset, unit))
        del self._units[2:]

    def skip(self, levels: int) -> None:
        """Count levels whose numbers are right."""
        self._sent = self._last = self._last + levels

    def lose(self, code: str) -> None:
        """Note the start of a level (HL03 would be `code`) whose HL is lost."""
        self._lost.append(code)

    def explains(self, found: Finding) -> bool:
        """Whether a level that is lost whole, as missing numbers show, is the cause of a finding, which then is the one."""
        first, last, entries = self._gap or (0, 0, [])
        if found.name not in _OF_LOST_LEVELS or not first <= (found.location.position or 0) < last:
            return False
        for entry in entries:
            entry.finding = found
        entries.clear()
        return True

    def accept(self, elements: list[str], node: Node, position: int) -> None:
        """Check the next HL. Those lost before it had numbers if its own shows so."""
        number, parent, level = elements[1:4] if len(elements) > 3 else [*elements[1:4], "", "", ""][:3]  # noqa: PLR2004  # HL03
        lost, self._lost = self._lost, []
        if lost and number == str(self._last + 1 + len(lost)):
            for code in lost:
                self._last += 1
                self._levels.add(str(self._last), code)
        self._last += 1
        suspect, self._suspect = self._suspect, None
        above, due = node.loop.level_above, str(self._last)
        is_next = number == due and self._sent == self._last - 1  # as nearly all are
        if above and not (lost or is_next) and self._is_orphan(number, parent):
            self._on_lost(above, parent)
            self._last = int(number)
            self._levels.add(parent, code_of(above))
        elif number and number != due:  # one that is missing is found as such
            self._misnumbered(number, position)
        elif suspect:  # the numbers go on as if no level were missing: that one was wrong
            suspect[0].finding = suspect[1]
        self._at = position
        self._sent = int(number) if not is_next and _NUMBER.fullmatch(number) else self._last
        self._level = node.loop
        self._units.clear()
        code = code_of(above) if above else ""
        is_given = parent and above and code not in lost
        if is_given and self._levels.parent(parent) != code:
            message = "HL02 does not name an earlier level that this one may belong to."
            self._say("hierarchy-parent", message, "Write the HL01 of the level above.", element=2)
        elif is_given and self._in_order and parent not in self._latest.get(code, parent).split():
            message = "HL02 names a level that ended when another one of its kind began."
            self._say("hierarchy-parent", message, "Write the HL01 of the level above.", element=2)
        due = str(self._last)
        self._latest[level] = f"{due} {number}"
        if node.loop.holds_levels:
            self._levels.add(due, level)  # what names it by the number that is due is right
            if number != due and self._levels.parent(number) is None:
                self._levels.add(number, level)

    def _is_orphan(self, number: str, parent: str) -> bool:
        """Whether the number of a level leaves out others, that of the level above it among them."""
        numbers = [int(each) for each in (parent, number) if _NUMBER.fullmatch(each)]
        return len(numbers) == 2 and self._last <= numbers[0] < numbers[1] and self._sent < numbers[0]  # noqa: PLR2004  # both

    def _misnumbered(self, number: str, position: int) -> None:
        """Find a number that is not the next one, once: levels after it may go on counting from it."""
        due, sent = self._last, int(number) if _NUMBER.fullmatch(number) else 0
        if sent == self._sent + 1:
            self._last = sent
            return
        entry = self._say_number(due)
        if self._level and sent > due:
            self._gap = self._at, position, [entry]
            if len(self._units) > 1:
                self._suspect = entry, entry.finding
                entry.finding = self._missing_at(
                    self._units[1], due, sent, entry.finding.location, self._level
                )

    def _missing_at(
        self, unit: tuple[int, int, int], due: int, sent: int, at: Location, level: LoopNode
    ) -> Finding:
        """Return that levels are missing before a unit that the last level seems to hold."""
        missing = f"{due} is" if sent == due + 1 else f"{due} to {sent - 1} are"
        message = f"HL {missing} missing: this claim, or one after it under HL {self._sent}, may be another patient's."
        location = attrs.evolve(at, loop=level.loop.id, element=None, position=unit[0], offset=unit[1])
        return finding("segment-missing", message, location, "Add the level with its segments.", unit[2])

    def _say_number(self, due: int) -> Entry:
        message = f"HL01 must be {due}, the next number in the set."
        return self._say("hierarchy-number", message, f"Write {due}.", element=1)


class LineNumbers:
    """The numbers of lines: LX01 against their order. Those after a wrong one go on from it."""

    def __init__(self, say: Callable[..., Entry]) -> None:
        self._say = say
        self._last = ""

    def accept(self, elements: list[str], due: int) -> None:
        """Check the number of the next line. One that is missing, or is no number, is found as an element."""
        last, self._last = self._last, "".join(elements[1:2])
        goes_on = due > 1 and last.isdecimal() and self._last == str(int(last) + 1)
        if self._last.isdecimal() and self._last != str(due) and not goes_on:
            message = f"{elements[0]}01 must be {due}, the next number in its loop."
            self._say("line-number", message, f"Write {due}.", element=1)


@lru_cache(maxsize=256)
def code_of(level: LoopNode) -> str:
    """Return the code of a level (HL03)."""
    return min(level.opener.use.qualifiers or {""})
