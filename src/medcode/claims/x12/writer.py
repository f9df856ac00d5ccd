"""From claims to X12: the guide gives the order, the writer does the counting.

Claims are grouped by billing provider and subscriber; HL, LX, segment counts and control
numbers are the writer's own; a transaction set holds at most 5,000 claims.
"""

from __future__ import annotations

from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.claims.x12.binding import reach
from medcode.claims.x12.frames import Bound, Kind
from medcode.claims.x12.walker import LoopNode, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.envelope import Envelope

__all__ = ["CLAIMS_IN_A_SET", "Written", "write_transactions"]

CLAIMS_IN_A_SET = 5_000

Written: TypeAlias = "tuple[Node | None, list[str]]"
"""A segment as elements, with its place in the guide; the envelope's have none."""


def write_transactions(
    claims: Iterable[Claim], envelope: Envelope, bound_to: Callable[[str], Bound]
) -> Iterator[Written]:
    """Write claims as interchange: ISA to IEA, a group for each guide in a row of claims."""
    yield None, envelope.isa()
    groups = 0
    for guide, run in groupby(claims, attrgetter("guide")):
        number = (envelope.group_control_number or envelope.control_number) + groups
        bound = bound_to(guide)
        convention = envelope.convention or guide
        yield None, envelope.gs(bound.walker.guide.group, convention, number)
        sets = 0
        while batch := list(islice(run, CLAIMS_IN_A_SET)):
            control = str(int(envelope.transaction_control_number) + sets).zfill(
                len(envelope.transaction_control_number)
            )
            yield from _Set(bound).write(batch, envelope, control, convention)
            sets += 1
        yield None, ["GE", str(sets), str(number)]
        groups += 1
    yield None, ["IEA", str(groups), envelope.isa()[13]]


class _Set:
    """One transaction set as it is written."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        self._levels = 0
        loops = [loop for loop, frame in bound.frames.items() if frame.kind is Kind.LEVEL]
        self._provider, self._subscriber, self._dependent = loops

    def write(self, claims: list[Claim], envelope: Envelope, control: str, convention: str) -> Iterator[Written]:
        """Give the segments ST to SE."""
        root = self._bound.walker.root
        count = 0
        for node, elements in self._content(claims, envelope, root):
            count += 1
            if elements[0] == "ST":
                elements[1:] = [self._bound.walker.guide.transaction, control, convention]
            elif elements[0] == "SE":
                elements[1:] = [str(count), control]
            yield node, elements

    def _content(self, claims: list[Claim], envelope: Envelope, root: LoopNode) -> Iterator[Written]:
        header = envelope.header(claims[0])
        for child in (child for group in root.children for child in group):
            if isinstance(child, Node):
                yield from self._segments(child, header, 0)
            elif child is self._provider:
                for provider in _grouped(claims, attrgetter("billing_provider")):
                    yield from self._provider_level(provider)
            else:
                yield from self._loop(child, header, 0)

    def _provider_level(self, claims: list[Claim]) -> Iterator[Written]:
        parent = self._levels + 1
        yield from self._level(self._provider, claims[0], "", "1")
        for subscriber in _grouped(claims, attrgetter("subscriber", "payer")):
            yield from self._subscriber_level(subscriber, parent)

    def _subscriber_level(self, claims: list[Claim], parent: int) -> Iterator[Written]:
        number = self._levels + 1
        dependents = any(claim.dependent for claim in claims)
        for node, elements in self._level(self._subscriber, claims[0], str(parent), "1" if dependents else "0"):
            if elements[0] == "SBR":
                elements[2:3] = ["" if all(claim.dependent for claim in claims) else "18"]
            yield node, elements
        for claim in claims:
            if not claim.dependent:
                yield from self._claim(self._subscriber, claim)
        for dependent in _grouped([claim for claim in claims if claim.dependent], attrgetter("dependent")):
            yield from self._level(self._dependent, dependent[0], str(number), "0")
            for claim in dependent:
                yield from self._claim(self._dependent, claim)

    def _level(self, loop: LoopNode, claim: Claim, parent: str, child: str) -> Iterator[Written]:
        """Write one hierarchical level: its HL, then what the guide puts in it before any claim."""
        self._levels += 1
        code = loop.opener.segment.elements[2].constant  # type: ignore[union-attr]  # HL03 is simple
        yield loop.opener, ["HL", str(self._levels), parent, code, child]
        for group in loop.children[1:]:
            for each in group:
                if isinstance(each, Node):
                    yield from self._segments(each, claim, 0)
                elif self._bound.frames[each].kind is Kind.MERGED:
                    yield from self._loop(each, claim, 0)

    def _claim(self, level: LoopNode, claim: Claim) -> Iterator[Written]:
        for group in level.children:
            for each in group:
                if isinstance(each, LoopNode) and self._bound.frames[each].kind is Kind.CLAIM:
                    yield from self._children(each, claim, 0)

    def _loop(self, loop: LoopNode, part: Any, number: int) -> Iterator[Written]:
        frame = self._bound.frames[loop]
        if frame.kind is Kind.MANY:
            for count, each in enumerate(reach(part, frame.path) or (), 1):
                yield from self._children(loop, each, count)
        else:
            yield from self._children(loop, part, number)

    def _children(self, loop: LoopNode, part: Any, number: int) -> Iterator[Written]:
        for group in loop.children:
            for each in group:
                if isinstance(each, LoopNode):
                    yield from self._loop(each, part, number)
                else:
                    yield from self._segments(each, part, number)

    def _segments(self, node: Node, part: Any, number: int) -> Iterator[Written]:
        binding = self._bound.bindings.get(node)
        if binding:
            for elements in binding.write(part):
                yield node, elements
        elif node.segment and node.segment.id in {"ST", "SE"}:
            yield node, [node.segment.id]
        elif node.segment and node.segment.id == "LX":
            yield node, ["LX", str(number)]


def _grouped(claims: list[Claim], key: Callable[[Claim], Any]) -> Iterator[list[Claim]]:
    """Gather the claims that share a key, in the order of each key's first claim."""
    groups: dict[Any, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(key(claim), []).append(claim)
    yield from groups.values()
