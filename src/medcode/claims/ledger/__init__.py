"""What became of each claim: a ledger of claims sent and of every answer to them.

Add the claims you sent (837) and the payers' answers (TA1, 999, 277CA, 277, 835), in any order, as paths, texts or objects. Each answer is
matched to its claim, and how sure that is has a name; an answer that fits no claim is kept in `Ledger.unmatched`, and the
same answer counts once however often it comes. Every sum is worked out from the answers themselves.

>>> ledger = Ledger()
>>> ledger.add("ST*837*0001*005010X222A1~SE*2*0001~")
>>> len(ledger), ledger.unmatched
(0, ())
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.ledger.adding import add
from medcode.claims.ledger.entry import LedgerEntry
from medcode.claims.ledger.events import Event, EventKind, LineMatch, Problem
from medcode.claims.ledger.matching import Match, MatchKind
from medcode.claims.ledger.next_claim import NotDueError
from medcode.claims.ledger.store import LedgerError, Store
from medcode.claims.ledger.unmatched import Unmatched, unmatched
from medcode.claims.remittance import Remittance
from medcode.claims.x12.parse.session import Session
from medcode.errors import MedcodeError, X12Error

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from datetime import date
    from typing import Self

    from medcode.claims.model import Part

__all__ = [
    "COLUMNS",
    "Event",
    "EventKind",
    "Ledger",
    "LedgerEntry",
    "LedgerError",
    "LineMatch",
    "Match",
    "MatchKind",
    "NotDueError",
    "Problem",
    "Totals",
    "UnknownClaim",
    "Unmatched",
]

_NOTHING = Decimal(0)

COLUMNS = (
    "control_number", "payer_claim_number", "payer", "state", "sent_on", "last_on", "days_open", "submissions", "charge",
    "paid", "written_off", "refused", "patient_responsibility", "balance", "next_step",
)  # fmt: skip
"""The columns of `Ledger.rows`, in order. They identify patients by the two numbers of the claim."""


class UnknownClaim(MedcodeError, KeyError):  # noqa: N818  # as UnknownCode
    """No claim of a ledger has a control number, or several have it."""

    def __str__(self) -> str:
        """Return the message itself; KeyError would return its repr."""
        return str(self.args[0])


@attrs.frozen(kw_only=True)
class Totals:
    """What a ledger comes to, in US dollars.

    `paid` is what remittances paid for claims (CLP04), `unmatched` the part of it for claims that the ledger does not know, `provider_adjusted` what
    provider adjustments (PLB) take off, and `received` the payments themselves (BPR02). `difference` is zero if every remittance
    adds up.
    """

    charge: Decimal
    paid: Decimal
    unmatched: Decimal
    provider_adjusted: Decimal
    received: Decimal

    @property
    def difference(self) -> Decimal:
        """What remittances paid for claims, less provider adjustments, less the payments."""
        return self.paid - self.provider_adjusted - self.received


class Ledger:
    """Claims sent and the answers to them; `path` keeps them in an SQLite file, which is made if it is not there.

    The file holds patients' data, and a new one is readable by its owner alone. Several processes may add to it, one source
    at a time; a process that is killed leaves a source added as a whole or not at all. Raises LedgerError for a file that is
    no ledger.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self._store = Store(path)

    def __enter__(self) -> Self:
        """Return the ledger, to be closed at the end of a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; the ledger can no longer be used."""
        self._store.close()

    def add(self, *sources: Any) -> None:
        """Add claims or answers: paths, texts, bytes, open files, transmissions, claims, remittances, claim statuses.

        The order does not matter, and what is there already is not added again. Raises OSError or X12Error for a source that cannot be read,
        TypeError for anything else; that source is then left out as a whole.
        """
        for source in sources:
            try:
                with self._store.transaction():
                    add(self._store, source)
            except UnicodeEncodeError:  # it holds the text
                raise X12Error("a character of the text cannot be written in utf-8") from None

    def __len__(self) -> int:
        """Return how many claims there are."""
        count: int = self._store.row("SELECT count(*) FROM entries")[0]
        return count

    def __iter__(self) -> Iterator[LedgerEntry]:
        """Yield the claims, in the order they were added."""
        for row in self._store.rows("SELECT id, number FROM entries ORDER BY id"):
            yield LedgerEntry(self._store, row["id"], row["number"])

    def find(self, number: str) -> tuple[LedgerEntry, ...]:
        """Return the claims of a control number: none, one, or several where it was used for several claims."""
        query = "SELECT id, number FROM entries WHERE number = ? ORDER BY id"
        try:
            rows = list(self._store.rows(query, number))
        except UnicodeEncodeError:  # a text that no file can hold is the number of no claim
            return ()
        return tuple(LedgerEntry(self._store, row["id"], row["number"]) for row in rows)

    def __contains__(self, number: object) -> bool:
        """Whether a claim has a control number."""
        return isinstance(number, str) and bool(self.find(number))

    def __getitem__(self, number: str) -> LedgerEntry:
        """Return the claim of a control number. Raises UnknownClaim, a KeyError, where it has none or several."""
        found = self.find(number)
        if len(found) != 1:
            what = f"{len(found)} claims of the ledger have" if found else "no claim of the ledger has"
            raise UnknownClaim(f"{what} this control number{'; use find' if found else ''}")
        return found[0]

    @property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """The answers that fit no claim, or several alike, in the order they were added."""
        return unmatched(self._store)

    @property
    def remittances(self) -> tuple[Remittance, ...]:
        """The payments with their provider adjustments, without their claims."""
        found: list[Part] = []
        for row in self._store.rows("SELECT head_id, text FROM payments ORDER BY id"):
            found += Session(build=Remittance).read([self._store.head(row["head_id"]).whole(row["text"])])
        return tuple(each for each in found if isinstance(each, Remittance))

    def totals(self) -> Totals:
        """Return what it all comes to."""
        charge = paid = _NOTHING
        for entry in self:  # one at a time: each keeps its history
            charge, paid = charge + entry.charge, paid + entry.paid
        lost = sum((each.paid for each in self.unmatched if each.paid is not None), _NOTHING)
        payments = list(self._store.rows("SELECT amount, adjusted FROM payments"))
        return Totals(
            charge=charge,
            paid=paid + lost,
            unmatched=lost,
            provider_adjusted=sum((Decimal(row["adjusted"]) for row in payments), _NOTHING),
            received=sum((Decimal(row["amount"]) for row in payments), _NOTHING),
        )

    def rows(self, on: date | None = None) -> Iterator[dict[str, Any]]:
        """Yield a flat row for each claim, with the columns of `COLUMNS`; days are counted to `on` (default: today)."""
        for entry in self:
            yield entry.row(on)

    def __repr__(self) -> str:
        """Show how much it holds."""
        return f"<Ledger: {len(self)} claims, {len(self.unmatched)} unmatched answers>"
