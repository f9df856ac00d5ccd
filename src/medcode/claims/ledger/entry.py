"""One claim in a ledger: the claim as sent, the answers to it, the amounts, and the next step."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from medcode.claims.ledger.events import EventKind
from medcode.claims.ledger.history import History
from medcode.claims.ledger.money import adjustments_of, decide, net, refused, refused_amount
from medcode.claims.ledger.next_claim import replacement, secondary, void
from medcode.claims.ledger.words import NEXT_STEPS
from medcode.codesets import clock

if TYPE_CHECKING:
    from datetime import date

    from medcode.claims.ledger.events import Event, Problem
    from medcode.claims.ledger.money import Decision
    from medcode.claims.ledger.store import Store
    from medcode.claims.model import Adjustment, Claim, Payer, Subscriber
    from medcode.claims.reasons import ReasonKind
    from medcode.claims.remittance import ClaimPayment
    from medcode.findings import Finding

__all__ = ["LedgerEntry"]

_NOTHING = Decimal(0)
_VOID = "8"
_WEIGHTS = {
    EventKind.RECEIVED: 1,
    EventKind.ACCEPTED: 2,
    EventKind.FORWARDED: 2,
    EventKind.REJECTED: 2,
    EventKind.PENDED: 3,
    EventKind.REQUESTED: 3,
    EventKind.FINALIZED: 4,
    EventKind.PREDETERMINED: 5,
}
"""How far along a claim is; an answer that says less than what is known changes nothing."""
_DECIDED = frozenset(
    {EventKind.PAID, EventKind.REDUCED, EventKind.DENIED, EventKind.REVERSED, EventKind.CORRECTED}
)


class LedgerEntry:
    """A claim, from the first time it was sent to the last answer.

    Everything is worked out from the claims sent and the answers to them, in the order of their days; nothing is posted by hand.
    """

    def __init__(self, store: Store, id_: int, number: str) -> None:
        self._history = History(store, id_)
        self.control_number = number

    def __repr__(self) -> str:
        """Show what it comes to; the control number identifies a patient and is left out."""
        return f"<LedgerEntry {self.state}: charge {self.charge}, paid {self.paid}, balance {self.balance}>"

    @property
    def claim(self) -> Claim:
        """The claim as it was sent last."""
        return self._history.claims[-1]

    @property
    def submissions(self) -> tuple[Claim, ...]:
        """The claim each time it was sent: original, replacements, to the next payer."""
        return self._history.claims

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened, in the order of the days."""
        return tuple(self._history.events())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the claim was rejected, each with its field; of all its rejections, the first one first."""
        return tuple(problem for event in self.events for problem in event.problems)

    @property
    def payments(self) -> tuple[ClaimPayment, ...]:
        """What remittances say of it, reversals included."""
        return tuple(event.payment for event in self.events if event.payment is not None)

    @cached_property
    def _decisions(self) -> tuple[Decision, ...]:
        return tuple(each for each in self._history.decisions() if each.kind is not EventKind.PREDETERMINED)

    @cached_property
    def _by_payer(self) -> dict[str, Decision]:
        """What each payer has decided, all in all, in the order they decided first."""
        payers = dict.fromkeys(each.payer for each in self._decisions)
        return {payer: net(each for each in self._decisions if each.payer == payer) for payer in payers}

    @property
    def charge(self) -> Decimal:
        """What is charged as the claim was sent last; nothing for a void one."""
        return _NOTHING if self._history.frequency == _VOID else self._history.charge

    @property
    def paid(self) -> Decimal:
        """What payers have paid, all in all: the sum of CLP04."""
        return sum((each.paid for each in self._decisions), _NOTHING)

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """What payers have adjusted by group and reason, all in all, the largest first; what was reversed is left out."""
        return adjustments_of(net(self._decisions))

    @property
    def patient_responsibility(self) -> Decimal:
        """What the payer that decided last leaves to the patient (group PR)."""
        last = self._last_decision
        return last.sum("PR") if last else _NOTHING

    @property
    def _last_decision(self) -> Decision | None:
        """The decision of the last payer in line; None where it took everything back."""
        standing = [each for each in self._by_payer.values() if each.charge or each.paid or each.adjustments]
        return standing[-1] if standing else None

    @property
    def written_off(self) -> Decimal:
        """What the contract takes off; payers in a row state it again, so the largest counts."""
        return max((each.written_off for each in self._by_payer.values()), default=_NOTHING)

    @property
    def balance(self) -> Decimal:
        """What somebody still owes: the charge less what was paid and what the contract takes off.

        It is the share of the patient or of the next payer, and what was refused: a denial is work to do, not money that is
        written off.
        """
        return self.charge - self.paid - self.written_off

    @cached_property
    def state(self) -> EventKind:
        """The state it is in: sent, received, rejected, accepted, forwarded, pended, paid, reduced, denied, reversed and so on."""
        state, weight = EventKind.SENT, 0
        for event in self.events:
            if event.kind is EventKind.SENT:
                state, weight = EventKind.SENT, 0
            elif event.kind in _DECIDED:
                state, weight = event.kind, max(_WEIGHTS.values())
            elif _WEIGHTS.get(event.kind, 0) >= max(weight, 1):
                state, weight = event.kind, _WEIGHTS[event.kind]
        if state in _DECIDED:
            last = self._last_decision
            return decide(last) if last else EventKind.REVERSED
        return state

    @property
    def is_forwarded(self) -> bool:
        """Whether a payer has sent the claim on to the next one, so that no secondary claim is due."""
        return any(each.is_forwarded for each in self._decisions)

    @property
    def payer_claim_number(self) -> str | None:
        """The payer's own number of the claim: the last one it named."""
        return self._history.payer_claim_number

    @cached_property
    def prevention(self) -> tuple[Finding, ...]:
        """What edits would have found before sending of what the payer rejected or refused, the likeliest cause first.

        `medcode.claims.ledger.prevention.prevented_by` does the same with tables of yours.
        """
        from medcode.claims.ledger.prevention import prevented_by

        return prevented_by(self)

    @property
    def next_step(self) -> str:
        """What to do next, in a sentence or two."""
        found = self.prevention
        return f"{next_step(self)} {_prevented(found[0])}" if found else next_step(self)

    def secondary(
        self,
        *,
        payer: Payer | None = None,
        subscriber: Subscriber | None = None,
        relationship: str | None = None,
    ) -> Claim:
        """Return the claim to the next payer, ready to be checked and sent.

        It holds what the payer that decided last has paid and adjusted, for the claim and each line, and its own number of the claim, and it
        balances. `payer` and `subscriber` default to the other payer that the claim names; `relationship` is the patient's to the
        subscriber, 18 for the subscriber. Raises NotDueError with the reason: nobody has decided yet, the payer has forwarded
        the claim itself, what it decided does not add up, or something is not known.
        """
        return secondary(self, payer, subscriber, relationship)

    def replacement(self, **changes: Any) -> Claim:
        """Return the claim that replaces this one (frequency 7), with the payer's own number of it and `changes` of its fields.

        Raises NotDueError where the payer has not named its number: then it has not taken the claim.
        """
        return replacement(self, **changes)

    def void(self) -> Claim:
        """Return the claim that takes this one back (frequency 8), with the payer's own number of it.

        Raises NotDueError where the payer has not named its number: then there is nothing to take back.
        """
        return void(self)

    def days_open(self, on: date | None = None) -> int:
        """Return how many days it took from the first submission to the answer that closed it, or to a day (default: today)."""
        days = [event.date for event in self.events if event.date]
        if not days:
            return 0
        closed = self.balance == 0 and self.state in _DECIDED
        end = days[-1] if closed else on or clock.today()
        return max((end - days[0]).days, 0)

    @property
    def refused(self) -> Decimal:
        """What the payer that decided last has refused, other than by contract."""
        last = self._last_decision
        return refused_amount(last) if last else _NOTHING

    @property
    def refusals(self) -> dict[ReasonKind, Decimal]:
        """What the payer that decided last has refused, by the kind of its reason, the largest first."""
        last = self._last_decision
        found: list[tuple[ReasonKind, Any]] = refused(last).most_common() if last else []
        return dict(found)

    @property
    def payer(self) -> str | None:
        """The payer that the claim was sent to last."""
        return self._history.payer

    @property
    def first_day(self) -> date | None:
        """The first day of service."""
        return self._history.first_day

    def has_next_payer(self) -> bool:
        """Whether the claim names another payer that has not decided yet."""
        return any(other.paid is None and not other.adjustments for other in self.claim.other_payers)

    def row(self, on: date | None = None) -> dict[str, Any]:
        """Return it as a flat row; see `medcode.claims.ledger.COLUMNS`."""
        first = self.events[0] if self.events else None
        return {
            "control_number": self.control_number,
            "payer_claim_number": self.payer_claim_number,
            "payer": self._history.payer,
            "state": str(self.state),
            "sent_on": first.date if first else None,
            "last_on": self.events[-1].date if self.events else None,
            "days_open": self.days_open(on),
            "submissions": self._history.count,
            "charge": self.charge,
            "paid": self.paid,
            "written_off": self.written_off,
            "refused": self.refused,
            "patient_responsibility": self.patient_responsibility,
            "balance": self.balance,
            "next_step": self.next_step,
        }


def _prevented(found: Finding) -> str:
    """Return what an edit would have said of the claim before it was sent."""
    at = f" at {found.location.path}" if found.location.path else ""
    fix = f" {found.fix.text}" if found.fix else ""
    return f"{found.rule} ({found.name}) finds this before sending{at}: {found.message}{fix}"


def next_step(entry: LedgerEntry) -> str:  # noqa: PLR0911  # one return for each thing to do
    """Return what to do next about a claim."""
    state = entry.state
    if state in NEXT_STEPS:
        return NEXT_STEPS[state]
    for kind in entry.refusals:
        return f"{kind.title}: {kind.next_step}"
    if entry.balance == 0:
        return "Nothing: the claim is closed."
    if entry.is_forwarded:
        return "Wait for the next payer: the claim was forwarded to it."
    if entry.has_next_payer():
        return "Send the claim to the next payer (LedgerEntry.secondary)."
    if entry.patient_responsibility == entry.balance:
        return f"Bill the patient {entry.balance:,.2f}."
    return "Compare the payment with the contract: paid, adjusted and the patient's share do not make up the charge."
