"""The fields of the model's classes, as their readers and writers see them."""

from __future__ import annotations

import typing
from typing import Any

import attrs

from medcode.claims.model.base import Part
from medcode.claims.model.fields import _hints
from medcode.claims.x12.codec.compiled import compiled
from medcode.claims.x12.guides import conventions


def every_part(of: type[Any] = Part) -> set[type[Any]]:
    """Return all classes of the model that guides read into."""
    return {of}.union(*(every_part(each) for each in of.__subclasses__()))


def test_annotations_are_read_as_typing_reads_them() -> None:
    for convention in conventions():
        compiled(convention)
    parts = [each for each in every_part() if attrs.has(each) and each.__module__.startswith("medcode.")]
    assert len(parts) > 50
    for part in parts:
        assert _hints(part) == typing.get_type_hints(part), part
