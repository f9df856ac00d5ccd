"""A transaction set that no code of the product knows: orders below patients below clinics, with a header.

One guide module, as a user might write it; a line of `GUIDES` is all that the tests add.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from medcode.claims.model.base import PHI, Part
from medcode.claims.model.party import Named
from medcode.claims.x12.guides.grammar import (
    MANY,
    C,
    E,
    Guide,
    K,
    Level,
    Loop,
    R,
    Record,
    S,
    Segment,
    Situations,
    unused,
)
from medcode.claims.x12.validate.situations import Situation
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from typing import Self

    from medcode.claims.x12.validate.situations import Place, Report


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Batch(Part):
    reference: str = attrs.field(metadata=PHI)
    created_date: date | Malformed
    created_time: time | Malformed


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Item(Part):
    product: str
    price: Decimal | Malformed
    notes: tuple[str, ...] = ()


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Order(Part):
    guide: ClassVar[str] = "005010X901"

    clinic: Named
    patient: Named | None = None
    number: str | None = attrs.field(default=None, metadata=PHI)
    stated_total: Decimal | Malformed | None = None
    due: date | Malformed | None = None
    items: tuple[Item, ...] = ()
    extras: tuple[str, ...] = attrs.field(default=(), metadata=PHI)
    origin: Any = attrs.field(default=None, eq=False)

    @classmethod
    def of_typed(cls, told: dict[str, Any]) -> Self:
        made = super().of_typed(told)
        if made.stated_total == made.total:
            del told["stated_total"]
        return made

    @property
    def total(self) -> Decimal:
        return sum((each.price for each in self.items if isinstance(each.price, Decimal)), Decimal())


class Totals:
    """The total of an order is the sum of its items."""

    def __init__(self, report: Report, first_unit: int) -> None:
        self._report = report
        self._unit = first_unit - 1
        self._stated = self._sum = Decimal()
        self._place: Place | None = None

    def accept(self, elements: list[str], place: Place) -> None:
        if elements[0] == "TRN":
            self.finish()
            self._unit += 1
            self._stated = self._sum = Decimal()
        elif place[0].loop.loop.id == "2100":
            self._place, self._stated = place, Decimal(elements[2])
        else:
            self._sum += Decimal(elements[2])

    def orphan(self, place: Place, code: str) -> None:
        del place, code

    def finish(self) -> None:
        if self._place and self._stated != self._sum:
            _, position, offset = self._place
            message = f"The total is {self._stated}; the items add up to {self._sum}."
            self._report(
                Situation(
                    "element-due", message, "Correct it.", "2100", "AMT", 2, position, offset, self._unit
                )
            )
        self._place = None


ITEMS = Loop(
    "2200", "items", "Item", S, 99,
    Segment("LX", "", "Number of the item", R, 1, E("", R)),
    Segment("SVC", "", "Product", R, 1, C("", R, K("ZZ"), E("product", R)), E("price", R)),
    Segment("NTE", "notes", "Note", S, 5, K("ADD"), E("", R)),
    Segment("AMT", "", "Price again", S, 1, K("B6"), E("", S)),
)  # fmt: skip

ORDERS = Loop(
    "2100", "", "Order", S, 2,
    Segment("TRN", "", "Order number", R, 1, K("1"), E("number", R)),
    Segment("DTP", "due", "Day it is due", S, 1, K("009"), E("format", R, "D8"), E("", R)),
    Segment("AMT", "", "Total", R, 1, K("T"), E("stated_total", R)),
    ITEMS,
)  # fmt: skip


def level(code: str, child: str, title: str) -> Segment:
    parent = unused() if code == "20" else (E("", R),)
    below = unused() if not child else (E("", R, child),)
    return Segment("HL", "", title, R, 1, E("", R), parent, K(code), below)


def named(code: str, types: str, path: str, title: str) -> Segment:
    return Segment(
        "NM1", path, title, R, 1, K(code), E("entity_type", R, types), E("last_name", R), E("first_name", S)
    )


GUIDE = Guide(
    id="005010X901",
    transaction="834",
    group="BE",
    title="Orders that nobody sends",
    root=Loop(
        "ST", "", "Transaction set", R, MANY,
        Segment("ST", "", "Header", R, 1, K("834"), E("", R), E("", R)),
        Segment("BHT", "", "Batch", R, 1, K("0019"), K("00"), E("reference", R), E("created_date", R), E("created_time", R)),
        Loop(
            "2000A", "", "Clinic", R, MANY,
            level("20", "0 1", "Clinic's level"), named("85", "2", "clinic", "Clinic"),
            Loop(
                "2000B", "", "Patient", S, MANY,
                level("22", "", "Patient's level"), named("QC", "1", "patient", "Patient"), ORDERS,
            ),
        ),
        Segment("SE", "", "Trailer", R, 1, E("", R), E("", R)),
    ),
    records=(Record("2100", Order, Batch),),
    levels=(
        Level("2000A", ("clinic",), ("clinic.organization",)),
        Level("2000B", ("patient",), ("patient.last_name",)),
    ),
    leaves=frozenset({"2000A"}),
    counters=frozenset({"LX"}),
    most=3,
    situations=(Situations("tests.claims.x12.made_up.Totals", {"2100": "TRN AMT", "2200": "SVC"}),),
    sample=("SVC", 1, r"ZZ([^\w\s])\w+"),
    reference="TRN02",
    trigger=("2000B", "NM1", 3),
)  # fmt: skip
