"""One row for each value of a claim: its field, its element in X12, its box on paper, and the edits that speak of it.

Fields and elements come from the guide tables, boxes from the forms, and edits from what they find in their own
failing examples, so that the map is right by construction.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims import DentalClaim, InstitutionalClaim, ProfessionalClaim
from medcode.claims.missing import FORMS, boxes
from medcode.claims.plain_types import fields_of
from medcode.claims.x12.codec.compiled import compiled
from medcode.claims.x12.codec.route import around, nodes_of
from medcode.edits import EDITS, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.guides.grammar import Segment

GUIDES: dict[type[Claim], str] = {
    ProfessionalClaim: "005010X222A1",
    InstitutionalClaim: "005010X223A2",
    DentalClaim: "005010X224A2",
}

_SETTINGS = {
    "ProfessionalClaim": {"professional"},
    "InstitutionalClaim": {"inpatient", "outpatient"},
    "DentalClaim": {"dental"},
}

_MORE_BOXES = {
    "CMS-1500": """references.prior_authorization 23|referring_provider 17|referring_provider.npi 17b|frequency 22
        patient_paid 29|service_facility 32|service_facility.npi 32a|rendering_provider 24J|note 19|condition_codes 10d
        accident.causes 10a-10c|other_payers 9-9d|place_of_service 24B|lines.place_of_service 24B
        lines.procedure.modifiers 24D|lines.quantity 24G|lines.unit 24G|lines.rendering_provider 24J|lines.emergency 24C
        lines.epsdt 24H|lines.drug 24 (shaded)|dates.onset 14|dates.last_menstrual_period 14|dates.discharge 18
        subscriber.group_number 11|subscriber.group_name 11c""",
    "UB-04": """frequency 4|admission_source 15|discharge_time 16|condition_codes 18-28|occurrences 31-34
        occurrence_spans 35-36|value_codes 39-41|lines.procedure 44|lines.procedure.modifiers 44|lines.service_date 45
        lines.quantity 46|lines.unit 46|lines.non_covered 48|lines.drug 43|other_payers 50-65|subscriber.group_number 62
        references.prior_authorization 63|other_diagnoses 67A-67Q|reasons_for_visit 70|drg 71|external_causes 72
        principal_procedure 74|other_procedures 74a-74e|operating_physician 77|other_operating_physician 78-79
        referring_provider 78-79|notes 80|accident.state 29|references.medical_record 3b""",
    "ADA form": """place_of_service 38|lines.place_of_service 38|references.predetermination 2|other_payers 4-11
        lines.teeth 27-28|lines.oral_cavities 25|lines.procedure 29|lines.quantity 29b|diagnoses 34a|lines.diagnosis_pointers 29a
        tooth_status 33|orthodontics 40-42|rendering_provider 53-56|service_facility 56|accident.causes 45|notes 35""",
}
"""Boxes of what a claim may do without; a missing one of the others is named by `medcode.claims.missing`."""
_MANY = 4
_FIRST = {"HI": (1,), "CAS": (2,)}
"""The element that a segment which holds several objects in a row begins the first of them with."""
_INDEX = re.compile(r"\[\d*\]")


class Row(NamedTuple):
    """A field of a claim, without indexes, and all that stands for it elsewhere."""

    field: str
    elements: tuple[str, ...]
    box: str
    rules: tuple[str, ...]


def element_map(kind: type[Claim]) -> list[Row]:
    """Return the rows of a kind of claim, in the order of its guide."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for field, place in _places(GUIDES[kind]):
        if place not in places[field]:
            places[field].append(place)
    form = FORMS[kind]
    more = (
        each.strip().partition(" ") for line in _MORE_BOXES[form].splitlines() for each in line.split("|")
    )
    on_paper = {field: f"{form} {box}" for field, _, box in more}
    on_paper |= {_INDEX.sub("", path): f"{form} {box}" for path, box, _ in boxes(kind) if box}
    rules = edits_by_field(kind)
    return [
        Row(field, tuple(found), _nearest(on_paper, field), rules.get(field, ()))
        for field, found in places.items()
        if _is_field(kind, field)
    ]


def _is_field(kind: type, field: str) -> bool:
    """Whether the model has a field; a format or an entity type is written but follows from another value."""
    name, _, rest = field.partition(".")
    known = fields_of(kind).get(name)
    if known is None or not rest:
        return known is not None
    return known.part is not None and _is_field(known.part, rest)


def _nearest(on_paper: dict[str, str], field: str) -> str:
    """Return the box of a field, or of what it is a part of."""
    parts = field.split(".")
    names = [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return next((on_paper[name] for name in names if name in on_paper and name != "lines"), "")


def _places(guide: str) -> Iterator[tuple[str, str]]:
    """Yield each field with an element that holds it: loop, segment with its qualifier, element and component."""
    found = compiled(guide)
    assert found
    for node in nodes_of(found):
        codec = found.codecs.get(node)
        if codec is None:
            continue
        outer = around(found, node).names
        for names in codec.map.covered():
            element, component, *_ = codec.map.find(names, [0] * len(names), 0, _FIRST.get(node.use.id))
            if element:
                part = f"-{component}" if component else ""
                place = f"{node.loop.loop.id} {node.use.id}{element:02}{part}{_qualified(node.use)}"
                yield ".".join((*outer, *names)), place


def _qualified(use: Segment) -> str:
    """Return the qualifier of a use that has one and not several."""
    qualifiers = sorted(use.qualifiers or ())
    return f" ({use.id}*{qualifiers[0]})" if len(qualifiers) == 1 and use.id not in {"HI", "CAS"} else ""


def edits_by_field(kind: type[Claim]) -> dict[str, tuple[str, ...]]:
    """Return the edits of a kind of claim that find something at a field, from their own failing examples."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for field, id_ in _found():
        if _SETTINGS[kind.__name__] & set(EDITS[id_].settings):
            found[field][id_] = None
    return {field: tuple(rules) for field, rules in found.items()}


@cache
def _found() -> tuple[tuple[str, str], ...]:
    return tuple(
        (_INDEX.sub("", finding.location.path), edit.id)
        for edit in EDITS.values()
        for claim in edit.fails
        for finding in check(claim, select=[edit.id], **_tables(edit))
        if finding.rule == edit.id and finding.location.path
    )


def _tables(edit: Any) -> dict[str, Any]:
    return {"tables": edit.example_tables} if edit.example_tables else {}


def element_map_page(kind: type[Claim]) -> str:
    """Return the map of a kind of claim as a page."""
    rows = "".join(
        f"| `{row.field}` | {_listed(row.elements)} | {row.box} | {' '.join(row.rules)} |\n"
        for row in element_map(kind)
    )
    intro = (
        f"Each field of `{kind.__name__}`, without indexes; the element of {GUIDES[kind]} that holds it, by loop; its box on "
        f"the {FORMS[kind]}, or that of what it is a part of; and the edits that have an example of a fault there."
    )
    return f"# {kind.__name__}\n\n{intro}\n\n| field | X12 | box | edits |\n|---|---|---|---|\n{rows}"


def _listed(elements: tuple[str, ...]) -> str:
    """Return the elements; of many only the first and the last."""
    return ", ".join(elements) if len(elements) <= _MANY else f"{elements[0]} … {elements[-1]}"
