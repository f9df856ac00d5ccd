"""ICD16: whether a diagnosis was present on admission, and the codes that need not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, final

from medcode.claims.model.diagnosis import Diagnosis
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.discreet import discreet
from medcode.edits.base import Edit
from medcode.edits.bills import is_acute_stay
from medcode.edits.examples import stay
from medcode.edits.judged import shown
from medcode.edits.setting import Setting
from medcode.edits.tables import Tables
from medcode.findings import Fix, FixKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["PresentOnAdmission"]

INDICATORS = frozenset({"Y", "N", "U", "W"})
NEVER_EXEMPT = re.compile(r"[ACDFGHJKLN]|I(?!252|69)")
"""Chapters of ICD-10-CM without a code on the exempt list of any year; of diseases of the circulation two categories are."""


@final
class PresentOnAdmission(Edit[InstitutionalClaim]):
    """A diagnosis of a hospital stay has no valid present-on-admission (POA) indicator.

    Why: payment of a stay depends on what was present on admission; only the codes on the exempt list of
    the fiscal year have no indicator, and the 1 of older formats is no longer sent. Without the list a diagnosis is
    judged where no code of its chapter was ever exempt and the stay's other diagnoses have their indicators.
    Fix: add Y, N, U or W; for an exempt code send none.
    """

    id, name, snip = "ICD16", "present-on-admission", 5
    source = Source("CMS", "Hospital-Acquired Conditions: POA indicator reporting and exempt list")
    settings = (Setting.INPATIENT,)
    requires = ("day",)
    yields_to = ("X057",)
    ack = "A7:688"
    carc, rarc = ("16",), ("N434",)
    passes = (stay("I50.20", present="Y"),)
    example_tables = Tables(poa_exempt={2026: ["Z51.5"]})
    fails = (
        stay("I50.20", present=None),
        stay("I50.20", present="1"),
        stay("I50.20", present="X"),
        stay("I50.20", other_diagnoses=(Diagnosis("N17.9"),)),
    )

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check the principal and the other diagnoses of a hospital stay."""
        if not is_acute_stay(claim):
            return
        unsure = [
            (path, code, each.present_on_admission)
            for (path, code), each in zip(context.codes, claim.diagnoses, strict=False)
            if each.present_on_admission not in INDICATORS
        ]
        exempt = context.tables.exempt_on(context.day) if unsure else None
        reports = any(each.present_on_admission in INDICATORS for each in claim.diagnoses)
        for path, code, indicator in unsure:
            place = f"{path.removesuffix('code')}present_on_admission"
            if indicator is not None:
                message = f"POA indicator {discreet(indicator)} of {shown(code)} is not valid; use Y, N, U or W, or none for an exempt code."
                yield self.fail(place, code, message, fix=fix_for(place, code, indicator, exempt))
            elif exempt is None and not (reports and NEVER_EXEMPT.match(code)):
                message = "Not checked: an exempt code needs no POA indicator. Pass the list as Tables(poa_exempt=...)."
                yield self.unchecked(place, code, message)
            elif exempt is None or code not in exempt:
                message = f"{shown(code)} has no POA indicator and is not exempt; add Y, N, U or W."
                yield self.fail(place, code, message, fix=fix_for(place, code, None, exempt))


def fix_for(place: str, code: str, indicator: str | None, exempt: frozenset[str] | None) -> Fix:
    """Return the fix of an indicator: none for an exempt code, else the choice of the four."""
    if exempt is not None and code in exempt:
        return Fix(
            "Remove the POA indicator; the code is exempt.", place, None, old=indicator, kind=FixKind.SAFE
        )
    upper = (indicator or "").strip().upper()
    if upper in INDICATORS:
        return Fix(f"Write {upper}.", place, upper, old=indicator, kind=FixKind.SAFE)
    return Fix(
        "Choose the POA indicator.", place, old=indicator, options=("Y", "N", "U", "W"), kind=FixKind.CHOICE
    )
