"""CLM06: a line that is billed twice on one claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.services import key_of, services
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["REPEATED", "DuplicateLine"]

REPEATED = frozenset(
    [
        "25",
        "59",
        "62",
        "66",
        "76",
        "77",
        "80",
        "81",
        "82",
        "91",
        "AS",
        "GE",
        "GV",
        "XE",
        "XP",
        "XS",
        "XU",
        "JW",
        "JZ",
        "KX",
        "LT",
        "RT",
    ]
    + [f"E{n}" for n in range(1, 5)]
    + ["FA", *(f"F{n}" for n in range(1, 10)), "TA", *(f"T{n}" for n in range(1, 10))]
)
"""Modifiers by which a line says that its service was another one than that of a line like it."""

MOST_MODIFIERS = 4


@final
class DuplicateLine(Edit[Claim]):
    """Two lines of the claim bill the same service.

    Why: a payer denies as a duplicate what has the same code, modifiers, practitioner, place and day,
    whatever is charged for it.
    Fix: remove one; where the service was repeated, say so with modifier 76, 77 or 91.
    """

    id, name, snip = "CLM06", "duplicate-line", 4
    yields_to = ("OCE51",)
    source = Source("CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 1", section="120")
    severity = Severity.WARNING
    applies_to = "repeated_procedures"
    ack = "A3:54"
    carc, rarc = ("18",), ()
    passes = (
        visit(lines=(line("99213"), line("99213", modifiers=("76",)))),
        visit(lines=(line("99213"), line("99213", service_date="2026-01-06"))),
        visit(),
    )
    fails = (
        visit(lines=(line("99213"), line("99213"))),
        visit(lines=(line("99213"), line("99213", charge="50"))),
        visit(
            lines=(line("97110", service_date="20260105-20260107"), line("97110", service_date="2026-01-06"))
        ),
    )

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each line that shares a day with one before it and is equal to it in all that counts."""
        found = services(context)
        seen: dict[object, list[Service]] = {}
        for service in found:
            same = seen.setdefault((service.code, service.practitioner, key_of(claim, service)), [])
            first = next((each for each in same if each.meets(service)), None)
            same.append(service)
            if first and not service.modifiers & REPEATED:
                days = f"on {max(first.day, service.day)}"
                message = f"{service.code} of {service.line} is already billed on {first.line} {days}."
                has_room = len(service.ordered) < MOST_MODIFIERS
                repeated = tuple((each, *service.ordered) for each in ("76", "77", "91") if has_room)
                fix = Fix(
                    f"Remove {service.line}, or say that the service was repeated: 76, 77 (another practitioner), 91 (a test).",
                    service.modifiers_path,
                    old=service.ordered,
                    options=repeated,
                    kind=FixKind.CHOICE if repeated else FixKind.ADVICE,
                )
                yield self.fail(f"lines[{service.number}]", service.code, message, fix=fix)
