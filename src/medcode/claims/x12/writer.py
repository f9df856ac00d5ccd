"""From claims to X12: the guide gives the order, the writer does the counting.

Claims are grouped by billing provider and subscriber; HL, LX, segment counts and control
numbers are the writer's own; a transaction set holds at most 5,000 claims.
"""

from __future__ import annotations

from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from medcode.claims.model.base import Part
from medcode.claims.x12.binding import reach
from medcode.claims.x12.frames import Kind
from medcode.claims.x12.walker import LoopNode, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.envelope import Envelope
    from medcode.claims.x12.frames import Bound

__all__ = ["CLAIMS_IN_A_SET", "Written", "write_transactions"]

CLAIMS_IN_A_SET = 5_000
CLAIMS_AT_A_LEVEL = 100

Written: TypeAlias = "tuple[Node | None, list[str]]"
"""A segment as elements, with its place in the guide; the envelope's have none."""


def write_transactions(
    claims: Iterable[Claim], envelope: Envelope, bound_to: Callable[[str], Bound]
) -> Iterator[Written]:
    """Write claims as an interchange: ISA to IEA, a group for each guide in a row of claims."""
    yield None, envelope.isa()
    groups = 0
    for guide, run in groupby(claims, attrgetter("guide")):
        number = (envelope.group_control_number or envelope.control_number) + groups
        convention = envelope.convention or guide
        bound = bound_to(convention)
        yield None, envelope.gs(bound.walker.guide.group, convention, number)
        sets = 0
        while batch := list(islice(run, CLAIMS_IN_A_SET)):
            control = envelope.transaction_control(sets)
            yield from _Set(bound).write(batch, envelope, control, convention)
            sets = sets + 1
        yield None, ["GE", str(sets), str(number)]
        groups = groups + 1
    yield None, ["IEA", str(groups), envelope.isa()[13]]


class _Set:
    """One transaction set as it is written."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        self._parts = parts_of(bound)
        self._levels = 0
        self._provider, self._subscriber, self._dependent = (
            loop for loop, frame in bound.frames.items() if frame.kind is Kind.LEVEL
        )

    def write(
        self, claims: list[Claim], envelope: Envelope, control: str, convention: str
    ) -> Iterator[Written]:
        """Give the segments ST to SE."""
        count = 0
        for run in self._content(claims, envelope):
            for node, elements in run:
                count += 1
                if elements[0] == "ST":
                    elements[1:] = [self._bound.walker.guide.transaction, control, convention]
                elif elements[0] == "SE":
                    elements[1:] = [str(count), control]
                yield node, elements

    def _content(self, claims: list[Claim], envelope: Envelope) -> Iterator[list[Written]]:
        """Give the segments in runs: the header, each level, each claim, the trailer."""
        header = envelope.header(claims[0])
        for child in (child for group in self._bound.walker.root.children for child in group):
            if child is self._provider:
                for provided in _grouped(claims, attrgetter("billing_provider")):
                    yield from self._provider_level(provided)
            else:
                run: list[Written] = []
                self._parts.write(child, header, 0, run)
                yield run

    def _provider_level(self, claims: list[Claim]) -> Iterator[list[Written]]:
        parent = str(self._levels + 1)
        yield self._level(self._provider, claims[0], "", "1")
        for subscribed in _grouped(claims, attrgetter("subscriber", "payer")):
            yield from self._subscriber_level(subscribed, parent)

    def _subscriber_level(self, claims: list[Claim], parent: str) -> Iterator[list[Written]]:
        """Write the subscriber's own claims, anew where a level is full, and apart from them the dependents'."""
        for own in _batches([claim for claim in claims if not claim.dependent]):
            yield self._subscribed(own[0], parent, "18", "0")
            for claim in own:
                yield self._claim(self._subscriber, claim)
        if dependents := [claim for claim in claims if claim.dependent]:
            number = str(self._levels + 1)
            yield self._subscribed(dependents[0], parent, "", "1")
            for one in _grouped(dependents, attrgetter("dependent")):
                yield from self._dependent_levels(one, number)

    def _subscribed(self, claim: Claim, parent: str, relationship: str, child: str) -> list[Written]:
        run = self._level(self._subscriber, claim, parent, child)
        for _, elements in run:
            if elements[0] == "SBR":
                elements[2:3] = [relationship]
        return run

    def _dependent_levels(self, claims: list[Claim], parent: str) -> Iterator[list[Written]]:
        for batch in _batches(claims):
            yield self._level(self._dependent, batch[0], parent, "0")
            for claim in batch:
                yield self._claim(self._dependent, claim)

    def _level(self, loop: LoopNode, claim: Claim, parent: str, child: str) -> list[Written]:
        """Write one hierarchical level: its HL, then what the guide puts in it before any claim."""
        self._levels += 1
        code = min(loop.opener.use.qualifiers or ())
        run: list[Written] = [(loop.opener, ["HL", str(self._levels), parent, code, child])]
        for each in (each for group in loop.children[1:] for each in group):
            if isinstance(each, Node) or self._bound.frames[each].kind is Kind.MERGED:
                self._parts.write(each, claim, 0, run)
        return run

    def _claim(self, level: LoopNode, claim: Claim) -> list[Written]:
        run: list[Written] = []
        for each in (each for group in level.children for each in group):
            if isinstance(each, LoopNode) and self._bound.frames[each].kind is Kind.CLAIM:
                self._parts.write_children(each, claim, 0, run)
        return run


def _batches(claims: list[Claim]) -> Iterator[list[Claim]]:
    """Give the claims in as many as one level holds."""
    for start in range(0, len(claims), CLAIMS_AT_A_LEVEL):
        yield claims[start : start + CLAIMS_AT_A_LEVEL]


def _grouped(claims: list[Claim], key: Callable[[Claim], Any]) -> Iterator[list[Claim]]:
    """Gather the claims that share a key, in the order of each key's first claim."""
    groups: dict[Any, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(key(claim), []).append(claim)
    yield from groups.values()


class _Parts:
    """The order in which an object of the model is written, loop by loop.

    Of each loop it knows which attribute its children write and what that attribute is when it
    says nothing, so that what a claim does not have costs one look.
    """

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        self._runs = {loop: self._run(loop) for loop in bound.frames}

    def write(self, child: Node | LoopNode, part: Any, number: int, run: list[Written]) -> None:
        """Add what a child of a loop writes of the loop's object."""
        if isinstance(child, Node):
            self._segments(child, part, number, run)
            return
        frame = self._bound.frames[child]
        if frame.kind is Kind.MANY:
            for count, each in enumerate(reach(part, frame.path) or (), 1):
                self.write_children(child, each, count, run)
        else:
            self.write_children(child, part, number, run)

    def write_children(self, loop: LoopNode, part: Any, number: int, run: list[Written]) -> None:
        """Add what the children of a loop write of an object."""
        for attribute, nothing, children in self._runs[loop]:
            if attribute is None or getattr(part, attribute) is not nothing:
                for child in children:
                    self.write(child, part, number, run)

    def _segments(self, node: Node, part: Any, number: int, run: list[Written]) -> None:
        binding = self._bound.bindings.get(node)
        if binding:
            run += [(node, elements) for elements in binding.write(part)]
        else:  # ST, SE and LX: nothing in them but what is counted
            run.append((node, [node.use.id, str(number)]))

    def _run(self, loop: LoopNode) -> list[tuple[str | None, Any, list[Node | LoopNode]]]:
        """Gather the children of a loop that stand in a row and write the same attribute."""
        children = [child for group in loop.children for child in group]
        run = []
        for attribute, same in groupby(children, self._attribute):
            run.append((attribute, self._nothing(loop, attribute), list(same)))
        return [
            (attribute if nothing is not attrs.NOTHING else None, nothing, same)
            for attribute, nothing, same in run
        ]

    def _attribute(self, child: Node | LoopNode) -> str | None:
        if isinstance(child, Node):
            binding = self._bound.bindings.get(child)
            path = binding.path if binding else ()
        else:
            path = self._bound.frames[child].path
        return path[0] if path else None

    def _nothing(self, loop: LoopNode, attribute: str | None) -> Any:
        """Give the default of an attribute where that means that there is nothing to write."""
        frame = self._bound.frames[loop]
        fields = {field.name: field.default for field in attrs.fields(frame.shape.cls)}
        default = fields.get(attribute or "", attrs.NOTHING)
        return default if default is None or default == () or isinstance(default, Part) else attrs.NOTHING


_PARTS: dict[int, _Parts] = {}


def parts_of(bound: Bound) -> _Parts:
    """Give the writing order of a guide, worked out once."""
    found = _PARTS.get(id(bound))
    if found is None:
        found = _PARTS[id(bound)] = _Parts(bound)
    return found
