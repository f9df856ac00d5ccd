"""The professional claim, 837P: what a practice sends, as the CMS-1500 form on paper.

Source: ASC X12 005010X222A1, Health Care Claim: Professional (facts only, in own words).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.x12.guides.common import (
    APPROVED_GROUP,
    CLAIM_PRICING,
    DELAY_REASONS,
    LINE_PRICING,
    POINTERS,
    PROCEDURE_QUALIFIERS,
    PROPERTY_AND_CASUALTY,
    RELATIONSHIPS,
    RELATIONSHIPS_OR_SELF,
    accident,
    address,
    adjustments,
    amount,
    attachments,
    billing_level,
    casualty,
    casualty_patient,
    claim_references,
    closing,
    condition_of_patient,
    conditions,
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
    payer_references,
    person,
    procedure,
    reference,
    rendering,
    repricing,
    subscriber,
    tax_id,
    transaction_header,
    unnamed,
)
from medcode.claims.x12.guides.grammar import MANY, C, E, Guide, K, Loop, R, S, Segment, unused

if TYPE_CHECKING:
    from medcode.claims.x12.guides.grammar import Usage

AMBULANCE_CONDITIONS = "01 04 05 06 07 08 09 12"
LENS_CONDITIONS = "L1 L2 L3 L4 L5"


CLAIM = Segment(
    "CLM", "", "Claim", R, 1,
    E("control_number", R), E("stated_total", R), unused(2),
    C("", R, E("place_of_service", R), K("B"), E("frequency", R)),
    E("provider_signature", R, "N Y"), E("accepts_assignment", R, "A B C"), E("benefits_assigned", R, "N W Y"),
    E("release_of_information", R, "I Y"),
    E("patient_signature_source", S, "P", when="the provider signed for the patient"),
    accident(),
    E("special_program", S, "02 03 05 09", when="the service belongs to a special program"),
    unused(7),
    E("delay_reason", S, DELAY_REASONS, when="the claim is late"),
)  # fmt: skip

CLAIM_DATES = (
    date("431", "dates.onset", "Onset of illness or symptom", "it differs from the day of service"),
    date("454", "dates.initial_treatment", "First treatment", "spinal manipulation or physical therapy"),
    date("304", "dates.last_seen", "Last seen by the physician", "physical therapy or routine foot care"),
    date("453", "dates.acute_manifestation", "Acute manifestation", "spinal manipulation of an acute condition"),
    date("439", "dates.accident", "Accident", "a car accident or other accident"),
    date("484", "dates.last_menstrual_period", "Last menstrual period", "the services go with a pregnancy"),
    date("455", "dates.last_x_ray", "Last X-ray", "spinal manipulation that rests on an X-ray"),
    date("471", "dates.prescription", "Hearing or vision prescription", "hearing aids, lenses or frames"),
    Segment(
        "DTP", "dates", "Disability", S, 1,
        E("disability_kind", R, "314 360 361"), E("format", R, "D8 RD8"), E("disability", R),
        when="a disability claim",
    ),
    date("297", "dates.last_worked", "Last day worked", "a disability claim"),
    date("296", "dates.return_to_work", "May return to work", "a disability claim"),
    date("435", "dates.admission", "Admission to the hospital", "the services were for an inpatient"),
    date("096", "dates.discharge", "Discharge from the hospital", "the inpatient has gone home"),
    date("090", "dates.assumed_care", "Care taken over", "post-operative care is shared"),
    date("091", "dates.relinquished_care", "Care handed over", "post-operative care is shared"),
    date("444", "dates.first_contact", "First contact in a property and casualty case", PROPERTY_AND_CASUALTY),
    date("050", "dates.repricer_received", "Receipt by the repricer", "a repricer passes the claim on"),
)  # fmt: skip

AMBULANCE_TRANSPORT = Segment(
    "CR1", "ambulance", "Ambulance transport", S, 1,
    E("", S, "LB"), E("patient_weight", S, when="the weight decides on the equipment"), unused(),
    E("reason", R, "A B C D E"), K("DH"), E("distance", R), unused(2),
    E("round_trip_purpose", S, when="a round trip"), E("stretcher_purpose", S, when="a stretcher was used"),
    when="an ambulance claim",
)  # fmt: skip

AMBULANCE_CERTIFICATION = Segment(
    "CRC", "ambulance.certifications", "Ambulance certification", S, 3,
    K("07"), E("certified", R, "N Y"), conditions(AMBULANCE_CONDITIONS, 5),
    when="an ambulance claim with certified conditions",
)  # fmt: skip

CLAIM_CERTIFICATIONS = (
    AMBULANCE_TRANSPORT,
    Segment(
        "CR2", "spinal_manipulation", "Spinal manipulation", S, 1,
        unused(7), E("condition", R, "A C D E F G M"), unused(), E("description", S), E("description2", S),
        when="spinal manipulation and the payer asks",
    ),
    AMBULANCE_CERTIFICATION,
    Segment(
        "CRC", "vision_certifications", "Vision certification", S, 3,
        E("category", R, "E1 E2 E3"), E("certified", R, "N Y"), conditions(LENS_CONDITIONS, 5),
        when="lenses, frames or contact lenses are replaced",
    ),
    Segment(
        "CRC", "", "Homebound patient", S, 1, K("75"), E("homebound", R, "Y"), K("IH"),
        when="a laboratory draws a specimen from a homebound patient",
    ),
    epsdt_referral(),
)  # fmt: skip

HEALTH_CODES = (
    Segment(
        "HI", "diagnoses", "Diagnoses", R, 1,
        C("", R, K("ABK BK"), E("code", R)), *(C("", S, K("ABF BF"), E("code", R)),) * 11,
    ),
    Segment(
        "HI", "anesthesia_procedures", "Surgery that the anesthesia was for", S, 1,
        C("", R, K("BP"), E("", R)), C("", S, K("BO"), E("", R)),
        when="anesthesia and the payer asks",
    ),
    Segment(
        "HI", "condition_codes", "Condition codes", S, 2,
        C("", R, K("BG"), E("", R)), *(C("", S, K("BG"), E("", R)),) * 11,
        when="a condition code applies",
    ),
)  # fmt: skip


def ambulance_places(first: str, second: str) -> tuple[Loop, Loop]:
    """Return the loops of pick-up and drop-off."""
    return (
        Loop(
            first, "ambulance.pick_up", "Ambulance pick-up", S, 1,
            unnamed("PW", "Ambulance pick-up", "2"), *address("the pick-up place"),
            when="an ambulance claim",
        ),
        Loop(
            second, "ambulance.drop_off", "Ambulance drop-off", S, 1,
            name("45", "Ambulance drop-off", "2", *unused(2), named=S), *address("the drop-off place"),
            when="an ambulance claim",
        ),
    )  # fmt: skip


CLAIM_PROVIDERS = (
    person("2310A", "referring_provider", "DN", "Referring provider", "0B 1G G2", 3),
    person("2310A", "primary_care_provider", "P3", "Primary care provider", "0B 1G G2", 3),
    rendering("2310B", 4),
    facility("2310C", "0B G2 LU", 3, contact("the service facility", phone_only=True)),
    person("2310D", "supervising_provider", "DQ", "Supervising provider", "0B 1G G2 LU", 4),
    *ambulance_places("2310E", "2310F"),
)

OTHER_PAYERS = Loop(
    "2320", "other_payers", "Coverage by another payer", S, 10,
    coverage(RELATIONSHIPS_OR_SELF, R),
    adjustments("Adjustments of the claim"),
    *other_amounts("D A8 EAF"),
    other_insurance(E("patient_signature_source", S, "P", when="the provider signed for the patient")),
    outpatient_decision(E("esrd_paid", S)),
    other_subscriber(1),
    other_payer(2),
    other_provider("2330C", "referring_provider", "DN", "Other payer's referring provider", "1", "0B 1G G2", 3),
    other_provider("2330C", "primary_care_provider", "P3", "Other payer's primary care provider", "1", "0B 1G G2", 3),
    other_provider("2330D", "rendering_provider", "82", "Other payer's rendering provider", "1 2", "0B 1G G2 LU", 3),
    other_provider("2330E", "service_facility", "77", "Other payer's service facility", "2", "0B G2 LU", 3),
    other_provider("2330F", "supervising_provider", "DQ", "Other payer's supervising provider", "1", "0B 1G G2 LU", 3),
    other_provider("2330G", "billing_provider", "85", "Other payer's billing provider", "1 2", "G2 LU", 2),
    when="another payer covers the patient",
)  # fmt: skip

SERVICE = (
    Segment("LX", "", "Line number", R, 1, E("", R)),
    Segment(
        "SV1", "", "Professional service", R, 1,
        procedure(), E("charge", R), E("unit", R, "MJ UN"), E("quantity", R, maximum=8),
        E("place_of_service", S, when="it differs from the claim's"), unused(),
        C("diagnosis_pointers", R, E("", R, POINTERS), *(E("", S, POINTERS),) * 3), unused(),
        E("emergency", S, "Y", when="an emergency"), unused(),
        E("epsdt", S, "Y", when="an EPSDT service"), E("family_planning", S, "Y", when="a family planning service"),
        unused(2), E("copay_exempt", S, "0", when="the patient is exempt from the copay"),
    ),
    Segment(
        "SV5", "equipment", "Durable medical equipment", S, 1,
        C("", R, K("HC"), E("procedure", R)), K("DA"), E("days", R), E("rental_price", R), E("purchase_price", R),
        E("rental_frequency", R, "1 4 6"),
        when="rental or purchase price is reported",
    ),
)  # fmt: skip

LINE_CERTIFICATIONS = (
    attachments(),
    Segment(
        "PWK", "equipment.certificate_transmission", "Certificate of medical necessity", S, 1,
        K("CT"), E("", R, "AB AD AF AG NS"),
        when="Medicare asks for a certificate",
    ),
    AMBULANCE_TRANSPORT,
    Segment(
        "CR3", "equipment.certification", "Equipment certification", S, 1,
        E("type", R, "I R S"), K("MO"), E("months", R),
        when="a certificate of medical necessity goes with the line",
    ),
    AMBULANCE_CERTIFICATION,
    Segment(
        "CRC", "", "Hospice employee", S, 1, K("70"), E("hospice_employee", R, "N Y"), K("65"),
        when="a physician attends a Medicare hospice patient",
    ),
    Segment(
        "CRC", "equipment.conditions", "Equipment conditions", S, 1,
        K("09"), E("certified", R, "N Y"), conditions("38 ZV", 2),
        when="a certificate of medical necessity goes with the line",
    ),
)  # fmt: skip

LINE_DATES = (
    date("472", "service_date", "Day of service", formats="D8 RD8", usage=R),
    date("471", "dates.prescription", "Prescription", "a drug was prescribed"),
    date("607", "dates.recertification", "Certificate revised or renewed", "CR3 says revised or renewed"),
    date("463", "dates.begin_therapy", "Begin of therapy", "a certificate of medical necessity goes with the line"),
    date("461", "dates.last_certification", "Last certification", "a certificate goes with the line"),
    date("304", "dates.last_seen", "Last seen by the physician", "it differs from the claim's"),
    date("738", "dates.hemoglobin_test", "Hemoglobin or hematocrit test", "ESRD or EPO"),
    date("739", "dates.creatinine_test", "Serum creatinine test", "ESRD or EPO"),
    date("011", "dates.shipped", "Shipment", "equipment was shipped"),
    date("455", "dates.last_x_ray", "Last X-ray", "it differs from the claim's"),
    date("454", "dates.initial_treatment", "First treatment", "it differs from the claim's"),
)

LINE_AMOUNTS = (
    Segment("QTY", "ambulance.patient_count", "Patients in the ambulance", S, 1, K("PT"), E("", R), when="several"),
    Segment(
        "QTY", "obstetric_units", "Further obstetric anesthesia units", S, 1, K("FL"), E("", R),
        when="obstetric anesthesia was harder than usual",
    ),
    Segment(
        "MEA", "test_results", "Test result", S, 5,
        E("kind", R, "OG TR"), E("measure", R, "HT R1 R2 R3 R4"), E("value", R),
        when="the service depends on a test result",
    ),
    contract(),
)  # fmt: skip

LINE_REFERENCES = (
    reference("9B", "references.repriced_line", "Repriced line number", "a repricer gave one"),
    reference("9D", "references.adjusted_repriced_line", "Adjusted repriced line number", "a repricer gave one"),
    payer_references("G1", "references.prior_authorizations", "Prior authorization", "it differs from the claim's"),
    reference("6R", "control_number", "Line control number", "the provider wants it back in the remittance"),
    reference("EW", "references.mammography_certification", "Mammography certification", "differs from the claim's"),
    reference("X4", "references.clia", "CLIA number", "it differs from the claim's"),
    reference("F4", "references.referring_clia", "Referring laboratory's CLIA number", "the test was referred out"),
    reference("BT", "references.immunization_batch", "Immunization batch", "law asks for it"),
    payer_references("9F", "references.referrals", "Referral number", "it differs from the claim's"),
    amount("T", "sales_tax", "Sales tax", "the state taxes the service"),
    amount("F4", "postage", "Postage", "postage is claimed"),
    file_information(),
    Segment("NTE", "note", "Line note", S, 1, E("type", R, "ADD DCP"), E("text", R), when="it must be explained"),
    Segment("NTE", "third_party_note", "Repricer's note", S, 1, K("TPO"), E("", R), when="a repricer adds one"),
    Segment(
        "PS1", "purchased_service", "Purchased service", S, 1, E("provider_id", R), E("charge", R),
        when="the service was bought from another provider",
    ),
    repricing(
        LINE_PRICING, APPROVED_GROUP, unused(), E("procedure_qualifier", S, PROCEDURE_QUALIFIERS), E("procedure", S), E("unit", S, "MJ UN"),
        E("quantity", S),
    ),
)  # fmt: skip

LINE_PROVIDERS = (
    rendering("2420A", 20, by_payer=True),
    Loop(
        "2420B", "purchased_service_provider", "Provider of a purchased service", S, 1,
        unnamed("QB", "Provider of a purchased service", "1 2", E("", S, "XX"), E("npi", S)),
        identifiers("0B 1G G2", "the provider", repeat=20, by_payer=True),
        when="the service was bought from another provider",
    ),
    facility("2420C", "G2 LU", 3, by_payer=True),
    person("2420D", "supervising_provider", "DQ", "Supervising provider", "0B 1G G2 LU", 20, by_payer=True),
    Loop(
        "2420E", "ordering_provider", "Ordering provider", S, 1,
        name("DK", "Ordering provider", "1"),
        *address("the ordering provider", S, when="a certificate of medical necessity goes with the line"),
        identifiers("0B 1G G2", "the ordering provider", repeat=20, by_payer=True),
        contact("the ordering provider"),
        when="another than the rendering provider ordered the service",
    ),
    person("2420F", "referring_provider", "DN", "Referring provider", "0B 1G G2", 20, by_payer=True),
    person("2420F", "primary_care_provider", "P3", "Primary care provider", "0B 1G G2", 20, by_payer=True),
    *ambulance_places("2420G", "2420H"),
)  # fmt: skip

FORMS = Loop(
    "2440", "forms", "Form", S, MANY,
    Segment("LQ", "", "Form", R, 1, E("qualifier", R, "AS UT"), E("form", R)),
    Segment(
        "FRM", "answers", "Answer on the form", R, 99,
        E("question", R), E("yes_no", S, "N W Y"), E("text", S), E("date", S), E("percent", S),
    ),
    when="the payer asks for a form with the line",
)  # fmt: skip

LINES = Loop(
    "2400", "lines", "Service line", R, 50,
    *SERVICE, *LINE_CERTIFICATIONS, *LINE_DATES, *LINE_AMOUNTS, *LINE_REFERENCES, drug("EN EO HI N4 ON UK UP"), *LINE_PROVIDERS,
    line_adjudication(procedure()), FORMS,
)  # fmt: skip


def claim(usage: Usage) -> Loop:
    """Return loop 2300, which is below the subscriber or below the patient."""
    return Loop(
        "2300", "", "Claim", usage, 100,
        CLAIM, *CLAIM_DATES, attachments(), contract(),
        amount("F5", "patient_paid", "Paid by the patient", "the patient has paid"),
        *claim_references("4N F5 EW 9F G1 F8 X4 9A 9C LX D9 EA P4 1J"), file_information(),
        Segment(
            "NTE", "note", "Claim note", S, 1, E("type", R, "ADD CER DCP DGN TPO"), E("text", R),
            when="it must be explained",
        ),
        *CLAIM_CERTIFICATIONS, *HEALTH_CODES, repricing(CLAIM_PRICING, APPROVED_GROUP, unused(5)), *CLAIM_PROVIDERS, OTHER_PAYERS, LINES,
    )  # fmt: skip


SUBSCRIBER_LEVEL = Loop(
    "2000B", "", "Subscriber's level", R, MANY,
    hierarchy("22", "0 1", "Subscriber's level"),
    coverage(path="subscriber"),
    condition_of_patient("the subscriber", "subscriber", S),
    subscriber(contact("the subscriber", phone_only=True)),
    payer(2),
    claim(S),
    patient_level(
        (casualty("the patient"), casualty_patient(), contact("the patient", phone_only=True)),
        claim(R),
        condition_of_patient("the patient", "dependent", R, RELATIONSHIPS),
    ),
)  # fmt: skip

BILLING_PROVIDER = Loop(
    "2010AA", "billing_provider", "Billing provider", R, 1,
    name("85", "Billing provider"),
    *address("the billing provider"),
    tax_id("the billing provider"),
    identifiers("0B 1G", "the billing provider", repeat=2),
    contact("the billing provider", repeat=2),
)  # fmt: skip

GUIDE = Guide(
    id="005010X222A1",
    title="Health care claim: professional",
    root=Loop(
        "ST", "", "Transaction set", R, MANY,
        *transaction_header(),
        Loop(
            "2000A", "", "Billing provider's level", R, MANY,
            *billing_level(), BILLING_PROVIDER, pay_to_address(), pay_to_plan(), SUBSCRIBER_LEVEL,
        ),
        closing(),
    ),
    also=("005010X222", "005010X222A2"),
    **of_claims(ProfessionalClaim),
)  # fmt: skip
