"""Every class of the model is a `part`, refuses wrong types, and has the fields that `evolve` is typed with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.claims.x12.visits import VISIT

from medcode.claims import Attachment, Note, model
from medcode.claims.acknowledgment import (
    ElementError,
    GroupAnswer,
    InterchangeAnswer,
    SegmentError,
    SetResult,
)
from medcode.claims.model import changes
from medcode.claims.model.base import Part
from medcode.claims.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator


def below(cls: type[Part]) -> Iterator[type[Part]]:
    for each in cls.__subclasses__():
        yield each
        yield from below(each)


PARTS = sorted(set(below(Part)), key=lambda cls: cls.__qualname__)
TYPED = [name.removesuffix("Changes") for name in vars(changes) if name.endswith("Changes")]


@pytest.mark.parametrize("cls", PARTS, ids=lambda cls: cls.__qualname__)
def test_every_class_keeps_only_what_is_set(cls: type[Part]) -> None:
    assert "__slots__" not in vars(cls)  # with slots, types would go unchecked and defaults be stored


@pytest.mark.parametrize(
    ("cls", "given"),
    [
        (InterchangeAnswer, {"control_number": "1", "decision": "A", "reason": 0}),
        (GroupAnswer, {"kind": "HC", "control_number": 1, "decision": "A"}),
        (SetResult, {"kind": "837", "control_number": "1", "decision": None}),
        (SegmentError, {"segment": "CLM", "position": "3", "code": "8"}),
        (ElementError, {"element": "1", "code": "7"}),
        (Submission, {"claims": [VISIT], "envelope": "SUB"}),
    ],
)
def test_classes_outside_of_the_claim_check_types_too(cls: type[Part], given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=rf"^{cls.__name__}\.\w+ must be "):
        cls(**given)


@pytest.mark.parametrize(
    "changes",
    [
        {"attachments": ["nonsense"]},
        {"attachments": "nonsense"},
        {"attachments": [Note("a note")]},
        {"other_payers": [1]},
        {"condition_codes": [45]},
        {"condition_codes": "45"},
        {"diagnosis": ["E11.9"]},
    ],
)
def test_a_claim_refuses_what_its_field_does_not_hold(changes: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        attrs.evolve(VISIT, **changes)


def test_a_list_becomes_a_tuple() -> None:
    paper = Attachment("OZ", "EL", "7")
    assert VISIT.evolve(attachments=[paper]).attachments == (paper,)


@pytest.mark.parametrize("name", [name for name in TYPED if not name.startswith("Shared")])
def test_evolve_is_typed_with_the_fields_of_the_class(name: str) -> None:
    typed = getattr(changes, f"{name}Changes")
    keys = typed.__required_keys__ | typed.__optional_keys__
    assert keys == {field.name for field in attrs.fields(getattr(model, name))}
