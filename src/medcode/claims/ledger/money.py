"""What decisions of payers come to: sums to the cent, and whether they pay, reduce or deny."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.ledger.events import EventKind
from medcode.claims.model import Adjustment
from medcode.claims.reasons import ReasonKind, kind_of
from medcode.claims.remittance_parts import total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims.remittance import ClaimPayment, Remittance

__all__ = ["Decision", "adjustments_of", "decide", "net", "refused", "refused_amount"]

_NOTHING = Decimal(0)
_RANKS = {"1": "P", "2": "S", "3": "T", "19": "P", "20": "S", "21": "T"}
_BY_STATUS = {"22": EventKind.REVERSED, "23": EventKind.FORWARDED, "25": EventKind.PREDETERMINED}
_REFUSING = frozenset({"CO", "CR", "OA", "PI"})
_SETTLED = frozenset({ReasonKind.CONTRACTUAL, ReasonKind.PRIOR_PAYER})


@attrs.frozen(kw_only=True)
class Decision:
    """The amounts of one payment of a claim, or of several together."""

    charge: Decimal = _NOTHING
    paid: Decimal = _NOTHING
    adjustments: tuple[tuple[str, str, Decimal], ...] = ()
    status: str = ""
    payer: str = ""
    payer_name: str | None = None
    is_forwarded: bool = False

    @classmethod
    def of(cls, payment: ClaimPayment, remittance: Remittance | None) -> Decision:
        """Return the amounts of a payment; those that cannot be read count as nothing."""
        payer = remittance.payer if remittance else None
        name = payer.organization if payer else None
        sums: dict[tuple[str, str], Decimal] = {}
        for each in payment.all_adjustments():
            key = each.group, each.reason
            sums[key] = sums.get(key, _NOTHING) + total([each.amount])
        return cls(
            charge=total([payment.charge]),
            paid=total([payment.paid]),
            adjustments=tuple((*key, amount) for key, amount in sums.items()),
            status=payment.status,
            payer=(payer.id if payer else None) or name or "",
            payer_name=name,
            is_forwarded=payment.is_forwarded,
        )

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        rows = [[group, reason, str(amount)] for group, reason, amount in self.adjustments]
        return {**attrs.asdict(self), "charge": str(self.charge), "paid": str(self.paid), "adjustments": rows}

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> Decision:
        """Return what `to_plain` wrote."""
        rows = tuple((group, reason, Decimal(amount)) for group, reason, amount in data["adjustments"])
        return cls(
            **{**data, "charge": Decimal(data["charge"]), "paid": Decimal(data["paid"]), "adjustments": rows}
        )

    @property
    def rank(self) -> str:
        """The payer's place in line as its status says: P, S or T; empty where it does not."""
        return _RANKS.get(self.status, "")

    @property
    def kind(self) -> EventKind:
        """What this decision does to the claim by itself."""
        return _BY_STATUS.get(self.status) or decide(self)

    def sum(self, *groups: str) -> Decimal:
        """Return the sum of the adjustments of some groups."""
        return sum((amount for group, _, amount in self.adjustments if group in groups), _NOTHING)

    @property
    def written_off(self) -> Decimal:
        """What the contract takes off."""
        return sum(
            (
                amount
                for group, reason, amount in self.adjustments
                if group in _REFUSING and kind_of(group, reason) is ReasonKind.CONTRACTUAL
            ),
            _NOTHING,
        )


def net(decisions: Iterable[Decision]) -> Decision:
    """Return several decisions as one: sums of their amounts, with adjustments that cancel each other left out."""
    charge = paid = _NOTHING
    sums: dict[tuple[str, str], Decimal] = {}
    payer, name = "", None
    for each in decisions:
        charge, paid, payer, name = charge + each.charge, paid + each.paid, each.payer, each.payer_name
        for group, reason, amount in each.adjustments:
            sums[group, reason] = sums.get((group, reason), _NOTHING) + amount
    rows = tuple((*key, amount) for key, amount in sums.items() if amount)
    return Decision(charge=charge, paid=paid, adjustments=rows, payer=payer, payer_name=name)


def refused(decision: Decision) -> Counter[ReasonKind]:
    """Return what was refused, by the kind of its reason: neither contract, nor earlier payer, nor patient's share."""
    found: Counter[ReasonKind] = Counter()
    for group, reason, amount in decision.adjustments:
        kind = kind_of(group, reason)
        if group in _REFUSING and kind not in _SETTLED and amount > 0:
            found[kind] += amount  # type: ignore[assignment]  # a Counter adds decimals as well
    return found


def refused_amount(decision: Decision) -> Decimal:
    """Return how much was refused."""
    amounts: list[Any] = list(refused(decision).values())
    return total(amounts)


def decide(decision: Decision) -> EventKind:
    """Return whether a decision pays a claim, reduces or denies it.

    Denied is what is paid nothing and where refusals cover all that the contract and earlier payers leave of the charge;
    reduced where anything was refused. A charge that goes to the deductible is paid, with nothing.
    """
    amount = refused_amount(decision)
    if amount <= 0:
        return EventKind.PAID
    settled = sum(
        (
            amount
            for group, reason, amount in decision.adjustments
            if group in _REFUSING and kind_of(group, reason) in _SETTLED
        ),
        _NOTHING,
    )
    whole = decision.paid == 0 and amount >= decision.charge - settled
    return EventKind.DENIED if whole else EventKind.REDUCED


def adjustments_of(decision: Decision) -> tuple[Adjustment, ...]:
    """Return the adjustments of a decision as objects, the largest first."""
    rows = sorted(decision.adjustments, key=lambda row: (-row[2], row[:2]))
    return tuple(Adjustment(*row) for row in rows)
