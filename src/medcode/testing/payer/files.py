"""The claims that a payer receives, and the envelope of its answers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

import attrs

from medcode.claims.ledger.facts import of_claim
from medcode.claims.ledger.reading import Piece, pieces
from medcode.claims.model import Claim
from medcode.claims.x12 import Envelope
from medcode.codesets import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.ledger.reading import SetHead
    from medcode.claims.x12.text.source import Source

__all__ = ["Batch", "Received", "batches", "envelope", "later", "number_of"]

_PARTY, _GROUP_PARTY = 15, 15
_SHORTEST = 2
_NOON = time(12, 0)


@attrs.frozen
class Received:
    """A claim as it was received, with what it is: its number in the file, and the payer's own number of it."""

    claim: Claim
    index: int
    payer_number: str
    positions: tuple[int, ...]


@attrs.frozen
class Batch:
    """The claims of one transaction set."""

    head: SetHead
    claims: tuple[Received, ...]

    @property
    def sent_on(self) -> date:
        """The day on which it was sent, or today if it does not say; not before the last day of service, which no payer answers."""
        days = (of_claim(each.claim).last_day for each in self.claims)
        return max(self.head.made_on or clock.today(), *filter(None, days), date.min)


def number_of(seed: int, *parts: object, size: int = 6) -> str:
    """Return a number that follows from a seed and some parts: hexadecimal digits in upper case, two for each byte.

    >>> number_of(1, "PCN1") == number_of(1, "PCN1") != number_of(2, "PCN1")
    True
    """
    text = "\x1f".join(map(str, (seed, *parts)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest().upper()


def batches(source: Source, seed: int) -> list[Batch]:
    """Return the claims of a file by their transaction sets."""
    found: dict[str, tuple[SetHead, list[Received]]] = {}
    index = 0
    for piece in pieces(source):
        if isinstance(piece, Piece) and isinstance(piece.record, Claim):
            key = piece.head.envelope + piece.head.text
            number = number_of(seed, key, index, piece.record.control_number)
            received = Received(piece.record, index, number, piece.positions)
            found.setdefault(key, (piece.head, []))[1].append(received)
            index += 1
    return [Batch(head, tuple(claims)) for head, claims in found.values()]


def envelope(heads: Iterable[SetHead], day: date, number: int) -> Envelope:
    """Return the envelope of an answer: the partners of the file that is answered, exchanged."""
    isa = [*next(iter(heads)).isa, *[""] * 17]
    qualifiers = [each if each.strip() else "ZZ" for each in (isa[7], isa[5])]
    return Envelope(
        sender=isa[8].strip()[:_PARTY] or "PAYER",
        receiver=isa[6].strip()[:_PARTY] or "PROVIDER",
        sender_qualifier=qualifiers[0],
        receiver_qualifier=qualifiers[1],
        group_sender=_group_party(isa[8], "PAYER"),
        group_receiver=_group_party(isa[6], "PROVIDER"),
        usage=isa[15] if isa[15] in {"T", "P"} else "T",
        control_number=number,
        reference=str(number),
        created=datetime.combine(day, _NOON),
    )


def _group_party(text: str, default: str) -> str:
    text = text.strip()[:_GROUP_PARTY]
    return text if len(text) >= _SHORTEST else default


def later(day: date, days: int) -> date:
    """Return the day so many days after another."""
    return day + timedelta(days)
