"""A level whose HL is lost: its claims are never given under another patient, and none is lost."""

from __future__ import annotations

from datetime import date

import pytest
from tests.claims.x12.texts import (
    CHILD,
    DEPENDENT,
    HEADER,
    PARENT,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    recounted,
    swapped,
    transaction,
    wire,
)

from medcode.claims import x12

SECOND = swapped(swapped(CHILD, "HL*3*2*23", "HL*4*2*23"), "DOE*SAM", "DOE*TIM")
NEXT = swapped(swapped(SELF, "HL*2*1*22", "HL*5*1*22"), "DOE*JO****MI*M1", "ROE*PAT****MI*M2")
PARTS = (HEADER, PROVIDER, PARENT, CHILD, claim("C1"), SECOND, claim("C2"), NEXT, claim("C3"))
WHOLE = enclosed(transaction(*PARTS))


def owners(text: str) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Tell whose each claim is: the NPI of who bills, the subscriber and the patient besides."""
    return {
        each.control_number: (
            each.billing_provider.npi,
            each.subscriber.first_name,
            each.dependent.first_name if each.dependent else None,
        )
        for each in x12.iter_claims(wire(text))
    }


def test_whose_the_claims_are() -> None:
    npi = "1234567893"
    assert owners(WHOLE) == {"C1": (npi, "JO", "SAM"), "C2": (npi, "JO", "TIM"), "C3": (npi, "PAT", None)}


LOST = [
    ("HL*1**20*1", {"C1": (None, "JO", "SAM"), "C2": (None, "JO", "TIM"), "C3": (None, "PAT", None)}),
    ("HL*2*1*22*1", {"C1": (None, None, "SAM"), "C2": (None, None, "TIM")}),
    ("HL*3*2*23*0", {"C1": (None, None, "SAM")}),
    ("HL*4*2*23*0", {"C2": (None, None, "TIM")}),
    ("HL*5*1*22*0", {"C3": (None, "PAT", None)}),
]
"""Whose a claim is without a level's HL: that of what the level itself holds, and of nobody above it."""


@pytest.mark.parametrize(("level", "wanted"), LOST, ids=[level for level, _ in LOST])
@pytest.mark.parametrize(
    ("garbled", "name"),
    [("", "segment-missing"), ("H*4\n", "segment-unrecognized"), ("HLL{}\n", "segment-unrecognized")],
    ids=["gone", "cut", "misspelt"],
)
def test_a_lost_level_is_nobodys(level: str, wanted: dict[str, object], garbled: str, name: str) -> None:
    text = swapped(WHOLE, f"{level}\n", garbled.format(level.removeprefix("HL")))
    assert owners(text) == {**owners(WHOLE), **wanted}
    about = [
        found for found in x12.loads(wire(text)).findings if not found.name.startswith(("set", "hierarchy"))
    ]
    assert [found.name for found in about] == [name]


def test_what_is_in_a_lost_level_is_its_claims_and_no_others() -> None:
    first, second, _ = x12.iter_claims(wire(swapped(WHOLE, "HL*4*2*23*0\n", "")))
    assert (first.extras, second.extras) == ((), ())
    assert second.dependent
    assert second.dependent.birth_date == date(2015, 5, 1)


@pytest.mark.parametrize("garbled", ["HL*4*2*99*0", "HL*4*2", "HL"])
@pytest.mark.parametrize(("level", "wanted"), LOST, ids=[level for level, _ in LOST])
def test_a_level_of_no_kind_is_nobodys(level: str, wanted: dict[str, object], garbled: str) -> None:
    assert owners(swapped(WHOLE, level, garbled)) == {**owners(WHOLE), **wanted}


def test_a_lost_level_after_a_subscribers_own_claim() -> None:
    text = enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1"), CHILD, claim("C2")))
    assert owners(swapped(text, "HL*3*2*23*0\n", ""))["C2"] == (None, None, "SAM")


def test_the_coverage_of_a_lost_level_is_no_other_payer() -> None:
    text = swapped(WHOLE, "HL*5*1*22*0\n", "")
    assert [each.other_payers for each in x12.iter_claims(wire(text))] == [(), (), ()]


@pytest.mark.parametrize(
    ("before", "stray"),
    [
        ("HI*", "PAT*19"),
        ("LX*", "NM1*QC*1*DOE*SAM"),
        ("LX*", "NM1*IL*1*DOE*JO****MI*M1"),
        ("DTP*472", "REF*EI*1"),
    ],
)
def test_a_stray_segment_in_a_claim_does_not_end_it(before: str, stray: str) -> None:
    (alone,) = x12.iter_claims(wire(DEPENDENT))
    (read,) = x12.iter_claims(wire(recounted(swapped(DEPENDENT, before, f"{stray}\n{before}"))))
    assert read.extras == (stray,)
    assert read.evolve(extras=()) == alone
