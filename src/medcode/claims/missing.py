"""What a claim still lacks before it can be billed, in the words and numbers of its paper form.

A row of the table is a field of the model, its place on the CMS-1500, the UB-04 and the ADA form,
its name there, and when it is needed. A field that a form does not number is named alone.

Source: NUCC, 1500 Claim Form reference; CMS, Medicare Claims Processing Manual, Pub. 100-04,
chapters 25 and 26; ADA Dental Claim Form (facts only).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from medcode.claims.model import DentalClaim, InstitutionalClaim, ProfessionalClaim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.model import Claim

__all__ = ["FORMS", "Missing", "boxes", "missing"]

When: TypeAlias = "Callable[[Any], bool]"


@attrs.frozen
class Missing:
    """One thing that is still needed: the field, and where the form asks for it.

    >>> str(Missing("billing_provider.npi", "CMS-1500", "33a", "billing provider's NPI"))
    "billing provider's NPI (CMS-1500, 33a)"
    """

    path: str
    form: str
    box: str
    name: str

    def __str__(self) -> str:
        """Return the field as the form calls it."""
        return f"{self.name} ({', '.join(filter(None, (self.form, self.box)))})"


def _always(_: Any) -> bool:
    return True


def _patient_is_subscriber(claim: Any) -> bool:
    return claim.dependent is None


def _patient_is_dependent(claim: Any) -> bool:
    return claim.dependent is not None


def _replaces(claim: Any) -> bool:
    return claim.frequency in {"7", "8"}


def _accident(claim: Any) -> bool:
    return claim.accident is not None


def _car_accident(claim: Any) -> bool:
    return claim.accident is not None and "AA" in claim.accident.causes


def _medicare_not_primary(claim: Any) -> bool:
    if isinstance(claim, InstitutionalClaim):  # a value code names the reason; the 837I has no SBR05
        return False
    subscriber = claim.subscriber
    return subscriber.claim_filing in {"MA", "MB"} and subscriber.payer_responsibility != "P"


def _casualty(claim: Any) -> bool:
    return claim.subscriber.claim_filing in {"AM", "WC"}


def _hospital(claim: Any) -> bool:
    return claim.place_of_service in {"21", "51"}


def _ride(claim: Any) -> bool:
    return claim.ambulance is not None


def _inpatient(claim: Any) -> bool:
    return bool(claim.is_inpatient)


def _insured_is_person(claim: Any) -> bool:
    return claim.subscriber.organization is None


def _biller_is_no_person(claim: Any) -> bool:
    return claim.billing_provider.last_name is None


def _dated_by_line(claim: Any) -> bool:
    """Whether each line must have its day; services that are only asked about have none yet."""
    return getattr(claim, "service_date", None) is None and claim.predetermination is None


FORMS = {ProfessionalClaim: "CMS-1500", InstitutionalClaim: "UB-04", DentalClaim: "ADA form"}
_EVERY = ("CMS-1500", "UB-04", "ADA form")

# Field, its boxes on the CMS-1500, the UB-04 and the ADA form (None: not of that claim), name, when.
_TABLE: tuple[tuple[str, tuple[str | None, str | None, str | None], str, When], ...] = (
    ("control_number", ("26", "3a", "23"), "patient's account number", _always),
    ("payer.organization", ("", "50", "3"), "payer's name", _always),
    ("payer.payer_id", ("", "51", ""), "payer's id", _always),
    ("subscriber.claim_filing", ("1", "", ""), "kind of insurance", _always),
    ("subscriber.member_id", ("1a", "60", "15"), "insured's id", _always),
    ("subscriber.last_name", ("4", "58", "12"), "insured's name", _insured_is_person),
    ("subscriber.first_name", ("2", "8b", "12"), "patient's first name", _patient_is_subscriber),
    ("subscriber.birth_date", ("3", "10", "13"), "patient's birth date", _patient_is_subscriber),
    ("subscriber.sex", ("3", "11", "14"), "patient's sex", _patient_is_subscriber),
    ("subscriber.address", ("5", "9", "12"), "patient's address", _patient_is_subscriber),
    ("subscriber.insurance_type", ("", "", ""), "reason that Medicare is not primary", _medicare_not_primary),
    ("patient.casualty_claim_number", ("11b", "", ""), "property and casualty claim number", _casualty),
    ("dependent.last_name", ("2", "8b", "20"), "patient's name", _patient_is_dependent),
    ("dependent.birth_date", ("3", "10", "21"), "patient's birth date", _patient_is_dependent),
    ("dependent.sex", ("3", "11", "22"), "patient's sex", _patient_is_dependent),
    ("dependent.address", ("5", "9", "20"), "patient's address", _patient_is_dependent),
    ("release_of_information", ("12", "52", "36"), "patient's release of information", _always),
    ("benefits_assigned", ("13", "53", "37"), "assignment of benefits", _always),
    ("accepts_assignment", ("27", "", ""), "whether assignment is accepted", _always),
    ("provider_signature", ("31", None, "53"), "provider's signature on file", _always),
    ("references.payer_claim_number", ("22", "64", ""), "payer's number of the earlier claim", _replaces),
    ("dates.accident", ("14", None, "46"), "date of the accident", _accident),
    ("accident.state", ("10b", "29", "47"), "state of the car accident", _car_accident),
    ("dates.admission", ("18", None, None), "date of admission", _hospital),
    ("ambulance.reason", ("", None, None), "reason for the transport", _ride),
    ("ambulance.distance", ("24G", None, None), "miles of the transport", _ride),
    ("ambulance.pick_up", ("32", None, None), "place of pick-up", _ride),
    ("ambulance.drop_off", ("32", None, None), "place of drop-off", _ride),
    ("billing_provider.organization", ("33", "1", "48"), "billing provider's name", _biller_is_no_person),
    ("billing_provider.npi", ("33a", "56", "49"), "billing provider's NPI", _always),
    ("billing_provider.tax_id", ("25", "5", "51"), "billing provider's tax id", _always),
    ("billing_provider.address", ("33", "1", "48"), "billing provider's address", _always),
    ("billing_provider.contacts", ("33", "1", "52"), "billing provider's phone", _always),
    ("diagnoses", ("21", None, None), "diagnoses", _always),
    ("lines", ("24", "42", "25-31"), "service lines", _always),
    ("lines[].service_date", ("24A", None, "24"), "date of service", _dated_by_line),
    ("lines[].procedure.code", ("24D", None, "29"), "procedure", _always),
    ("lines[].diagnosis_pointers", ("24E", None, None), "diagnosis pointer", _always),
    ("lines[].charge", ("24F", "47", "31"), "charge", _always),
    ("lines[].revenue_code", (None, "42", None), "revenue code", _always),
    ("facility_type", (None, "4", None), "type of bill", _always),
    ("statement_dates", (None, "6", None), "statement covers period", _always),
    ("admission", (None, "12", None), "date of admission", _inpatient),
    ("admission_type", (None, "14", None), "priority of admission", _always),
    ("discharge_status", (None, "17", None), "patient's discharge status", _always),
    ("principal_diagnosis.code", (None, "67", None), "principal diagnosis", _always),
    ("admitting_diagnosis", (None, "69", None), "admitting diagnosis", _inpatient),
    ("attending_provider", (None, "76", None), "attending provider", _always),
)


def boxes(kind: type[Claim]) -> Iterator[tuple[str, str, str]]:
    """Yield the path, the box and the name of each field that the form of a kind of claim has."""
    column = _EVERY.index(FORMS[kind])
    for path, places, name, _ in _TABLE:
        box = places[column]
        if box is not None:
            yield path, box, name


def missing(claim: Claim) -> tuple[Missing, ...]:
    """List what is still needed, in the order of the table; what is there but wrong is for the edits."""
    form = FORMS[type(claim)]
    column = _EVERY.index(form)
    return tuple(
        Missing(path, form, box, name)
        for pattern, boxes, name, when in _TABLE
        if (box := boxes[column]) is not None and when(claim)
        for path in _absent(claim, pattern)
    )


def _absent(claim: Claim, pattern: str) -> Iterator[str]:
    """Yield the paths of a pattern that have no value."""
    head, lines, rest = pattern.partition("lines[].")
    if not lines:
        if _empty(_reach(claim, head)):
            yield head
        return
    for number, line in enumerate(claim.lines):
        if _empty(_reach(line, rest)):
            yield f"lines[{number}].{rest}"


def _reach(part: Any, path: str) -> Any:
    for name in path.split("."):
        part = getattr(part, name, None)
    return part


def _empty(value: Any) -> bool:
    return value is None or value in ("", ())
