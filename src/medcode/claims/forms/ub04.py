"""Institutional claims by the form locators of the UB-04 (CMS-1450).

A locator holds what people write in it: `"67": "I50.20 Y"` (a diagnosis and whether it was present
on admission), `"31": "11 2026-01-05"`, `"76": "1234567893 OKAFOR, DANA"`. Locators that repeat on
the form take a list, and the columns of 42 to 48 a list with a text for each line. Revenue code 0001
is the form's line of the total and no service.

Source: CMS, Medicare Claims Processing Manual, Pub. 100-04, chapter 25 (facts only).

>>> fields = {"3a": "7", "4": "0111", "6": "2026-01-05 - 2026-01-08", "17": "01", "67": "I50.20 Y",
...           "42": ["0120", "0250", "0001"], "46": ["3", "1", ""], "47": ["900", "41.50", "941.50"]}
>>> claim = from_ub04(fields)
>>> claim.bill_type, claim.principal_diagnosis, claim.total
('0111', Diagnosis(code=Icd10Cm('I50.20'), present_on_admission='Y'), Decimal('941.50'))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.forms.boxes import Boxes, address, days, name, party
from medcode.claims.model import (
    Accident,
    ClaimReferences,
    Dependent,
    Diagnosis,
    InpatientProcedure,
    InstitutionalClaim,
    InstitutionalLine,
    Note,
    Occurrence,
    OccurrenceSpan,
    Payer,
    Procedure,
    Provider,
    Subscriber,
    ValueAmount,
)
from medcode.claims.model.base import money
from medcode.claims.model.institutional import TOTAL_LINE
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import Icd10Pcs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["from_ub04"]

_OTHER_DIAGNOSES = [f"67{letter}" for letter in "ABCDEFGHIJKLMNOPQ"]
_REASONS = ["70a", "70b", "70c"]
_CAUSES = ["72a", "72b", "72c"]
_PROCEDURES = ["74", "74a", "74b", "74c", "74d", "74e"]
_COLUMNS = ["42", "44", "45", "46", "47", "48"]
_KNOWN = (
    "1", "3a", "3b", "4", "5", "6", "8b", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "29", "31", "35",
    "39", "50", "51", "52", "53", "56", "58", "59", "60", "61", "62", "63", "64", "66", "67", *_OTHER_DIAGNOSES, "69",
    *_REASONS, "71", *_CAUSES, *_PROCEDURES, "76", "77", "78", "80", "81", *_COLUMNS,
)  # fmt: skip
_SELF = "18"
_BILL = 4  # digits of a type of bill, its leading zero included


def from_ub04(fields: Mapping[str, Any]) -> InstitutionalClaim:
    """Make a claim of the locators of a UB-04; VisitError names every one that is wrong.

    Condition codes all go under 18, occurrences under 31, spans under 35 and value codes under 39.
    """
    form = Boxes(fields, _KNOWN)
    for field in ("3a", "4", "6", "17", "67", "42", "47"):
        if field not in form:
            form.report(field, "missing")
    claim = _claim(form)
    form.finish()
    return claim


def _claim(form: Boxes) -> InstitutionalClaim:
    subscriber, dependent = _people(form)
    bill = (form.text("4") or "").zfill(_BILL)
    procedures = [_procedure(form, field) for field in _PROCEDURES if form.text(field)]
    rows = _rows(form)
    claim = InstitutionalClaim(
        control_number=form.text("3a") or "",
        billing_provider=_billing(form),
        subscriber=subscriber,
        dependent=dependent,
        payer=Payer(organization=form.text("50"), payer_id=form.text("51")),
        facility_type=bill[1:3],
        frequency=bill[3:],
        statement_dates=_period(form.text("6")),
        release_of_information=form.text("52") or "Y",
        benefits_assigned=form.text("53") or "Y",
        admission=_moment(form.text("12"), form.text("13")),
        admission_type=form.text("14"),
        admission_source=form.text("15"),
        discharge_time=_clock(form.text("16")),
        discharge_status=form.text("17") or "",
        condition_codes=form.column("18"),
        accident=Accident(state=state) if (state := form.text("29")) else None,
        occurrences=[Occurrence(*_pair(each)) for each in form.column("31")],
        occurrence_spans=[
            OccurrenceSpan(code, _period(text)) for code, text in map(_pair, form.column("35"))
        ],
        value_codes=[ValueAmount(*_pair(each)) for each in form.column("39")],
        principal_diagnosis=_diagnosis(form, form.text("67") or ""),
        other_diagnoses=[_diagnosis(form, text) for field in _OTHER_DIAGNOSES if (text := form.text(field))],
        admitting_diagnosis=_diagnosis(form, text).code if (text := form.text("69")) else None,
        reasons_for_visit=[_diagnosis(form, text).code for field in _REASONS if (text := form.text(field))],
        external_causes=[_diagnosis(form, text) for field in _CAUSES if (text := form.text(field))],
        drg=form.text("71"),
        principal_procedure=procedures[0] if procedures else None,
        other_procedures=procedures[1:],
        references=ClaimReferences(
            medical_record=form.text("3b"),
            prior_authorization=form.text("63"),
            payer_claim_number=form.text("64"),
        ),
        attending_provider=_provider(form, "76"),
        operating_physician=_provider(form, "77"),
        other_operating_physician=_provider(form, "78"),
        notes=[Note(note)] if (note := form.text("80")) else [],
        lines=[_line(row) for row in rows if not _is_total(row)],
    )
    stated = next((money(row.get("47", "")) for row in rows if _is_total(row)), None)
    return claim.evolve(stated_total=None if stated == claim.total else stated)


def _people(form: Boxes) -> tuple[Subscriber, Dependent | None]:
    patient: dict[str, Any] = {
        **name(form.text("8b")),
        "birth_date": form.text("10"),
        "sex": form.text("11"),
        "address": address(form.text("9")),
    }
    insured: dict[str, Any] = {
        "member_id": form.text("60"),
        "group_name": form.text("61"),
        "group_number": form.text("62"),
    }
    relationship = form.text("59") or _SELF
    if relationship == _SELF:
        return Subscriber(**patient, **insured), None
    return Subscriber(**name(form.text("58")), **insured), Dependent(relationship=relationship, **patient)


def _billing(form: Boxes) -> Provider:
    who, where, contact = party(form.text("1"))
    taxonomy = form.text("81")
    return Provider(
        organization=who,
        address=where,
        contacts=[contact] if contact else [],
        npi=form.text("56"),
        tax_id=(form.text("5") or "").replace("-", "") or None,
        taxonomy=taxonomy and taxonomy.removeprefix("B3").strip(),
    )


def _diagnosis(form: Boxes, text: str) -> Diagnosis:
    """Read a code and, after it, whether it was present; locator 66 says 9 for ICD-9-CM."""
    code, present = _pair(text)
    kind = Icd9Cm if form.text("66") == "9" else Icd10Cm
    return Diagnosis(kind.parse(code), present_on_admission=present or None)


def _procedure(form: Boxes, field: str) -> InpatientProcedure:
    code, day = _pair(form.text(field) or "")
    kind = Icd9CmProcedure if form.text("66") == "9" else Icd10Pcs
    return InpatientProcedure(kind.parse(code), day or None)


def _provider(form: Boxes, field: str) -> Provider | None:
    npi, who = _pair(form.text(field) or "")
    return Provider(npi=npi, **name(who)) if npi else None


def _pair(text: str) -> tuple[str, str]:
    first, _, rest = text.strip().partition(" ")
    return first, rest.strip()


def _period(text: str | None) -> Any:
    found = days(text)
    return found if isinstance(found, tuple) else (found or "", found or "")


def _clock(hour: str | None) -> str | None:
    """Return a time of day; the form has only the hour."""
    return f"{hour.zfill(2)}00" if hour else None


def _moment(day: str | None, hour: str | None) -> str | None:
    return f"{day.replace('-', '')}{_clock(hour) or ''}" if day else None


def _rows(form: Boxes) -> list[dict[str, str]]:
    columns = {column: form.column(column) for column in _COLUMNS}
    count = max(map(len, columns.values()))
    for column, texts in columns.items():
        if texts and len(texts) != count:
            form.report(column, f"expected {count} lines, not {len(texts)}")
            columns[column] = []
    return [{c: texts[number] for c, texts in columns.items() if texts} for number in range(count)]


def _is_total(row: Mapping[str, str]) -> bool:
    """Whether a row is the total; a row with a procedure is a service with a wrong code."""
    return row.get("42") == TOTAL_LINE and not row.get("44")


def _line(row: Mapping[str, str]) -> InstitutionalLine:
    code, *modifiers = row.get("44", "").split() or [""]
    return InstitutionalLine(
        revenue_code=row.get("42", ""),
        procedure=Procedure(code, modifiers) if code else None,
        service_date=days(row.get("45")),
        quantity=row.get("46") or 1,
        charge=row.get("47", ""),
        non_covered=row.get("48") or None,
    )
