"""Where a claim holds codes of each kind: path, code, and the number of the line they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from medcode.codesets.code import Malformed
from medcode.codesets.hcpcs import Hcpcs
from medcode.edits.claim.addresses import addresses
from medcode.edits.claim.providers import providers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits.context import Context

__all__ = [
    "Held",
    "bill_type",
    "countries",
    "discharge_status",
    "drugs",
    "modifiers",
    "path_of",
    "places",
    "procedures",
    "reasons",
    "revenue_codes",
    "taxonomies",
    "uniform_codes",
]


Held: TypeAlias = tuple[str, str, str, int | None]
"""A code of a claim: its field behind the line, or behind the claim; the code; its set; its line from 0, if any."""


def path_of(field: str, line: int | None) -> str:
    """Give the path of a field of the claim or of a line."""
    return field if line is None else f"lines[{line}].{field}"


def procedures(context: Context) -> Iterator[Held]:
    """Give the HCPCS, CPT and CDT codes of the lines; a blank is another edit's."""
    for number, line in enumerate(context.claim.lines):
        code = line.procedure.code if line.procedure else ""
        if isinstance(code, (Hcpcs, Malformed)) and code.strip():
            yield "procedure.code", code, "cdt" if line.procedure.qualifier == DENTAL else "hcpcs", number


DENTAL = "AD"
"""The qualifier of codes of CDT."""


def modifiers(context: Context) -> Iterator[Held]:
    """Give the modifiers of the lines."""
    for number, line in enumerate(context.claim.lines):
        for place, modifier in enumerate(line.procedure.modifiers if line.procedure else ()):
            yield f"procedure.modifiers[{place}]", modifier, "modifiers", number


def drugs(context: Context) -> Iterator[Held]:
    """Give the national drug codes of the lines."""
    for number, line in enumerate(context.claim.lines):
        if line.drug and line.drug.code_type == "N4":
            yield "drug.code", line.drug.code, "ndc", number


def revenue_codes(context: Context) -> Iterator[Held]:
    """Give the revenue codes of the lines."""
    for number, line in enumerate(context.claim.lines):
        yield "revenue_code", line.revenue_code, "revenue", number


def places(context: Context) -> Iterator[Held]:
    """Give the place of service of the claim, and of each line that names its own."""
    yield "place_of_service", context.claim.place_of_service, "place_of_service", None
    for number, line in enumerate(context.claim.lines):
        if line.place_of_service is not None:
            yield "place_of_service", line.place_of_service, "place_of_service", number


def taxonomies(context: Context) -> Iterator[Held]:
    """Give the taxonomy of each provider that has one."""
    for path, provider in providers(context):
        if provider.taxonomy:
            yield f"{path}.taxonomy", provider.taxonomy, "taxonomy", None


def countries(context: Context) -> Iterator[Held]:
    """Give the country of each address that names one."""
    for path, address in addresses(context):
        if address.country:
            yield f"{path}.country", address.country, "country", None


def bill_type(context: Context) -> Iterator[Held]:
    """Give the type of bill."""
    yield "facility_type", context.claim.bill_type, "bill_type", None


def discharge_status(context: Context) -> Iterator[Held]:
    """Give the discharge status."""
    yield "discharge_status", context.claim.discharge_status, "discharge_status", None


def uniform_codes(context: Context) -> Iterator[Held]:
    """Give the conditions, occurrences, values and the source of admission of an institution."""
    claim = context.claim
    for number, code in enumerate(claim.condition_codes):
        yield f"condition_codes[{number}]", code, "condition_code", None
    for field, kind in OCCURRENCES:
        for number, each in enumerate(getattr(claim, field)):
            yield f"{field}[{number}].code", each.code, kind, None
    if claim.admission_source is not None:
        yield "admission_source", claim.admission_source, "admission_source", None


OCCURRENCES = (
    ("occurrences", "occurrence_code"),
    ("occurrence_spans", "occurrence_code"),
    ("value_codes", "value_code"),
)


def reasons(context: Context) -> Iterator[Held]:
    """Give why other payers paid other than charged, for the claim and by line."""
    claim = context.claim
    decided = [(f"other_payers[{number}]", other) for number, other in enumerate(claim.other_payers)]
    for number, line in enumerate(claim.lines):
        decided += [
            (f"lines[{number}].adjudications[{place}]", each) for place, each in enumerate(line.adjudications)
        ]
    for path, decision in decided:
        for number, each in enumerate(decision.adjustments):
            yield f"{path}.adjustments[{number}].reason", each.reason, "adjustment_reason", None
