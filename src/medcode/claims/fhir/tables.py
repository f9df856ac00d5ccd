"""Which field of a claim is what in FHIR: the rows that writing and reading share.

A row is written and read by the same code in `encode` and `decode`; a field that has neither a row
nor code of its own goes into an extension.
"""

from __future__ import annotations

from typing import NamedTuple

from medcode.claims.fhir import systems as uri

__all__ = ["CARE_TEAM", "CODED", "DATED", "IDENTIFIERS", "INFO", "LINE_CARE_TEAM", "Info"]


class Info(NamedTuple):
    """A value that stands in `supportingInfo`: its path, its category, and how it is kept there.

    `kind` is code, text, quantity, date or period; `detail` is the system of a code or the unit of
    a quantity.
    """

    path: str
    category: str
    kind: str
    detail: str = ""
    system: str = uri.INFO


_OURS = uri.OUR + "supporting-info"


def _ours(path: str, kind: str, detail: str = "") -> Info:
    return Info(path, path.replace(".", "-").replace("_", "-"), kind, detail, _OURS)


CODED = (
    Info("admission_type", "admtype", "code", uri.NUBC + "PriorityTypeOfAdmitOrVisit"),
    Info("admission_source", "pointoforigin", "code", uri.NUBC + "PointOfOrigin"),
    Info("discharge_status", "discharge-status", "code", uri.NUBC + "PatDischargeStatus"),
    Info("drg", "drg", "code", uri.DRG),
    Info("references.medical_record", "medicalrecordnumber", "text"),
    Info(
        "ambulance.reason",
        "ambulancetransportreason",
        "code",
        "https://x12.org/codesystem.x12.org/ambulance-transport-reason-codes",
    ),
    Info("ambulance.distance", "transportationdistance", "quantity", "[mi_i]"),
    Info("ambulance.round_trip_purpose", "roudtrippurpose", "text"),
    Info("ambulance.stretcher_purpose", "stretcherpurpose", "text"),
    Info("ambulance.patient_weight", "patientweight", "quantity", "[lb_av]"),
    _ours("patient_paid", "quantity", "USD"),
    _ours("patient_due", "quantity", "USD"),
    _ours("delay_reason", "code", uri.OUR + "x12:1514"),
    _ours("special_program", "code", uri.OUR + "x12:1366"),
    _ours("release_of_information", "code", uri.OUR + "x12:1363"),
    _ours("accepts_assignment", "code", uri.OUR + "x12:1359"),
    _ours("benefits_assigned", "code", uri.OUR + "x12:1073"),
    _ours("billing_note", "text"),
    _ours("note.text", "text"),
)
"""Fields that hold one value."""

DATED = tuple(
    _ours(f"dates.{name}", "date")
    for name in [
        "onset",
        "initial_treatment",
        "last_seen",
        "acute_manifestation",
        "last_menstrual_period",
        "last_x_ray",
        "prescription",
        "disability",
        "last_worked",
        "return_to_work",
        "admission",
        "discharge",
        "assumed_care",
        "relinquished_care",
        "appliance_placement",
        "first_contact",
        "repricer_received",
    ]
)
"""The dates of a professional or dental claim."""

IDENTIFIERS = (
    "clearinghouse",
    "clia",
    "mammography_certification",
    "demonstration_project",
    "care_plan_oversight",
    "authorization_exception",
    "medicare_crossover",
    "repriced_claim",
    "adjusted_repriced_claim",
    "peer_review",
    "predetermination",
)
"""The references that become an identifier of the claim, with a type of ours."""

CARE_TEAM = {
    "rendering_provider": (uri.CARE_TEAM_ROLE, "rendering"),
    "referring_provider": (uri.CARE_TEAM_ROLE, "referring"),
    "supervising_provider": ("http://terminology.hl7.org/CodeSystem/claimcareteamrole", "supervisor"),
    "attending_provider": (uri.CARE_TEAM_ROLE, "attending"),
    "operating_physician": (uri.CARE_TEAM_ROLE, "operating"),
    "other_operating_physician": (uri.CARE_TEAM_ROLE, "otheroperating"),
    "primary_care_provider": ("http://terminology.hl7.org/CodeSystem/claimcareteamrole", "primary"),
    "assistant_surgeon": ("http://terminology.hl7.org/CodeSystem/claimcareteamrole", "assist"),
    "ordering_provider": (uri.OUR + "care-team-role", "ordering"),
}
"""The providers of a claim and of a line, by their field."""

INFO = {(row.system, row.category): row for row in (*CODED, *DATED)}
"""The rows by what a resource says of their category."""

LINE_CARE_TEAM = {role: field for field, role in CARE_TEAM.items()}
"""From system and role to the field."""
