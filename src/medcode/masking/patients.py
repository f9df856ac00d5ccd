"""Whom a date belongs to: by the member number, else by the name, as all files about a patient have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["patients_of"]

_ENDS = {"HL", "CLM", "CLP", "SE", "ST"}
_PERSON_ID = 9
_SOMEBODY = "?"
"""A patient without a number and a name; no patient at all is empty."""
_DAYS = {"GS": 4, "BHT": 4, "BPR": 16}
"""The elements with the day on which a file was made, or its money moves."""


def patients_of(segments: Sequence[list[str]]) -> list[tuple[str, str]]:
    """Return for each segment the patient it belongs to, empty where it belongs to none, and the day of its file.

    In an 837 and a 277 that is the subscriber of the level, so that a family is moved together; in an 835
    and a 277CA the patient of the claim.
    """
    found: list[tuple[str, str]] = []
    made_on = ""
    levels: dict[str, str] = {}
    patient = ""
    for at, elements in enumerate(segments):
        id_ = elements[0] if elements else ""
        if id_ == "HL":
            number, parent, kind = [*elements[1:4], "", "", ""][:3]
            patient = levels.get(parent, "")
            if kind in {"22", "PT"}:
                patient = _named(segments, at + 1, ("IL", "QC")) or _SOMEBODY
            levels[number] = patient
        elif id_ == "CLP":
            patient = _named(segments, at + 1, ("QC", "IL")) or "".join(elements[1:2]) or _SOMEBODY
        elif id_ == "CLM":
            patient = patient or _SOMEBODY
        elif id_ in {"ST", "SE", "PLB", "LX"} and not levels:
            patient = ""
        if id_ == "ST":
            levels, patient = {}, ""
        if id_ in _DAYS:
            made_on = "".join(elements[_DAYS[id_] : _DAYS[id_] + 1])
        found.append((patient, made_on))
    return found


def _named(segments: Sequence[list[str]], start: int, codes: tuple[str, ...]) -> str:
    """Return the number, else the name, of the first of some persons before the next level or claim."""
    for code in codes:
        for elements in segments[start:]:
            id_ = elements[0] if elements else ""
            if id_ in _ENDS:
                break
            if id_ == "NM1" and elements[1:2] == [code]:
                number = "".join(elements[_PERSON_ID : _PERSON_ID + 1]).strip().upper()
                return number or ",".join([*elements[3:4], *(part[:1] for part in elements[4:5])]).upper()
    return ""
