"""Groups of modifiers by what they say, and where on the body a modifier is.

Source: HCPCS Level II modifiers; CMS, Medicare Claims Processing Manual, Pub. 100-04.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ANESTHESIA_BY",
    "FINGERS",
    "LEFT",
    "LIABILITY",
    "LIDS",
    "PHYSICAL_STATUS",
    "RIGHT",
    "THERAPY",
    "TOES",
    "TRIP",
    "WORDS",
    "listed",
]

THERAPY = frozenset({"GN", "GO", "GP"})
ANESTHESIA_BY = frozenset({"AA", "AD", "QK", "QX", "QY", "QZ"})
PHYSICAL_STATUS = frozenset({"P1", "P2", "P3", "P4", "P5", "P6"})
LIABILITY = frozenset({"GA", "GX", "GY", "GZ"})

TRIP = frozenset(f"{origin}{destination}" for origin in "DEGHIJNPRS" for destination in "DEGHIJNPRSX")
"""From where to where an ambulance went; X is only a stop on the way."""

LIDS = frozenset({"E1", "E2", "E3", "E4"})
FINGERS = frozenset({"FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"})
TOES = frozenset({"TA", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"})
LEFT = frozenset(
    {"LT", "E1", "E2", "FA", "F1", "F2", "F3", "F4", "TA", "T1", "T2", "T3", "T4", "LC", "LD", "LM"}
)
RIGHT = frozenset({"RT", "E3", "E4", "F5", "F6", "F7", "F8", "F9", "T5", "T6", "T7", "T8", "T9", "RC"})
"""Modifiers of one side: the side itself, eyelids, fingers, toes and coronary arteries."""

WORDS = {
    "AA": "anesthesia by the anesthesiologist in person",
    "AD": "supervision of more than four anesthesia procedures",
    "CO": "service in part by an occupational therapy assistant",
    "CQ": "service in part by a physical therapist assistant",
    "GA": "required notice of liability on file",
    "GN": "speech-language pathology plan of care",
    "GO": "occupational therapy plan of care",
    "GP": "physical therapy plan of care",
    "GV": "hospice patient's attending physician",
    "GW": "not related to the terminal condition",
    "GX": "voluntary notice of liability",
    "GY": "excluded by statute",
    "GZ": "expected to be denied, no notice on file",
    "JW": "drug amount discarded",
    "JZ": "no drug amount discarded",
    "NU": "new equipment",
    "QK": "direction of two to four anesthesia procedures",
    "QX": "anesthetist directed by a physician",
    "QY": "direction of one anesthetist",
    "QZ": "anesthetist without direction",
    "RR": "rental",
    "UE": "used equipment",
    "BP": "the patient chose to buy",
    "BR": "the patient chose to rent",
    "BU": "the patient has not chosen within 30 days",
    "KS": "glucose supplies without insulin",
    "KX": "requirements of the policy met",
    "QM": "ambulance under arrangement",
    "QN": "ambulance of the provider itself",
    "RA": "replacement of the item",
    "RB": "replacement of a part",
    "50": "both sides",
    "58": "staged procedure",
    "62": "two surgeons",
    "78": "unplanned return to the operating room",
    "79": "unrelated procedure",
    "93": "audio only",
    "95": "audio and video",
}
"""Short meanings for messages."""


def listed(codes: Iterable[str]) -> str:
    """Return codes for a message, sorted.

    >>> listed(frozenset({"GP", "GN", "GO"}))
    'GN, GO or GP'
    """
    *rest, last = sorted(codes)
    return f"{', '.join(rest)} or {last}" if rest else last
