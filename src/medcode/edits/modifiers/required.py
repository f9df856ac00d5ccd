"""MOD03 and MOD04: a modifier of a kind of service on another, and a service without the modifier Medicare asks for.

Two classes and two tables: each row names the modifiers, the kind of service and who says so.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, final

import attrs

from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.base import Edit
from medcode.edits.claim.codes import is_timed
from medcode.edits.examples import ATTENDING, MEDICARE_PATIENT, line, visit
from medcode.edits.kinds import AMBULANCE, CHIROPRACTIC, EQUIPMENT, LOWER_LIMB, CodeList, kinds_of
from medcode.edits.modifiers.conflicts import ANATOMIC, LEVELS, STATUS_OF_PATIENT, manual
from medcode.edits.modifiers.lists import (
    ANESTHESIA_BY,
    FINGERS,
    LIABILITY,
    LIDS,
    PHYSICAL_STATUS,
    THERAPY,
    TOES,
    listed,
)
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["ModifierOfOtherService", "ServiceNeedsModifier"]

ANESTHESIA_SOURCE = manual(12, "50")
FUNCTIONAL_LEVELS = frozenset({"K0", "K1", "K2", "K3", "K4"})
ANY_DRUG = ("A9", "C9", "J", "P9", "Q", "S0")


BY_SURGEON = Source("AMA", "CPT: modifier 47, anesthesia by the surgeon")
VISITS, EYES_AND_EARS = "99202-99499", "65091-69990"
NO_FINGERS = CodeList(f"22010-24999 27000-28899 {EYES_AND_EARS} {VISITS}")
NO_TOES = CodeList(f"21010-26989 {EYES_AND_EARS} {VISITS}")
NO_LIDS = CodeList(f"22010-28899 31231-58999 {VISITS}")
"""Operations on other parts of the body, and visits."""


class Own(NamedTuple):
    """Modifiers that belong to one kind of service: how to recognize it, and its name."""

    modifiers: frozenset[str]
    is_own: Callable[[str], bool]
    kind: str
    source: Source


OWN = (
    Own(PHYSICAL_STATUS, lambda code: "anesthesia" in kinds_of(code), "anesthesia", STATUS_OF_PATIENT),
    Own(
        ANESTHESIA_BY - {"QX", "QY"} | {"QX", "QY", "QS"},
        lambda code: "anesthesia" in kinds_of(code) or code.startswith(("64", "62", "6")) or code >= "A",
        "anesthesia",
        ANESTHESIA_SOURCE,
    ),
    Own(
        FUNCTIONAL_LEVELS,
        lambda code: code.startswith("L"),
        "lower limb prostheses",
        LEVELS,
    ),
    Own(
        frozenset({"JW", "JZ"}),
        lambda code: code.startswith(ANY_DRUG) or code.startswith("90"),
        "drugs and biologicals",
        manual(17, "40"),
    ),
    Own(
        frozenset({"NU", "RR", "UE", "KH", "KI", "KJ"}),
        lambda code: code.startswith(("A", "B", "E", "K", "L", "Q", "S", "V")),
        "equipment and supplies",
        manual(20, "30.5"),
    ),
    Own(frozenset({"47"}), lambda code: "anesthesia" not in kinds_of(code), "operations", BY_SURGEON),
    Own(FINGERS, lambda code: code not in NO_FINGERS, "hands", ANATOMIC),
    Own(TOES, lambda code: code not in NO_TOES, "feet", ANATOMIC),
    Own(LIDS, lambda code: code not in NO_LIDS, "eyelids", ANATOMIC),
)


@final
class ModifierOfOtherService(Edit[Claim]):
    """A modifier belongs to another kind of service than the code.

    Why: some modifiers mean something for one kind of service only, such as the physical status of a
    patient under anesthesia or the discarded amount of a drug.
    Fix: remove the modifier, or bill the code that it belongs to.
    """

    id, name, snip = "MOD03", "modifier-of-other-service", 5
    source = ANESTHESIA_SOURCE
    requires = ("days",)
    applies_to = "modifiers"
    ack = "A7:453"
    carc, rarc = ("4",), ("N823",)
    passes = (visit(lines=(line("00142", unit="MJ", quantity=61, modifiers=("QK", "P1")),)),)
    fails = (
        visit(lines=(line("99213", modifiers=("P3",)),)),
        visit(lines=(line("99213", modifiers=("JZ",)),)),
        visit(lines=(line("E0601", modifiers=("K3",)),)),
        visit(lines=(line("28285", modifiers=("F6",)),)),
    )

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line has a modifier of one kind of service."""
        return any(not row.modifiers.isdisjoint(modifiers) for row in OWN)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check each line with such a modifier."""
        for service in services(context):
            for row in OWN if service.modifiers and service.code not in AMBULANCE else ():
                strange = service.modifiers & row.modifiers
                if strange and not row.is_own(service.code):
                    message = f"Modifier {listed(strange)} is for {row.kind}; {service.code} ({service.line}) is not."
                    finding = self.fail(service.modifiers_path, service.code, message)
                    yield attrs.evolve(finding, source=row.source)


class Asked(NamedTuple):
    """A kind of service, and the modifiers of which Medicare asks one."""

    applies: Callable[[Service], bool]
    modifiers: frozenset[str]
    kind: str
    source: Source
    settings: tuple[Setting, ...]
    severity: Severity = Severity.ERROR
    since: date = date.min


ASKED = (
    Asked(
        lambda service: "therapy" in kinds_of(service.code),
        THERAPY,
        "a therapy service",
        manual(5, "20.1"),
        (Setting.PROFESSIONAL, Setting.OUTPATIENT),
    ),
    Asked(
        lambda service: is_timed(service.code),
        ANESTHESIA_BY,
        "an anesthesia service",
        ANESTHESIA_SOURCE,
        (Setting.PROFESSIONAL,),
    ),
    Asked(
        lambda service: service.code in EQUIPMENT,
        frozenset({"NU", "RR", "UE"}),
        "equipment",
        manual(20, "30.5"),
        (Setting.PROFESSIONAL,),
        Severity.WARNING,
    ),
    Asked(
        lambda service: service.code in LOWER_LIMB,
        FUNCTIONAL_LEVELS,
        "a knee, ankle or foot of a prosthesis",
        LEVELS,
        (Setting.PROFESSIONAL,),
        Severity.WARNING,
    ),
    Asked(
        lambda service: service.code in CHIROPRACTIC,
        frozenset({"AT"}),
        "spinal manipulation, which is maintenance without it",
        Source("CMS", "Medicare Benefit Policy Manual, Pub. 100-02, chapter 15", section="240.1.3"),
        (Setting.PROFESSIONAL,),
        Severity.WARNING,
    ),
)


@final
class ServiceNeedsModifier(Edit[ProfessionalClaim | InstitutionalClaim]):
    """A service lacks the modifier that Medicare asks for.

    Why: therapy says under which discipline's plan of care it was given, anesthesia who gave it, equipment whether
    it is new, used or rented, and a part of a prosthesis what the patient could do with it.
    Fix: add the modifier.
    """

    id, name, snip = "MOD04", "service-needs-modifier", 7
    source = manual(5, "20.1")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("days",)
    applies_to = "medicare"
    ack = "A7:453"
    carc, rarc = ("4", "16"), ("N822",)
    passes = (
        visit(subscriber=MEDICARE_PATIENT, lines=(line("97110", modifiers=("GP",)),)),
        visit(lines=(line("97110"),)),
    )
    fails = (
        visit(subscriber=MEDICARE_PATIENT, lines=(line("97110"),)),
        visit(subscriber=MEDICARE_PATIENT, lines=(line("00142", unit="MJ", quantity=61),)),
        visit(subscriber=MEDICARE_PATIENT, referring_provider=ATTENDING, lines=(line("E0601"),)),
    )

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Check each service of such a kind; one that Medicare is told not to pay is left alone."""
        for service in services(context):
            for row in ASKED:
                if (
                    context.setting in row.settings
                    and row.since <= service.day
                    and not service.modifiers & (row.modifiers | LIABILITY)
                    and row.applies(service)
                ):
                    needed = listed(row.modifiers)
                    message = f"{service.code} ({service.line}) is {row.kind}; Medicare asks for modifier {needed} on the line."
                    options = tuple((*service.ordered, each) for each in sorted(row.modifiers))
                    fix = Fix(
                        f"Add {needed}.",
                        service.modifiers_path,
                        old=service.ordered,
                        options=options,
                        kind=FixKind.CHOICE,
                    )
                    finding = self.fail(service.modifiers_path, service.code, message, fix=fix)
                    yield attrs.evolve(finding, source=row.source, severity=row.severity)
