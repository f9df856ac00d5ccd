"""What the outpatient code editor is asked, and what it answers."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import attrs

from medcode.claims.model.base import helpful, listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

__all__ = ["BillLine", "Day", "Disposition", "OutpatientBill", "OutpatientResult"]

Day: TypeAlias = "date | str | None"
Numbers: TypeAlias = "tuple[int, ...]"


class Disposition(StrEnum):
    """What Medicare does because of an edit, by CMS's own names."""

    CLAIM_REJECTION = "claim rejection"
    CLAIM_DENIAL = "claim denial"
    RETURN_TO_PROVIDER = "return to provider"
    CLAIM_SUSPENSION = "claim suspension"
    LINE_REJECTION = "line item rejection"
    LINE_DENIAL = "line item denial"


@helpful
@attrs.frozen(kw_only=True)
class BillLine:
    """A service line of an outpatient bill, as it was sent; nothing is validated here.

    `charge` is in dollars. A day is a date or the eight digits of one (CCYYMMDD).
    """

    service_date: Day = None
    revenue_code: str | int | None = None
    hcpcs: str | None = None
    units: str | int | Decimal | None = None
    charge: str | int | Decimal | None = None
    modifiers: tuple[str | None, ...] = attrs.field(default=(), converter=listed)


@helpful
@attrs.frozen(kw_only=True)
class OutpatientBill:
    """An outpatient bill as CMS's program takes it; nothing is validated here, for that is the editor's work.

    Codes are as on the claim, without a dot. `bill_type` has three characters: facility,
    classification and frequency. `age` is in completed years on the first day; `sex` is M, F or U (any
    other text is an invalid sex); `opps` says whether the outpatient prospective payment system
    applies. Without `receipt_date` the last day of the bill stands in for it. `value_codes` pairs a
    value code with its value; the editor looks at QA and Z9.

    >>> from datetime import date
    >>> day = date(2026, 1, 5)
    >>> bill = OutpatientBill(bill_type="131", from_date=day, through_date=day, age=70, sex="F", principal="I10")
    >>> bill.secondary, bill.opps
    ((), True)
    """

    bill_type: str | None
    from_date: Day = attrs.field(repr=False)
    through_date: Day = attrs.field(repr=False)
    receipt_date: Day = attrs.field(default=None, repr=False)
    age: str | int | None = attrs.field(default=None, repr=False)
    sex: str | None = attrs.field(default=None, repr=False)
    discharge_status: str | int | None = None
    opps: bool = True
    condition_codes: tuple[str | None, ...] = attrs.field(default=(), converter=listed)
    value_codes: tuple[tuple[str | None, str | None], ...] = ()
    principal: str | None = attrs.field(default=None, repr=False)
    secondary: tuple[str | None, ...] = attrs.field(default=(), converter=listed, repr=False)
    reasons_for_visit: tuple[str | None, ...] = attrs.field(default=(), converter=listed, repr=False)
    lines: tuple[BillLine, ...] = attrs.field(default=(), repr=False)


@attrs.frozen
class OutpatientResult:
    """The edits of a bill, by CMS's numbers, each set sorted.

    `diagnoses` has those of the principal and of each secondary diagnosis, `reasons_for_visit` and
    `lines` those of each of them, in claim order; a line's are those of its HCPCS code, modifiers,
    revenue code and date together. `claim` has the numbers that are of none of these. `dispositions`
    says what each number leads to. `version` names the version of the editor that was used, None
    where the bill did not come so far. `stopped` says why the editor ended early, if it did: what it
    would have found after that is not known.

    Blank secondary diagnoses are passed over as CMS's program does it: the edits of the others move up.
    """

    diagnoses: tuple[Numbers, ...]
    lines: tuple[Numbers, ...]
    claim: Numbers
    dispositions: Mapping[int, Disposition]
    version: str | None
    reasons_for_visit: tuple[Numbers, ...] = ()
    stopped: str | None = None

    @property
    def numbers(self) -> frozenset[int]:
        """Every number that was met anywhere."""
        return frozenset(self.dispositions)
