"""What is masked: the elements of each segment, and how. Of whatever a known segment has beside these, `kept` decides.

The table is held against the marks of the model: an element whose attribute identifies a person must be masked here
(`rows` lists both, and a test compares them for every guide). The letters are those of 45 CFR 164.514(b)(2)(i).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["IDENTIFIERS", "action"]

IDENTIFIERS: Mapping[str, str] = {
    "name": "A", "address": "B", "city": "B", "zip": "B", "date": "C", "phone": "D", "email": "F", "ssn": "G", "id": "R",
    "npi": "K", "ein": "R", "digits": "J", "url": "N", "payer": "R", "text": "R", "drop": "R", "interchange": "R", "group": "R", "set": "R",
}  # fmt: skip
"""The letter of the list of identifiers that each action is for; R are all other unique numbers and words."""

_ELEMENTS: Mapping[str, str] = {
    "ISA02": "text", "ISA04": "text", "ISA06": "id", "ISA08": "id", "ISA13": "interchange", "IEA02": "interchange",
    "TA101": "interchange", "GS02": "id", "GS03": "id", "GS06": "group", "GE02": "group", "AK102": "group",
    "ST02": "set", "SE02": "set", "AK202": "set", "IK404": "drop",
    "BHT03": "id", "NM103": "name", "NM104": "name", "NM105": "name", "NM106": "name", "NM107": "name", "N102": "name", "N201": "name",
    "N202": "name", "N301": "address", "N302": "address", "N401": "city", "N403": "zip", "PER02": "name",
    "SBR03": "id", "SBR04": "name", "CLM01": "id", "PWK06": "id", "PWK07": "text", "CN104": "id", "K301": "text",
    "NTE02": "text", "CR109": "text", "CR110": "text", "CR210": "text", "CR211": "text", "CR212": "text", "HCP04": "id",
    "PS101": "id", "SV101-7": "text", "SV202-7": "text", "SV301-7": "text", "SV501-7": "text", "SVD03-7": "text",
    "SVC01-7": "text", "SVC06-7": "text", "FRM03": "text", "FRM04": "date",
    "BPR07": "digits", "BPR09": "digits", "BPR13": "digits", "BPR15": "digits", "BPR10": "payer", "BPR11": "id", "TRN03": "payer", "TRN04": "id", "SVD01": "id", "REF04-2": "id",
    "RDM02": "name",
    "TS301": "id", "CLP01": "id", "CLP07": "id", "PLB01": "id",
    "PLB03-2": "id", "PLB05-2": "id", "PLB07-2": "id", "PLB09-2": "id", "PLB11-2": "id", "PLB13-2": "id",
    "STC09": "id", "STC12": "text", "CTX01-2": "id",
}  # fmt: skip
"""Elements, or components after a dash, that are always masked the same way."""

_DATES: Mapping[str, tuple[int, int]] = {"DTP": (2, 3), "DMG": (1, 2), "PAT": (5, 6)}
"""Segments with a date format and, in the second element, the date."""

_FILE_DATES = {"405"}
"""DTM01 of days that are not about a patient."""

_BY_KIND = {"XX": "npi", "FI": "ein", "SY": "ssn", "34": "ssn", "24": "ein"}
_REFERENCES = {"EI": "ein", "SY": "ssn", "TJ": "ein", "HPI": "npi"}
_KEPT_REFERENCES = {"4N", "F5", "BLT", "APC", "F2"}
"""REF01 of codes: why there is no authorization, whether Medicare crosses over, type of bill, versions."""

_CONTACTS = {"TE": "phone", "FX": "phone", "EM": "email", "EX": "digits", "UR": "url", "ED": "id"}


def action(segment: list[str], element: int, component: int = 0) -> str:  # noqa: C901, PLR0911  # what a segment is decides
    """Return what is done to an element, or to a component of it; empty for what is kept.

    >>> action(["NM1", "85", "2", "LAKEVIEW CLINIC"], 3), action(["NM1", "85", "2", "LAKEVIEW CLINIC"], 2)
    ('name', '')
    >>> action(["REF", "EI", "123456789"], 2), action(["CLM", "26463774", "100"], 2)
    ('ein', '')
    """
    id_ = segment[0]
    place = f"{id_}{element:02}" + (f"-{component}" if component else "")
    if id_ == "NM1":
        return _BY_KIND.get(_at(segment, 8), "id") if element == 9 else _ELEMENTS.get(place, "")  # noqa: PLR2004  # NM109
    if id_ == "N1" and element == 4:  # noqa: PLR2004  # N104
        return _BY_KIND.get(_at(segment, 3), "id")
    if id_ == "REF" and element == 2:  # noqa: PLR2004  # REF02
        return _of_reference(segment)
    if id_ == "PER" and element in {4, 6, 8}:
        return _CONTACTS.get(_at(segment, element - 1), "id")
    if id_ == "RDM" and element == 3:  # noqa: PLR2004  # RDM03
        return _CONTACTS.get(_at(segment, 1), "text")
    if id_ in _DATES and element == _DATES[id_][1]:
        return "" if _at(segment, _DATES[id_][0]) == "TM" else "date"  # an hour is no day
    if id_ == "DTM" and element == 2:  # noqa: PLR2004  # DTM02
        return "" if _at(segment, 1) in _FILE_DATES else "date"
    if id_ == "HI":
        return "date" if component == 4 else ""  # noqa: PLR2004  # the date of a composite
    if id_ == "TRN" and element == 2:  # noqa: PLR2004  # TRN02
        return "id"
    if id_ == "CTX" and component == 2 and _at(segment, 1).upper().startswith("SITUATIONAL"):  # noqa: PLR2004  # CTX01-2
        return ""
    return _ELEMENTS.get(place, "")


def _at(segment: list[str], element: int) -> str:
    return segment[element] if len(segment) > element else ""


def _of_reference(segment: list[str]) -> str:
    qualifier = _at(segment, 1)
    return "" if qualifier in _KEPT_REFERENCES else _REFERENCES.get(qualifier, "id")
