"""The field that was meant by a name the model does not have: by another word for it, or by its spelling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from medcode.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OTHER_WORDS", "boxed", "field_hint", "wrong_call"]

_ADDRESS = "use address=Address(line1, city, state, zip)"
_BILL = "use facility_type and frequency: bill 0111 is '11' and '1'"
_CONTACTS = "use contacts=[Contact(name, phone)]"
_DATE = "use dates=ClaimDates(…)"
_LINES = "use lines: each has its own procedure and service_date"
_NAME = "use organization, or last_name and first_name"
_PATIENT = "use subscriber, and dependent where the patient is not the subscriber"
_PERIOD = "use statement_dates=DateRange(start, end)"
_PROCEDURE = "use procedure=Procedure(code, modifiers)"
_REFERENCE = "use references=ClaimReferences(…)"
_TEETH = "use teeth=[Tooth(number, surfaces)]"
_TOTAL = "the total is the sum of the lines"

# The fields that a class must have for the row to hold, the hint (empty: to use the first of them), and what people call it.
# Of several rows for a word the first that holds is taken.
_ROWS: tuple[tuple[str, str, str], ...] = (
    # people and organizations
    ("subscriber dependent", _PATIENT, "patient patient_name insured member policyholder"),
    ("subscriber dependent", "use dependent", "child spouse"),
    ("payer subscriber payer_responsibility", "use payer=Payer(organization=…)", "name payer_name insurer"),
    ("organization last_name", _NAME, "name business_name"),
    ("group_name", "", "plan_name"),
    ("organization", "", "name org organization_name company practice payer_name plan_name facility"),
    ("last_name", "", "surname family family_name last lastname"),
    ("first_name", "", "given given_name first firstname"),
    ("middle_name", "", "middle middle_initial"),
    ("suffix", "", "credentials title"),
    ("birth_date", "", "dob date_of_birth birthday birthdate"),
    ("death_date", "", "date_of_death dod"),
    ("sex", "use sex: F, M or U", "gender"),
    ("ssn", "", "social_security_number social_security"),
    ("member_id", "", "id subscriber_id policy_number policy insured_id insurance_id identifier medicare_id mbi hicn"),
    ("patient_id", "", "id member_id"),
    ("group_number", "", "group group_id policy_group"),
    ("payer_responsibility", "use payer_responsibility: P, S or T", "responsibility sequence payer_sequence"),
    ("member_id payer_responsibility", "the subscriber is self: use dependent for another patient", "relationship"),
    ("claim_filing", "", "filing filing_code filing_indicator claim_filing_code claim_filing_indicator"),
    ("relationship", "", "relation relationship_code relationship_to_subscriber relationship_to_insured"),
    ("npi tax_id", "use npi", "id provider_npi national_provider_identifier"),
    ("tax_id", "", "ein tin taxid employer_id ssn"),
    ("taxonomy", "", "taxonomy_code specialty"),
    ("pay_to_address", "", "pay_to"),
    ("identifiers", "use identifiers=[Identifier(qualifier, value)]", "license license_number upin secondary_id"),
    ("contacts", _CONTACTS, "contact phone phone_number telephone tel email fax"),
    ("address", _ADDRESS, "street line1 address1 city town state zip zip_code zipcode postal_code"),
    ("phone", "", "telephone tel phone_number telephone_number mobile"),
    ("extension", "", "ext"),
    ("fax", "", "fax_number"),
    ("email", "", "email_address mail"),
    ("name phone", "", "contact_name full_name"),
    ("line1", "", "address street street1 address1 address_1 address_line1"),
    ("line2", "", "street2 address2 address_2 address_line2 apt apartment suite"),
    ("zip", "", "zip_code zipcode postal_code postcode"),
    ("city", "", "town"),
    ("state", "", "province region"),
    ("payer_id", "", "id number identifier payer payor_id payerid naic"),
    ("organization id", "use id", "payer_id etin"),
    # claims
    ("payer lines", "use payer=Payer(organization=…)", "payer_name"),
    ("payer lines", "use payer", "payor insurance insurer insurance_company carrier plan health_plan"),
    ("other_payers", "use other_payers=[OtherPayer(…)]", "other_insurance secondary_payer secondary_insurance cob other_payer"),
    ("other_payers diagnoses", "use other_payers=[OtherPayer(…)]", "secondary"),
    ("billing_provider", "", "provider billing biller billing_npi"),
    ("attending_provider", "", "attending attending_physician"),
    ("rendering_provider", "", "rendering rendering_npi doctor physician performing_provider treating_provider"),
    ("referring_provider", "", "referring referring_physician referring_npi"),
    ("ordering_provider", "", "ordering ordering_physician"),
    ("supervising_provider", "", "supervising supervising_physician"),
    ("operating_physician", "", "operating surgeon"),
    ("assistant_surgeon", "", "assistant"),
    ("service_facility", "", "facility service_location location"),
    ("principal_diagnosis other_diagnoses", "use principal_diagnosis and other_diagnoses",
     "dx diagnoses diagnosis diagnosis_codes dx_codes icd icd10 icd_codes"),
    ("principal_diagnosis", "", "principal principal_dx primary_diagnosis primary_dx"),
    ("other_diagnoses", "", "secondary secondary_dx secondary_diagnoses additional_diagnoses other_dx"),
    ("admitting_diagnosis", "", "admitting admitting_dx admit_dx admit_diagnosis"),
    ("reasons_for_visit", "", "reason_for_visit patient_reason"),
    ("external_causes", "", "external_cause ecodes e_codes"),
    ("principal_procedure other_procedures", "use principal_procedure and other_procedures",
     "procedures icd_procedures pcs principal_px procedure"),
    ("other_procedures", "", "secondary_procedures"),
    ("diagnoses", "", "dx diagnosis diagnosis_codes dx_codes icd icd10 icd_codes"),
    ("facility_type", _BILL, "bill_type type_of_bill tob"),
    ("facility_type", "use facility_type: the first two digits of the type of bill", "place_of_service pos facility_code"),
    ("statement_dates", _PERIOD,
     "statement_from statement_period statement_date from_date through_date thru_date discharge_date statement_through"),
    ("admission lines", "", "admit_date admission_date date_of_admission admit"),
    ("admission_type", "", "admit_type priority type_of_admission priority_of_admission"),
    ("admission_source", "", "admit_source source_of_admission point_of_origin"),
    ("discharge_status", "", "patient_status status discharge_code patient_discharge_status"),
    ("discharge_time", "", "discharge_hour"),
    ("occurrences", "", "occurrence occurrence_codes"),
    ("occurrence_spans", "", "occurrence_span occurrence_span_codes"),
    ("value_codes", "", "values value_code"),
    ("condition_codes", "", "conditions condition condition_code"),
    ("drg", "", "drg_code ms_drg"),
    ("patient_due", "", "patient_responsibility"),
    ("patient_paid", "", "amount_paid patient_amount_paid copay patient_payment"),
    ("orthodontics", "", "ortho"),
    ("tooth_status", "", "missing_teeth missing_tooth"),
    ("tooth_status lines", _LINES, "teeth tooth tooth_number"),
    ("lines", _LINES, "services service_lines line_items items charges procedures procedure_codes cpt_codes revenue_lines"),
    ("lines", _TOTAL, "total total_charge total_charges claim_amount charge_amount amount"),
    ("control_number billing_provider", "use control_number",
     "id number pcn claim_id claim_number account_number patient_control_number patient_account_number"),
    ("place_of_service", "", "pos place facility_code"),
    ("frequency", "", "frequency_code frequency_type claim_frequency claim_frequency_code resubmission_code"),
    ("accepts_assignment", "", "assignment accept_assignment"),
    ("benefits_assigned", "", "assignment_of_benefits aob"),
    ("provider_signature", "", "signature_on_file sof provider_signature_on_file"),
    ("release_of_information", "", "roi"),
    ("accident", "use accident=Accident(causes, state)", "auto_accident employment_related related_causes"),
    ("attachments", "", "attachment paperwork"),
    ("notes", "", "note"),
    ("note", "", "notes line_note comment"),
    ("references billing_provider", f"{_REFERENCE[:-2]}prior_authorization=…)",
     "prior_auth prior_authorization prior_authorization_number auth_number authorization authorization_number"),
    ("references billing_provider", f"{_REFERENCE[:-2]}referral=…)", "referral referral_number"),
    ("references billing_provider", f"{_REFERENCE[:-2]}payer_claim_number=…)",
     "icn dcn payer_claim_number original_claim_number original_reference_number"),
    ("references billing_provider", f"{_REFERENCE[:-2]}medical_record=…)", "mrn medical_record medical_record_number"),
    ("references billing_provider", f"{_REFERENCE[:-2]}clia=…)", "clia clia_number"),
    ("references charge", "use references=LineReferences(…)",
     "prior_auth prior_authorization prior_authorization_number auth_number authorization referral clia clia_number"),
    ("dates lines", f"{_DATE[:-2]}accident=…)", "accident_date date_of_accident"),
    ("dates lines", f"{_DATE[:-2]}onset=…)", "onset_date date_of_onset onset illness_date"),
    ("dates lines", f"{_DATE[:-2]}admission=…)", "admission_date admit_date admission hospitalization"),
    ("dates lines", f"{_DATE[:-2]}discharge=…)", "discharge_date discharge"),
    # lines
    ("procedure charge", _PROCEDURE,
     "modifier modifiers mod mods cpt cpt_code hcpcs hcpcs_code cdt cdt_code code procedure_code description"),
    ("charge", "", "amount price fee charges charge_amount total_charge billed billed_amount rate"),
    ("quantity charge", "use quantity", "units unit_count qty count days minutes"),
    ("quantity", "", "units qty count"),
    ("unit", "", "uom unit_of_measure unit_of_measurement measure"),
    ("service_date", "", "date dos date_of_service from_date service_from start_date"),
    ("lines", _LINES, "date dos date_of_service service_date modifier modifiers cpt hcpcs"),
    ("diagnosis_pointers", "", "pointer pointers diagnosis_pointer dx_pointers dx_pointer dx diagnosis diagnoses"),
    ("emergency", "", "emg"),
    ("revenue_code", "", "revenue rev rev_code"),
    ("non_covered", "", "noncovered noncovered_charges non_covered_charges"),
    ("drug", "use drug=Drug(code, quantity, unit)", "ndc ndc_code"),
    ("teeth", _TEETH, "tooth tooth_number tooth_numbers surface surfaces"),
    ("oral_cavity", "", "quadrant arch area area_of_oral_cavity"),
    ("prosthesis", "", "prosthesis_type"),
    ("control_number charge", "use control_number", "line_number line_id id"),
    # parts
    ("code modifiers", "use modifiers", "modifier mod mods"),
    ("code modifiers", "use code", "cpt hcpcs cdt procedure procedure_code"),
    ("description qualifier", "use description", "desc title text"),
    ("qualifier", "", "type"),
    ("code present_on_admission", "use present_on_admission", "poa present poa_indicator"),
    ("code", "", "icd icd10 dx diagnosis diagnosis_code ndc ndc_code pcs icd10pcs procedure occurrence_code value_code"),
    ("prescription_number", "", "rx rx_number prescription"),
    ("report_type", "", "type report_type_code"),
    ("transmission", "", "method transmission_code"),
    ("control_number report_type", "use control_number", "acn number attachment_control_number"),
    ("group reason", "use group", "group_code"),
    ("reason group", "use reason", "carc code reason_code"),
    ("procedure paid", "use procedure", "code cpt hcpcs procedure_code"),
    ("paid", "", "amount amount_paid paid_amount payer_paid"),
    ("remaining_liability", "", "patient_responsibility"),
    ("adjustments", "", "cas adjustment"),
    ("claim_number payer", "use claim_number", "icn dcn payer_claim_number"),
    ("remittance_date", "", "date payment_date paid_date adjudication_date"),
    ("subscriber payer", "use subscriber", "member insured other_subscriber"),
    ("amount", "", "value adjustment_amount value_amount"),
    ("date", "", "on service_date procedure_date occurrence_date payment_date"),
    ("dates code", "use dates=DateRange(start, end)", "date start end from_date to_date through_date"),
    ("start end", "use start", "from_date from_ begin begins first"),
    ("start end", "use end", "to to_date through through_date thru until last"),
    ("number", "", "code id tooth tooth_number"),
    ("surfaces", "", "surface"),
    ("number status", "use status", "state"),
    ("text type", "use text", "note description"),
    ("type text", "use type", "code kind"),
    ("causes", "", "cause type related_causes"),
    ("distance", "", "miles mileage"),
    ("reason pick_up", "use reason", "transport_reason"),
    ("patient_weight", "", "weight"),
    ("pick_up", "", "pickup pickup_location origin"),
    ("drop_off", "", "dropoff dropoff_location destination"),
    ("onset", "", "onset_date date_of_onset illness illness_date"),
    ("accident onset", "use accident", "accident_date date_of_accident"),
    ("admission onset", "use admission", "admission_date admit admit_date"),
    ("discharge onset", "use discharge", "discharge_date"),
    ("last_menstrual_period", "", "lmp"),
    ("prior_authorization", "", "prior_auth prior_authorization_number auth_number authorization"),
    ("referral", "", "referral_number"),
    ("payer_claim_number", "", "icn dcn claim_number original_claim_number original_reference_number"),
    ("medical_record", "", "mrn medical_record_number"),
    ("clia", "", "clia_number"),
    # stays and bills as an editor takes them, and tables of one's own
    ("discharge_date principal", "use discharge_date", "date discharge date_of_discharge through_date to_date"),
    ("age principal", "use age: whole years on the first day", "dob birth_date birthday years age_years"),
    ("principal secondary", "use principal and secondary", "dx diagnoses diagnosis diagnosis_codes icd icd10 icd_codes"),
    ("principal secondary", "use principal", "principal_diagnosis principal_dx primary primary_diagnosis primary_dx pdx"),
    ("principal secondary", "use secondary", "secondary_diagnoses secondary_dx other_diagnoses other_dx sdx"),
    ("procedures principal", "use procedures", "procedure pcs icd_procedures principal_procedure px"),
    ("admitting", "", "admitting_diagnosis admitting_dx admit_dx admit_diagnosis"),
    ("length_of_stay", "", "los days"),
    ("bill_type", "", "tob type_of_bill facility_type"),
    ("from_date through_date", "", "start start_date statement_from admission_date"),
    ("through_date", "", "to_date thru_date end end_date statement_through discharge_date"),
    ("from_date through_date", "use from_date and through_date", "statement_dates statement_period dates"),
    ("receipt_date", "", "received date_received"),
    ("opps", "", "pps is_opps"),
    ("hcpcs revenue_code", "use hcpcs", "cpt code procedure procedure_code hcpcs_code"),
    ("modifiers hcpcs", "use modifiers", "modifier mod mods"),
    ("units hcpcs", "use units", "quantity qty unit_count"),
    ("ptp_practitioner ptp_outpatient", "use ptp_practitioner or ptp_outpatient", "ncci ptp ptp_edits pairs"),
    ("mue_practitioner mue_outpatient mue_supplier", "use mue_practitioner, mue_outpatient or mue_supplier", "mue mues units"),
    ("add_on", "", "aoc addon add_ons add_on_codes"),
    ("fee_schedule", "", "fees mpfs mpfsdb pprrvu rvu fee_schedules"),
    ("poa_exempt", "", "poa poa_exemptions"),
    ("procedure_ages", "", "ages"),
    ("procedure_sex", "", "sex"),
    ("procedure_places", "", "places pos"),
    ("procedure_drugs", "", "ndc drugs crosswalk"),
    ("revenue_procedures", "", "revenue revenue_codes"),
    ("necessity", "", "medical_necessity"),
    ("policies", "", "policy lcd ncd coverage"),
    ("payer_rules", "", "payers rules filing_limits"),
    ("oce", "", "oce_tables ioce pyoce"),
    ("count months", "", "number times units limit"),
    ("months count", "use months: a year is 12", "month year years"),
    ("codes payers", "", "code procedures procedure cpt hcpcs"),
    ("diagnoses excluded", "", "covered"),
    ("excluded", "", "not_covered"),
    ("payers", "", "payer payer_id"),
    ("ages payers", "", "age"),
    ("places payers", "", "place pos place_of_service"),
    ("modifiers payers", "", "modifier mod mods"),
    ("start end", "use start", "effective effective_date start_date"),
    ("start end", "use end", "end_date expires"),
    ("days payers", "use days or months", "limit filing_limit timely_filing"),
    ("corrected_days", "", "corrected replacement_days"),
    ("required payers", "use required", "fields"),
    # envelope
    ("sender", "", "sender_id submitter_id isa_id isa06"),
    ("receiver", "", "receiver_isa_id isa08"),
    ("control_number sender", "use control_number", "number icn isa13 interchange_control_number"),
    ("usage", "use usage: 'P' or 'T'", "test production usage_indicator"),
    ("created", "", "date datetime timestamp created_at"),
    ("delimiters", "", "separator element_separator segment_terminator terminator"),
    ("convention", "", "guide version implementation"),
    ("line_end", "", "newline line_ending"),
    ("group_control_number", "", "group_number gs06"),
    ("transaction_control_number", "", "st_control_number st02"),
)  # fmt: skip


def _by_word() -> dict[str, tuple[tuple[frozenset[str], str], ...]]:
    found: dict[str, tuple[tuple[frozenset[str], str], ...]] = {}
    for needed, hint, words in _ROWS:
        fields = needed.split()
        row = (frozenset(fields), hint or f"use {fields[0]}")
        for word in words.split():
            found[word] = (*found.get(word, ()), row)
    return found


OTHER_WORDS = _by_word()
"""What people call a field: for each word, the fields that a class must have for a hint to hold, and the hint."""


_HOLDERS = {
    "Subscriber": "subscriber.", "Dependent": "dependent.", "Payer": "payer.", "Provider": "billing_provider.",
    "ClaimDates": "dates.", "ClaimReferences": "references.", "Accident": "accident.", "Ambulance": "ambulance.",
}  # fmt: skip
"""Where an object of a class is in a claim; of providers, only that of the billing provider has boxes of its own."""


def boxed(owner: type, field: str) -> str:
    """Return a field with its boxes on the paper forms; the field alone if it has none there.

    >>> from medcode.claims.model import ProfessionalClaim, Subscriber
    >>> boxed(ProfessionalClaim, "diagnoses"), boxed(ProfessionalClaim, "note")
    ('diagnoses (CMS-1500 box 21)', 'note')
    >>> boxed(Subscriber, "member_id")
    'member_id (CMS-1500 box 1a, UB-04 box 60, ADA form box 15)'
    """
    from medcode.claims.missing import FORMS, boxes

    name = owner.__name__
    kind = name.removesuffix("Claim").removesuffix("Line")
    prefix = (
        "lines[]." if name.endswith("Line") else _HOLDERS.get(name, "" if name.endswith("Claim") else None)
    )
    if prefix is None:
        return field
    paths = {f"{prefix}{field}", f"{prefix}{field}.code"}
    places = [
        f"{form} box {box}"
        for claim, form in FORMS.items()
        if kind == name or claim.__name__.startswith(kind)
        for path, box, _ in boxes(claim)
        if path in paths and box
    ]
    whose = "of the billing provider: " if name == "Provider" else ""
    return f"{field} ({whose}{', '.join(places)})" if places else field


def field_hint(name: str, fields: Iterable[str], owner: type | None = None) -> str:
    """Return the end of a message that says which field was meant; empty where that is not clear.

    With `owner`, the class of the fields, it names the box of the field, too.

    >>> field_hint("dob", ["birth_date", "sex"]), field_hint("organisation", ["organization"]), field_hint("x", [])
    ('; use birth_date', '; did you mean organization?', '')
    """
    known = set(fields)
    hint = next((hint for needed, hint in OTHER_WORDS.get(name.lower(), ()) if known >= needed), "")
    hint = f"; {hint}" if hint else did_you_mean(name, sorted(known))
    if owner is None or not hint:
        return hint
    field = next((word for word in re.findall(r"\w+", hint) if word in known), "")
    if inner := re.search(rf"{field}=\w+\((\w+)=", hint):
        field = f"{field}.{inner[1]}"
    _, _, box = boxed(owner, field).partition(" (")
    return f"{hint} ({box}" if box else hint


_SHOWN_FIELDS = 3
"""How many fields are named that have to be given by name."""


def _by_place(places: list[str]) -> str:
    return f"only {', '.join(places)} without a name" if places else "no field without its name"


def wrong_call(cls: type, args: tuple[Any, ...], values: dict[str, Any], error: TypeError) -> str | None:
    """Return what is wrong with a call of a constructor; None for what Python says best."""
    fields = attrs.fields(cls)
    places = [field.name for field in fields if not field.kw_only]
    names = [field.name for field in fields]
    if unknown := next((name for name in values if name not in names), None):
        return f"{cls.__name__} has no field {unknown!r}{field_hint(unknown, names, cls)}"
    if len(args) > len(places):
        by_name = [field.name for field in fields if field.kw_only and field.name not in values]
        shown = ", ".join(f"{name}=" for name in by_name[:_SHOWN_FIELDS])
        more = ", ..." if len(by_name) > _SHOWN_FIELDS else ""
        return (
            f"{cls.__name__} takes {_by_place(places)}; give the others by name: {shown}{more}"
            if by_name
            else None
        )
    given = dict(zip(places, args, strict=False)) | values
    if needed := [
        field.name for field in fields if field.default is attrs.NOTHING and field.name not in given
    ]:
        return f"{cls.__name__} needs {', '.join(boxed(cls, name) for name in needed)}"
    for field in fields:
        if field.name in given and callable(field.converter):
            try:
                field.converter(given[field.name])
            except TypeError:
                value = type(given[field.name]).__name__
                why = f"expected a list, not {value}" if "not iterable" in str(error) else error
                return f"{cls.__name__}.{boxed(cls, field.name)}: {why}"
    return None
