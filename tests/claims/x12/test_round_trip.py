"""What is written is accepted by another validator, and read back as it was."""

from __future__ import annotations

import io
import logging
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.claims.x12.visits import VISIT

from medcode.claims import Dependent, x12
from medcode.testing import strategies

if TYPE_CHECKING:
    from medcode.claims import ProfessionalClaim

DAY = date(2026, 1, 5)
CLAIMS = strategies.professional_claims(valid_on=DAY)


@pytest.mark.slow
@pytest.mark.property
@given(st.lists(CLAIMS, min_size=1, max_size=5))
@settings(suppress_health_check=list(HealthCheck))
def test_claims_are_read_back_as_they_were(claims: list[ProfessionalClaim]) -> None:
    text = x12.dumps(claims, x12.Envelope(sender="SUB", receiver="PAYER"))
    assert sorted(map(hash, x12.loads(text).claims())) == sorted(map(hash, claims))


def without_certificate_transmission(claim: ProfessionalClaim) -> ProfessionalClaim:
    """Leave out PWK*CT: pyx12 takes none of the ways that the guide has for sending a certificate."""
    return claim.evolve(
        lines=[
            line.evolve(equipment=line.equipment and line.equipment.evolve(certificate_transmission=None))
            for line in claim.lines
        ]
    )


@pytest.mark.slow
@pytest.mark.oracle
def test_a_thousand_office_visits_are_accepted_by_pyx12() -> None:
    document = pytest.importorskip("pyx12.x12n_document", reason="the oracle pyx12 is not installed")
    params = pytest.importorskip("pyx12.params")
    seen: list[ProfessionalClaim] = []

    @given(CLAIMS)
    @settings(max_examples=1_000, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def collect(claim: ProfessionalClaim) -> None:
        seen.append(claim)

    collect()
    visits = [without_certificate_transmission(claim) for claim in seen[:1_000]]
    assert len(visits) == 1_000
    text = x12.dumps(visits, x12.Envelope(sender="SUB", receiver="PAYER"))
    assert list(x12.loads(text).claims()) == visits or set(x12.loads(text).claims()) == set(visits)
    answer = io.StringIO()
    logging.disable(logging.CRITICAL)
    try:
        accepted = document.x12n_document(params.params(), io.StringIO(text), fd_997=answer, fd_html=None)
    finally:
        logging.disable(logging.NOTSET)
    assert accepted
    assert "IK3" not in answer.getvalue()
    assert "IK4" not in answer.getvalue()


def test_a_subscriber_with_many_claims_gets_a_level_for_each_hundred() -> None:
    many = [VISIT.evolve(control_number=f"A{number}") for number in range(250)]
    text = x12.dumps(many, x12.Envelope(sender="SUB", receiver="PAYER"))
    assert list(x12.loads(text).claims()) == many
    assert [s.elements[3] for s in x12.loads(text).segments if s.elements[0] == "HL"] == [
        "20",
        "22",
        "22",
        "22",
    ]


def test_a_dependent_with_many_claims_gets_a_level_for_each_hundred() -> None:
    patient = Dependent(
        last_name="DOE", relationship="19", birth_date=DAY, sex="F", address=VISIT.subscriber.address
    )
    many = [VISIT.evolve(control_number=f"A{number}", dependent=patient) for number in range(150)]
    own = [VISIT.evolve(control_number=f"B{number}") for number in range(150)]
    text = x12.dumps([*own, *many], x12.Envelope(sender="SUB", receiver="PAYER"))
    assert list(x12.loads(text).claims()) == [*own, *many]
    levels = [s.elements[1:5] for s in x12.loads(text).segments if s.elements[0] == "HL"]
    assert levels[1:] == [
        ["2", "1", "22", "0"],
        ["3", "1", "22", "0"],
        ["4", "1", "22", "1"],
        ["5", "4", "23", "0"],
        ["6", "4", "23", "0"],
    ]
