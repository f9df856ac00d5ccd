"""Where a claim holds codes of each kind: path, code, and the number of the line they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
    "places",
    "procedures",
    "reasons",
    "revenue_codes",
    "taxonomies",
    "uniform_codes",
]


class Held(NamedTuple):
    """A code of a claim: where it stands, the set it is of, and its line, counted from 0, if it is a line's.

    `field` is the path behind the line, or that of the claim.
    """

    field: str
    code: str
    code_set: str
    line: int | None = None

    @property
    def path(self) -> str:
        """Where the code stands in the claim."""
        return self.field if self.line is None else f"lines[{self.line}].{self.field}"


def procedures(context: Context) -> Iterator[Held]:
    """Give the HCPCS, CPT and CDT codes of the lines; a blank is another edit's."""
    for number, line in enumerate(context.claim.lines):
        code = line.procedure.code if line.procedure else ""
        if isinstance(code, (Hcpcs, Malformed)) and code.strip():
            yield Held("procedure.code", code, "hcpcs", number)


def modifiers(context: Context) -> Iterator[Held]:
    """Give the modifiers of the lines."""
    for number, line in enumerate(context.claim.lines):
        for place, modifier in enumerate(line.procedure.modifiers if line.procedure else ()):
            yield Held(f"procedure.modifiers[{place}]", modifier, "modifiers", number)


def drugs(context: Context) -> Iterator[Held]:
    """Give the national drug codes of the lines."""
    for number, line in enumerate(context.claim.lines):
        if line.drug and line.drug.code_type == "N4":
            yield Held("drug.code", line.drug.code, "ndc", number)


def revenue_codes(context: Context) -> Iterator[Held]:
    """Give the revenue codes of the lines."""
    for number, line in enumerate(context.claim.lines):
        yield Held("revenue_code", line.revenue_code, "revenue", number)


def places(context: Context) -> Iterator[Held]:
    """Give the place of service of the claim, and of each line that names its own."""
    yield Held("place_of_service", context.claim.place_of_service, "place_of_service")
    for number, line in enumerate(context.claim.lines):
        if line.place_of_service is not None:
            yield Held("place_of_service", line.place_of_service, "place_of_service", number)


def taxonomies(context: Context) -> Iterator[Held]:
    """Give the taxonomy of each provider that has one."""
    for path, provider in providers(context):
        if provider.taxonomy:
            yield Held(f"{path}.taxonomy", provider.taxonomy, "taxonomy")


def countries(context: Context) -> Iterator[Held]:
    """Give the country of each address that names one."""
    for path, address in addresses(context):
        if address.country:
            yield Held(f"{path}.country", address.country, "country")


def bill_type(context: Context) -> Iterator[Held]:
    """Give the type of bill."""
    yield Held("facility_type", context.claim.bill_type, "bill_type")


def discharge_status(context: Context) -> Iterator[Held]:
    """Give the discharge status."""
    yield Held("discharge_status", context.claim.discharge_status, "discharge_status")


def uniform_codes(context: Context) -> Iterator[Held]:
    """Give the conditions, occurrences, values and the source of admission of an institution."""
    claim = context.claim
    for number, code in enumerate(claim.condition_codes):
        yield Held(f"condition_codes[{number}]", code, "condition_code")
    for field, kind in OCCURRENCES:
        for number, each in enumerate(getattr(claim, field)):
            yield Held(f"{field}[{number}].code", each.code, kind)
    if claim.admission_source is not None:
        yield Held("admission_source", claim.admission_source, "admission_source")


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
            yield Held(f"{path}.adjustments[{number}].reason", each.reason, "adjustment_reason")
