"""MOD06: telehealth modifiers against the place of service."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, final

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import MEDICARE_PATIENT, line, visit
from medcode.edits.kinds import AMBULANCE, kinds_of
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.modifiers.lists import listed
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["TelehealthPlace"]

TELEHEALTH = frozenset({"93", "95", "FQ", "GQ", "GT"})
PLACES = frozenset({"02", "10"})
HOSPITALS = frozenset({"19", "22", "23"})  # practitioners of a hospital, of patients at home, use 95 there
STORED = "GQ"  # pictures sent ahead, which is no visit of anybody at home
PLACE_DECIDES = date(2024, 1, 1)  # before, the place of a visit in person was billed with modifier 95
GT_ENDED = date(2018, 1, 1)


@final
class TelehealthPlace(Edit[ProfessionalClaim]):
    """A telehealth modifier does not go with the place of service.

    Why: a service by telehealth takes place 02, or 10 where the patient is at home; since 2024 Medicare pays by
    that place. Modifier GT is, since 2018, for critical access hospitals only.
    Fix: bill place of service 02 or 10, or remove the modifier.
    """

    id, name, snip = "MOD06", "telehealth-place", 7
    source = manual(12, "190")
    settings = (Setting.PROFESSIONAL,)
    applies_to = "modifiers"
    ack = "A7:249"
    carc, rarc = ("5", "4"), ("M77",)
    passes = (
        visit(place_of_service="10", lines=(line("99213", modifiers=("95",)),)),
        visit(lines=(line("99213", modifiers=("25",)),)),
    )
    fails = (
        visit(lines=(line("99213", modifiers=("95",)),)),
        visit(place_of_service="02", subscriber=MEDICARE_PATIENT, lines=(line("99213", modifiers=("GT",)),)),
    )

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line was telehealth."""
        return not TELEHEALTH.isdisjoint(modifiers)

    def check(self, claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check each line with such a modifier; therapy in a hospital may have it there."""
        for service in services(context):
            found = service.modifiers & TELEHEALTH
            if not found or service.code in AMBULANCE:
                continue
            own = claim.lines[service.number].place_of_service
            place = own or claim.place_of_service
            path = f"lines[{service.number}].place_of_service" if own else "place_of_service"
            if context.is_medicare and "GT" in found and service.day >= GT_ENDED:
                message = f"Medicare does not take modifier GT of {service.code} ({service.line}) from practitioners; the place of service says that it was telehealth."
                yield self.fail(service.modifiers_path, service.code, message)
            elif place not in PLACES and service.day >= PLACE_DECIDES:
                if STORED not in found and (place in HOSPITALS or "therapy" in kinds_of(service.code)):
                    continue
                message = f"{service.code} ({service.line}) has telehealth modifier {listed(found)} at place of service {place}; telehealth is place 02, or 10 for a patient at home."
                finding = self.fail(path, service.code, message)
                yield finding if context.is_medicare else attrs.evolve(finding, severity=Severity.WARNING)
