"""SEX02: the last published sex lists, kept for payers that still go by them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.icd.sex import OTHER, sex_is_waived
from medcode.edits.judged import judge
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["SexByLastList"]

LAST_LIST = date(2024, 9, 30)


@final
class SexByLastList(Edit[Claim]):
    """A diagnosis was on CMS's last list for the other sex.

    Why: CMS withdrew its sex edits on 2024-10-01; some commercial payers and Medicaid plans still use
    the last list. Codes that are younger than the list are on none.
    Fix: correct the sex or the diagnosis; where both are right, add modifier KX or condition code 45.
    """

    id, name, snip = "SEX02", "sex-by-last-list", 7
    ack = "A7:86"
    carc = ("10",)
    source = Source("CMS", "Definitions of Medicare Code Edits", edition="v41.1", section="Sex conflict")
    since = date(2024, 10, 1)
    severity = Severity.WARNING
    opt_in = True
    requires = ("day", "sex")
    tables = ("icd10cm",)
    passes = (visit("O80", sex="F"), visit("O80", sex="M", lines=(line(modifiers=("KX",)),)))
    fails = (visit("N76.0", sex="M"), visit("N40.0", sex="F"))

    def check(self, claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each diagnosis that the list of 2024-09-30 has for the other sex."""
        wrong = OTHER.get(claim.patient.sex or "")
        if wrong is None:
            yield self.unchecked("patient.sex", None, "Not checked: the patient's sex is neither M nor F.")
            return
        for judged in context.diagnoses:
            if wrong in judge(judged.path, judged.code, LAST_LIST).flags:
                message = f"{judged.shown} was a diagnosis of {wrong} patients only, until 2024-09-30."
                give = self.bypass if sex_is_waived(claim) else self.fail
                yield give(judged.path, judged.code, message)
