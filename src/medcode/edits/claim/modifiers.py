"""CLM38 to CLM40, CLM49 and CLM50: modifiers that repeat, contradict, or do not go with their code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, final

from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.services import services
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = [
    "BothSidesAndOne",
    "DistinctOnVisit",
    "DistinctTwice",
    "RepeatedModifier",
    "VisitModifierOnProcedure",
]

DISTINCT = frozenset({"XE", "XP", "XS", "XU"})
SIDES = frozenset({"LT", "RT"})
OF_VISITS = frozenset({"25", "57"})
VISIT = re.compile(r"99[234]\d\d", re.ASCII)
SURGERY_TO_LABORATORY = re.compile(r"[1-8]\d{4}", re.ASCII)


@final
class RepeatedModifier(Edit[Any]):
    """A line has the same modifier twice.

    Why: the second says nothing new, and takes the place of another.
    Cure: take it out.
    """

    id, name, snip = "CLM38", "repeated-modifier", 4
    source = Source(
        "CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 26", section="10.4 item 24D"
    )
    severity = Severity.WARNING
    concerns = "modifiers"
    passes = (visit(lines=(line(modifiers=("25", "LT")),)),)
    fails = (visit(lines=(line(modifiers=("25", "25")),)),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Look at each line with more than one."""
        for number, each in enumerate(claim.lines):
            modifiers = each.procedure.modifiers if each.procedure else ()
            if len(set(modifiers)) < len(modifiers):
                message = f"Line {number + 1} repeats a modifier."
                yield self.fail(f"lines[{number}].procedure.modifiers", None, message)


@final
class DistinctTwice(Edit[Any]):
    """A line has modifier 59 beside one of XE, XP, XS and XU.

    Why: the X modifiers say more closely what 59 says; only one of them may stand on a line.
    Cure: keep the X modifier.
    """

    id, name, snip = "CLM39", "distinct-twice", 5
    source = Source("CMS", "MLN1783722: proper use of modifiers 59, XE, XP, XS and XU")
    concerns = "modifiers"
    passes = (visit(lines=(line(modifiers=("XS",)),)),)
    fails = (visit(lines=(line("20610", modifiers=("59", "XS")),)),)

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look for both."""
        for service in services(context):
            if "59" in service.modifiers and service.modifiers & DISTINCT:
                path = f"lines[{service.number}].procedure.modifiers"
                yield self.fail(
                    path, service.code, "Modifier 59 stands beside one that says it more closely."
                )


@final
class BothSidesAndOne(Edit[Any]):
    """A line has modifier 50 beside LT or RT.

    Why: 50 says that both sides were done, LT and RT that one was.
    Cure: keep 50 for both sides, or LT or RT for one.
    """

    id, name, snip = "CLM40", "both-sides-and-one", 5
    source = Source("CMS", "MLN Matters SE1422: bilateral procedures")
    concerns = "modifiers"
    passes = (visit(lines=(line(modifiers=("50",)), line("99214", modifiers=("LT",)))),)
    fails = (visit(lines=(line(modifiers=("50", "LT")),)),)

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look for both."""
        for service in services(context):
            if "50" in service.modifiers and service.modifiers & SIDES:
                path = f"lines[{service.number}].procedure.modifiers"
                yield self.fail(path, service.code, "Modifier 50 stands beside a single side.")


@final
class DistinctOnVisit(Edit[Any]):
    """A visit has modifier 59, or one of XE, XP, XS and XU.

    Why: these tell procedures apart; that a visit was apart from a procedure is told by modifier 25.
    Cure: use modifier 25 where the visit was significant and separate.
    """

    id, name, snip = "CLM49", "distinct-on-visit", 5
    source = Source("CMS", "MLN1783722: proper use of modifiers 59, XE, XP, XS and XU")
    severity = Severity.WARNING
    concerns = "modifiers"
    passes = (visit(lines=(line("99213", modifiers=("25",)), line("G0101", modifiers=("59",)))),)
    fails = (visit(lines=(line("99213", modifiers=("59",)),)),)

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look at each visit."""
        for service in services(context):
            if VISIT.fullmatch(service.code) and service.modifiers & (DISTINCT | {"59"}):
                path = f"lines[{service.number}].procedure.modifiers"
                yield self.fail(path, service.code, "A visit is told apart by modifier 25.")


@final
class VisitModifierOnProcedure(Edit[Any]):
    """A procedure has modifier 25 or 57, which are for visits.

    Why: 25 says that a visit was separate from a procedure, and 57 that it led to surgery.
    Cure: move the modifier to the visit, or take the one that the procedure needs.
    """

    id, name, snip = "CLM50", "visit-modifier-on-procedure", 5
    source = Source("CMS", "NCCI Policy Manual", section="chapter I, E")
    severity = Severity.WARNING
    concerns = "modifiers"
    passes = (visit(lines=(line("99213", modifiers=("25",)), line("20610"))),)
    fails = (visit(lines=(line("99213"), line("20610", modifiers=("25",)))),)

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look at surgery, radiology and laboratory; other codes may be visits of a kind."""
        for service in services(context):
            if SURGERY_TO_LABORATORY.fullmatch(service.code) and service.modifiers & OF_VISITS:
                path = f"lines[{service.number}].procedure.modifiers"
                yield self.fail(path, service.code, "Modifiers 25 and 57 are for visits.")
