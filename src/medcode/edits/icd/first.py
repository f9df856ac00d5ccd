"""ICD05 to ICD07: diagnoses that may not stand first, outside of a stay (there the MCE says so)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.codesets.icd10cm import Icd10Cm
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["ExternalCauseFirst", "ManifestationFirst", "SequelaFirst"]

GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"
SEVENTH = 7


class NeverFirst(Edit[Any]):
    """The base of edits of the first diagnosis by one flag of its table."""

    flag: str
    message: str
    snip = 5
    needs = ("day",)
    tables = ("icd10cm", "icd9cm")

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Report the first diagnosis if it has the flag."""
        for judged in context.diagnoses[:1]:
            if self.flag in judged.flags:
                yield self.fail(judged.path, judged.code, f"{judged.shown} {self.message}")


@final
class ManifestationFirst(NeverFirst):
    """A manifestation stands first.

    Why: a manifestation code tells how an underlying disease shows, and follows the code of that disease.
    Cure: code the underlying disease first; the code's own "code first" note names it.
    """

    id, name = "ICD05", "manifestation-first"
    source = Source("CMS and NCHS", GUIDELINES, section="I.A.13")
    yields_to = ("MCE06", "OCE86")
    flag, message = "manifestation", "is a manifestation; the disease behind it is coded first."
    passes = (visit("N18.5", "D63.1"),)
    fails = (visit("D63.1", "N18.5"),)


@final
class ExternalCauseFirst(NeverFirst):
    """An external cause stands first.

    Why: an external cause tells how an injury came about; it is never the reason for care itself.
    Cure: code the injury or condition first.
    """

    id, name = "ICD06", "external-cause-first"
    source = Source("CMS and NCHS", GUIDELINES, section="I.C.20.a.6")
    yields_to = ("MCE02", "OCE05")
    flag, message = "ecodepdx", "is an external cause; the condition it led to is coded first."
    passes = (visit("S72.001A", "W19.XXXA"),)
    fails = (visit("W19.XXXA", "S72.001A"),)


@final
class SequelaFirst(Edit[Any]):
    """A sequela stands first.

    Why: the condition that is treated now is coded first, and the injury it came of, with the 7th
    character S, after it; payers reject the injury alone.
    Cure: code the present condition before the sequela code.
    """

    id, name, snip = "ICD07", "sequela-first", 5
    source = Source("CMS and NCHS", GUIDELINES, section="I.B.10")
    severity = Severity.WARNING
    passes = (visit("M21.751", "S72.001S"), visit("S72.001A"))
    fails = (visit("S72.001S"),)

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Report a first diagnosis with the 7th character S."""
        for path, code in context.codes[:1]:
            if isinstance(code, Icd10Cm) and len(code) == SEVENTH and code.endswith("S"):
                message = f"{code.dotted} is a sequela; the condition treated now is coded before it."
                yield self.fail(path, code, message)
