"""TA1 and 999 on their way into a store: tied to the batch they are about, from which their claims know them."""

from __future__ import annotations

import json
from datetime import time
from typing import TYPE_CHECKING, Any

from medcode.claims.acknowledgment import InterchangeAnswer
from medcode.claims.ledger.events import EventKind
from medcode.claims.ledger.matching import Match, MatchKind
from medcode.claims.ledger.store import iso, key_of, tied

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Row

    from medcode.claims.ledger.reading import Acknowledged, SetHead
    from medcode.claims.ledger.store import Store

__all__ = ["keep_acknowledgment", "keep_batch", "tie_again"]

_RANKS = {"TA1": 1, "999": 2}


def keep_batch(store: Store, head: SetHead) -> int:
    """Return the id of the batch that a transaction set of claims is; it is kept once."""
    isa, gs, st = [*head.isa, *[""] * 17], [*head.gs, *[""] * 9], [*head.st, *[""] * 4]
    key = key_of(head.envelope, head.text)
    store.insert(
        "batches", key=key, head_id=store.keep_head(head), interchange=isa[13].strip(), interchange_date=isa[9].strip(),
        interchange_time=isa[10].strip(), sender=gs[2].strip(), receiver=gs[3].strip(), group_number=_number(gs[6]),
        set_number=st[2].strip(), reference=head.reference, sent_on=iso(head.made_on),
    )  # fmt: skip
    id_: int = store.row("SELECT id FROM batches WHERE key = ?", key)["id"]
    return id_


def keep_acknowledgment(store: Store, each: Acknowledged, source: str) -> None:
    """Keep a TA1, or each transaction set that a 999 answers."""
    answer = each.answer
    if isinstance(answer, InterchangeAnswer):
        at = answer.time.strftime("%H%M") if isinstance(answer.time, time) else answer.time
        named = [answer.control_number, answer.date or "", at or ""]
        ta1 = {"kind": "TA1", "accepted": answer.accepted, "named": named}
        _keep(store, each, source, ta1, key_of("TA1", *named, answer.decision, answer.reason))
        return
    gs = [*each.gs, *[""] * 9]
    about = {
        "kind": "999",
        "group": _number(answer.control_number),
        "sender": gs[3].strip(),
        "receiver": gs[2].strip(),
    }
    results: list[tuple[str | None, bool]] = [
        (result.control_number, result.accepted) for result in answer.sets
    ]
    for number, accepted in results or [(None, answer.accepted)]:
        data = {**about, "set": number, "accepted": accepted}
        _keep(store, each, source, data, key_of("999", about["group"], number, each.text))


def tie_again(store: Store, batches: Iterable[int]) -> None:
    """Tie acknowledgments once more that may be about batches which were just added.

    They are those that were about none so far, and those about a batch with the same control number, of which there are
    several now. So what an acknowledgment is about does not depend on the order in which files are added.
    """
    found = {row["id"]: row for row in store.rows(_OPEN)}
    for batch in batches:
        found |= {row["id"]: row for row in store.rows(_BESIDE, batch)}
    acknowledgments = {json.loads(row["data"])["key"]: row for row in found.values()}
    for key, row in acknowledgments.items():
        _forget(store, bytes.fromhex(key))
        _insert(store, {name: row[name] for name in _KEPT}, bytes.fromhex(key))


_KEPT = ("kind", "event", "text", "source", "made_on", "rank", "data")
_OPEN = "SELECT * FROM answers WHERE entry_id IS NULL AND batch_id IS NULL AND head_id IS NULL AND kind IN ('TA1', '999')"
_BESIDE = (
    "SELECT a.* FROM batches n JOIN batches b ON b.group_number = n.group_number OR b.interchange = n.interchange "
    "JOIN answers a ON a.batch_id = b.id AND a.kind IN ('TA1', '999') WHERE n.id = ?"
)


def _keep(store: Store, each: Acknowledged, source: str, data: dict[str, Any], key: bytes) -> None:
    """Keep an acknowledgment once for each batch that it is about."""
    values = {
        "kind": data["kind"], "event": EventKind.RECEIVED if data["accepted"] else EventKind.REJECTED, "text": each.text,
        "source": source, "made_on": iso(each.made_on), "rank": _RANKS[data["kind"]],
        "data": json.dumps({**data, "key": key.hex()}),
    }  # fmt: skip
    _insert(store, values, key)


def _insert(store: Store, values: dict[str, Any], key: bytes) -> None:
    for at, tie in enumerate(_ties(store, json.loads(values["data"]), values["made_on"])):
        store.insert("answers", key=key_of(key, at), **values, **tie)


def _forget(store: Store, key: bytes) -> None:
    """Remove the rows of an acknowledgment, one for each batch that it was about."""
    at = 0
    while store.delete("answers", key_of(key, at)):
        at += 1


def _ties(store: Store, data: dict[str, Any], made_on: str | None) -> list[dict[str, Any]]:
    """Return the batches that a TA1 or a part of a 999 is about: one, or all of its interchange or group."""
    if data["kind"] == "TA1":
        query = (
            "SELECT * FROM batches WHERE interchange = ? AND interchange_date = ? AND interchange_time = ?"
        )
        return _several(list(store.rows(query, *data["named"])), "interchange")
    query = "SELECT * FROM batches WHERE group_number = ?"
    if data["set"] is None:
        rows = list(store.rows(query, data["group"]))
    else:
        rows = list(store.rows(f"{query} AND set_number = ?", data["group"], data["set"]))
    parties = [row for row in rows if (row["sender"], row["receiver"]) == (data["sender"], data["receiver"])]
    return _several(_before(parties or rows, made_on), "group")


def _before(rows: list[Row], made_on: str | None) -> list[Row]:
    """Leave out files that were sent after the acknowledgment was made, if that leaves any."""
    return [row for row in rows if made_on and row["sent_on"] and row["sent_on"] <= made_on] or rows


def _several(found: list[Row], what: str) -> list[dict[str, Any]]:
    """Return a tie for each batch, if they were all sent in one file; else one that is ambiguous, or none."""
    if not found:
        return [tied(Match(MatchKind.NONE, why=f"no claims were sent under its {what} control number"))]
    if len({(row["interchange"], row["interchange_date"], row["interchange_time"]) for row in found}) > 1:
        return [tied(Match(MatchKind.AMBIGUOUS, why=f"several files have its {what} control number"))]
    return [tied(Match(MatchKind.EXACT), batch=row["id"]) for row in found]


def _number(text: str) -> str:
    """Return a control number of a group without what padding it may have."""
    return text.strip().lstrip("0") or "0"
