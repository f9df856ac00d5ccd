"""A constructor that is called with a field it does not have says which one was meant."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from medcode.claims import model, x12
from medcode.claims.model.spelling import OTHER_WORDS, field_hint
from medcode.edits.limits import Frequency
from medcode.edits.mce import Stay
from medcode.edits.oce import BillLine, OutpatientBill
from medcode.edits.own.policy import PayerRules, Policy
from medcode.edits.tables import Tables
from medcode.errors import VisitError

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = [each for name in model.__all__ if isinstance(each := getattr(model, name), type) and attrs.has(each)]
OTHERS = (x12.Envelope, Stay, OutpatientBill, BillLine, Tables, Frequency, Policy, PayerRules)


@pytest.mark.parametrize(
    ("part", "values", "message"),
    [
        (
            model.Provider,
            {"name": "CLINIC"},
            "Provider has no field 'name'; use organization, or last_name and first_name",
        ),
        (model.ProfessionalLine, {"charge": 1, "modifiers": ["25"]}, "use procedure=Procedure"),
        (model.InstitutionalClaim, {"bill_type": "0111"}, "use facility_type and frequency"),
        (model.Subscriber, {"last_nam": "DOE"}, "did you mean last_name?"),
        (model.Address, {"line1": "1 OAK ST", "bzzt": ""}, "Address has no field 'bzzt'$"),
    ],
)
def test_the_field_that_was_meant_is_named(part: Any, values: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        part(**values)


def test_other_wrong_calls_say_what_they_said() -> None:
    with pytest.raises(
        TypeError, match="takes no field without its name; give the others by name: organization="
    ):
        model.Subscriber("DOE")  # type: ignore[call-arg]  # the point of the test
    with pytest.raises(TypeError, match="has no field 'gender'; use sex"):
        model.Subscriber(last_name="DOE").evolve(gender="F")
    with pytest.raises(VisitError, match="dob: unknown field; use birth_date"):
        model.ProfessionalClaim.from_dict({"subscriber": {"dob": "2000-01-01"}})


def test_every_row_helps_with_some_part_and_is_no_field_there() -> None:
    names = [{field.name for field in attrs.fields(part)} for part in (*PARTS, *OTHERS)]
    for word, rows in OTHER_WORDS.items():
        for place, (needed, hint) in enumerate(rows):
            earlier = [fields for fields, _ in rows[:place]]
            helped = [
                fields for fields in names
                if fields >= needed and word not in fields and not any(fields >= each for each in earlier)
            ]  # fmt: skip
            assert helped, (word, hint)
            assert all(field_hint(word.upper(), fields) == f"; {hint}" for fields in helped), word


MEANT = {
    "ProfessionalClaim": {
        "subscriber": "patient patient_name insured member policyholder",
        "billing_provider": "provider billing biller billing_npi",
        "payer": "insurance insurer payor insurance_company plan health_plan carrier",
        "diagnoses": "dx icd10 icd diagnosis diagnosis_codes dx_codes icd_codes",
        "lines": "service_lines charges items procedures line_items services cpt_codes procedure_codes total total_charge total_charges claim_amount date_of_service service_date dos",
        "control_number": "claim_id account_number patient_account_number claim_number id number pcn",
        "place_of_service": "pos place facility_code",
        "rendering_provider": "rendering rendering_npi doctor physician performing_provider treating_provider",
        "referring_provider": "referring referring_physician",
        "supervising_provider": "supervising",
        "service_facility": "facility service_location location",
        "accepts_assignment": "assignment accept_assignment",
        "benefits_assigned": "assignment_of_benefits",
        "provider_signature": "signature_on_file sof provider_signature_on_file",
        "release_of_information": "roi",
        "frequency": "claim_frequency frequency_code frequency_type resubmission_code",
        "references": "prior_auth prior_authorization prior_authorization_number auth_number authorization referral_number original_reference_number original_claim_number payer_claim_number icn clia clia_number medical_record_number mrn",
        "dates": "accident_date onset_date admission_date date_of_accident",
        "other_payers": "other_insurance secondary_payer cob other_payer secondary",
        "patient_paid": "amount_paid patient_amount_paid copay",
        "note": "notes",
        "attachments": "attachment paperwork",
        "accident": "employment_related auto_accident related_causes",
        "dependent": "child",
    },
    "InstitutionalClaim": {
        "facility_type": "bill_type type_of_bill tob place_of_service",
        "statement_dates": "statement_from statement_period from_date through_date statement_date discharge_date",
        "admission": "admit_date admission_date",
        "admission_type": "admit_type priority type_of_admission",
        "admission_source": "admit_source source_of_admission point_of_origin",
        "discharge_status": "patient_status discharge_code status patient_discharge_status",
        "discharge_time": "discharge_hour",
        "attending_provider": "attending attending_physician",
        "operating_physician": "operating surgeon",
        "principal_diagnosis": "principal principal_dx primary_diagnosis diagnoses diagnosis",
        "other_diagnoses": "secondary_diagnoses other_dx secondary",
        "admitting_diagnosis": "admitting admit_dx admitting_dx",
        "reasons_for_visit": "reason_for_visit",
        "external_causes": "external_cause ecodes",
        "principal_procedure": "procedures icd_procedures principal_px",
        "other_procedures": "secondary_procedures",
        "occurrences": "occurrence_codes",
        "occurrence_spans": "occurrence_span_codes",
        "value_codes": "values",
        "condition_codes": "conditions condition",
        "drg": "drg_code ms_drg",
        "patient_due": "patient_responsibility",
        "lines": "service_lines revenue_lines",
        "subscriber": "patient",
        "billing_provider": "provider",
    },
    "DentalClaim": {
        "lines": "teeth",
        "tooth_status": "missing_teeth",
        "orthodontics": "ortho",
        "diagnoses": "dx",
        "service_date": "date dos date_of_service",
        "place_of_service": "pos",
        "notes": "note",
        "predetermination": "predetermination_number",
        "assistant_surgeon": "assistant",
    },
    "ProfessionalLine": {
        "procedure": "modifier modifiers mods cpt hcpcs procedure_code code cpt_code hcpcs_code description",
        "charge": "amount price charges charge_amount billed billed_amount fee",
        "quantity": "units unit_count qty count days minutes",
        "service_date": "date dos date_of_service from_date service_from start_date",
        "diagnosis_pointers": "pointers dx_pointers diagnosis_pointer pointer dx diagnoses diagnosis",
        "place_of_service": "pos",
        "drug": "ndc ndc_code",
        "rendering_provider": "rendering rendering_npi",
        "emergency": "emg",
        "control_number": "line_number",
        "unit": "unit_of_measure uom",
        "references": "prior_authorization",
        "ordering_provider": "ordering",
        "note": "notes line_note",
        "attachments": "attachment",
    },
    "InstitutionalLine": {
        "revenue_code": "revenue rev_code rev",
        "procedure": "modifiers hcpcs cpt code procedure_code",
        "quantity": "units qty",
        "charge": "amount charges total_charge rate",
        "non_covered": "noncovered non_covered_charges noncovered_charges",
        "service_date": "date dos",
        "drug": "ndc",
        "unit": "uom",
    },
    "DentalLine": {
        "teeth": "tooth tooth_number tooth_numbers surface surfaces",
        "procedure": "cdt cdt_code code procedure_code",
        "oral_cavity": "quadrant area_of_oral_cavity arch",
        "charge": "fee amount",
        "service_date": "date",
        "quantity": "units",
        "prosthesis": "prosthesis_type",
        "place_of_service": "pos",
        "diagnosis_pointers": "pointers",
    },
    "Subscriber": {
        "last_name": "name surname lastname family_name family last",
        "first_name": "firstname given_name given first",
        "middle_name": "middle middle_initial",
        "birth_date": "dob birthdate date_of_birth birthday",
        "sex": "gender",
        "member_id": "id subscriber_id policy_number insured_id medicare_id mbi hicn insurance_id identifier",
        "ssn": "social_security_number",
        "group_number": "group group_id policy_group",
        "group_name": "plan_name",
        "claim_filing": "filing_indicator claim_filing_indicator claim_filing_code filing_code",
        "insurance_type": "insurance_kind",
        "payer_responsibility": "responsibility sequence",
        "contacts": "phone telephone",
        "address": "street line1 city zip state",
        "dependent": "relationship",
        "death_date": "date_of_death",
    },
    "Dependent": {
        "last_name": "name",
        "birth_date": "dob",
        "sex": "gender",
        "relationship": "relation relationship_to_subscriber relationship_code",
        "patient_id": "member_id id",
        "contacts": "phone",
        "address": "city",
    },
    "Provider": {
        "organization": "name org organization_name organisation business_name company practice facility",
        "tax_id": "ein tin taxid employer_id ssn",
        "taxonomy": "taxonomy_code specialty",
        "npi": "provider_npi id national_provider_identifier",
        "contacts": "phone contact telephone email fax",
        "address": "zip street city state address1",
        "first_name": "first",
        "last_name": "last",
        "suffix": "credentials",
        "identifiers": "license license_number upin",
        "pay_to_address": "pay_to",
    },
    "Payer": {
        "organization": "name payer_name plan_name",
        "payer_id": "id payor_id payerid identifier number naic",
        "address": "zip",
    },
    "Address": {
        "line1": "street address address1 address_1 street1",
        "line2": "address2 street2 address_2 apt suite",
        "zip": "zip_code zipcode postal_code postcode",
        "state": "province region",
        "country": "country_code",
        "city": "town",
    },
    "Contact": {
        "phone": "telephone tel phone_number telephone_number mobile",
        "extension": "ext",
        "fax": "fax_number",
        "email": "email_address mail",
        "name": "full_name contact_name",
    },
    "Procedure": {
        "modifiers": "modifier mods mod",
        "code": "cpt hcpcs procedure_code procedure",
        "description": "desc title",
        "qualifier": "type",
    },
    "Diagnosis": {
        "present_on_admission": "poa present poa_indicator",
        "code": "icd10 icd dx diagnosis diagnosis_code",
    },
    "Drug": {
        "code": "ndc ndc_code",
        "quantity": "qty units",
        "unit": "uom unit_of_measure measure",
        "prescription_number": "rx_number prescription",
    },
    "Attachment": {
        "report_type": "type report_type_code",
        "transmission": "transmission_code method",
        "control_number": "acn number attachment_control_number",
    },
    "Adjustment": {
        "group": "group_code",
        "reason": "carc reason_code code",
        "amount": "adjustment_amount value",
        "quantity": "units",
    },
    "OtherPayer": {
        "payer": "name insurer",
        "paid": "amount_paid payer_paid paid_amount",
        "payer_responsibility": "sequence responsibility",
        "subscriber": "member other_subscriber",
        "adjustments": "cas",
        "relationship": "relation",
        "group_number": "group",
        "claim_filing": "filing_indicator",
        "claim_number": "icn payer_claim_number",
        "remittance_date": "payment_date date adjudication_date",
        "remaining_liability": "patient_responsibility",
    },
    "LineAdjudication": {
        "payer_id": "payer",
        "paid": "amount paid_amount amount_paid",
        "adjustments": "cas",
        "quantity": "units",
        "procedure": "code",
        "remaining_liability": "patient_responsibility",
        "date": "payment_date",
    },
    "InpatientProcedure": {
        "code": "procedure pcs icd10pcs",
        "date": "service_date procedure_date on",
    },
    "Occurrence": {
        "date": "on occurrence_date",
        "code": "occurrence_code",
    },
    "OccurrenceSpan": {
        "dates": "date from_date start",
    },
    "ValueAmount": {
        "amount": "value value_amount",
        "code": "value_code",
    },
    "DateRange": {
        "start": "from_date begin from_",
        "end": "to through to_date thru",
    },
    "Tooth": {
        "number": "code tooth id",
        "surfaces": "surface",
    },
    "ToothStatus": {
        "number": "code tooth",
        "status": "state",
    },
    "Note": {
        "text": "note description",
        "type": "code kind",
    },
    "Accident": {
        "causes": "cause type related_causes",
        "state": "auto_state",
    },
    "Ambulance": {
        "distance": "miles mileage",
        "reason": "transport_reason",
        "patient_weight": "weight",
        "pick_up": "pickup pickup_location origin",
        "drop_off": "dropoff destination",
    },
    "ClaimDates": {
        "accident": "accident_date",
        "onset": "onset_date date_of_onset illness",
        "admission": "admission_date admit",
        "discharge": "discharge_date",
        "last_menstrual_period": "lmp",
        "last_seen": "last_seen_date",
    },
    "ClaimReferences": {
        "prior_authorization": "prior_auth prior_authorization_number authorization auth_number",
        "referral": "referral_number",
        "payer_claim_number": "icn original_claim_number original_reference_number dcn claim_number",
        "medical_record": "mrn medical_record_number",
        "clia": "clia_number",
    },
    "Submitter": {
        "organization": "name",
        "contacts": "contact phone",
        "id": "etin",
    },
    "Receiver": {
        "organization": "name",
        "id": "payer_id",
    },
    "Envelope": {
        "sender": "sender_id submitter_id isa06 isa_id",
        "receiver": "isa08",
        "control_number": "interchange_control_number isa13 icn number",
        "usage": "test production usage_indicator",
        "created": "date created_at timestamp datetime",
        "delimiters": "separator element_separator segment_terminator",
        "convention": "version guide",
        "line_end": "newline",
        "group_control_number": "group_number",
        "transaction_control_number": "st_control_number",
    },
    "Stay": {
        "discharge_date": "date discharge date_of_discharge through_date",
        "principal": "principal_diagnosis principal_dx pdx primary_dx dx diagnoses",
        "secondary": "secondary_diagnoses other_diagnoses sdx",
        "procedures": "pcs px procedure icd_procedures",
        "age": "dob birth_date years",
        "sex": "gender",
        "discharge_status": "patient_status status",
        "length_of_stay": "los days",
        "admitting": "admit_dx admitting_diagnosis",
    },
    "OutpatientBill": {
        "bill_type": "tob type_of_bill facility_type",
        "from_date": "start statement_from statement_dates",
        "through_date": "end to_date thru_date",
        "principal": "principal_diagnosis pdx dx",
        "secondary": "secondary_diagnoses",
        "reasons_for_visit": "reason_for_visit",
        "condition_codes": "conditions condition",
        "value_codes": "values",
        "receipt_date": "received",
        "opps": "pps",
        "lines": "items services",
        "sex": "gender",
    },
    "BillLine": {
        "service_date": "date dos",
        "revenue_code": "rev revenue",
        "hcpcs": "cpt code procedure",
        "units": "quantity qty",
        "charge": "amount price",
        "modifiers": "modifier mods",
    },
    "Tables": {
        "ptp_practitioner": "ncci ptp",
        "mue_practitioner": "mue mues",
        "add_on": "aoc add_ons",
        "fee_schedule": "fees mpfs pprrvu",
        "poa_exempt": "poa",
        "procedure_ages": "ages",
        "policies": "lcd ncd policy",
        "payer_rules": "payers rules",
        "procedure_drugs": "ndc crosswalk",
        "necessity": "medical_necessity",
        "procedure_places": "pos",
        "oce": "ioce pyoce",
    },
    "Frequency": {"count": "number times limit", "months": "years month"},
    "Policy": {
        "codes": "cpt hcpcs procedures",
        "diagnoses": "dx icd covered",
        "excluded": "not_covered",
        "payers": "payer payer_id",
        "start": "effective_date from_date",
        "end": "to_date expires",
        "ages": "age",
        "places": "pos",
        "modifiers": "modifier",
    },
    "PayerRules": {
        "payers": "payer",
        "days": "timely_filing filing_limit",
        "corrected_days": "corrected",
        "required": "fields",
    },
}
"""What people write, by the field that they mean."""


def test_what_people_write_leads_to_the_field() -> None:
    parts: dict[str, Any] = {part.__name__: part for part in (*PARTS, *OTHERS)}
    for name, fields in MEANT.items():
        part = parts[name]
        for field, words in fields.items():
            for word in words.split():
                with pytest.raises(TypeError, match=f"^{name} has no field '{word}'; .*{field}"):
                    part(**{word: "X"})


def test_the_box_of_the_paper_form_is_named() -> None:
    calls: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: build(model.ProfessionalClaim, dx=["E11.9"]), "use diagnoses (CMS-1500 box 21)"),
        (lambda: build(model.InstitutionalLine, rev="0450"), "use revenue_code (UB-04 box 42)"),
        (lambda: build(model.ProfessionalClaim, icn="1"), "payer_claim_number=…) (CMS-1500 box 22)"),
        (lambda: build(model.Provider, ein="1"), "use tax_id (of the billing provider: CMS-1500 box 25, "),
        (lambda: build(model.ProfessionalLine, charge=1), "needs procedure (CMS-1500 box 24D)"),
        (lambda: build(model.Address), "Address needs line1"),
        (lambda: build(model.Subscriber, birth_date=5), "birth_date (CMS-1500 box 3, UB-04 box 10, ADA form box 13): "),
        (lambda: build(model.ProfessionalLine, procedure=5, charge=1), "procedure (CMS-1500 box 24D): Procedure.code must be "),
    )  # fmt: skip
    for call, message in calls:
        with pytest.raises(TypeError, match=re.escape(message)):
            call()
    with pytest.raises(VisitError, match=re.escape("dx: unknown field; use diagnoses (CMS-1500 box 21)")):
        model.ProfessionalClaim.from_dict({"dx": "E11.9"})


def build(part: Any, *values: Any, **named: Any) -> object:
    return part(*values, **named)


def test_stays_and_bills_take_what_people_have() -> None:
    stay: Any = build(
        Stay,
        discharge_date="2026-01-05",
        principal="I10",
        secondary="E11.9",
        age="70",
        discharge_status=1,
    )
    assert (stay.discharge_date, stay.secondary, stay.age, stay.discharge_status) == (
        date(2026, 1, 5), ("E11.9",), 70, "01",
    )  # fmt: skip
    assert build(BillLine, modifiers="25") == build(BillLine, modifiers=["25"])
    calls: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: build(Stay, discharge_date="soon", principal="I10"), "Stay.discharge_date: a day must be a date"),
        (lambda: build(Stay, principal="I10"), "Stay needs discharge_date"),
        (lambda: build(Stay, discharge_date="20260105", principal="I10", secondary=5), "Stay.secondary: expected a list, not int"),
        (lambda: build(OutpatientBill, bill_type="131"), "OutpatientBill needs from_date, through_date"),
        (lambda: build(Tables, polices=()), "Tables has no field 'polices'; did you mean policies?"),
    )  # fmt: skip
    for call, message in calls:
        with pytest.raises(TypeError, match=re.escape(message)):
            call()


def test_one_modifier_may_be_text() -> None:
    assert model.Procedure("99213", "25") == model.Procedure("99213", ["25"])
    assert model.Procedure("20610", "LT, 59").modifiers == ("LT", "59")


def test_fields_without_their_names() -> None:
    calls: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: build(model.ProfessionalLine, "99213", "100"), "ProfessionalLine takes no field without its name; give the others by name: charge=, service_date=, control_number=, ..."),
        (lambda: build(model.ProfessionalLine, "99213", "100", modifier="25"), "ProfessionalLine has no field 'modifier'; use procedure=Procedure(code, modifiers) (CMS-1500 box 24D)"),
        (lambda: build(model.Address, *"abcde"), "Address takes only line1, city, state, zip without a name; give the others by name: line2=, country=, subdivision="),
    )  # fmt: skip
    for call, message in calls:
        with pytest.raises(TypeError) as caught:
            call()
        assert str(caught.value) == message
