"""MOD05: a line of one side for a diagnosis of the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, final

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.procedure import Procedure
from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.codesets.memory import remembered
from medcode.edits.base import Edit
from medcode.edits.examples import line, room, stay, visit
from medcode.edits.kinds import AMBULANCE
from medcode.edits.modifiers.lists import LEFT, RIGHT
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["SideOfDiagnosis", "side_of"]

SIDE = re.compile(
    r"\b(left|right|bilateral)\b(?! (?:atrium|ventric|heart|bundle|main|anterior descending|posterior))"
)
BOTH, BILATERAL = "both", "50"
AGAINST = {"left": {"right"}, "right": {"left"}, BOTH: {"left", "right"}}
"""The sides of diagnoses that contradict the side of a line."""


@final
class SideOfDiagnosis(Edit[ProfessionalClaim | InstitutionalClaim]):
    """A line is for one side of the body, and its diagnosis for the other.

    Why: the modifier says where the service was done, and the diagnosis where the condition is; where they
    contradict each other, one of them is wrong and payers deny the line. Lines of institutions point to no diagnosis;
    there the principal diagnosis counts, unless another one names the side. A line for both sides (50) whose diagnoses
    all name the same one is doubtful too.
    Fix: correct the modifier or the diagnosis.
    """

    id, name, snip = "MOD05", "side-of-diagnosis", 5
    source = Source(
        "CMS and NCHS", "ICD-10-CM Official Guidelines for Coding and Reporting", section="I.B.13"
    )
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day",)
    applies_to = "modifiers"
    tables = ("icd10cm",)
    ack = "A7:453"
    carc, rarc = ("4", "11"), ("N823",)
    passes = (
        visit("M17.12", lines=(line("20610", modifiers=("LT",)),)),
        visit("M17.0", lines=(line("20610", modifiers=("LT",)),)),
        visit("M17.11", "M17.12", lines=(line("20610", modifiers=("50",), diagnosis_pointers=(1, 2)),)),
        visit("E11.9", lines=(line("20610", modifiers=("LT",)),)),
        stay(
            "E11.9",
            "S83.241A",
            facility_type="13",
            lines=(room(procedure=Procedure("29881", ("LT",)), service_date="2026-01-05"),),
        ),
    )
    fails = (
        visit("M17.12", lines=(line("20610", modifiers=("RT",)),)),
        visit("S62.630A", lines=(line("26765", modifiers=("F2",)),)),
        visit("M17.11", lines=(line("20610", modifiers=("50",)),)),
        stay(
            "S83.241A",
            facility_type="13",
            lines=(room(procedure=Procedure("29881", ("LT",)), service_date="2026-01-05"),),
        ),
    )

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line names a side."""
        return not (LEFT | RIGHT | {BILATERAL}).isdisjoint(modifiers)

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Compare the side of each line with those of the diagnoses that it points to."""
        for service in services(context):
            side = side_of_line(service)
            if side is None:
                continue
            if context.institutional:
                codes = [judged.code for judged in context.diagnoses]
            else:
                codes = [context.codes[at][1] for at in context.pointed(service.number)]
            sided = [
                (code, found) for code in codes if isinstance(code, Icd10Cm) and (found := side_of(code))
            ]
            sides = {found for _, found in sided}
            if len(sides) != 1 or not sides <= AGAINST[side] or (side == BOTH and len(sided) < len(codes)):
                continue
            if context.institutional and context.institutional.principal_diagnosis.code != sided[0][0]:
                continue
            named = ", ".join(f"{code.dotted} ({found})" for code, found in sided)
            modifiers = " ".join(each for each in service.ordered if each in LEFT | RIGHT | {BILATERAL})
            what = "both sides" if side == BOTH else f"the {side} side"
            message = f"{service.code} ({service.line}) is for {what} (modifier {modifiers}); its diagnosis is {named}."
            finding = self.fail(service.modifiers_path, service.code, message)
            unsure = context.institutional or side == BOTH
            yield attrs.evolve(finding, severity=Severity.WARNING) if unsure else finding


def side_of_line(service: Service) -> str | None:
    """Return the one side that the modifiers of a line name, or that it is for both; else None."""
    left, right = service.modifiers & LEFT, service.modifiers & RIGHT
    if BILATERAL in service.modifiers:
        return None if left or right else BOTH
    if bool(left) == bool(right) or service.code in AMBULANCE:
        return None
    return "left" if left else "right"


@remembered(1 << 14)
def side_of(code: Icd10Cm) -> str | None:
    """Return the side that a diagnosis names in its title: left, right or bilateral; None for none or several.

    >>> side_of(Icd10Cm("M17.12")), side_of(Icd10Cm("M17.0")), side_of(Icd10Cm("E11.9"))
    ('left', 'bilateral', None)
    """
    title = icd10cm[code].title if code in icd10cm else None
    found = set(SIDE.findall((title or "").lower()))
    return found.pop() if len(found) == 1 else None
