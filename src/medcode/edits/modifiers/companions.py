"""MOD02: a modifier without the one that it needs beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, final

import attrs

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.kinds import AMBULANCE
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.modifiers.lists import ANESTHESIA_BY, listed
from medcode.edits.services import services
from medcode.findings import Fix, FixKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding, Source

__all__ = ["ModifierAlone"]


class Row(NamedTuple):
    """Modifiers, and those of which a line must have one beside them."""

    modifiers: frozenset[str]
    beside: frozenset[str]
    source: Source
    since: date = date.min


ROWS = (
    Row(frozenset({"CQ"}), frozenset({"GP"}), manual(5, "20.1"), date(2020, 1, 1)),
    Row(frozenset({"CO"}), frozenset({"GO"}), manual(5, "20.1"), date(2020, 1, 1)),
    Row(frozenset({"KH", "KI", "KJ"}), frozenset({"RR"}), manual(20, "30.5")),
    Row(frozenset({"QS"}), ANESTHESIA_BY, manual(12, "50")),
)


@final
class ModifierAlone(Edit[Claim]):
    """A modifier is billed without the one it needs beside it.

    Why: some modifiers qualify another one: an assistant works under a plan of care, a month is one of a
    rental, and monitored care is given by someone.
    Fix: add the other modifier, or remove this one.
    """

    id, name, snip = "MOD02", "modifier-needs-another", 5
    source = manual(5, "20.1")
    requires = ("days",)
    applies_to = "modifiers"
    ack = "A7:453"
    carc, rarc = ("4",), ("N822",)
    passes = (visit(lines=(line("97110", modifiers=("GP", "CQ")),)),)
    fails = (
        visit(lines=(line("97110", modifiers=("CQ",)),)),
        visit(lines=(line("E0601", modifiers=("KH",)),)),
        visit(lines=(line("00142", unit="MJ", quantity=61, modifiers=("QS",)),)),
    )

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line has a modifier that needs another."""
        return any(not row.modifiers.isdisjoint(modifiers) for row in ROWS)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check each line with such a modifier."""
        for service in services(context):
            for row in ROWS:
                alone = service.modifiers & row.modifiers
                if alone and row.since <= service.day and service.code not in AMBULANCE:
                    if service.modifiers & row.beside:
                        continue
                    (first, *_) = sorted(alone)
                    needed = listed(row.beside)
                    message = f"Modifier {first} of {service.code} ({service.line}) needs {needed} on the same line."
                    finding = self.fail(
                        service.modifiers_path,
                        service.code,
                        message,
                        fix=fix_for(row, service.ordered, service.modifiers_path),
                    )
                    yield attrs.evolve(finding, source=row.source)


def fix_for(row: Row, ordered: tuple[str, ...], path: str) -> Fix:
    """Return the choice of the modifiers that would stand beside."""
    options = tuple((*ordered, each) for each in sorted(row.beside))
    return Fix(f"Add {listed(row.beside)}.", path, old=ordered, options=options, kind=FixKind.CHOICE)
