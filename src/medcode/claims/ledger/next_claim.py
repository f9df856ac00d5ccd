"""The next claim of an entry: to the next payer, or one that replaces or voids it at the same payer."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.balance import claim_balance, line_balance, payment_balance
from medcode.claims.ledger.numbers_of_payers import readdressed, readdressed_line
from medcode.claims.model import (
    Adjustment,
    Dependent,
    InpatientDecision,
    InstitutionalClaim,
    LineAdjudication,
    OtherPayer,
    OtherSubscriber,
    Subscriber,
)
from medcode.claims.remittance_parts import total
from medcode.errors import MedcodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.ledger.entry import LedgerEntry
    from medcode.claims.ledger.events import Event
    from medcode.claims.model import Claim, Party, Payer
    from medcode.claims.remittance import ClaimPayment, ServicePayment

__all__ = ["NotDueError", "replacement", "secondary", "void"]

_NOTHING = Decimal(0)
_RANKS = "PSTABCDEFGH"
_SELF = "18"
_MEDICARE = {"MA", "MB"}
_REPLACEMENT, _VOID = "7", "8"
_PERSON = ("last_name", "first_name", "middle_name", "suffix", "organization", "address")
_PATIENT = ("birth_date", "sex", "death_date", "weight", "pregnant")


class NotDueError(MedcodeError, ValueError):
    """A claim that cannot be made, or is not due; the message says why."""


def secondary(
    entry: LedgerEntry, payer: Payer | None, subscriber: Subscriber | None, relationship: str | None
) -> Claim:
    """Return the claim to the next payer, with what the last one decided; see `LedgerEntry.secondary`."""
    events = _last_decisions(entry)
    sent = entry.submissions[events[-1].submission or 0]
    rank = _rank(sent, subscriber)
    planned = _planned(sent, payer, rank)
    if payer is None or subscriber is None:
        if planned is None:
            raise NotDueError("the claim names no payer that has not decided: give payer and subscriber")
        payer = payer or planned.payer
        subscriber = subscriber or _subscriber(sent, planned)
    subscriber = subscriber.evolve(payer_responsibility=rank)
    is_bill = isinstance(sent, InstitutionalClaim)  # a value code names the reason; the 837I has no SBR05
    if subscriber.claim_filing in _MEDICARE and not subscriber.insurance_type and not is_bill:
        raise NotDueError(
            "Medicare after another payer needs the reason why it is not primary: insurance_type of the subscriber"
        )
    decided, lines = _decided(sent, events)
    claim = attrs.evolve(
        readdressed(sent, planned),
        payer=payer,
        subscriber=subscriber,
        dependent=_dependent(sent, subscriber, relationship or (planned.relationship if planned else None)),
        lines=tuple(readdressed_line(each, payer, decided.payer) for each in lines),
        other_payers=(decided, *(each for each in sent.other_payers if each is not planned)),
        frequency="1",
        references=sent.references.evolve(payer_claim_number=None, prior_authorization=None, referral=None),
        stated_total=None,
        extras=(),
        origin=None,
    )
    _prove(claim, decided)
    return claim


def replacement(entry: LedgerEntry, **changes: Any) -> Claim:
    """Return the claim that replaces the last one at its payer; see `LedgerEntry.replacement`."""
    return _again(entry, _REPLACEMENT, changes)


def void(entry: LedgerEntry) -> Claim:
    """Return the claim that takes the last one back; see `LedgerEntry.void`."""
    return _again(entry, _VOID, {})


def _again(entry: LedgerEntry, frequency: str, changes: dict[str, Any]) -> Claim:
    number = entry.payer_claim_number
    if number is None:
        raise NotDueError(
            "no answer of the payer names its own number of the claim: it has not taken the claim, so send it again as a new one"
        )
    claim = entry.claim
    references = changes.pop("references", claim.references)
    kept = {"stated_total": None, "extras": (), "origin": None}
    return attrs.evolve(
        claim,
        **{**kept, **changes},
        frequency=frequency,
        references=references.evolve(payer_claim_number=number),
    )


def _last_decisions(entry: LedgerEntry) -> list[Event]:
    """Return the payments of the payer that decided last. Raises NotDueError where no secondary claim is due."""
    payments = [event for event in entry.events if event.payment is not None]
    if not payments:
        raise NotDueError("no payer has decided on the claim yet")
    if entry.is_forwarded:
        carrier = next(
            (e.payment.crossover_carrier for e in payments if e.payment and e.payment.crossover_carrier), None
        )
        whom = f" to {carrier.organization}" if carrier and carrier.organization else ""
        raise NotDueError(f"the payer has forwarded the claim{whom}: the next payer has it already")
    last = payments[-1].payer
    events = [event for event in payments if event.payer == last]
    if not sum((event.charge or _NOTHING for event in events), _NOTHING):
        raise NotDueError("the payer has taken its decision back: wait for the corrected one")
    return events


def _rank(sent: Claim, subscriber: Subscriber | None) -> str:
    """Return the rank of the next payer: the one after the last, or a later one that the subscriber names."""
    after = min(_RANKS.find(sent.subscriber.payer_responsibility) + 1, len(_RANKS) - 1)
    named = subscriber.payer_responsibility if subscriber else ""
    return _RANKS[max(after, _RANKS.find(named) if named else after)]


def _planned(sent: Claim, payer: Payer | None, rank: str) -> OtherPayer | None:
    """Return the other payer of the claim that the next claim goes to: the one that is named, or the one left.

    A claim has one payer of a rank, so an undecided one of the next rank is meant, too, however it was named.
    """
    undecided = [each for each in sent.other_payers if each.paid is None and not each.adjustments]
    if payer is None:
        return undecided[0] if len(undecided) == 1 else None
    known = [
        each
        for each in sent.other_payers
        if each.payer.payer_id == payer.payer_id is not None
        or each.payer.organization == payer.organization is not None
    ]
    known = [each for each in known if each in undecided] or known
    known += [each for each in undecided if each.payer_responsibility == rank]
    return known[0] if known else None


def _subscriber(sent: Claim, planned: OtherPayer) -> Subscriber:
    """Return the subscriber of the next payer as far as the claim names it."""
    other = planned.subscriber
    values = {name: getattr(other, name) for name in _PERSON}
    if planned.relationship == _SELF:
        values |= {name: getattr(sent.patient, name) for name in _PATIENT}
        values["address"] = values["address"] or sent.patient.address
    return Subscriber(
        **values, member_id=other.member_id, member_id_type=other.member_id_type, group_number=planned.group_number,
        group_name=planned.group_name, claim_filing=planned.claim_filing, insurance_type=planned.insurance_type,
    )  # fmt: skip


def _dependent(sent: Claim, subscriber: Subscriber, relationship: str | None) -> Dependent | None:
    """Return the patient, where that is not the subscriber of the next payer."""
    patient = sent.patient
    if relationship == _SELF or (relationship is None and _is_same(patient, subscriber)):
        return None
    relationship = relationship or (sent.dependent.relationship if sent.dependent else None)
    if relationship is None:
        raise NotDueError(
            "the patient is not the subscriber of the next payer: give the relationship between them"
        )
    values = {name: getattr(patient, name) for name in (*_PERSON, *_PATIENT, "casualty_claim_number")}
    return Dependent(relationship=relationship, **values)


def _is_same(one: Party, other: Party) -> bool:
    return (one.last_name, one.first_name) == (other.last_name, other.first_name)


def _decided(sent: Claim, events: list[Event]) -> tuple[OtherPayer, tuple[Any, ...]]:
    """Return the payer that has decided with its decision, and the lines with theirs."""
    payments = [event.payment for event in events if event.payment is not None]
    payer, last = sent.payer, payments[-1]
    if payer.payer_id is None:
        raise NotDueError("the payer that has decided has no id on the claim, by which lines name it")
    lines = list(sent.lines)
    by_line: dict[int, list[ServicePayment]] = {}
    for event, payment in zip(events, payments, strict=True):
        for match, paid in zip(event.lines, payment.lines, strict=True):
            if match.line is None or "procedure" in match.match.differences:
                why = match.match.why or "the one with its charge has another procedure"
                raise NotDueError(f"a line of the remittance fits no line of the claim: {why}")
            by_line.setdefault(match.line, []).append(paid)
    day = events[-1].date
    is_bill = isinstance(sent, InstitutionalClaim)
    for at, paid_lines in by_line.items():
        decision = _adjudication(payer.payer_id, paid_lines, day, is_bill=is_bill)
        lines[at] = lines[at].evolve(adjudications=(*lines[at].adjudications, decision))
    adjustments = _summed(each for payment in payments for each in payment.adjustments)
    of_lines = (each for paid_lines in by_line.values() for each in _all_adjustments(paid_lines))
    share = total(each.amount for each in (*adjustments, *of_lines) if each.group == "PR")
    subscriber = sent.subscriber
    inpatient = last.inpatient if is_bill else None
    decided = OtherPayer(
        payer=payer.evolve(billing_provider_identifiers=(), address=None),
        subscriber=OtherSubscriber(
            **{name: getattr(subscriber, name) for name in _PERSON},
            member_id=_corrected_number(payments) or subscriber.member_id, member_id_type=subscriber.member_id_type,
        ),
        payer_responsibility=subscriber.payer_responsibility,
        relationship=sent.dependent.relationship if sent.dependent else _SELF,
        group_number=subscriber.group_number, group_name=subscriber.group_name, insurance_type=subscriber.insurance_type,
        claim_filing=subscriber.claim_filing, adjustments=adjustments, paid=total(each.paid for each in payments),
        remaining_liability=share or None, benefits_assigned=sent.benefits_assigned,
        release_of_information=sent.release_of_information,
        patient_signature_source=getattr(sent, "patient_signature_source", None),
        inpatient=InpatientDecision(**_values(inpatient, InpatientDecision)) if inpatient else None, outpatient=last.outpatient,
        remittance_date=None if by_line else day, prior_authorization=sent.references.prior_authorization,
        referral=sent.references.referral, claim_number=last.payer_claim_number,
    )  # fmt: skip
    return decided, tuple(lines)


def _values(part: Any, cls: type[Any]) -> dict[str, Any]:
    return {field.name: getattr(part, field.name) for field in attrs.fields(cls)}


def _adjudication(payer_id: str, paid: list[ServicePayment], day: Any, *, is_bill: bool) -> LineAdjudication:
    """Return what a payer decided on a line, all in all: a reversal and its correction cancel each other."""
    last = paid[-1]
    procedure, revenue = last.procedure, last.revenue_code
    if procedure is not None and procedure.qualifier == "NU":
        revenue, procedure = str(procedure.code), None
    return LineAdjudication(
        payer_id=payer_id,
        paid=total(each.paid for each in paid),
        procedure=procedure,
        revenue_code=revenue if is_bill else None,
        quantity=last.units if isinstance(last.units, Decimal) else Decimal(1),
        adjustments=_summed(_all_adjustments(paid)),
        date=day,
    )


def _corrected_number(payments: list[ClaimPayment]) -> str | None:
    """Return the number by which the payer knows the insured, where its last word on it corrects the one on the claim."""
    found = [each.corrected_patient for each in payments if each.corrected_patient]
    return next((each.id for each in reversed(found) if each.id), None)


def _all_adjustments(paid: Iterable[ServicePayment]) -> Iterator[Adjustment]:
    """Yield the adjustments of all that was paid for a line."""
    return (each for one in paid for each in one.adjustments)


def _summed(adjustments: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    """Return adjustments by group and reason, in their order; those that cancel each other are left out."""
    sums: dict[tuple[str, str], Decimal] = {}
    for each in adjustments:
        key = each.group, each.reason
        sums[key] = sums.get(key, _NOTHING) + total([each.amount])
    return tuple(Adjustment(*key, amount) for key, amount in sums.items() if amount)


def _prove(claim: Claim, decided: OtherPayer) -> None:
    """Raise NotDueError where what the payer decided does not make up the claim."""
    for what, balance in _balances(claim, decided):
        if balance is not None and not balance.holds:
            raise NotDueError(
                f"{what} does not balance: {balance.stated:,.2f} is stated, the other amounts add up to {balance.computed:,.2f}"
            )


def _balances(claim: Claim, decided: OtherPayer) -> Iterator[tuple[str, Any]]:
    yield "the claim", claim_balance(claim, decided)
    yield "what was paid for the claim", payment_balance(claim, decided)
    for number, line in enumerate(claim.lines, 1):
        for each in line.adjudications:
            if each.payer_id == decided.payer.payer_id:
                yield f"line {number}", line_balance(line, each)
