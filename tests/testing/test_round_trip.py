"""Claims of all three kinds come back as they were: from X12, from plain data, from a pickle; pyx12 takes them."""

from __future__ import annotations

import io
import logging
import pickle
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.testing.samples import DAY, KINDS, sample

from medcode.claims import x12
from medcode.claims.plain import claim_from, from_json, to_json, to_plain

if TYPE_CHECKING:
    from medcode.claims import Claim

pytestmark = pytest.mark.property
ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER")
relaxed = settings(suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("day", [DAY, date(2010, 3, 1)], ids=str)
def test_through_x12(kind: str, day: date) -> None:
    @relaxed
    @given(KINDS[kind](valid_on=day))
    def holds(claim: Claim) -> None:
        text = x12.dumps([claim], ENVELOPE)
        assert list(x12.loads(text).claims()) == [claim]

    holds()


@pytest.mark.parametrize("kind", KINDS)
def test_through_plain_data_and_a_pickle(kind: str) -> None:
    @relaxed
    @given(KINDS[kind](valid_on=DAY))
    def holds(claim: Claim) -> None:
        assert claim_from(to_plain(claim)) == claim
        assert from_json(to_json(claim), lambda reader, data: reader.claim(data, "")) == claim
        again = pickle.loads(pickle.dumps(claim))
        assert again == claim
        assert hash(again) == hash(claim)

    holds()


def without_certificate(line: Any) -> Any:
    """Leave out how a certificate is sent: pyx12 takes its PWK for that of an attachment and refuses the code."""
    if getattr(line, "equipment", None) is None:
        return line
    return line.evolve(equipment=line.equipment.evolve(certificate_transmission=None))


@pytest.mark.slow
@pytest.mark.oracle
@pytest.mark.parametrize("kind", ["professional", "institutional"])
def test_two_hundred_claims_are_accepted_by_pyx12(kind: str) -> None:
    document = pytest.importorskip("pyx12.x12n_document", reason="the oracle pyx12 is not installed")
    params = pytest.importorskip("pyx12.params")
    claims = [claim.evolve(lines=tuple(map(without_certificate, claim.lines))) for claim in sample(kind, 200)]
    text = x12.dumps(claims, ENVELOPE)
    answer = io.StringIO()
    logging.disable(logging.CRITICAL)
    try:
        accepted = document.x12n_document(params.params(), io.StringIO(text), fd_997=answer, fd_html=None)
    finally:
        logging.disable(logging.NOTSET)
    wrong = [segment for segment in answer.getvalue().split("~") if segment.startswith(("IK3", "IK4"))]
    assert (accepted, wrong) == (True, [])
