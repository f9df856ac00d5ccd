"""An empty value is judged once, by whoever owns its presence: no rule of content or situation repeats it.

Every other element and component of plain claims is left out in turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from medcode import scrub
from medcode.claims import x12
from medcode.claims.model import Adjustment
from medcode.edits.claim.charges import by_line, decided
from medcode.edits.examples import dental, line, stay, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims import Claim

ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)
OF_ENVELOPE = ("ISA", "GS", "ST", "SE", "GE", "IEA")
SECONDARY = visit(
    other_payers=(by_line("80"),), lines=(line(adjudications=(decided("80", Adjustment("CO", "45", "20")),)),)
)
CONSEQUENCES = {("TOO", "DEN02")}
"""What an edit counts is less where a value of a list is left out."""


def without(segment: str) -> Iterator[str]:
    """Yield a segment without each of its elements and components in turn."""
    elements = segment.split("*")
    for at, text in enumerate(elements[1:], 1):
        parts = text.split(":")
        for part in range(len(parts)) if len(parts) > 1 else ():
            left = ":".join([*parts[:part], "", *parts[part + 1 :]]).rstrip(":")
            if parts[part]:
                yield "*".join([*elements[:at], left, *elements[at + 1 :]])
        if text:
            yield "*".join([*elements[:at], "", *elements[at + 1 :]]).rstrip("*")


@pytest.mark.parametrize("claim", [visit(), stay("I50.20", procedures=("02703DZ",)), dental(), SECONDARY])
def test_what_is_left_out_is_one_finding(claim: Claim) -> None:
    segments = x12.dumps([claim], ENVELOPE).rstrip("~").split("~")
    count = 0
    for at, segment in enumerate(segments):
        for left in [*without(segment)][at % 2 :: 2] if not segment.startswith(OF_ENVELOPE) else ():
            text = "~".join([*segments[:at], left, *segments[at + 1 :]])
            found = [each.rule for each in scrub(f"{text}~").findings]
            if len(found) > 1:
                assert {(segment[:3], found[-1])} <= CONSEQUENCES, (left, found)
            count += bool(found)
    assert count > 12


def test_a_payer_that_a_line_names_wrongly_is_one_finding() -> None:
    """Which payer is without its decision, or out of balance, nobody knows then."""
    text = x12.dumps([SECONDARY], ENVELOPE)
    svd = text[text.index("SVD*") :].split("*")[1]
    found = scrub(text.replace(f"SVD*{svd}*", "SVD*OTHER*")).findings
    assert [each.rule for each in found] == ["SIT03"]


def longer(segment: str) -> Iterator[str]:
    """Yield a segment with a letter more in each of its elements and components in turn."""
    elements = segment.split("*")
    for at, text in enumerate(elements[1:], 1):
        parts = text.split(":")
        for part, value in enumerate(parts):
            if value:
                more = ":".join([*parts[:part], f"{value}X", *parts[part + 1 :]])
                yield "*".join([*elements[:at], more, *elements[at + 1 :]])


@pytest.mark.parametrize("claim", [visit(), stay("I50.20", procedures=("02703DZ",)), dental()])
def test_what_is_misspelt_is_one_finding(claim: Claim) -> None:
    segments = x12.dumps([claim], ENVELOPE).rstrip("~").split("~")
    several = {}
    count = 0
    for at, segment in enumerate(segments):
        for wrong in longer(segment) if not segment.startswith(OF_ENVELOPE) else ():
            found = [
                each.rule
                for each in scrub(f"{'~'.join([*segments[:at], wrong, *segments[at + 1 :]])}~").findings
            ]
            count += bool(found)
            if len(found) > 1:
                several[wrong] = found
    assert [*several.values()] in ([], [["X055", "CLM52"]])  # a frequency is too long, and no bill has it
    assert count > 30
