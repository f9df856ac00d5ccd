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

__all__ = ["acknowledgment_tie", "keep_acknowledgment", "keep_batch"]

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


def _keep(store: Store, each: Acknowledged, source: str, data: dict[str, Any], key: bytes) -> None:
    """Keep an acknowledgment once for each batch that it is about."""
    values = {
        "kind": data["kind"], "event": EventKind.RECEIVED if data["accepted"] else EventKind.REJECTED, "text": each.text,
        "source": source, "made_on": iso(each.made_on), "rank": _RANKS[data["kind"]], "data": json.dumps(data),
    }  # fmt: skip
    for at, tie in enumerate(_ties(store, data)):
        store.insert("answers", key=key_of(key, at), **values, **tie)


def acknowledgment_tie(store: Store, data: dict[str, Any]) -> dict[str, Any]:
    """Return the batch that an acknowledgment which was kept before is about, now that there may be one."""
    return _ties(store, data)[0]


def _ties(store: Store, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the batches that a TA1 or a part of a 999 is about: one, or all of its interchange or group."""
    if data["kind"] == "TA1":
        query = (
            "SELECT * FROM batches WHERE interchange = ? AND interchange_date = ? AND interchange_time = ?"
        )
        return _several(store.rows(query, *data["named"]), "interchange")
    query = "SELECT * FROM batches WHERE group_number = ?"
    if data["set"] is None:
        rows = list(store.rows(query, data["group"]))
    else:
        rows = list(store.rows(f"{query} AND set_number = ?", data["group"], data["set"]))
    parties = [row for row in rows if (row["sender"], row["receiver"]) == (data["sender"], data["receiver"])]
    return _several(parties or rows, "group")


def _several(rows: Iterable[Row], what: str) -> list[dict[str, Any]]:
    """Return a tie for each batch, if they were all sent in one file; else one that is ambiguous, or none."""
    found = list(rows)
    if not found:
        return [tied(Match(MatchKind.NONE, why=f"no claims were sent under its {what} control number"))]
    if len({(row["interchange"], row["interchange_date"], row["interchange_time"]) for row in found}) > 1:
        return [tied(Match(MatchKind.AMBIGUOUS, why=f"several files have its {what} control number"))]
    return [tied(Match(MatchKind.EXACT), batch=row["id"]) for row in found]


def _number(text: str) -> str:
    """Return a control number of a group without what padding it may have."""
    return text.strip().lstrip("0") or "0"
