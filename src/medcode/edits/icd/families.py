"""ICD04: ICD-9 and ICD-10 on one claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.judged import shown
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["MixedIcd"]


@final
class MixedIcd(Edit[Claim]):
    """ICD-9 and ICD-10 codes are on the same claim.

    Why: care until 2015-09-30 is coded in ICD-9-CM and care since in ICD-10-CM; one claim holds one of them.
    Fix: split the claim at 2015-10-01, and code each part in its own set.
    """

    id, name, snip = "ICD04", "icd-versions-mixed", 4
    carc = ("16",)
    rarc = ("M76",)
    source = Source("CMS", "MLN Matters SE1408: claims that span the ICD-10 date")
    ack = "A7:255"
    applies_to = "several_classifications"
    passes = (visit("E11.9", "I10"), visit(Icd9Cm("250.00"), Icd9Cm("401.9"), on="2015-09-30"))
    fails = (
        visit(
            Icd9Cm("401.9"),
            "I10",
            lines=(
                line(service_date="2015-09-30"),
                line(service_date="2015-10-01", diagnosis_pointers=(2,)),
            ),
        ),
    )

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each code that is not of the first one's set."""
        first: type[Icd9Cm | Icd10Cm] | None = None
        for path, code in context.codes:
            if not isinstance(code, (Icd9Cm, Icd10Cm)):
                continue
            first = first or type(code)
            if type(code) is not first:
                message = f"{shown(code)} is an {code.label} code; the first diagnosis is {first.label}. Split the claim at 2015-10-01."
                yield self.fail(path, code, message)
