"""A second set that no code of the product knows: without levels, the whole set one object, its parts streamed too."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import attrs

from medcode.claims.model.base import PHI, Part
from medcode.claims.x12.guides.grammar import MANY, E, Guide, K, Loop, R, Record, S, Segment, unused
from medcode.codesets.base import Malformed


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Entry(Part):
    number: str = attrs.field(metadata=PHI)
    paid: Decimal | Malformed
    lines: tuple[str, ...] = ()
    extras: tuple[str, ...] = attrs.field(default=(), metadata=PHI)


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Section(Part):
    count: str | None = None
    entries: tuple[Entry, ...] = ()


@attrs.frozen(repr=False, slots=False, kw_only=True)
class Notice(Part):
    guide: ClassVar[str] = "005010X902"

    trace: str = attrs.field(metadata=PHI)
    currency: str | None = None
    sections: tuple[Section, ...] = ()
    closing: str | None = None
    extras: tuple[str, ...] = attrs.field(default=(), metadata=PHI)
    origin: Any = attrs.field(default=None, eq=False)


GUIDE = Guide(
    id="005010X902",
    transaction="276",
    group="HR",
    title="Notices that nobody sends",
    root=Loop(
        "ST", "", "Transaction set", R, MANY,
        Segment("ST", "", "Header", R, 1, K("276"), E("", R), unused()),
        Segment("BHT", "", "Constants", R, 1, K("0010"), K("13")),
        Segment("TRN", "", "Trace", R, 1, K("1"), E("trace", R)),
        Segment("CUR", "currency", "Currency", S, 1, K("PR"), E("", R)),
        Loop(
            "2000", "sections", "Section", S, MANY,
            Segment("LX", "", "Number", R, 1, E("", R)),
            Segment("QTY", "count", "Count", S, 1, K("CA"), E("", R)),
            Loop(
                "2100", "entries", "Entry", R, MANY,
                Segment("CLP", "", "Entry", R, 1, E("number", R), K("1"), unused(), E("paid", R)),
                Segment("NTE", "lines", "Line", S, 9, K("ADD"), E("", R)),
            ),
        ),
        Segment("NTE", "closing", "Closing", S, 1, K("CER"), E("", R)),
        Segment("SE", "", "Trailer", R, 1, E("", R), E("", R)),
    ),
    records=(Record("ST", Notice), Record("2100", Entry, Notice)),
)  # fmt: skip
