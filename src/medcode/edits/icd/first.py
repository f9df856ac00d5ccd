"""ICD05 to ICD07: diagnoses that may not be first, except on hospital stays, where the MCE judges them."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.dental import DentalClaim
from medcode.codesets.icd10cm import Icd10Cm
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.edits.judged import shown
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["ExternalCauseFirst", "ManifestationFirst", "SequelaFirst"]

GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"
SEVENTH = 7


class NeverFirst(Edit[Claim]):
    """The base of edits of the first diagnosis by one flag of its table."""

    flag: str
    message: str
    snip = 5
    requires = ("day",)
    tables = ("icd10cm", "icd9cm")

    def concerns_code(self, _code: Code | Malformed, _status: Status, flags: frozenset[str], /) -> bool:
        """Whether a diagnosis has the flag."""
        return self.flag in flags

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report the first diagnosis if it has the flag."""
        for judged in context.diagnoses[:1]:
            if self.flag in judged.flags:
                message = f"{judged.shown} {self.message}"
                yield self.fail(judged.path, judged.code, message, fix=self._reordered(context))

    def _reordered(self, context: Context[Claim]) -> Fix | None:
        """Return the fix that lists the first diagnosis without the flag before the others."""
        claim = context.claim
        if not isinstance(claim, (ProfessionalClaim, DentalClaim)):
            return None
        flags = {each.path: each.flags for each in context.diagnoses}
        at = next(
            (n for n, (path, _) in enumerate(context.codes) if self.flag not in flags.get(path, ())), None
        )
        if at is None:
            return None
        listed = claim.diagnoses
        new = (listed[at], *listed[:at], *listed[at + 1 :])
        return Fix(f"List {shown(listed[at].code)} first.", "diagnoses", new, old=listed, kind=FixKind.SAFE)


@final
class ManifestationFirst(NeverFirst):
    """A manifestation is the first diagnosis.

    Why: a manifestation code describes how an underlying disease shows, and follows the code of that disease.
    Fix: code the underlying disease first; the code's own "code first" note names it.
    """

    id, name = "ICD05", "manifestation-first"
    ack = "A7:254"
    carc = ("16",)
    rarc = ("MA63",)
    source = Source("CMS and NCHS", GUIDELINES, section="I.A.13")
    yields_to = ("MCE06", "OCE86")
    flag, message = "manifestation", "is a manifestation; code the underlying disease before it."
    code_flags = frozenset({"manifestation"})
    passes = (visit("N18.5", "D63.1"),)
    fails = (visit("D63.1", "N18.5"),)


@final
class ExternalCauseFirst(NeverFirst):
    """An external cause is the first diagnosis.

    Why: an external cause describes how an injury happened; it is never the reason for care itself.
    Fix: code the injury or condition first.
    """

    id, name = "ICD06", "external-cause-first"
    ack = "A7:509"
    carc = ("16",)
    rarc = ("MA63",)
    source = Source("CMS and NCHS", GUIDELINES, section="I.C.20.a.6")
    yields_to = ("MCE02", "OCE05")
    flag, message = "ecodepdx", "is an external cause; code the injury or condition before it."
    code_flags = frozenset({"ecodepdx"})
    passes = (visit("S72.001A", "W19.XXXA"),)
    fails = (visit("W19.XXXA", "S72.001A"),)


@final
class SequelaFirst(Edit[Claim]):
    """A sequela is the first diagnosis.

    Why: the condition that is treated now is coded first, and the injury that caused it, with the 7th
    character S, after it; payers reject the injury alone.
    Fix: code the present condition before the sequela code.
    """

    id, name, snip = "ICD07", "sequela-first", 5
    ack = "A7:254"
    carc = ("16",)
    rarc = ("MA63",)
    source = Source("CMS and NCHS", GUIDELINES, section="I.B.10")
    severity = Severity.WARNING
    passes = (visit("M21.751", "S72.001S"), visit("S72.001A"))
    fails = (visit("S72.001S"),)

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code has the 7th character of a sequela."""
        return code.endswith("S")

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report a first diagnosis with the 7th character S."""
        for path, code in context.codes[:1]:
            if isinstance(code, Icd10Cm) and len(code) == SEVENTH and code.endswith("S"):
                message = (
                    f"{code.dotted} is a sequela (7th character S); code the condition treated now before it."
                )
                yield self.fail(path, code, message)
