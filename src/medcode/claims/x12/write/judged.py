"""Records written, and checked as they are written: each finding is named by record and attribute.

The records stand in the file in another order than they were given in, and share levels; the number
of a finding's record is that of the records given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, cast

import attrs

from medcode.claims.x12.codec.compiled import compiled_for
from medcode.claims.x12.codec.naming import Naming
from medcode.claims.x12.guides.grammar import Usage
from medcode.claims.x12.validate.judge import StructureJudge
from medcode.claims.x12.write.order import ordered
from medcode.claims.x12.write.passing import Passing
from medcode.claims.x12.write.session import WrittenSession
from medcode.claims.x12.write.text import unplaced_in_header, unplaced_values, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.x12.guides.nodes import Node
    from medcode.claims.x12.text.envelope import Envelope
    from medcode.claims.x12.write.text import Piece
    from medcode.findings import Finding

__all__ = ["judged"]

_AT_ONCE = 64
"""How many levels and records are judged at once, which is quicker than one by one."""


def judged(records: Iterable[Any], envelope: Envelope, *, check: bool) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the text of an interchange batch by batch, each with what has been found since the one before."""
    given = _Given(envelope, check=check)
    judge = StructureJudge() if check else None
    session = WrittenSession(judge=judge)
    passing = Passing(session)
    for batch in _batches(write(ordered(given.numbered(records), envelope), envelope)):
        given.note(batch)
        text = "".join([piece.run.text for piece in batch])
        found = [each for piece in batch for each in piece.findings]
        if judge:
            for piece in batch:
                passing.take(piece)
            passing.end_batch()
            found = _each_once(found, judge.take_findings())
        yield text, given.take_unplaced() + [given.named(each) for each in found]
    if judge:
        session.finish()
        yield "", judge.take_findings()


def _batches(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield pieces that are judged at once: one of the envelope, some of a set that end alike, those before the next are made."""
    batch: list[Piece] = []
    for piece in pieces:
        is_apart = piece.is_apart  # after an answer that no set holds
        if batch and (is_apart or piece.run.end != batch[0].run.end):
            yield batch
            batch = []
        batch.append(piece)
        if is_apart or piece.ends_set or len(batch) >= _AT_ONCE:
            yield batch
            batch = []


def _each_once(data: list[Finding], structure: list[Finding]) -> list[Finding]:
    """Leave out a malformed value that the structure explains better, and what else is said of a value with a delimiter."""
    if not data:
        return structure
    malformed = {_element(found) for found in data if found.name == "malformed-value"}
    cut = {_element(found) for found in data if found.name == "delimiter-in-data"} - malformed
    structure = [found for found in structure if _element(found) not in cut]
    explained = {_element(found) for found in structure}
    already = {"malformed-value": explained, "delimiter-in-data": malformed}
    return [found for found in data if _element(found) not in already[found.name]] + structure


def _element(found: Finding) -> tuple[int | None, int | None]:
    return found.location.position, found.location.element


class _Given:
    """The records as they were given, and which of them is where in the set that is being written."""

    def __init__(self, envelope: Envelope, *, check: bool) -> None:
        self._envelope = envelope
        self._check = check
        # by the identity of a record; it may be given more than once, and then its later numbers are here
        self._numbers: dict[int, int] = {}
        self._again: dict[int, list[int]] = {}
        self._unplaced: list[Finding] = []
        self._record: Any = None
        self._starts = [1]
        self._owners: list[int | None] = [None]
        self._pieces: list[tuple[int, Piece]] = []
        self._naming: tuple[Piece | None, Naming] | None = None

    def numbered(self, records: Iterable[Any]) -> Iterator[Any]:
        """Pass records on to the writer, numbered, noting the values that the guide has no element for."""
        for number, record in enumerate(records):
            if self._numbers.setdefault(id(record), number) != number:
                self._again.setdefault(id(record), []).append(number)
            if self._check and not number and self._envelope.submitter:
                self._unplaced += unplaced_in_header(record, self._envelope)
            if self._check:
                self._unplaced += unplaced_values(record, self._envelope, number)
            yield record

    def take_unplaced(self) -> list[Finding]:
        """Return the values without an element that were found since the last call."""
        found, self._unplaced = self._unplaced, []
        return found

    def note(self, batch: list[Piece]) -> None:
        """Note whose the next stretches are; a set counts its segments anew, and its records are others."""
        del self._pieces[:-1]
        if batch[0].is_apart or batch[0].begins_set:
            last = max((each for each in self._owners if each is not None), default=-1)
            self._forget(last)
            self._starts, self._owners = [], []
            self._pieces.clear()
        for piece in batch:
            start = self._starts[-1] + len(self._pieces[-1][1].run.pieces) if self._starts else 1
            self._starts.append(start)
            self._owners.append(self._numbers[id(piece.record)] if piece.record else None)
            self._pieces.append((start, piece))
            self._record = piece.record or self._record

    def _forget(self, last: int) -> None:
        """Forget the numbers up to that of the last record of a set."""
        later = {key: [each for each in numbers if each > last] for key, numbers in self._again.items()}
        kept = {key: number for key, number in self._numbers.items() if number > last}
        again = {key: numbers for key, numbers in later.items() if numbers}
        for key in again.keys() - kept.keys():
            kept[key] = again[key].pop(0)
        self._numbers, self._again = kept, again

    def named(self, found: Finding) -> Finding:
        """Return a finding with the number of its record, and the name of what it is about."""
        position = found.location.position
        if position is None or self._pieces[-1][1].is_apart:
            return found
        stretch = bisect_right(self._starts, position) - 1
        number = self._owners[stretch]
        if number is None and found.claim is not None:  # found where the set ends
            number = next((each for each in reversed(self._owners[:stretch]) if each is not None), None)
        if number is None:
            return attrs.evolve(found, claim=None)
        start = self._starts[stretch]
        piece = next((piece for begun, piece in self._pieces if begun == start), None)
        if self._naming is None or self._naming[0] is not piece:
            compiled = compiled_for(type(self._record), self._envelope.convention)
            self._naming = piece, Naming(compiled, piece.nodes if piece else [])
        path = _as_named(piece and piece.record, self._naming[1].path(position - start, found.location))
        message = found.message
        if piece and found.name == "segment-too-often" and found.location.segment == "HI":
            message = _counted(piece, cast("str", path), cast("Node", piece.nodes[position - start]))
        location = attrs.evolve(found.location, path=path)
        return attrs.evolve(found, message=message, claim=number, location=location)


def _counted(piece: Piece, path: str, node: Node) -> str:
    """Return how many codes a claim has of which a segment holds several, and how many the guide has room for."""
    room = node.use.repeat * sum(each.usage is not Usage.NOT_USED for each in node.use.elements)
    count = len(getattr(piece.record, path))
    return f"The claim has {count} {path.replace('_', ' ')}; the guide has room for {room}."


def _as_named(record: Any, path: str | None) -> str | None:
    """Name the organization where an element holds that or a last name, by the one that the record has."""
    holder, _, name = (path or "").rpartition(".")
    if record is None or name != "last_name":
        return path
    part = record
    for attribute, index in re.findall(r"(\w+)(?:\[(\d+)\])?", holder):
        part = getattr(part, attribute, None)
        part = part[int(index)] if index and part else part
    return f"{holder}.organization" if getattr(part, "organization", None) else path
