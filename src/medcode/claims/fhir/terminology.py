"""Code sets, value sets and what replaces what as FHIR R4 terminology resources.

A code set has the system that CARIN and HL7 Terminology give it, and a URN of ours where they give none.
Codes are written as the system writes them, with the dot of ICD.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from medcode.claims.fhir import systems as uri
from medcode.claims.fhir.datatypes import without_empty
from medcode.claims.fhir.history_tables import OTHER, SYSTEMS
from medcode.codesets.concept import Status
from medcode.codesets.crosswalk import to_icd9cm, to_icd10cm
from medcode.codesets.icd9cm import icd9cm
from medcode.codesets.icd10cm import icd10cm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from medcode.claims.fhir.datatypes import Resource
    from medcode.codesets.base import CodeSet
    from medcode.codesets.code import Code
    from medcode.codesets.concept import Concept
    from medcode.codesets.value_set import ValueSet

__all__ = ["code_system", "concept_map", "system_of", "value_set"]

_SYSTEMS = SYSTEMS | {
    "place_of_service": uri.POS,
    "drg": uri.DRG,
    "taxonomy": uri.TAXONOMY,
    "revenue": uri.NUBC + "RevenueCodes",
}
_PUBLIC = frozenset(
    {"icd10cm", "icd10pcs", "icd9cm", "icd9cm_procedures", "hcpcs", "modifiers", "drg", "place_of_service"}
)
"""Sets that anybody may publish; the lists of others are their owners', however the user came by the table."""

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, uri.OUR + "terminology")
_WITH_DOT = {"icd10cm", "icd9cm", "icd9cm_procedures"}


def system_of(code_set: CodeSet[Any]) -> str:
    """Return the URI of a code set in FHIR."""
    return _SYSTEMS.get(code_set.name, OTHER + code_set.name)


def value_set(codes: ValueSet, *, url: str | None = None, on: date | None = None) -> Resource:
    """Return a value set as a ValueSet: the codes that could be billed on a day, with titles, in tabular order.

    Raises CoverageError for a day that the table does not cover.
    """
    code_set = codes.code_set
    day = code_set.covered_day(on)
    include = {
        "system": system_of(code_set),
        "concept": [_concept(code_set, code, day) for code in codes.codes(on=day)],
    }
    name = f"{code_set.name}|{codes}|{day}"
    return _resource("ValueSet", name, url, f"{code_set.code_type.label}: {codes}", day) | {
        "compose": {"include": [include]}
    }


def code_system(code_set: CodeSet[Any], *, url: str | None = None, on: date | None = None) -> Resource:
    """Return a code set as it stood on a day as a CodeSystem, headings included, each code with its parent.

    Raises ValueError for a set that its owner does not allow to be copied, CoverageError for a day that the
    table does not cover.
    """
    if code_set.name not in _PUBLIC:
        raise ValueError(f"{code_set.code_type.label} may not be published as a CodeSystem")
    day = code_set.covered_day(on)
    concepts = [_defined(code_set, concept) for concept in code_set.as_of(day).values()]
    resource = _resource(
        "CodeSystem", f"{code_set.name}|{day}", url or system_of(code_set), code_set.code_type.label, day
    )
    properties = [
        {"code": "parent", "uri": "http://hl7.org/fhir/concept-properties#parent", "type": "code"},
        {
            "code": "notSelectable",
            "uri": "http://hl7.org/fhir/concept-properties#notSelectable",
            "type": "boolean",
        },
    ]
    content = {"caseSensitive": True, "content": "complete", "count": len(concepts), "property": properties}
    return resource | content | {"concept": concepts}


def concept_map(
    source: CodeSet[Any], target: CodeSet[Any], *, url: str | None = None, on: date | None = None
) -> Resource:
    """Return what stands for the codes of one set in another as a ConceptMap.

    From ICD-9-CM to ICD-10-CM and back these are the General Equivalence Mappings. From ICD-10-CM to itself they
    are the successors, billable on the day, of codes that ended before it. Raises ValueError for any other pair.
    """
    day = target.covered_day(on)
    if (source, target) == (icd10cm, icd10cm):
        elements = list(_successors(day))
    elif (source, target) == (icd9cm, icd10cm):
        elements = list(_mapped(source, to_icd10cm))
    elif (source, target) == (icd10cm, icd9cm):
        elements = list(_mapped(source, to_icd9cm))
    else:
        raise ValueError(f"no mapping from {source.code_type.label} to {target.code_type.label}")
    title = f"{source.code_type.label} to {target.code_type.label}"
    group = {"source": system_of(source), "target": system_of(target), "element": elements}
    return _resource("ConceptMap", f"{source.name}|{target.name}|{day}", url, title, day) | {"group": [group]}


def _resource(kind: str, name: str, url: str | None, title: str, day: date) -> Resource:
    id_ = str(uuid.uuid5(_SPACE, f"{kind}|{name}"))
    return {
        "resourceType": kind,
        "id": id_,
        "url": url or f"urn:uuid:{id_}",
        "version": day.isoformat(),
        "title": title,
        "status": "active",
        "date": day.isoformat(),
    }


def _text(code_set: CodeSet[Any], code: Code | str) -> str:
    return code_set.code_type.trusted(code).dotted if code_set.name in _WITH_DOT else str(code)


def _concept(code_set: CodeSet[Any], code: Code, day: date) -> Resource:
    title = code_set.concept(code, day).title if code_set.name in _PUBLIC else None
    return without_empty({"code": _text(code_set, code), "display": title})


def _defined(code_set: CodeSet[Any], concept: Concept[Any]) -> Resource:
    parent = code_set.parent(concept.code)
    properties: list[Resource] = []
    if parent is not None:
        properties.append({"code": "parent", "valueCode": _text(code_set, parent)})
    if not concept.billable:
        properties.append({"code": "notSelectable", "valueBoolean": True})
    return without_empty(
        {"code": _text(code_set, concept.code), "display": concept.title, "property": properties}
    )


def _successors(day: date) -> Iterator[Resource]:
    for code in icd10cm:
        if icd10cm.status(code, day) in {Status.DELETED, Status.HEADER} and (
            found := icd10cm.successors(code, on=day)
        ):
            equivalence = "equivalent" if len(found) == 1 else "narrower"
            yield _element(icd10cm, code, ((each.dotted, equivalence, "") for each in found))


def _mapped(source: CodeSet[Any], entries_of: Any) -> Iterator[Resource]:
    for code in source:
        entries = entries_of(code)
        targets = [
            (
                each.target.dotted,
                _equivalence(each),
                f"scenario {each.scenario}, choice {each.choice_list}" if each.combination else "",
            )
            for each in entries
            if each.target is not None
        ]
        if targets:
            yield _element(source, code, targets)
        elif entries:
            yield {"code": _text(source, code), "target": [{"equivalence": "unmatched"}]}


def _equivalence(entry: Any) -> str:
    if entry.combination:
        return "wider"  # the source says more than any one of its targets
    return "relatedto" if entry.approximate else "equivalent"


def _element(source: CodeSet[Any], code: Code | str, targets: Iterable[tuple[str, str, str]]) -> Resource:
    found = [
        without_empty({"code": target, "equivalence": equivalence, "comment": comment})
        for target, equivalence, comment in targets
    ]
    return {"code": _text(source, code), "target": found}
