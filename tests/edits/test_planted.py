"""Planted defects, written to a file and read back: each found by its rule, at its place in model and file."""

from __future__ import annotations

from typing import Any

import pytest

from medcode import scrub
from medcode.claims import x12
from medcode.edits import EDITS, Profile, check

ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)
PLANTED = [(edit, claim) for edit in EDITS.values() if not edit.over_batch for claim in edit.fails]


def test_there_are_many_of_them_over_all_kinds_of_claims_and_snip_types() -> None:
    assert len(PLANTED) >= 150
    assert {type(claim).__name__ for _, claim in PLANTED} == {
        "ProfessionalClaim",
        "InstitutionalClaim",
        "DentalClaim",
    }
    assert {edit.snip for edit, _ in PLANTED} == {3, 4, 5, 6, 7}


RIGHT = [(edit, claim) for edit in EDITS.values() for claim in edit.passes]


@pytest.mark.parametrize(("edit", "claim"), RIGHT, ids=[edit.id for edit, _ in RIGHT])
def test_what_passes_is_a_whole_claim(edit: Any, claim: Any) -> None:
    assert edit.passes
    text = x12.dumps([claim], envelope=ENVELOPE)
    assert x12.validate(text).findings == ()


@pytest.mark.slow
@pytest.mark.parametrize(("edit", "claim"), PLANTED, ids=[edit.id for edit, _ in PLANTED])
def test_a_defect_is_found_in_the_file_as_in_the_claim(edit: Any, claim: Any) -> None:
    text = x12.dumps([claim], envelope=ENVELOPE, check=False)
    (read,) = x12.loads(text).claims()
    before = check(claim, select=(edit.id,), tables=edit.example_tables).findings
    after = check(read, select=(edit.id,), tables=edit.example_tables).findings
    assert [(f.location.path, f.code) for f in after] == [(f.location.path, f.code) for f in before]
    for finding in after:
        at = finding.location
        assert at.segment
        assert at.position
        assert text.split("~")[at.position + 1].strip().startswith(f"{at.segment}*")


@pytest.mark.slow
@pytest.mark.parametrize(("edit", "claim"), PLANTED, ids=[edit.id for edit, _ in PLANTED])
def test_a_defect_in_a_file_is_one_finding(edit: Any, claim: Any) -> None:
    text = x12.dumps([claim], envelope=ENVELOPE, check=False)
    profile = Profile("planted", also=(edit.id,))
    found = {finding.rule for finding in scrub(text, tables=edit.example_tables, profile=profile).findings}
    assert found == {edit.id} or found & set(edit.yields_to)
    assert edit.id not in found or len(found) == 1
