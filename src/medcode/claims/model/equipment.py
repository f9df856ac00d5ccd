"""Durable medical equipment and what is certified about it, and the forms that go with a line."""

from __future__ import annotations

import attrs

from medcode.claims.model.base import PHI, Day, Money, Part, money, optional_day, optional_money, parts
from medcode.claims.model.certification import Certification

__all__ = ["Equipment", "EquipmentCertification", "Form", "FormAnswer"]


@attrs.frozen(repr=False, slots=False)
class EquipmentCertification(Part):
    """A certificate of medical necessity: `type` I initial, R renewal, S revised; good for `months`."""

    type: str
    months: Money = attrs.field(converter=money)


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Equipment(Part):
    """Durable medical equipment.

    `days` is how long it is needed, `rental_price` and `purchase_price` are in US dollars,
    `rental_frequency` is 1 weekly, 4 monthly, 6 daily. `certificate_transmission` says how the
    certificate of medical necessity is sent (AB AD AF AG, NS not specified).
    """

    procedure: str | None = None
    days: Money | None = attrs.field(default=None, converter=optional_money)
    rental_price: Money | None = attrs.field(default=None, converter=optional_money)
    purchase_price: Money | None = attrs.field(default=None, converter=optional_money)
    rental_frequency: str | None = None
    certification: EquipmentCertification | None = None
    certificate_transmission: str | None = None
    conditions: Certification | None = None


@attrs.frozen(repr=False, slots=False)
class FormAnswer(Part):
    """The answer to one question of a form: `yes_no` (Y N, W not applicable), text, a day or a percentage."""

    question: str
    yes_no: str | None = None
    text: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI, kw_only=True)
    percent: Money | None = attrs.field(default=None, converter=optional_money, kw_only=True)


@attrs.frozen(repr=False, slots=False)
class Form(Part):
    """A form that goes with a line; `qualifier` is UT for Medicare's equipment forms, AS for others."""

    form: str
    answers: tuple[FormAnswer, ...] = attrs.field(default=(), converter=parts)
    qualifier: str = attrs.field(default="UT", kw_only=True)
