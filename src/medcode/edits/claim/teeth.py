"""CLM82: unknown teeth and surfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.dental import DentalClaim, Tooth, ToothStatus
from medcode.edits.base import Edit
from medcode.edits.examples import dental, filling
from medcode.edits.setting import Setting
from medcode.findings import Fix, FixKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["NoSuchTooth"]

PERMANENT = {str(number) for number in range(1, 33)}
MILK = set("ABCDEFGHIJKLMNOPQRST")
BEYOND = {str(number) for number in range(51, 83)} | {f"{letter}S" for letter in MILK}
"""Supernumerary teeth: 50 more than the nearest permanent tooth, or S after the nearest primary tooth."""

TEETH = frozenset(PERMANENT | MILK | BEYOND)
SURFACES = frozenset("BDFILMO")


@final
class NoSuchTooth(Edit[DentalClaim]):
    """A tooth number or a tooth surface is not valid.

    Why: permanent teeth are 1 to 32 and primary teeth A to T; supernumerary teeth from 51 to 82 and
    from AS to TS. Surfaces are M mesial, O occlusal, D distal, B buccal, L lingual, F facial and I incisal.
    Fix: send the tooth by its universal number, and each surface by its letter.
    """

    id, name, snip = "CLM82", "no-such-tooth", 5
    ack = "A7:242"
    carc = ("16",)
    rarc = ("N37", "N39")
    source = Source("ADA", "Universal/National Tooth Designation System", section="837D, code list JP")
    settings = (Setting.DENTAL,)
    yields_to = ("X057",)
    passes = (
        dental(lines=(filling(teeth=(Tooth("12", ("M", "O")), Tooth("TS"))),)),
        dental(tooth_status=(ToothStatus("A", "M"), ToothStatus("82", "E"))),
    )
    fails = (
        dental(lines=(filling(teeth=("99",)),)),
        dental(lines=(filling(teeth=(Tooth("12", ("X",)),)),)),
        dental(tooth_status=(ToothStatus("33", "M"),)),
    )

    def check(self, claim: DentalClaim, _context: Context[DentalClaim]) -> Iterator[Finding]:
        """Check the teeth of each line and their surfaces, and at those that are missing."""
        for number, status in enumerate(claim.tooth_status):
            yield from self._judged(f"tooth_status[{number}].number", status.number)
        for number, line in enumerate(claim.lines):
            for place, tooth in enumerate(line.teeth):
                path = f"lines[{number}].teeth[{place}]"
                yield from self._judged(f"{path}.number", tooth.number)
                for at, surface in enumerate(tooth.surfaces):
                    if surface not in SURFACES:
                        message = f"{surface} is not a tooth surface; use B, D, F, I, L, M or O."
                        fix = written(f"{path}.surfaces[{at}]", surface.upper(), SURFACES)
                        yield self.fail(f"{path}.surfaces[{at}]", surface, message, fix=fix)

    def _judged(self, path: str, tooth: str) -> Iterator[Finding]:
        if tooth not in TEETH:
            fix = written(path, tooth.strip().lstrip("0").upper(), TEETH)
            yield self.fail(
                path, tooth, f"{tooth} is not a tooth number: 1 to 32, A to T, or supernumerary.", fix=fix
            )


def written(path: str, meant: str, among: frozenset[str]) -> Fix | None:
    """Return the fix of a value that is right except for its form."""
    return Fix(f"Write {meant}.", path, meant, kind=FixKind.SAFE) if meant in among else None
