"""NCCI03: an add-on code without the code it adds to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, final

import attrs

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.base import Edit
from medcode.edits.bills import is_opps
from medcode.edits.examples import line, visit
from medcode.edits.history.record import practitioner_of
from medcode.edits.ncci.example import EXAMPLE
from medcode.edits.ncci.lookup import Unanswered, agreed, lacking, of_day
from medcode.edits.ncci.tables import AddOnTable
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medcode.claims.model.claim import Claim
    from medcode.edits.context import Context
    from medcode.edits.ncci.tables import AddOn
    from medcode.edits.services import Service
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["AddOnAlone"]

BY_GROUP = "99292"  # critical care, further half hours: the sole add-on whose primary may be a colleague's
ONLY_LISTED, NONE_LISTED = "1", "2"
DAY_BEFORE = timedelta(days=1)


@final
class AddOnAlone(Edit[ProfessionalClaim | InstitutionalClaim]):
    """An add-on code is billed without the code it adds to.

    Why: an add-on code is paid only with a primary code of the same practitioner, patient and day; only
    the further half hours of critical care may follow a colleague's first hour. Bills under the outpatient
    payment system are exempt, since it packages add-on codes; on other bills of an institution the primary
    code may be of the day before. An add-on code that itself lacks its primary code does
    not count as one. Where claims are compared with a history, the primary code may be on another claim.
    Fix: bill the primary code on the same claim, or remove the add-on code.
    """

    id, name, snip = "NCCI03", "ncci-add-on", 5
    yields_to = ("OCE106", "OCE107", "OCE108")
    source = Source("CMS", "NCCI Add-on Code Edits; Integrated OCE Specifications, edits 106 to 108")
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day", "days")
    applies_to = "procedures"
    ack = "A3:736"
    carc, rarc = ("107",), ("N122",)
    example_tables = EXAMPLE
    passes = (visit(lines=(line("G0463"), line("G2211"))),)
    fails = (visit(lines=(line("G2211"),)),)

    def missing_tables(self, tables: Tables, _setting: Setting) -> str | None:
        """Return how to add the table if it is missing."""
        return lacking(tables, "add_on")

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Look for a primary code beside each add-on code; not on bills of the outpatient payment system."""
        if context.institutional and is_opps(context.institutional):
            return
        found = services(context)
        add_ons: dict[int, AddOn] = {}
        for service in found:
            try:
                add_on = agreed(of_day(context, "add_on", service.day), AddOnTable.get, service.code)
            except Unanswered as reason:
                yield self.unchecked(service.path, service.code, str(reason))
                return
            if add_on:
                add_ons[service.number] = add_on
        before = DAY_BEFORE if context.institutional else timedelta()
        elsewhere = elsewhere_of(add_ons, context, before)
        alone = alone_of({n: each for n, each in add_ons.items() if n not in elsewhere}, found, before)
        for service in found:
            if service.number in alone:
                on = (
                    f"on {service.day - before} or {service.day}"
                    if before
                    else f"by the same practitioner on {service.day}"
                )
                yield self._judged(add_ons[service.number], service, on)

    def _judged(self, add_on: AddOn, service: Service, on: str) -> Finding:
        if add_on.kind == NONE_LISTED:
            message = "Not checked: which primary codes this add-on code needs is the payer's rule."
            return self.unchecked(service.path, service.code, message)
        listed = ", ".join(sorted(add_on.primaries)[:6])
        more = " or others" if len(add_on.primaries) > 6 else ""  # noqa: PLR2004  # as many as are listed
        what = f"Add-on code {service.code} ({service.line}) needs {listed}{more} {on}"
        finding = self.fail(service.path, service.code, f"{what}; none is billed.")
        if add_on.kind == ONLY_LISTED and service.code != BY_GROUP:
            return finding
        message = (
            f"{what}; none is on this claim. Another claim, or a code that is not listed, may be the primary."
        )
        return attrs.evolve(finding, severity=Severity.WARNING, message=message)


def elsewhere_of(add_ons: Mapping[int, AddOn], context: Context[Claim], before: timedelta) -> set[int]:
    """Return the numbers of the lines whose primary code is on another claim of the batch or the history."""
    compared = context.shared.history.of(context) if add_ons and context.shared.history else None
    if compared is None:
        return set()
    order, record = compared
    return {
        service.number
        for service in services(context)
        if service.number in add_ons
        and any(
            billed.order != order and is_primary(billed.service, billed.practitioner, service, me, before)
            for me in (practitioner_of(context.claim, service),)
            for code in add_ons[service.number].primaries
            for billed in record.by_code.get(code, ())
        )
    }


def alone_of(add_ons: Mapping[int, AddOn], found: tuple[Service, ...], before: timedelta) -> set[int]:
    """Return the numbers of the lines whose add-on code has no primary that itself stands."""
    alone: set[int] = set()
    while True:
        standing = [each for each in found if each.number not in alone]
        more = {
            service.number
            for service in standing
            if service.number in add_ons
            and not has_primary(add_ons[service.number], service, standing, before)
        }
        if not more:
            return alone
        alone |= more


def has_primary(add_on: AddOn, service: Service, found: list[Service], before: timedelta) -> bool:
    """Whether a listed code is there, of the same practitioner and day; for critical care of any practitioner."""
    return any(
        is_primary(each, each.practitioner, service, service.practitioner, before)
        for each in found
        if each.code in add_on.primaries
    )


def is_primary(each: Service, by: str, add_on: Service, me: str, before: timedelta) -> bool:
    """Whether a service of a listed code is of the day of an add-on code, and by its practitioner."""
    return (
        each.day <= add_on.last and add_on.day <= each.last + before and (add_on.code == BY_GROUP or by == me)
    )
