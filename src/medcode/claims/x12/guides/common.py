"""What the claim guides share: names, addresses, references, dates, the header, other payers.

Each function gives one row, or a few, of a guide's table. Qualifiers and usage are the guide's;
names are those of the claim model; titles and conditions are in medcode's own words.
Source: ASC X12 005010X222A1, X223A2 and X224A2 (facts only).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.model.submission import TransactionHeader
from medcode.claims.x12.guides.grammar import (
    MANY,
    C,
    E,
    K,
    Level,
    Loop,
    R,
    Record,
    S,
    Segment,
    Situations,
    unused,
)

if TYPE_CHECKING:
    from typing import Any

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.guides.grammar import Composite, Element, Usage

SUFFIX_UNUSED = ("first_name", "middle_name")
SUFFIX_USED = ("first_name", "middle_name", "", "suffix")

PAYER_RESPONSIBILITY = "A B C D E F G H P S T U"
RELATIONSHIPS = "01 19 20 21 39 40 53 G8"
RELATIONSHIPS_OR_SELF = f"18 {RELATIONSHIPS}"
CLAIM_FILING = "11 12 13 14 15 16 17 AM BL CH CI DS FI HM LM MA MB MC OF TV VA WC ZZ"
PROPERTY_AND_CASUALTY = "a property and casualty claim"
DELAY_REASONS = "1 2 3 4 5 6 7 8 9 10 11 15"
POINTERS = "1 2 3 4 5 6 7 8 9 10 11 12"
MEDICARE_SECONDARY = "12 13 14 15 16 41 42 43 47"
ADJUSTMENT_GROUPS = "CO CR OA PI PR"
PROCEDURE_QUALIFIERS = "ER HC IV WK"
CLAIM_PRICING = "00 01 02 03 04 05 07 08 09 10 11 12 13 14"
LINE_PRICING = f"{CLAIM_PRICING} 06"
CONTRACT_TYPES = "01 02 03 04 05 06 09"
REJECT_REASONS = "T1 T2 T3 T4 T5 T6"
REPORT_TYPES = (
    "03 04 05 06 07 08 09 10 11 13 15 21 A3 A4 AM AS B2 B3 B4 BR BS BT CB CK CT D2 DA DB DG DJ DS EB HC HR I5 IR "
    "LA M1 MT NN OB OC OD OE OX OZ P4 P5 PE PN PO PQ PY PZ RB RR RT RX SG V5 XP"
)
TRANSMISSIONS = "AA BM EL EM FT FX"


def name(
    code: str,
    title: str,
    types: str = "1 2",
    id_type: Element | None = None,
    identifier: Element | None = None,
    *,
    persons: tuple[str, ...] = SUFFIX_USED,
    named: Usage = R,
    path: str = "",
) -> Segment:
    """Return NM1 of a named entity: by default a provider with an NPI."""
    given: tuple[Element, ...] = unused(4)
    if "1" in types:
        given = tuple(E(each, S) if each else unused()[0] for each in persons) + unused(4 - len(persons))
    return Segment(
        "NM1", path, title, R, 1,
        K(code), E("entity_type", R, types), E("last_name", named), given,
        id_type or E("", S, "XX"), identifier or E("npi", S, when="the provider has an NPI"),
    )  # fmt: skip


def unnamed(code: str, title: str, types: str, *identity: Element) -> Segment:
    """Return NM1 of an entity that is not named, at most identified."""
    return Segment("NM1", "", title, R, 1, K(code), E("entity_type", R, types), unused(5), *identity)


def person(
    id_: str, path: str, code: str, title: str, codes: str, repeat: int, *specialty: Segment, by_payer: bool = False
) -> Loop:
    """Return the loop of a provider who is always a person; `specialty` is its PRV where the guide has one."""
    return Loop(
        id_, path, title, S, 1,
        name(code, title, "1"), *specialty,
        identifiers(codes, "the provider", repeat=repeat, by_payer=by_payer),
        when="there was one",
    )  # fmt: skip


def facility(id_: str, codes: str, repeat: int, *further: Segment, by_payer: bool = False) -> Loop:
    """Return the loop of the place where the service was performed."""
    return Loop(
        id_, "service_facility", "Service facility", S, 1,
        name("77", "Service facility", "2"),
        *address("the service facility"),
        identifiers(codes, "the service facility", repeat=repeat, by_payer=by_payer),
        *further,
        when="the service was performed elsewhere than at the billing provider's address",
    )  # fmt: skip


def rendering(id_: str, repeat: int, specialty: Usage = S, *, by_payer: bool = False) -> Loop:
    """Return the loop of who gave the care, a person or an organization; `specialty` is the usage of PRV."""
    return Loop(
        id_, "rendering_provider", "Rendering provider", S, 1,
        name("82", "Rendering provider"),
        taxonomy("PE", "the rendering provider", usage=specialty),
        identifiers("0B 1G G2 LU", "the rendering provider", repeat=repeat, by_payer=by_payer),
        when="someone other than the billing provider gave the care",
    )  # fmt: skip


def address(owner: str, usage: Usage = R, path: str = "address", when: str = "") -> tuple[Segment, Segment]:
    """Return N3 and N4: street, city, state, ZIP code, country."""
    return (
        Segment("N3", path, f"Street of {owner}", usage, 1, E("line1", R), E("line2", S), when=when),
        Segment(
            "N4", path, f"City, state and ZIP code of {owner}", usage, 1,
            E("city", R), E("state", S, when="in the US or Canada"), E("zip", S, when="the country has postal codes"),
            E("country", S, when="outside the US"), unused(2), E("subdivision", S, when="outside the US and Canada"),
            when=when,
        ),
    )  # fmt: skip


def contact(owner: str, usage: Usage = S, repeat: int = 1, *, phone_only: bool = False) -> Segment:
    """Return PER: whom to call, and how."""
    first, further = ("TE", "EX") if phone_only else ("EM FX TE", "EM EX FX TE")
    third = unused(2) if phone_only else (E("", S, further), E("", S))
    return Segment(
        "PER", "contacts", f"Contact of {owner}", usage, repeat,
        K("IC"), E("name", S), K(first), E("", R), E("", S, further), E("", S), third,
    )  # fmt: skip


def tax_id(owner: str, codes: str = "EI SY") -> Segment:
    """Return REF of the number that income is reported under."""
    return Segment("REF", "", f"Tax number of {owner}", R, 1, E("tax_id_type", R, codes), E("tax_id", R))


def identifiers(
    codes: str, owner: str, usage: Usage = S, repeat: int = 1, *, by_payer: bool = False, path: str = "identifiers"
) -> Segment:
    """Return REF of further identifiers, each with its qualifier; on lines also with the payer it is for."""
    payer = (unused(), _payer()) if by_payer else ()
    return Segment(
        "REF", path, f"Further identifiers of {owner}", usage, repeat,
        E("qualifier", R, codes), E("value", R), *payer,
        when="" if usage is R else "needed besides, or instead of, the main identifier",
    )  # fmt: skip


def _payer() -> Composite:
    return C("", S, K("2U"), E("payer_id", R), when="it is another payer's than the one the claim goes to")


def casualty(owner: str) -> Segment:
    """Return REF Y4 of a person."""
    return reference(
        "Y4", "casualty_claim_number", f"Property and casualty claim number of {owner}", PROPERTY_AND_CASUALTY
    )


def casualty_patient() -> Segment:
    """Return REF of the patient in a property and casualty case."""
    return Segment(
        "REF", "", "Property and casualty number of the patient", S, 1,
        E("patient_id_type", R, "1W SY"), E("patient_id", R), when=PROPERTY_AND_CASUALTY,
    )  # fmt: skip


def accident() -> Composite:
    """Return the composite of what caused the condition."""
    causes = "AA EM OA"
    return C(
        "accident", S,
        E("causes", R, causes), E("causes", S, causes), *unused(),
        E("state", S, when="a car accident in the US"), E("country", S, when="a car accident abroad"),
        when="an accident or the patient's work caused the condition",
    )  # fmt: skip


def conditions(codes: str, count: int) -> tuple[Element, ...]:
    """Return `count` condition codes in a row."""
    return (E("conditions", R, codes), *(E("conditions", S, codes),) * (count - 1))


def epsdt_referral() -> Segment:
    """Return CRC of an EPSDT referral."""
    return Segment(
        "CRC", "epsdt_referral", "EPSDT referral", S, 1,
        K("ZZ"), E("certified", R, "N Y"), conditions("AV NU S2 ST", 3),
        when="an EPSDT screening",
    )  # fmt: skip


def drug(codes: str) -> Loop:
    """Return loop 2410."""
    return Loop(
        "2410", "drug", "Drug", S, 1,
        Segment("LIN", "", "Drug or product", R, 1, unused(), E("code_type", R, codes), E("code", R)),
        Segment(
            "CTP", "", "Quantity of the drug", R, 1,
            unused(3), E("quantity", R), C("", R, E("unit", R, "F2 GR ME ML UN")),
        ),
        Segment(
            "REF", "", "Prescription or compound number", S, 1,
            E("prescription_number_type", R, "VY XZ"), E("prescription_number", R),
            when="a prescription was filled, or a drug is part of a compound",
        ),
        when="a drug was given, or the payer asks for the product",
    )  # fmt: skip


def reference(code: str, path: str, title: str, when: str = "", *, codes: str = "", repeat: int = 1) -> Segment:
    """Return REF of a number."""
    return Segment("REF", path, title, S, repeat, K(code), E("", R, codes), when=when)


def claim_references(codes: str, **repeats: int) -> tuple[Segment, ...]:
    """Return REFs of a claim, each by its qualifier; `repeats` has those that may occur more than once."""
    return tuple(
        reference(code, *_CLAIM_REFERENCES[code], codes=_VALUES.get(code, ""), repeat=repeats.get(code, 1))
        for code in codes.split()
    )


_CLAIM_REFERENCES = {
    "1J": ("references.care_plan_oversight", "Care plan oversight", "care plan oversight is billed"),
    "4N": ("references.authorization_exception", "Why no authorization was asked for", "law asks for one"),
    "9A": ("references.repriced_claim", "Repriced claim number", "a repricer gave one"),
    "9C": ("references.adjusted_repriced_claim", "Adjusted repriced claim number", "a repricer gave one"),
    "9F": ("references.referral", "Referral number", "the payer gave one"),
    "D9": ("references.clearinghouse", "Clearinghouse's claim number", "a clearinghouse gave one"),
    "EA": ("references.medical_record", "Medical record number", "the provider wants it kept"),
    "EW": ("references.mammography_certification", "Mammography certification", "a mammography"),
    "F5": ("references.medicare_crossover", "Medicare section 4081", "a crossover claim"),
    "F8": ("references.payer_claim_number", "Payer's claim number", "the claim replaces or voids another"),
    "G1": ("references.prior_authorization", "Prior authorization number", "the payer gave one"),
    "G3": ("references.predetermination", "Predetermination number", "the services were predetermined"),
    "G4": ("references.peer_review", "Peer review approval", "a peer review organization approved"),
    "LU": ("accident.state", "State of the car accident", "a car accident"),
    "LX": ("references.investigational_devices", "Investigational device exemption", "a study device was used"),
    "P4": ("references.demonstration_project", "Demonstration project", "the claim belongs to one"),
    "X4": ("references.clia", "CLIA number", "laboratory tests by a laboratory under CLIA"),
}
_VALUES = {"4N": "1 2 3 4 5 6 7", "F5": "N Y"}


def payer_references(code: str, path: str, title: str, when: str) -> Segment:
    """Return REF of numbers that payers gave, on a line."""
    return Segment("REF", path, title, S, 5, K(code), E("value", R), unused(), _payer(), when=when)


def date(code: str, path: str, title: str, when: str = "", *, formats: str = "D8", usage: Usage = S) -> Segment:
    """Return DTP of one day or span."""
    return Segment("DTP", path, title, usage, 1, K(code), E("format", R, formats), E("", R), when=when)


def amount(code: str, path: str, title: str, when: str = "") -> Segment:
    """Return AMT of one amount."""
    return Segment("AMT", path, title, S, 1, K(code), E("", R), when=when)


def taxonomy(code: str, owner: str, path: str = "", usage: Usage = S) -> Segment:
    """Return PRV: the specialty by its taxonomy code."""
    return Segment(
        "PRV", path, f"Specialty of {owner}", usage, 1, K(code), K("PXC"), E("taxonomy", R),
        when="" if usage is R else "the payer's decision depends on the specialty",
    )  # fmt: skip


def hierarchy(code: str, child: str, title: str) -> Segment:
    """Return HL; the billing provider's level has no parent."""
    parent = unused() if code == "20" else (E("", R),)
    return Segment("HL", "", title, R, 1, E("", R), parent, K(code), E("", R, child))


def procedure(usage: Usage = R, qualifiers: str = PROCEDURE_QUALIFIERS, *, described: bool = True) -> Composite:
    """Return the composite of a procedure with its modifiers."""
    text = E("description", S, when="the code names nothing in particular") if described else unused()[0]
    modifiers = (E("modifiers", S),) * 4
    return C("procedure", usage, E("qualifier", R, qualifiers), E("code", R), *modifiers, text)


def attachments(report_types: str = REPORT_TYPES) -> Segment:
    """Return PWK: papers that go with the claim."""
    return Segment(
        "PWK", "attachments", "Attachment", S, 10,
        E("report_type", R, report_types), E("transmission", R, TRANSMISSIONS), unused(2),
        E("", S, "AC"), E("control_number", S, maximum=50, when="sent apart from the claim"),
        when="papers go with the claim, or are kept for it",
    )  # fmt: skip


def contract(types: str = CONTRACT_TYPES) -> Segment:
    """Return CN1: the contract the charge rests on."""
    return Segment(
        "CN1", "contract", "Contract", S, 1,
        E("type", R, types), E("amount", S), E("percent", S), E("code", S),
        E("terms_discount", S), E("version", S),
        when="the contract asks for it",
    )  # fmt: skip


def file_information() -> Segment:
    """Return K3: what a law or regulation asks for and the guide has no place for."""
    return Segment("K3", "file_information", "Fixed-format information", S, 10, E("", R), when="asked for by regulation")


APPROVED_GROUP = (E("approved_group", S), E("approved_group_amount", S))
"""HCP06 and HCP07: the ambulatory patient group or DRG that a repricer approved, and its amount."""


def repricing(methods: str, *middle: Element | tuple[Element, ...]) -> Segment:
    """Return HCP: what a repricer made of the charge; `middle` is HCP06 to HCP12."""
    return Segment(
        "HCP", "repricing", "Pricing by a repricer", S, 1,
        E("method", R, methods), E("allowed", R), E("saving", S), E("organization_id", S), E("rate", S),
        *middle,
        E("reject_reason", S, REJECT_REASONS), E("policy_compliance", S, "1 2 3 4 5"), E("exception", S, "1 2 3 4 5 6"),
        when="a repricer has dealt with it",
    )  # fmt: skip


def adjustments(title: str) -> Segment:
    """Return CAS: why a payer paid other than charged."""
    more = (E("reason", S), E("amount", S), E("quantity", S))
    return Segment(
        "CAS", "adjustments", title, S, 5,
        E("group", R, ADJUSTMENT_GROUPS), E("reason", R), E("amount", R), E("quantity", S), *more * 5,
        when="the payer adjusted it",
    )  # fmt: skip


def transaction_header() -> tuple[Segment | Loop, ...]:
    """Return ST and BHT, who submits (1000A) and who receives (1000B)."""
    return (
        Segment("ST", "", "Transaction set header", R, 1, K("837"), E("", R), E("", R)),
        Segment(
            "BHT", "", "Beginning of the transaction", R, 1,
            K("0019"), E("purpose", R, "00 18"), E("reference", R, maximum=30), E("created_date", R), E("created_time", R),
            E("claim_type", R, "31 CH RP"),
        ),
        Loop(
            "1000A", "submitter", "Submitter", R, 1,
            name("41", "Submitter", "1 2", K("46"), E("id", R), persons=SUFFIX_UNUSED),
            contact("the submitter", R, 2),
        ),
        Loop("1000B", "receiver", "Receiver", R, 1, name("40", "Receiver", "2", K("46"), E("id", R))),
    )  # fmt: skip


def billing_level() -> tuple[Segment, ...]:
    """Return what opens the level of the billing provider, before its loops."""
    return (
        hierarchy("20", "1", "Billing provider's level"),
        taxonomy("BI", "the billing provider", "billing_provider"),
        Segment("CUR", "currency", "Currency", S, 1, K("85"), E("", R), when="amounts are not in US dollars"),
    )


def pay_to_address(types: str = "1 2") -> Loop:
    """Return loop 2010AB."""
    return Loop(
        "2010AB", "billing_provider.pay_to_address", "Pay-to address", S, 1,
        unnamed("87", "Pay-to address", types),
        *address("the pay-to address", path=""),
        when="payment goes elsewhere than to the billing provider's address",
    )  # fmt: skip


def pay_to_plan() -> Loop:
    """Return loop 2010AC."""
    return Loop(
        "2010AC", "billing_provider.pay_to_plan", "Pay-to plan", S, 1,
        name("PE", "Pay-to plan", "2", E("payer_id_type", R, "PI XV"), E("payer_id", R)),
        *address("the pay-to plan"),
        identifiers("2U FY NF", "the pay-to plan"),
        Segment("REF", "tax_id", "Tax number of the pay-to plan", R, 1, K("EI"), E("", R)),
        when="a plan that has paid asks for its money back",
    )  # fmt: skip


def coverage(relationships: str = "18", usage: Usage = S, path: str = "", *, secondary: bool = True) -> Segment:
    """Return SBR: how this payer ranks and what kind of plan it is."""
    return Segment(
        "SBR", path, "Coverage", R, 1,
        E("payer_responsibility", R, PAYER_RESPONSIBILITY),
        E("relationship" if usage is R else "", usage, relationships, when="the subscriber is the patient"),
        E("group_number", S), E("group_name", S, when="there is no group number"),
        E("insurance_type", S, MEDICARE_SECONDARY, when="Medicare is not primary") if secondary else unused(),
        unused(3), E("claim_filing", S, CLAIM_FILING),
    )  # fmt: skip


def demographics(owner: str, usage: Usage, when: str = "") -> Segment:
    """Return DMG: birth date and sex."""
    return Segment(
        "DMG", "", f"Birth date and sex of {owner}", usage, 1,
        E("format", R, "D8"), E("birth_date", R), E("sex", R, "F M U"), when=when,
    )  # fmt: skip


def condition_of_patient(owner: str, path: str, usage: Usage, relationships: str = "") -> Segment:
    """Return PAT: relationship, death, weight, pregnancy."""
    relationship = (E("relationship", R, relationships),) if relationships else unused()
    return Segment(
        "PAT", path, f"Patient information of {owner}", usage, 1, relationship, unused(3),
        E("format", S, "D8"), E("death_date", S, when="the patient has died"),
        E("", S, "01"), E("weight", S, when="the weight decides on payment, as for ESRD or newborn care"),
        E("pregnant", S, "Y", when="the patient is pregnant and the payer asks"),
        when="" if usage is R else "the subscriber is the patient and there is something to say",
    )  # fmt: skip


def payer(repeat: int) -> Loop:
    """Return loop 2010BB: who is asked to pay."""
    return Loop(
        "2010BB", "payer", "Payer", R, 1,
        name("PR", "Payer", "2", E("payer_id_type", R, "PI XV"), E("payer_id", R)),
        *address("the payer", S, when="the payer asks for it"),
        identifiers("2U EI FY NF", "the payer", repeat=3),
        identifiers(
            "G2 LU", "the billing provider at the payer", repeat=repeat, path="billing_provider_identifiers"
        ),
    )  # fmt: skip


def dependent_name(*further: Segment) -> Loop:
    """Return loop 2010CA: the patient who is not the subscriber."""
    return Loop(
        "2010CA", "dependent", "Patient", R, 1,
        name("QC", "Patient", "1", *unused(2)),
        *address("the patient"),
        demographics("the patient", R),
        *further,
    )  # fmt: skip


def patient_level(dependent: tuple[Segment, ...], claim: Loop, detail: Segment) -> Loop:
    """Return loop 2000C: the level of a patient who is not the subscriber."""
    return Loop(
        "2000C", "", "Patient's level", S, MANY,
        hierarchy("23", "0", "Patient's level"), detail, dependent_name(*dependent), claim,
        when="the patient is not the subscriber",
    )  # fmt: skip


def relationship_of_patient() -> Segment:
    """Return PAT with the relationship alone."""
    return Segment("PAT", "dependent", "Relationship of the patient", R, 1, E("relationship", R, RELATIONSHIPS))


def subscriber(*further: Segment, identified: Usage = R) -> Loop:
    """Return loop 2010BA."""
    return Loop(
        "2010BA", "subscriber", "Subscriber", R, 1,
        name("IL", "Subscriber", "1 2", E("member_id_type", identified, "II MI"), E("member_id", identified)),
        *address("the subscriber", S, when="the subscriber is the patient"),
        demographics("the subscriber", S, "the subscriber is the patient"),
        reference("SY", "ssn", "Social security number of the subscriber", "the payer asks for it"),
        casualty("the subscriber"),
        *further,
    )  # fmt: skip


def outpatient_decision(esrd: Element) -> Segment:
    """Return MOA; `esrd` is MOA08, what was paid for end-stage renal disease."""
    return Segment(
        "MOA", "outpatient", "Outpatient decision", S, 1,
        E("reimbursement_rate", S), E("hcpcs_payable", S), (E("remark_codes", S),) * 5,
        esrd, E("professional_component", S),
        when="the remittance held it",
    )  # fmt: skip


def other_amounts(codes: str) -> tuple[Segment, ...]:
    """Return AMTs of another payer, in the order of the guide."""
    return tuple(amount(code, *_OTHER_AMOUNTS[code]) for code in codes.split())


_OTHER_AMOUNTS = {
    "A8": ("non_covered", "Not covered by the other payer", "it was not asked, and covers nothing"),
    "D": ("paid", "Paid by the other payer", "it has decided on the claim"),
    "EAF": ("remaining_liability", "Still owed by the patient", "it is known for the claim as a whole"),
}


def other_insurance(signed: Element) -> Segment:
    """Return OI; `signed` is OI04."""
    return Segment(
        "OI", "", "Other coverage", R, 1,
        unused(2), E("benefits_assigned", R, "N W Y"), signed, unused(), E("release_of_information", R, "I Y"),
    )  # fmt: skip


def other_subscriber(numbers: int) -> Loop:
    """Return loop 2330A, whose person has at most `numbers` further identifiers."""
    return Loop(
        "2330A", "subscriber", "Other subscriber", R, 1,
        name("IL", "Other subscriber", "1 2", E("member_id_type", R, "II MI"), E("member_id", R)),
        *address("the other subscriber", S, when="it is known"),
        identifiers("SY", "the other subscriber", repeat=numbers),
    )  # fmt: skip


def other_payer(numbers: int, *further: Segment) -> Loop:
    """Return loop 2330B, whose payer has at most `numbers` further identifiers; its content belongs to the other payer's coverage as a whole."""
    return Loop(
        "2330B", "", "Other payer", R, 1,
        name("PR", "Other payer", "2", E("payer_id_type", R, "PI XV"), E("payer_id", R), path="payer"),
        *address("the other payer", S, "payer.address", when="it is known"),
        date("573", "remittance_date", "Day of the other payer's payment", "it has decided on the claim as a whole"),
        identifiers("2U EI FY NF", "the other payer", repeat=numbers, path="payer.identifiers"),
        reference("G1", "prior_authorization", "Other payer's prior authorization", "it gave one"),
        reference("9F", "referral", "Other payer's referral number", "it gave one"),
        reference("T4", "adjusted", "The other payer adjusted an earlier decision", "it did", codes="Y"),
        *further,
        reference("F8", "claim_number", "Other payer's claim number", "it is known"),
    )  # fmt: skip


def other_provider(id_: str, path: str, code: str, title: str, types: str, codes: str, repeat: int) -> Loop:
    """Return a loop of 2330: what another payer calls a provider of the claim."""
    return Loop(
        id_, path, title, S, 1,
        unnamed(code, title, types),
        identifiers(codes, "the provider at the other payer", R, repeat),
        when="the other payer knows the provider by a number of its own",
    )  # fmt: skip


def line_adjudication(procedures: Composite, *revenue: Element) -> Loop:
    """Return loop 2430: what another payer decided on the line."""
    return Loop(
        "2430", "adjudications", "Decision of another payer", S, 15,
        Segment(
            "SVD", "", "Line as decided", R, 1,
            E("payer_id", R), E("paid", R), procedures, *(revenue or unused()), E("quantity", R, maximum=8),
            E("bundled_line", S, when="the payer bundled or unbundled the line"),
        ),
        adjustments("Adjustments of the line"),
        date("573", "date", "Day of the decision", usage=R),
        amount("EAF", "remaining_liability", "Still owed by the patient", "it is known"),
        when="another payer has decided on the line",
    )  # fmt: skip


def closing() -> Segment:
    """Return SE."""
    return Segment("SE", "", "Transaction set trailer", R, 1, E("", R), E("", R))


_SHOWN = "1000A 2010AA 2010AB 2010AC 2010BA 2010BB 2010CA 2320 2330A 2330B 2400"
"""Loops that what follows their first segment shows. Those of a claim's providers are not among them: an address after the name
of one who has none in the guide is that provider's, and not the service facility's whose name is lost."""


def of_claims(model: type[Claim]) -> dict[str, Any]:
    """Return what the 837 guides have in common besides their tables, for the claims of one class."""
    return {
        "transaction": "837",
        "group": "HC",
        "records": (Record("2300", model, TransactionHeader),),
        "levels": (
            Level("2000A", ("billing_provider",), ("billing_provider.npi",)),
            Level(
                "2000B",
                ("subscriber", "payer"),
                ("subscriber.member_id", "payer.payer_id"),
                own=("SBR", 2, "18"),  # the claims below this level are those of the subscriber
            ),
            Level("2000C", ("dependent",), ("dependent.birth_date", "dependent.first_name")),
        ),
        "reopened": frozenset(_SHOWN.split()),
        "counters": frozenset({"LX"}),
        "most": 5_000,
        "situations": (
            Situations(
                "medcode.claims.x12.validate.patients.Patients",
                {"2000A": "HL", "2000B": "HL SBR", "2000C": "HL", "2010BA": "NM1 N3 N4 DMG", "2300": "CLM"},
            ),
        ),
        "sample": ("CLM", 5, r"\w{1,2}([^\w\s])[AB]\1\w"),
        "reference": "CLM01",
        "trigger": ("2000B", "SBR", 2),
    }
