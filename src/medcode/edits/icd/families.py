"""ICD04: ICD-9 and ICD-10 on one claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["MixedIcd"]


@final
class MixedIcd(Edit[Any]):
    """ICD-9 and ICD-10 codes stand on the same claim.

    Why: care until 2015-09-30 is coded in ICD-9-CM and care since in ICD-10-CM; one claim holds one of them.
    Cure: split the claim at 2015-10-01, and code each part in its own set.
    """

    id, name, snip = "ICD04", "icd-versions-mixed", 4
    source = Source("CMS", "MLN Matters SE1408: claims that span the ICD-10 date")
    ack = "A7:255"
    passes = (visit("E11.9", "I10"), visit(Icd9Cm("250.00"), Icd9Cm("401.9"), on="2015-09-30"))
    fails = (visit("E11.9", Icd9Cm("401.9")),)

    def check(self, claim: Any, _context: Context) -> Iterator[Finding]:
        """Report each code that is not of the first one's set."""
        kinds = [type(each.code) for each in claim.diagnoses]
        if Icd9Cm not in kinds or Icd10Cm not in kinds:
            return
        first = next(kind for kind in kinds if kind in {Icd9Cm, Icd10Cm})
        for number, (kind, diagnosis) in enumerate(zip(kinds, claim.diagnoses, strict=True)):
            if kind in {Icd9Cm, Icd10Cm} and kind is not first:
                message = f"This is a code of {kind.label}; the first diagnosis is one of {first.label}."
                yield self.fail(f"diagnoses[{number}].code", diagnosis.code, message)
