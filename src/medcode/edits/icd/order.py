"""ICD19 to ICD21: Z codes that must be first, and codes that must not.

Source of the first: Official Guidelines, section I.C.21.c.16; of the others the Integrated OCE, whose list of
diagnoses that are not acceptable as principal is shorter than the Medicare Code Editor's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dental import DentalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.codesets.icd10cm import Icd10Cm
from medcode.edits.base import Edit, initials_of
from medcode.edits.examples import stay, visit
from medcode.edits.setting import Setting
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["OnlyFirst", "StatusFirst", "SupplementaryFirst"]

GUIDELINES = "ICD-10-CM Official Guidelines for Coding and Reporting"
ONLY_FIRST = (
    "Z00",
    "Z01",
    "Z02",
    "Z04",
    "Z332",
    "Z3181",
    "Z3182",
    "Z3183",
    "Z3184",
    "Z34",
    "Z39",
    "Z38",
    "Z40",
)
ONLY_FIRST_TOO = ("Z42", "Z510", "Z511", "Z52", "Z761", "Z762", "Z9912")
EXCEPT = ("Z006", "Z529")
FIRST = (*ONLY_FIRST, *ONLY_FIRST_TOO)

SUPPLEMENTARY = """
    B95 B96 B97 C802 D47Z1 D8981 D8983 E88A F05 F067 F0789 G731 G920 H3681 H3682 I2582 I2583 I2584 I2601 I2603
    I2690 I2695 I314 I462 I468 I7092 I76 J1282 J9312 L49 M401 M415 O94 R054 R180 R297 R4021 R4022 R4023 R4024
    R402A R65 S06A T8112 Z16 Z170 Z171 Z172 Z19 Z283 Z37 Z3A Z533 Z555 Z556 Z58 Z590 Z591 Z594 Z597 Z598 Z6223
    Z6224 Z62814 Z62815 Z62823 Z6283 Z62892 Z68 Z72823 Z7902 Z791 Z792 Z795 Z796 Z7981 Z7983 Z7984 Z7985 Z79890
    Z80 Z82 Z83 Z84 Z86010 Z8616 Z876 Z87731 Z87732 Z8776 Z91011 Z91012 Z9111 Z9114 Z9115 Z9119 Z91413 Z91414
    Z915 Z9185 Z91A Z9282 Z9285 Z9286 Z983
"""
NEVER_FIRST = tuple(SUPPLEMENTARY.split())
OF_OTHER_EDITS = ("Z3A",)  # weeks of pregnancy: ICD10
STATUS = (
    "Z66",
    "Z67",
    "Z79",
    "Z88",
    "Z89",
    "Z90",
    "Z93",
    "Z94",
    "Z95",
    "Z97",
    "Z98",
    "Z998",
    "Z85",
    "Z86",
    "Z87",
)
FOLLOWING = (*NEVER_FIRST, *STATUS)


def moved(path: str, codes: tuple[object, ...]) -> Fix:
    """Return the fix that makes another diagnosis the first one: a choice of those there are."""
    options = tuple(str(code) for code in codes[1:])
    kind = FixKind.CHOICE if options else FixKind.ADVICE
    return Fix("Make another diagnosis the first one.", path if options else None, options=options, kind=kind)


@final
class OnlyFirst(Edit[ProfessionalClaim | DentalClaim | InstitutionalClaim]):
    """A Z code that may only be first listed is not first.

    Why: an encounter for an examination, for chemotherapy or of a liveborn infant is its own reason; these
    codes are listed first, except where several encounters of a day are billed together.
    Fix: list it first, or code what this encounter was for.
    """

    id, name, snip = "ICD19", "only-first-listed", 5
    initials = initials_of(FIRST)
    source = Source("CMS and NCHS", GUIDELINES, section="I.C.21.c.16")
    severity = Severity.WARNING
    ack = "A7:254"
    carc, rarc = ("16",), ("MA63",)
    passes = (visit("Z00.00", "E11.9"), visit("Z00.00", "Z01.10"))
    fails = (visit("E11.9", "Z00.00"), visit("C50.911", "Z51.11"))

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code may only be first."""
        return isinstance(code, Icd10Cm) and is_first_only(code)

    def check(
        self,
        _claim: ProfessionalClaim | DentalClaim | InstitutionalClaim,
        context: Context[ProfessionalClaim | DentalClaim | InstitutionalClaim],
    ) -> Iterator[Finding]:
        """Check each diagnosis behind the first; where the first is such a code too, the day had several."""
        codes = [(path, code) for path, code in context.codes if isinstance(code, Icd10Cm)]
        if not codes or is_first_only(codes[0][1]) or len(codes) != len(context.codes):
            return
        for path, code in codes[1:]:
            if is_first_only(code):
                message = f"{code.dotted} may only be the first-listed diagnosis; the claim lists {codes[0][1].dotted} first."
                fix = Fix(f"List {code.dotted} first.", kind=FixKind.ADVICE)
                yield self.fail(path, code, message, fix=fix)


def is_first_only(code: Icd10Cm) -> bool:
    """Whether the guidelines list a code as one that is only first."""
    return code.startswith(FIRST) and not code.startswith(EXCEPT)


@final
class SupplementaryFirst(Edit[InstitutionalClaim]):
    """A supplementary code is the principal diagnosis of an outpatient bill.

    Why: it tells of an agent, a state or a circumstance and not why the patient came; Medicare returns the bill.
    Fix: make the condition that was treated the principal diagnosis.
    """

    id, name, snip = "ICD20", "supplementary-code-first", 5
    initials = initials_of(NEVER_FIRST)
    yields_to = ("OCE109", "OCE113")
    source = Source("CMS", "Integrated OCE Specifications", section="edit 113")
    settings = (Setting.OUTPATIENT,)
    ack = "A7:254"
    carc, rarc = ("16",), ("MA63",)
    passes = (stay("Z51.11", "C50.911", facility_type="13", admission=None),)
    fails = (
        stay("Z79.84", "E11.9", facility_type="13", admission=None),
        stay("Z37.0", facility_type="13", admission=None, age=30),
    )

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code is a supplementary one."""
        return code.startswith(NEVER_FIRST)

    def check(self, _claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Check the principal diagnosis."""
        (path, code), *_ = context.codes
        if isinstance(code, Icd10Cm) and code.startswith(NEVER_FIRST):
            message = f"{code.dotted} is a supplementary code and cannot be the principal diagnosis."
            yield self.fail(path, code, message)


@final
class StatusFirst(Edit[ProfessionalClaim]):
    """A status or history code is the first diagnosis.

    Why: such a code tells of a state or of the past, and follows the reason of the encounter.
    Fix: list the reason of the encounter first.
    """

    id, name, snip = "ICD21", "status-code-first", 5
    initials = initials_of(FOLLOWING)
    source = Source("CMS and NCHS", GUIDELINES, section="I.C.21.c.3 and I.C.21.c.4")
    severity = Severity.WARNING
    settings = (Setting.PROFESSIONAL,)
    ack = "A7:254"
    carc, rarc = ("16",), ("MA63",)
    passes = (visit("E11.9", "Z79.4"), visit("Z23"))
    fails = (visit("Z79.4", "E11.9"), visit("Z68.41", "E66.01"))

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code describes a state or a history."""
        return isinstance(code, Icd10Cm) and is_status(code)

    def check(self, _claim: ProfessionalClaim, context: Context[ProfessionalClaim]) -> Iterator[Finding]:
        """Check the first diagnosis, where there are others."""
        codes = context.codes
        if len(codes) > 1 and isinstance(code := codes[0][1], Icd10Cm) and is_status(code):
            message = f"{code.dotted} is first listed; it describes a state or a history, not the reason of the encounter."
            yield self.fail(
                codes[0][0], code, message, fix=moved(codes[0][0], tuple(each for _, each in codes))
            )


def is_status(code: Icd10Cm) -> bool:
    """Whether a code describes a state or a history and follows another; weeks of pregnancy are another edit's."""
    return code.startswith(FOLLOWING) and not code.startswith(OF_OTHER_EDITS)
