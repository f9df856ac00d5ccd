"""The forms of what payers' answers name: an identifier by its qualifier, a procedure, an address in the US.

What has the form of another kind is sent under the wrong qualifier, or is no such thing at all. A tax id is free text in
many answers, so it is wrong only where it is certainly an NPI.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from medcode.codesets.base import Status
from medcode.codesets.npi import Npi
from medcode.codesets.states import states
from medcode.codesets.zip_code import zip_code

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "FORMED",
    "address_fault",
    "identifier_fault",
    "is_formed",
    "is_npi",
    "is_procedure",
    "procedure_fault",
]

_SEEN = 4_096

_TAX_IDS = frozenset({"FI", "TJ"})
_FORMS = {
    "34": (re.compile(r"\d{3}-?\d{2}-?\d{4}", re.ASCII), "a Social Security number, which has nine digits"),
    "SY": (re.compile(r"\d{3}-?\d{2}-?\d{4}", re.ASCII), "a Social Security number, which has nine digits"),
    "BLT": (re.compile(r"0?\d{2}[0-9A-Z]", re.ASCII), "a type of bill, which has three characters"),
}
"""The identifiers that have one form, by their qualifiers."""

_NPIS = frozenset({"XX", "HPI"})
FORMED = frozenset({*_TAX_IDS, *_FORMS, *_NPIS})
"""The qualifiers of which something is known."""

_PROCEDURES = {
    "HC": (re.compile(r"[0-9A-Z]\d{3}[0-9A-Z]", re.ASCII | re.IGNORECASE), "five characters"),
    "AD": (re.compile(r"D\d{4}", re.ASCII | re.IGNORECASE), "D and four digits"),
    "NU": (re.compile(r"\d{3,4}", re.ASCII), "four digits"),
    "N4": (re.compile(r"\d{11}|\d{5}-\d{4}-\d{2}", re.ASCII), "eleven digits"),
    "HP": (re.compile(r"[0-9A-Z]{5}", re.ASCII | re.IGNORECASE), "five characters"),
}
"""The form of the codes of a list, by its qualifier; the others are the payer's affair."""

_LONGEST = 48
"""How long a code may be; a longer one is found as such."""
_SEPARATOR = re.compile(r"[^\w\s-]", re.ASCII)

_OF_NPI = 10
_STATE = 2
_ZIP = range(3, 16)
"""How long ZIP codes are that no other rule refuses."""


@lru_cache(maxsize=_SEEN)
def is_npi(text: str) -> bool:
    """Whether a text is an NPI, its check digit included."""
    return Npi.is_valid(text)


@lru_cache(maxsize=_SEEN)
def is_formed(qualifier: str, text: str) -> bool:
    """Whether an identifier has the form that its qualifier names, as far as it is known; an NPI has its check digit.

    >>> is_formed("FI", "123456789"), is_formed("FI", "1234567893"), is_formed("34", "12345")
    (True, False, False)
    """
    return is_npi(text) if qualifier in _NPIS else not identifier_fault(qualifier, text)


def identifier_fault(qualifier: str, text: str) -> str:
    """Return what is wrong with the form of an identifier other than an NPI; empty if nothing is known to be."""
    if qualifier in _TAX_IDS and len(text) == _OF_NPI and is_npi(text):
        return "The qualifier names a tax id, but the identifier is an NPI."
    pattern, what = _FORMS.get(qualifier, (None, ""))
    return f"The qualifier names {what}; the identifier does not." if _is_off(pattern, text) else ""


def _is_off(pattern: re.Pattern[str] | None, text: str) -> bool:
    return bool(pattern and text and not pattern.fullmatch(text))


def procedure_fault(composite: str) -> str:
    """Return what is wrong with the form of a procedure, its qualifier first; empty if nothing is known to be.

    >>> procedure_fault("HC:9921"), procedure_fault("HC:99213:25")
    ('The code does not have the form of its list (HC: five characters).', '')
    """
    qualifier, code, *_ = [*_SEPARATOR.split(composite), ""]
    pattern, form = _PROCEDURES.get(qualifier, (None, ""))
    if len(code) <= _LONGEST and _is_off(pattern, code):
        return f"The code does not have the form of its list ({qualifier}: {form})."
    return ""


@lru_cache(maxsize=_SEEN)
def is_procedure(composite: str) -> bool:
    """Whether nothing is known to be wrong with the form of a procedure."""
    return not procedure_fault(composite)


def address_fault(state: str, postal_code: str, country: str, day: date | None) -> tuple[str, int]:
    """Return what is wrong with the state or ZIP code of an address in the US, and the element of N4; empty if nothing is.

    >>> address_fault("ZZ", "12207", "", None), address_fault("ON", "K1A0B1", "CA", None)
    (('The address has an unknown state.', 2), ('', 0))
    """
    if country not in {"", "US"}:
        return "", 0
    if not state:
        return "An address in the US has no state.", 2
    if len(state) == _STATE and states.status(state, on=day) in {Status.UNKNOWN, Status.MALFORMED}:
        return "The address has an unknown state.", 2
    if not postal_code:
        return "An address in the US has no ZIP code.", 3
    if len(postal_code) in _ZIP and zip_code.status(postal_code) is Status.MALFORMED:
        return "A ZIP code has five digits, or nine.", 3
    return "", 0
