"""Dental claims: teeth, surfaces and dental codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from medcode import scrub
from medcode.claims import x12
from medcode.claims.model import Tooth, ToothStatus
from medcode.edits import apply_fixes, check
from medcode.edits.claim.dental import misplaced
from medcode.edits.claim.teeth import AREAS, PERMANENT, PRIMARY, TEETH, WORK, nearest, regions, surfaces_of
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


def test_a_tooth_named_twice_is_named_once() -> None:
    claim = of(Tooth("3", ("M", "O")), Tooth("3", ("M", "O")))
    (fixed,) = apply_fixes([claim], check(claim, select=["CLM82"]))
    assert fixed.lines[0].teeth == (Tooth("3", ("M", "O")),)
    (found,) = check(of(Tooth("3", ("M", "O")), Tooth("3", ("D", "O"))), select=["CLM82"]).findings
    assert found.fix is None


def test_every_area_holds_its_teeth() -> None:
    for tooth in TEETH:
        (quadrant,) = regions(tooth)
        for area, teeth in AREAS.items():
            claim = dental(lines=(filling(procedure="D7210", teeth=(tooth,), oral_cavity=(area,)),))
            assert check(claim, select=["DEN01"]).ok is (nearest(tooth) in teeth), (tooth, area)
        assert nearest(tooth) in AREAS[quadrant]
    assert check(of("99"), select=["DEN01", "DEN02"]).ok


def test_every_filling_has_its_teeth_and_surfaces() -> None:
    for work in WORK:
        for code in work.codes:
            for tooth in (*PERMANENT, *PRIMARY):
                surfaces = sorted(surfaces_of(tooth))
                for count in range(1, 6):
                    line = filling(procedure=code, teeth=(Tooth(tooth, surfaces[:count]),))
                    is_right = tooth in work.teeth and work.least <= count <= work.most
                    assert (misplaced(work, line.teeth[0], code) is None) is is_right, (code, tooth, count)


def test_units_count_teeth() -> None:
    line = filling(procedure="D7140", teeth=("3", "4"), quantity=3)
    (found,) = check(dental(lines=(line,)), select=["DEN03"]).findings
    assert found.message == "D7140 (line 1) has 3 units for 2 teeth; bill one unit for each tooth."
