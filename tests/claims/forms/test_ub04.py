"""An institutional claim by the locators of the paper form."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from medcode.claims import InstitutionalClaim
from medcode.claims.model.base import DateRange
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.edits import check
from medcode.errors import VisitError

LEAST: dict[str, Any] = {
    "3a": "7", "4": "0111", "6": "2026-01-05 - 2026-01-08", "17": "01", "67": "I50.20 Y", "42": "0120", "47": "900",
}  # fmt: skip
FIELDS: dict[str, Any] = {
    **LEAST, "1": "MERCY HOSPITAL, 1 HILL RD, ALTON, IL 62002-0001, 618-555-0100", "3b": "MR-7", "4": "137",
    "5": "87-0000001", "8b": "DOE, JANE, Q", "9": "77 ELM ST, ALTON, IL 62002", "10": "1941-04-12", "11": "F",
    "12": "2026-01-05", "13": "8", "14": "1", "15": "7", "16": "14", "18": ["C1", "C2"], "29": "IL",
    "31": ["11 2026-01-04"], "35": ["74 2026-01-06 - 2026-01-07"], "39": ["80 3"], "50": "MEDICARE", "51": "12345",
    "52": "I", "53": "N", "56": "1467890129", "60": "1S00E00AA06", "61": "GROUP", "62": "42", "63": "AUTH",
    "64": "DCN1", "67A": "E11.65 N", "67B": "I10", "69": "R07.9", "70a": "R06.02", "71": "291", "72a": "W19.XXXA Y",
    "74": "02703DZ 2026-01-06", "74a": "4A023N7", "76": "1730000019 OKAFOR, DANA", "77": "1881000008", "80": "NOTE",
    "81": "B3 282N00000X", "42": ["0120", "0481"], "44": ["", "93458 59"], "45": ["", "2026-01-06"],
    "46": ["3", "1"], "47": ["900", "4100.50"], "48": ["", "10"],
}  # fmt: skip


def test_every_locator_finds_its_field() -> None:
    claim = InstitutionalClaim.from_ub04(FIELDS)
    assert (claim.bill_type, claim.discharge_status, claim.drg) == ("0137", "01", "291")
    assert claim.statement_dates == DateRange(date(2026, 1, 5), date(2026, 1, 8))
    assert claim.admission == datetime.fromisoformat("2026-01-05T08:00")
    assert claim.discharge_time == time(14)
    assert (claim.release_of_information, claim.benefits_assigned) == ("I", "N")
    assert claim.condition_codes == ("C1", "C2")
    assert claim.occurrences[0].date == date(2026, 1, 4)
    assert claim.occurrence_spans[0].dates == DateRange(date(2026, 1, 6), date(2026, 1, 7))
    assert (claim.value_codes[0].code, claim.value_codes[0].amount) == ("80", Decimal(3))
    assert claim.accident is not None
    assert claim.accident.state == "IL"
    references = claim.references
    assert (references.medical_record, references.prior_authorization) == ("MR-7", "AUTH")
    assert references.payer_claim_number == "DCN1"
    assert claim.notes[0].text == "NOTE"


def test_codes_carry_what_stands_beside_them() -> None:
    claim = InstitutionalClaim.from_ub04(FIELDS)
    assert [(str(each.code), each.present_on_admission) for each in claim.diagnoses] == [
        ("I5020", "Y"), ("E1165", "N"), ("I10", None),
    ]  # fmt: skip
    assert (claim.admitting_diagnosis, claim.reasons_for_visit) == ("R079", ("R0602",))
    assert [each.code for each in claim.external_causes] == ["W19XXXA"]
    assert [(str(each.code), each.date) for each in claim.procedures] == [
        ("02703DZ", date(2026, 1, 6)), ("4A023N7", None),
    ]  # fmt: skip


def test_providers_and_people_are_taken_apart() -> None:
    claim = InstitutionalClaim.from_ub04(FIELDS)
    biller = claim.billing_provider
    assert (biller.organization, biller.npi, biller.tax_id) == ("MERCY HOSPITAL", "1467890129", "870000001")
    assert (biller.taxonomy, biller.contacts[0].phone) == ("282N00000X", "6185550100")
    assert claim.attending_provider is not None
    assert (claim.attending_provider.last_name, claim.attending_provider.npi) == ("OKAFOR", "1730000019")
    assert claim.operating_physician is not None
    assert (claim.operating_physician.last_name, claim.other_operating_physician) == (None, None)
    assert (claim.subscriber.last_name, claim.subscriber.member_id) == ("DOE", "1S00E00AA06")
    assert claim.payer.payer_id == "12345"


def test_the_patient_may_be_another_than_the_insured() -> None:
    claim = InstitutionalClaim.from_ub04(FIELDS | {"58": "DOE, JOHN", "59": "01"})
    assert claim.dependent is not None
    assert (claim.subscriber.first_name, claim.dependent.first_name) == ("JOHN", "JANE")
    assert claim.dependent.relationship == "01"


def test_lines_are_revenue_lines() -> None:
    first, second = InstitutionalClaim.from_ub04(FIELDS).lines
    assert (first.revenue_code, first.procedure, first.quantity, first.charge) == (
        "0120", None, Decimal(3), Decimal(900),
    )  # fmt: skip
    assert second.procedure is not None
    assert (second.procedure.code, second.procedure.modifiers) == ("93458", ("59",))
    assert (second.service_date, second.non_covered) == (date(2026, 1, 6), Decimal(10))


@pytest.mark.parametrize(("said", "stated"), [("941.50", None), ("941.00", Decimal("941.00"))])
def test_revenue_code_0001_is_the_total_and_no_line(said: str, stated: Decimal | None) -> None:
    lines = {"42": ["0120", "0250", "0001"], "46": ["3", "1", ""], "47": ["900", "41.50", said]}
    claim = InstitutionalClaim.from_ub04(LEAST | lines)
    assert [line.revenue_code for line in claim.lines] == ["0120", "0250"]
    assert (claim.total, claim.stated_total) == (Decimal("941.50"), stated)
    assert len(check(claim, select=("CLM02",)).findings) == (stated is not None)


def test_a_service_under_0001_is_kept_and_found() -> None:
    claim = InstitutionalClaim.from_ub04(LEAST | {"42": "0001", "44": "93458"})
    assert [line.charge for line in claim.lines] == [Decimal(900)]
    assert [each.location.path for each in check(claim, select=("CLM81",))] == ["lines[0].revenue_code"]


def test_the_least_that_a_form_holds() -> None:
    claim = InstitutionalClaim.from_ub04(LEAST | {"6": "2026-01-05"})
    assert claim.statement_dates == DateRange(date(2026, 1, 5), date(2026, 1, 5))
    assert (claim.admission, claim.discharge_time, claim.principal_procedure) == (None, None, None)
    assert claim.billing_provider.tax_id is None


def test_locator_66_says_which_icd() -> None:
    claim = InstitutionalClaim.from_ub04(LEAST | {"66": "9", "67": "428.0 Y", "74": "37.22"})
    assert type(claim.principal_diagnosis.code) is Icd9Cm
    assert claim.principal_procedure is not None
    assert type(claim.principal_procedure.code) is Icd9CmProcedure


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"99": "x"}, "box 99: no box of this form"),
        ({"3a": 7}, "box 3a: must be text, not int"),
        ({"42": ["0120", "0250"]}, "box 47: expected 2 lines, not 1"),
    ],
)
def test_a_wrong_locator_is_named(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(VisitError) as caught:
        InstitutionalClaim.from_ub04(LEAST | fields)
    assert str(caught.value).startswith(message)


def test_all_missing_locators_are_named_at_once() -> None:
    with pytest.raises(VisitError) as caught:
        InstitutionalClaim.from_ub04({})
    assert str(caught.value).splitlines() == [
        f"box {each}: missing" for each in ("3a", "4", "6", "17", "67", "42", "47")
    ]
