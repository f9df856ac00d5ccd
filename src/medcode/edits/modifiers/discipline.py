"""MOD08: a plan of therapy that the service, or the revenue code of its line, belongs to another discipline than."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, final

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.procedure import Procedure
from medcode.edits.base import Edit
from medcode.edits.examples import line, room, stay, visit
from medcode.edits.kinds import CodeList
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.modifiers.lists import THERAPY, WORDS, listed
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Fix, FixKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["TherapyDiscipline"]


class Discipline(NamedTuple):
    """The modifier of a discipline, the codes that are its alone, and its revenue codes."""

    modifier: str
    codes: CodeList
    revenue: str


DISCIPLINES = (
    Discipline("GP", CodeList("97161-97164"), "042"),
    Discipline("GO", CodeList("97165-97168"), "043"),
    Discipline("GN", CodeList("92521-92524 92597 92607"), "044"),
)
OF_CODES = Source("CMS", "MLN Matters MM10176: updated editing of always therapy services")
OF_REVENUE = manual(5, "20.1")


@final
class TherapyDiscipline(Edit[ProfessionalClaim | InstitutionalClaim]):
    """A therapy service is billed under the plan of care of another discipline.

    Why: evaluations belong to one discipline, such as 97161 to physical therapy (GP), and on a bill of an
    institution revenue codes 042x, 043x and 044x are those of GP, GO and GN.
    Fix: correct the modifier, the code or the revenue code.
    """

    id, name, snip = "MOD08", "therapy-discipline", 5
    source = OF_CODES
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    applies_to = "therapy"
    ack = "A7:453"
    carc, rarc = ("4",), ("N822", "N823")
    passes = (
        visit(lines=(line("97161", modifiers=("GP",)), line("97110", modifiers=("GO",)))),
        visit(lines=(line("97161"),)),
    )
    fails = (
        visit(lines=(line("97161", modifiers=("GO",)),)),
        stay(
            "M54.50",
            facility_type="13",
            admission=None,
            reasons_for_visit=("M54.50",),
            lines=(
                room(
                    revenue_code="0430",
                    procedure=Procedure("97110", ("GP",)),
                    quantity=1,
                    unit="UN",
                    service_date="2026-01-05",
                ),
            ),
        ),
    )

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Compare the plan of each line with the discipline of its code, else of its revenue code."""
        for service in services(context):
            plan = service.modifiers & THERAPY
            if not plan:
                continue
            of_code = next((each for each in DISCIPLINES if service.code in each.codes), None)
            if of_code and of_code.modifier not in plan:
                yield self._judged(service, plan, of_code, str(service.code), OF_CODES)
            elif context.institutional and not of_code:
                revenue = context.institutional.lines[service.number].revenue_code
                of_revenue = next((each for each in DISCIPLINES if revenue.startswith(each.revenue)), None)
                if of_revenue and of_revenue.modifier not in plan:
                    yield self._judged(service, plan, of_revenue, f"revenue code {revenue}", OF_REVENUE)

    def _judged(
        self, service: Service, plan: frozenset[str], right: Discipline, what: str, source: Source
    ) -> Finding:
        message = (
            f"{service.code} ({service.line}) has modifier {listed(plan)} ({WORDS[min(plan)]}); {what} goes "
            f"with {right.modifier} ({WORDS[right.modifier]})."
        )
        new = tuple(dict.fromkeys(right.modifier if each in plan else each for each in service.ordered))
        path = service.modifiers_path
        fix = Fix(f"Use {right.modifier}.", path, old=service.ordered, options=(new,), kind=FixKind.CHOICE)
        return attrs.evolve(self.fail(path, service.code, message, fix=fix), source=source)
