"""A paid line, and what it shares with a paid claim: a charge, what was paid of it, and the adjustments between.

Everything is imported from `medcode.claims.remittance`.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from medcode.claims.balance import Balance
from medcode.claims.model.adjudication import Adjustment, to_adjustments
from medcode.claims.model.base import (
    PHI,
    Day,
    Money,
    Part,
    all_of,
    money,
    optional_day,
    optional_money,
    part,
    texts,
)
from medcode.claims.model.party import Identifier, to_identifiers
from medcode.claims.model.procedure import Procedure, optional_procedure
from medcode.claims.reasons import ReasonKind, kind_of
from medcode.claims.remittance_parts import (
    Amount,
    Quantity,
    Remark,
    to_amounts,
    to_quantities,
    to_remarks,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Adjusted", "ServicePayment", "to_service_payments"]


@part(kw_only=True)
class Adjusted(Part):
    """What a claim payment and a line share: a charge, what was paid of it, and the adjustments between."""

    charge: Money = attrs.field(converter=money)
    paid: Money = attrs.field(converter=money)
    adjustments: tuple[Adjustment, ...] = attrs.field(default=(), converter=to_adjustments)
    amounts: tuple[Amount, ...] = attrs.field(default=(), converter=to_amounts)
    quantities: tuple[Quantity, ...] = attrs.field(default=(), converter=to_quantities)

    def all_adjustments(self) -> Iterator[Adjustment]:
        """Yield the adjustments, those of lines included."""
        yield from self.adjustments

    def adjusted(self, group: str | None = None, *reasons: str) -> Decimal:
        """Return the sum of the adjustments of a group (None: any) and, if named, of these reasons."""
        return total(
            each.amount
            for each in self.all_adjustments()
            if group in {None, each.group} and (not reasons or each.reason in reasons)
        )

    def amount(self, qualifier: str) -> Money | None:
        """Return the further amount of a qualifier, such as B6; None if the payer did not state it."""
        return next((each.amount for each in self.amounts if each.qualifier == qualifier), None)

    def by_kind(self) -> Counter[ReasonKind]:
        """Return what was adjusted for each kind of reason, such as contractual or duplicate."""
        sums: Counter[ReasonKind] = Counter()
        for each in self.all_adjustments():
            if isinstance(each.amount, Decimal):
                sums[kind_of(each.group, each.reason)] += each.amount  # type: ignore[assignment]  # a Counter adds decimals as well
        return sums

    @property
    def balance(self) -> Balance | None:
        """What was paid, beside the charge less every adjustment, those of lines included; None if an amount cannot be read.

        >>> line = ServicePayment(procedure="99213", charge=125, paid=80, adjustments=[Adjustment("CO", "45", 25)])
        >>> line.balance.holds, line.balance.difference
        (False, Decimal('-20'))
        """
        amounts = [self.charge, self.paid, *(each.amount for each in self.all_adjustments())]
        read = [amount for amount in amounts if isinstance(amount, Decimal)]
        if len(read) < len(amounts):
            return None
        charge, paid, *adjusted = read
        return Balance(paid, charge - sum(adjusted))

    @property
    def contractual(self) -> Decimal:
        """What the contract between payer and provider takes off (CO, with a reason such as 45)."""
        return total(
            each.amount
            for each in self.all_adjustments()
            if each.group == "CO" and kind_of(each.group, each.reason) is ReasonKind.CONTRACTUAL
        )

    @property
    def deductible(self) -> Decimal:
        """What the patient owes as deductible (PR 1, and 66 for blood)."""
        return self.adjusted("PR", "1", "66")

    @property
    def coinsurance(self) -> Decimal:
        """What the patient owes as coinsurance (PR 2)."""
        return self.adjusted("PR", "2")

    @property
    def copay(self) -> Decimal:
        """What the patient owes as copay (PR 3)."""
        return self.adjusted("PR", "3")

    @property
    def is_denied(self) -> bool:
        """Whether all that the contract leaves of a charge was refused.

        medcode's own rule, not X12's: nothing was paid, and adjustments of the groups CO, OA and PI other than
        what the contract takes off (45) and what earlier payers did (23) cover the rest of the charge. So a
        charge that went to the deductible is not denied, and status 4 alone decides nothing.
        """
        if not (isinstance(self.charge, Decimal) and self.charge > 0 and self.paid == 0):
            return False
        refused = total(
            each.amount
            for each in self.all_adjustments()
            if each.group in {"CO", "OA", "PI"} and each.reason not in {"45", "23"}
        )
        return refused > 0 and refused >= self.charge - self.adjusted("CO", "45")


@part(kw_only=True)
class ServicePayment(Adjusted):
    """What was paid for a line: SVC of loop 2110.

    `procedure` is what was paid, `submitted_procedure` what was sent where that differs; `units` None means one.
    `control_number` is the line control number of the claim (REF 6R).
    """

    procedure: Procedure | None = attrs.field(default=None, converter=optional_procedure)
    revenue_code: str | None = None
    units: Money | None = attrs.field(default=None, converter=optional_money)
    submitted_procedure: Procedure | None = attrs.field(default=None, converter=optional_procedure)
    submitted_units: Money | None = attrs.field(default=None, converter=optional_money)
    service_date: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    service_start: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    service_end: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    references: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)
    control_number: str | None = attrs.field(default=None, metadata=PHI)
    rendering_provider_identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=to_identifiers)
    policies: tuple[str, ...] = attrs.field(default=(), converter=texts)
    remarks: tuple[Remark, ...] = attrs.field(default=(), converter=to_remarks)

    @property
    def allowed(self) -> Decimal:
        """What the payer allowed: as it states it (AMT B6), else the charge less what CO and PI take off."""
        stated = self.amount("B6")
        if isinstance(stated, Decimal):
            return stated
        return total([self.charge]) - self.adjusted("CO") - self.adjusted("PI")

    @property
    def first_day(self) -> Day | None:
        """The day of service, or the first of several."""
        return self.service_date or self.service_start


def to_service_payments(values: Iterable[ServicePayment]) -> tuple[ServicePayment, ...]:
    """Return service payments as a tuple, in order. Raises TypeError for anything else."""
    return all_of(ServicePayment, values)
