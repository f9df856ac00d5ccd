"""What `medcode.claims` offers: every name of the model, and X12."""

from __future__ import annotations

import pytest

from medcode import claims
from medcode.claims import model


def test_every_name_of_the_model_is_taken_from_claims() -> None:
    assert {name: getattr(claims, name) for name in model.__all__} == {
        name: getattr(model, name) for name in model.__all__
    }
    assert set(dir(claims)) == {*model.__all__, "x12"}


def test_a_star_imports_the_public_names_and_no_others() -> None:
    names: dict[str, object] = {}
    exec("from medcode.claims import *", names)  # noqa: S102  # a function may not import a star
    del names["__builtins__"]
    assert set(names) == {*model.__all__, "x12"}


def test_x12_comes_along() -> None:
    assert vars(claims)["__getattr__"]("x12").Envelope is claims.x12.Envelope


def test_a_name_that_is_none_is_refused() -> None:
    name = "Claimant"
    with pytest.raises(AttributeError, match="no attribute 'Claimant'"):
        getattr(claims, name)
