"""NCCI03: an add-on code without the code it adds to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

import attrs

from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.ncci.example import EXAMPLE
from medcode.edits.ncci.lookup import Unanswered, agreed, lacking, of_day
from medcode.edits.ncci.tables import AddOnTable
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.edits.context import Context
    from medcode.edits.ncci.tables import AddOn
    from medcode.edits.services import Service
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["AddOnAlone"]

BY_GROUP = "99292"  # critical care, further half hours: the sole add-on whose primary may be a colleague's
ONLY_LISTED, NONE_LISTED = "1", "2"


@final
class AddOnAlone(Edit[Any]):
    """An add-on code stands without the code it adds to.

    Why: an add-on code is paid only beside a primary code of the same practitioner, patient and day;
    the further half hours of critical care alone may follow a colleague's first hour.
    Cure: bill the primary code on the same claim, or take the add-on code out.
    """

    id, name, snip = "NCCI03", "ncci-add-on", 5
    source = Source("CMS", "NCCI Add-on Code Edits")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    needs = ("day", "days")
    yields_to = ("OCE106", "OCE107", "OCE108")
    concerns = "procedures"
    given = EXAMPLE
    passes = (visit(lines=(line("C8903"), line("C8937"))),)
    fails = (visit(lines=(line("C8937"),)),)

    def lacks(self, tables: Tables, _setting: Setting) -> str | None:
        """Ask for the table, where there is none."""
        return lacking(tables, "add_on")

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look for a primary code beside each add-on code."""
        found = services(context)
        for service in found:
            try:
                add_on = agreed(of_day(context, "add_on", service.day), AddOnTable.get, service.code)
            except Unanswered as reason:
                yield self.unchecked(service.path, service.code, str(reason))
                return
            if add_on and not has_primary(add_on, service, found):
                yield self._judged(add_on, service)

    def _judged(self, add_on: AddOn, service: Service) -> Finding:
        if add_on.kind == NONE_LISTED:
            message = "Not checked: the primary codes of this add-on code are for the payer to say."
            return self.unchecked(service.path, service.code, message)
        listed = ", ".join(sorted(add_on.primaries)[:6])
        told = f"{service.code} adds to {listed}; none of them is billed with it."
        finding = self.fail(service.path, service.code, told)
        if add_on.kind == ONLY_LISTED and service.code != BY_GROUP:
            return finding
        told = f"{told} Another claim, or a code that is not listed, may hold it."
        return attrs.evolve(finding, severity=Severity.WARNING, message=told)


def has_primary(add_on: AddOn, service: Service, found: Sequence[Service]) -> bool:
    """Say whether a listed code is there, of the same practitioner and day, or for critical care of the day alone."""
    mates = (each for each in found if each.code in add_on.primaries)
    if service.code == BY_GROUP:
        return any(each.day == service.day for each in mates)
    return any(each.is_with(service) for each in mates)
