"""The implementation guides: one table file and one line of `GUIDES` for each transaction set.

A guide says all that is peculiar to its set; reading, writing, validation, acknowledgments, the
tree and the documentation follow it and know no set themselves.

**The table** (`grammar`): `Loop(id, name, title, usage, repeat, *children)`,
`Segment(id, name, title, usage, repeat, *elements)`, elements `E`, constants `K`, composites `C`.
A `name` is an attribute of the model, relative to the object of the loop around: "" is that object
itself. A loop whose attribute is a tuple makes one object each time it comes; other loops fill a part of
the object around them. The same element name several times in a segment is a tuple; an element
called `format` is the date format qualifier of the next one and is not kept.

**The objects** (`Guide.records`): each `Record(loop, model, header)` is one way of cutting a set into objects.

- 837: `Record("2300", ProfessionalClaim, TransactionHeader)`. What the levels above 2300 hold (names
  relative to the claim: `billing_provider`, `subscriber`) is shared by the claims below them and found by HL.
  What is before the levels belongs to `header`; its values on writing come from the `Envelope`.
- 835: `Record("ST", Remittance)` first: one object for each set, BPR to PLB are its attributes, and claims its
  parts. A second `Record("2100", ClaimPayment, Remittance)` streams claim by claim with flat memory:
  `x12.iter_records(path, ClaimPayment)`; what is before the first claim is then the header.
- 277CA: `Record("2200D", ClaimStatus, StatusHeader)` with `leaves={"2000B", "2000C"}`: a batch or provider
  that is refused as a whole has no claims below it, and makes a record from its level alone.

A model class is an attrs class on `Part` with a class attribute `guide`, the convention it is written in
by default; it may have `extras` and `origin` as `Claim` has, which are then filled.

**The rest**: `unit`, `levels`, `leaves`, `counters`, `most`, `situations`, `sample`, `reference` and
`trigger` are described at `grammar.Guide`. ST03 is read and written where the guide's ST uses it;
GS08 decides otherwise.

>>> guide("005010X222A2").id
'005010X222A1'
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from medcode.claims.x12.guides.grammar import Composite, Segment, Usage
from medcode.discreet import discreet
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.grammar import Element, Guide, Row

__all__ = ["GUIDES", "codes_in_use", "convention_of", "conventions", "guide", "rivals_of"]

GUIDES = {
    "ta1": "TA1",
    "x212_277": "005010X212",
    "x214_277ca": "005010X214",
    "x221_835": "005010X221A1 005010X221",
    "x222_837p": "005010X222A1 005010X222 005010X222A2",
    "x223_837i": "005010X223A2 005010X223 005010X223A1 005010X223A3",
    "x224_837d": "005010X224A2 005010X224 005010X224A1 005010X224A3",
    "x231_999": "005010X231A1 005010X231",
    "x291_837p": "005010X291",
    "x292_837i": "005010X292",
    "x298_837p": "005010X298",
}
"""The table files (modules here, or elsewhere by their dotted name) with the implementation conventions that each
reads; its own comes first. TA1, which is outside any set and names no convention, is its own."""


_ST03 = 3
_ADDENDA = re.compile(r"(?<=\dX\d{3})A\d$")


def conventions() -> dict[str, str]:
    """Return the table of each implementation convention, as ST03 or GS08 names it."""
    return _conventions(tuple(GUIDES.items()))


@lru_cache(maxsize=4)
def _conventions(guides: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {convention: table for table, names in guides for convention in names.split()}


def guide(convention: str) -> Guide:
    """Return the guide that an implementation convention (ST03, GS08) is read with.

    Raises X12Error for an unknown one.
    """
    tables = conventions()
    if convention not in tables:
        raise X12Error(f"no guide for {discreet(convention)!r}; known: {', '.join(sorted(tables))}")
    return _load(tables[convention])


@lru_cache
def codes_in_use() -> dict[str, frozenset[str]]:
    """Return the codes that any guide allows in a data element, by its number: what of the standard's list is known here.

    >>> "DA" in codes_in_use()["355"], "ZZ" in codes_in_use()["355"]
    (True, False)
    """
    found: dict[str, set[str]] = {}
    for table in GUIDES:
        segments = (part for part in _load(table).root.walk() if isinstance(part, Segment))
        for element in (each for segment in segments for each in _simple(segment.elements)):
            found.setdefault(element.data.number, set()).update(element.codes or ())
    return {number: frozenset(codes) for number, codes in found.items()}


def _simple(row: Row) -> Iterator[Element]:
    """Yield the simple elements of a row, those of its composites too."""
    for element in row:
        if isinstance(element, Composite):
            yield from _simple(element.elements)
        else:
            yield element


def convention_of(st: list[str], gs08: str) -> str:
    """Return the convention that a set names: ST03, else GS08, else that of the guide whose ST has no ST03.

    Where all guides of the set have ST03, and there is one guide alone, it is that one. A GS08 that names a guide of
    another set is not followed, nor is an ST03 that differs from it in nothing but the number of its addenda.

    >>> convention_of(["ST", "837", "0001", "005010X222A1"], "")
    '005010X222A1'
    >>> convention_of(["ST", "999", "0001"], ""), convention_of(["ST", "837", "0001"], "")
    ('005010X231A1', '')
    """
    by_set, by_group = (text.strip().upper() for text in (st[3] if len(st) > _ST03 else "", gs08))
    if by_set not in conventions() and _without_addenda(by_set) == _without_addenda(by_group):
        by_set = by_group if by_group in conventions() else by_set
    is_foreign = not by_set and by_group in conventions() and guide(by_group).transaction != "".join(st[1:2])
    named = by_set or by_group
    if (named and not is_foreign) or len(st) <= 1:
        return named
    found = [
        each for each in map(_load, GUIDES) if each.transaction == st[1]
    ]  # seldom: a bare text with neither
    bare = [each for each in found if each.root.opener.elements[_ST03 - 1].usage is Usage.NOT_USED] or found
    return bare[0].id if len(bare) == 1 else named


def _without_addenda(convention: str) -> str:
    """Return a convention without the number of its addenda."""
    return _ADDENDA.sub("", convention)


def rivals_of(st: list[str], gs08: str) -> list[str]:
    """Return the conventions of ST03 and GS08 where they name different guides of one transaction set; else none.

    >>> rivals_of(["ST", "277", "0001", "005010X212"], "005010X214"), rivals_of(["ST", "835", "0001"], "005010X221A1")
    (['005010X212', '005010X214'], [])
    """
    named = [text.strip().upper() for text in (*st[_ST03 : _ST03 + 1], gs08)]
    tables = {conventions().get(each) for each in named}
    if len(tables) < len(("ST03", "GS08")) or None in tables:
        return []
    return named if {guide(each).transaction for each in named} == {st[1]} else []


@lru_cache
def _load(table: str) -> Guide:
    found: Guide = import_module(table if "." in table else f"{__name__}.{table}").GUIDE
    return found
