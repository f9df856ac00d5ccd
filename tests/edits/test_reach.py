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


BOXES = (
    "PO BOX 12", "P.O. BOX 12", "P O BOX 12", "P.O.BOX12", "POBOX 12", "PO. BOX 12", "P.0. BOX 12", "Po Bx 12",
    "POB 12", "BOX 12", "P BOX 12", "PO DRAWER 7", "POST OFFICE BOX 12", "Post-Office Box 12", "POST OFC BOX 3",
    "LOCKBOX 7", "LOCK BOX 7", "LOCK-BOX 7", "STE 4 PO BOX 12",
)  # fmt: skip
STREETS = (
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
