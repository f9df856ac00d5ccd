"""ICD17 and ICD18: conditions that ICD-10-CM presumes to be related, coded as if they were not.

A table: a code that says "without complications", what beside it is presumed to come of it, and the code that says
both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, final

from medcode.claims.model.claim import Claim
from medcode.codesets.icd10cm import Icd10Cm
from medcode.edits.base import Edit, initials_of
from medcode.edits.examples import visit
from medcode.edits.fixes import REMOVE
from medcode.edits.modifiers.lists import listed
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["HypertensionPresumed", "PresumedComplication"]

GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"


class Row(NamedTuple):
    """How codes in wire form begin that exclude the plain one, and what is coded instead, in words and as codes."""

    beside: tuple[str, ...]
    condition: str
    instead: tuple[str, ...]


def row(beside: tuple[str, ...], condition: str, instead: tuple[str, ...]) -> Row:
    """Return a row of codes that are written with their dots."""
    return Row(tuple(each.replace(".", "") for each in beside), condition, instead)


HYPERTENSION = {
    "I10": (
        row(
            ("I50", "I51.4", "I51.5", "I51.7", "I51.81", "I51.89", "I51.9"),
            "heart disease",
            ("I11.0", "I11.9"),
        ),
        row(("N18",), "chronic kidney disease", ("I12.0", "I12.9")),
    ),
    "I11": (row(("N18",), "chronic kidney disease", ("I13.0", "I13.10", "I13.11", "I13.2")),),
    "I12": (row(("I50",), "heart failure", ("I13.0", "I13.2")),),
}
EARLY, LATE = ("N18.1", "N18.2", "N18.3", "N18.4", "N18.9"), ("N18.5", "N18.6")
FAILING = row(("I50",), "heart failure", ())
EARLIER, LATER = row(EARLY, "kidney disease of stage 1 to 4", ()), row(LATE, "kidney disease of stage 5", ())
CONTRADICTED = {
    "I119": (FAILING._replace(instead=("I11.0",)),),
    "I120": (EARLIER._replace(instead=("I12.9",)),),
    "I129": (LATER._replace(instead=("I12.0",)),),
    "I130": (LATER._replace(instead=("I13.2",)),),
    "I1310": (FAILING._replace(instead=("I13.0", "I13.2")), LATER._replace(instead=("I13.11",))),
    "I1311": (FAILING._replace(instead=("I13.2",)), EARLIER._replace(instead=("I13.10",))),
    "I132": (EARLIER._replace(instead=("I13.0",)),),
}
"""Codes of hypertension that say whether the heart fails and how far the kidney disease is, and what contradicts them."""

DIABETES = frozenset(f"E{number:02}9" for number in (8, 9, 10, 11, 13))
OF_DIABETES = (
    row(("N18",), "chronic kidney disease", ("22",)),
    row(("I70.2", "I73.9"), "peripheral artery disease", ("51",)),
    row(("L97", "L98.4"), "a chronic ulcer of the skin", ("621", "622")),
    row(("K31.84",), "gastroparesis", ("43",)),
    row(("G62.9", "G63"), "polyneuropathy", ("42",)),
    row(("G59", "G58.9"), "mononeuropathy", ("41",)),
    row(("H35.00", "H35.0"), "retinopathy", ("319",)),
    row(("H25", "H26.9"), "cataract", ("36",)),
    row(("M86",), "osteomyelitis", ("69",)),
    row(("I96",), "gangrene", ("52",)),
    row(("N05", "N08"), "nephropathy", ("21",)),
)


def is_hypertension(code: str) -> bool:
    """Whether a code is of hypertension that may be presumed to come with other diseases, or says so.

    >>> is_hypertension("I10"), is_hypertension("I132"), is_hypertension("I150")
    (True, True, False)
    """
    return code[:3] in HYPERTENSION or code in CONTRADICTED


@final
class HypertensionPresumed(Edit[Claim]):
    """Hypertension is coded apart from heart failure or chronic kidney disease, or against them.

    Why: ICD-10-CM presumes that they are related and has codes for both together, unless the record states that
    they are not. Those codes say whether the heart fails and whether the kidney disease is of stage 5 or end-stage.
    Fix: code I11, I12 or I13 with the heart failure or the stage of the kidney disease after it.
    """

    id, name, snip = "ICD17", "hypertension-presumed", 5
    initials = initials_of((*HYPERTENSION, *CONTRADICTED))
    source = Source("CMS and NCHS", GUIDELINES, section="I.C.9.a")
    severity = Severity.WARNING
    tables = ("icd10cm",)
    ack = "A7:255"
    carc, rarc = ("16",), ("M76",)
    passes = (visit("I11.0", "I50.20"), visit("I10", "E11.9"), visit("I13.0", "I50.20", "N18.30"))
    fails = (
        visit("I10", "I50.20"),
        visit("I10", "N18.30"),
        visit("I11.9", "N18.30"),
        visit("I11.9", "I50.20"),
        visit("I12.0", "N18.30"),
    )

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code is of hypertension."""
        return is_hypertension(code)

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Look beside each code of hypertension."""
        if not any(is_hypertension(code) for _, code in context.codes):
            return
        codes = [(path, code) for path, code in context.codes if isinstance(code, Icd10Cm)]
        for path, code in codes:
            for each_row in HYPERTENSION.get(code[:3], ()):
                other = next((each for _, each in codes if each.startswith(each_row.beside)), None)
                if other:
                    instead = listed(each_row.instead)
                    message = f"{code.dotted} with {each_row.condition} ({other.dotted}): ICD-10-CM presumes that they are related; code {instead}, unless the record says otherwise."
                    options = tuple(each.replace(".", "") for each in each_row.instead)
                    fix = Fix(f"Code {instead}.", path, old=str(code), options=options, kind=FixKind.CHOICE)
                    yield self.fail(path, code, message, fix=fix)
                    break
            else:
                yield from self._contradicted(path, code, [each for _, each in codes])

    def _contradicted(self, path: str, code: Icd10Cm, codes: list[Icd10Cm]) -> Iterator[Finding]:
        """Report a code that another one contradicts: without heart failure beside it, or with another stage."""
        for each_row in CONTRADICTED.get(code, ()):
            others = [each for each in codes if each.startswith((*EARLIER.beside, *LATER.beside))]
            if each_row.condition == FAILING.condition:
                others = [each for each in codes if each.startswith(FAILING.beside)]
            if others and all(each.startswith(each_row.beside) for each in others):
                instead = listed(each_row.instead)
                message = (
                    f"{code.dotted} contradicts {each_row.condition} ({others[0].dotted}); code {instead}."
                )
                options = tuple(each.replace(".", "") for each in each_row.instead)
                fix = Fix(f"Code {instead}.", path, old=str(code), options=options, kind=FixKind.CHOICE)
                yield self.fail(path, code, message, fix=fix)
                return


@final
class PresumedComplication(Edit[Claim]):
    """Diabetes without complications is coded beside a complication of diabetes.

    Why: what the index lists under "diabetes, with" is presumed to come of the diabetes, unless the record says
    that it does not.
    Fix: code the diabetes with that complication, and not without.
    """

    id, name, snip = "ICD18", "diabetes-complication-presumed", 5
    initials = initials_of(DIABETES)
    source = Source("CMS and NCHS", GUIDELINES, section="I.A.15")
    severity = Severity.WARNING
    tables = ("icd10cm",)
    ack = "A7:255"
    carc, rarc = ("16",), ("M76",)
    passes = (visit("E11.22", "N18.30"), visit("E11.9", "I10"))
    fails = (visit("E11.9", "N18.30"), visit("E10.9", "K31.84"), visit("E11.65", "E11.9"))

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code is of diabetes without complications."""
        return code in DIABETES

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Look beside each diabetes without complications."""
        if all(code not in DIABETES for _, code in context.codes):
            return
        codes = [(path, code) for path, code in context.codes if isinstance(code, Icd10Cm)]
        for path, code in codes:
            if code not in DIABETES:
                continue
            named = next((each for _, each in codes if each[:3] == code[:3] and each != code), None)
            if named:
                message = f"{code.dotted} says that there is no complication, and {named.dotted} names one; remove {code.dotted}."
                at, _, _ = path.rpartition(".")
                fix = Fix(f"Remove {code.dotted}.", at, old=str(code), options=(REMOVE,), kind=FixKind.CHOICE)
                yield self.fail(path, code, message, fix=fix if at.endswith("]") else None)
                continue
            for each_row in OF_DIABETES:
                other = next((each for _, each in codes if each.startswith(each_row.beside)), None)
                if other:
                    options = tuple(f"{code[:3]}{end}" for end in each_row.instead)
                    instead = listed(f"{each[:3]}.{each[3:]}" for each in options)
                    message = f"{code.dotted} with {each_row.condition} ({other.dotted}): ICD-10-CM presumes that it comes of the diabetes; code {instead}, unless the record says otherwise."
                    fix = Fix(f"Code {instead}.", path, old=str(code), options=options, kind=FixKind.CHOICE)
                    yield self.fail(path, code, message, fix=fix)
