"""The remittance advice, 835: what a payer paid for claims, and why not more.

Source: ASC X12 005010X221A1, Health Care Claim Payment/Advice (facts only, in own words).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.remittance import ClaimPayment, Remittance
from medcode.claims.x12.guides.common import address, closing, identifiers
from medcode.claims.x12.guides.grammar import (
    MANY,
    C,
    E,
    Guide,
    K,
    Loop,
    N,
    R,
    Record,
    S,
    Segment,
    Situations,
    unused,
)

if TYPE_CHECKING:
    from medcode.claims.x12.guides.grammar import Usage

CLAIM_STATUSES = "1 2 3 4 19 20 21 22 23 25"
CLAIM_FILING = "12 13 14 15 16 17 AM CH DS HM LM MA MB MC OF TV VA WC ZZ"
ADJUSTMENT_GROUPS = "CO OA PI PR"
PAID_PROCEDURES = "AD ER HC HP IV N4 N6 NU UI WK"
PAYER_IDS = "AD FI NI PI PP XV"
STATE_AMOUNTS = "ZK ZL ZM ZN ZO"
PROVIDER_ADJUSTMENTS = (
    "50 51 72 90 AH AM AP B2 B3 BD BN C5 CR CS CT CV CW DM E3 FB FC GO HM IP IR IS J1 L3 L6 LE LS OA OB PI PL RA RE SL "
    "TL WO WU"
)


def _party(
    code: str, path: str, title: str, types: str, id_types: str, *, identified: Usage = R, when: str = ""
) -> Segment:
    """Return NM1 of someone a claim payment names: an organization alone, or a person too."""
    is_organization = types == "2"
    given = (
        unused(4) if is_organization else (E("first_name", S), E("middle_name", S), *unused(), E("suffix", S))
    )
    return Segment(
        "NM1", path, title, S if when else R, 1,
        K(code), E("entity_type", R, types), E("last_name", R if is_organization else S), *given,
        E("id_type", identified, id_types), E("id", identified),
        when=when,
    )  # fmt: skip


def _day(code: str, name: str, title: str, when: str) -> Segment:
    """Return DTM of one day."""
    return Segment("DTM", "", title, S, 1, K(code), E(name, R), when=when)


def _adjustments(title: str) -> Segment:
    """Return CAS: why less, or more, was paid than charged."""
    more = (E("reason", S), E("amount", S), E("quantity", S))
    return Segment(
        "CAS", "adjustments", title, S, 99,
        E("group", R, ADJUSTMENT_GROUPS), E("reason", R), E("amount", R), E("quantity", S), *more * 5,
        when="the payer paid other than charged",
    )  # fmt: skip


def _amounts(codes: str, repeat: int, title: str) -> Segment:
    return Segment(
        "AMT",
        "amounts",
        title,
        S,
        repeat,
        E("qualifier", R, codes),
        E("amount", R),
        when="there is one to report",
    )


def _quantities(codes: str, repeat: int, title: str) -> Segment:
    return Segment(
        "QTY",
        "quantities",
        title,
        S,
        repeat,
        E("qualifier", R, codes),
        E("quantity", R),
        when="there is one to report",
    )


PAYER = Loop(
    "1000A", "payer", "Payer", R, 1,
    Segment("N1", "", "Payer", R, 1, K("PR"), E("organization", R), E("id_type", S, "XV"), E("id", S)),
    *address("the payer"),
    identifiers("2U EO HI NF", "the payer", repeat=4),
    Segment(
        "PER", "business_contacts", "Business contact of the payer", S, 1,
        K("CX"), E("name", S), E("", S, "EM FX TE"), E("", S), E("", S, "EM EX FX TE"), E("", S), E("", S, "EX"), E("", S),
        when="questions go to someone in particular",
    ),
    Segment(
        "PER", "technical_contacts", "Technical contact of the payer", R, MANY,
        K("BL"), E("name", S), E("", S, "EM TE UR"), E("", S), E("", S, "EM EX FX TE UR"), E("", S),
        E("", S, "EM EX FX UR"), E("", S),
    ),
    Segment(
        "PER", "websites", "Website of the payer", S, 1, K("IC"), unused(), K("UR"), E("", R),
        when="policies are published there",
    ),
)  # fmt: skip

PAYEE = Loop(
    "1000B", "payee", "Payee", R, 1,
    Segment("N1", "", "Payee", R, 1, K("PE"), E("organization", R), E("id_type", R, "FI XV XX"), E("id", R)),
    *address("the payee", S, when="the payment is mailed"),
    identifiers("0B D3 PQ TJ", "the payee", repeat=MANY),
    Segment(
        "RDM", "delivery", "Delivery of the remittance", S, 1,
        E("method", R, "BM EM FT OL"), E("name", S), E("number", S),
        when="the remittance goes to the payee apart from the payment",
    ),
)  # fmt: skip

PAYMENT = (
    Segment(
        "BPR", "payment", "Payment", R, 1,
        E("handling", R, "I C D H P U X"), E("amount", R), E("direction", R, "C D"), E("method", R, "ACH BOP CHK FWT NON"),
    E("payment_format", S, "CCP CTX", when="paid by ACH"),
        E("sender_bank_type", S, "01 04"), E("sender_bank", S), E("sender_account_type", S, "DA"), E("sender_account", S),
        E("originator", S), E("originator_supplement", S),
        E("receiver_bank_type", S, "01 04"), E("receiver_bank", S), E("receiver_account_type", S, "DA SG"),
        E("receiver_account", S), E("date", R),
    ),
    Segment(
        "TRN", "payment", "Trace number of the payment", R, 1,
        K("1"), E("trace", R), E("payer_tax_id", R), E("payer_supplement", S),
    ),
    Segment("CUR", "", "Currency", S, 1, K("PR"), E("currency", R), when="the payment is not in US dollars"),
    Segment("REF", "", "Receiver of the file", S, 1, K("EV"), E("receiver_id", R), when="another than the payee receives it"),
    Segment("REF", "", "Version of the payer's software", S, 1, K("F2"), E("payer_version", R), when="the payer notes it"),
    _day("405", "production_date", "Cut-off day of the payer's processing", "it differs from the day of the file"),
)  # fmt: skip

SUMMARY = (
    Segment(
        "TS3", "summary", "Summary of a provider", S, 1,
        E("provider_id", R), E("facility_type", R), E("fiscal_period_end", R), E("claim_count", R), E("charge", R),
        unused(7), E("msp_payer", S), unused(), E("non_lab_charge", S), unused(), E("hcpcs_reportable", S),
        E("hcpcs_payable", S), unused(), E("professional_component", S), E("msp_patient_liability", S),
        E("patient_reimbursement", S), E("pip_claim_count", S), E("pip_adjustment", S),
        when="Medicare part A, or the payer groups claims by provider",
    ),
    Segment(
        "TS2", "medicare", "Summary of Medicare part A", S, 1,
        E("drg", S), E("federal", S), E("hospital", S), E("disproportionate_share", S), E("capital", S),
        E("indirect_teaching", S), E("outlier_days", S), E("day_outlier", S), E("cost_outlier", S),
        E("mean_length_of_stay", S), E("discharges", S), E("cost_report_days", S), E("covered_days", S),
        E("non_covered_days", S), E("msp_pass_through", S), E("mean_drg_weight", S), E("capital_federal", S),
        E("capital_hospital", S), E("capital_disproportionate_share", S),
        when="Medicare part A inpatient claims",
    ),
)  # fmt: skip

CLAIM = Segment(
    "CLP", "", "Payment of a claim", R, 1,
    E("control_number", R), E("status", R, CLAIM_STATUSES), E("charge", R), E("paid", R),
    E("patient_responsibility", S, when="the patient owes a part"), E("claim_filing", R, CLAIM_FILING),
    E("payer_claim_number", R, maximum=50), E("facility_type", S), E("frequency", S), unused(),
    E("drg", S, when="paid by DRG"), E("drg_weight", S), E("discharge_fraction", S),
)  # fmt: skip

PARTIES = (
    _party("QC", "patient", "Patient", "1", "MI 34 HN II MR", identified=S),
    _party("IL", "insured", "Insured person", "1 2", "MI FI II", when="the insured is not the patient"),
    _party("74", "corrected_patient", "Corrected patient or insured", "1 2", "C", identified=S, when="it was sent wrong"),
    _party("82", "rendering_provider", "Rendering provider", "1 2", "XX BD BS FI MC PC SL UP", when="not the payee"),
    _party("TT", "crossover_carrier", "Payer the claim was forwarded to", "2", PAYER_IDS, when="the claim was forwarded"),
    _party("PR", "corrected_payer", "Payer that should come first", "2", PAYER_IDS, when="another payer comes first"),
    _party("GB", "other_subscriber", "Other subscriber", "1 2", "MI FI II", identified=S, when="of that other payer"),
)  # fmt: skip

DECISIONS = (
    Segment(
        "MIA", "inpatient", "Inpatient decision", S, 1,
        E("covered_days", R), E("operating_outlier", S), E("lifetime_psychiatric_days", S), E("drg", S),
        E("remark_codes", S), E("disproportionate_share", S), E("msp_pass_through", S), E("capital", S),
        E("capital_federal", S), E("capital_hospital", S), E("capital_disproportionate_share", S), E("old_capital", S),
        E("capital_medical_education", S), E("operating_hospital", S), E("cost_report_days", S),
        E("operating_federal", S), E("capital_outlier", S), E("indirect_teaching", S), E("professional_component", S),
        (E("remark_codes", S),) * 4, E("capital_exception", S),
        when="an inpatient claim",
    ),
    Segment(
        "MOA", "outpatient", "Outpatient decision", S, 1,
        E("reimbursement_rate", S), E("hcpcs_payable", S), (E("remark_codes", S),) * 5,
        E("esrd_paid", S), E("professional_component", S),
        when="an outpatient or professional claim with remarks",
    ),
)  # fmt: skip

CLAIM_DETAILS = (
    identifiers("1L 1W 28 6P 9A 9C BB CE EA F8 G1 G3 IG SY", "the claim", repeat=5, path="references"),
    identifiers(
        "0B 1A 1B 1C 1D 1G 1H 1J D3 G2 LU", "the rendering provider", repeat=10, path="rendering_provider_identifiers"
    ),
    _day("232", "statement_start", "First day of the statement", "no line has a day"),
    _day("233", "statement_end", "Last day of the statement", "no line has a day"),
    _day("036", "coverage_end", "End of coverage", "denied because coverage had ended"),
    _day("050", "received_date", "Receipt of the claim", "the payer is asked for it"),
    Segment(
        "PER", "contacts", "Claim office", S, 2,
        K("CX"), E("name", S), K("EM FX TE"), E("", R), E("", S, "EM EX FX TE"), E("", S), E("", S, "EX"), E("", S),
        when="the claim is dealt with elsewhere",
    ),
    _amounts(f"AU D8 DY F5 I NL T T2 {STATE_AMOUNTS}", 13, "Further amount of the claim"),
    _quantities(f"CA CD LA LE NE NR OU PS VS {STATE_AMOUNTS}", 14, "Quantity of the claim"),
)  # fmt: skip

SERVICE = Loop(
    "2110", "lines", "Payment of a line", S, 999,
    Segment(
        "SVC", "", "Payment of a line", R, 1,
        C("procedure", R, E("qualifier", R, PAID_PROCEDURES), E("code", R), *(E("modifiers", S),) * 4),
        E("charge", R), E("paid", R), E("revenue_code", S), E("units", S),
        C(
            "submitted_procedure", S,
            E("qualifier", R, PAID_PROCEDURES), E("code", R), *(E("modifiers", S),) * 4, E("description", S),
            when="it was paid as another than was sent",
        ),
        E("submitted_units", S, when="other units were sent"),
    ),
    _day("472", "service_date", "Day of service", "one day"),
    _day("150", "service_start", "First day of service", "several days"),
    _day("151", "service_end", "Last day of service", "several days"),
    _adjustments("Adjustments of the line"),
    identifiers("1S APC BB E9 G1 G3 LU RB", "the line", repeat=8, path="references"),
    Segment("REF", "", "Line control number", S, 1, K("6R"), E("control_number", R), when="the claim held one"),
    identifiers(
        "0B 1A 1B 1C 1D 1G 1H 1J D3 G2 HPI SY TJ", "the rendering provider", repeat=10,
        path="rendering_provider_identifiers",
    ),
    Segment("REF", "policies", "Health care policy", S, 5, K("0K"), E("", R), when="a policy decided on the payment"),
    _amounts(f"B6 KH T T2 {STATE_AMOUNTS}", 9, "Further amount of the line"),
    _quantities(STATE_AMOUNTS, 6, "Quantity of the line"),
    Segment(
        "LQ", "remarks", "Remark on the line", S, 99, E("qualifier", R, "HE RX"), E("code", R),
        when="the adjustment needs explaining",
    ),
    when="the payer decided line by line",
)  # fmt: skip

CLAIM_PAYMENT = Loop(
    "2100", "claims", "Payment of a claim", R, MANY,
    CLAIM, _adjustments("Adjustments of the claim"), *PARTIES, *DECISIONS, *CLAIM_DETAILS, SERVICE,
)  # fmt: skip

PROVIDER_ADJUSTMENT = Segment(
    "PLB", "provider_adjustments", "Adjustments of a provider", S, MANY,
    E("provider_id", R), E("fiscal_year_end", R),
    C("", R, E("reason", R, PROVIDER_ADJUSTMENTS), E("reference", S)), E("amount", R),
    *(C("", S, E("reason", R, PROVIDER_ADJUSTMENTS), E("reference", S)), E("amount", S)) * 5,
    when="the payment differs from the sum of the claims",
)  # fmt: skip

WATCHED = {
    "ST": "BPR TRN PLB",
    "1000A": "N1 N4 REF PER",
    "1000B": "N1 N4 REF",
    "2000": "LX TS3",
    "2100": "CLP CAS NM1 MIA MOA REF DTM PER AMT QTY",
    "2110": "SVC DTM CAS REF AMT QTY LQ",
}
"""The segments that the rules of balance, days and details look at, by loop."""

GUIDE = Guide(
    id="005010X221A1",
    transaction="835",
    group="HP",
    title="Health care claim payment and remittance advice",
    root=Loop(
        "ST", "", "Transaction set", R, MANY,
        Segment("ST", "", "Transaction set header", R, 1, K("835"), E("", R), E("", N)),
        *PAYMENT, PAYER, PAYEE,
        Loop(
            "2000", "groups", "Claims together", S, MANY,
            Segment("LX", "", "Number of the group", R, 1, E("number", R)), *SUMMARY, CLAIM_PAYMENT,
            when="claims are paid",
        ),
        PROVIDER_ADJUSTMENT,
        closing(),
    ),
    also=("005010X221",),
    records=(Record("ST", Remittance), Record("2100", ClaimPayment, Remittance)),
    unit="2100",
    reopened=frozenset({"1000A", "1000B", "2000", "2100", "2110"}),
    situations=(Situations("medcode.claims.x12.validate.remittance.RemittanceRules", WATCHED),),
    sample=("SVC", 1, r"(?:AD|ER|HC|HP|IV|N4|NU|WK)([^\w\s])\w"),
)  # fmt: skip
