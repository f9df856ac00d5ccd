"""Builds `place_of_service`: the CMS place of service codes, written by hand.

Names and first days as CMS publishes them; codes older than the table's first day carry that day.
CMS changes the list by announcement and gives it no edition, so the table has no last day.
"""

from __future__ import annotations

from array import array
from typing import Any

from medcode.codesets.store import pack

SOURCES = ()
FIRST = 20030101
OLD = FIRST
HEADER = {
    "name": "place_of_service",
    "publisher": "CMS",
    "edition": "as of August 2024",
    "license": "public domain (US government work)",
    "coverage": [FIRST, None],
}
PLACES = (
    ("01", 20051001, "Pharmacy"),
    ("02", 20170101, "Telehealth Provided Other than in Patient's Home"),
    ("03", 20030101, "School"),
    ("04", 20030101, "Homeless Shelter"),
    ("05", 20030101, "Indian Health Service Free-standing Facility"),
    ("06", 20030101, "Indian Health Service Provider-based Facility"),
    ("07", 20030101, "Tribal 638 Free-standing Facility"),
    ("08", 20030101, "Tribal 638 Provider-based Facility"),
    ("09", 20060701, "Prison/Correctional Facility"),
    ("10", 20220101, "Telehealth Provided in Patient's Home"),
    ("11", OLD, "Office"),
    ("12", OLD, "Home"),
    ("13", 20031001, "Assisted Living Facility"),
    ("14", 20031001, "Group Home"),
    ("15", 20030101, "Mobile Unit"),
    ("16", 20080101, "Temporary Lodging"),
    ("17", 20100501, "Walk-in Retail Health Clinic"),
    ("18", 20130501, "Place of Employment-Worksite"),
    ("19", 20160101, "Off Campus-Outpatient Hospital"),
    ("20", 20030101, "Urgent Care Facility"),
    ("21", OLD, "Inpatient Hospital"),
    ("22", OLD, "On Campus-Outpatient Hospital"),
    ("23", OLD, "Emergency Room - Hospital"),
    ("24", OLD, "Ambulatory Surgical Center"),
    ("25", OLD, "Birthing Center"),
    ("26", OLD, "Military Treatment Facility"),
    ("27", 20231001, "Outreach Site/Street"),
    ("31", OLD, "Skilled Nursing Facility"),
    ("32", OLD, "Nursing Facility"),
    ("33", OLD, "Custodial Care Facility"),
    ("34", OLD, "Hospice"),
    ("41", OLD, "Ambulance - Land"),
    ("42", OLD, "Ambulance - Air or Water"),
    ("49", 20031001, "Independent Clinic"),
    ("50", OLD, "Federally Qualified Health Center"),
    ("51", OLD, "Inpatient Psychiatric Facility"),
    ("52", OLD, "Psychiatric Facility-Partial Hospitalization"),
    ("53", OLD, "Community Mental Health Center"),
    ("54", OLD, "Intermediate Care Facility/Individuals with Intellectual Disabilities"),
    ("55", OLD, "Residential Substance Abuse Treatment Facility"),
    ("56", OLD, "Psychiatric Residential Treatment Center"),
    ("57", 20031001, "Non-residential Substance Abuse Treatment Facility"),
    ("58", 20200101, "Non-residential Opioid Treatment Facility"),
    ("60", OLD, "Mass Immunization Center"),
    ("61", OLD, "Comprehensive Inpatient Rehabilitation Facility"),
    ("62", OLD, "Comprehensive Outpatient Rehabilitation Facility"),
    ("65", OLD, "End-Stage Renal Disease Treatment Facility"),
    ("66", 20240801, "Programs of All-Inclusive Care for the Elderly (PACE) Center"),
    ("71", OLD, "Public Health Clinic"),
    ("72", OLD, "Rural Health Clinic"),
    ("81", OLD, "Independent Laboratory"),
    ("99", OLD, "Other Place of Service"),
)


def build() -> dict[str, bytes]:
    """Return the table file: code, history and title in one, for it is small."""
    starts = sorted({start for _, start, _ in PLACES})
    profiles = [[(start, None, 1, 0)] for start in starts]
    columns: dict[str, Any] = {
        "code": [code for code, _, _ in PLACES],
        "profile": array("H", (starts.index(start) for _, start, _ in PLACES)),
        "title": [title for _, _, title in PLACES],
    }
    return {"place_of_service": pack({**HEADER, "profiles": profiles}, columns)}
