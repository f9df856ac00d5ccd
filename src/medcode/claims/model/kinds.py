"""Which types the fields of a part may hold, read off their annotations."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import Any

import attrs

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["arms", "check", "kinds"]


def arms(annotation: Any) -> Iterator[Any]:
    """Yield the types that an annotation allows, its unions taken apart.

    The one place where unions of the model are unfolded: types are refused by it, plain data is read by
    it, and so are files.

    >>> list(arms(int | (str | None)))
    [<class 'int'>, <class 'str'>, <class 'NoneType'>]
    """
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        for arm in typing.get_args(annotation):
            yield from arms(arm)
    else:
        yield annotation


def _kinds(annotation: Any) -> tuple[type, ...]:
    """Return the classes of an annotation; `object` where anything is allowed."""
    return tuple(object if arm is Any else typing.get_origin(arm) or arm for arm in arms(annotation))


@cache
def kinds(cls: type[attrs.AttrsInstance]) -> Mapping[str, tuple[type, ...]]:
    """Return the classes of the values of each field of a class."""
    hints = typing.get_type_hints(cls)
    return {field.name: _kinds(hints[field.name]) for field in attrs.fields(cls)}


def check(cls: type[attrs.AttrsInstance], values: Mapping[str, Any]) -> None:
    """Raise TypeError for a value of a wrong type; the message names the field and types, never the value."""
    allowed = kinds(cls)
    for name, value in values.items():
        if not isinstance(value, allowed[name]):
            expected = " or ".join(_word(kind) for kind in allowed[name])
            from medcode.claims.model.spelling import boxed

            _, _, box = boxed(cls, name).partition(" ")
            raise TypeError(
                f"{cls.__name__}.{name} must be {expected}, not {_word(type(value))} {box}".rstrip()
            )


def _word(kind: type) -> str:
    return "None" if kind is type(None) else kind.__name__
