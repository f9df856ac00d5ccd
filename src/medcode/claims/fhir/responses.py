"""A payer's answer to a claim as a ClaimResponse, and a payment as a PaymentReconciliation, in base FHIR R4.

A claim payment (835) says what each line got; a claim status (277CA or 277) says whether the claim was
taken, with its category, code and entity as an error where it was not.
"""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING

from medcode.claims.claim_status import ClaimStatus
from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.adjudication import amounts, paired, reasons
from medcode.claims.fhir.datatypes import clean, coding, day_text, identifier, money, without_empty
from medcode.claims.fhir.encode import Encoder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.claims.claim_status import LineStatus, Status
    from medcode.claims.fhir.datatypes import Resource
    from medcode.claims.model.claim import Claim
    from medcode.claims.remittance import ClaimPayment, Remittance

__all__ = ["response_to", "settlement"]

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, uri.OUR + "response")
_KEPT = {
    "Claim",
    "Patient",
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "Coverage",
    "RelatedPerson",
    "Location",
}
_CATEGORY = "https://x12.org/codes/claim-status-category-codes"
_STATUS = "https://x12.org/codes/claim-status-codes"
_ENTITY = uri.OUR + "x12:98"
_PAYMENT = "http://terminology.hl7.org/CodeSystem/payment-type"


def response_to(claim: Claim, answer: ClaimPayment | ClaimStatus, day: date) -> Resource:
    """Return a bundle of the ClaimResponse, the claim and what both refer to."""
    encoder = Encoder(claim, day)
    main = encoder.resources[0]
    own = _status(claim, answer) if isinstance(answer, ClaimStatus) else _payment(claim, answer)
    response: Resource = {
        "resourceType": "ClaimResponse",
        "id": str(uuid.uuid5(_SPACE, f"{main['id']}|{answer.payer_claim_number}")),
        "status": "active",
        "type": main["type"],
        "use": "claim",
        "patient": main["patient"],
        "created": day.isoformat(),
        "insurer": main["insurer"],
        "requestor": main["provider"],
        "request": {"reference": f"urn:uuid:{main['id']}"},
    }
    if found := identifier(uri.IDENTIFIER_TYPE, "uc", answer.payer_claim_number):
        response["identifier"] = [found]
    kept = [each for each in encoder.resources if each["resourceType"] in _KEPT]
    return _bundle([without_empty(response | own), *kept])


def _bundle(resources: list[Resource]) -> Resource:
    entries = [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


# What was paid


def _payment(claim: Claim, payment: ClaimPayment) -> Resource:
    items = []
    for number, line in enumerate(paired(claim.lines, payment), 1):
        if line is not None:
            decided = [*amounts(line, line.allowed), *reasons(line, [each.code for each in line.remarks])]
            items.append({"itemSequence": number, "adjudication": decided})
    decision = payment.inpatient or payment.outpatient
    return {
        "status": "cancelled" if payment.is_reversal else "active",
        "outcome": "complete",
        "item": items,
        "adjudication": list(reasons(payment, decision.remark_codes if decision else ())),
        "total": list(amounts(payment, payment.allowed)),
    }


# What became of it


def _status(claim: Claim, status: ClaimStatus) -> Resource:
    refused = [each for each in status.statuses if each.is_rejected]
    errors = list(_errors(refused))
    for line in status.lines:
        errors += [
            error | _line_of(claim, line)
            for error in _errors([each for each in line.statuses if each.is_rejected])
        ]
    found: Resource = {"outcome": "error" if errors else "queued", "error": errors}
    texts = [text for each in status.statuses if (text := clean(each.text))]
    shown = "; ".join(
        f"{each.category}:{each.code}" + (f":{each.entity}" if each.entity else "")
        for each in status.statuses
    )
    return found | {"disposition": clean(shown), "processNote": [{"text": text} for text in texts]}


def _errors(statuses: list[Status]) -> Iterator[Resource]:
    for each in statuses:
        codes = [coding(_CATEGORY, each.category), coding(_STATUS, each.code), coding(_ENTITY, each.entity)]
        yield {"code": {"coding": [code["coding"][0] for code in codes if code]}}


def _line_of(claim: Claim, line: LineStatus) -> Resource:
    """Return the number of the line that a status is about, by its control number, or nothing."""
    numbers = [each.control_number for each in claim.lines]
    known = line.control_number is not None and line.control_number in numbers
    return {"itemSequence": numbers.index(line.control_number) + 1} if known else {}


# What was paid for many claims


def settlement(remittance: Remittance, day: date) -> Resource:
    """Return a bundle of the PaymentReconciliation with its payer and payee."""
    payment = remittance.payment
    seed = f"{payment.payer_tax_id}|{payment.trace}"
    payer = _party(remittance.payer.organization, seed + "|payer", remittance.payer.id, uri.PAYER_ID + "XV")
    payee = _party(
        remittance.payee.organization,
        seed + "|payee",
        remittance.payee.id,
        uri.NPI if remittance.payee.id_type == "XX" else uri.EIN,
    )
    main: Resource = {
        "resourceType": "PaymentReconciliation",
        "id": str(uuid.uuid5(_SPACE, seed)),
        "status": "active",
        "created": day.isoformat(),
        "paymentIssuer": {"reference": f"urn:uuid:{payer['id']}"},
        "requestor": {"reference": f"urn:uuid:{payee['id']}"},
        "outcome": "complete",
        "paymentDate": day_text(payment.date) or day.isoformat(),
        "paymentAmount": money(payment.signed_amount),
        "paymentIdentifier": {"value": trace} if (trace := clean(payment.trace)) else None,
        "detail": list(_details(remittance)),
    }
    return _bundle([without_empty(main), payer, payee])


def _party(name: str | None, seed: str, number: str | None, system: str) -> Resource:
    resource: Resource = {"resourceType": "Organization", "id": str(uuid.uuid5(_SPACE, seed)), "active": True}
    text, value = clean(name), clean(number)
    identifiers = [{"system": system, "value": value}] if value else []
    return without_empty(resource | {"identifier": identifiers, "name": text or "unknown"})


def _details(remittance: Remittance) -> Iterator[Resource]:
    """Yield what each claim was paid, then what the payer took or gave beside the claims, as seen by the payee."""
    for claim in remittance.claims:
        request = {"identifier": {"value": text}} if (text := clean(claim.control_number)) else None
        response = {"identifier": {"value": text}} if (text := clean(claim.payer_claim_number)) else None
        yield without_empty(
            {
                "type": coding(_PAYMENT, "payment"),
                "request": request,
                "response": response,
                "amount": money(claim.paid),
            }
        )
    for each in remittance.provider_adjustments:
        reason = coding(uri.OUR + "x12:426", each.reason)
        codes = [*(coding(_PAYMENT, "adjustment") or {})["coding"], *(reason["coding"] if reason else ())]
        amount = money(-each.amount) if isinstance(each.amount, Decimal) else None
        reference = {"value": text} if (text := clean(each.reference)) else None
        yield without_empty({"identifier": reference, "type": {"coding": codes}, "amount": amount})
