"""Supplements of a claim or line: attachments, contracts, notes, repricing, purchased services, tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI, Money, Part, all_of, money, optional_money, part

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Attachment", "Contract", "Note", "PurchasedService", "Repricing", "TestResult"]


@part
class Attachment(Part):
    """Documentation that accompanies the claim.

    `report_type` is the code of its kind (OZ support data, RR radiology report …);
    `transmission` is BM mail, EL electronic, EM e-mail, FT file transfer, FX fax, AA kept for
    request; `control_number` is how the payer finds it.
    """

    report_type: str
    transmission: str
    control_number: str | None = attrs.field(default=None, metadata=PHI)


def to_attachments(values: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Return attachments as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(Attachment, values)


@part(kw_only=True)
class Contract(Part):
    """The contract a charge rests on: `type` 01 DRG … 09 other; `percent` and discount in percent."""

    type: str
    amount: Money | None = attrs.field(default=None, converter=optional_money)
    percent: Money | None = attrs.field(default=None, converter=optional_money)
    code: str | None = None
    terms_discount: Money | None = attrs.field(default=None, converter=optional_money)
    version: str | None = None


@part
class Note(Part):
    """A note to the payer of up to 80 characters; `type` is ADD additional information by default."""

    text: str = attrs.field(metadata=PHI)
    type: str = "ADD"


def to_notes(values: Iterable[Note]) -> tuple[Note, ...]:
    """Return notes as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(Note, values)


@part(kw_only=True)
class Repricing(Part):
    """How a repricer priced the charge.

    `method` is the pricing methodology (00 to 14), `allowed` the repriced and `saving` the saved
    amount in US dollars, `rate` per day or flat. `reject_reason` (T1 to T6) says why nothing was
    repriced. Lines may also have the approved procedure, quantity and revenue code.
    """

    method: str
    allowed: Money = attrs.field(converter=money)
    saving: Money | None = attrs.field(default=None, converter=optional_money)
    organization_id: str | None = None
    rate: Money | None = attrs.field(default=None, converter=optional_money)
    approved_group: str | None = None
    approved_group_amount: Money | None = attrs.field(default=None, converter=optional_money)
    revenue_code: str | None = None
    procedure_qualifier: str | None = None
    procedure: str | None = None
    unit: str | None = None
    quantity: Money | None = attrs.field(default=None, converter=optional_money)
    reject_reason: str | None = None
    policy_compliance: str | None = None
    exception: str | None = None


@part
class PurchasedService(Part):
    """A service purchased from another provider: the provider's id, and the cost in US dollars."""

    provider_id: str
    charge: Money = attrs.field(converter=money)


@part(kw_only=True)
class TestResult(Part):
    """The result of a test.

    `measure` is HT height (inches), R1 hemoglobin, R2 hematocrit, R3 epoetin starting dose,
    R4 creatinine; `kind` TR a test result, OG the original starting dose.
    """

    __test__ = False

    measure: str
    value: Money = attrs.field(converter=money)
    kind: str = "TR"


def to_test_results(values: Iterable[TestResult]) -> tuple[TestResult, ...]:
    """Return test results as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(TestResult, values)
