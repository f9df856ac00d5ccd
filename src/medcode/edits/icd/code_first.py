"""ICD11 and ICD12: the code that a note wants beside another, before it or with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.codesets.memory import remembered
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.notes import Note
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["CodeFirst", "UseAdditional"]

GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"


def binding(notes: Sequence[Note]) -> list[Note]:
    """Give the notes that name codes and do not leave it to the case."""
    return [note for note in notes if note.references and note.parsed and not note.if_applicable]


@remembered(4096)
def wanted_beside(code: Icd10Cm) -> list[Note]:
    """Give the notes of a code that ask for an additional one; none for what is no code."""
    return binding(icd10cm.notes(code).use_additional) if code in icd10cm else []


def named(notes: Sequence[Note]) -> str:
    """List the codes that notes name, the first few of them."""
    return ", ".join([str(reference) for note in notes for reference in note.references][:6])


@final
class CodeFirst(Edit[Any]):
    """A code that follows another stands without it, or before it.

    Why: the note "code first" at a manifestation asks for the code of the disease behind it, earlier
    on the claim.
    Cure: add the code that the note names, or move it up.
    """

    id, name, snip = "ICD11", "code-first", 5
    source = Source("CMS and NCHS", GUIDELINES, section="I.A.13")
    severity = Severity.WARNING
    needs = ("day",)
    tables = ("icd10cm",)
    passes = (visit("N18.5", "D63.1"), visit("D63.1"))
    fails = (visit("I10", "D63.1"), visit("I10", "D63.1", "N18.5"))

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look before each manifestation but the first for a code that its note names."""
        codes = [code for _, code in context.codes]
        for judged in context.diagnoses:
            if "manifestation" not in judged.flags or not isinstance(judged.code, Icd10Cm):
                continue
            before = codes[: codes.index(judged.code)]
            notes = binding(icd10cm.notes(judged.code).code_first)
            if before and notes and not any(note.covers(code) for note in notes for code in before):
                message = f"{judged.shown} follows a code such as {named(notes)}; none comes before it."
                yield self.fail(judged.path, judged.code, message)


@final
class UseAdditional(Edit[Any]):
    """A note asks for an additional code, and none of those it names is there.

    Why: some conditions need a second code for their cause, their agent or their state.
    Cure: add the code where the record supports it.
    """

    id, name, snip = "ICD12", "use-additional", 5
    source = Source("CMS and NCHS", GUIDELINES, section="I.B.7")
    severity = Severity.INFO
    opt_in = True
    tables = ("icd10cm",)
    passes = (visit("O80", "Z37.0"),)
    fails = (visit("N39.0"),)

    def check(self, _claim: Any, context: Context) -> Iterator[Finding]:
        """Look for one code of each note that names any."""
        codes = [code for _, code in context.codes]
        for path, code in context.codes:
            if not isinstance(code, Icd10Cm):
                continue
            for note in wanted_beside(code):
                if not any(note.covers(other) for other in codes):
                    message = f"{code.dotted} asks for an additional code, such as {named([note])}."
                    yield self.fail(path, code, message)
