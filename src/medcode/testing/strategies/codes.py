"""Codes of each set that are valid on a day, and diagnoses that may stand on one claim."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from medcode.claims.model import Procedure
from medcode.codesets import store
from medcode.codesets.base import Status
from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.icd9cm import icd9cm
from medcode.codesets.icd9cm_procedures import icd9cm_procedures
from medcode.codesets.icd10cm import Icd10Cm, icd10cm
from medcode.codesets.icd10pcs import icd10pcs
from medcode.codesets.npi import Npi, check_digit
from medcode.edits.claim.observation import HOURS, REFERRAL
from medcode.edits.icd.excludes1 import between
from medcode.edits.icd.maternity import OBSTETRIC, is_delivery
from medcode.edits.icd.order import is_first_only, is_status
from medcode.edits.icd.presumed import DIABETES, is_hypertension
from medcode.edits.icd.sex_list import LAST_LIST
from medcode.edits.icd.side import sided
from medcode.edits.kinds import kinds_of
from medcode.edits.modifiers.sides import side_of
from medcode.testing.strategies.primitives import DAY, LETTERS, kept, numbers, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import SearchStrategy

    from medcode.codesets.base import Code, CodeSet
    from medcode.codesets.icd9cm import Icd9Cm
    from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
    from medcode.codesets.icd10pcs import Icd10Pcs

__all__ = [
    "cdt_codes",
    "clia_numbers",
    "companions",
    "diagnosis_codes",
    "diagnosis_lists",
    "external_causes",
    "hcpcs_codes",
    "icd9cm_codes",
    "icd9cm_procedure_codes",
    "icd10cm_codes",
    "icd10pcs_codes",
    "inpatient_procedure_codes",
    "ndcs",
    "npis",
    "on_side",
    "procedures",
    "taxonomies",
]

ICD10_BEGINS = date(2015, 10, 1)
ICD9_ENDED = date(2015, 9, 30)
SEVENTH = 7
HARMLESS = frozenset({"cc", "or_indic"})
"""Flags of old tables that no edit looks at by themselves."""


@kept
def billable(code_set: CodeSet[Any], on: date, flags: frozenset[str] | None = None) -> tuple[Any, ...]:
    """Return the codes of a set that are billable on a day; with `flags`, those with no other flag.

    Codes that the last published lists have for one sex alone count as flagged on later days too.
    """
    table = code_set.table
    statuses, masks, listed = table.statuses[on], table.flag_masks[on], table.flag_masks[min(on, LAST_LIST)]
    names = enumerate(table.flag_names)
    bits = {name: 1 << bit for bit, name in names if flags is not None and name not in flags}
    barred, of_one_sex = sum(bits.values()), sum(bits.get(name, 0) for name in ("male", "female"))
    fitting = {
        profile
        for profile, (status, mask, last) in enumerate(zip(statuses, masks, listed, strict=True))
        if status is Status.BILLABLE and not mask & barred and not last & of_one_sex
    }
    return tuple(code_set.code_type.trusted(code) for code in table.codes if table.lookup[code] in fitting)


@kept
def codes_of(code_set: CodeSet[Any], on: date) -> SearchStrategy[Any]:
    """Draw the billable codes of a set on a day."""
    return drawn(billable(code_set, on), code_set, on)


def drawn(codes: tuple[Any, ...], code_set: CodeSet[Any], on: date) -> SearchStrategy[Any]:
    """Draw one of the codes; ValueError where the table of their set has none on the day."""
    if not codes:
        raise ValueError(f"no code of {code_set.code_type.label} is billable on {on}")
    return one_of(codes)


def diagnosis_set(on: date) -> CodeSet[Any]:
    """Return the code set of diagnoses on a day."""
    return icd10cm if on >= ICD10_BEGINS else icd9cm


def icd10cm_codes(valid_on: date = DAY) -> SearchStrategy[Icd10Cm]:
    """Draw ICD-10-CM codes that are billable on a day."""
    return codes_of(icd10cm, valid_on)


def icd10pcs_codes(valid_on: date = DAY) -> SearchStrategy[Icd10Pcs]:
    """Draw ICD-10-PCS codes that are valid on a day."""
    return codes_of(icd10pcs, valid_on)


def icd9cm_codes(valid_on: date = ICD9_ENDED) -> SearchStrategy[Icd9Cm]:
    """Draw ICD-9-CM diagnosis codes that are billable on a day before 2015-10-01."""
    return codes_of(icd9cm, valid_on)


def icd9cm_procedure_codes(valid_on: date = ICD9_ENDED) -> SearchStrategy[Icd9CmProcedure]:
    """Draw ICD-9-CM procedure codes that are valid on a day before 2015-10-01."""
    return codes_of(icd9cm_procedures, valid_on)


@kept
def companions(on: date) -> tuple[Any, ...]:
    """Return the diagnoses that go with any age, sex and place on a claim: no edit marks them, none is a sequela."""
    codes = billable(diagnosis_set(on), on, HARMLESS)
    return tuple(code for code in codes if not is_sequela(code) and not has_its_place(code))


def has_its_place(code: Code) -> bool:
    """Whether a code is for the first place of a claim alone, or never for it."""
    return isinstance(code, Icd10Cm) and (is_first_only(code) or is_status(code))


def is_sequela(code: Code) -> bool:
    """Whether a code is for the late effect of an injury."""
    return len(code) == SEVENTH and code.endswith("S")


@kept
def diagnosis_codes(valid_on: date = DAY) -> SearchStrategy[Any]:
    """Draw diagnoses, of ICD-10-CM or before 2015-10-01 of ICD-9-CM, that any patient may have."""
    return drawn(companions(valid_on), diagnosis_set(valid_on), valid_on).filter(says_enough)


def says_enough(code: Code) -> bool:
    """Whether a diagnosis names its side, where there is one, and says nothing of others that may be beside it.

    A delivery needs its outcome; hypertension, and diabetes without complications, are not coded beside some diseases.
    """
    if not isinstance(code, Icd10Cm):
        return True
    return not (sided(code) or is_delivery(code) or is_hypertension(code) or code in DIABETES)


@kept
def external_causes(valid_on: date = DAY) -> SearchStrategy[Any]:
    """Draw external causes of injury: where, how and at what it happened."""
    codes = billable(diagnosis_set(valid_on), valid_on, HARMLESS | {"ecodepdx"})
    usual = set(companions(valid_on))
    return one_of(
        tuple(
            code for code in codes if code not in usual and not is_sequela(code) and not has_its_place(code)
        )
    )


@kept
def inpatient_procedure_codes(valid_on: date = DAY) -> SearchStrategy[Any]:
    """Draw procedures of a stay, of ICD-10-PCS or before 2015-10-01 of ICD-9-CM, that any stay may have."""
    code_set: CodeSet[Any] = icd10pcs if valid_on >= ICD10_BEGINS else icd9cm_procedures
    return one_of(billable(code_set, valid_on, HARMLESS))


def compatible(codes: list[Any]) -> list[Any]:
    """Leave out each code that an Excludes1 note keeps apart from one before it."""
    kept: list[Any] = []
    for code in codes:
        if not isinstance(code, Icd10Cm) or all(between(other, code) is None for other in kept):
            kept.append(code)
    return kept


@kept
def diagnosis_lists(valid_on: date = DAY, most: int = 12) -> SearchStrategy[list[Any]]:
    """Draw one or several diagnoses that may stand together; the first may be one that is only ever first."""
    usual = st.lists(diagnosis_codes(valid_on), min_size=1, max_size=most, unique=True).map(compatible)
    first = firsts(valid_on)
    if not first:
        return usual
    seldom = st.integers(0, 3)  # one claim in four
    return st.builds(
        lambda at, code, rest: rest if at else compatible([code, *rest])[:most],
        seldom.map(lambda at: 3 - at),
        one_of(first),
        usual,
    )


@kept
def firsts(on: date) -> tuple[Any, ...]:
    """Return the diagnoses that are only ever the first of a claim, and go with any age, sex and place."""
    codes = billable(diagnosis_set(on), on, HARMLESS)
    return tuple(code for code in codes if isinstance(code, Icd10Cm) and is_first_only(code))


@kept
def hcpcs_codes() -> SearchStrategy[Hcpcs]:
    """Draw well-formed CPT codes, and HCPCS Level II codes valid on every day of the shipped table.

    None of them is anesthesia, none names nothing in particular, and none asks for a certificate or
    an ambulance trip.
    """
    level_one = numbers(5, 10_000)
    return (level_one | one_of(level_two_codes())).filter(is_plain).map(Hcpcs)


@kept
def level_two_codes() -> tuple[str, ...]:
    """Return the HCPCS Level II codes that the shipped table has from its first day on, without an end."""
    raw = store.shipped("hcpcs")
    whole = {
        number
        for number, profile in enumerate(raw.profiles())
        if profile[0].start == raw.release.start and profile[0].end is None
    }
    pairs = zip(raw.texts("code"), raw.numbers("profile"), strict=True)
    return tuple(code for code, number in pairs if number in whole and is_plain(code))


def is_plain(code: str) -> bool:
    """Whether a code asks nothing of the rest of its line or claim."""
    return kinds_of(code) <= {"drug_codes"} and code not in {HOURS, REFERRAL} and code not in OBSTETRIC


@kept
def cdt_codes() -> SearchStrategy[Hcpcs]:
    """Draw well-formed dental codes; whether they exist no table says."""
    return numbers(4).map(lambda digits: Hcpcs(f"D{digits}"))


@kept
def npis() -> SearchStrategy[Npi]:
    """Draw national provider identifiers with their check digit."""
    return numbers(9, 100_000_000, 299_999_999).map(lambda digits: Npi(digits + check_digit(digits)))


@kept
def ndcs() -> SearchStrategy[str]:
    """Draw national drug codes in eleven digits; whether they exist no table says."""
    return numbers(11)


@kept
def taxonomies() -> SearchStrategy[str]:
    """Draw well-formed codes of provider taxonomy."""
    return st.builds("{}{}{}X".format, numbers(3, 101), one_of(LETTERS), numbers(5))


@kept
def clia_numbers() -> SearchStrategy[str]:
    """Draw well-formed numbers of laboratories."""
    return st.builds("{}D{}".format, numbers(2, 1), numbers(7))


VISITS = ("99213", "99203", "99214", "99483")


@kept
def procedures(*, professional: bool = True) -> SearchStrategy[Procedure]:
    """Draw procedures with modifiers that fit them: 25 is for visits, 59 and its kin tell other services apart.

    The professional part (26) is for lines of practitioners.
    """
    repeated = ("26", "76") if professional else ("76",)
    visits = st.builds(Procedure, one_of(VISITS), one_of(((), ("25",))))
    services = st.builds(
        Procedure,
        hcpcs_codes(),
        one_of(((), ("22",), ("LT",), ("RT",), ("TC",), repeated, ("GA", "KX", "LT"))),
    )
    apart = st.builds(
        Procedure,
        numbers(5, 10_000, 69_999).filter(is_plain),
        one_of((("59",), ("RT", "XS"), ("XS", "22"))),
    )
    return visits | services | apart


def on_side(procedure: Procedure, diagnoses: Iterable[Code]) -> Procedure:
    """Return a procedure with its side modifier as its diagnoses have the side.

    >>> on_side(Procedure("20610", ("RT",)), [Icd10Cm("M17.12")]).modifiers
    ('LT',)
    """
    sides = {side for code in diagnoses if isinstance(code, Icd10Cm) and (side := side_of(code))}
    wrong, right = SIDES.get(tuple(sides), ("", ""))
    if wrong not in procedure.modifiers:
        return procedure
    return procedure.evolve(modifiers=[right if each == wrong else each for each in procedure.modifiers])


SIDES: dict[tuple[str, ...], tuple[str, str]] = {("left",): ("RT", "LT"), ("right",): ("LT", "RT")}
"""The modifier that contradicts diagnoses of one side, and the one that goes with them."""
