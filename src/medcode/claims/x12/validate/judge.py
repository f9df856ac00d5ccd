"""The judge of a whole transmission: its envelope and each of its sets, the findings in the order of the text."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.validate.envelope import EnvelopeChecker
from medcode.claims.x12.validate.neighbors import Neighbors
from medcode.claims.x12.validate.rules import finding
from medcode.claims.x12.validate.segments import SetChecker
from medcode.claims.x12.validate.situations import CutRules
from medcode.discreet import discreet
from medcode.findings import Location, Report

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.findings import Finding

__all__ = ["StructureJudge", "findings_of"]

_ST03 = 3


class StructureJudge:
    """Checks what a session shows it; `units` counts the claims, or what other sets are counted by, that have ended."""

    def __init__(self) -> None:
        self._units = 0
        self._envelope = EnvelopeChecker()
        self._set: SetChecker | None = None
        self._neighbors: Neighbors
        self._findings: list[Finding] = []
        self._not_checked: dict[str, Finding] = {}

    @property
    def units(self) -> int:
        """How many units have begun."""
        return self._units + (self._set.units if self._set else 0)

    def envelope(self, segment: RawSegment, inside: int) -> None:
        """Check a segment of the envelope."""
        self._envelope.accept(segment, inside)

    def report(self, rules: Container[str] | None = None) -> Report:
        """Return what was found since the last call, and what could not be judged so far, each once; by rules alone, if named."""
        left_out = self._not_checked | (self._set.log.not_checked if self._set else {})
        return Report(
            tuple(each for each in self.take_findings() if rules is None or each.rule in rules),
            tuple(each for each in left_out.values() if rules is None or each.rule in rules),
            claims=self.units,
        )

    def begin(self, walker: Walker) -> SetChecker | Neighbors:
        """Return what shows the checker of a set that begins its segments."""
        self._set = self.checker(walker)
        self._neighbors = Neighbors(walker, self._set)
        return self._neighbors

    def checker(self, walker: Walker) -> SetChecker:
        """Make the checker of a set; an acknowledgment notes more than a validation."""
        return SetChecker(walker, self._units)

    def end(self) -> None:
        """End the set that is open."""
        if self._set:
            self._finish_set(self._set, is_cut=False)
            self._units += self._set.units
            self._findings += self._set.log.take()
            self._not_checked.update(self._set.log.not_checked)
        self._set = None

    def unknown(self, convention: str, segment: RawSegment) -> None:
        """Find that no guide reads a set, unless that was found of its group."""
        if self._envelope.is_of_another_version:
            return
        named = f" for {discreet(convention)}" if convention else ""
        location = Location(segment="ST", element=_ST03, offset=segment.offset)
        message = f"No supported guide{named}: the set is not checked."
        self._findings.append(finding("set-convention-unsupported", message, location))

    def separator(self, named: str, used: str, segment: RawSegment, element: int, position: int) -> None:
        """Find that composites are cut by another separator than ISA16 names."""
        message = f"ISA16 names {named!r}, but the composites are separated by {used!r}."
        location = Location(
            segment=segment.elements[0], element=element, position=position, offset=segment.offset
        )
        self._findings.append(finding("component-separator", message, location, "Name it in ISA16."))

    def encoding(self, latin1_from: int | None) -> None:
        """Find that the text is not UTF-8, where it was read as Latin-1 for its byte at an offset."""
        if latin1_from is None:
            return
        message = "The file is not UTF-8 from here on; all of it was read as Latin-1 (ISO 8859-1)."
        fix = "Check the letters with accents, and write the file in UTF-8."
        self._findings.append(finding("not-utf-8", message, Location(offset=latin1_from), fix))

    def finish(self, offset: int, *, terminated: bool) -> None:
        """Check what is still open where the text ends."""
        if self._set:
            self._finish_set(self._set, is_cut=True)
        self._envelope.finish(offset, terminated=terminated)

    def _finish_set(self, checker: SetChecker, *, is_cut: bool) -> None:
        self._neighbors.finish()
        for rules in checker.situations if is_cut else ():
            if isinstance(rules, CutRules):
                rules.cut()
        checker.finish()

    def take_findings(self) -> list[Finding]:
        """Return what was found since the last call, the envelope's with the set's, in the order of the text."""
        logs = [each.log for each in (self._envelope, self._set) if each and each.log.findings]
        if not (logs or self._findings):
            return []
        found, self._findings = self._findings, []
        for log in logs:
            found += log.take()
        return sorted(found, key=_offset)


def findings_of(chunks: Iterable[str], latin1_from: int | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with the structure of a text, and from where on it is not UTF-8, if it is not."""
    judge = StructureJudge()
    deque(Session(judge=judge).read(chunks), maxlen=0)
    judge.encoding(latin1_from)
    return tuple(judge.take_findings())


def _offset(found: Finding) -> int:
    return found.location.offset or 0
