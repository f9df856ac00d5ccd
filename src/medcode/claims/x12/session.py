"""A transmission on its way through: segments in, claims and findings out.

A `Session` follows interchange, group and transaction set, finds the guide of each set and
walks it. What goes through it is built into claims, checked, or both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.builder import EVERY, ClaimBuilder
from medcode.claims.x12.checker import SetChecker, finding
from medcode.claims.x12.envelope_check import EnvelopeChecker
from medcode.claims.x12.lexer import runs
from medcode.claims.x12.placed import Memory, Placed
from medcode.claims.x12.registry import bound_to, walker_of
from medcode.claims.x12.walker import Step
from medcode.findings import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.model.submission import TransactionHeader
    from medcode.claims.x12.builder import Share
    from medcode.claims.x12.lexer import Delimiters, RawSegment, Run
    from medcode.claims.x12.placed import Known
    from medcode.claims.x12.walker import Walker
    from medcode.findings import Finding

__all__ = ["Session"]

_ST03 = 3
_GS08 = 8
_COMPOSITE = re.compile(r"\w{1,2}([^\w\s])[AB]\1\w", re.ASCII)
_BOUNDS = frozenset({"ISA", "GS", "ST", "GE", "IEA"})
_ENVELOPE = _BOUNDS | {"SE"}


class Session:
    """Takes in raw segments in their order; `build` makes claims of them, `check` judges them.

    A `share` builds some of the claims alone, where the others are built elsewhere.
    """

    def __init__(self, *, build: bool, check: bool, share: Share = EVERY) -> None:
        self.claims = 0
        self._share = share
        self._begun = 0
        self._build = build
        self._envelope = EnvelopeChecker() if check else None
        self._checker: SetChecker | None = None
        self._builder: ClaimBuilder | None = None
        self._walker: Walker | None = None
        self._last: Placed
        self._memory = Memory()
        self._known: Known = {}
        self._marks: Delimiters | None = None
        self._convention = ""
        self._position = self._told = self._offset = 0
        self._findings: list[Finding] = []
        self._terminated = True
        self._actual: Delimiters | None = None

    def read(self, chunks: Iterable[str]) -> Iterator[Claim]:
        """Take in a whole text, given in chunks; give each claim as it ends, where claims are built."""
        for run in runs(chunks):
            yield from self.take(run)
        self.finish()

    def take(self, run: Run) -> Iterator[Claim]:
        """Take in the next pieces of text; give each claim that ends in them, where claims are built."""
        offset, end = run.offset, len(run.end)
        for piece in run.pieces:
            placed = self._known.get(piece)
            if placed and end:
                claim = self._go(placed, offset + placed.blanks)
            else:
                claim = self.accept(run.segment(piece, offset))
            if claim:
                yield claim
            offset += len(piece) + end

    def accept(self, segment: RawSegment) -> Claim | None:
        """Take in the next segment; give the claim it ends, if it ends one and claims are built."""
        elements = segment.elements
        id_ = elements[0] if elements else ""
        if not id_.isupper() and id_.upper() != id_:
            segment = segment._replace(elements=[id_.upper(), *elements[1:]])
            id_ = id_.upper()
        if self._envelope and (self._walker is None or id_ in _ENVELOPE or not elements):
            self._envelope.accept(segment, self._position - self._told)
            self._told = self._position
        self._offset = segment.offset
        self._terminated = bool(segment.end) or not elements or segment.delimiters.segment in "\r\n"
        if not elements:
            return None
        if id_ == "CLM":
            self._contradiction(segment)
        if self._actual:
            segment = segment._replace(delimiters=self._actual)
        if id_ in _BOUNDS:
            return self._bounds(id_, segment)
        return self._content(id_, segment)

    @property
    def begun(self) -> int:
        """How many claims have begun, where they are judged."""
        return self.claims + (self._checker.claims if self._checker else 0)

    @property
    def header(self) -> TransactionHeader | None:
        """What BHT, 1000A and 1000B of the open set have said so far; None where it holds no claims."""
        return self._builder.header if self._builder else None

    def take_findings(self) -> list[Finding]:
        """Give what was found since the last call, the envelope's with the set's, in the order found."""
        judges = [judge for judge in (self._envelope, self._checker) if judge and judge.findings]
        if not (judges or self._findings):
            return []
        found, self._findings = self._findings, []
        for judge in judges:
            found += judge.findings
            judge.findings = []
        return sorted(found, key=_offset)

    def finish(self) -> None:
        """End the transmission. A claim that the end of the text has cut off is not given."""
        if self._checker:
            self._checker.finish()
        if self._envelope:
            self._envelope.finish(self._offset, terminated=self._terminated)

    def _content(self, id_: str, segment: RawSegment) -> Claim | None:
        walker = self._walker
        if walker is None:
            return None
        step = walker.step(self._last.node, segment.elements, segment.delimiters.component)
        claim = self._go(self._memory.place(step, segment, self._known), segment.offset)
        if id_ == "SE":
            self._close()
        return claim

    def _go(self, placed: Placed, offset: int) -> Claim | None:
        """Go on to a segment that is placed."""
        self._last = placed
        self._known = placed.then
        self._offset = offset
        self._position = position = self._position + 1
        if self._checker:
            self._checker.accept(placed, offset, position)
        if self._builder:
            return self._builder.accept(placed, offset, position)  # type: ignore[return-value]  # the guide's own class of claim
        return None

    def _bounds(self, id_: str, segment: RawSegment) -> Claim | None:
        """Begin or end a set; a set that its trailer does not end is ended by what comes after it."""
        claim = self._builder.finish(self._last) if self._builder else None
        self._close()
        elements = segment.elements
        if id_ == "ISA":
            self._actual = None
        elif id_ == "GS":
            self._convention = elements[_GS08] if len(elements) > _GS08 else ""
        elif id_ == "ST":
            self._start(segment)
        return claim  # type: ignore[return-value]  # as above

    def _contradiction(self, segment: RawSegment) -> None:
        """Notice composites that are cut by another separator than ISA16 names, and read on as they are cut."""
        service, marks = "".join(segment.elements[5:6]), segment.delimiters
        used = self._actual or marks
        if used.component in service or not (shown := _COMPOSITE.fullmatch(service)):
            return
        self._actual = attrs.evolve(marks, component=shown[1]) if shown[1] != marks.component else None
        self._remember_anew(self._actual or marks)
        if self._actual and self._envelope:
            message = f"ISA16 names {marks.component!r} and the composites are cut by {shown[1]!r}."
            location = Location(segment="CLM", element=5, position=self._position + 1, offset=segment.offset)
            self._findings.append(finding("component-separator", message, location, "Name it in ISA16."))

    def _close(self) -> None:
        if self._checker:
            self._checker.finish()
            self.claims += self._checker.claims
            self._findings += self._checker.findings
        if self._builder:
            self._begun = self._builder.claims
        self._checker = self._builder = self._walker = None
        self._known = {}

    def _remember_anew(self, marks: Delimiters) -> None:
        """Forget what was known where other delimiters are used."""
        self._marks = marks
        self._memory = Memory()

    def _start(self, segment: RawSegment) -> None:
        elements = segment.elements
        convention = elements[_ST03] if len(elements) > _ST03 else self._convention
        convention = convention.upper()
        walker = walker_of(convention)
        if walker is None:
            if self._envelope:
                message = (
                    f"No guide is known for this set ({convention[:12]})."
                    if convention.isalnum()
                    else "No guide."
                )
                location = Location(segment="ST", element=_ST03, offset=segment.offset)
                self._findings.append(finding("set-convention-unsupported", message, location))
            return
        self._walker = walker
        self._position = self._told = 1
        if self._marks != segment.delimiters:
            self._remember_anew(segment.delimiters)
        self._last = Placed(Step(walker.start), segment, self._memory.after(walker.start))
        self._known = self._last.then
        bound = bound_to(convention) if self._build else None
        self._builder = ClaimBuilder(bound, self._share, self._begun) if bound else None
        if self._envelope:
            self._checker = SetChecker(walker, first_claim=self.claims)
            self._checker.accept(self._last, segment.offset, 1)


def _offset(found: Finding) -> int:
    return found.location.offset or 0
