"""The dental claim, 837D: what a dentist sends, as the ADA form on paper.

Compared with three public transcriptions (a Python one, a Go one, an XML schema), each of which has
leftovers of other guides: what two of them agree on is taken, and what only one asks for is left open.
Source: ASC X12 005010X224A2, Health Care Claim: Dental (facts only, in own words).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.model.dental import DentalClaim
from medcode.claims.x12.guides.common import (
    CLAIM_PRICING,
    DELAY_REASONS,
    LINE_PRICING,
    POINTERS,
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
    contact,
    contract,
    coverage,
    date,
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
    relationship_of_patient,
    rendering,
    repricing,
    subscriber,
    tax_id,
    taxonomy,
    transaction_header,
)
from medcode.claims.x12.guides.grammar import MANY, C, E, Guide, K, Loop, R, S, Segment, unused

if TYPE_CHECKING:
    from medcode.claims.x12.guides.grammar import Usage

REPORT_TYPES = "B4 DA DG EB OZ P6 RB RR"
SURFACES = "B D F I L M O"
PROVIDER_NUMBERS = "0B 1G G2 LU"
CONTRACT_TYPES = "02 03 04 05 06 09"

CLAIM = Segment(
    "CLM", "", "Claim", R, 1,
    E("control_number", R), E("stated_total", R), unused(2),
    C("", R, E("place_of_service", R), K("B"), E("frequency", R)),
    E("provider_signature", R, "N Y"), E("accepts_assignment", R, "A C"), E("benefits_assigned", R, "N W Y"),
    E("release_of_information", R, "I Y"), unused(), accident(),
    E("special_program", S, "01 02 03 05", when="the service belongs to a special program"), unused(6),
    E("predetermination", S, "PB", when="the claim only asks what would be paid"),
    E("delay_reason", S, DELAY_REASONS, when="the claim is late"),
)  # fmt: skip

CLAIM_DETAIL = (
    date("439", "dates.accident", "Accident", "an accident caused the condition"),
    date("452", "dates.appliance_placement", "Orthodontic appliance placed", "orthodontic treatment"),
    date("472", "service_date", "Day of service", "the services were performed", formats="D8 RD8"),
    date("050", "dates.repricer_received", "Receipt by the repricer", "a repricer passes the claim on"),
    Segment(
        "DN1", "orthodontics", "Orthodontic treatment", S, 1,
        E("total_months", S), E("remaining_months", S), unused(), E("indicator", S, "Y"),
        when="orthodontic treatment",
    ),
    Segment(
        "DN2", "tooth_status", "Tooth status", S, 35,
        E("number", R), E("status", R, "E M"), unused(3), K("JP"),
        when="teeth are missing or to be extracted",
    ),
    attachments(REPORT_TYPES),
    contract(CONTRACT_TYPES),
    amount("F5", "patient_paid", "Paid by the patient", "the patient has paid"),
    *claim_references("G3 4N F8 9F G1 9A 9C D9"),
    file_information(),
    Segment("NTE", "notes", "Claim note", S, 5, K("ADD"), E("", R), when="it must be explained"),
    Segment(
        "HI", "diagnoses", "Diagnoses", S, 1,
        C("", R, K("ABK BK TQ"), E("code", R)), *(C("", S, K("ABF BF TQ"), E("code", R)),) * 3,
        when="a diagnosis may decide on payment",
    ),
    repricing(CLAIM_PRICING, E("approved_group", S), unused(6)),
)  # fmt: skip

CLAIM_PROVIDERS = (
    person("2310A", "referring_provider", "DN", "Referring provider", "0B 1G G2", 3, taxonomy("RF", "the provider")),
    person("2310A", "primary_care_provider", "P3", "Primary care provider", "0B 1G G2", 3, taxonomy("RF", "the provider")),
    rendering("2310B", 4, R),
    facility("2310C", "0B G2 LU", 3),
    person(
        "2310D", "assistant_surgeon", "DD", "Assistant surgeon", PROVIDER_NUMBERS, 4,
        taxonomy("AS", "the assistant surgeon", usage=R),
    ),
    person("2310E", "supervising_provider", "DQ", "Supervising provider", PROVIDER_NUMBERS, 4),
)

OTHER_PAYERS = Loop(
    "2320", "other_payers", "Coverage by another payer", S, 10,
    coverage(RELATIONSHIPS_OR_SELF, R),
    adjustments("Adjustments of the claim"),
    *other_amounts("D EAF A8"),
    other_insurance(*unused()),
    outpatient_decision(*unused()),
    other_subscriber(2),
    other_payer(3, reference("G3", "predetermination", "Other payer's predetermination number", "it gave one")),
    other_provider("2330C", "referring_provider", "DN", "Other payer's referring provider", "1", "0B 1G G2", 3),
    other_provider("2330C", "primary_care_provider", "P3", "Other payer's primary care provider", "1", "0B 1G G2", 3),
    other_provider("2330D", "rendering_provider", "82", "Other payer's rendering provider", "1", PROVIDER_NUMBERS, 3),
    other_provider("2330E", "supervising_provider", "DQ", "Other payer's supervising provider", "1", PROVIDER_NUMBERS, 3),
    other_provider("2330F", "billing_provider", "85", "Other payer's billing provider", "1 2", "G2 LU", 2),
    other_provider("2330G", "service_facility", "77", "Other payer's service facility", "2", "0B G2 LU", 3),
    other_provider("2330H", "assistant_surgeon", "DD", "Other payer's assistant surgeon", "1 2", PROVIDER_NUMBERS, 3),
    when="another payer covers the patient",
)  # fmt: skip

SERVICE = (
    Segment("LX", "", "Line number", R, 1, E("", R)),
    Segment(
        "SV3", "", "Dental service", R, 1,
        procedure(R, "AD"), E("charge", R), E("place_of_service", S, when="it differs from the claim's"),
        C(
            "oral_cavity", S, E("", R), *(E("", S),) * 4,
            when="the procedure is for an area of the mouth",
        ),
        E("prosthesis", S, "I R", when="a crown, inlay or denture"),
        E("quantity", S, maximum=8, when="more than once"), unused(4),
        C(
            "diagnosis_pointers", S, E("", R, POINTERS), *(E("", S, POINTERS),) * 3,
            when="the claim has diagnoses",
        ),
    ),
    Segment(
        "TOO", "teeth", "Tooth", S, 32,
        K("JP"), E("number", R), C("surfaces", S, E("", R, SURFACES), *(E("", S, SURFACES),) * 4),
        when="the procedure is for a tooth or its surfaces",
    ),
    date("472", "service_date", "Day of service", "it differs from the claim's"),
    Segment(
        "DTP", "dates", "Prior placement", S, 1,
        E("prior_placement_kind", R, "139 441"), E("format", R, "D8"), E("prior_placement", R),
        when="a crown, inlay or denture is replaced",
    ),
    date("452", "dates.appliance_placement", "Orthodontic appliance placed", "it differs from the claim's"),
    date("446", "dates.replacement", "Orthodontic appliance replaced", "an appliance was replaced"),
    date("196", "dates.treatment_start", "Treatment started", "started and completed on different days"),
    date("198", "dates.treatment_completion", "Treatment completed", "started and completed on different days"),
    contract(CONTRACT_TYPES),
    payer_references("G3", "references.predeterminations", "Predetermination number", "the line was predetermined"),
    payer_references("G1", "references.prior_authorizations", "Prior authorization", "it differs from the claim's"),
    reference("6R", "control_number", "Line control number", "the provider wants it back in the remittance"),
    reference("9A", "references.repriced_line", "Repriced line number", "a repricer gave one"),
    reference("9C", "references.adjusted_repriced_line", "Adjusted repriced line number", "a repricer gave one"),
    payer_references("9F", "references.referrals", "Referral number", "it differs from the claim's"),
    amount("T", "sales_tax", "Sales tax", "the state taxes the service"),
    file_information(),
    repricing(
        LINE_PRICING,
        unused(3), E("procedure_qualifier", S, "AD"), E("procedure", S), E("unit", S, "UN"), E("quantity", S),
    ),
)  # fmt: skip

LINES = Loop(
    "2400", "lines", "Service line", R, 50,
    *SERVICE,
    rendering("2420A", 20, R, by_payer=True),
    person(
        "2420B", "assistant_surgeon", "DD", "Assistant surgeon", PROVIDER_NUMBERS, 20,
        taxonomy("AS", "the assistant surgeon"), by_payer=True,
    ),
    person("2420C", "supervising_provider", "DQ", "Supervising provider", PROVIDER_NUMBERS, 20, by_payer=True),
    facility("2420D", "1G G2 LU", 20, by_payer=True),
    line_adjudication(procedure(R, "AD ER")),
)  # fmt: skip


def claim(usage: Usage) -> Loop:
    """Return loop 2300, which is below the subscriber or below the patient."""
    return Loop("2300", "", "Claim", usage, 100, CLAIM, *CLAIM_DETAIL, *CLAIM_PROVIDERS, OTHER_PAYERS, LINES)


SUBSCRIBER_LEVEL = Loop(
    "2000B", "", "Subscriber's level", R, MANY,
    hierarchy("22", "0 1", "Subscriber's level"),
    coverage(path="subscriber"),
    subscriber(),
    payer(1),
    claim(S),
    patient_level((casualty("the patient"), casualty_patient()), claim(R), relationship_of_patient()),
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
    id="005010X224A2",
    title="Health care claim: dental",
    root=Loop(
        "ST", "", "Transaction set", R, MANY,
        *transaction_header(),
        Loop(
            "2000A", "", "Billing provider's level", R, MANY,
            *billing_level(), BILLING_PROVIDER, pay_to_address(), pay_to_plan(), SUBSCRIBER_LEVEL,
        ),
        closing(),
    ),
    also=("005010X224", "005010X224A1", "005010X224A3"),
    **of_claims(DentalClaim),
)  # fmt: skip
