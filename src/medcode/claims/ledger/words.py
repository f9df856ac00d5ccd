"""What the codes of acknowledgments say, in medcode's own words, and what to do in each state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.answer_codes import CATEGORIES, ENTITIES
from medcode.claims.ledger.events import EventKind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ELEMENT_ERRORS", "NEXT_STEPS", "SEGMENT_ERRORS", "status_words"]

SEGMENT_ERRORS: Mapping[str, str] = {
    "1": "unrecognized segment",
    "2": "unexpected segment",
    "3": "required segment missing",
    "4": "the loop occurs too often",
    "5": "the segment occurs too often",
    "6": "the segment is not of this transaction set",
    "7": "the segment is not in its order",
    "8": "the segment has elements in error",
    "I4": "the guide does not use this segment",
    "I6": "a segment that another one asks for is missing",
    "I7": "the loop occurs too seldom",
    "I8": "the segment occurs too seldom",
    "I9": "a segment that another one rules out is there",
}
"""IK304."""

ELEMENT_ERRORS: Mapping[str, str] = {
    "1": "required element missing",
    "2": "an element that another one asks for is missing",
    "3": "too many elements",
    "4": "the text is too short",
    "5": "the text is too long",
    "6": "invalid character",
    "7": "invalid code",
    "8": "invalid date",
    "9": "invalid time",
    "10": "an element that another one rules out is there",
    "12": "too many repetitions",
    "13": "too many components",
    "I6": "the guide does not allow this code",
    "I9": "an element that the situation asks for is missing",
    "I10": "the guide does not use this element",
    "I11": "too few repetitions",
    "I12": "the text does not follow its pattern",
    "I13": "an element that the situation rules out is there",
}
"""IK403."""

NEXT_STEPS: Mapping[EventKind, str] = {
    EventKind.SENT: "Wait for the acknowledgment (999, 277CA). Ask the receiver if none comes within two business days.",
    EventKind.RECEIVED: "Wait for the payer's acknowledgment (277CA).",
    EventKind.REJECTED: "Correct what the rejection names and send the claim again as a new one.",
    EventKind.ACCEPTED: "Wait for the remittance (835).",
    EventKind.FORWARDED: "Wait for the payer that the claim was forwarded to; do not send it there yourself.",
    EventKind.PENDED: "Wait, and ask for the status again.",
    EventKind.REQUESTED: "Send the information that the payer asks for.",
    EventKind.FINALIZED: "Look for the remittance (835) of the claim.",
    EventKind.PREDETERMINED: "Tell the patient what the payer would pay, and send the claim once the care was given.",
    EventKind.REVERSED: "Wait for the corrected payment, or look for it in the next remittance.",
}
"""What to do next, by state. What a payment leaves to do depends on its amounts: `LedgerEntry.next_step`."""


def status_words(category: str, entity: str | None) -> str:
    """Return what a status of a 277CA says, as far as its category and its entity tell.

    >>> status_words("A7", "85")
    'The claim was rejected because information is invalid. Correct it and send a new claim. It is about: billing provider.'
    """
    words = CATEGORIES.get(category, f"Status category {category}.")
    return f"{words} It is about: {ENTITIES.get(entity, f'entity {entity}')}." if entity else words
