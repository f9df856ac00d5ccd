"""Which types the fields of a part may hold, read off their annotations."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import Any

import attrs

if typing.TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["check", "kinds"]


def _kinds(annotation: Any) -> tuple[type, ...]:
    """Give the classes of an annotation; none where anything may stand."""
    if annotation is Any:
        return (object,)
    origin = typing.get_origin(annotation)
    if origin is typing.Union or isinstance(annotation, types.UnionType):
        return tuple(kind for arm in typing.get_args(annotation) for kind in _kinds(arm))
    return (origin or annotation,)


@cache
def kinds(cls: type[attrs.AttrsInstance]) -> Mapping[str, tuple[type, ...]]:
    """Give, for each field of a class of the model, the classes of its values."""
    hints = typing.get_type_hints(cls)
    return {field.name: _kinds(hints[field.name]) for field in attrs.fields(cls)}


def check(cls: type[attrs.AttrsInstance], told: Mapping[str, Any]) -> None:
    """Raise TypeError for a value of a wrong type; the message names the field and types, never the value."""
    allowed = kinds(cls)
    for name, value in told.items():
        if not isinstance(value, allowed[name]):
            wanted = " or ".join(_word(kind) for kind in allowed[name])
            raise TypeError(f"{cls.__name__}.{name} is {wanted}, not {_word(type(value))}")


def _word(kind: type) -> str:
    return "None" if kind is type(None) else kind.__name__
