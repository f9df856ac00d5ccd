"""From claims to X12: the guide gives the order, the writer does the counting.

Claims are grouped by billing provider and subscriber; HL, LX, segment counts and control
numbers are the writer's own; a transaction set holds at most 5,000 claims.
"""

from __future__ import annotations

from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from medcode.claims.model.base import Part
from medcode.claims.x12.binding import Binding, reach
from medcode.claims.x12.frames import Kind
from medcode.claims.x12.plan import trimmed
from medcode.claims.x12.walker import Node
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.envelope import Envelope
    from medcode.claims.x12.frames import Bound, Frame
    from medcode.claims.x12.walker import LoopNode

__all__ = ["CLAIMS_IN_A_SET", "Stretch", "Written", "write_transactions"]

CLAIMS_IN_A_SET = 5_000
CLAIMS_AT_A_LEVEL = 100
_REMEMBERED = 1_000
_LAST_NUMBER = 999_999_999
"""What a control number of a group can be at most; the next is 1."""

Written: TypeAlias = "tuple[Node | None, list[str]]"
"""A segment as elements, with its place in the guide; the envelope's have none."""

Stretch: TypeAlias = "tuple[list[Written], Claim | None]"
"""Segments in a row, with the claim that they are of, or the first of those that share them."""


def write_transactions(
    claims: Iterable[Claim], envelope: Envelope, bound_for: Callable[[str, str], Bound]
) -> Iterator[Stretch]:
    """Write claims as an interchange: ISA to IEA, a group for each guide in a row of claims.

    Segments come in stretches: the envelope's one by one, those of a level or a claim together.
    Raises X12Error where there is no claim, or one that the envelope's convention is not for.
    """
    yield [(None, envelope.isa())], None
    groups = 0
    for guide, run in groupby(claims, attrgetter("guide")):
        first = envelope.group_control_number or envelope.control_number
        number = (first + groups - 1) % _LAST_NUMBER + 1
        convention = envelope.convention or guide
        bound = bound_for(guide, convention)
        yield [(None, envelope.gs(bound.walker.guide.group, convention, number))], None
        sets = 0
        while batch := list(islice(run, CLAIMS_IN_A_SET)):
            control = envelope.transaction_control(sets)
            yield from _Set(bound).write(batch, envelope, control, convention)
            sets = sets + 1
            batch.clear()  # its claims go before the next come
        yield [(None, ["GE", str(sets), str(number)])], None
        groups = groups + 1
    if not groups:
        raise X12Error("there is no claim to write")
    yield [(None, ["IEA", str(groups), envelope.isa()[13]])], None


class _Set:
    """One transaction set as it is written."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        self._parts = parts_of(bound)
        self._levels = 0
        self._provider, self._subscriber, self._dependent = (
            loop for loop, frame in bound.frames.items() if frame.kind is Kind.LEVEL
        )
        self._claims = {loop.parent: loop for loop, frame in bound.frames.items() if frame.kind is Kind.CLAIM}

    def write(
        self, claims: list[Claim], envelope: Envelope, control: str, convention: str
    ) -> Iterator[Stretch]:
        """Give the segments ST to SE."""
        count = 0
        for run, claim in self._content(claims, envelope):
            count += len(run)
            id_, *_ = elements = run[0][1]
            if id_ == "ST":
                elements[1:] = [self._bound.walker.guide.transaction, control, convention]
            elif id_ == "SE":
                elements[1:] = [str(count), control]
            yield run, claim

    def _content(self, claims: list[Claim], envelope: Envelope) -> Iterator[Stretch]:
        """Give the segments in stretches: the header, each level, each claim, the trailer."""
        run: list[Written] = []
        self._parts.write(self._bound.walker.root, envelope.header(claims[0]), 0, run)
        *header, trailer = run
        yield header, None
        for provided in _grouped(claims, _PROVIDER, _NPI):
            yield from self._provider_level(provided)
        yield [trailer], None

    def _provider_level(self, claims: list[Claim]) -> Iterator[Stretch]:
        parent = str(self._levels + 1)
        yield self._level(self._provider, claims[0], "", "1"), claims[0]
        for subscribed in _grouped(claims, _INSURED, _MEMBER):
            yield from self._subscriber_level(subscribed, parent)

    def _subscriber_level(self, claims: list[Claim], parent: str) -> Iterator[Stretch]:
        """Write the subscriber's own claims, anew where a level is full, and apart from them the dependents'."""
        for own in _batches([claim for claim in claims if not claim.dependent]):
            yield self._subscribed(own[0], parent, "18", "0"), own[0]
            for claim in own:
                yield self._claim(self._subscriber, claim), claim
        if dependents := [claim for claim in claims if claim.dependent]:
            number = str(self._levels + 1)
            yield self._subscribed(dependents[0], parent, "", "1"), dependents[0]
            for one in _grouped(dependents, _PATIENT, _BORN):
                yield from self._dependent_levels(one, number)

    def _subscribed(self, claim: Claim, parent: str, relationship: str, child: str) -> list[Written]:
        run = self._level(self._subscriber, claim, parent, child)
        for _, elements in run:
            if elements[0] == "SBR":
                elements[2:3] = [relationship]
                trimmed(elements)
        return run

    def _dependent_levels(self, claims: list[Claim], parent: str) -> Iterator[Stretch]:
        for batch in _batches(claims):
            yield self._level(self._dependent, batch[0], parent, "0"), batch[0]
            for claim in batch:
                yield self._claim(self._dependent, claim), claim

    def _level(self, loop: LoopNode, claim: Claim, parent: str, child: str) -> list[Written]:
        """Write one hierarchical level: its HL, then what the guide puts in it before any claim."""
        self._levels += 1
        code = min(loop.opener.use.qualifiers or ())
        run: list[Written] = [(loop.opener, ["HL", str(self._levels), parent, code, child])]
        self._parts.write(loop, claim, 0, run)
        return run

    def _claim(self, level: LoopNode, claim: Claim) -> list[Written]:
        run: list[Written] = []
        self._parts.write(self._claims[level], claim, 0, run)
        return run


def _batches(claims: list[Claim]) -> Iterator[list[Claim]]:
    """Give the claims in as many as one level holds."""
    for start in range(0, len(claims), CLAIMS_AT_A_LEVEL):
        yield claims[start : start + CLAIMS_AT_A_LEVEL]


_PROVIDER = attrgetter("billing_provider")
_INSURED = attrgetter("subscriber", "payer")
_PATIENT = attrgetter("dependent")
_NPI = attrgetter("billing_provider.npi")
_MEMBER = attrgetter("subscriber.member_id", "payer.payer_id")
_BORN = attrgetter("dependent.birth_date", "dependent.first_name")


def _grouped(
    claims: list[Claim], key: Callable[[Claim], Any], sign: Callable[[Claim], Any]
) -> Iterator[list[Claim]]:
    """Gather the claims that share a key, in the order of each key's first claim.

    Keys that are equal have the same sign, a value that is quick to compare.
    """
    groups: dict[Any, list[list[Claim]]] = {}
    order: list[list[Claim]] = []
    for claim in claims:
        alike = groups.setdefault(sign(claim), [])
        found = next((group for group in alike if key(group[0]) == key(claim)), None)
        if found is None:
            alike.append([claim])
            order.append(alike[-1])
        else:
            found.append(claim)
    yield from order


class _Child(NamedTuple):
    """A child of a loop as it is written: a segment by its binding, or a loop, which its node opens."""

    node: Node
    binding: Binding | None
    loop: LoopNode | None = None
    frame: Frame | None = None


class _Parts:
    """The order in which an object of the model is written, loop by loop.

    Which children of a loop have something to write follows from what its object was told, so what
    a claim does not have costs nothing.
    """

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        self._told: dict[tuple[LoopNode, type[Part], tuple[str, ...]], list[_Child]] = {}

    def write(self, loop: LoopNode, part: Any, number: int, run: list[Written]) -> None:
        """Add what is in a loop, levels and claims aside, of the object that it holds or is part of."""
        for node, binding, inner, frame in self._due(loop, part):
            if binding:
                run += [(node, elements) for elements in binding.write(part)]
            elif inner is None or frame is None:  # ST, SE and LX: nothing in them but what is counted
                run.append((node, [node.use.id, str(number)]))
            elif frame.kind is Kind.MANY:
                for count, each in enumerate(reach(part, frame.path) or (), 1):
                    self.write(inner, each, count, run)
            else:
                self.write(inner, part, number, run)

    def _due(self, loop: LoopNode, part: Any) -> list[_Child]:
        """Give the children of a loop that may have something to write of an object."""
        frame = self._bound.frames[loop]
        holder = part if frame.kind is Kind.MANY else reach(part, frame.path)
        if holder is None:
            return []
        told = loop, type(holder), tuple(vars(holder))
        found = self._told.get(told)
        if found is None:
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            found = self._told[told] = [
                each for each in self._children(loop) if self._is_due(loop, each, holder)
            ]
        return found

    def _children(self, loop: LoopNode) -> Iterator[_Child]:
        for child in (child for group in loop.children for child in group):
            if isinstance(child, Node):
                if child.use.id != "HL":
                    yield _Child(child, self._bound.bindings.get(child))
            elif self._bound.frames[child].kind not in {Kind.LEVEL, Kind.CLAIM}:
                yield _Child(child.opener, None, child, self._bound.frames[child])

    def _is_due(self, loop: LoopNode, each: _Child, holder: Part) -> bool:
        """Whether what a child of a loop writes was told, or says something untold."""
        around = self._bound.frames[loop]
        about = each.binding or each.frame
        path = about.path[0 if around.kind is Kind.MANY else len(around.path) :] if about else ()
        if not path:
            return type(about) is not Binding or about.speaks(tuple(vars(holder)))
        if path[0] in vars(holder):
            return True
        default = getattr(type(holder), path[0], None)
        return default is not None and default != () and not isinstance(default, Part)


_PARTS: dict[int, _Parts] = {}


def parts_of(bound: Bound) -> _Parts:
    """Give the writing order of a guide, worked out once."""
    found = _PARTS.get(id(bound))
    if found is None:
        found = _PARTS[id(bound)] = _Parts(bound)
    return found
