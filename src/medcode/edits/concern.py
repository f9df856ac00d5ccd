"""Which edits a claim concerns: an edit is asked once about a value, however many claims have it.

An edit that looks at codes, addresses, providers or lines one by one says which of them it could find
anything on (`Edit.concerns_code` and its siblings). Its answers are kept by value as a bit, so that known
values cost a look-up each, and an edit that no value of a claim concerns is not called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.edits.base import Edit
from medcode.edits.claim.addresses import addresses
from medcode.edits.claim.providers import identified
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from medcode.claims.model.claim import Claim
    from medcode.codesets.code import Malformed
    from medcode.edits.base import AnyEdit
    from medcode.edits.context import Context

__all__ = ["Concerns", "LineKey", "asks"]

OF_LINES = "concerns_line"
MOST = 1 << 14
"""How many values of a kind are remembered at once."""


class LineKey(NamedTuple):
    """What recurs of a line: all but its charge, its providers and what it refers to.

    `place` is the line's own place of service or its claim's, `day` its first day or its claim's. Only a line
    of an institution has a `revenue_code`, and it may have no procedure, so no `code`.
    """

    code: str | None
    qualifier: str | None
    modifiers: tuple[str, ...]
    quantity: Decimal | Malformed | None
    unit: str | None
    place: str | None
    revenue_code: str | None
    day: date | None


class Concerns:
    """What edits say of the values of claims; one bit stands for an edit."""

    def __init__(self, edits: Sequence[tuple[int, AnyEdit]]) -> None:
        kinds = [(answers_of(name, edits), values) for name, values in VALUES.items()]
        self._kinds = [(answers, values) for answers, values in kinds if answers is not None]

    def of(self, context: Context[Claim]) -> int:
        """Return the bits of the edits that a claim concerns."""
        found = 0
        for answers, values in self._kinds:
            for value in values(context):
                found |= answers[value]
        return found


def asks(edit: AnyEdit) -> bool:
    """Whether an edit says which values it concerns."""
    return any(defines(edit, name) for name in VALUES)


def defines(edit: AnyEdit, name: str) -> bool:
    """Whether an edit defines a method that the base leaves open."""
    return getattr(type(edit), name) is not getattr(Edit, name)


def answers_of(name: str, edits: Sequence[tuple[int, AnyEdit]]) -> Memo[tuple[Any, ...], int] | None:
    """Return the answers of the edits that are asked about one kind of value; None where none of them is."""
    asked = [(bit, getattr(edit, name)) for bit, edit in edits if defines(edit, name)]

    def ask(value: tuple[Any, ...]) -> int:
        found, given = 0, (LineKey(*value[1:]),) if name == OF_LINES else value[1:]
        for bit, concerns in asked:
            try:
                found |= bit if concerns(*given) else 0
            except Exception:  # noqa: BLE001  # then the edit runs, and what it raises is reported
                found |= bit
        return found

    return Memo(ask, MOST) if asked else None


# Values are keys of a dict, and equal texts of different types are not the same value: each begins with its type.


def codes(context: Context[Claim]) -> Iterator[tuple[Any, ...]]:
    """Yield the codes of the claim itself on every day that one of them is judged on."""
    found = (*context.codes, *context.reasons, *context.procedures)
    day = context.day
    for _, code in found:
        yield code.__class__, code, day
    if not context.is_institutional:
        for other in {each for each in context.line_days if each != day}:
            for _, code in found:
                yield code.__class__, code, other


def places(context: Context[Claim]) -> Iterator[tuple[Any, ...]]:
    """Yield the addresses of a claim."""
    for _, address in addresses(context):
        yield address.__class__, address


def parties(context: Context[Claim]) -> Iterator[tuple[Any, ...]]:
    """Yield the providers of a claim and of its lines, those known by their numbers alone as well."""
    for _, provider in identified(context):
        yield provider.npi.__class__, provider


def lines(context: Context[Claim]) -> Iterator[tuple[Any, ...]]:
    """Yield the keys of the lines."""
    usual = getattr(context.claim, "place_of_service", None)
    for line, day in zip(context.claim.lines, context.line_days, strict=True):
        done = line.procedure
        place = getattr(line, "place_of_service", None) or usual
        unit, revenue_code = getattr(line, "unit", None), getattr(line, "revenue_code", None)
        if done is None:
            yield None, None, None, (), line.quantity, unit, place, revenue_code, day
        else:
            code = done.code
            yield (
                code.__class__,
                code,
                done.qualifier,
                done.modifiers,
                line.quantity,
                unit,
                place,
                revenue_code,
                day,
            )


VALUES: dict[str, Callable[[Context[Claim]], Iterator[tuple[Any, ...]]]] = {
    "concerns_code": codes,
    "concerns_address": places,
    "concerns_provider": parties,
    OF_LINES: lines,
}
"""The values of a claim that each method of an edit is asked about."""
