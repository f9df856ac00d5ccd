"""Codes that a file spells otherwise than a claim carries them: found where they are, and looked up all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from tests.claims.x12.texts import ISA, ONE, swapped, wire

from medcode.claims import x12
from medcode.claims.x12.codec.code_forms import CODE_TYPES, QUALIFIER_OF, code_reader, read_code
from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.grammar import Composite, Segment, Usage
from medcode.claims.x12.text.lexer import DEFAULT_DELIMITERS
from medcode.claims.x12.validate.accept import acceptor
from medcode.claims.x12.validate.elements import faults
from medcode.codesets.code import Malformed
from medcode.codesets.hcpcs import Hcpcs
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.icd10pcs import Icd10Pcs
from medcode.codesets.ndc import Ndc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medcode.claims.x12.guides.grammar import Element
    from medcode.codesets.code import Code

GUIDES = ("005010X222A1", "005010X223A2", "005010X224A2", "005010X291", "005010X292", "005010X298")
SPELLINGS: dict[Any, tuple[str, tuple[str, ...]]] = {
    Icd10Cm: ("J069", ("J06.9", "j069", "j06.9", "J06-9", "J06 9", " J069")),
    Icd9Cm: ("4019", ("401.9", "401-9", "401 9", " 4019")),
    Icd10Pcs: ("02703DZ", ("02703dz", "0270-3DZ", "0270 3DZ", "027.03DZ")),
    Icd9CmProcedure: ("3601", ("36.01", "36-01", "36 01")),
    Hcpcs: ("D0120", ("d0120", "D-0120", "D 0120", "D01.20")),
    Ndc: ("00409379501", ("00409-3795-01", "0409-3795-01", "00409 3795 01", "00409.3795.01")),
}
"""A code of each set as a claim carries it, and as files spell it."""

PLAIN = {
    "BE": "A1",
    "BG": "A1",
    "BH": "A1",
    "BI": "M1",
    "DR": "470A",
    "HP": "AAA00",
    "ER": "A123",
    "IV": "A123",
}
"""Codes without a type, by their qualifier."""


class Place(NamedTuple):
    """A code's element in a use of a segment: its number, its component if it is one, and a qualifier for it."""

    segment: Segment
    element: int
    component: int | None
    data: str
    qualifier: str

    def text(self, code: str) -> list[str]:
        """Return the segment with nothing but what is before the code, and the code."""
        texts = [self.segment.id, *[""] * self.element]
        if self.component is None:
            texts[self.element - 1 : self.element + 1] = [self.qualifier, code]
        else:
            texts[self.element] = ":".join([*[""] * (self.component - 2), self.qualifier, code])
        return texts


def pairs(row: tuple[Any, ...]) -> Iterator[tuple[int, Element, Element]]:
    """Yield the number of each code in a row, with the row of its qualifier and its own."""
    for at in range(1, len(row)):
        before, here = row[at - 1], row[at]
        if not isinstance(before, Composite) and not isinstance(here, Composite):
            fits = QUALIFIER_OF.get(here.data.number) == before.data.number
            if fits and here.usage is not Usage.NOT_USED and before.codes:
                yield at + 1, before, here


def places(convention: str) -> Iterator[Place]:
    """Yield every place of a code in a guide, with each qualifier that it allows."""
    for segment in guide(convention).root.walk():
        if not isinstance(segment, Segment):
            continue
        for number, before, here in pairs(segment.elements):
            yield from (Place(segment, number, None, here.data.number, code) for code in before.codes or ())
        for element, row in enumerate(segment.elements, 1):
            if isinstance(row, Composite) and row.usage is not Usage.NOT_USED:
                for number, before, here in pairs(row.elements):
                    yield from (
                        Place(segment, element, number, here.data.number, code) for code in before.codes or ()
                    )


def form_faults(place: Place, code: str) -> list[tuple[int, int | None, object]]:
    found = faults(place.segment, place.text(code), DEFAULT_DELIMITERS)
    return [
        (each.element, each.component, getattr(each.fix, "new", None))
        for each in found
        if each.rule == "code-form"
    ]


@pytest.mark.parametrize("convention", GUIDES)
def test_every_code_of_every_guide(convention: str) -> None:
    checked = 0
    for place in places(convention):
        kind = CODE_TYPES.get((place.data, place.qualifier))
        if kind in SPELLINGS:
            wire_form, others = SPELLINGS[kind]
        elif place.qualifier in PLAIN:
            wire_form = PLAIN[place.qualifier]
            others = (wire_form.lower(), f"{wire_form[0]}-{wire_form[1:]}", f"{wire_form[0]} {wire_form[1:]}")
        else:
            continue
        assert form_faults(place, wire_form) == [], place
        for other in others:
            assert form_faults(place, other) == [(place.element, place.component, wire_form)], (place, other)
            text = "*".join(place.text(other))
            assert not acceptor(place.segment, DEFAULT_DELIMITERS).fits(text), place
            checked += 1
    assert checked > 100


def test_what_is_found_is_looked_up_all_the_same() -> None:
    for kind, (wire_form, others) in SPELLINGS.items():
        assert {read_code(kind, each) for each in (wire_form, *others)} == {kind(wire_form)}
    assert read_code(Icd10Cm, "J") == Malformed("J")


@pytest.mark.parametrize("kind", list(SPELLINGS))
def test_a_code_in_wire_form_is_read_as_any(kind: type[Code]) -> None:
    for text in (*kind.good, *kind.bad, "", "É", "1" * 99):
        read = code_reader(kind)(text)
        assert (type(read), read) == (type(read_code(kind, text)), read_code(kind, text))


@pytest.mark.parametrize("spelt", SPELLINGS[Icd10Cm][1])
def test_a_claim_and_its_finding(spelt: str) -> None:
    text = wire(swapped(ONE, "ABK:J069", f"ABK:{spelt}"))
    (claim,) = x12.iter_claims(text)
    assert claim.diagnoses[0].code == Icd10Cm("J06.9")
    (found,) = x12.validate(text).findings
    assert (found.name, found.code, found.ack) == ("code-form", spelt, "999 IK403 I12")
    assert (found.location.segment, found.location.element, found.location.component) == ("HI", 1, 2)
    assert found.fix
    assert (found.fix.new, found.fix.safe) == ("J069", True)


def test_what_is_no_code_at_all_is_not_spelt_wrong() -> None:
    for text in ("ABK:J", "ABK:J0..69.", "ABK:ABCDEFGHIJ"):
        names = {found.name for found in x12.validate(wire(swapped(ONE, "ABK:J069", text))).findings}
        assert "code-form" not in names, text


def test_spaces_at_the_end_of_a_code_are_one_finding() -> None:
    (found,) = x12.validate(wire(swapped(ONE, "ABK:J069", "ABK:J069 *ABF:I10"))).findings
    assert found.name == "trailing-spaces"


@pytest.mark.parametrize("number", [2, 4, 6, 8])
def test_a_character_of_another_alphabet_in_isa(number: int) -> None:
    elements = ISA.split("*")
    elements[number] = "\u00d1" + elements[number][1:]
    found = x12.validate(wire(ONE.replace(ISA, "*".join(elements)))).findings
    assert [(each.rule, each.location.element) for each in found] == [("X004", number)]
    gs = x12.validate(wire(swapped(ONE, "GS*HC*CLINIC", "GS*HC*CL\u00cdNIC"))).findings
    assert [(each.rule, each.location.element) for each in gs] == [("X014", 2)]


@pytest.mark.parametrize(
    "case",
    [
        "c01_hi_decimal_point",
        "c02_hi_lower_case",
        "c03_ndc_dashes",
        "c04_hcpcs_lower_case",
        "c05_i_dx_decimal",
    ],
)
def test_the_cases(case: str, reference: Path) -> None:
    (found,) = x12.validate(reference / "cases/x12" / f"{case}.x12").findings
    assert found.name == "code-form"
