"""Builds `modifiers`: HCPCS Level II modifiers, valid by quarter, with titles in our own words.

The outpatient code editor lists the modifiers. Left out are its placeholders (#0 to #Z) and those of CPT:
the numeric ones, P1 to P6, and those that begin with a digit. The pairs of letters that name the origin and the
destination of an ambulance trip are on no list; they are added by rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tools.build_data import oce
from tools.build_data.sources import Source
from tools.build_data.tables import Stretch, code_table

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLES = Source(
    "", "", "modifiers.tsv", "5a5765b3e4747224e1eab57d2c554da50b333074e42ce86e79c5d77d824e23a0",
    "CMS", "HCPCS Level II modifiers, titles in our own words",
)  # fmt: skip
SOURCES = (oce.OCE, TITLES)
HEADER = {
    "name": "modifiers",
    "publisher": "CMS",
    "edition": "Level II, IOCE v20.2-v27.1",
    "license": "public domain (US government work)",
}
LEVEL_II = re.compile(r"(?!P[1-6])[A-Z][A-Z0-9]")
PLACES = {
    "D": "a diagnostic or therapeutic site",
    "E": "a residential or custodial facility",
    "G": "a hospital-based dialysis facility",
    "H": "a hospital",
    "I": "a site of transfer between ambulances",
    "J": "a freestanding dialysis facility",
    "N": "a skilled nursing facility",
    "P": "a physician's office",
    "R": "the patient's residence",
    "S": "the scene of an accident or acute event",
    "X": "a stop at a physician's office on the way to a hospital",
}
ONLY_DESTINATION = "X"


def build() -> dict[str, bytes]:
    """Return the table files: modifiers and titles."""
    versions: defaultdict[str, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
    for code, first, last, row in oce.rows("data_modifier"):
        if LEVEL_II.fullmatch(code):
            versions[code].append((first, last, row))
    listed = {code: oce.history(rows) for code, rows in versions.items()}
    trips = ambulance_trips()
    always = (Stretch(oce.FIRST, oce.LAST, billable=True),)
    histories = listed | dict.fromkeys(trips, always)
    named = titles()
    if unnamed := sorted(listed.keys() - named.keys()):
        raise ValueError(f"modifiers without a title: {unnamed}")
    text = {
        code: "; ".join(filter(None, (named[code] if code in listed else "", trips.get(code))))
        for code in sorted(histories)
    }
    coverage = {"coverage": [oce.FIRST, oce.LAST]}
    return {
        "modifiers": code_table(histories, {**HEADER, **coverage}, last=oce.LAST),
        "modifiers_titles": pack(
            {**HEADER, "name": "modifiers_titles", "coverage": [None, None]}, {"title": list(text.values())}
        ),
    }


def titles() -> Mapping[str, str]:
    """Return the titles by modifier."""
    lines = (line.split("\t") for line in TITLES.text().splitlines() if not line.startswith("#"))
    return {code: title for code, title in lines}  # noqa: C416  # dict() would lose the type of a pair


def ambulance_trips() -> Mapping[str, str]:
    """Return the pairs of an origin and a destination, each with what it says."""
    return {
        origin + destination: f"ambulance trip from {PLACES[origin]} to {PLACES[destination]}"
        for origin in PLACES
        if origin != ONLY_DESTINATION
        for destination in PLACES
    }
