"""The guides as tables: sound in themselves, and one with the claim model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from medcode.claims.model import DentalClaim, InstitutionalClaim, ProfessionalClaim, TransactionHeader
from medcode.claims.model.fields import ModelFields
from medcode.claims.x12.guides import GUIDES, guide
from medcode.claims.x12.guides.dictionary import COMPOSITES, DATA_ELEMENTS, DISCRIMINATORS, SEGMENTS
from medcode.claims.x12.guides.grammar import Composite, Element, Loop, Segment, Usage
from medcode.claims.x12.guides.variant import variant
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from medcode.claims.model import Claim
    from medcode.claims.model.base import Part
    from medcode.claims.model.fields import FieldType
    from medcode.claims.x12.guides.grammar import Guide

CLAIMS: dict[str, type[Claim]] = {
    "005010X222A1": ProfessionalClaim,
    "005010X223A2": InstitutionalClaim,
    "005010X224A2": DentalClaim,
    "005010X291": ProfessionalClaim,
    "005010X292": InstitutionalClaim,
    "005010X298": ProfessionalClaim,
}

COUNTED = {"ST", "SE", "HL", "LX"}
"""Segments that the writer fills by counting; they hold nothing of the claim."""

ELSEWHERE = {
    "extras": "segments that the guide has no place for",
    "origin": "where in a file the claim stood",
}
"""Attributes of a claim that no guide names, and why."""

UNREACHED: dict[tuple[str, str], str] = {
    ("Dependent", "organization"): "a patient is always a person",
}
"""Attributes that a class has by descent alone."""


def used(rows: tuple[Element | Composite, ...]) -> Iterator[Element]:
    """Give every simple element in use, components included."""
    for row in rows:
        if row.usage is Usage.NOT_USED:
            continue
        if isinstance(row, Composite):
            yield from used(row.elements)
        else:
            yield row


def fields_of(cls: type[Part]) -> Mapping[str, FieldType]:
    return ModelFields.of(cls).types


def segments(loop: Loop) -> Iterator[Segment]:
    return (part for part in loop.walk() if isinstance(part, Segment))


def loops(loop: Loop) -> Iterator[Loop]:
    yield loop
    yield from (part for part in loop.walk() if isinstance(part, Loop))


class Reach:
    """What of the model a guide names."""

    def __init__(self, table: Guide, claim: type[Claim]) -> None:
        self.reached: set[tuple[type[Part], str]] = set()
        self.claim = claim
        self.loop(table.root, TransactionHeader, "")

    def step(self, cls: type[Part], path: str) -> type[Part]:
        """Follow a path from a class; an attribute that does not exist is a KeyError."""
        for name in filter(None, path.split(".")):
            part = fields_of(cls)[name].part
            self.reached.add((cls, name))
            assert part is not None, f"{cls.__name__}.{name} holds no part"
            cls = part
        return cls

    def loop(self, loop: Loop, cls: type[Part], where: str) -> None:
        first = loop.children[0]
        if isinstance(first, Segment) and first.id == "HL":
            cls = self.claim
        cls = self.step(cls, loop.name)
        for child in loop.children:
            if isinstance(child, Loop):
                self.loop(child, cls, f"{where}/{child.id}")
            elif child.id not in COUNTED:
                self.segment(child, cls)

    def segment(self, segment: Segment, cls: type[Part]) -> None:
        named = {e.name for e in used(segment.elements) if e.name not in {"", "format"}}
        rows = [row for row in segment.elements if row.usage is not Usage.NOT_USED]
        named |= {row.name for row in rows if isinstance(row, Composite) and row.name}
        if not named:
            *around, last = segment.name.split(".")
            cls = self.step(cls, ".".join(around))
            assert fields_of(cls)[last].part is None
            self.reached.add((cls, last))
            return
        cls = self.step(cls, segment.name)
        self.row(segment.elements, cls)
        if segment.id == "NM1":
            kind = segment.elements[1]
            if isinstance(kind, Element) and "2" in (kind.codes or ()) and "organization" in fields_of(cls):
                self.reached.add((cls, "organization"))
        if segment.id == "PER":
            self.reached |= {(cls, name) for name in ("name", "phone", "extension", "fax", "email")}

    def row(self, elements: tuple[Element | Composite, ...], cls: type[Part]) -> None:
        fields = fields_of(cls)
        for element in elements:
            if element.usage is Usage.NOT_USED:
                continue
            if isinstance(element, Composite) and element.name and fields[element.name].part is None:
                self.reached.add((cls, element.name))
            elif isinstance(element, Composite):
                self.row(element.elements, self.step(cls, element.name))
            elif element.name == "entity_type" and "entity_type" not in fields:
                pass
            elif element.name == "last_name" and "last_name" not in fields:
                assert "organization" in fields
            elif element.name not in {"", "format"}:
                assert element.name in fields, f"{cls.__name__} has no {element.name}"
                self.reached.add((cls, element.name))


def classes(cls: type[Part], seen: set[type[Part]] | None = None) -> set[type[Part]]:
    """Give every class of part below a class."""
    seen = set() if seen is None else seen
    if cls not in seen:
        seen.add(cls)
        for field in fields_of(cls).values():
            if field.part:
                classes(field.part, seen)
    return seen


@pytest.fixture(params=sorted(CLAIMS))
def table(request: pytest.FixtureRequest) -> Guide:
    return guide(request.param)


def test_every_name_of_a_guide_is_an_attribute_of_the_model(table: Guide) -> None:
    assert Reach(table, CLAIMS[table.id]).reached


def test_every_attribute_of_the_model_has_its_place_in_a_guide() -> None:
    """An attribute that no guide names would be lost when a claim is written."""
    reached = set().union(*(Reach(guide(id_), claim).reached for id_, claim in CLAIMS.items()))
    forgotten = {
        (cls.__name__, field.name)
        for cls in set().union(*map(classes, (*CLAIMS.values(), TransactionHeader)))
        for field in attrs.fields(cls)
        if (cls, field.name) not in reached and field.name not in ELSEWHERE
    }
    assert forgotten == set(UNREACHED)


def test_codes_have_the_lengths_and_the_type_of_their_element(table: Guide) -> None:
    for segment in segments(table.root):
        for element in used(segment.elements):
            for code in element.codes or ():
                where = f"{segment.id} {segment.title}: {code}"
                assert element.minimum <= len(code) <= element.maximum, where
                assert element.data.type in {"ID", "AN", "N0"}, where


def test_a_narrowed_length_stays_within_the_standard(table: Guide) -> None:
    for segment in segments(table.root):
        for element in used(segment.elements):
            assert element.data.minimum <= element.minimum <= element.maximum <= element.data.maximum


def test_uses_of_one_segment_in_a_loop_are_told_apart(table: Guide) -> None:
    for loop in loops(table.root):
        seen: dict[str, list[frozenset[str] | None]] = {}
        for child in loop.children:
            segment = child.opener if isinstance(child, Loop) else child
            seen.setdefault(segment.id, []).append(segment.qualifiers)
        for id_, uses in seen.items():
            if len(uses) > 1:
                codes = [code for use in uses for code in use or ()]
                assert None not in uses, f"{loop.id}: {id_}"
                assert len(codes) == len(set(codes)), f"{loop.id}: {id_} {sorted(codes)}"


def test_every_loop_opens_with_a_segment_that_may_not_repeat(table: Guide) -> None:
    for loop in loops(table.root):
        assert loop.opener.repeat == 1
        assert loop.opener.usage is Usage.REQUIRED
        assert loop.repeat >= 1


def test_what_is_situational_says_when(table: Guide) -> None:
    """A segment or loop without a condition would leave the reader of a finding in the dark."""
    silent = {
        f"{part.id} {part.title}"
        for part in table.root.walk()
        if part.usage is Usage.SITUATIONAL and not part.when and part.id not in {"PER", "2300"}
    }
    assert not silent


def test_titles_are_words(table: Guide) -> None:
    for part in table.root.walk():
        assert part.title
        assert part.title[0].isupper()
        assert not part.title.endswith(".")


def test_discriminators_point_at_elements_that_exist() -> None:
    for id_, (element, component) in DISCRIMINATORS.items():
        number = SEGMENTS[id_].elements[element - 1]
        assert (number in COMPOSITES) == bool(component)


def test_the_dictionary_defines_what_it_uses() -> None:
    numbers = {number for shape in SEGMENTS.values() for number in shape.elements}
    numbers |= {number for elements in COMPOSITES.values() for number in elements}
    assert numbers == set(DATA_ELEMENTS) | set(COMPOSITES)


def test_syntax_notes_tie_elements_that_exist() -> None:
    for id_, shape in SEGMENTS.items():
        for kind, places in shape.notes:
            assert kind in "PRECL"
            assert len(places) > 1
            assert max(places) <= len(shape.elements), id_


def test_errata_are_read_with_the_same_table() -> None:
    for conventions in GUIDES.values():
        first, *others = conventions.split()
        assert guide(first).id == first
        assert set(guide(first).also) == set(others)
        assert all(guide(each) is guide(first) for each in others)


def test_a_variant_is_its_base_with_changes() -> None:
    for id_, base in (
        ("005010X291", "005010X222A1"),
        ("005010X292", "005010X223A2"),
        ("005010X298", "005010X222A1"),
    ):
        theirs, ours = guide(base), guide(id_)
        assert ours.base == base
        assert CLAIMS[id_].guide == base
        differing = {
            (one.id, one.title)
            for one, other in zip(segments(ours.root), segments(theirs.root), strict=True)
            if one != other
        }
        assert ("BHT", "Beginning of the transaction") in differing
        assert len(differing) <= 3


def test_a_change_for_no_place_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="9999 CLM"):
        variant(guide("005010X222A1"), "X", "Nothing", {"9999 CLM": Usage.SITUATIONAL})


def test_a_convention_without_a_guide_is_said() -> None:
    with pytest.raises(X12Error, match="no guide for '004010X098A1'"):
        guide("004010X098A1")
