"""How a remittance says that it is paid: whether the amount, the handling, the method and the bank agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.validate.amounts import shown, stated_at, text_at
from medcode.claims.x12.validate.situations import wrong

if TYPE_CHECKING:
    from medcode.claims.x12.validate.situations import Place, Situation

__all__ = ["CARRIES_MONEY_ALONE", "method_fault", "payment_fault", "trace_fault"]

CARRIES_MONEY_ALONE = frozenset({"D", "P"})
"""The handling (BPR01) of a payment that moves without its remittance."""

_FORMAT, _SENDER, _SENDER_ACCOUNT, _ORIGINATOR, _RECEIVER, _RECEIVER_ACCOUNT = 5, 7, 9, 10, 13, 15
_DATE = 16
_BANKS = (_SENDER, _SENDER_ACCOUNT, _RECEIVER, _RECEIVER_ACCOUNT)
_PAIRED = {_SENDER: 6, _SENDER_ACCOUNT: 8, _RECEIVER: 12, _RECEIVER_ACCOUNT: 14}
"""The element that another element calls for by itself: where it has one of the two, the syntax of BPR finds it."""
_BY_BANK = {"ACH": (_FORMAT, *_BANKS, _ORIGINATOR), "BOP": _BANKS, "FWT": _BANKS}
"""What a payment through banks has, by its method."""
_NOT_BY_BANK = frozenset({"CHK", "NON"})
_COMPANY = 10
"""How long the number of the company that pays is."""


def payment_fault(elements: list[str], place: Place) -> Situation | None:
    """Return what contradicts the amount in BPR, if anything does."""
    amount, method, handling = stated_at(elements, 2), text_at(elements, 4), text_at(elements, 1)
    message = ""
    if amount is not None and amount < 0:
        message = f"BPR02 is {shown(amount)}; the amount is never negative: D in BPR03 says who owes it."
    elif amount and handling == "H":
        message = f"BPR01 says that no money moves (H), but BPR02 is {shown(amount)}."
    elif amount and method == "NON":
        message = f"BPR04 says that no money moves (NON), but BPR02 is {shown(amount)}."
    return (
        wrong(place, "payment-handling", message, "Correct the amount or the code.", 2) if message else None
    )


def method_fault(elements: list[str], place: Place) -> Situation | None:
    """Return what contradicts the method of the payment (BPR04), if anything does.

    A payment through banks may name none of them; one that names some names them all.
    """
    method = text_at(elements, 4)
    if not text_at(elements, _DATE):
        return None  # it is found missing, and others may have come to its place
    if text_at(elements, 1) == "H" and method in {*_BY_BANK, "CHK"}:
        message = f"BPR01 says that no money moves (H), but BPR04 ({method}) says how it does."
        return wrong(place, "payment-method", message, "Send NON, or correct the handling.", 4)
    has = [at for at in (_FORMAT, *_BANKS) if text_at(elements, at)]
    lacks = [at for at in _BY_BANK.get(method, ()) if has and _is_absent(elements, at)]
    if lacks:
        message = f"The payment goes through banks ({method}), but {_named(lacks)} is absent."
        return wrong(place, "payment-method", message, "Name the banks and accounts.", min(lacks))
    if has and method in _NOT_BY_BANK:
        message = f"BPR04 is {method}, which goes without {_named(has)}."
        return wrong(place, "payment-method", message, "Correct the method, or leave it out.", 4)
    return None


def _named(elements: list[int]) -> str:
    return ", ".join(f"BPR{at:02}" for at in sorted(elements))


def _is_absent(elements: list[str], at: int) -> bool:
    """Whether an element is absent; where the element that belongs to it is there, that is found as such."""
    if at in {_SENDER_ACCOUNT, _RECEIVER_ACCOUNT} and text_at(elements, at):
        return not text_at(elements, _PAIRED[at])
    return not text_at(elements, at) and not text_at(elements, _PAIRED.get(at, at))


def trace_fault(payment: list[str], trace: list[str], place: Place) -> Situation | None:
    """Return that TRN and BPR name different payers, if they do; a number of another length is found as such."""
    paid_by, company = text_at(payment, 10), text_at(trace, 3)
    if not (len(paid_by) == len(company) == _COMPANY) or paid_by == company:
        return None
    message = "TRN03 and BPR10 name different companies as the one that pays."
    return wrong(place, "payer-id-mismatch", message, "Send the same number in both.", 3)
