"""What `medcode.claims` offers: every name of the model, and X12."""

from __future__ import annotations

import pytest

from medcode import claims
from medcode.claims import model


def test_every_name_of_the_model_is_taken_from_claims() -> None:
    assert {name: getattr(claims, name) for name in model.__all__} == {
        name: getattr(model, name) for name in model.__all__
    }
    assert set(model.__all__) <= set(dir(claims))


def test_x12_comes_along() -> None:
    assert vars(claims)["__getattr__"]("x12").Envelope is claims.x12.Envelope


def test_a_name_that_is_none_is_refused() -> None:
    name = "Claimant"
    with pytest.raises(AttributeError, match="no attribute 'Claimant'"):
        getattr(claims, name)
