"""Reading FHIR resources of anybody: whatever stands there, and of whatever type, there is an answer."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.tables import LINE_CARE_TEAM
from medcode.codesets.icd10cm import Icd10Cm
from medcode.numbers import amount, amount_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "amount_of",
    "billed_code",
    "code_of",
    "codes_of",
    "day_of",
    "diagnosis_code",
    "first_of",
    "first_text",
    "identified_by",
    "in_sequence",
    "list_of",
    "logical_of",
    "number_text",
    "numbered",
    "peek",
    "procedure_code",
    "refuse_depth",
    "relationship_of",
    "role_of",
    "system_of",
    "table_of",
    "tables_of",
    "text_of",
    "whole_of",
    "with_system",
]

_RELATIONSHIPS = {code: x12 for x12, code in uri.RELATIONSHIPS.items()}
_ROLES = {code: field for (_, code), field in LINE_CARE_TEAM.items()}
_PREFIX = {uri.ICD9: "icd9cm:"}


_DEEPEST = 100
"""Levels of lists and objects within each other; FHIR's own examples have some fifteen."""


def refuse_depth(bundle: Mapping[str, Any]) -> None:
    """Raise ValueError, with the path of the entry, where a bundle is nested so deeply that nobody means it.

    Raises TypeError for what is no bundle: a text of JSON, a list, None.
    """
    if not isinstance(bundle, dict):
        raise TypeError(f"a bundle must be a dict, as json.loads returns it, not {type(bundle).__name__}")
    held: list[tuple[Any, int, str]] = [(bundle, 0, "Bundle")]
    while held:
        value, depth, path = held.pop()
        if depth > _DEEPEST:
            raise ValueError(f"{path} is nested deeper than {_DEEPEST} levels")
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in inner:
            if isinstance(each, (dict, list)):
                named = f"[{key}]" if isinstance(value, list) else f".{key}"
                held.append((each, depth + 1, path + named if depth < _NAMED else path))


_NAMED = 4
"""So many levels are named: as far as an element of a resource."""


def list_of(value: Any) -> list[Any]:
    """Return a list, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def table_of(value: Any) -> Mapping[str, Any]:
    """Return a table, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def tables_of(value: Any) -> list[Mapping[str, Any]]:
    """Return the tables of a list."""
    return [each for each in list_of(value) if isinstance(each, dict)]


def numbered(value: Any) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the tables of a list with their places in it."""
    return [(number, each) for number, each in enumerate(list_of(value)) if isinstance(each, dict)]


def in_sequence(value: Any) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the tables of a list with their places in it, in the order of their sequence numbers."""
    return sorted(numbered(value), key=lambda entry: whole_of(entry[1].get("sequence")) or 0)


def first_of(value: Any) -> Mapping[str, Any]:
    """Return the first table of a list, or an empty one."""
    return next(iter(tables_of(value)), {})


def text_of(value: Any) -> str | None:
    """Return a text, or None for anything else."""
    return value if isinstance(value, str) else None


def first_text(value: Any) -> str | None:
    """Return the first text of a list."""
    return next((each for each in list_of(value) if isinstance(each, str)), None)


def whole_of(value: Any) -> int | None:
    """Return a whole number, or None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def day_of(value: Any) -> str | None:
    """Return the day of a date or a moment."""
    text = text_of(value)
    return text[:10] if text else None


def number_text(value: Decimal | float) -> str:
    """Return a JSON number as the text of an amount; one that can be none as a text that is malformed."""
    number = amount(value)
    return f"{Decimal(value)}" if number is None else amount_text(number)


def amount_of(quantity: Any) -> str | None:
    """Return the value of a quantity or an amount of money; none in another currency than dollars."""
    if peek(table_of(quantity), "currency") not in (None, "USD"):
        return None
    value = table_of(quantity).get("value")
    return (
        number_text(value)
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
        else None
    )


def codings(concept: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the codings of a concept; a coding without one around it is its own."""
    found = table_of(concept)
    yield from tables_of(found.get("coding", [found]))


def system_of(coding: Mapping[str, Any]) -> str:
    """Return the system of a coding, by one name where several are in use."""
    system = text_of(coding.get("system")) or ""
    return uri.SAME.get(system, system)


def codes_of(concept: Any, *systems: str) -> Iterator[str]:
    """Yield the codes of a concept that are of one of the systems; what a code of another means is not guessed.

    The system "" is that of codes that name none, which are read where an element has a list of its own.
    """
    for each in codings(concept):
        if system_of(each) in systems and isinstance(code := each.get("code"), str):
            yield code


def code_of(concept: Any, *systems: str) -> str | None:
    """Return the first code of a concept that is of one of the systems."""
    return next(codes_of(concept, *systems), None)


def peek(table: Mapping[str, Any], key: str) -> Any:
    """Return a value without noting that it was read."""
    return dict.get(table, key) if isinstance(table, dict) else None


def logical_of(reference: Any) -> str | None:
    """Return the identifier of a logical reference."""
    return text_of(table_of(table_of(reference).get("identifier")).get("value"))


def with_system(resource: Mapping[str, Any], system: str) -> str | None:
    """Return the identifier of a resource that is of a system."""
    found = (each for each in tables_of(resource.get("identifier")) if each.get("system") == system)
    return next((text_of(each.get("value")) for each in found), None)


def identified_by(resource: Mapping[str, Any], code: str) -> str | None:
    """Return the identifier of a resource that is of a type."""
    found = (
        each
        for each in tables_of(resource.get("identifier"))
        if code in codes_of(each.get("type"), *uri.IDENTIFIER_TYPES, "")
    )
    return next((text_of(each.get("value")) for each in found), None)


def relationship_of(coverage: Mapping[str, Any]) -> str | None:
    """Return X12's code for how a beneficiary is related to a subscriber; None if nothing is said that is understood."""
    concept = coverage.get("relationship")
    if x12 := code_of(concept, uri.OUR + "x12:1069"):
        return x12
    code = code_of(concept, uri.RELATIONSHIP, "")
    return _RELATIONSHIPS.get(code, "G8") if code else None


def role_of(member: Mapping[str, Any]) -> str | None:
    """Return the field of the claim for the role of a care team member."""
    for each in codings(member.get("role")):
        system, code = system_of(each), text_of(each.get("code")) or ""
        if field := LINE_CARE_TEAM.get((system, code)) or (None if system else _ROLES.get(code)):
            return field
    return None


def diagnosis_code(concept: Any) -> str | None:
    """Return the diagnosis code of a concept in its wire form."""
    for each in codings(concept):
        system, code = system_of(each), text_of(each.get("code"))
        if code and system in {uri.ICD10CM, uri.ICD9}:
            wire = code.replace(".", "") if system == uri.ICD9 else Icd10Cm.normal(code) or code
            return _PREFIX.get(system, "") + wire
    return None


def procedure_code(concept: Any) -> str | None:
    """Return the procedure code of a concept."""
    for each in codings(concept):
        system, code = system_of(each), text_of(each.get("code"))
        if code and system == uri.ICD9:
            return "icd9cm_procedures:" + code.replace(".", "")
        if code and system in {uri.ICD10PCS, uri.CPT, uri.HCPCS, uri.CDT}:
            return code
    return None


def billed_code(concept: Any) -> str | None:
    """Return the CPT, HCPCS, CDT or HIPPS code of a concept."""
    wanted = {uri.CPT, uri.HCPCS, uri.CDT, uri.HIPPS}
    found = (each for each in codings(concept) if system_of(each) in wanted)
    return next((code for each in found if (code := text_of(each.get("code")))), None)
