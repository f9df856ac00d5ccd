"""The claims of a remittance that are paid together, and the summary that a provider may have of them (TS3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.validate.amounts import NOTHING, explains, plus, shown, stated_at
from medcode.claims.x12.validate.situations import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from medcode.claims.x12.validate.situations import Place, Situation

__all__ = ["GROUP_COUNT", "PaidGroup"]

GROUP_COUNT, _CHARGE = 4, 5
"""The elements of TS3 that count the claims and add up their charges."""


class PaidGroup:
    """The totals that TS3 states for a group of claims, and the sums of those claims."""

    def __init__(self, place: Place, elements: list[str]) -> None:
        self.place = place
        self.count = stated_at(elements, GROUP_COUNT)
        self.charge = stated_at(elements, _CHARGE)
        self.claims = 0
        self.repeated = 0
        """How many of them came before, word by word."""
        self.charges: Decimal | None = NOTHING
        self.faults: list[Decimal] = []
        self.is_sure = True
        """Whether the claims after it are certainly its own: no segment that may begin another group is without a place."""

    def count_claim(self, charge: Decimal | None) -> None:
        """Count a claim."""
        self.claims += 1
        self.charges = plus(self.charges, charge)

    def judge(self) -> Iterator[Situation]:
        """Compare the stated totals with the sums, if the sums are certain."""
        if not self.is_sure:
            return
        if self.count is not None and self.count not in {self.claims, self.claims - self.repeated}:
            message = f"TS304 says {self.count} claims; the group has {self.claims}."
            yield wrong(self.place, "summary-total", message, "Count the claims of the group.", GROUP_COUNT)
            return
        off = NOTHING if self.charge is None or self.charges is None else self.charges - self.charge
        if off and not explains(self.faults, off):
            message = (
                f"The charges of the group's claims differ from TS305 by {shown(off)}: they are "
                f"{shown(self.charges or NOTHING)}, and TS305 is {shown(self.charge or NOTHING)}."
            )
            yield wrong(self.place, "summary-total", message, "Add up the claims of the group.", _CHARGE)
