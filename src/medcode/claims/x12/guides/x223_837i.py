"""The institutional claim, 837I: what a hospital or other facility sends, as the UB-04 form on paper.

Source: ASC X12 005010X223A2, Health Care Claim: Institutional (facts only, in own words).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.x12.guides.common import (
    APPROVED_GROUP,
    DELAY_REASONS,
    LINE_PRICING,
    RELATIONSHIPS_OR_SELF,
    address,
    adjustments,
    amount,
    attachments,
    billing_level,
    casualty,
    casualty_patient,
    claim_references,
    closing,
    contact,
    contract,
    coverage,
    date,
    drug,
    epsdt_referral,
    facility,
    file_information,
    hierarchy,
    identifiers,
    line_adjudication,
    name,
    of_claims,
    other_amounts,
    other_insurance,
    other_payer,
    other_provider,
    other_subscriber,
    outpatient_decision,
    patient_level,
    pay_to_address,
    pay_to_plan,
    payer,
    person,
    procedure,
    reference,
    relationship_of_patient,
    repricing,
    subscriber,
    tax_id,
    taxonomy,
    transaction_header,
)
from medcode.claims.x12.guides.grammar import MANY, C, E, Guide, K, Loop, R, S, Segment, unused

if TYPE_CHECKING:
    from medcode.claims.x12.guides.grammar import Composite, Element, Usage

PRESENT_ON_ADMISSION = "N U W Y"
NOTE_TYPES = "ALG DCP DGN DME MED NTR ODT RHB RLH RNH SET SFM SPT UPI"
PROCEDURE_QUALIFIERS = "ER HC HP IV WK"
PROVIDER_NUMBERS = "0B 1G G2 LU"


def present() -> tuple[Element, ...]:
    """Return components 3 to 9 of a diagnosis: whether it was there on admission."""
    return (*unused(6), E("present_on_admission", S, PRESENT_ON_ADMISSION, when="an inpatient stay at a hospital"))


def row(qualifiers: str, *further: Element) -> tuple[Composite, ...]:
    """Return a row of twelve composites, the first required."""
    return (C("", R, K(qualifiers), *further), *(C("", S, K(qualifiers), *further),) * 11)


CLAIM = Segment(
    "CLM", "", "Claim", R, 1,
    E("control_number", R), E("stated_total", R), unused(2),
    C("", R, E("facility_type", R), K("A"), E("frequency", R)),
    unused(), E("accepts_assignment", R, "A B C"), E("benefits_assigned", R, "N W Y"),
    E("release_of_information", R, "I Y"), unused(10),
    E("delay_reason", S, DELAY_REASONS, when="the claim is late"),
)  # fmt: skip

CLAIM_DATES = (
    date("096", "discharge_time", "Hour of discharge", "the final claim of an inpatient stay", formats="TM"),
    date("434", "statement_dates", "Statement dates", formats="RD8", usage=R),
    date("435", "admission", "Admission", "an inpatient stay", formats="D8 DT"),
    date("050", "dates.repricer_received", "Receipt by the repricer", "a repricer passes the claim on"),
)

ADMISSION = Segment(
    "CL1", "", "Admission and discharge", R, 1,
    E("admission_type", S, when="always; outpatient bills are taken without it too"), E("admission_source", S, when="not a newborn or a lab claim"),
    E("discharge_status", R),
)  # fmt: skip

NOTES = (
    Segment(
        "NTE", "notes", "Claim note", S, 10, E("type", R, NOTE_TYPES), E("text", R), when="it must be explained"
    ),
    Segment("NTE", "billing_note", "Billing note", S, 1, K("ADD"), E("", R), when="it must be explained"),
)

DIAGNOSES = (
    Segment("HI", "principal_diagnosis", "Principal diagnosis", R, 1, C("", R, K("ABK BK"), E("code", R), *present())),
    Segment(
        "HI", "admitting_diagnosis", "Admitting diagnosis", S, 1, C("", R, K("ABJ BJ"), E("", R)),
        when="an inpatient admission",
    ),
    Segment(
        "HI", "reasons_for_visit", "Reason for the visit", S, 1,
        C("", R, K("APR PR"), E("", R)), *(C("", S, K("APR PR"), E("", R)),) * 2,
        when="an unscheduled outpatient visit",
    ),
    Segment(
        "HI", "external_causes", "External cause of injury", S, 1, *row("ABN BN", E("code", R), *present()),
        when="an external cause is known",
    ),
    Segment(
        "HI", "drg", "Diagnosis related group", S, 1, C("", R, K("DR"), E("", R)),
        when="an inpatient stay is paid by DRG",
    ),
    Segment(
        "HI", "other_diagnoses", "Other diagnoses", S, 2, *row("ABF BF", E("code", R), *present()),
        when="there are further diagnoses",
    ),
)  # fmt: skip

DATED = (E("format", R, "D8"), E("date", R))

CODES = (
    Segment(
        "HI", "principal_procedure", "Principal procedure", S, 1,
        C("", R, K("BBR BR CAH"), E("code", R), *DATED),
        when="a procedure was done on an inpatient",
    ),
    Segment(
        "HI", "other_procedures", "Other procedures", S, 2, *row("BBQ BQ", E("code", R), *DATED),
        when="further procedures were done on an inpatient",
    ),
    Segment(
        "HI", "occurrence_spans", "Occurrence spans", S, 2,
        *row("BI", E("code", R), E("format", R, "RD8"), E("dates", R)),
        when="an occurrence span code applies",
    ),
    Segment(
        "HI", "occurrences", "Occurrences", S, 2, *row("BH", E("code", R), *DATED),
        when="an occurrence code applies",
    ),
    Segment(
        "HI", "value_codes", "Value codes", S, 2, *row("BE", E("code", R), *unused(2), E("amount", R)),
        when="a value code applies",
    ),
    Segment(
        "HI", "condition_codes", "Condition codes", S, 2, *row("BG", E("", R)), when="a condition code applies",
    ),
    Segment(
        "HI", "treatment_codes", "Treatment codes", S, 2, *row("TC", E("", R)),
        when="a home health plan of treatment is reported",
    ),
)  # fmt: skip


def attending() -> Loop:
    """Return loop 2310A."""
    return Loop(
        "2310A", "attending_provider", "Attending provider", S, 1,
        name("71", "Attending provider", "1"),
        taxonomy("AT", "the attending provider"),
        identifiers(PROVIDER_NUMBERS, "the attending provider", repeat=4),
        when="any service but non-scheduled transport",
    )  # fmt: skip


def physicians(first: str, second: str, repeat: int, *, by_payer: bool = False) -> tuple[Loop, Loop]:
    """Return the loops of the operating physician and the other one."""
    return (
        person(
            first, "operating_physician", "72", "Operating physician", PROVIDER_NUMBERS, repeat, by_payer=by_payer
        ),
        person(
            second, "other_operating_physician", "ZZ", "Other operating physician", PROVIDER_NUMBERS, repeat,
            by_payer=by_payer,
        ),
    )  # fmt: skip


CLAIM_PROVIDERS = (
    attending(),
    *physicians("2310B", "2310C", 4),
    person("2310D", "rendering_provider", "82", "Rendering provider", PROVIDER_NUMBERS, 4),
    facility("2310E", "0B G2 LU", 3),
    person("2310F", "referring_provider", "DN", "Referring provider", "0B 1G G2", 3),
)

INPATIENT_DECISION = Segment(
    "MIA", "inpatient", "Inpatient decision", S, 1,
    E("covered_days", R), unused(), E("lifetime_psychiatric_days", S), E("drg", S), E("remark_codes", S),
    E("disproportionate_share", S), E("msp_pass_through", S), E("capital", S), E("capital_federal", S),
    E("capital_hospital", S), E("capital_disproportionate_share", S), E("old_capital", S),
    E("capital_medical_education", S), E("operating_hospital", S), E("cost_report_days", S),
    E("operating_federal", S), E("capital_outlier", S), E("indirect_teaching", S), E("professional_component", S),
    (E("remark_codes", S),) * 4, E("capital_exception", S),
    when="the remittance held it",
)  # fmt: skip

OTHER_PAYERS = Loop(
    "2320", "other_payers", "Coverage by another payer", S, 10,
    coverage(RELATIONSHIPS_OR_SELF, R, secondary=False),
    adjustments("Adjustments of the claim"),
    *other_amounts("D EAF A8"),
    other_insurance(*unused()),
    INPATIENT_DECISION,
    outpatient_decision(E("esrd_paid", S)),
    other_subscriber(2),
    other_payer(2),
    other_provider("2330C", "attending_provider", "71", "Other payer's attending provider", "1", PROVIDER_NUMBERS, 4),
    other_provider("2330D", "operating_physician", "72", "Other payer's operating physician", "1", PROVIDER_NUMBERS, 4),
    other_provider(
        "2330E", "other_operating_physician", "ZZ", "Other payer's other operating physician", "1", PROVIDER_NUMBERS, 4
    ),
    other_provider("2330F", "service_facility", "77", "Other payer's service facility", "2", "0B G2 LU", 3),
    other_provider("2330G", "rendering_provider", "82", "Other payer's rendering provider", "1", PROVIDER_NUMBERS, 4),
    other_provider("2330H", "referring_provider", "DN", "Other payer's referring provider", "1", "0B 1G G2", 3),
    other_provider("2330I", "billing_provider", "85", "Other payer's billing provider", "2", "G2 LU", 2),
    when="another payer covers the patient",
)  # fmt: skip

LINES = Loop(
    "2400", "lines", "Service line", R, 999,
    Segment("LX", "", "Line number", R, 1, E("", R)),
    Segment(
        "SV2", "", "Institutional service", R, 1,
        E("revenue_code", R), procedure(S, PROCEDURE_QUALIFIERS), E("charge", R), E("unit", R, "DA UN"),
        E("quantity", R, maximum=8), unused(), E("non_covered", S, when="part of the charge is not covered"),
    ),
    attachments(),
    date("472", "service_date", "Day of service", "an outpatient claim, or a drug", formats="D8 RD8"),
    reference("6R", "control_number", "Line control number", "the provider wants it back in the remittance"),
    reference("9B", "references.repriced_line", "Repriced line number", "a repricer gave one"),
    reference("9D", "references.adjusted_repriced_line", "Adjusted repriced line number", "a repricer gave one"),
    amount("GT", "service_tax", "Service tax", "the service is taxed"),
    amount("N8", "facility_tax", "Facility tax", "the facility is taxed"),
    Segment("NTE", "third_party_note", "Repricer's note", S, 1, K("TPO"), E("", R), when="a repricer adds one"),
    repricing(
        LINE_PRICING, APPROVED_GROUP,
        E("revenue_code", S), E("procedure_qualifier", S, PROCEDURE_QUALIFIERS), E("procedure", S),
        E("unit", S, "DA UN"), E("quantity", S, maximum=8),
    ),
    drug("N4"),
    *physicians("2420A", "2420B", 20, by_payer=True),
    person("2420C", "rendering_provider", "82", "Rendering provider", PROVIDER_NUMBERS, 20, by_payer=True),
    person("2420D", "referring_provider", "DN", "Referring provider", "0B 1G G2", 20, by_payer=True),
    line_adjudication(procedure(S, PROCEDURE_QUALIFIERS), E("revenue_code", R)),
)  # fmt: skip


def claim(usage: Usage) -> Loop:
    """Return loop 2300, which is below the subscriber or below the patient."""
    return Loop(
        "2300", "", "Claim", usage, 100,
        CLAIM, *CLAIM_DATES, ADMISSION, attachments(), contract(),
        amount("F3", "patient_due", "Estimated due from the patient", "the patient is expected to owe"),
        *claim_references("4N 9F G1 F8 9A 9C LX D9 LU EA P4 G4", LX=5),
        file_information(), *NOTES, epsdt_referral(), *DIAGNOSES, *CODES,
        repricing(
            LINE_PRICING, APPROVED_GROUP,
            E("revenue_code", S), unused(2), E("unit", S, "DA UN"), E("quantity", S, maximum=8),
        ),
        *CLAIM_PROVIDERS, OTHER_PAYERS, LINES,
    )  # fmt: skip


SUBSCRIBER_LEVEL = Loop(
    "2000B", "", "Subscriber's level", R, MANY,
    hierarchy("22", "0 1", "Subscriber's level"),
    coverage(path="subscriber", secondary=False),
    subscriber(identified=S),
    payer(1),
    claim(S),
    patient_level((casualty("the patient"), casualty_patient()), claim(R), relationship_of_patient()),
)  # fmt: skip

BILLING_PROVIDER = Loop(
    "2010AA", "billing_provider", "Billing provider", R, 1,
    name("85", "Billing provider", "2"),
    *address("the billing provider"),
    tax_id("the billing provider", "EI"),
    contact("the billing provider", repeat=2),
)  # fmt: skip

GUIDE = Guide(
    id="005010X223A2",
    title="Health care claim: institutional",
    root=Loop(
        "ST", "", "Transaction set", R, MANY,
        *transaction_header(),
        Loop(
            "2000A", "", "Billing provider's level", R, MANY,
            *billing_level(), BILLING_PROVIDER, pay_to_address("2"), pay_to_plan(), SUBSCRIBER_LEVEL,
        ),
        closing(),
    ),
    also=("005010X223", "005010X223A1", "005010X223A3"),
    **of_claims(InstitutionalClaim),
)  # fmt: skip
