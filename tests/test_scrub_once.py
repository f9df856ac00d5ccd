"""One finding a defect: an emptied element is reported by the structure alone; days are those of the file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.texts import GS, HEADER, ISA, PROVIDER, SELF, claim, enclosed, line, transaction, wire

from medcode import scrub
from medcode.claims import x12
from medcode.edits import EDITS
from medcode.edits.examples import dental, other, stay, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims import Claim

ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)
WHOLE = {
    "professional": visit("E11.9", "I10", other_payers=(other("100"),)),
    "institutional": stay("I50.20", "E11.65", procedures=("02703DZ",)),
    "dental": dental("K02.9"),
}
TRAILING = "X081"
"""What is emptied at the end leaves a separator: that is what the structure reports, and the value is still missing."""


def emptied(text: str) -> Iterator[tuple[tuple[str, int], str]]:
    """Empty each element and each component of a transaction set in turn."""
    segments = text.split("~")
    for at, segment in enumerate(segments[2:-4], 2):
        elements = segment.split("*")
        for number, element in enumerate(elements[1:], 1):
            parts = element.split(":")
            for place in range(len(parts)):
                without = ":".join([*parts[:place], "", *parts[place + 1 :]])
                changed = "*".join([*elements[:number], without, *elements[number + 1 :]])
                yield (elements[0], number), "~".join([*segments[:at], changed, *segments[at + 1 :]])


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
def test_no_edit_repeats_what_the_structure_says_of_an_empty_element(whole: Claim) -> None:
    text = x12.dumps([whole], envelope=ENVELOPE)
    assert not scrub(text).findings
    tried = 0
    for place, changed in emptied(text):
        tried += 1
        findings = scrub(changed).findings
        structure = {
            (f.location.offset, f.location.element) for f in findings if f.rule not in {*EDITS, TRAILING}
        }
        repeated = [
            f for f in findings if f.rule in EDITS and (f.location.offset, f.location.element) in structure
        ]
        assert not repeated, (place, repeated)
    assert tried > 100


def test_an_empty_code_is_no_repeated_and_no_misshapen_one() -> None:
    detail = claim().replace("HI*ABK:J069", "HI*ABK*ABF:*ABF*ABF")
    found = {
        each.rule for each in scrub(wire(enclosed(transaction(HEADER, PROVIDER, SELF, detail)))).findings
    }
    assert found <= {"X051", "X057", "X081"}


def file(made: str = "20260105", group: str = "20260105", service: str = "20260105") -> str:
    """Write a claim to Medicare of a set made on a day, in a group made on a day."""
    header = HEADER.replace("*20260105*", f"*{made}*")
    patient = SELF.replace("*CI", "*MB").replace("MI*M1", "MI*1EG4TE5MK73")
    care = claim(lines=(line().replace("20260105", service),))
    gs = GS.replace("20260105", group)
    return wire(enclosed(transaction(header, PROVIDER, patient, care), gs=gs))


LATE, EARLY = "timely-filing", "future-service"


@pytest.mark.parametrize(
    ("text", "on", "names"),
    [
        (file("20191210", service="20191205"), None, set()),
        (file("20191210", service="20191205"), date(2026, 1, 5), {LATE}),
        (file("20260104", service="20260105"), None, {EARLY}),
        (file("20260104", service="20260105"), date(2026, 1, 5), set()),
        (file("2026XX04", "20191210", service="20191205"), None, set()),
        (file("2026XX04", "191210", service="20191205"), None, set()),
        (file("2026XX04", "XX", service="20191205"), None, {LATE}),
        (file("20191210", service="20191205").replace("SE*", "QQ*"), None, set()),
    ],
)
def test_claims_are_judged_on_the_day_their_set_was_made(text: str, on: date | None, names: set[str]) -> None:
    found = scrub(text, select=[LATE, EARLY], on=on).findings
    assert {finding.name for finding in found} == names


def test_each_set_of_a_file_has_its_day_whatever_the_number_of_processes() -> None:
    def made(day: str, number: str) -> str:
        return transaction(HEADER.replace("*20260105*", f"*{day}*"), PROVIDER, SELF, claim(), number=number)

    text = wire(enclosed(made("20260104", "0001"), made("20260105", "0002"), isa=ISA))
    for jobs in (1, 2):  # the second has a process for each
        found = scrub(text, select=[EARLY], jobs=jobs).findings
        assert [finding.claim for finding in found] == [0]


def test_claims_given_as_objects_are_judged_today() -> None:
    claims = list(x12.loads(file("20191210", service="20191205")).claims())
    assert [finding.name for finding in scrub(claims, select=[LATE]).findings] == [LATE]
