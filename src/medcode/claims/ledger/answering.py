"""Claims of an 835, a 277CA or a 277, and provider adjustments, on their way into a store: tied to their claim."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from medcode.claims.claim_status import InquiryStatus
from medcode.claims.ledger.candidates import candidates, entry_named
from medcode.claims.ledger.events import EventKind
from medcode.claims.ledger.facts import folded, of_payment, of_status
from medcode.claims.ledger.matching import Asked, Match, MatchKind, match
from medcode.claims.ledger.money import Decision
from medcode.claims.ledger.store import iso, key_of, tied
from medcode.claims.remittance import ClaimPayment, Remittance
from medcode.claims.remittance_parts import total
from medcode.claims.x12.parse.session import Session

if TYPE_CHECKING:
    from medcode.claims.claim_status import ClaimStatus
    from medcode.claims.ledger.reading import Paid, Piece, SetHead
    from medcode.claims.ledger.store import Store

__all__ = ["answer_tie", "keep_answer", "keep_payment"]

_RANKS = {("277CA", "AY"): 3, ("277CA", "PR"): 4, ("277", "PR"): 5}
_RANK_835, _RANK_PLB = 6, 7
"""The order of documents of one day."""

_LATER = {"P": EventKind.PENDED, "F": EventKind.FINALIZED, "R": EventKind.REQUESTED}
_TAKEN_BACK = "WO"


def keep_answer(store: Store, piece: Piece, source: str) -> None:
    """Keep what an answer says of a claim, once."""
    key = key_of(piece.head.kind, _identity(piece), piece.text, piece.ordinal)
    if store.row("SELECT 1 FROM answers WHERE key = ?", key):
        return
    record, head = piece.record, piece.head
    values = _of_payment(head, record) if isinstance(record, ClaimPayment) else _of_status(head, record)
    store.insert(
        "answers", key=key, head_id=store.keep_head(head), text=piece.text, source=source, **values,
        **answer_tie(store, head, record),
    )  # fmt: skip


def _of_payment(head: SetHead, payment: ClaimPayment) -> dict[str, Any]:
    decision = Decision.of(payment, _remittance(head))
    return {
        "kind": "835", "event": decision.kind, "made_on": iso(_paid_on(head)), "rank": _RANK_835,
        "payer_number": folded(payment.payer_claim_number), "data": json.dumps({"decision": decision.to_plain(), "number": payment.payer_claim_number}),
    }  # fmt: skip


def _of_status(head: SetHead, status: Any) -> dict[str, Any]:
    kind, entity = "277" if isinstance(status, InquiryStatus) else "277CA", status.source.entity
    provider = status.provider.party if status.provider and status.level == "provider" else None
    return {
        "kind": kind, "event": _event(status), "made_on": iso(_status_day(status) or head.made_on),
        "rank": _RANKS.get((kind, entity), _RANKS["277CA", "PR"]),
        "payer_number": folded(status.payer_claim_number) if entity == "PR" else None,
        "data": json.dumps(
            {"entity": entity, "provider": provider.id if provider else None, "number": status.payer_claim_number}
        ),
    }  # fmt: skip


def answer_tie(store: Store, head: SetHead, record: Any) -> dict[str, Any]:
    """Return the claim, or the batch, that an answer is about."""
    if isinstance(record, ClaimPayment):
        asked = Asked(facts=of_payment(record), rank=Decision.of(record, None).rank, made_on=_paid_on(head))
    elif record.level != "claim":
        return _batch_tie(store, record)
    else:
        reference = record.batch.reference if record.batch and not isinstance(record, InquiryStatus) else None
        asked = Asked(facts=of_status(record), batch_reference=reference or "", made_on=_status_day(record))
    found, how = match(asked, candidates(store, asked.facts))
    return tied(how, entry=found.entry, submission=found.submission) if found else tied(how)


def _batch_tie(store: Store, status: ClaimStatus) -> dict[str, Any]:
    """Tie an answer to a batch, or to a provider in it, to the batch of its reference, if that is one."""
    reference = status.batch.reference if status.batch else None
    batches = (
        [row["id"] for row in store.rows("SELECT id FROM batches WHERE reference = ?", reference)]
        if reference
        else []
    )
    if len(batches) > 1:  # the sets of a file may share a reference
        charges = {each.charge for each in status.deciding}
        batches = [each for each in batches if _charge(store, each) in charges] or batches
    if len(batches) == 1:
        return tied(Match(MatchKind.EXACT), batch=batches[0])
    if batches:
        return tied(Match(MatchKind.AMBIGUOUS, why=f"{len(batches)} batches have its reference"))
    return tied(Match(MatchKind.NONE, why="no batch has its reference"))


def _charge(store: Store, batch: int) -> Decimal:
    """Return what the claims of a batch charge together."""
    rows = store.rows("SELECT charge FROM submissions WHERE batch_id = ? AND charge IS NOT NULL", batch)
    return sum((Decimal(row["charge"]) for row in rows), Decimal(0))


def keep_payment(store: Store, paid: Paid, source: str) -> None:
    """Keep a payment once, and what its provider adjustments say of single claims."""
    remittance = paid.remittance
    key = key_of("payment", _payment_identity(remittance), paid.text)
    made_on = iso(_paid_on(paid.head))
    kept = store.insert(
        "payments", key=key, head_id=store.keep_head(paid.head), text=paid.text, source=source, made_on=made_on,
        amount=str(total([remittance.payment.signed_amount])), adjusted=str(remittance.provider_adjusted),
    )  # fmt: skip
    if kept is None:
        return
    for at, each in enumerate(remittance.provider_adjustments):
        amount = total([each.amount])
        event = EventKind.RECOVERED if each.reason == _TAKEN_BACK and amount > 0 else EventKind.ADJUSTED
        data = {
            "amount": str(amount),
            "reason": each.reason,
            "reference": each.reference,
            "payer": remittance.payer.organization,
        }
        entry = entry_named(store, each.reference)
        store.insert(
            "answers", key=key_of(key, at), kind="PLB", event=event, text="", source=source, made_on=made_on, rank=_RANK_PLB,
            payer_number=folded(each.reference), data=json.dumps(data),
            **tied(Match(MatchKind.EXACT if entry else MatchKind.NONE), entry=entry),
        )  # fmt: skip


def _identity(piece: Piece) -> str:
    """Return what tells one answer from the next of the same words: who answers, and its own number."""
    record: Any = piece.record
    if isinstance(record, ClaimPayment):
        return _payment_identity(_remittance(piece.head))
    source, batch = record.source, record.batch
    return repr((source.entity, source.id, source.trace, batch.reference if batch else None))


def _payment_identity(remittance: Remittance | None) -> str:
    if remittance is None:
        return ""
    payment, payer = remittance.payment, remittance.payer
    return repr((payer.id, payer.organization, payment.trace, payment.date, str(payment.amount)))


def _remittance(head: SetHead) -> Remittance | None:
    return _read_remittance(head.whole(""))


@lru_cache(maxsize=4)
def _read_remittance(text: str) -> Remittance | None:
    """Return the payment that the claims of an 835 belong to; it is asked for with each of them."""
    found = next(Session(build=Remittance).read([text]), None)
    return found if isinstance(found, Remittance) else None


def _paid_on(head: SetHead) -> date | None:
    """Return the day of a payment: when the money moves, else the production date, else when the file was made."""
    remittance = _remittance(head)
    days = (remittance.payment.date, remittance.production_date) if remittance else ()
    return next((day for day in days if isinstance(day, date)), head.made_on)


def _event(status: ClaimStatus) -> EventKind:
    """Return what a 277CA or a 277 does to a claim."""
    categories = [each.category for each in status.deciding]
    if isinstance(status, InquiryStatus):
        known = (kind for each in categories if (kind := _LATER.get(each[:1])))
        return next(known, EventKind.NOTED)
    if status.is_rejected:
        return EventKind.REJECTED
    if not {"A2", "A5"}.isdisjoint(categories):
        return EventKind.ACCEPTED
    return EventKind.FORWARDED if "A0" in categories else EventKind.RECEIVED


def _status_day(status: ClaimStatus) -> date | None:
    days = [*(each.date for each in status.deciding), status.source.processed_date]
    return next((day for day in days if isinstance(day, date)), None)
