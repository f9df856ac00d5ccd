"""CLM01: a line points to a diagnosis that is not listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dental import DentalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import dental, filling, line, visit
from medcode.edits.setting import Setting
from medcode.findings import Fix, FixKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.claims.model.dental import DentalLine
    from medcode.claims.model.line import ProfessionalLine
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["PointerToNothing"]

WHOLE = re.compile(r" *0*(\d{1,2})(?:\.0*)? *", re.ASCII)


@final
class PointerToNothing(Edit[ProfessionalClaim | DentalClaim]):
    """A line points to a diagnosis that the claim does not list.

    Why: a diagnosis pointer is the number of a diagnosis on the same claim, counted from 1.
    Fix: list the diagnosis, or point to one that is listed.
    """

    id, name, snip = "CLM01", "pointer-to-nothing", 4
    ack = "A7:477"
    carc = ("16",)
    rarc = ("M76",)
    source = Source("X12", "005010X222A1", section="2400 SV107")
    settings = (Setting.PROFESSIONAL, Setting.DENTAL)
    segments = frozenset({"HI"})
    passes = (visit("E11.9", "I10", lines=(line(diagnosis_pointers=(2, 1)),)),)
    fails = (
        dental("K02.9", lines=(filling(diagnosis_pointers=(2,)),)),
        visit("E11.9", "I10", lines=(line(diagnosis_pointers=(3,)),)),
    )

    def check(
        self, claim: ProfessionalClaim | DentalClaim, _context: Context[ProfessionalClaim | DentalClaim]
    ) -> Iterator[Finding]:
        """Report each pointer outside of the list."""
        count = len(claim.diagnoses)
        lines: Sequence[ProfessionalLine | DentalLine] = claim.lines
        for number, service in enumerate(lines):
            for place, pointer in enumerate(service.diagnosis_pointers):
                if not (isinstance(pointer, int) and 1 <= pointer <= count):
                    message = f"Line {number + 1} points to diagnosis {pointer}; the claim lists {count}."
                    path = f"lines[{number}].diagnosis_pointers[{place}]"
                    yield self.fail(path, str(pointer), message, fix=fix_for(path, pointer, count))


def fix_for(path: str, pointer: int | str, count: int) -> Fix | None:
    """Return the fix of a pointer that is a whole number with zeros around it, such as 01 or 1.00; else None."""
    match = WHOLE.fullmatch(str(pointer))
    right = int(match[1]) if match else 0
    if isinstance(pointer, int) or not 1 <= right <= count:
        return None
    return Fix(f"Write {right}.", path, right, old=pointer, kind=FixKind.SAFE)
