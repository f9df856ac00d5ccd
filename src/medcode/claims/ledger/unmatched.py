"""Answers that found no claim: kept, named, and tried again whenever claims are added."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from medcode.claims.claim_status import ClaimStatus
from medcode.claims.ledger.matching import Match, MatchKind
from medcode.claims.ledger.reading import record_of
from medcode.claims.remittance import ClaimPayment

if TYPE_CHECKING:
    from medcode.claims.ledger.store import Store

__all__ = ["UNMATCHED", "Unmatched", "unmatched"]

UNMATCHED = "SELECT * FROM answers WHERE entry_id IS NULL AND batch_id IS NULL AND kind != 'PLB' ORDER BY id"


@attrs.frozen(kw_only=True)
class Unmatched:
    """An answer that fits no claim of the ledger, or several alike.

    `match` says which of the two, with the `candidates` and the reason; `by` is the document: TA1, 999, 277CA, 277, 835.
    """

    by: str
    date: date | None
    match: Match
    source: str = attrs.field(default="", repr=False)
    paid: Decimal | None = None
    payment: ClaimPayment | None = attrs.field(default=None, repr=False)
    status: ClaimStatus | None = attrs.field(default=None, repr=False)

    @property
    def candidates(self) -> tuple[str, ...]:
        """The control numbers of the claims that it could be about."""
        return self.match.candidates

    @property
    def why(self) -> str:
        """Why it found no claim, in words."""
        return self.match.why


def unmatched(store: Store) -> tuple[Unmatched, ...]:
    """Return the answers of a store that found no claim."""
    found = []
    for row in store.rows(UNMATCHED):
        record = None if row["head_id"] is None else record_of(store.head(row["head_id"]), row["text"])
        decision = json.loads(row["data"]).get("decision")
        found.append(
            Unmatched(
                by=row["kind"],
                date=date.fromisoformat(row["made_on"]) if row["made_on"] else None,
                match=Match(
                    MatchKind(row["match"]),
                    tuple(json.loads(row["differences"])),
                    tuple(json.loads(row["candidates"])),
                    row["why"],
                ),
                source=row["source"],
                paid=Decimal(decision["paid"]) if decision else None,
                payment=record if isinstance(record, ClaimPayment) else None,
                status=record if isinstance(record, ClaimStatus) else None,
            )
        )
    return tuple(found)
