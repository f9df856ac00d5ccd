"""A remittance as flat rows, as text and as a table.

Rows are for data frames and files: the columns are those of `LINE_COLUMNS` and `ADJUSTMENT_COLUMNS`, always all of
them and in this order; what the payer did not send is None. A claim without lines has one row, with no line. Text and
table show amounts alone and name nobody.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from medcode.claims.reasons import kind_of
from medcode.claims.remittance_parts import total
from medcode.discreet import discreet
from medcode.markup import html_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.remittance import ClaimPayment, Remittance, ServicePayment

__all__ = ["ADJUSTMENT_COLUMNS", "LINE_COLUMNS", "adjustment_rows", "as_html", "as_text", "line_rows"]

_OF_CLAIM = (
    "trace",
    "payment_date",
    "payer",
    "payee_id",
    "claim",
    "control_number",
    "payer_claim_number",
    "status",
)

LINE_COLUMNS = (
    *_OF_CLAIM,
    "claim_charge",
    "claim_paid",
    "claim_patient_responsibility",
    "is_reversal",
    "is_denied",
    "is_forwarded",
    "line",
    "line_control_number",
    "service_start",
    "service_end",
    "procedure",
    "modifiers",
    "submitted_procedure",
    "revenue_code",
    "units",
    "charge",
    "allowed",
    "paid",
    "contractual",
    "deductible",
    "coinsurance",
    "copay",
    "remarks",
)
"""The columns of a row for each line: amounts are Decimal, days dates, `modifiers` and `remarks` joined by blanks."""

ADJUSTMENT_COLUMNS = (
    *_OF_CLAIM,
    "line",
    "line_control_number",
    "group",
    "reason",
    "kind",
    "amount",
    "quantity",
)
"""The columns of a row for each adjustment; `line` is None for those of a claim, and the claim's columns for PLB."""

_SHOWN = 50


def _of_claim(remittance: Remittance, number: int | None, claim: ClaimPayment | None) -> dict[str, Any]:
    payment = remittance.payment
    values = (
        payment.trace,
        payment.date,
        remittance.payer.organization,
        remittance.payee.id,
        number,
        claim and claim.control_number,
        claim and claim.payer_claim_number,
        claim and claim.status,
    )
    return dict(zip(_OF_CLAIM, values, strict=True))


def line_rows(remittance: Remittance) -> Iterator[dict[str, Any]]:
    """Yield a row for each line; claims and lines are numbered from 1."""
    for number, claim in enumerate(remittance.claims, 1):
        common = {
            **_of_claim(remittance, number, claim),
            "claim_charge": claim.charge,
            "claim_paid": claim.paid,
            "claim_patient_responsibility": claim.patient_responsibility,
            "is_reversal": claim.is_reversal,
            "is_denied": claim.is_denied,
            "is_forwarded": claim.is_forwarded,
        }
        rows = [_of_line(at, line) for at, line in enumerate(claim.lines, 1)] or [{}]
        for row in rows:
            yield {column: {**common, **row}.get(column) for column in LINE_COLUMNS}


def _of_line(number: int, line: ServicePayment) -> dict[str, Any]:
    procedure, submitted = line.procedure, line.submitted_procedure
    return {
        "line": number,
        "line_control_number": line.control_number,
        "service_start": line.first_day,
        "service_end": line.service_date or line.service_end,
        "procedure": procedure and str(procedure.code),
        "modifiers": " ".join(procedure.modifiers) if procedure else None,
        "submitted_procedure": submitted and str(submitted.code),
        "revenue_code": line.revenue_code,
        "units": line.units,
        "charge": line.charge,
        "allowed": line.allowed,
        "paid": line.paid,
        "contractual": line.contractual,
        "deductible": line.deductible,
        "coinsurance": line.coinsurance,
        "copay": line.copay,
        "remarks": " ".join(remark.code for remark in line.remarks),
    }


def adjustment_rows(remittance: Remittance) -> Iterator[dict[str, Any]]:
    """Yield a row for each adjustment of a claim or line, then one for each provider adjustment (group PLB)."""
    for number, claim in enumerate(remittance.claims, 1):
        common = _of_claim(remittance, number, claim)
        parts: list[tuple[int | None, ClaimPayment | ServicePayment]] = [
            (None, claim),
            *enumerate(claim.lines, 1),
        ]
        for at, part in parts:
            for each in part.adjustments:
                line = getattr(part, "control_number", None) if at else None
                values = (at, line, each.group, each.reason, kind_of(each.group, each.reason).title)
                row = zip(
                    ADJUSTMENT_COLUMNS[len(_OF_CLAIM) :], (*values, each.amount, each.quantity), strict=True
                )
                yield {**common, **dict(row)}
    for adjustment in remittance.provider_adjustments:
        own = {"group": "PLB", "reason": adjustment.reason, "amount": adjustment.amount}
        common = _of_claim(remittance, None, None)
        yield {column: {**common, **own}.get(column) for column in ADJUSTMENT_COLUMNS}


def _summary(remittance: Remittance) -> list[tuple[str, Any]]:
    return [
        ("billed", remittance.billed),
        ("allowed", remittance.allowed),
        ("paid for claims", remittance.paid),
        ("patient share", remittance.patient_responsibility),
        ("provider adjustments", -remittance.provider_adjusted),
        ("payment", remittance.payment.signed_amount),
    ]


def _heading(remittance: Remittance) -> str:
    day = remittance.payment.date
    return f"Remittance of {discreet(day) if isinstance(day, str) else day}"


def _by_reason(remittance: Remittance) -> list[tuple[str, str, Any]]:
    return [
        (f"{discreet(group)} {discreet(reason)}", kind_of(group, reason).title, amount)
        for (group, reason), amount in remittance.by_reason().items()
    ]


def as_text(remittance: Remittance) -> str:
    """Return a remittance as text: sums, what was adjusted for which reason, and a line for each claim."""
    lines = [f"{_heading(remittance)}, claims: {len(remittance.claims)}"]
    lines += [f"  {name:<22}{amount:>14,.2f}" for name, amount in _summary(remittance)]
    lines += ["Adjusted by reason"]
    lines += [f"  {code:<8}{title:<26}{amount:>14,.2f}" for code, title, amount in _by_reason(remittance)]
    lines += [f"{'claim':>5} {'status':<6} {'billed':>12} {'allowed':>12} {'paid':>12} {'patient':>12}"]
    lines += [
        f"{number:>5} {status:<6} " + " ".join(f"{amount:>12,.2f}" for amount in amounts)
        for number, status, *amounts in _claims(remittance.claims)
    ]
    return "\n".join(lines)


def _claims(claims: Iterable[ClaimPayment]) -> Iterator[tuple[Any, ...]]:
    for number, claim in enumerate(claims, 1):
        yield (
            number,
            discreet(claim.status),
            total([claim.charge]),
            claim.allowed,
            total([claim.paid]),
            claim.adjusted("PR"),
        )


def as_html(remittance: Remittance) -> str:
    """Return a remittance as tables for a notebook; the first claims where there are many."""
    money = [(name, f"{amount:,.2f}") for name, amount in _summary(remittance)]
    reasons = [(code, title, f"{amount:,.2f}") for code, title, amount in _by_reason(remittance)]
    claims = [
        (number, status, *(f"{amount:,.2f}" for amount in amounts))
        for number, status, *amounts in islice(_claims(remittance.claims), _SHOWN)
    ]
    return (
        html_table(_heading(remittance), ("amount", "US dollars"), money)
        + html_table("Adjusted by reason", ("reason", "kind", "US dollars"), reasons)
        + html_table(
            f"Claims: {len(remittance.claims):,}",
            ("claim", "status", "billed", "allowed", "paid", "patient"),
            claims,
        )
    )
