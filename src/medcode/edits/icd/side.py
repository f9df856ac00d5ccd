"""ICD13 and ICD14: a side that is left open, or named and left open at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.codesets.memory import kept
from medcode.edits.base import Edit
from medcode.edits.examples import visit
from medcode.edits.judged import shown
from medcode.edits.modifiers.lists import listed
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["RedundantSide", "UnspecifiedSide", "sided"]

SIDE = re.compile(r"\b(left|right|bilateral)\b")
GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"


@final
class UnspecifiedSide(Edit[Claim]):
    """A diagnosis leaves open which side it is on.

    Why: the classification has codes of the left and of the right beside it, and payers deny what could be more
    specific. CMS lists complications for which it returns inpatient claims since 2022-04-01.
    Fix: use the code of the side.
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
    passes = (visit("S72.001A"), visit("M19.90"), visit("H02.403"))
    fails = (visit("S72.009A"), visit("M25.569"), visit("I82.90"))

    def concerns_code(self, code: Code | Malformed, _status: Status, flags: frozenset[str], /) -> bool:
        """Whether a diagnosis leaves its side or site open."""
        return bool(sided(code)) or ("unspecified" in flags)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each code with siblings of a side; one beside a code that names the side is the next edit's."""
        for judged in context.diagnoses:
            options = sided(judged.code)
            if not (options or "unspecified" in judged.flags) or beside(options, context):
                continue
            if options:
                named = listed(map(shown, options))
                message = f"{judged.shown} does not name the side; code it if the record has it: {named}."
                fix = Fix(
                    "Code the side.", judged.path, old=str(judged.code), options=options, kind=FixKind.CHOICE
                )
                yield self.fail(judged.path, judged.code, message, fix=fix)
            else:
                message = f"{judged.shown} does not name the site; code it if the record has it."
                yield self.fail(judged.path, judged.code, message)


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
    fails = (visit("S72.001A", "S72.009A"), visit("M25.562", "M25.569"))

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code leaves its side open."""
        return bool(sided(code))

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Report each code that leaves the side open beside one that names it."""
        for judged in context.diagnoses:
            if named := beside(sided(judged.code), context):
                message = (
                    f"{judged.shown} leaves the side open that {shown(named)} names; remove {judged.shown}."
                )
                yield self.fail(judged.path, judged.code, message)


def sided(code: str) -> tuple[Icd10Cm, ...]:
    """Return the codes that name the left, the right or both sides where a code leaves the side open; none for any other.

    >>> [each.dotted for each in sided("M25569")], sided("M25561"), sided("H02403")
    (['M25.561', 'M25.562'], (), ())
    """
    return SIDED[code]


def named_sides(code: str) -> tuple[Icd10Cm, ...]:
    """Work out the codes of sides beside a code."""
    title = title_of(code)
    if "unspecified" not in title or SIDE.search(title):
        return ()
    for at in (5, 4):
        others = [code[:at] + digit + code[at + 1 :] for digit in "123456789"] if len(code) > at else []
        found = {other: sides[0] for other in others if len(sides := SIDE.findall(title_of(other))) == 1}
        if {"left", "right"} <= set(found.values()):
            return tuple(map(Icd10Cm.trusted, found))
    return ()


SIDED = kept(named_sides, most=4096)


def title_of(code: str) -> str:
    """Return the title of a diagnosis in lower case; empty for what is not one."""
    return (icd10cm[code].title or "").lower() if code in icd10cm.table.lookup else ""


def beside(sides: tuple[Icd10Cm, ...], context: Context[Claim]) -> Code | Malformed | None:
    """Return the diagnosis of the claim that names the side which another leaves open, or None."""
    return next((other.code for other in context.diagnoses if other.code in sides), None) if sides else None
