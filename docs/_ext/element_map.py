"""One row for each value that a guide carries: its field, its element in X12, its box on paper, and the edits that speak of it.

Fields and elements come from the guide tables, boxes from the forms, and edits from what they find in their own
failing examples, so that the map is right by construction.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.missing import FORMS, boxes
from medcode.claims.plain_types import fields_of
from medcode.claims.x12.codec.compiled import LoopRole, compiled
from medcode.claims.x12.codec.route import around, nodes_of
from medcode.claims.x12.guides import guide
from medcode.edits import EDITS, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.guides.grammar import Segment

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
_STARTS = {"HI": range(1, 13), "CAS": range(2, 18, 3), "PLB": range(3, 14, 2), "STC": (1, 10, 11)}
"""The elements at which the objects begin that a segment holds in a row; each object has as many as `_WIDTHS` says."""
_WIDTHS = {"HI": 1, "CAS": 3, "PLB": 2, "STC": 1}
_INDEX = re.compile(r"\[\d*\]")


class Row(NamedTuple):
    """A field, without indexes, and all that stands for it elsewhere."""

    field: str
    elements: tuple[str, ...]
    box: str
    rules: tuple[str, ...]


def element_map(name: str) -> list[Row]:
    """Return the rows of a guide in its order; boxes and edits only for claims."""
    found = compiled(name)
    assert found
    kind: Any = found.kind.model if found.kind else None
    is_claim = kind in FORMS
    on_paper = _on_paper(kind) if is_claim else {}
    rules = edits_by_field(kind) if is_claim else {}
    places: defaultdict[str, list[str]] = defaultdict(list)
    for field, place in _places(found):
        if place not in places[field]:
            places[field].append(place)
    return [
        Row(field, tuple(elements), _nearest(on_paper, field), rules.get(field, ()))
        for field, elements in places.items()
    ]


def _on_paper(kind: type[Claim]) -> dict[str, str]:
    """Return the box of each field that has one."""
    form = FORMS[kind]
    more = (
        each.strip().partition(" ") for line in _MORE_BOXES[form].splitlines() for each in line.split("|")
    )
    found = {field: f"{form} box {box}" for field, _, box in more}
    return found | {_INDEX.sub("", path): f"{form} box {box}" for path, box, _ in boxes(kind) if box}


def _is_field(kind: type, field: str) -> bool:
    """Whether a class has a field; a format or an entity type is written but follows from another value."""
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


def _places(found: CompiledGuide) -> Iterator[tuple[str, str]]:
    """Yield each field with an element that holds it: loop, segment, element and component, and its qualifier."""
    assert found.kind
    for node in nodes_of(found):
        codec = found.codecs.get(node)
        if codec is None:
            continue
        outer = around(found, node).names
        is_header = found.loops[node.loop].role is LoopRole.HEADER
        owner = found.kind.header if is_header else found.kind.model
        shown = f"{owner.__name__}: " if is_header and owner else ""
        starts = _STARTS.get(node.use.id, ())
        for names in codec.map.covered():
            element, component, *_ = codec.map.find(names, [0] * len(names), 0, tuple(starts[:1]) or None)
            field = ".".join((*outer, *names))
            if element and owner and _is_field(owner, field):
                part = f"-{component}" if component else ""
                elements = " ".join(f"{node.use.id}{at:02}{part}" for at in _same(node.use.id, element))
                yield f"{shown}{field}", f"{node.loop.loop.id} {elements}{_qualified(node.use)}"


def _same(segment: str, element: int) -> Iterable[int]:
    """Return the elements that hold the same as one does, of the objects in a row, such as the diagnoses of an HI."""
    starts = _STARTS.get(segment, ())
    if not starts or not 0 <= element - starts[0] < _WIDTHS[segment]:
        return (element,)
    return (start + element - starts[0] for start in starts)


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


FILTER = '<div class="table-filter" data-label="{label}" data-example="{example}"></div>\n\n'
"""Where a page has a field that filters the rows of its tables; `_static/filter.js` makes it."""


def element_map_page(name: str) -> str:
    """Return the map of a guide as a page."""
    of = guide(name)
    found = compiled(name)
    kind = found.kind.model if found and found.kind else type(None)
    form = FORMS.get(kind)
    rows = element_map(name)
    head: tuple[str, ...] = ("field", "X12")
    lines: list[tuple[str, ...]] = [(f"`{row.field}`", _listed(row.elements)) for row in rows]
    also = ""
    example = "BPR02"
    if form:
        head = (*head, "box", "edits")
        lines = [
            (*line, row.box, " ".join(map(_linked, row.rules))) for line, row in zip(lines, rows, strict=True)
        ]
        also = f"; its box on the {form}, or that of what it is a part of; and the edits that have an example of a fault there"
        example = {"CMS-1500": "24D", "UB-04": "box 44", "ADA form": "box 29"}[form]
    return (
        f"# {of.title} ({name})\n\nEach field of `{kind.__name__}`, without indexes, and the element of {name} that holds it, by "
        f"loop{also}. Usage and repeats are in [the guide](../guides/{name}.md).\n\n"
        + FILTER.format(
            label="Find an element, a field, a box or an edit" if form else "Find an element or a field",
            example=example,
        )
        + _table(head, lines)
    )


def element_map_index(names: Iterable[str]) -> str:
    """Return a table of the maps."""
    rows = []
    for name in names:
        of, found = guide(name), compiled(name)
        kind = found.kind.model if found and found.kind else type(None)
        rows.append((f"[{of.title}]({name}.md)", name, f"`{kind.__name__}`", FORMS.get(kind, "")))
    return (
        "Which field of the model is which element of X12 and which box on paper, and which edits speak of it. Each page has a "
        "field to find an element (HI01), a box (24D), a field (rendering) or an edit (ICD01).\n\n"
        + _table(("map", "guide", "class", "form"), rows)
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ("---",) * len(head), *rows))


def _linked(rule: str) -> str:
    return f"[{rule}](../edits/{rule}.md)"


def _listed(elements: tuple[str, ...]) -> str:
    """Return the elements; of many only the first and the last."""
    return ", ".join(elements) if len(elements) <= _MANY else f"{elements[0]} … {elements[-1]}"
