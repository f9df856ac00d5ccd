"""MOD10: a modifier that changes the price, after one that only says where on the body."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.modifiers.lists import LEFT, RIGHT
from medcode.edits.situations.base import PRACTICE
from medcode.findings import Fix, FixKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["ModifierOrder"]

COMPONENT = frozenset({"26", "TC"})
OF_SURGEONS = frozenset({"62", "66", "80", "81", "82", "AS"})
PRICING = COMPONENT | OF_SURGEONS | {"22", "52", "53"}
PLACE = LEFT | RIGHT
GLOBAL = frozenset({"54", "55", "56", "58", "78", "79"})
"""Modifiers of the global package, which may come before those of price."""


def rank(modifier: str) -> int:
    """Return where a modifier belongs: component, price, anything else, place on the body."""
    return 0 if modifier in COMPONENT else 1 if modifier in PRICING else 3 if modifier in PLACE else 2


def orders(modifiers: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the orders in which the modifiers of a line may be: one, unless several change the price in one way.

    >>> orders(("RT", "59", "26"))
    (('26', '59', 'RT'),)
    >>> orders(("LT", "80", "22"))
    (('80', '22', 'LT'), ('22', '80', 'LT'))
    """
    priced = [each for each in modifiers if rank(each) == 1]
    others = sorted((each for each in modifiers if rank(each) != 1), key=rank)
    first = sum(each in COMPONENT for each in others)
    whole = [each for each in others if each in GLOBAL]
    rest = [each for each in others[first:] if each not in GLOBAL]
    ways = tuple((*others[:first], *order, *whole, *rest) for order in permutations(priced))
    return ways + tuple((*whole, *others[:first], *order, *rest) for order in permutations(priced) if whole)


@final
class ModifierOrder(Edit[Claim]):
    """A modifier that changes the price comes after one that says where on the body the service was.

    Why: many payers price a line by its first modifier; those of a side, a finger, a toe or an eyelid come last.
    Fix: put the modifier that changes the price first; 26 and TC come before all others.
    """

    id, name, snip = "MOD10", "modifier-order", 7
    ack = "A7:453"
    carc, rarc = ("4",), ("N823",)
    source = PRACTICE
    severity = Severity.INFO
    applies_to = "modifiers"
    passes = (
        visit(lines=(line("73030", modifiers=("26", "RT")),)),
        visit(lines=(line("27447", modifiers=("RT", "82")),)),
    )
    fails = (
        visit(lines=(line("73030", modifiers=("RT", "26")),)),
        visit(lines=(line("27447", modifiers=("LT", "80", "22")),)),
    )

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line has a modifier of price after one of place; payers find those of surgeons wherever they are."""
        places = [at for at, each in enumerate(modifiers) if each in PLACE]
        return bool(places) and any(each in PRICING - OF_SURGEONS for each in modifiers[places[0] :])

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check each line with several modifiers."""
        for number, each in enumerate(claim.lines):
            modifiers = each.procedure.modifiers if each.procedure else ()
            if not self.concerns_modifiers(modifiers):
                continue
            late = next(
                m
                for m in modifiers
                if m in PRICING - OF_SURGEONS and set(modifiers[: modifiers.index(m)]) & PLACE
            )
            place = next(m for m in modifiers if m in PLACE)
            path = f"lines[{number}].procedure.modifiers"
            message = f"Line {number + 1} has modifier {late} after {place}; payers that price by the first modifier miss it."
            options = orders(modifiers)
            fix = (
                Fix(f"Write {', '.join(options[0])}.", path, options[0], old=modifiers, kind=FixKind.SAFE)
                if len(options) == 1
                else Fix(
                    f"Put {late} before {place}.", path, old=modifiers, options=options, kind=FixKind.CHOICE
                )
            )
            yield self.fail(path, late, message, fix=fix)
