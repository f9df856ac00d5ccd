"""ICD02: two diagnoses that an Excludes1 note does not allow together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import combinations
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.codesets.memory import kept, remembered
from medcode.codesets.notes import notebook
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.codesets.notes import Note
    from medcode.codesets.references import Reference
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["Excludes1", "between"]

CONFLICT, REVIEW = "Conflict", "Needs review"
PAIRS_KEPT = 4096
MAY_BE_UNRELATED = frozenset({frozenset({"F458", "G4763"})})
"""Pairs that guideline I.A.12.a itself names as possibly unrelated: teeth grinding and other somatoform disorders."""
SECTION, KEY = 3, 4  # characters of a category and of its sort key
BEYOND = "\uffff"  # after whatever follows in a key
KIND = "excludes1"


@final
class Excludes1(Edit[Claim]):
    """Two diagnoses are coded together that an Excludes1 note excludes.

    Why: Excludes1 says that two conditions cannot occur together, or that one code holds the other;
    only where the record shows that they are unrelated may both be coded.
    Fix: keep the code that the record supports; if the two are unrelated, document that and pass the
    pair as `Tables(unrelated=...)`.
    """

    id, name, snip = "ICD02", "excludes1", 5
    ack = "A3:255"
    carc = ("16",)
    rarc = ("M76",)
    source = Source(
        "CMS and NCHS", "ICD-10-CM Official Guidelines for Coding and Reporting", section="I.A.12.a"
    )
    severity = Severity.WARNING
    tables = ("icd10cm",)
    passes = (visit("J44.0", "J44.1"), visit("E11.9", "I10"))
    fails = (visit("E11.9", "E10.9"), visit("R52", "H92.01"), visit("I10", "O10.011"))

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether an Excludes1 note around a code names codes, as that of one of two that exclude each other does."""
        return isinstance(code, Icd10Cm) and bool(NEAR[code[:SECTION]])

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check every pair of diagnoses, in both directions and with inherited notes."""
        codes = [(path, code) for path, code in context.codes if isinstance(code, Icd10Cm)]
        for (_, first), (path, second) in combinations(codes, 2):
            if not (is_near(second, first) or is_near(first, second)):
                continue
            if found := between(first, second):
                give = self.bypass if {str(first), str(second)} in context.tables.unrelated else self.fail
                yield give(path, second, told(first, second, *found))


@remembered(PAIRS_KEPT)
def between(first: Icd10Cm, second: Icd10Cm) -> tuple[str, Icd10Cm, Note] | None:
    """Return how an Excludes1 note excludes two codes: the answer, the code that has the note, the note.

    A conflict is where the notes of both name each other, or both codes are of one category or
    block; where one side alone has the note, or it takes a person to read it, it needs review.

    >>> [between(Icd10Cm(a), Icd10Cm(b))[0] for a, b in (("E11.9", "E10.9"), ("R52", "H92.01"))]
    ['Conflict', 'Needs review']
    >>> between(Icd10Cm("J44.0"), Icd10Cm("J44.1"))
    """
    if first == second or first not in icd10cm or second not in icd10cm:
        return None
    there, back = note_on(first, second), note_on(second, first)
    note = there or back
    if note is None:
        return None
    named = frozenset({str(first), str(second)})
    sure = (
        named not in MAY_BE_UNRELATED
        and note.parsed
        and (bool(there and back) or blocks(first) & blocks(second) != set())
    )
    return CONFLICT if sure else REVIEW, first if there else second, note


def is_near(code: str, other: str) -> bool:
    """Whether a code is in a category that the Excludes1 notes of another, or of codes beside it, reach."""
    return code[:SECTION] in NEAR[other[:SECTION]]


def near(category: str) -> frozenset[str]:
    """Work out the categories of the codes that the Excludes1 notes of a category, of what is around it and in it, name.

    A note reaches no code of another category, so most pairs need no look at their notes.
    """
    book = notebook()
    owners = {*book.holders(category), *owners_in().get(category, ())} & book.owners(KIND)
    return frozenset().union(*[OF_OWNER[each] for each in owners])


@remembered(1)
def owners_in() -> dict[str, list[str]]:
    """Return the codes that have Excludes1 notes themselves, by category."""
    found: dict[str, list[str]] = {}
    for owner in notebook().owners(KIND):
        if " " not in owner:
            found.setdefault(owner[:SECTION], []).append(owner)
    return found


def reached(reference: Reference) -> Sequence[str]:
    """Return the categories of the codes that a reference could cover."""
    keys, names = categories()
    first, last = (key[:KEY] for key in Icd10Cm.range_keys(reference.first, reference.last))
    return names[bisect_left(keys, first) : bisect_right(keys, f"{last}{BEYOND}")]


@remembered(1)
def categories() -> tuple[list[str], list[str]]:
    """Return the categories of the table in its order: their sort keys, and the categories."""
    names = sorted({code[:SECTION] for code in icd10cm.table.codes}, key=Icd10Cm.sort_key)
    return list(map(Icd10Cm.sort_key, names)), names


def of_owner(owner: str) -> frozenset[str]:
    """Work out the categories that the own notes of a code, a block or a chapter name."""
    notes = notebook().owned(KIND, owner)
    return frozenset([each for note in notes for reference in note.references for each in reached(reference)])


OF_OWNER = kept(of_owner, most=4096)
NEAR = kept(near, most=4096)


def notes_of(code: str) -> tuple[Note, ...]:
    """Return the Excludes1 notes of a code, its own and inherited ones, nearest first."""
    return notebook().of_kind(KIND, code)


def note_on(code: Icd10Cm, other: Icd10Cm) -> Note | None:
    """Return the nearest Excludes1 note of a code that names the other."""
    return next((note for note in notes_of(code) if note.covers(other)), None)


def blocks(code: Icd10Cm) -> set[str]:
    """Return the category of a code and its narrowest block."""
    around = icd10cm.blocks(code)[:1] if code in icd10cm else ()
    return {code[:SECTION], *(block.name for block in around)}


def told(first: Icd10Cm, second: Icd10Cm, answer: str, owner: Icd10Cm, note: Note) -> str:
    """Return the answer in words."""
    other = second if owner == first else first
    return f"{answer}: {owner.dotted} has an Excludes1 note ({note.owner}) that names {other.dotted}."
