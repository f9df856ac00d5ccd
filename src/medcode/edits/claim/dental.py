"""CLM82 and DEN01 to DEN04: teeth, their surfaces and areas."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, final

from medcode.claims.model.dental import DentalClaim, Tooth, ToothStatus
from medcode.edits.base import Edit
from medcode.edits.claim.teeth import (
    ARCHES,
    AREAS,
    BY_QUADRANT,
    BY_TOOTH,
    OF_PRESENT_TEETH,
    SURFACES,
    TEETH,
    nearest,
    regions,
    surfaces_of,
    work_of,
)
from medcode.edits.examples import dental, filling
from medcode.edits.setting import Setting
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.dental import DentalLine
    from medcode.edits.claim.teeth import Work
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = [
    "FORM",
    "MissingTooth",
    "NoSuchTooth",
    "OutsideArea",
    "SurfacesOfTooth",
    "WithoutTooth",
]

FORM = "Dental Claim Form completion instructions"


@final
class NoSuchTooth(Edit[DentalClaim]):
    """A tooth number, a tooth surface or an area of the mouth is not valid, or is repeated.

    Why: permanent teeth are 1 to 32 and primary teeth A to T; supernumerary teeth from 51 to 82 and
    from AS to TS. Surfaces are M mesial, O occlusal, D distal, B buccal, L lingual, F facial and I incisal. Areas
    are 00 to 09, the quadrants 10, 20, 30 and 40, and the sides L and R.
    Fix: send the tooth by its universal number, each surface by its letter and once, and the area by its code.
    """

    id, name, snip = "CLM82", "no-such-tooth", 5
    ack = "A7:242"
    carc = ("16",)
    rarc = ("N37", "N39", "N75")
    source = Source("ADA", "Universal/National Tooth Designation System", section="837D, code list JP")
    settings = (Setting.DENTAL,)
    yields_to = ("X057",)
    passes = (
        dental(lines=(filling(teeth=(Tooth("12", ("M", "O")),)), filling(procedure="D1351", teeth=("TS",)))),
        dental(tooth_status=(ToothStatus("A", "M"), ToothStatus("82", "E"))),
    )
    fails = (
        dental(lines=(filling(teeth=(Tooth("99", ("M", "O")),)),)),
        dental(lines=(filling(teeth=(Tooth("12", ("M", "X")),)),)),
        dental(lines=(filling(teeth=(Tooth("12", ("M", "M")),)),)),
        dental(lines=(filling(procedure="D4341", teeth=(), oral_cavity=("50",)),)),
        dental(tooth_status=(ToothStatus("33", "M"),)),
        dental(tooth_status=(ToothStatus("5", "M"), ToothStatus("5", "M"))),
    )

    def check(self, claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Finding]:
        """Check the teeth of each line, their surfaces and areas, and the teeth that are missing."""
        for number, status in enumerate(claim.tooth_status):
            yield from self._judged(f"tooth_status[{number}].number", status.number)
        yield from self._twice("tooth_status", tuple(claim.tooth_status), "The claim reports tooth")
        for number, line in enumerate(claim.lines):
            for place, area in enumerate(line.oral_cavity):
                if area not in AREAS:
                    path = f"lines[{number}].oral_cavity[{place}]"
                    message = f"{area} is not an area of the oral cavity: 00 to 09, 10, 20, 30, 40, L or R."
                    yield self.fail(
                        path, area, message, fix=written(path, area.strip().upper(), frozenset(AREAS))
                    )
            yield from self._twice(f"lines[{number}].teeth", line.teeth, f"Line {number + 1} names tooth")
            for place, tooth in enumerate(line.teeth):
                path = f"lines[{number}].teeth[{place}]"
                yield from self._judged(f"{path}.number", tooth.number)
                yield from self._surfaces(path, tooth)

    def _judged(self, path: str, tooth: str) -> Iterator[Finding]:
        if tooth not in TEETH:
            fix = written(path, tooth.strip().lstrip("0").upper(), TEETH)
            yield self.fail(
                path, tooth, f"{tooth} is not a tooth number: 1 to 32, A to T, or supernumerary.", fix=fix
            )

    def _surfaces(self, path: str, tooth: Tooth) -> Iterator[Finding]:
        for at, surface in enumerate(tooth.surfaces):
            if surface not in SURFACES:
                message = f"{surface} is not a tooth surface; use B, D, F, I, L, M or O."
                fix = written(f"{path}.surfaces[{at}]", surface.upper(), SURFACES)
                yield self.fail(f"{path}.surfaces[{at}]", surface, message, fix=fix)
        for surface, times in Counter(tooth.surfaces).items():
            if times > 1:
                message = (
                    f"Tooth {tooth.number} has surface {surface} more than once; name each surface once."
                )
                yield self.fail(f"{path}.surfaces", surface, message)

    def _twice(self, path: str, teeth: tuple[Tooth | ToothStatus, ...], what: str) -> Iterator[Finding]:
        for number, times in Counter(each.number for each in teeth).items():
            if times > 1:
                once = tuple(dict.fromkeys(teeth))
                same = [each.number for each in once].count(number) == 1
                text = f"Name tooth {number} once."
                fix = Fix(text, path, once, old=teeth, kind=FixKind.SAFE) if same else None
                yield self.fail(path, number, f"{what} {number} more than once.", fix=fix)


def written(path: str, meant: str, among: frozenset[str]) -> Fix | None:
    """Return the fix of a value that is right except for its form."""
    return Fix(f"Write {meant}.", path, meant, kind=FixKind.SAFE) if meant in among else None


@final
class OutsideArea(Edit[DentalClaim]):
    """A tooth is outside of the area of the mouth that the line names, or a denture is of the other arch.

    Why: quadrant 10 is the upper right with teeth 1 to 8, and on clockwise to 40, the lower right with 25 to 32;
    primary teeth follow the same way from A to T.
    Fix: correct the tooth or the area.
    """

    id, name, snip = "DEN01", "tooth-outside-area", 5
    ack = "A7:245"
    carc, rarc = ("16",), ("N37", "N75")
    source = Source("ADA", FORM, section="items 25 and 27")
    settings = (Setting.DENTAL,)
    applies_to = "lines.oral_cavity"
    passes = (dental(lines=(filling(procedure="D7210", teeth=("3",), oral_cavity=("10",)),)),)
    fails = (
        dental(lines=(filling(procedure="D7210", teeth=("3",), oral_cavity=("30",)),)),
        dental(lines=(filling(procedure="D5110", teeth=(), oral_cavity=("02",)),)),
    )

    def check(self, claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Finding]:
        """Compare the teeth and the procedure of each line with its areas."""
        for number, line in enumerate(claim.lines):
            areas = [area for area in line.oral_cavity if area in AREAS]
            path = f"lines[{number}].oral_cavity"
            arch = ARCHES.get(line.procedure.code)
            if arch and areas and all(not AREAS[area] & AREAS[arch] for area in areas):
                message = f"{line.procedure.code} (line {number + 1}) is for arch {arch}, not area {', '.join(areas)}."
                yield self.fail(path, areas[0], message)
            for tooth in line.teeth if areas else ():
                if tooth.number in TEETH and not any(nearest(tooth.number) in AREAS[area] for area in areas):
                    (quadrant,) = regions(tooth.number)
                    message = f"Tooth {tooth.number} (line {number + 1}) is in quadrant {quadrant}, outside of area {', '.join(areas)}."
                    yield self.fail(path, areas[0], message)


@final
class SurfacesOfTooth(Edit[DentalClaim]):
    """A dental procedure does not go with its tooth, or with the number of surfaces.

    Why: fillings have codes by the number of surfaces, those of resin and root canals also by the kind of tooth:
    anterior, premolar or molar. Anterior teeth have an incisal edge (I), others a chewing surface (O).
    Fix: correct the code, the tooth or the surfaces.
    """

    id, name, snip = "DEN02", "surfaces-of-tooth", 5
    ack = "A7:242"
    carc, rarc = ("16",), ("N37", "N75")
    source = Source("ADA", FORM, section="items 27 and 28")
    settings = (Setting.DENTAL,)
    applies_to = "lines.teeth"
    passes = (
        dental(lines=(filling(teeth=(Tooth("3", ("M", "O")),)),)),
        dental(lines=(filling(procedure="D3330", teeth=("3",)), filling(procedure="D0120"))),
    )
    fails = (
        dental(lines=(filling(teeth=(Tooth("3", ("O",)),)),)),
        dental(lines=(filling(procedure="D2331", teeth=(Tooth("3", ("M", "B")),)),)),
        dental(lines=(filling(procedure="D3320", teeth=("3",)),)),
        dental(lines=(filling(teeth=(Tooth("9", ("M", "O")),)),)),
    )

    def check(self, claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Finding]:
        """Compare each tooth of each line with the procedure, and its surfaces with both."""
        for number, line in enumerate(claim.lines):
            work = work_of(line.procedure.code)
            for place, tooth in enumerate(line.teeth):
                if tooth.number in TEETH:
                    path = f"lines[{number}].teeth[{place}]"
                    message = misplaced(work, tooth, f"{line.procedure.code} (line {number + 1})")
                    if message:
                        yield self.fail(path, tooth.number, message)


def misplaced(work: Work | None, tooth: Tooth, what: str) -> str | None:
    """Return what is wrong with a procedure on a tooth, or None."""
    surfaces = set(tooth.surfaces) & SURFACES
    if work and nearest(tooth.number) not in work.teeth:
        return f"{what} is for {work.kind} teeth; tooth {tooth.number} is not one."
    for wrong in surfaces - surfaces_of(tooth.number):
        kind = "an anterior tooth has no occlusal" if wrong == "O" else "a posterior tooth has no incisal"
        return f"{what} names surface {wrong} of tooth {tooth.number}; {kind} surface."
    is_counted = bool(surfaces) and len(surfaces) == len(tooth.surfaces)
    if work and is_counted and not work.least <= len(surfaces) <= work.most:
        count = f"{work.least} or more" if work.most > work.least else str(work.least)
        return f"{what} is for {count} surface{'' if work.least == work.most == 1 else 's'}; tooth {tooth.number} names {len(surfaces)} ({' '.join(tooth.surfaces)})."
    return None


@final
class WithoutTooth(Edit[DentalClaim]):
    """A dental procedure lacks the tooth, the surfaces or the area that it was done on, or counts more than its teeth.

    Why: payers pay such procedures once for a tooth or a quadrant and must know which.
    Fix: add the tooth, its surfaces or the area; bill one unit for each tooth.
    """

    id, name, snip = "DEN03", "without-tooth", 7
    ack = "A7:242"
    carc, rarc = ("16",), ("N37", "N39", "N75")
    severity = Severity.WARNING
    source = Source("ADA", FORM, section="items 25, 27 and 28")
    settings = (Setting.DENTAL,)
    requires = ("quantities",)
    passes = (
        dental(lines=(filling(procedure="D4341", teeth=(), oral_cavity=("10",)), filling(procedure="D0120"))),
        dental(lines=(filling(procedure="D7140", teeth=("3", "4"), quantity=2),)),
    )
    fails = (
        dental(lines=(filling(procedure="D7140", teeth=()),)),
        dental(lines=(filling(teeth=("3",)),)),
        dental(lines=(filling(procedure="D4341", teeth=()),)),
        dental(lines=(filling(procedure="D7140", teeth=("3",), quantity=2),)),
    )

    def check(self, claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Finding]:
        """Look for what each procedure needs."""
        for number, line in enumerate(claim.lines):
            message = lacking(line)
            if message:
                what = f"{line.procedure.code} (line {number + 1})"
                yield self.fail(f"lines[{number}].teeth", line.procedure.code, f"{what} {message}")


def lacking(line: DentalLine) -> str | None:
    """Return what a dental line lacks, or None."""
    code, work = line.procedure.code, work_of(line.procedure.code)
    if code in BY_TOOTH and not line.teeth:
        return "is done on a tooth; name the tooth."
    if code in BY_QUADRANT and not line.teeth and not line.oral_cavity:
        return "is done in a quadrant; name the area (10, 20, 30 or 40) or the teeth."
    if work and work.least and (bare := next((each for each in line.teeth if not each.surfaces), None)):
        return f"is done on surfaces; name those of tooth {bare.number}."
    count, quantity = len(line.teeth), line.quantity
    if code in BY_TOOTH and isinstance(quantity, Decimal) and quantity > count:
        teeth = "1 tooth" if count == 1 else f"{count} teeth"
        return f"has {quantity} units for {teeth}; bill one unit for each tooth."
    return None


@final
class MissingTooth(Edit[DentalClaim]):
    """A tooth that the claim reports as missing was treated.

    Why: a tooth that is missing cannot be filled, crowned or extracted.
    Fix: correct the tooth of the line, or its status.
    """

    id, name, snip = "DEN04", "missing-tooth", 5
    ack = "A7:241"
    carc, rarc = ("16",), ("N37",)
    source = Source("ADA", FORM, section="items 27 and 33")
    settings = (Setting.DENTAL,)
    applies_to = "tooth_status"
    passes = (
        dental(tooth_status=(ToothStatus("4", "M"), ToothStatus("3", "E"))),
        dental(tooth_status=(ToothStatus("3", "M"),), lines=(filling(procedure="D6240"),)),
    )
    fails = (dental(tooth_status=(ToothStatus("3", "M"),)),)

    def check(self, claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Finding]:
        """Compare the teeth of each line with those that are missing."""
        missing = {each.number for each in claim.tooth_status if each.status == "M"}
        for number, line in enumerate(claim.lines if missing else ()):
            for place, tooth in enumerate(line.teeth):
                if tooth.number in missing and line.procedure.code in OF_PRESENT_TEETH:
                    what = f"{line.procedure.code} (line {number + 1})"
                    message = f"{what} treats tooth {tooth.number}, which the claim reports as missing."
                    yield self.fail(f"lines[{number}].teeth[{place}]", tooth.number, message)
