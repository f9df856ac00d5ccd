"""The data types of FHIR that a claim needs: texts, codes, amounts, days, names, addresses.

Each function returns what FHIR may hold, or None (or an empty table) for a value it may not.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.claims.fhir import systems as uri
from medcode.claims.model.base import DateRange
from medcode.codesets.base import Code, Malformed
from medcode.codesets.icd9cm import Icd9Cm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "UNKNOWN",
    "Resource",
    "address",
    "addresses",
    "clean",
    "code_text",
    "coding",
    "day_text",
    "diagnosis_concept",
    "human_name",
    "identifier",
    "money",
    "period",
    "procedure_concept",
    "quantity",
    "service_concept",
    "telecom",
    "without_empty",
]

Resource: TypeAlias = "dict[str, Any]"

UNKNOWN: Resource = {
    "extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
    ]
}
"""What is written in place of a value that FHIR requires and the claim does not have."""

_ALLOWED = re.compile(r"(?=\s*\S)[^\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*")
_CODE = re.compile(r"[^\s]+( [^\s]+)*")
_CPT = re.compile(r"\d{4}[0-9AFMTU]")


def clean(value: Any) -> str | None:
    """Return a text that a FHIR string may hold; None for any other value."""
    if value is None or isinstance(value, Malformed) or not _ALLOWED.fullmatch(text := str(value)):
        return None
    return text if text == text.strip() else None


def code_text(value: Any) -> str | None:
    """Return a text that a FHIR code may hold: no blanks but single ones between words."""
    text = clean(value)
    return text if text and _CODE.fullmatch(text) else None


def day_text(value: Any) -> str | None:
    """Return the day of a date or a moment."""
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else None


def json_number(value: Any) -> int | float | None:
    """Return an amount as a JSON number, where that says exactly the same."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return None
    if value == value.to_integral_value():
        return int(value) if abs(value) < 10**15 else None
    return float(value) if Decimal(repr(float(value))) == value else None


def without_empty(table: Mapping[str, Any]) -> Resource:
    """Return a table without its keys that hold nothing."""
    return {key: value for key, value in table.items() if value not in (None, "", [], {})}


def coding(system: str, code: Any) -> Resource | None:
    """Return a concept of one code."""
    text = code_text(code)
    return {"coding": [{"system": system, "code": text}]} if text else None


def quantity(value: Any, unit: str = "") -> Resource | None:
    """Return an amount with its unit of UCUM, or of US dollars."""
    number = json_number(value)
    if number is None:
        return None
    if unit == "USD":
        return {"value": number, "unit": "USD", "system": uri.CURRENCY, "code": "USD"}
    return {"value": number} | ({"system": uri.UCUM, "code": unit} if unit else {})


def money(value: Any) -> Resource | None:
    """Return an amount in US dollars."""
    number = json_number(value)
    return None if number is None else {"value": number, "currency": "USD"}


def period(value: Any) -> Resource | None:
    """Return a range of days, or one day as its first and last; None for a range that ends before it begins."""
    if isinstance(value, DateRange):
        start, end = day_text(value.start), day_text(value.end)
        return {"start": start, "end": end} if start and end and start <= end else None
    day = day_text(value)
    return {"start": day, "end": day} if day else None


def identifier(system: str, code: str, value: Any, of: str = "") -> Resource | None:
    """Return an identifier with its type, and its system where it has one."""
    text = clean(value)
    if not text:
        return None
    return {"type": coding(system, code)} | ({"system": of} if of else {}) | {"value": text}


def human_name(person: Any) -> Resource:
    """Return a person's name; FHIR's first given name is the first name, so a middle name needs one."""
    given = [each for name in ("first_name", "middle_name") if (each := clean(getattr(person, name, None)))]
    if not getattr(person, "first_name", None):
        given = []  # a middle name alone would be read as the first
    suffix = clean(getattr(person, "suffix", None))
    return without_empty(
        {"family": clean(person.last_name), "given": given, "suffix": [suffix] if suffix else []}
    )


def address(of: Any) -> Resource | None:
    """Return an address; None without its first line."""
    if of is None or not clean(of.line1):
        return None
    lines = [each for line in (of.line1, of.line2) if (each := clean(line))]
    return without_empty(
        {
            "line": lines,
            "city": clean(of.city),
            "state": clean(of.state),
            "postalCode": clean(of.zip),
            "country": clean(of.country),
        }
    )


def addresses(party: Any) -> list[Resource]:
    """Return the address of a party, as a list of at most one."""
    found = address(party.address)
    return [found] if found else []


def telecom(contacts: Iterable[Any]) -> list[Resource]:
    """Return how the first contact is reached."""
    for contact in contacts:
        ways = (("phone", contact.phone), ("fax", contact.fax), ("email", contact.email))
        return [{"system": system, "value": text} for system, value in ways if (text := clean(value))]
    return []


def diagnosis_concept(code: Any) -> Resource:
    """Return a diagnosis code with its system, as people write it."""
    if isinstance(code, Code):
        system = uri.ICD9 if isinstance(code, Icd9Cm) else uri.ICD10CM
        return {"coding": [{"system": system, "code": code.dotted}]}
    return unknown_concept(code)


def procedure_concept(code: Any) -> Resource:
    """Return a procedure code of a stay, or that of a service, with its system."""
    name = type(code).__name__
    if name == "Icd10Pcs":
        return {"coding": [{"system": uri.ICD10PCS, "code": str(code)}]}
    if name == "Icd9CmProcedure":
        return {"coding": [{"system": uri.ICD9, "code": code.dotted}]}
    return billed(code) or unknown_concept(code)


def service_concept(procedure: Any) -> Resource:
    """Return what was done or supplied; a revenue line without a procedure says so, as in CARIN's guide."""
    if procedure is None:
        return {"coding": [{"system": uri.ABSENT, "code": "not-applicable"}]}
    found = coding(uri.HIPPS, procedure.code) if procedure.qualifier == "HP" else billed(procedure.code)
    found = found or unknown_concept(procedure.code)
    text = clean(procedure.description)
    return found | ({"text": text} if text else {})


def billed(code: Any) -> Resource | None:
    """Return a procedure code with the system that its shape tells: CPT, CDT or HCPCS Level II."""
    if not isinstance(code, Code):
        return None
    text = str(code)
    system = uri.CPT if _CPT.fullmatch(text) else uri.CDT if text.startswith("D") else uri.HCPCS
    return coding(system, text)


def unknown_concept(_code: Any) -> Resource:
    """Return what stands for a code that is malformed; the text itself goes into the extension."""
    return {"coding": [{"system": uri.ABSENT, "code": "error"}]}
