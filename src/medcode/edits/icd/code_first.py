"""ICD11 and ICD12: the code that a note asks for beside another, before it or with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.codesets.memory import remembered
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.codesets.notes import Note
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["CodeFirst", "UseAdditional"]

GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"


def binding(notes: Sequence[Note]) -> list[Note]:
    """Return the notes that name codes and always apply."""
    return [note for note in notes if note.references and note.parsed and not note.if_applicable]


@remembered(4096)
def wanted_beside(code: Icd10Cm) -> list[Note]:
    """Return the notes of a code that ask for an additional one."""
    return binding(icd10cm.notes(code).use_additional) if code in icd10cm else []


def named(notes: Sequence[Note]) -> str:
    """Return the first few codes that notes name."""
    return ", ".join([str(reference) for note in notes for reference in note.references][:6])


@final
class CodeFirst(Edit[Claim]):
    """A code that must follow another has none before it.

    Why: the note "code first" of a manifestation asks for the code of the underlying disease, earlier on
    the claim.
    Fix: add the code that the note names, or move it up.
    """

    id, name, snip = "ICD11", "code-first", 5
    code_flags = frozenset({"manifestation"})
    ack = "A7:255"
    carc = ("16",)
    rarc = ("M76",)
    source = Source("CMS and NCHS", GUIDELINES, section="I.A.13")
    severity = Severity.WARNING
    requires = ("day",)
    tables = ("icd10cm",)
    passes = (visit("N18.5", "D63.1"), visit("D63.1"))
    fails = (visit("J45.909", "D63.1"), visit("J45.909", "D63.1", "N18.5"))

    def concerns_code(self, _code: Code | Malformed, _status: Status, flags: frozenset[str], /) -> bool:
        """Whether a diagnosis is a manifestation."""
        return "manifestation" in flags

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Look before each manifestation but the first for a code that its note names."""
        codes = [code for _, code in context.codes]
        for judged in context.diagnoses:
            if "manifestation" not in judged.flags or not isinstance(judged.code, Icd10Cm):
                continue
            before = codes[: codes.index(judged.code)]
            notes = binding(icd10cm.notes(judged.code).code_first)
            if before and notes and not any(note.covers(code) for note in notes for code in before):
                message = (
                    f"{judged.shown} is coded after a code such as {named(notes)}; none is listed before it."
                )
                yield self.fail(judged.path, judged.code, message)


@final
class UseAdditional(Edit[Claim]):
    """A note asks for an additional code, and none of those it names is there.

    Why: some conditions need a second code for their cause, their agent or their state.
    Fix: add the code where the record supports it.
    """

    id, name, snip = "ICD12", "use-additional", 5
    no_ack = "the additional code is a coding convention that payers seldom edit on"
    source = Source("CMS and NCHS", GUIDELINES, section="I.B.7")
    severity = Severity.INFO
    opt_in = True
    tables = ("icd10cm",)
    passes = (visit("O80", "Z37.0"),)
    fails = (visit("N39.0"),)

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code has notes that ask for another."""
        return isinstance(code, Icd10Cm) and bool(wanted_beside(code))

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Look for one code of each note that names any."""
        codes = [code for _, code in context.codes]
        for path, code in context.codes:
            if not isinstance(code, Icd10Cm):
                continue
            for note in wanted_beside(code):
                if not any(note.covers(other) for other in codes):
                    message = f"{code.dotted} needs an additional code, such as {named([note])}."
                    yield self.fail(path, code, message)
