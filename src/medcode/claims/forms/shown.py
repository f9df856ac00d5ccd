"""The values of a claim as people write them; what identifies a person is hidden unless it is asked for."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model.base import DateRange, Part
from medcode.codesets.base import Code
from medcode.discreet import discreet

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HIDDEN", "as_text", "is_hidden", "with_cents"]

HIDDEN = "…"
"""What is shown instead of a value that identifies a person."""


def is_hidden(field: attrs.Attribute[Any]) -> bool:
    """Whether a field is about a person, so that its value is shown only to whoever asks."""
    return bool(field.metadata.get("phi") or field.metadata.get("quiet"))


def as_text(value: Any, *, phi: bool) -> str:
    """Return a value as people write it.

    Without `phi` a text that is no code shows by its length and kind, and a part without what is about a person.

    >>> as_text(("25", "59"), phi=False)
    '25, 59'
    """
    if isinstance(value, tuple):
        return ", ".join(as_text(each, phi=phi) for each in value)
    if isinstance(value, DateRange):
        return f"{value.start} to {value.end}"
    if isinstance(value, Part):
        return " ".join(_values(value, phi=phi))
    if isinstance(value, Code):
        return value.dotted
    if isinstance(value, str):
        return value if phi or value == HIDDEN else discreet(value)
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def with_cents(value: Decimal) -> str:
    """Return an amount with its cents; one with more digits, or that is not a number, unchanged.

    >>> with_cents(Decimal(5)), with_cents(Decimal("1.005"))
    ('5.00', '1.005')
    """
    text = f"{value:f}"
    return f"{value:.2f}" if re.fullmatch(r"-?\d{1,15}(\.\d)?", text) else text


def _values(part: Part, *, phi: bool) -> Iterator[str]:
    for field in attrs.fields(type(part)):
        value = getattr(part, field.name)
        if value != field.default and value not in {None, ()}:
            yield HIDDEN if is_hidden(field) and not phi else as_text(value, phi=phi)
