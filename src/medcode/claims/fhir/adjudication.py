"""What a payer decided, as the adjudications of FHIR: amounts by category, and each reason with its amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.datatypes import code_text, coding, money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from medcode.claims.fhir.datatypes import Resource
    from medcode.claims.model.line import Line
    from medcode.claims.remittance import ClaimPayment
    from medcode.claims.remittance_line import Adjusted, ServicePayment

__all__ = ["AMOUNTS", "amounts", "network_status", "paired", "reasons"]

AMOUNTS = uri.CARIN + "C4BBAdjudication"
_DISCRIMINATOR = uri.CARIN + "C4BBAdjudicationDiscriminator"
_NETWORK = uri.CARIN + "C4BBPayerAdjudicationStatus"
_REASON = "https://x12.org/codes/claim-adjustment-reason-codes"
_REMARK = "https://x12.org/codes/remittance-advice-remark-codes"
_GROUP = uri.OUR + "adjustment-group"


def amounts(paid: Adjusted, allowed: Decimal, *, to_patient: bool = False) -> Iterator[Resource]:
    """Yield the amounts of a claim or line by category; those of zero only where they say something.

    Submitted, allowed and paid are always there. What patients owe, the discount of a contract, what earlier
    payers paid and what is not covered are there where the payer adjusted for it.
    """
    owed = paid.adjusted("PR")
    discount, before = paid.adjusted("CO", "45"), paid.adjusted("OA", "23")
    refused = paid.adjusted("CO") + paid.adjusted("OA") + paid.adjusted("PI") - discount - before
    always: list[tuple[str, str, Any]] = [
        (uri.ADJUDICATION, "submitted", paid.charge),
        (uri.ADJUDICATION, "eligible", allowed),
        (AMOUNTS, "paidtopatient" if to_patient else "paidtoprovider", paid.paid),
    ]
    sometimes: list[tuple[str, str, Any]] = [
        (uri.ADJUDICATION, "deductible", paid.deductible),
        (AMOUNTS, "coinsurance", paid.coinsurance),
        (uri.ADJUDICATION, "copay", paid.copay),
        (AMOUNTS, "memberliability", owed),
        (AMOUNTS, "discount", discount),
        (AMOUNTS, "priorpayerpaid", before),
        (AMOUNTS, "noncovered", refused),
    ]
    for system, code, amount in (*always, *(each for each in sometimes if each[2])):
        if found := money(amount):
            yield {"category": coding(system, code), "amount": found}


def reasons(paid: Adjusted, remarks: Iterable[str]) -> Iterator[Resource]:
    """Yield each adjustment of a claim or line with its reason, its group in an extension; then the remarks."""
    category = coding(_DISCRIMINATOR, "adjustmentreason")
    for each in paid.adjustments:
        if not (reason := coding(_REASON, each.reason)):
            continue
        found: Resource = {"category": category, "reason": reason}
        if amount := money(each.amount):
            found["amount"] = amount
        if group := code_text(each.group):
            found["extension"] = [{"url": _GROUP, "valueCode": group}]
        yield found
    for remark in remarks:
        if reason := coding(_REMARK, remark):
            yield {"category": category, "reason": reason}


def network_status(name: str, network: str) -> Resource:
    """Return the adjudication that says whether a provider was in the network."""
    return {"category": coding(_DISCRIMINATOR, name), "reason": coding(_NETWORK, network)}


def paired(lines: Iterable[Line], payment: ClaimPayment) -> list[ServicePayment | None]:
    """Return the payment of each line of a claim, None where the payer names none that fits.

    A line is known by its control number, else by procedure (or revenue code) and charge, in order.
    """
    left = list(payment.lines)

    def take(line: Line, *, by_number: bool) -> ServicePayment | None:
        for each in left:
            if _fits(line, each, by_number=by_number):
                left.remove(each)
                return each
        return None

    rows = list(lines)
    found = [take(line, by_number=True) if line.control_number else None for line in rows]
    return [each or take(line, by_number=False) for line, each in zip(rows, found, strict=True)]


def _fits(line: Line, paid: ServicePayment, *, by_number: bool) -> bool:
    if by_number:
        return paid.control_number == line.control_number
    if paid.control_number and line.control_number:
        return False
    sent = paid.submitted_procedure or paid.procedure
    own, theirs = (each.code if each else None for each in (line.procedure, sent))
    if own is None and theirs is None:
        return paid.charge == line.charge and paid.revenue_code == getattr(line, "revenue_code", None)
    return own == theirs and paid.charge == line.charge
