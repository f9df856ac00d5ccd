"""CLM38 to CLM40, CLM49, CLM50 and CLM83: modifiers that repeat, contradict each other, or do not go with their code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, final

import attrs

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.entity import COMMON_EDITS
from medcode.edits.examples import MEDICARE_PATIENT, line, visit
from medcode.edits.modifiers.lists import LEFT, RIGHT
from medcode.edits.services import services
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.edits.concern import LineKey
    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = [
    "BothSidesAndOne",
    "BothSidesInUnits",
    "DistinctOnVisit",
    "DistinctTwice",
    "RepeatedModifier",
    "VisitModifierOnProcedure",
]

DISTINCT = frozenset({"XE", "XP", "XS", "XU"})
APART = DISTINCT | {"50", "58", "59", "76", "77", "78", "79"}
"""Modifiers by which a second line of a procedure is another one, or is for both sides itself."""

OF_VISITS = frozenset({"25", "57"})
VISIT = re.compile(r"99[234]\d\d", re.ASCII)
SURGERY_TO_LABORATORY = re.compile(r"[1-8]\d{4}", re.ASCII)


@final
class RepeatedModifier(Edit[Claim]):
    """A line has the same modifier twice.

    Why: the second adds nothing and uses the place of another.
    Fix: remove one of them.
    """

    id, name, snip = "CLM38", "repeated-modifier", 4
    ack, ack_source = "A7:453", COMMON_EDITS
    carc = ("4",)
    rarc = ("N519",)
    source = Source(
        "CMS", "Medicare Claims Processing Manual, Pub. 100-04, chapter 26", section="10.4 item 24D"
    )
    severity = Severity.WARNING
    applies_to = "modifiers"
    passes = (visit(lines=(line(modifiers=("25", "LT")),)),)
    fails = (visit(lines=(line(modifiers=("25", "25")),)),)

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line has several modifiers."""
        return len(modifiers) > 1

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        """Check each line with more than one."""
        for number, each in enumerate(claim.lines):
            modifiers = each.procedure.modifiers if each.procedure else ()
            if len(set(modifiers)) < len(modifiers):
                repeated = next(m for at, m in enumerate(modifiers) if m in modifiers[:at])
                kept = tuple(dict.fromkeys(modifiers))
                message = f"Line {number + 1} has modifier {repeated} twice."
                path = f"lines[{number}].procedure.modifiers"
                fix = Fix(f"Remove the second {repeated}.", path, kept, old=modifiers, kind=FixKind.SAFE)
                yield self.fail(path, repeated, message, fix=fix)


@final
class DistinctTwice(Edit[Claim]):
    """A line has modifier 59 beside one of XE, XP, XS and XU.

    Why: the X modifiers are subsets of 59; only one of them may be on a line.
    Fix: keep the X modifier.
    """

    id, name, snip = "CLM39", "distinct-twice", 5
    ack = "A7:453"
    carc = ("4",)
    rarc = ("N519",)
    source = Source("CMS", "MLN1783722: proper use of modifiers 59, XE, XP, XS and XU")
    applies_to = "modifiers"
    passes = (visit(lines=(line(modifiers=("XS",)),)),)
    fails = (visit(lines=(line("20610", modifiers=("59", "XS")),)),)

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line has several modifiers, 59 among them."""
        return "59" in modifiers and len(modifiers) > 1

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Look for both."""
        for service in services(context):
            if "59" in service.modifiers and service.modifiers & DISTINCT:
                kept = min(service.modifiers & DISTINCT)
                rest = tuple(each for each in service.ordered if each != "59")
                message = f"{service.code} ({service.line}) has modifier 59 and {kept}; keep {kept}."
                path = service.modifiers_path
                fix = Fix("Remove 59.", path, rest, old=service.ordered, kind=FixKind.SAFE)
                yield self.fail(path, service.code, message, fix=fix)


@final
class BothSidesAndOne(Edit[Claim]):
    """A procedure is billed for both sides by modifier 50, and for one side again.

    Why: 50 means both sides; LT and RT mean one, and those of eyelids, fingers and toes one place on it. A further line
    of the day for one of the sides bills that side twice, unless a modifier says that it was distinct or repeated.
    Fix: keep 50 for both sides, or the other for one.
    """

    id, name, snip = "CLM40", "both-sides-and-one", 5
    ack = "A7:453"
    carc = ("4",)
    rarc = ("N519",)
    source = Source("CMS", "MLN Matters SE1422: bilateral procedures")
    applies_to = "modifiers"
    passes = (visit(lines=(line(modifiers=("50",)), line("99214", modifiers=("LT",)))),)
    fails = (
        visit(lines=(line(modifiers=("50", "LT")),)),
        visit(lines=(line("67904", modifiers=("50", "E1")),)),
        visit(lines=(line("69436", modifiers=("50",)), line("69436", modifiers=("RT",)))),
    )

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line is of both sides."""
        return "50" in modifiers

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Look for both."""
        for service in services(context):
            one = service.modifiers & (LEFT | RIGHT)
            if "50" in service.modifiers and one:
                message = f"{service.code} ({service.line}) has modifier 50 (both sides) and {min(one)} (one side); keep one."
                path = service.modifiers_path
                options = (
                    tuple(each for each in service.ordered if each not in one),
                    tuple(each for each in service.ordered if each != "50"),
                )
                text = f"Keep 50 or {min(one)}."
                fix = Fix(text, path, old=service.ordered, options=options, kind=FixKind.CHOICE)
                yield self.fail(path, service.code, message, fix=fix)
            elif "50" in service.modifiers:
                yield from self._again(service, services(context))

    def _again(self, both: Service, others: Iterable[Service]) -> Iterator[Finding]:
        """Yield each other line of the procedure that bills one of the sides once more."""
        for other in others:
            side = other.modifiers & {"LT", "RT"}
            if other.code != both.code or not side or other.modifiers & APART or not other.is_with(both):
                continue
            message = f"{both.code} is for both sides on {both.line} (modifier 50), and {other.line} bills {min(side)} again."
            yield self.fail(other.modifiers_path, other.code, message)


@final
class BothSidesInUnits(Edit[Claim]):
    """A procedure on both sides is billed with modifier 50 and more than one unit.

    Why: a line with modifier 50 is both sides already, and counts one unit; payers that want two say so.
    Fix: bill one unit.
    """

    id, name, snip = "CLM83", "both-sides-in-units", 5
    yields_to = ("OCE74",)
    ack = "A7:476"
    carc, rarc = ("151", "16"), ("M53",)
    source = Source("CMS", "MLN Matters SE1422: bilateral procedures")
    applies_to = "modifiers"
    requires = ("quantities",)
    passes = (visit(lines=(line("20610", modifiers=("50",)), line("20610", modifiers=("LT",), quantity=2))),)
    fails = (visit(subscriber=MEDICARE_PATIENT, lines=(line("20610", modifiers=("50",), quantity=2),)),)

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line is of both sides."""
        return "50" in modifiers

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check each line with 50; only Medicare's rule is public."""
        for service in services(context):
            if "50" in service.modifiers and service.units > 1:
                path = f"lines[{service.number}].quantity"
                message = f"{service.code} ({service.line}) has modifier 50 (both sides) and {service.units} units; bill one unit."
                fix = Fix("Bill one unit.", path, old=str(service.units), options=("1",), kind=FixKind.CHOICE)
                finding = self.fail(path, service.code, message, fix=fix)
                yield finding if context.is_medicare else attrs.evolve(finding, severity=Severity.WARNING)


@final
class DistinctOnVisit(Edit[Claim]):
    """A visit has modifier 59, or one of XE, XP, XS and XU.

    Why: these mark distinct procedures; a visit distinct from a procedure is marked by modifier 25.
    Fix: use modifier 25 where the visit was significant and separate.
    """

    id, name, snip = "CLM49", "distinct-on-visit", 5
    ack = "A7:453"
    carc = ("4",)
    rarc = ("N823",)
    source = Source("CMS", "MLN1783722: proper use of modifiers 59, XE, XP, XS and XU")
    severity = Severity.WARNING
    applies_to = "modifiers"
    passes = (visit(lines=(line("99213", modifiers=("25",)), line("G0101", modifiers=("59",)))),)
    fails = (visit(lines=(line("99213", modifiers=("59",)),)),)

    def concerns_line(self, line: LineKey, /) -> bool:
        """Whether a line is a visit with one of these modifiers."""
        is_distinct = not (DISTINCT | {"59"}).isdisjoint(line.modifiers)
        return is_distinct and VISIT.fullmatch(line.code or "") is not None

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check each visit."""
        for service in services(context):
            if VISIT.fullmatch(service.code) and service.modifiers & (DISTINCT | {"59"}):
                path = f"lines[{service.number}].procedure.modifiers"
                rest = tuple(each for each in service.ordered if each not in DISTINCT | {"59"})
                fix = Fix(
                    "Use modifier 25, or none.",
                    path,
                    old=service.ordered,
                    options=(rest,) if "25" in rest else (("25", *rest), rest),
                    kind=FixKind.CHOICE,
                )
                yield self.fail(
                    path,
                    service.code,
                    f"{service.code} ({service.line}) is a visit; use modifier 25 for a significant, separate visit, not {min(service.modifiers & (DISTINCT | {'59'}))}.",
                    fix=fix,
                )


@final
class VisitModifierOnProcedure(Edit[Claim]):
    """A procedure has modifier 25 or 57, which are for visits.

    Why: 25 marks a visit separate from a procedure, and 57 one that led to surgery.
    Fix: move the modifier to the visit, or use the one that the procedure needs.
    """

    id, name, snip = "CLM50", "visit-modifier-on-procedure", 5
    ack = "A7:453"
    carc = ("4",)
    rarc = ("N823",)
    source = Source("CMS", "NCCI Policy Manual", section="chapter I, E")
    severity = Severity.WARNING
    applies_to = "modifiers"
    passes = (visit(lines=(line("99213", modifiers=("25",)), line("20610"))),)
    fails = (visit(lines=(line("99213"), line("20610", modifiers=("25",)))),)

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line has a modifier of visits."""
        return not OF_VISITS.isdisjoint(modifiers)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check surgery, radiology and laboratory; other codes may be visits of a kind."""
        for service in services(context):
            if SURGERY_TO_LABORATORY.fullmatch(service.code) and service.modifiers & OF_VISITS:
                path = f"lines[{service.number}].procedure.modifiers"
                rest = tuple(each for each in service.ordered if each not in OF_VISITS)
                yield self.fail(
                    path,
                    service.code,
                    f"Modifier {min(service.modifiers & OF_VISITS)} is for visits; {service.code} ({service.line}) is a procedure.",
                    fix=Fix("Remove it.", path, old=service.ordered, options=(rest,), kind=FixKind.CHOICE),
                )
