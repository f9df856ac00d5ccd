"""What may go with a claim or line: papers, contracts, notes, repricing, bought services, tests."""

from __future__ import annotations

import attrs

from medcode.claims.model.base import PHI, Money, Part, money, optional_money

__all__ = ["Attachment", "Contract", "Note", "PurchasedService", "Repricing", "TestResult"]


@attrs.frozen(repr=False, slots=False)
class Attachment(Part):
    """A paper that goes with the claim.

    `report_type` is the code of its kind (OZ support data, RR radiology report …);
    `transmission` is BM mail, EL electronic, EM e-mail, FT file transfer, FX fax, AA kept for
    request; `control_number` is what the payer finds it by.
    """

    report_type: str
    transmission: str
    control_number: str | None = attrs.field(default=None, metadata=PHI)


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Contract(Part):
    """The contract a charge rests on: `type` 01 DRG … 09 other; `percent` and discount in percent."""

    type: str
    amount: Money | None = attrs.field(default=None, converter=optional_money)
    percent: Money | None = attrs.field(default=None, converter=optional_money)
    code: str | None = None
    terms_discount: Money | None = attrs.field(default=None, converter=optional_money)
    version: str | None = None


@attrs.frozen(repr=False, slots=False)
class Note(Part):
    """A note to the payer of up to 80 characters; `type` is ADD additional information by default."""

    text: str = attrs.field(metadata=PHI)
    type: str = "ADD"


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Repricing(Part):
    """What a repricer made of the charge.

    `method` is the pricing methodology (00 to 14), `allowed` the repriced and `saving` the saved
    amount in US dollars, `rate` per day or flat. `reject_reason` (T1 to T6) says why nothing was
    repriced. Lines may also tell the procedure, quantity and revenue code approved.
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


@attrs.frozen(repr=False, slots=False)
class PurchasedService(Part):
    """A service bought from another provider: its id there, and what it cost in US dollars."""

    provider_id: str
    charge: Money = attrs.field(converter=money)


@attrs.frozen(repr=False, slots=False, kw_only=True)
class TestResult(Part):
    """The result of a test.

    `measure` is HT height (inches), R1 hemoglobin, R2 hematocrit, R3 epoetin starting dose,
    R4 creatinine; `kind` TR a test result, OG the original starting dose.
    """

    __test__ = False

    measure: str
    value: Money = attrs.field(converter=money)
    kind: str = "TR"
