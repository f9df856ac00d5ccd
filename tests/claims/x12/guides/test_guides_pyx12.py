"""The guides beside pyx12's maps, which transcribe the same implementation guides.

Where the two differ, the difference stands here with the reason. A place is written
`loop segment[qualifiers] element`.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.dictionary import DATA_ELEMENTS, DISCRIMINATORS
from medcode.claims.x12.guides.grammar import MANY, Composite, Loop, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.x12.guides.grammar import Element

pytest.importorskip("pyx12")
pytestmark = pytest.mark.oracle

MAPS = {
    "005010X222A1": "837.5010.X222.A1.xml",
    "005010X223A2": "837Q3.I.5010.X223.A1.xml",
}

WRAPPERS = {"ISA_LOOP": "", "GS_LOOP": "", "HEADER": "", "DETAIL": "", "FOOTER": "", "ST_LOOP": "ST"}
"""Loops of pyx12's maps that the guides do not have, and what they are here."""

BOTH = {
    "2300 REF[4N] 02: codes": "the guides list the values 1 to 7; pyx12 takes any",
    "2330B REF[T4] 02: codes": "the guides list Y alone; pyx12 takes any",
}
DIFFERENCES = {
    "005010X222A1": BOTH
    | {
        "ST ST 03: usage": "the guide requires ST03; pyx12 lets it be absent",
        "ST BHT 06: codes": "the guide also has 31, subrogation demand, as pyx12's map of the 837I has",
        "1000A PER[IC] 03: codes": "ED is of version 4010; x12sdk and stupidedi do not have it either",
        "1000A PER[IC] 05: codes": "as PER03",
        "1000A PER[IC] 07: codes": "as PER03",
        "2300 REF[F5] 02: codes": "the guide lists Y and N; pyx12 takes any",
    },
    "005010X223A2": BOTH
    | {
        "ST ST 03: codes": "errata are read with the same table; ST03 is checked against GS08",
        "2300 CRC[ZZ] 04: codes": "the guide repeats the values of CRC03; pyx12 takes any",
        "2300 CRC[ZZ] 05: codes": "as CRC04",
    },
}

LENGTHS = {"782": "health care in the US limits amounts to ten digits (X12 interpretations 698 and 1526)"}
"""Data elements whose lengths differ from pyx12's dictionary, and why."""


def text(node: etree._Element, path: str) -> str:
    return node.findtext(path) or ""


def count(number: str) -> int:
    return MANY if number == ">1" else int(number)


class Theirs:
    """A loop of pyx12's map, its wrappers gone."""

    def __init__(self, node: etree._Element | None) -> None:
        self.usage = "R" if node is None else text(node, "usage")
        self.repeat = 1 if node is None else count(text(node, "repeat"))
        self.segments: list[etree._Element] = []
        self.loops: dict[str, Theirs] = {}
        if node is not None:
            self.fill(node)

    def fill(self, node: etree._Element) -> None:
        for child in node.iterchildren("loop", "segment"):
            id_ = child.get("xid") or ""
            if child.tag == "segment" and id_ not in {"ISA", "GS", "TA1", "GE", "IEA"}:
                self.segments.append(child)
            elif child.tag == "loop" and not WRAPPERS.get(id_, id_):
                self.fill(child)
            elif child.tag == "loop":
                self.loops[WRAPPERS.get(id_, id_)] = Theirs(child)


def elements(node: etree._Element) -> list[etree._Element]:
    return list(node.iterchildren("element", "composite"))


def codes(node: etree._Element) -> frozenset[str] | None:
    return frozenset(code.text or "" for code in node.findall("valid_codes/code")) or None


def qualifiers(segment: etree._Element) -> frozenset[str] | None:
    place = DISCRIMINATORS.get(segment.get("xid") or "")
    if not place:
        return None
    element = elements(segment)[place[0] - 1]
    return codes(element.findall("element")[place[1] - 1] if place[1] else element)


def together(loops: Iterable[Loop]) -> dict[str, list[Loop]]:
    found: dict[str, list[Loop]] = {}
    for loop in loops:
        found.setdefault(loop.id, []).append(loop)
    return found


def compare_loops(ours: list[Loop], theirs: Theirs) -> Iterator[str]:
    """Say where loops that share an id differ from the one loop of pyx12."""
    id_ = ours[0].id
    if sum(loop.repeat for loop in ours) != theirs.repeat and id_ != "ST":
        yield f"{id_}: repeat"
    if {loop.usage.value for loop in ours} != {theirs.usage}:
        yield f"{id_}: usage"
    yield from compare_segments(id_, ours, theirs.segments)
    inner = together(child for loop in ours for child in loop.children if isinstance(child, Loop))
    yield from (f"{name}: only one has it" for name in set(inner) ^ set(theirs.loops))
    for name in set(inner) & set(theirs.loops):
        yield from compare_loops(inner[name], theirs.loops[name])


def compare_segments(id_: str, ours: list[Loop], theirs: list[etree._Element]) -> Iterator[str]:
    uses = [(i, s) for i, loop in enumerate(ours) for s in loop.children if isinstance(s, Segment)]
    matched: list[Segment] = []
    order = []
    for segment in theirs:
        wanted = qualifiers(segment)
        name = f"{id_} {segment.get('xid')}" + (f"[{' '.join(sorted(wanted))}]" if wanted else "")
        found = [(i, s) for i, s in uses if s.id == segment.get("xid") and fits(s, wanted)]
        if not found:
            yield f"{name}: missing"
            continue
        matched += [s for _, s in found]
        order.append(uses.index(found[0]))
        if max(sum(s.repeat for i, s in found if i == at) for at, _ in found) != count(
            text(segment, "max_use")
        ):
            yield f"{name}: repeat"
        if {s.usage.value for _, s in found} != {text(segment, "usage")}:
            yield f"{name}: usage"
        rows: list[Any] = [[s.elements[at] for _, s in found] for at in range(len(found[0][1].elements))]
        yield from compare_rows(name, rows, elements(segment))
    yield from (f"{id_} {s.id}: not theirs" for _, s in uses if s not in matched)
    if order != sorted(order):
        yield f"{id_}: order"


def fits(segment: Segment, wanted: frozenset[str] | None) -> bool:
    return wanted is None or segment.qualifiers is None or bool(segment.qualifiers & wanted)


def compare_rows(name: str, ours: list[list[Any]], theirs: list[etree._Element]) -> Iterator[str]:
    for at, (rows, element) in enumerate(zip(ours, theirs, strict=False), 1):
        place = f"{name}{'-' if name[-1].isdigit() else ' '}{at:02}"
        usage = text(element, "usage")
        if {row.usage.value for row in rows} != {usage}:
            yield f"{place}: usage"
        elif usage == "N":
            continue
        elif element.tag == "composite":
            inner = [
                [r.elements[i] for r in rows]
                for i in range(len(rows[0].elements))
                if isinstance(rows[0], Composite)
            ]
            yield from compare_rows(place, inner, elements(element))
        else:
            yield from compare_element(place, rows, element)


def compare_element(place: str, ours: list[Element], theirs: etree._Element) -> Iterator[str]:
    allowed = frozenset(code for row in ours for code in row.codes or ())
    if (allowed or None) != codes(theirs):
        yield f"{place}: codes"
    if {row.data.number for row in ours} != {text(theirs, "data_ele")}:
        yield f"{place}: data element"


@pytest.mark.parametrize("convention", sorted(MAPS))
def test_a_guide_says_what_pyx12_says(convention: str) -> None:
    path = resources.files("pyx12") / "map" / MAPS[convention]
    root = Theirs(None)
    root.fill(etree.fromstring(path.read_bytes()))
    found = set(compare_loops([guide(convention).root], root.loops["ST"]))
    assert found == set(DIFFERENCES[convention])


def test_the_dictionary_says_what_pyx12_says() -> None:
    path = resources.files("pyx12") / "map" / "dataele.xml"
    theirs = {
        node.get("ele_num"): (node.get("data_type"), int(node.get("min_len", 0)), int(node.get("max_len", 0)))
        for node in etree.fromstring(path.read_bytes()).iter("data_ele")
    }
    ours = {number: (e.type, e.minimum, e.maximum) for number, e in DATA_ELEMENTS.items()}
    assert {number for number, facts in ours.items() if theirs[number] != facts} == set(LENGTHS)
