"""Who the patient is: levels, relationship, claims and particulars must agree."""

from __future__ import annotations

import pytest
from tests.claims.x12.texts import (
    CHILD,
    DEPENDENT,
    FAMILIES,
    HEADER,
    ONE,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    recounted,
    rules,
    swapped,
    transaction,
    wire,
)

from medcode.claims import x12


def test_right_files_have_no_findings() -> None:
    assert rules(ONE) == rules(DEPENDENT) == []


def test_a_level_said_to_follow_that_does_not() -> None:
    found = x12.loads(wire(swapped(ONE, "HL*2*1*22*0", "HL*2*1*22*1"))).findings
    assert [finding.name for finding in found] == ["hierarchy-child"]
    at = found[0].location
    assert (at.loop, at.segment, at.element, at.position) == ("2000B", "HL", 4, 11)


def test_a_level_said_not_to_follow_that_does() -> None:
    assert rules(swapped(DEPENDENT, "HL*2*1*22*1", "HL*2*1*22*0")) == ["hierarchy-child"]


def test_self_with_a_level_of_another() -> None:
    found = x12.loads(wire(swapped(DEPENDENT, "SBR*P********CI", "SBR*P*18*******CI"))).findings
    assert [finding.name for finding in found] == ["element-not-due"]
    assert found[0].location.element == 2
    assert found[0].ack == "999 IK403 I13"


def test_neither_self_nor_a_level_of_another() -> None:
    assert rules(swapped(ONE, "SBR*P*18*******CI", "SBR*P********CI")) == ["element-due"]


def test_a_claim_below_the_wrong_level() -> None:
    moved = swapped(DEPENDENT, f"{CHILD}\n{claim()}", f"{claim('C0')}\n{CHILD}\n{claim()}")
    found = x12.loads(wire(recounted(moved))).findings
    assert [finding.name for finding in found] == ["segment-not-due"]
    assert (found[0].location.loop, found[0].location.segment) == ("2300", "CLM")


def test_a_subscriber_and_a_dependent_of_one_level_are_only_warned_of() -> None:
    report = x12.validate(wire(FAMILIES))
    assert [finding.name for finding in report] == ["subscriber-and-dependent"]
    assert report.ok


def test_a_patient_without_a_claim() -> None:
    text = enclosed(transaction(HEADER, PROVIDER, SELF))
    assert rules(text) == ["segment-due"]


@pytest.mark.parametrize(
    ("segments", "missing"),
    [
        ("DMG*D8*19800501*F\n", ["DMG"]),
        ("N3*2 OAK ST\nN4*MIAMI*FL*33111\n", ["N3", "N4"]),
        ("N3*2 OAK ST\nN4*MIAMI*FL*33111\nDMG*D8*19800501*F\n", ["N3", "N4", "DMG"]),
    ],
)
def test_a_subscriber_who_is_the_patient_without_particulars(segments: str, missing: list[str]) -> None:
    found = x12.loads(wire(recounted(swapped(ONE, segments, "")))).findings
    assert [(finding.name, finding.location.segment) for finding in found] == [
        ("segment-due", id_) for id_ in missing
    ]


def test_levels_without_coverage_name_or_hierarchy_are_left_to_other_rules() -> None:
    assert rules(recounted(swapped(ONE, "SBR*P*18*******CI\n", ""))) == ["segment-missing"]
    assert "segment-due" not in rules(recounted(swapped(ONE, "NM1*IL*1*DOE*JO****MI*M1\n", "")))
    assert "segment-missing" in rules(f"ST*837*0001*005010X222A1\n{claim()}\nSE*6*0001")


def test_a_level_whose_hl_is_lost_says_nothing_of_the_levels_around_it() -> None:
    text = recounted(swapped(ONE, "HL*1**20*1\n", "").replace("HL*2*1*22*0\n", ""))
    assert "segment-due" not in rules(text)
    family = swapped(DEPENDENT, "HL*3*2*23*0\n", "")
    assert {"hierarchy-child", "element-due", "segment-not-due"}.isdisjoint(rules(recounted(family)))
