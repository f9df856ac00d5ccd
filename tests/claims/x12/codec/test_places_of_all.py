"""Every value of a claim that a file holds leads to the segment, element and component that hold it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.x12.guides.test_guides_full import CLAIM_GUIDES, Filled

from medcode.claims import x12
from medcode.claims.model.base import DateRange, Part
from medcode.claims.x12.codec.compiled import compiled
from medcode.claims.x12.codec.naming import Naming
from medcode.claims.x12.text.values import write_date, write_value
from medcode.codesets.base import Malformed
from medcode.findings import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims.model import Claim
    from medcode.claims.x12.guides.grammar import Loop, Segment


class Twice(Filled):
    """A set that holds everything a guide has, and twice what may stand more than once in a claim."""

    def loop(self, loop: Loop, around: str = "") -> None:
        super().loop(loop, around)
        if loop.repeat > 1 and not loop.id.startswith("2000") and loop.id != "2300":
            super().loop(loop, around)

    def segment(self, segment: Segment, loop: str) -> str:
        if segment.repeat > 1:
            self.segments.append(super().segment(segment, loop))
        return super().segment(segment, loop)


ELEMENTS = {"HI": (2,), "CAS": (5, 6, 7, 10), "CRC": (4,), "MOA": (4,), "MIA": (5,)}
COMPONENTS = {
    "SV1": ((1, 4), (7, 2)), "SV2": ((2, 4),), "SV3": ((1, 4), (4, 2), (11, 2)), "SVD": ((3, 4),),
    "TOO": ((3, 2),), "CLM": ((11, 1),),
}  # fmt: skip
"""What is left empty, though others of its kind come after it."""


def gapped(segment: str) -> str:
    """Leave elements and components empty before others that are not; the numbers of a contact in another order."""
    elements = segment.split("*")
    if elements[0] == "PER":
        return "*".join([*elements[:3], "EM", "A@B.C", "TE", "3055550100", "EX", "22"])
    for at in ELEMENTS.get(elements[0], ()):
        elements[at : at + 1] = [""] * len(elements[at : at + 1])
    for at, number in COMPONENTS.get(elements[0], ()):
        for composite in elements[at : at + 1]:
            components = composite.split(":")
            components[number - 1 : number] = [""] * len(components[number - 1 : number])
            elements[at] = ":".join(components)
    return "*".join(elements)


def leaves(part: Part, around: str = "") -> Iterator[tuple[str, Any]]:
    """Go through the values that an object was told, each with its path."""
    for name, told in vars(part).items():
        if name in {"extras", "origin"}:
            continue
        path = f"{around}{name}"
        each = (
            ((f"{path}[{at}]", value) for at, value in enumerate(told))
            if isinstance(told, tuple)
            else ((path, told),)
        )
        for at, value in each:
            if isinstance(value, Part) and not isinstance(value, DateRange):
                yield from leaves(value, f"{at}.")
            elif value is not None and value != Malformed(""):
                yield at, value


def written(value: Any) -> str:
    return write_date(value) if isinstance(value, (date, datetime, time, DateRange)) else write_value(value)


def text_at(text: str, at: Location | None) -> str | None:
    """Give what stands at the element and component of a place; None where it names none."""
    if at is None or at.element is None or at.offset is None:
        return None
    element = text[at.offset :].split("~", maxsplit=1)[0].split("*")[at.element]
    return element.split(":")[at.component - 1] if at.component else element


def claim_of(text: str) -> Claim:
    (claim,) = x12.loads(text).claims()
    return claim


def once(convention: str, *, dependent: bool) -> str:
    return Filled(convention, dependent=dependent).text


def twice(convention: str, *, dependent: bool) -> str:
    return Twice(convention, dependent=dependent).text


def with_gaps(convention: str, *, dependent: bool) -> str:
    text = re.sub(r"~K3\*[^~]*", "~K3*", twice(convention, dependent=dependent), count=1)
    return "~".join(map(gapped, text.split("~")))


@pytest.mark.slow
@pytest.mark.parametrize("made", [once, twice, with_gaps])
@pytest.mark.parametrize("dependent", [False, True], ids=["subscriber", "dependent"])
@pytest.mark.parametrize("convention", CLAIM_GUIDES)
def test_every_value_leads_to_where_it_stands(
    convention: str, dependent: bool, made: Callable[..., str]
) -> None:
    text = made(convention, dependent=dependent)
    claim = claim_of(text)
    places = claim.origin.places()
    seen: Counter[Location] = Counter()
    told = dict(leaves(claim))
    assert len(told) > 380
    for path, value in told.items():
        at = places.find(path)
        assert text_at(text, at) == written(value), path
        if not path.endswith(".group"):  # which all adjustments of a CAS share
            seen[Location(offset=at.offset, element=at.element, component=at.component)] += 1
    assert set(seen.values()) == {1}


@pytest.mark.parametrize("made", [once, twice])
@pytest.mark.parametrize("convention", CLAIM_GUIDES)
def test_every_place_has_the_name_of_its_value(convention: str, made: Callable[..., str]) -> None:
    claim = claim_of(made(convention, dependent=False))
    bound = compiled(convention)
    assert bound
    places, marks = claim.origin.places(), list(claim.origin.marks)
    naming = Naming(bound, [node for node, *_ in marks])
    for path, _ in leaves(claim):
        at = places.find(path)
        name = naming.path(at.position - marks[0][1], at)
        if at.segment == "CAS":  # how full those before it are is not to be seen
            assert name == path.partition(".adjustments")[0] + ".adjustments"
        elif at.segment == "PER" and at.element > 2:  # nor is the qualifier
            assert name == path.rpartition(".")[0]
        elif (at.segment, at.element) == ("NM1", 3):  # nor whether it is a person, where it may be one
            assert name in {path, path.replace("organization", "last_name")}
            assert name == path or path not in {"payer.organization", "service_facility.organization"}
        else:
            assert name == path


def test_what_is_not_there_leads_to_what_is_around_it() -> None:
    text = once("005010X222A1", dependent=False)
    origin = claim_of(text).origin
    found = {
        "diagnoses": ("HI", 1, None),
        "diagnoses[1]": ("HI", 2, None),
        "diagnoses[1].present_on_admission": ("HI", 2, None),
        "lines[0].procedure.modifiers": ("SV1", 1, 3),
        "lines[0].procedure.modifiers[4]": ("SV1", 1, None),
        "lines[0].diagnosis_pointers": ("SV1", 7, None),
        "lines[0].diagnosis_pointers[9]": ("SV1", 7, None),
        "billing_provider.contacts[0].fax": ("PER", None, None),
        "billing_provider.contacts[0]": ("PER", None, None),
        "other_payers[0].adjustments": ("CAS", 2, None),
    }
    for path, place in found.items():
        at = origin.place(path)
        assert (at.segment, at.element, at.component) == place
    assert origin.place("diagnoses[12].code") is None
    assert origin.place("lines[1].procedure.code") is None


def test_what_is_kept_beside_the_claim_is_no_place_of_it() -> None:
    first, rest = once("005010X222A1", dependent=False).split("~REF*G1*", 1)
    claim = claim_of(f"{first}~REF*G1*AA~REF*G1*{rest}")
    assert len(claim.extras) == 1
    assert text_at(f"{first}~REF*G1*AA", claim.origin.place("references.prior_authorization")) == "AA"
