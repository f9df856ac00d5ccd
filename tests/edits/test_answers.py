"""Every code of an answer that an edit names has been looked up by a reviewer, who wrote down what it says.

`answers.tsv` has a row for each category, status and entity of a 277CA (X12 external code lists 507 and 508) and for each
adjustment reason (CARC) and remark (RARC): what it says in our words, and by what that was confirmed. A code that the
current lists no longer have is not in it. That an edit leads to its codes is likely and no more, except where the edit
cites a public text for it (`ack_source`).
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from medcode.edits import EDITS, check, explain
from medcode.edits.entity import ACCOMPANIED, ASKING, BESIDE, PARTIES, second_status, with_entity

TABLE = Path(__file__).parent / "answers.tsv"
WAYS = {"a public copy of the list", "a public page", "unconfirmed"}

NEEDS_REMARK = {"16", "96", "129"}
"""Adjustment reasons that may not be sent without a remark."""

RETIRED = {"MA52"}
"""Codes that were in use here and are no longer in the lists."""


def reviewed() -> dict[tuple[str, str], tuple[str, str]]:
    """What each code says, and how that is known."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert max(Counter((row["list"], row["code"]) for row in rows).values()) == 1
    return {(row["list"], row["code"]): (row["says"], row["confirmed"]) for row in rows}


def named() -> set[tuple[str, str]]:
    """Every code that an edit names, with its list."""
    codes = {("entity", entity) for entity in PARTIES.values()} | {("entity", "GB")}
    codes |= {("status", status) for _, status in BESIDE}
    for edit in EDITS.values():
        codes |= set(zip(("category", "status", "entity"), (edit.ack or "").split(":"), strict=False))
        codes |= {("carc", code) for code in edit.carc} | {("rarc", code) for code in edit.rarc}
    return codes - {("category", "")}


def test_every_code_of_an_answer_is_reviewed() -> None:
    assert sorted(named() - set(reviewed())) == []


def test_every_review_is_of_a_code_in_use_and_says_how_it_is_known() -> None:
    assert sorted(set(reviewed()) - named()) == []
    assert {way for _, way in reviewed().values()} <= WAYS
    assert all(says for says, _ in reviewed().values())
    assert not RETIRED & {code for _, code in named()}


def test_a_reason_that_needs_a_remark_has_one() -> None:
    assert [edit.id for edit in EDITS.values() if NEEDS_REMARK & set(edit.carc) and not edit.rarc] == []


def test_a_status_has_an_entity_where_it_asks_for_one_and_nowhere_else() -> None:
    for edit in EDITS.values():
        parts = (edit.ack or "").split(":")
        assert len(parts) < 3 or parts[1] in ASKING, edit
        found = [
            finding
            for claim in edit.fails[:1]
            if len(parts) == 2 and parts[1] in ASKING
            for finding in check(claim, select=[edit.id]).findings
            if finding.rule == edit.id
        ]
        assert all((finding.ack or "").count(":") == 2 for finding in found), (edit, found)


@pytest.mark.parametrize(
    ("path", "ack"),
    [
        ("billing_provider.npi", "A7:562:85"),
        ("other_payers[1].subscriber.identifiers[0].value", "A7:562:GB"),
        ("other_payers[0].rendering_provider.identifiers[0].value", "A7:562:82"),
        ("lines[2].ordering_provider.npi", "A7:562:DK"),
        ("ambulance.pick_up.address.zip", "A7:562"),
        (None, "A7:562"),
    ],
)
def test_a_party_is_found_by_its_place(path: str | None, ack: str) -> None:
    assert with_entity("A7:562", path) == ack


def test_an_answer_that_no_public_text_relates_to_the_edit_is_shown_as_likely() -> None:
    assert "277CA: A7:178 (likely)" in str(explain("CLM02"))
    assert "277CA: A7:507 (CEDI" in str(explain("CLM41"))
    assert "CARC, likely: 16" in str(explain("CLM02"))


def test_a_status_that_says_too_little_is_shown_with_the_one_beside_it() -> None:
    beside = {
        row for (kind, row), (says, _) in reviewed().items() if kind == "status" and "another status" in says
    }
    assert beside == ACCOMPANIED
    assert "277CA: A7:510 with a second status that names it (likely)" in str(explain("CLM67"))


def test_the_place_of_a_finding_names_the_status_beside_it() -> None:
    """Of each edit whose status says too little by itself, but for what only a number of the claim is about."""
    named = {
        (edit.id, second_status(finding.ack or "", finding.location.path))
        for edit in EDITS.values()
        if edit.ack and edit.ack.split(":")[1] in ACCOMPANIED
        for finding in check(edit.fails, select=[edit.id], tables=edit.example_tables).findings
    }
    assert {edit for edit, second in named if second is None} == {"PAY02", "SIT52"}
    assert {second for _, second in named} == {None, "A7:187", "A7:454", "A7:719", "A6:337"}
    assert second_status("A3:21", "lines[0].rendering_provider.npi") == "A3:562:82"
