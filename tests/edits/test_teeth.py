"""Dental claims: teeth, surfaces and dental codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from medcode import scrub
from medcode.claims import x12
from medcode.claims.model import Tooth, ToothStatus
from medcode.edits import apply_fixes, check
from medcode.edits.claim.teeth import TEETH
from medcode.edits.examples import dental, filling

if TYPE_CHECKING:
    from medcode.claims.model import DentalClaim

ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)


def of(*teeth: Tooth | str) -> DentalClaim:
    return dental(lines=(filling(teeth=teeth),))


def test_every_tooth_has_its_number() -> None:
    assert len(TEETH) == 2 * (32 + 20)
    for tooth in ("1", "32", "51", "82", "A", "T", "AS", "TS"):
        assert check(of(tooth), select=["CLM82"]).ok


@pytest.mark.parametrize("tooth", ["0", "33", "50", "83", "99", "U", "US", "1S", "", "00"])
def test_what_is_no_tooth_is_a_finding(tooth: str) -> None:
    (found,) = check(of("12", tooth), select=["CLM82"]).findings
    assert found.location.path == "lines[0].teeth[1].number"
    assert found.fix is None


def test_a_tooth_that_is_right_but_for_its_form_is_mended() -> None:
    claim = of("08", Tooth("as", ("m", "O"))).evolve(tooth_status=(ToothStatus("t", "M"),))
    report = check(claim, select=["CLM82"])
    assert [found.location.path for found in report.findings] == [
        "tooth_status[0].number",
        "lines[0].teeth[0].number",
        "lines[0].teeth[1].number",
        "lines[0].teeth[1].surfaces[0]",
    ]
    (mended,) = apply_fixes([claim], report)
    assert mended.lines[0].teeth == (Tooth("8"), Tooth("AS", ("M", "O")))
    assert mended.tooth_status == (ToothStatus("T", "M"),)


def test_in_a_file_structure_speaks_of_surfaces_and_the_edit_of_numbers() -> None:
    text = x12.dumps([of("99", Tooth("12", ("Q",)))], ENVELOPE, check=False)
    found = scrub(text, select=["CLM82", "X057"]).findings
    assert [each.rule for each in found] == ["CLM82", "X057"]


def test_a_medical_code_is_no_dental_one() -> None:
    (found,) = check(dental(lines=(filling(procedure="99213"),)), select=["CLM41"]).findings
    assert found.message == "99213 is not a valid CDT code: D and four digits."
