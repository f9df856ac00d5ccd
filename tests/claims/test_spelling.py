"""A constructor that is called with a field it does not have says which one was meant."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from medcode.claims import model
from medcode.claims.model.spelling import OTHER_WORDS, field_hint
from medcode.errors import VisitError

PARTS = [each for name in model.__all__ if isinstance(each := getattr(model, name), type) and attrs.has(each)]


@pytest.mark.parametrize(
    ("part", "values", "message"),
    [
        (
            model.Provider,
            {"name": "CLINIC"},
            "Provider has no field 'name'; use organization, or last_name and first_name",
        ),
        (model.ProfessionalLine, {"charge": 1, "modifiers": ["25"]}, "use procedure=Procedure"),
        (model.InstitutionalClaim, {"bill_type": "0111"}, "use facility_type and frequency"),
        (model.Subscriber, {"last_nam": "DOE"}, "did you mean last_name?"),
        (model.Address, {"line1": "1 OAK ST", "bzzt": ""}, "Address has no field 'bzzt'$"),
    ],
)
def test_the_field_that_was_meant_is_named(part: Any, values: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        part(**values)


def test_other_wrong_calls_say_what_they_said() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'line1'"):
        model.Address()  # type: ignore[call-arg]  # the point of the test
    with pytest.raises(TypeError, match="has no field 'gender'; use sex"):
        model.Subscriber(last_name="DOE").evolve(gender="F")
    with pytest.raises(VisitError, match="dob: unknown field; use birth_date"):
        model.ProfessionalClaim.from_dict({"subscriber": {"dob": "2000-01-01"}})


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_every_other_word_helps_with_some_part_and_is_no_field_there(word: str) -> None:
    needed, hint = OTHER_WORDS[word]
    names = [{field.name for field in attrs.fields(part)} for part in PARTS]
    helped = [fields for fields in names if fields >= set(needed.split()) and word not in fields]
    assert helped
    assert all(hint in field_hint(word.upper(), fields) for fields in helped)


def test_one_modifier_may_be_text() -> None:
    assert model.Procedure("99213", "25") == model.Procedure("99213", ["25"])
    assert model.Procedure("20610", "LT, 59").modifiers == ("LT", "59")
