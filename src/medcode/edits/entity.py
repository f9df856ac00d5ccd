"""The entity of a claim status: whose name, address or number it is about.

Some statuses (X12 external code list 508) say what is wrong with "the entity", and ask for the code of that party beside
them. An edit that looks at every party names such a status alone; each finding gets the party at its place.
"""

from __future__ import annotations

import re

from medcode.findings import Source

__all__ = ["ACCOMPANIED", "ASKING", "BESIDE", "COMMON_EDITS", "second_status", "with_entity"]

COMMON_EDITS = Source("CEDI (Medicare DME front end)", "Top ten edits received on the 277CA")
"""A contractor's public list of the statuses that it returns most often, each with the rule behind it."""

ASKING = frozenset(
    {"125", "126", "127", "128", "142", "145", "148", "157", "158", "164", "466", "500", "501", "503", "516", "562"}
)  # fmt: skip
"""The statuses of edits that ask for an entity."""

ACCOMPANIED = frozenset({"21", "510", "732"})
"""The statuses that say only that something is missing, in the future or against the guidelines: a second status names it."""

PARTIES = {
    "billing_provider": "85",
    "pay_to_address": "87",
    "pay_to_plan": "PR",
    "rendering_provider": "82",
    "attending_provider": "71",
    "operating_physician": "72",
    "other_operating_physician": "73",
    "referring_provider": "DN",
    "ordering_provider": "DK",
    "supervising_provider": "DQ",
    "purchased_service_provider": "QB",
    "service_facility": "77",
    "subscriber": "IL",
    "patient": "QC",
    "payer": "PR",
    "other_payers": "PR",
}
"""The entity code of each party that a 277CA may name, by its name in a claim."""

OTHER_INSURED = "GB"

BESIDE = (
    ("modifiers", "453"),
    ("procedure", "454"),
    ("revenue_code", "455"),
    ("drug", "218"),
    ("quantity", "476"),
    ("ambulance", "337"),
    ("place_of_service", "249"),
    ("occurrences", "719"),
    ("condition_codes", "460"),
    ("value_codes", "725"),
    ("taxonomy", "145"),
    ("npi", "562"),
    ("dates", "187"),
    ("service_date", "187"),
    ("lines", "454"),
)
"""The status that names what is at a place, by a word of its path; the first that is found counts."""


def second_status(ack: str, path: str | None) -> str | None:
    """Return the status beside one that says too little alone, by the place of what is wrong; None where none is due.

    >>> second_status("A7:732", "lines[0].procedure.code"), second_status("A7:510", "occurrences[1].date")
    ('A7:454', 'A7:719')
    >>> second_status("A7:178", "stated_total")
    """
    category, _, status = ack.partition(":")
    if status.partition(":")[0] not in ACCOMPANIED:
        return None
    words = re.findall(r"[a-z_]+", path or "")
    named = next((code for word, code in BESIDE if word in words), None)
    return with_entity(f"{category}:{named}", path) if named else None


def with_entity(ack: str, path: str | None) -> str:
    """Return the status with the party at a place of the claim, where the status asks for one and names none.

    >>> with_entity("A7:500", "subscriber.address.zip"), with_entity("A7:562:DK", "lines[0].ordering_provider")
    ('A7:500:IL', 'A7:562:DK')
    >>> with_entity("A7:476", "lines[0].units")
    'A7:476'
    """
    if ack.count(":") != 1 or ack.partition(":")[2] not in ASKING:
        return ack
    names = [name for name in re.findall(r"[a-z_]+", path or "") if name in PARTIES]
    if names[-2:] == ["other_payers", "subscriber"]:
        return f"{ack}:{OTHER_INSURED}"
    return f"{ack}:{PARTIES[names[-1]]}" if names else ack
