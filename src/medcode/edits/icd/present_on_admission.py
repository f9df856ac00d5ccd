"""ICD16: whether a diagnosis was present on admission, and the codes that need not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.edits.base import Edit
from medcode.edits.examples import stay
from medcode.edits.setting import Setting
from medcode.edits.tables import Tables
from medcode.findings import Fix, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["PresentOnAdmission"]

HOSPITAL = "11"
INDICATORS = frozenset({"Y", "N", "U", "W"})


@final
class PresentOnAdmission(Edit[Any]):
    """A diagnosis of a hospital stay does not say rightly whether it was present on admission.

    Why: payment of a stay depends on what the patient brought along; only the codes on the exempt
    list of the fiscal year leave it blank, and the 1 of older formats is no longer sent.
    Cure: give Y, N, U or W; for an exempt code leave it blank.
    """

    id, name, snip = "ICD16", "present-on-admission", 5
    source = Source("CMS", "Hospital-Acquired Conditions: POA indicator reporting and exempt list")
    settings = (Setting.INPATIENT,)
    needs = ("day",)
    yields_to = ("X057",)
    passes = (stay("I50.20", present="Y"),)
    given = Tables(poa_exempt={2026: ["Z51.5"]})
    fails = (stay("I50.20", present=None), stay("I50.20", present="1"), stay("I50.20", present="X"))

    def check(self, claim: Any, context: Context) -> Iterator[Finding]:
        """Look at principal and other diagnoses of a hospital."""
        if claim.facility_type != HOSPITAL:
            return
        exempt = context.tables.exempt_on(context.day)
        for (path, code), diagnosis in zip(context.codes, claim.diagnoses, strict=False):
            place = f"{path.removesuffix('code')}present_on_admission"
            indicator = diagnosis.present_on_admission
            if indicator in INDICATORS:
                continue
            if indicator is not None:
                fix = Fix("Leave it blank.", place, None, safe=True) if indicator == "1" else None
                yield self.fail(place, code, f"{indicator} is none of Y, N, U, W.", fix=fix)
            elif exempt is None:
                message = "Not checked: it may be blank. Give the list of its year as Tables(poa_exempt=...)."
                yield self.unchecked(place, code, message)
            elif code not in exempt:
                yield self.fail(
                    place, code, f"{code} is not exempt; say whether it was present on admission."
                )
