"""A value of a wrong type is refused where it is given, and never shown."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.claims.x12.visits import VISIT

from medcode.claims import Address, Payer, ProfessionalClaim, Provider, Subscriber
from medcode.claims.model.kinds import kinds

WRONG: dict[str, Any] = {
    "subscriber": {"last_name": "SECRET"},
    "billing_provider": "SECRET CLINIC",
    "payer": Provider(last_name="SECRET"),
    "control_number": ["SECRET"],
    "place_of_service": 11,
    "rendering_provider": Payer(organization="SECRET", payer_id="1"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_claim_refuses_what_is_no_such_thing(name: str) -> None:
    with pytest.raises(
        TypeError, match=rf"^ProfessionalClaim\.{name} must be (\w+)( or \w+)*, not \w+( \([^()]*\))?$"
    ) as caught:
        attrs.evolve(VISIT, **{name: WRONG[name]})
    assert "SECRET" not in str(caught.value)


def test_parts_refuse_too() -> None:
    wrong: dict[str, Any] = {"address": "1 MAIN ST"}
    with pytest.raises(
        TypeError, match=r"^Provider\.address must be Address or None, not str( \([^()]*\))?$"
    ):
        Provider(**wrong)
    wrong = {"zip": 12345}
    with pytest.raises(TypeError, match=r"^Address\.zip must be "):
        Address("1 MAIN ST", "MADISON", "WI", **wrong)
    wrong = {"sex": 1}
    with pytest.raises(TypeError, match=r"^Subscriber\.sex must be "):
        Subscriber(last_name="DOE", member_id="1", **wrong)


def test_anything_may_be_an_origin() -> None:
    assert kinds(ProfessionalClaim)["origin"] == (object,)
    assert kinds(ProfessionalClaim)["lines"] == (tuple,)
