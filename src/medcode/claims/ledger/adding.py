"""Putting whatever a source holds into a store."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.acknowledgment import Answer
from medcode.claims.claim_status import ClaimStatus
from medcode.claims.ledger.acknowledging import keep_acknowledgment, keep_batch, tie_again
from medcode.claims.ledger.answering import answer_tie, keep_answer, keep_payment
from medcode.claims.ledger.candidates import by_number, entry_named
from medcode.claims.ledger.facts import of_claim
from medcode.claims.ledger.history import packed
from medcode.claims.ledger.matching import Match, MatchKind
from medcode.claims.ledger.reading import Acknowledged, Paid, Piece, pieces, record_of
from medcode.claims.ledger.store import iso, key_of, tied
from medcode.claims.ledger.unmatched import UNMATCHED
from medcode.claims.model import Claim
from medcode.claims.remittance import Remittance
from medcode.claims.x12 import Envelope, dumps
from medcode.claims.x12.text.source import is_text
from medcode.claims.x12.transmission import Transmission
from medcode.codesets import clock

if TYPE_CHECKING:
    from medcode.claims.ledger.facts import Facts
    from medcode.claims.ledger.store import Store

__all__ = ["add"]

_OBJECTS = Envelope(created=datetime(2000, 1, 1))  # noqa: DTZ001  # what is written here is only kept, never sent
_REPLACING = frozenset("678")


def add(store: Store, source: Any) -> None:
    """Add whatever a source holds, then try the answers that found no claim so far."""
    if isinstance(source, Claim):
        _add_claim(store, source)
    elif isinstance(source, (Remittance, ClaimStatus, Answer)):
        _add_text(store, dumps([source], _OBJECTS, check=False), "")
    elif isinstance(source, Transmission):
        _add_text(store, source.text, "")
    elif isinstance(source, os.PathLike):
        _add_text(store, Path(source), Path(source).name)
    elif isinstance(source, str) and not is_text(source):
        _add_text(store, source, Path(source).name)  # not as a Path: an error names only what is one
    else:
        _add_text(store, source, "")


def _add_text(store: Store, source: Any, name: str) -> None:
    batches: set[int] = set()
    added: set[_Added] = set()
    for each in pieces(source):
        if isinstance(each, Paid):
            keep_payment(store, each, name)
        elif isinstance(each, Acknowledged):
            keep_acknowledgment(store, each, name)
        elif isinstance(each.record, Claim):
            batch = keep_batch(store, each.head)
            batches.add(batch)
            placed = {"batch_id": batch, "source": name, "sent_on": iso(each.head.made_on)}
            added |= _keep_claim(store, each, each.record, placed)
        else:
            keep_answer(store, each, name)
    if batches:
        tie_again(store, sorted(batches))
    _settle(store, added, batches)


def _add_claim(store: Store, claim: Claim) -> None:
    """Add a claim that comes as an object: it was sent, though nobody knows in which file."""
    placed = {"batch_id": None, "source": "", "sent_on": iso(clock.today())}
    text = dumps([claim], _OBJECTS.evolve(convention=claim.guide), check=False)
    added: set[_Added] = set()
    for piece in (each for each in pieces(text) if isinstance(each, Piece)):
        added |= _keep_claim(store, piece, claim, placed)
    _settle(store, added, set())


def _keep_claim(store: Store, piece: Piece, claim: Claim, placed: dict[str, Any]) -> set[_Added]:
    """Keep a claim; return it where it is new, so that answers are tried once more which may mean it."""
    facts = of_claim(claim)
    subscriber, payer, npi = claim.subscriber, claim.payer, claim.billing_provider.npi
    signature = key_of(
        claim.control_number, claim.guide, facts, facts.number, facts.member, facts.name, facts.first_day, facts.last_day,
        payer.payer_id, subscriber.payer_responsibility, claim.frequency,
    )  # fmt: skip
    is_object = placed["batch_id"] is None
    head = piece.head
    key = key_of(signature) if is_object else key_of(head.envelope, head.text, piece.text, piece.ordinal)
    query = "SELECT id, batch_id FROM submissions WHERE signature = ? AND (batch_id IS NULL OR ?) OR key = ?"
    same = store.row(query, signature, is_object, key)
    placed = {
        **placed, "key": key, "head_id": store.keep_head(head), "text": piece.text, "positions": packed(piece.positions),
    }  # fmt: skip
    if same is None:
        entry = _entry(store, claim, facts)
        store.insert(
            "submissions", signature=signature, entry_id=entry, number=claim.control_number,
            folded=facts.number, payer_number=facts.payer_number, charge=None if facts.charge is None else str(facts.charge),
            first_day=iso(facts.first_day), last_day=iso(facts.last_day), member=facts.member, name=facts.name,
            npi=None if npi is None else str(npi), payer=payer.organization, rank=subscriber.payer_responsibility,
            frequency=claim.frequency, **placed,
        )  # fmt: skip
        return {_Added(entry, facts.number, facts.member)}
    if same["batch_id"] is None and not is_object:  # it came as an object before: now its file is known
        store.update("submissions", same["id"], **placed)
    return set()


def _entry(store: Store, claim: Claim, facts: Facts) -> int:
    """Return the entry of a claim: that of the same visit of the same patient under this number, else a new one."""
    for each in by_number(store, facts):
        differs = each.facts.differences(facts)
        if "patient" not in differs and ("date" not in differs or claim.frequency in _REPLACING):
            return each.entry
    made = store.insert("entries", number=claim.control_number, folded=facts.number)
    assert made is not None  # noqa: S101  # entries have no key that could be there already
    return made


class _Added(NamedTuple):
    """A claim that was added: its entry, and the numbers by which an answer may mean it, its own and the member's."""

    entry: int
    number: str | None
    member: str | None


_ANSWERS = (
    "SELECT a.* FROM submissions s JOIN answers a ON a.entry_id = s.entry_id "
    "WHERE s.{} = ? AND a.head_id IS NOT NULL AND a.kind != 'PLB'"
)
_OF_NUMBER = _ANSWERS.format("folded")
_OF_MEMBER = _ANSWERS.format("member") + " AND a.match != 'exact'"
_OF_REFERENCE = (
    "SELECT a.* FROM batches n JOIN batches b ON b.reference = n.reference "
    "JOIN answers a ON a.batch_id = b.id AND a.head_id IS NOT NULL WHERE n.id = ?"
)


def _settle(store: Store, added: set[_Added], batches: set[int]) -> None:
    """Try again what found no claim so far, and what found one that is not the only one any more.

    Those are answers to another claim of the same number, answers that fit less than exactly, and answers to a batch
    whose reference another one has. So it does not matter in which order claims and answers are added.
    """
    rows = {row["id"]: row for row in store.rows(UNMATCHED)} if added else {}
    entries: dict[str | None, set[int]] = {}
    for each in added:
        entries.setdefault(each.number, set()).add(each.entry)
    for number, new in entries.items():
        found = store.rows(_OF_NUMBER, number)
        rows |= {
            row["id"]: row for row in found if row["match"] != MatchKind.EXACT or new - {row["entry_id"]}
        }
    for member in {each.member for each in added}:
        rows |= {row["id"]: row for row in store.rows(_OF_MEMBER, member)}
    for batch in batches:
        rows |= {row["id"]: row for row in store.rows(_OF_REFERENCE, batch)}
    again = [
        row for _, row in sorted(rows.items()) if row["head_id"] is not None
    ]  # acknowledgments were tied before
    for row in again:  # what an answer was tied to so far must not speak for it
        store.update("answers", row["id"], entry_id=None, submission_id=None, batch_id=None)
    for row in again:
        head = store.head(row["head_id"])
        store.update("answers", row["id"], **answer_tie(store, head, record_of(head, row["text"])))
    for row in list(store.rows("SELECT id, data FROM answers WHERE kind = 'PLB' AND entry_id IS NULL")):
        entry = entry_named(store, json.loads(row["data"])["reference"])
        if entry is not None:
            store.update("answers", row["id"], **tied(Match(MatchKind.EXACT), entry=entry))
