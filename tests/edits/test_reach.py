"""NPIs and codes are judged wherever a guide has a place for them, whatever the loop and the qualifier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.guides.test_guides_full import Filled

from medcode import scrub
from medcode.edits.claim.address import PO_BOX

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDES = ("005010X222A1", "005010X223A2", "005010X224A2")
ENVELOPE = (
    "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PLAN           *260105*0930*^*00501*000000001*0*T*:~"
    "GS*HC*CLINIC*PLAN*20260105*0930*1*X*{}~{}GE*1*1~IEA*1*000000001~"
)
WRONG = {
    "npi": (r"1234567893", "1234567890"),
    "diagnosis": (
        r"(?<!APR:)J069",
        "J!69",
    ),  # a reason for the visit does not belong to the bill, a stay, at all
    "stay": (r"02703DZ", "02!03DZ"),
    "procedure": (r"(?<=:|\*)(33533|99213)", "9!213"),
    "condition": (r"(?<=HI\*BG:)[^:*]+", "!!!"),
}
"""What stands in the text of everything a guide has, and what is wrong instead."""


def changed(convention: str, old: str, new: str) -> Iterator[tuple[int, str]]:
    """Yield the text with one value wrong, for every segment that has such a value, with the segment's position."""
    segments = Filled(convention, dependent=False).text.rstrip("~").split("~")
    for at, segment in enumerate(segments):
        wrong = re.sub(old, new, segment, count=1)
        if wrong != segment and not re.search(r"(ER|IV|WK|HP)[:*]9!213", wrong):  # sets without a form
            text = "".join(f"{each}~" for each in [*segments[:at], wrong, *segments[at + 1 :]])
            yield at + 1, ENVELOPE.format(convention, text)


@pytest.mark.parametrize("convention", GUIDES)
def test_every_place_of_a_guide(convention: str) -> None:
    missed: list[str] = []
    counts: dict[str, int] = {}
    for kind, (old, new) in WRONG.items():
        for position, text in changed(convention, old, new):
            counts[kind] = counts.get(kind, 0) + 1
            here = [each for each in scrub(text).findings if each.location.position == position]
            shown = {
                new,
                f"<{len(new)} digits>",
                f"<{len(new)} characters>",
            }  # what may be no code is not quoted
            if not shown & {each.code for each in here}:
                missed.append(text.split("~")[position + 1])
    assert missed == []
    assert {"npi", "diagnosis", "procedure"} <= counts.keys()
    assert counts["npi"] > 10


WRONG_ADDRESSES = {
    "N4*MIAMI*XX*331110001": {"CLM22"},
    "N4*MIAMI*FL*1234": {"CLM21", "CLM65"},
    "N4*MIAMI*FL": {"CLM21", "CLM64"},
    "N4*PARIS***ZZ": {"CLM51"},
}
"""What a city, state and ZIP code are replaced with, and the rules of which one must find it."""


@pytest.mark.parametrize("convention", GUIDES)
def test_every_address_of_a_guide(convention: str) -> None:
    missed: list[tuple[str, str]] = []
    segments = Filled(convention, dependent=True).text.rstrip("~").split("~")
    places = [at for at, segment in enumerate(segments) if segment.startswith("N4*")]
    for wrong, rules in WRONG_ADDRESSES.items():
        for at in places:
            text = "".join(f"{each}~" for each in [*segments[:at], wrong, *segments[at + 1 :]])
            found = scrub(ENVELOPE.format(convention, text)).findings
            if not rules & {each.rule for each in found if each.location.position == at + 1}:
                missed.append((segments[at - 2], wrong))
    assert missed == []
    assert len(places) > 8


def test_letters_that_the_envelope_may_not_have_are_found_in_isa() -> None:
    text = ENVELOPE.format(GUIDES[0], Filled(GUIDES[0], dependent=False).text)
    wrong = text.replace("CLINIC         *", "CL\u00cdNIC         *", 1)
    (found,) = [each for each in scrub(wrong).findings if each.location.segment == "ISA"]
    assert found.location.element == 6


BOXES = (
    "PO BOX 12", "P.O. BOX 12", "P O BOX 12", "P.O.BOX12", "POBOX 12", "PO. BOX 12", "P.0. BOX 12", "Po Bx 12",
    "POB 12", "BOX 12", "P BOX 12", "PO DRAWER 7", "POST OFFICE BOX 12", "Post-Office Box 12", "POST OFC BOX 3",
    "LOCKBOX 7", "LOCK BOX 7", "LOCK-BOX 7", "STE 4 PO BOX 12", "P.O.BOX 5", "PO Drawer", "L.B. 7", "LB 7", "L B 7",
    "P.O.B. 12", "P O B 12", "PO-BOX 12", "P/O BOX 12", "P_O_BOX 12", "POST BOX 12", "POSTAL BOX 7", "PO BOXES 12-14",
    "BOX NO. 12", "DRAWER 12", "CALLER BOX 4", "CALLER SERVICE 9", "P. O. Box 12", "POSTOFFICEBOX 12", "C/O LOCKBOX 4",
)  # fmt: skip
STREETS = (
    "LB JOHNSON FWY 12",
    "2 LBJ FWY",
    "DRAWER 12 LN",
    "15 DRAWER LN",
    "CALLER RD 5",
    "HC 1 BOX 4",
    "PSC 3 BOX 12",
    "7 PO BOXER ST",
    "10 POST RD",
    "9 POSTON DR",
    "BOX ELDER 12",
    "LB 12 MAIN ST",
    "12 BOXWOOD LN",
    "1 POBLANO ST",
    "9 LOCKE ST",
    "RR 2 BOX 18",
    "400 POST OFFICE RD",
    "5 BLOCKBOXER AVE",
)


def test_a_box_of_the_post_or_a_bank() -> None:
    assert [line for line in BOXES if not PO_BOX.search(line)] == []
    assert [line for line in STREETS if PO_BOX.search(line)] == []
