"""ICD13 and ICD14: a side that is not told, or told and untold at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["RedundantSide", "UnspecifiedSide"]

GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"


@final
class UnspecifiedSide(Edit[Claim]):
    """A diagnosis leaves open which side it is on.

    Why: CMS lists diagnoses for which the record nearly always tells left from right; since
    2022-04-01 it returns inpatient claims that do not say.
    Fix: take the code of the side.
    """

    id, name, snip = "ICD13", "unspecified-side", 5
    ack = "A3:772"
    carc = ("16",)
    rarc = ("M81",)
    source = Source("CMS", "Definitions of Medicare Code Edits", edition="v44.0", section="Unspecified code")
    severity = Severity.INFO
    requires = ("day",)
    yields_to = ("MCE20",)
    tables = ("icd10cm",)
    passes = (visit("S72.001A"), visit("M19.90"))
    fails = (visit("S72.009A"),)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each code on CMS's list; one beside a code that names the side is the next edit's."""
        for judged in context.diagnoses:
            if "unspecified" in judged.flags and not has_side(judged.code, context):
                yield self.fail(
                    judged.path,
                    judged.code,
                    f"{judged.shown} does not name the side; code the side if the record has it.",
                )


@final
class RedundantSide(Edit[Claim]):
    """A condition is coded with and without its side.

    Why: the code that names the side includes the unspecified one.
    Fix: remove the unspecified code.
    """

    id, name, snip = "ICD14", "redundant-side", 5
    ack = "A7:255"
    carc = ("16",)
    rarc = ("M76",)
    source = Source("CMS and NCHS", GUIDELINES, section="I.B.13")
    severity = Severity.WARNING
    requires = ("day",)
    tables = ("icd10cm",)
    passes = (visit("S72.001A", "S72.002A"), visit("S72.009A", "S72.101A"))
    fails = (visit("S72.001A", "S72.009A"),)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each unspecified code beside one that differs in its side alone."""
        for judged in context.diagnoses:
            if "unspecified" in judged.flags and has_side(judged.code, context):
                message = f"{judged.shown} leaves the side open that another diagnosis names; remove it."
                yield self.fail(judged.path, judged.code, message)


def has_side(code: str, context: Context[Claim]) -> bool:
    """Whether another diagnosis of the claim names the side that a code leaves open."""
    return any(differs_once(code, other.code) for other in context.diagnoses)


def differs_once(code: str, other: str) -> bool:
    """Whether two codes are the same but for the sixth or fifth character, where the side stands."""
    if len(code) != len(other) or code == other:
        return False
    return [at for at, pair in enumerate(zip(code, other, strict=True)) if pair[0] != pair[1]] in ([4], [5])
