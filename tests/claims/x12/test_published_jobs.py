"""What goes wrong most often with the kinds of claim that X12 publishes, and how it is found."""

from __future__ import annotations

import pytest
from tests.claims.x12.published import PROFESSIONAL
from tests.claims.x12.test_published_drugs import IN_OFFICE
from tests.claims.x12.test_published_institutional import HOSPITAL
from tests.claims.x12.test_published_services import AMBULANCE, ANESTHESIA

from medcode.claims import x12
from medcode.claims.model import Drug, Procedure
from medcode.edits import check
from medcode.errors import Rejected


def found(text: str) -> set[tuple[str, str | None, int | None]]:
    """Name what validation finds, each with its segment and element."""
    return {
        (finding.name, finding.location.segment, finding.location.element)
        for finding in x12.validate(text).findings
    }


def test_a_place_of_service_without_its_qualifier_is_found() -> None:
    text = x12.dumps(AMBULANCE, PROFESSIONAL, check=False)
    right = found(text)
    wrong = found(text.replace("*41:B:1*", "*41::1*"))
    assert wrong - right == {("element-missing", "CLM", 5)}


def test_anesthesia_is_told_in_minutes() -> None:
    (claim,) = ANESTHESIA
    assert claim.lines[0].unit == "MJ"
    in_units = claim.evolve(lines=[claim.lines[0].evolve(unit="UN")])
    assert [finding.name for finding in check(in_units, select=["CLM43"])] == ["anesthesia-in-units"]


def test_a_pointer_is_a_whole_number() -> None:
    text = x12.dumps(ANESTHESIA, PROFESSIONAL, check=False)
    wrong = found(text.replace("*61***1~", "*61***1.00~"))
    assert {(segment, element) for _, segment, element in wrong - found(text)} == {("SV1", 7)}


def test_a_drug_code_may_be_typed_with_its_dashes() -> None:
    (claim,) = IN_OFFICE
    assert claim.lines[1].drug == Drug("0026-0635-12", 10, "ML")
    assert Drug("0026-635-12", 10).code == "0026-635-12"
    text = x12.dumps([claim], PROFESSIONAL, check=False)
    assert {"AMT*T*3.37", "LIN**N4*00026063512", "CTP****10*ML"} <= set(text.split("~"))


def test_a_drug_without_a_code_of_its_own_is_described() -> None:
    (claim,) = IN_OFFICE
    unlisted = claim.lines[1].evolve(procedure=Procedure("J3490"))
    assert [finding.name for finding in check(claim.evolve(lines=[unlisted]), select=["CLM42"])] == [
        "undescribed-service"
    ]


def test_a_statement_of_one_day_is_written_as_a_span_or_not_at_all() -> None:
    (claim,) = HOSPITAL
    with pytest.raises(Rejected) as caught:
        x12.dumps([claim], PROFESSIONAL)
    assert "malformed-value" in {error.finding.name for error in caught.value.errors}
    mended = claim.evolve(statement_dates=("1996-09-11", "1996-09-11"))
    segments = x12.dumps([mended], PROFESSIONAL, check=False).split("~")
    assert "DTP*434*RD8*19960911-19960911" in segments
    assert "CLM*756048Q*89.93***14:A:1**A*Y*Y" in segments
