"""The claim model: what people type becomes typed, what is wrong is held, what identifies is hidden."""

from __future__ import annotations

import copy
import pickle
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from medcode.claims.model import (
    AbcCode,
    Accident,
    Contact,
    DateRange,
    DentalClaim,
    DentalLine,
    Dependent,
    Diagnosis,
    InpatientProcedure,
    InstitutionalClaim,
    InstitutionalLine,
    LineAdjudication,
    Payer,
    Procedure,
    ProfessionalClaim,
    ProfessionalLine,
    Provider,
    ProviderIdentity,
    Subscriber,
    Tooth,
)
from medcode.claims.model.base import (
    day,
    money,
    optional_clock,
    optional_day,
    optional_moment,
    optional_money,
    optional_period,
    period,
)
from medcode.claims.model.diagnosis import Snodent
from medcode.claims.model.party import phone_digits, tax_digits, zip_digits
from medcode.codesets.base import Malformed
from medcode.codesets.code import Code
from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import Icd10Pcs
from medcode.codesets.npi import Npi
from medcode.errors import InvalidFormat

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims import model

CLINIC = Provider(organization="MAPLE CLINIC", npi="1234567893", tax_id="123456789")
MOTHER = Subscriber(last_name="DOE", first_name="JO", member_id="M1", birth_date="1980-05-01", sex="F")
PLAN = Payer(organization="PLAN ONE", payer_id="P1")
COMMON: dict[str, Any] = {
    "control_number": "C1",
    "billing_provider": CLINIC,
    "subscriber": MOTHER,
    "payer": PLAN,
}


def visit(**changes: Any) -> ProfessionalClaim:
    line = ProfessionalLine(procedure="99213", charge="40", service_date="2026-01-05")
    return ProfessionalClaim(**COMMON | {"diagnoses": ["J06.9", "E11.9"], "lines": [line]} | changes)


def stay(**changes: Any) -> InstitutionalClaim:
    line = InstitutionalLine(revenue_code="0120", charge="1200.50", quantity=3, unit="DA")
    given: dict[str, Any] = {
        "facility_type": "11",
        "statement_dates": ("2026-01-05", "2026-01-08"),
        "discharge_status": "01",
        "principal_diagnosis": "I50.20",
        "lines": [line],
    }
    return InstitutionalClaim(**COMMON | given | changes)


def dental(**changes: Any) -> DentalClaim:
    line = DentalLine(procedure="D2150", charge=100, teeth=["12"])
    return DentalClaim(**COMMON | {"lines": [line]} | changes)


@pytest.mark.parametrize("make", [visit, stay, dental])
def test_a_claim_is_a_value(make: Callable[[], model.Claim]) -> None:
    claim = make()
    assert claim == make()
    assert hash(claim) == hash(make())
    assert pickle.loads(pickle.dumps(claim)) == claim  # our own bytes
    assert copy.deepcopy(claim) == claim
    assert claim.evolve(control_number="C2").control_number == "C2"
    with pytest.raises(TypeError, match="color"):
        claim.evolve(color="red")  # type: ignore[call-arg]  # what the test is about
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        claim.control_number = "C2"  # type: ignore[misc]  # what the test is about


def test_the_patient_is_the_dependent_if_there_is_one() -> None:
    child = Dependent(last_name="DOE", first_name="SAM", relationship="19", birth_date=date(2015, 5, 1))
    assert visit().patient is MOTHER
    assert visit(dependent=child).patient is child


def test_the_total_is_the_sum_of_readable_charges() -> None:
    lines = [ProfessionalLine(procedure="99213", charge=charge) for charge in ("40.25", 10, "ten")]
    assert visit(lines=lines).total == Decimal("50.25")
    assert stay().total == Decimal("1200.50")
    assert dental().total == Decimal(100)


def test_pointers_are_given_as_codes_or_numbers() -> None:
    line = ProfessionalLine(procedure="99213", charge=40, diagnosis_pointers=["e11.9", 1, "Z99.9"])
    pointers = visit(lines=[line]).lines[0].diagnosis_pointers
    assert pointers == (2, 1, Malformed("Z99.9"))
    assert isinstance(pointers[2], Malformed)
    held = visit(lines=[line.evolve(diagnosis_pointers=(Malformed("x"),))])
    assert held.lines[0].diagnosis_pointers == ("x",)
    tooth = DentalLine(procedure="D2150", charge=100, diagnosis_pointers=["K02.9"])
    assert dental(diagnoses=["K02.9"], lines=[tooth]).lines[0].diagnosis_pointers == (1,)


def test_an_institutional_claim_tells_its_bill_type_diagnoses_and_procedures() -> None:
    claim = stay()
    assert claim.bill_type == "0111"
    assert claim.diagnoses == (Diagnosis("I50.20"),)
    assert claim.procedures == ()
    other = InpatientProcedure("0JH60CZ", "2026-01-06")
    full = stay(
        other_diagnoses=["E11.65"],
        principal_procedure="02703DZ",
        other_procedures=[other],
        admitting_diagnosis="R07.9",
        reasons_for_visit=["R07.9"],
    )
    assert [str(each.code) for each in full.diagnoses] == ["I5020", "E1165"]
    assert full.procedures == (InpatientProcedure("02703DZ"), other)
    assert full.admitting_diagnosis == "R079"
    assert full.reasons_for_visit == (Icd10Cm("R07.9"),)


def test_times_of_a_stay_are_typed() -> None:
    claim = stay(admission="2026-01-05T14:30", discharge_time="0915")
    assert claim.admission == datetime(2026, 1, 5, 14, 30)  # noqa: DTZ001  # a claim has no time zone
    assert claim.discharge_time == time(9, 15)
    assert claim.statement_dates == DateRange(date(2026, 1, 5), date(2026, 1, 8))
    assert stay(admission=date(2026, 1, 5)).admission == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("convert", "given", "wanted"),
    [
        (money, "125.50", Decimal("125.50")),
        (money, 3, Decimal(3)),
        (money, Decimal("0.5"), Decimal("0.5")),
        (money, "1,000", Malformed("1,000")),
        (money, Malformed("x"), Malformed("x")),
        (optional_money, None, None),
        (optional_money, "1", Decimal(1)),
        (day, date(2026, 1, 5), date(2026, 1, 5)),
        (day, "20260105", date(2026, 1, 5)),
        (day, "5 January", Malformed("5 January")),
        (day, "2026-02-30", Malformed("2026-02-30")),
        (optional_day, None, None),
        (optional_day, "2026-01-05", date(2026, 1, 5)),
        (period, "20260105-20260107", DateRange(date(2026, 1, 5), date(2026, 1, 7))),
        (period, "20260105-20269907", Malformed("20260105-20269907")),
        (period, ("2026-01-05", date(2026, 1, 7)), DateRange(date(2026, 1, 5), date(2026, 1, 7))),
        (period, ("2026-01-05", "later"), Malformed("2026-01-05-later")),
        (
            period,
            DateRange(date(2026, 1, 5), date(2026, 1, 7)),
            DateRange(date(2026, 1, 5), date(2026, 1, 7)),
        ),
        (period, "2026-01-05", date(2026, 1, 5)),
        (period, Malformed("x"), Malformed("x")),
        (optional_period, None, None),
        (optional_period, "2026-01-05", date(2026, 1, 5)),
        (period, "1/5/2026", date(2026, 1, 5)),
        (period, "13/5/2026", Malformed("13/5/2026")),
        (zip_digits, "12345-6789", "123456789"),
        (zip_digits, "12345", "12345"),
        (zip_digits, "K1A 0B1", "K1A 0B1"),
        (zip_digits, None, None),
        (phone_digits, "(555) 555-0100", "5555550100"),
        (phone_digits, "555.555.0100", "5555550100"),
        (phone_digits, "555-0100", "555-0100"),
        (tax_digits, "12-3456789", "123456789"),
        (tax_digits, "078-05-1120", "078051120"),
        (tax_digits, "12--3-456789", "12--3-456789"),
        (optional_clock, None, None),
        (optional_clock, time(9, 15), time(9, 15)),
        (optional_clock, "09:15", time(9, 15)),
        (optional_clock, "2575", Malformed("2575")),
        (optional_clock, "noon", Malformed("noon")),
        (optional_moment, None, None),
        (optional_moment, Malformed("x"), Malformed("x")),
        (optional_moment, "2026-01-05", date(2026, 1, 5)),
        (optional_moment, "202602301430", Malformed("202602301430")),
        (optional_moment, "202602012575", Malformed("202602012575")),
    ],
)
def test_what_people_type_becomes_typed(convert: Callable[[Any], Any], given: Any, wanted: Any) -> None:
    assert convert(given) == wanted
    assert type(convert(given)) is type(wanted)


@pytest.mark.parametrize(
    ("convert", "given"),
    [
        (money, 1.5),
        (money, True),
        (money, None),
        (day, datetime(2026, 1, 5)),  # noqa: DTZ001  # as above
        (day, 20260105),
        (optional_clock, 915),
        (Diagnosis, Hcpcs("99213")),
        (InpatientProcedure, Icd10Cm("E11.9")),
        (lambda given: visit(diagnoses=given), "E11.9"),
        (lambda given: stay(reasons_for_visit=given), "R07.9"),
        (lambda given: stay(other_procedures=given), "02703DZ"),
        (lambda given: DentalLine(procedure="D2150", charge=1, teeth=given), "12"),
        (Accident, "AA"),
        (lambda given: Provider(identifiers=given), "0B"),
        (lambda given: ProfessionalLine(procedure="99213", charge=1, diagnosis_pointers=given), "E11.9"),
    ],
)
def test_a_wrong_type_fails_at_once(convert: Callable[[Any], Any], given: Any) -> None:
    with pytest.raises(TypeError):
        convert(given)


def test_wrong_codes_are_held() -> None:
    assert Diagnosis("E11..9").code == Malformed("E11..9")
    assert Procedure("9921").code == Malformed("9921")
    assert Provider(npi="1234567890").npi == Malformed("1234567890")
    assert type(Provider(npi="1234567893").npi) is Npi
    assert type(Provider(npi=Npi("1234567893")).npi) is Npi
    assert InpatientProcedure("0270").code == Malformed("0270")
    assert ProviderIdentity(npi="1").npi == Malformed("1")


def test_a_code_of_another_time_or_set_is_given_as_its_type() -> None:
    assert type(Diagnosis(Icd9Cm("250.00")).code) is Icd9Cm
    assert type(InpatientProcedure(Icd9CmProcedure("47.01")).code) is Icd9CmProcedure
    assert type(InpatientProcedure(AbcCode("CDABC")).code) is AbcCode
    assert type(InpatientProcedure("02703DZ").code) is Icd10Pcs
    assert type(Procedure("99213").code) is Hcpcs
    assert type(Procedure(Hcpcs("99213")).code) is Hcpcs
    assert type(Procedure("X1", qualifier="ER").code) is str
    assert type(Procedure("D2150", qualifier="AD").code) is Hcpcs
    assert DentalLine(procedure=Procedure("D2150", qualifier="AD"), charge=1).procedure.qualifier == "AD"


def test_lists_take_one_or_their_short_form() -> None:
    contact = Contact("ANN", phone="3055550100")
    assert Provider(contacts=contact).contacts == (contact,)
    assert Provider(contacts=[contact]).contacts == (contact,)
    assert DentalLine(procedure="D2150", charge=1, teeth=[Tooth("12", ["M"]), "13"]).teeth == (
        Tooth("12", ("M",)),
        Tooth("13"),
    )
    line = visit(anesthesia_procedures=["33533", Hcpcs("33534")])
    assert line.anesthesia_procedures == (Hcpcs("33533"), Hcpcs("33534"))
    decision = LineAdjudication(payer_id="P2", paid=10, procedure=Procedure("99213"))
    assert decision.procedure == LineAdjudication(payer_id="P2", paid=10, procedure="99213").procedure
    assert LineAdjudication(payer_id="P2", paid=10).procedure is None


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("1980-05-01", date(2026, 4, 30), 45),
        ("1980-05-01", date(2026, 5, 1), 46),
        ("2000-02-29", date(2026, 3, 1), 26),
        ("2026-01-05", date(2026, 1, 5), 0),
        ("2026-01-06", date(2026, 1, 5), None),
        ("unknown", date(2026, 1, 5), None),
        (None, date(2026, 1, 5), None),
    ],
)
def test_age_is_in_completed_years(born: str | None, on: date, age: int | None) -> None:
    assert Subscriber(birth_date=born).age(on) == age


class Holiday(date):
    """A kind of date, as some libraries have."""


def test_a_span_counts_both_ends_and_a_kind_of_date_is_a_day() -> None:
    assert DateRange(date(2026, 1, 5), date(2026, 1, 7)).days == 3
    assert day(Holiday(2026, 1, 5)) == date(2026, 1, 5)


def test_a_name_tells_a_person_from_an_organization() -> None:
    assert MOTHER.is_person
    assert not CLINIC.is_person


def test_rare_parts_are_there_to_ask() -> None:
    claim = visit()
    assert claim.dates.onset is None
    assert claim.references.prior_authorization is None
    assert claim.lines[0].dates.shipped is None
    assert claim.dates is visit().dates


def test_every_code_says_its_format_by_the_names_that_are_read() -> None:
    own = {
        name
        for kind in kinds(Code)
        for name, value in vars(kind).items()
        if not name.startswith("_") and isinstance(value, (str, re.Pattern)) and not hasattr(Code, name)
    }
    assert own == set()
    assert Snodent("D1-10283") == "D1-10283"
    for kind, text in ((Snodent, "D1_10283"), (Snodent, "1" * 31), (AbcCode, "CDAB"), (AbcCode, "CDAB1")):
        with pytest.raises(InvalidFormat):
            kind(text)


def kinds(of: type[Code]) -> list[type[Code]]:
    """Return the classes below a class of codes, and those below them."""
    return [each for kind in of.__subclasses__() for each in (kind, *kinds(kind))]
