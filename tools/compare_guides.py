"""Compare the guide tables with the maps of pyx12, which transcribe the same implementation guides.

usage: python -m tools.compare_guides [CONVENTION ...]

Usage, repeats, order, allowed values, data elements, lengths and syntax notes are compared place by
place, and the data element dictionary as a whole. A place is written `loop segment[qualifiers] element`.
Where the two differ on purpose, the difference stands in EXPLAINED with the reason; any other is
printed as new and makes the exit code 1. pyx12 has no map of the dental guide.
"""

from __future__ import annotations

import sys
from importlib import resources
from typing import TYPE_CHECKING, Any

from lxml import etree

from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.dictionary import DATA_ELEMENTS, DISCRIMINATORS
from medcode.claims.x12.guides.grammar import MANY, Composite, Loop, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.claims.x12.guides.grammar import Element

MAPS = {
    "005010X222A1": ("837.5010.X222.A1.xml",),
    "005010X223A2": ("837Q3.I.5010.X223.A1.xml", "837Q3.I.5010.X223.A1.v2.xml"),
    "005010X231A1": ("999.5010X231.A1.xml",),
    "005010X221A1": ("835.5010.X221.A1.xml", "835.5010.X221.A1.v2.xml"),
    "005010X214": ("277.5010.X214.xml",),
}
"""The files of pyx12 for each guide; of some it has two transcriptions, which differ."""

WRAPPERS = {"ISA_LOOP": "", "GS_LOOP": "", "HEADER": "", "DETAIL": "", "FOOTER": "", "ST_LOOP": "ST"}
"""Loops of pyx12's maps that the guides do not have, and what they are here."""

UNITS = "CLM01 ENT01 NM109 PATIENT NAME NM109 SUBSCRIBER NAME NM109 SUBSCRIBER NUMBER REF02 TRN02"
CLAIMS = {
    "2300 REF[4N] 02: codes": "the guides list the values 1 to 7; pyx12 takes any",
    "2330B REF[T4] 02: codes": "the guides list Y alone; pyx12 takes any",
}
INSTITUTIONAL = CLAIMS | {
    "ST ST 03: codes": "errata are read with the same table; ST03 is checked against GS08",
    "2300 CRC[ZZ] 04: codes": "the guide repeats the values of CRC03; pyx12 takes any",
    "2300 CRC[ZZ] 05: codes": "as CRC04",
}
REMITTANCE = {
    "2110 DTM[150 151 472]: repeat": "each of the three days occurs once; pyx12 takes any two of them together",
    "2110 SVC 06-01: codes": "stupidedi's guide lists all of SVC01-1 here too, so N6 and UI are read",
    **{
        f"ST PLB {at:02}-01: codes": "the values of PLB03-1 hold for each adjustment; pyx12 checks the first alone"
        for at in range(5, 15, 2)
    },
}
STATUS_ENTITIES = {
    f"{loop} STC {at}-03: codes": "the values of STC01-3 hold for each status; pyx12 checks the first alone"
    for loop in ("2200B", "2200C", "2200D", "2220D")
    for at in (10, 11)
}
EXPLAINED = {
    "835.5010.X221.A1.xml": REMITTANCE,
    "835.5010.X221.A1.v2.xml": REMITTANCE,
    "277.5010.X214.xml": STATUS_ENTITIES
    | {
        "ST ST 03: codes": "errata are read with the same table; ST03 is checked against GS08",
        "2000A: repeat": "there is one source a set, as stupidedi has it",
        "2200A: repeat": "there is one number of the transmission, as stupidedi has it",
        "2100B NM1[41] 06: usage": "neither guide uses it; it is read, as NM107 is, for published examples send that",
        "2100B NM1[41] 07: usage": "published examples send MD here",
        "2200B STC 02: usage": "a published example of a rejected batch leaves it out",
        "2200B STC 04: usage": "a published example of a rejected batch leaves it out",
        "2000C: usage": "a batch that is rejected as a whole has no provider (a published example)",
        "2000C HL[19] 04: codes": "a provider that is rejected as a whole has no patient (a published example)",
        "2100C: repeat": "a provider has one name, and the object holds one",
        "2200C: usage": "stupidedi and published examples leave it out",
        "2200C TRN 01: codes": "a published example has 2 here",
        "2200C STC: usage": "stupidedi and published examples leave it out",
        "2200C STC 02: usage": "stupidedi does not use it; pyx12 requires it: it is read",
        "2200C REF[0B 1G G2 LU SY TJ]: repeat": "stupidedi has three; pyx12 has one",
        "2000D: usage": "a provider that is rejected as a whole has no patient (a published example)",
        "2200D DTP[472]: usage": "a published example leaves it out where the day that was sent is not valid",
        "2220D STC: repeat": "stupidedi and X12's description allow several; pyx12 allows one",
        "2220D STC 02: usage": "stupidedi and published examples do not use it; pyx12 requires it: it is read",
    },
    "837.5010.X222.A1.xml": CLAIMS
    | {
        "ST ST 03: usage": "the guide requires ST03; pyx12 lets it be absent",
        "ST BHT 06: codes": "the guide also has 31, subrogation demand, as pyx12's map of the 837I has",
        "1000A PER[IC] 03: codes": "ED is of version 4010; x12sdk and stupidedi do not have it either",
        "1000A PER[IC] 05: codes": "as PER03",
        "1000A PER[IC] 07: codes": "as PER03",
        "2300 REF[F5] 02: codes": "the guide lists Y and N; pyx12 takes any",
    },
    "837Q3.I.5010.X223.A1.xml": INSTITUTIONAL,
    "837Q3.I.5010.X223.A1.v2.xml": INSTITUTIONAL
    | {
        "2300: usage": "a dependent's level must have a claim, a subscriber's may; this map has one copy for both",
        "2300 CL1 01: usage": "an edit asks for it: of stays as an error, of other bills as a warning",
    },
    "999.5010X231.A1.xml": {
        "ST ST 03: codes": "errata are read with the same table; ST03 is checked against GS08",
        f"2100 CTX[{UNITS}] 01: repeat": "one business unit is named, as stupidedi has it",
        f"2100 CTX[{UNITS}] 05: usage": "a business unit has no place, as stupidedi has it",
        "2100 CTX[SITUATIONAL TRIGGER] 01-02: usage": "public files number the triggers of one CTX; pyx12 forbids it",
        "2100 CTX[SITUATIONAL TRIGGER] 06-02: usage": "public files name composite and component; pyx12 forbids it",
        "2100 IK3 04: usage": "stupidedi requires it, and an error without its code says nothing",
        "2110 CTX[SITUATIONAL TRIGGER] 01-02: usage": "as in 2100",
        "2110 CTX[SITUATIONAL TRIGGER] 06-02: usage": "as in 2100",
        "2110 IK4: usage": "it opens its loop, so that the loop's usage says all",
        "2110 IK4 03: codes": "11 is no code of data element 621; stupidedi does not have it either",
    },
}
"""Differences that are meant, by the file, each with the reason."""

EXPLAINED_ELEMENTS = {
    "782": "health care in the US limits amounts to ten digits (X12 interpretations 698 and 1526)"
}
"""Data elements whose lengths differ from pyx12's dictionary, and why."""


def text(node: etree._Element, path: str) -> str:
    """Return a fact of a node: a child in one form of the maps, an attribute in the other."""
    return node.findtext(path) or node.get(path) or ""


def count(number: str) -> int:
    """Return a repeat as a number; `>1` is without limit."""
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
        """Add what a loop of the map holds."""
        for child in node.iterchildren("loop", "segment"):
            id_ = child.get("xid") or ""
            if child.tag == "segment" and id_ not in {"ISA", "GS", "TA1", "GE", "IEA"}:
                self.segments.append(child)
            elif child.tag == "loop" and not WRAPPERS.get(id_, id_):
                self.fill(child)
            elif child.tag == "loop":
                self.loops[WRAPPERS.get(id_, id_)] = Theirs(child)


def elements(node: etree._Element) -> list[etree._Element]:
    """Return the elements of a segment, or the components of a composite."""
    return list(node.iterchildren("element", "composite"))


def codes(node: etree._Element) -> frozenset[str] | None:
    """Return the values that an element may have; None for any."""
    return frozenset(code.text or "" for code in node.findall("valid_codes/code")) or None


def qualifiers(segment: etree._Element) -> frozenset[str] | None:
    """Return the values of the element that tells uses of a segment apart."""
    place = DISCRIMINATORS.get(segment.get("xid") or "")
    if not place:
        return None
    element = elements(segment)[place[0] - 1]
    return codes(element.findall("element")[place[1] - 1] if place[1] else element)


def together(loops: Iterable[Loop]) -> dict[str, list[Loop]]:
    """Return loops by their id: pyx12 has one where the guides have one for each qualifier."""
    found: dict[str, list[Loop]] = {}
    for loop in loops:
        found.setdefault(loop.id, []).append(loop)
    return found


def compare_loops(ours: list[Loop], theirs: Theirs) -> Iterator[str]:
    """Yield where loops that share an id differ from the one loop of pyx12."""
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
    """Yield where the segments of a loop differ."""
    uses = [(i, s) for i, loop in enumerate(ours) for s in loop.children if isinstance(s, Segment)]
    matched: list[Segment] = []
    order = []
    for segment in theirs:
        allowed = qualifiers(segment)
        name = f"{id_} {segment.get('xid')}" + (f"[{' '.join(sorted(allowed))}]" if allowed else "")
        found = [(i, s) for i, s in uses if s.id == segment.get("xid") and fits(s, allowed)]
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
        if notes(segment) - {
            f"{kind}{''.join(f'{at:02}' for at in tied)}" for kind, tied in found[0][1].notes
        }:
            yield f"{name}: syntax notes"
        rows: list[Any] = [[s.elements[at] for _, s in found] for at in range(len(found[0][1].elements))]
        yield from compare_rows(name, rows, elements(segment))
    yield from (f"{id_} {s.id}: not theirs" for _, s in uses if s not in matched)
    if order != sorted(order):
        yield f"{id_}: order"


def notes(segment: etree._Element) -> set[str]:
    """Return the syntax notes of a segment; one that ties a single element ties nothing."""
    return {note for each in segment.findall("syntax") if len(note := (each.text or "").strip()) > len("P01")}


def fits(segment: Segment, allowed: frozenset[str] | None) -> bool:
    """Whether a use of a segment is one that a map means by its qualifiers."""
    return allowed is None or segment.qualifiers is None or bool(segment.qualifiers & allowed)


def compare_rows(
    name: str, ours: list[list[Any]], theirs: list[etree._Element], mark: str = " "
) -> Iterator[str]:
    """Yield where elements, or components, differ in their order."""
    for at, (rows, element) in enumerate(zip(ours, theirs, strict=False), 1):
        place = f"{name}{mark}{at:02}"
        usage = text(element, "usage")
        if {row.usage.value for row in rows} != {usage}:
            yield f"{place}: usage"
        elif usage == "N":
            continue
        elif element.tag == "composite":
            if {row.repeat for row in rows} != {count(text(element, "repeat") or "1")}:
                yield f"{place}: repeat"
            inner = [
                [r.elements[i] for r in rows]
                for i in range(len(rows[0].elements))
                if isinstance(rows[0], Composite)
            ]
            yield from compare_rows(place, inner, elements(element), "-")
        else:
            yield from compare_element(place, rows, element)


def compare_element(place: str, ours: list[Element], theirs: etree._Element) -> Iterator[str]:
    """Yield where an element differs in its values or in the dictionary."""
    allowed = frozenset(code for row in ours for code in row.codes or ())
    if (allowed or None) != codes(theirs):
        yield f"{place}: codes"
    if {row.data.number for row in ours} != {text(theirs, "data_ele")}:
        yield f"{place}: data element"


def differences(convention: str, name: str) -> set[str]:
    """Return the places at which a guide and a map differ."""
    path = resources.files("pyx12") / "map" / name
    root = Theirs(None)
    root.fill(etree.fromstring(path.read_bytes()))
    return set(compare_loops([guide(convention).root], root.loops["ST"]))


def different_elements() -> set[str]:
    """Return the numbers of the data elements whose type or lengths differ from pyx12's dictionary."""
    path = resources.files("pyx12") / "map" / "dataele.xml"
    theirs = {
        node.get("ele_num"): (node.get("data_type"), int(node.get("min_len", 0)), int(node.get("max_len", 0)))
        for node in etree.fromstring(path.read_bytes()).iter("data_ele")
    }
    ours = {number: (e.type, e.minimum, e.maximum) for number, e in DATA_ELEMENTS.items()}
    return {number for number, facts in ours.items() if number in theirs and theirs[number] != facts}


def report(title: str, found: set[str], explained: dict[str, str]) -> bool:
    """Print what differs, the new first; return whether all of it is explained."""
    new, gone = found - set(explained), set(explained) - found
    print(f"{title}: {len(found)} differences, {len(found) - len(new)} of them explained")
    for place in sorted(new):
        print(f"  NEW   {place}")
    for place in sorted(gone):
        print(f"  GONE  {place}: {explained[place]}")
    for place in sorted(found - new):
        print(f"        {place}: {explained[place]}")
    return not new and not gone


def main(arguments: Sequence[str]) -> int:
    """Compare the guides that are named, or all that pyx12 has a map for."""
    fine = [
        report(f"{convention} beside {name}", differences(convention, name), EXPLAINED.get(name, {}))
        for convention in arguments or MAPS
        for name in MAPS[convention]
    ]
    fine.append(report("data elements", different_elements(), EXPLAINED_ELEMENTS))
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
