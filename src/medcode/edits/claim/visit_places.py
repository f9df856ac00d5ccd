"""CLM87: a visit of one place billed at another.

A table: visits by their codes, and the places of service where they cannot be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.kinds import EMERGENCY_VISITS, HOME_VISITS, HOSPITAL_VISITS, NURSING_VISITS, kinds_of
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.concern import LineKey
    from medcode.edits.context import Context
    from medcode.edits.kinds import CodeList
    from medcode.findings import Finding

__all__ = ["VisitOutOfPlace"]


class Row(NamedTuple):
    """Visits, what they are called, and where they are never."""

    codes: CodeList
    kind: str
    never: frozenset[str]


def places(text: str) -> frozenset[str]:
    """Return the places of service of a text."""
    return frozenset(text.split())


PRACTICES = places("11 49 50 71 72 81")
"""Offices, clinics, and laboratories."""

HOSPITALS = places("21 22 23 24")
ROWS = (
    Row(EMERGENCY_VISITS, "an emergency department", PRACTICES | places("12 13 14 24 31 32 33 54 65")),
    Row(HOSPITAL_VISITS, "a hospital", PRACTICES | places("13 14 32 33")),
    Row(NURSING_VISITS, "a nursing facility", PRACTICES | HOSPITALS | places("12")),
    Row(HOME_VISITS, "the patient's home", PRACTICES | HOSPITALS | places("31 32")),
)


@final
class VisitOutOfPlace(Edit[ProfessionalClaim]):
    """A visit is billed at a place of service where it cannot have been.

    Why: visits in an emergency department, a hospital, a nursing facility and at home have codes of their own, and
    payers deny one that the place of service contradicts.
    Fix: correct the place of service, or bill the visit of that place.
    """

    id, name, snip = "CLM87", "visit-out-of-place", 7
    source = manual(12, "30.6")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    applies_to = ("emergency_visits", "hospital_visits", "nursing_visits", "home_visits")
    ack = "A7:249"
    carc, rarc = ("5",), ("M77",)
    passes = (visit(place_of_service="23", lines=(line("99283"),)), visit())
    fails = (visit(lines=(line("99283"),)), visit(lines=(line("99348"),)))

    def concerns_line(self, line: LineKey, /) -> bool:
        """Whether the place of a line is none of its visit's."""
        is_visit = not kinds_of(line.code or "").isdisjoint(self.applies_to)
        return is_visit and any(line.place in row.never and line.code in row.codes for row in ROWS)

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each line."""
        for service in services(context):
            own = claim.lines[service.number].place_of_service
            place = own or claim.place_of_service
            path = f"lines[{service.number}].place_of_service" if own else "place_of_service"
            for row in ROWS:
                if place in row.never and service.code in row.codes:
                    message = f"{service.code} ({service.line}) is a visit in {row.kind}; the place of service is {place}."
                    yield self.fail(path, place, message)
