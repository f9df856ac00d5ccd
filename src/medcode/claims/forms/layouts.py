"""What stands where on the three paper forms: rows of boxes, and the columns of the service lines.

Only the numbers of the boxes are the forms' own. Their names are ours, their places a grid of our own, drawn for a
person to check a claim and not to be sent.

Source: NUCC, 1500 Claim Form reference; CMS, Medicare Claims Processing Manual, Pub. 100-04, chapters 25 and 26; ADA
Dental Claim Form (numbers only).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model import DentalClaim, InstitutionalClaim, ProfessionalClaim

if TYPE_CHECKING:
    from medcode.claims.model import Claim

__all__ = ["LAYOUTS", "Box", "Layout"]


def _paths(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@attrs.frozen
class Box:
    """A box: its number, its name, its share of the row's width, and the fields it holds.

    `paths` are fields of the claim, or of a line in a column; findings at them or below mark the box. `show` names the way
    they are written (see `medcode.claims.forms.values`), `most` is how many entries the box has room for, and `across` how
    many of them stand on a line.
    """

    number: str
    name: str
    width: int
    paths: tuple[str, ...] = attrs.field(converter=_paths)
    show: str = "text"
    most: int = 1
    across: int = 1

    @property
    def height(self) -> int:
        """How many lines of text the box is high."""
        return -(-self.most // self.across)


@attrs.frozen(kw_only=True)
class Layout:
    """A form: rows of boxes above and below the service lines, the columns of these, and how many fit on a page."""

    name: str
    above: tuple[tuple[Box, ...], ...]
    columns: tuple[Box, ...]
    per_page: int
    below: tuple[tuple[Box, ...], ...]


B = Box
_LETTERS = "ABCDEFGHIJKL"


def _diagnoses(letters: str) -> tuple[Box, ...]:
    """Return the boxes of diagnoses by their letters; those after the twelfth have no room in the last one."""
    return tuple(
        Box(
            f"21{letter}",
            "diagnosis",
            15,
            f"diagnoses[{_LETTERS.index(letter)}{':' * (letter == 'L')}]",
            "list",
        )
        for letter in letters
    )


CMS_1500 = Layout(
    name="CMS-1500",
    above=(
        (B("1", "kind of insurance", 25, "subscriber.claim_filing"), B("", "payer", 40, "payer.organization payer.payer_id", most=2),
         B("1a", "insured's id", 35, "subscriber.member_id")),
        (B("2", "patient", 40, "patient", "names", 2), B("3", "birth date, sex", 25, "patient.birth_date patient.sex"),
         B("4", "insured", 35, "subscriber", "names", 2)),
        (B("5", "patient's address", 40, "patient.address", "address", 2),
         B("6", "patient's relationship to insured", 25, "dependent.relationship", "relationship"),
         B("7", "insured's address", 35, "subscriber.address", "address", 2)),
        (B("9", "other insured", 40, "other_payers", "other_insured", 2), B("10a", "employment", 12, "accident.causes", "cause_EM"),
         B("10b", "car accident, state", 13, "accident.causes accident.state", "cause_AA"), B("11", "insured's group", 35, "subscriber.group_number")),
        (B("9d", "other plans", 40, "other_payers", "other_plans", 2), B("10c", "other accident", 12, "accident.causes", "cause_OA"),
         B("10d", "condition codes", 13, "condition_codes", "list", 4, 2), B("11a", "insured's birth date, sex", 20, "subscriber.birth_date subscriber.sex", most=2),
         B("11b", "other claim id", 15, "patient.casualty_claim_number")),
        (B("12", "release of information", 25, "release_of_information"), B("13", "assignment of benefits", 20, "benefits_assigned"),
         B("11c", "insured's plan", 35, "subscriber.group_name"), B("11d", "another plan", 20, "other_payers", "any")),
        (B("14", "illness, accident or last period", 40, "dates.onset dates.last_menstrual_period dates.accident", "dated", 2),
         B("15", "other date", 25, "dates.initial_treatment dates.last_seen dates.acute_manifestation dates.last_x_ray "
           "dates.prescription dates.assumed_care dates.relinquished_care dates.first_contact", "dated", 2),
         B("16", "unable to work", 35, "dates.disability dates.last_worked dates.return_to_work", "dated", 2)),
        (B("17", "referring or supervising", 40, "referring_provider supervising_provider", "names", 2),
         B("17b", "NPI", 25, "referring_provider.npi supervising_provider.npi"),
         B("18", "hospital stay", 35, "dates.admission dates.discharge")),
        (B("19", "note", 65, "note", "text", 2), B("20", "outside lab charges", 35, "lines", "purchased")),
        (*_diagnoses("ABCD"), B("22", "frequency, payer's claim number", 40, "frequency references.payer_claim_number")),
        (*_diagnoses("EFGH"), B("23", "authorization, referral, CLIA", 40, "references.prior_authorization references.referral references.clia")),
        (*_diagnoses("IJKL"), B("", "attachments", 40, "attachments", "list", 2, 2)),
    ),
    columns=(
        B("24A", "dates", 15, "service_date"), B("24B", "place", 6, "place_of_service", "of_claim"), B("24C", "EMG", 4, "emergency"),
        B("24D", "procedure, modifiers", 27, "procedure", "procedure"), B("24E", "pointers", 9, "diagnosis_pointers", "letters"),
        B("24F", "charge", 11, "charge", "money"), B("24G", "units", 8, "quantity unit"), B("24H", "EPSDT", 5, "epsdt"),
        B("24J", "rendering NPI", 15, "rendering_provider.npi"),
    ),
    per_page=6,
    below=(
        (B("25", "tax id", 20, "billing_provider.tax_id billing_provider.tax_id_type"), B("26", "account number", 25, "control_number"),
         B("27", "assignment", 11, "accepts_assignment"), B("28", "total charge", 22, "stated_total lines", "total"),
         B("29", "paid", 22, "patient_paid other_payers", "paid")),
        (B("31", "signature on file", 20, "provider_signature"), B("32", "service facility", 40, "service_facility ambulance.pick_up", "party", 3),
         B("33", "billing provider", 40, "billing_provider", "party", 3)),
        (B("24J", "rendering NPI of all lines", 20, "rendering_provider.npi"), B("32a", "facility NPI", 40, "service_facility.npi"),
         B("33a", "billing NPI", 20, "billing_provider.npi"), B("33b", "taxonomy", 20, "billing_provider.taxonomy")),
    ),
)  # fmt: skip

UB_04 = Layout(
    name="UB-04",
    above=(
        (B("1", "billing provider", 35, "billing_provider", "party", 3), B("2", "pay-to address", 30, "billing_provider.pay_to_address", "address", 3),
         B("3a", "account number", 20, "control_number"), B("4", "bill type", 15, "facility_type frequency", "bill_type")),
        (B("3b", "medical record", 25, "references.medical_record"), B("5", "tax id", 20, "billing_provider.tax_id"),
         B("6", "statement covers", 30, "statement_dates"), B("64", "payer's claim number", 25, "references.payer_claim_number")),
        (B("8", "patient", 40, "patient", "names"), B("9", "patient's address", 60, "patient.address", "address", 2, 2)),
        (B("10", "birth date", 14, "patient.birth_date"), B("11", "sex", 7, "patient.sex"), B("12", "admission", 22, "admission"),
         B("14", "type", 8, "admission_type"), B("15", "source", 9, "admission_source"), B("16", "discharge hour", 14, "discharge_time"),
         B("17", "status", 9, "discharge_status"), B("29", "accident state", 17, "accident.state")),
        (B("18-28", "condition codes", 100, "condition_codes", "list", 11, 11),),
        (B("31-34", "occurrences", 55, "occurrences", "list", 8, 2), B("35-36", "occurrence spans", 45, "occurrence_spans", "list", 4)),
        (B("38", "responsible party", 40, "subscriber", "party", 4), B("39-41", "value codes", 60, "value_codes", "list", 12, 3)),
    ),
    columns=(
        B("42", "revenue", 10, "revenue_code"), B("43", "drug", 22, "drug"), B("44", "procedure, modifiers", 20, "procedure", "procedure"),
        B("45", "date", 15, "service_date"), B("46", "units", 10, "quantity unit"), B("47", "charge", 13, "charge", "money"),
        B("48", "not covered", 10, "non_covered", "money"),
    ),
    per_page=22,
    below=(
        (B("47", "total", 25, "stated_total lines", "total"), B("54", "paid before", 25, "other_payers", "paid"),
         B("55", "patient owes", 25, "patient_due"), B("56", "billing NPI", 25, "billing_provider.npi")),
        (B("50-51", "payers, ids", 60, "payer other_payers", "payers", 3), B("52", "release", 10, "release_of_information"),
         B("53", "assigned", 10, "benefits_assigned"), B("63", "authorization", 20, "references.prior_authorization references.referral", most=3)),
        (B("58", "insured", 30, "subscriber", "names", 2), B("59", "relationship", 12, "dependent.relationship", "relationship"),
         B("60", "insured's id", 20, "subscriber.member_id"), B("61-62", "group", 38, "subscriber.group_name subscriber.group_number", most=2)),
        (B("66-67", "principal diagnosis", 20, "principal_diagnosis"), B("67A-Q", "other diagnoses", 80, "other_diagnoses", "list", 17, 6)),
        (B("69", "admitting diagnosis", 20, "admitting_diagnosis"), B("70", "reasons for visit", 30, "reasons_for_visit", "list", 3, 3),
         B("71", "DRG", 12, "drg"), B("72", "external causes", 38, "external_causes", "list", 3, 3)),
        (B("74", "principal procedure", 25, "principal_procedure"), B("74a-e", "other procedures", 75, "other_procedures", "list", 6, 3)),
        (B("76", "attending", 34, "attending_provider", "provider", 2), B("77", "operating", 33, "operating_physician", "provider", 2),
         B("78-79", "others", 33, "other_operating_physician rendering_provider referring_provider", "provider", 2)),
        (B("80", "remarks", 75, "notes billing_note", "list", 2), B("81", "taxonomy", 25, "billing_provider.taxonomy")),
    ),
)  # fmt: skip

ADA = Layout(
    name="ADA form",
    above=(
        (B("1", "statement or predetermination", 35, "predetermination", "request"), B("2", "authorization", 35, "references.predetermination references.prior_authorization"),
         B("", "account number", 30, "control_number")),
        (B("3", "payer", 50, "payer", "payers", 3), B("12", "insured", 50, "subscriber", "person", 3)),
        (B("4-11", "other insured", 50, "other_payers", "other_insured", 2), B("13-14", "birth date, sex", 25, "subscriber.birth_date subscriber.sex", most=2),
         B("15", "insured's id", 25, "subscriber.member_id")),
        (B("11", "other plans", 50, "other_payers", "other_plans", 2), B("16", "group", 25, "subscriber.group_number subscriber.group_name", most=2),
         B("18", "relationship", 25, "dependent.relationship", "relationship")),
        (B("20", "patient", 50, "patient", "person", 3), B("21", "birth date", 25, "patient.birth_date"), B("22", "sex", 25, "patient.sex")),
    ),
    columns=(
        B("24", "date", 15, "service_date", "of_claim"), B("25", "area", 9, "oral_cavity", "words"), B("27", "teeth", 14, "teeth", "teeth"),
        B("28", "surfaces", 12, "teeth", "surfaces"), B("29", "procedure", 18, "procedure", "procedure"), B("29a", "pointers", 10, "diagnosis_pointers", "letters"),
        B("29b", "quantity", 9, "quantity"), B("31", "fee", 13, "charge", "money"),
    ),
    per_page=10,
    below=(
        (B("33", "missing teeth", 45, "tooth_status", "list", 16, 8), B("34a", "diagnoses", 33, "diagnoses", "list", 4, 2), B("32", "total fee", 22, "stated_total lines", "total")),
        (B("35", "remarks", 75, "notes", "list", 2), B("", "paid", 25, "patient_paid other_payers", "paid")),
        (B("36", "release of information", 25, "release_of_information"), B("37", "assignment of benefits", 25, "benefits_assigned"),
         B("38", "place", 20, "place_of_service"), B("39", "attachments", 30, "attachments", "list", 2, 2)),
        (B("40-42", "orthodontics: months, remaining", 30, "orthodontics"), B("41", "appliance placed", 20, "dates.appliance_placement"),
         B("45", "accident", 15, "accident.causes", "words"), B("46", "accident date", 20, "dates.accident"), B("47", "state", 15, "accident.state")),
        (B("48", "billing dentist", 50, "billing_provider", "party", 3), B("53", "treating dentist", 50, "rendering_provider", "party", 3)),
        (B("49", "billing NPI", 25, "billing_provider.npi"), B("51", "tax id", 25, "billing_provider.tax_id"), B("54", "treating NPI", 25, "rendering_provider.npi"),
         B("56a", "specialty", 25, "rendering_provider.taxonomy")),
        (B("56", "service facility", 100, "service_facility", "party", 2),),
    ),
)  # fmt: skip

LAYOUTS: dict[type[Claim], Layout] = {
    ProfessionalClaim: CMS_1500,
    InstitutionalClaim: UB_04,
    DentalClaim: ADA,
}
