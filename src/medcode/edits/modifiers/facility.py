"""MOD11: a modifier of practitioners on a bill of an institution, or the other way round.

A table: the modifiers, and who reports them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.claims.model.institutional import InstitutionalClaim, InstitutionalLine
from medcode.claims.model.procedure import Procedure
from medcode.edits.base import Edit
from medcode.edits.examples import line, room, stay, visit
from medcode.edits.kinds import AMBULANCE
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.modifiers.lists import listed
from medcode.edits.services import PROFESSIONAL_REVENUE, services
from medcode.edits.setting import Setting
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["ModifierOfOtherSetting"]

OF_INSTITUTIONS = frozenset({"27", "73", "74", "ER", "PN", "PO"})
"""Several visits of a day, procedures stopped before or after anesthesia, and departments off campus."""

OF_PRACTITIONERS = frozenset(
    {"24", "26", "53", "54", "55", "56", "57", "62", "66", "80", "81", "82", "AI", "AS"}
)
"""The global package, the professional part, several surgeons and assistants, and the admitting physician."""

STOPPED = frozenset({"73", "74"})
SURGICAL_CENTER = "24"  # which bills as a practitioner does
CLINICS = frozenset({"71", "77"})  # rural health clinics and health centers bill their practitioners' visits


@final
class ModifierOfOtherSetting(Edit[Claim]):
    """A modifier is for institutions and is on a practitioner's claim, or for practitioners and on a hospital's.

    Why: what a hospital reports of a service is not what its surgeon does: a procedure that was stopped has 73 or 74 on
    the bill of a hospital or surgical center and 53 on that of the practitioner, and assistants, co-surgeons and the
    professional part are billed by practitioners alone. Lines of revenue codes 096x to 098x are theirs.
    Fix: remove the modifier, or use the one of the setting.
    """

    id, name, snip = "MOD11", "modifier-of-other-setting", 7
    source = manual(4, "20.6")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    applies_to = "modifiers"
    ack = "A7:453"
    carc, rarc = ("4",), ("N823",)
    passes = (
        visit(place_of_service=SURGICAL_CENTER, lines=(line("45378", modifiers=("73",)),)),
        visit(place_of_service="22", lines=(line("45378", modifiers=("53",)),)),
    )
    fails = (
        visit(place_of_service="22", lines=(line("45378", modifiers=("73",)),)),
        stay(
            "K63.5",
            facility_type="13",
            lines=(
                room(
                    revenue_code="0750",
                    procedure=Procedure("45378", ("53",)),
                    unit="UN",
                    service_date="2026-01-05",
                ),
            ),
        ),
    )

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line has a modifier of one setting."""
        return not (OF_INSTITUTIONS | OF_PRACTITIONERS).isdisjoint(modifiers)

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check each line with such a modifier."""
        for service in services(context):
            strange = service.modifiers & strange_to(claim, service)
            if strange and service.code not in AMBULANCE:
                whose = (
                    "practitioners; the line is an institution's"
                    if context.is_institutional
                    else "institutions; the claim is a practitioner's"
                )
                message = f"Modifier {listed(strange)} of {service.code} ({service.line}) is for {whose}."
                yield self.fail(service.modifiers_path, service.code, message)


def strange_to(claim: Claim, service: Service) -> frozenset[str]:
    """Return the modifiers that a line of a claim does not have."""
    each = claim.lines[service.number]
    if isinstance(claim, InstitutionalClaim) and isinstance(each, InstitutionalLine):
        is_professional = each.revenue_code.startswith(PROFESSIONAL_REVENUE)
        return frozenset() if is_professional or claim.facility_type in CLINICS else OF_PRACTITIONERS
    place = getattr(each, "place_of_service", None) or getattr(claim, "place_of_service", None)
    return OF_INSTITUTIONS - STOPPED if place == SURGICAL_CENTER else OF_INSTITUTIONS
