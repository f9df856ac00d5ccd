"""Durable medical equipment, its certificate, and the forms of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI, Day, Money, Part, all_of, money, optional_day, optional_money, part
from medcode.claims.model.certification import Certification

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Equipment", "EquipmentCertification", "Form", "FormAnswer"]


@part
class EquipmentCertification(Part):
    """A certificate of medical necessity: `type` I initial, R renewal, S revised; good for `months`."""

    type: str
    months: Money = attrs.field(converter=money)


@part(kw_only=True)
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


@part
class FormAnswer(Part):
    """The answer to one question of a form: `yes_no` (Y N, W not applicable), text, a day or a percentage."""

    question: str
    yes_no: str | None = None
    text: str | None = attrs.field(default=None, metadata=PHI, kw_only=True)
    date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI, kw_only=True)
    percent: Money | None = attrs.field(default=None, converter=optional_money, kw_only=True)


def to_form_answers(values: Iterable[FormAnswer]) -> tuple[FormAnswer, ...]:
    """Return answers as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(FormAnswer, values)


@part
class Form(Part):
    """A form of a line; `qualifier` is UT for Medicare's equipment forms, AS for others."""

    form: str
    answers: tuple[FormAnswer, ...] = attrs.field(default=(), converter=to_form_answers)
    qualifier: str = attrs.field(default="UT", kw_only=True)


def to_forms(values: Iterable[Form]) -> tuple[Form, ...]:
    """Return forms as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(Form, values)
