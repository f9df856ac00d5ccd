"""MOD07 and MOD09: a discarded amount of a drug without the amount that was used, and drugs that say nothing of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.modifiers.conflicts import manual
from medcode.edits.services import services
from medcode.edits.setting import Setting
from medcode.edits.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["DiscardedAlone", "SingleDoseWaste"]

USED, NONE_LEFT = "JW", "JZ"


@final
class DiscardedAlone(Edit[ProfessionalClaim | InstitutionalClaim]):
    """A discarded amount of a drug is billed without the amount that was used, or beside a claim of no waste.

    Why: the amount given is one line and the amount discarded, with JW, another; JZ says that nothing was
    discarded, so both of one drug and day contradict each other.
    Fix: bill the amount given on a line of its own; keep JZ only where nothing was discarded.
    """

    id, name, snip = "MOD07", "discarded-alone", 6
    source = manual(17, "40")
    since = date(2017, 1, 1)
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day", "days")
    applies_to = "modifiers"
    ack = "A7:453"
    carc, rarc = ("4", "16"), ("N822",)
    passes = (visit(lines=(line("J1885", quantity=8), line("J1885", quantity=2, modifiers=("JW",)))),)
    fails = (
        visit(lines=(line("J1885", quantity=2, modifiers=("JW",)),)),
        visit(lines=(line("J1885", modifiers=("JZ",)), line("J1885", quantity=2, modifiers=("JW",)))),
    )

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line is of a discarded amount."""
        return USED in modifiers

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Look beside each line with JW for the same drug of the day."""
        found = services(context)
        for service in found:
            if USED not in service.modifiers:
                continue
            same = [each for each in found if each.code == service.code and each.meets(service)]
            given = [each for each in same if USED not in each.modifiers]
            if not given:
                message = f"{service.code} ({service.line}) bills a discarded amount (JW) on {service.day}; the amount given is missing."
                yield self.fail(service.path, service.code, message)
            for each in given:
                if NONE_LEFT in each.modifiers:
                    message = f"{service.code} is billed with JW ({service.line}) and with JZ ({each.line}) on {service.day}; JZ says that nothing was discarded."
                    yield self.fail(each.modifiers_path, service.code, message)


@final
class SingleDoseWaste(Edit[ProfessionalClaim | InstitutionalClaim]):
    """A drug of a single-dose container says neither what was discarded nor that nothing was.

    Why: since 2023-07-01 each claim of such a drug bills the discarded amount with JW, or says with JZ that there was
    none. Which drugs these are is the user's table, `Tables(single_dose=...)`.
    Fix: add JZ, or a line with JW for the discarded amount.
    """

    id, name, snip = "MOD09", "single-dose-waste", 6
    source = manual(17, "40")
    since = date(2023, 7, 1)
    settings = (Setting.PROFESSIONAL, Setting.OUTPATIENT)
    requires = ("day", "days")
    applies_to = "procedures"
    opt_in = True
    ack = "A7:453"
    carc, rarc = ("4", "16"), ("N822",)
    example_tables = Tables(single_dose=["J0897"])
    passes = (
        visit(lines=(line("J0897", modifiers=("JZ",)),)),
        visit(lines=(line("J0897", quantity=50), line("J0897", quantity=10, modifiers=("JW",)))),
    )
    fails = (visit(lines=(line("J0897"),)),)

    def missing_tables(self, tables: Tables, _setting: Setting) -> str | None:
        """Return how to pass the table, where it is missing."""
        return None if tables.single_dose else "Not checked: pass the drugs as Tables(single_dose=...)."

    def check(
        self,
        _claim: ProfessionalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Look for JZ on each line of such a drug, or for JW on one of the day."""
        found = services(context)
        wasted = [each for each in found if USED in each.modifiers]
        for service in found:
            if service.code not in context.tables.single_dose or service.modifiers & {USED, NONE_LEFT}:
                continue
            if not any(each.code == service.code and each.meets(service) for each in wasted):
                message = f"{service.code} ({service.line}) is of a single-dose container; add JZ if nothing was discarded, or a line with JW for what was."
                yield self.fail(service.modifiers_path, service.code, message)
