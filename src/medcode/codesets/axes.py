"""The seven axes of an ICD-10-PCS code: what each is called, what its value means, and which values go together.

A code is valid when its first three characters name a table and the other four appear together in
one of its rows. An invalid code is explained by the axis whose value does not occur with the
others. Meanings of sections, body systems and root operations are the official ones, and None for three
body systems that 2026 added to new technology; those of the later axes are worded as in the official
tables or titles, and None where neither shows them.

Source: CMS, ICD-10-PCS.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

import attrs

from medcode.codesets import store
from medcode.codesets.concept import Status
from medcode.codesets.pcs_names import (
    APPROACHES,
    AXES,
    BODY_SYSTEMS,
    DURATIONS,
    GENERAL,
    OPERATIONS,
    SECTIONS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from medcode.codesets.timeline import Table

__all__ = ["Axis", "Misfit", "axes", "misfits"]

LENGTH = 7
TABLE = 3  # the characters that name a table
APPROACH = 5
PLACED = frozenset("012")  # sections of which every code names a place of the body
GROUPS = "123456789ABCDEF"  # of new technology, in their order
ADMINISTRATION, NEW_TECHNOLOGY = "3", "X"
PERFORMANCE = "5"  # the section whose fifth character is a duration
WITH_APPROACHES = frozenset("01234789X")  # sections whose fifth character is the approach


@attrs.frozen
class Axis:
    """One character of a code: its place from 1, the name of its axis, its value and what that means."""

    place: int
    name: str
    value: str
    meaning: str | None


@attrs.frozen
class Misfit:
    """An axis whose value does not go with the others, and the values that would.

    `allowed` maps each value that fits to its meaning.
    """

    axis: Axis
    allowed: Mapping[str, str | None]

    def __str__(self) -> str:
        """Return the misfit as one line."""
        fitting = ", ".join(
            f"{value} ({meaning})" if meaning else value for value, meaning in self.allowed.items()
        )
        return f"character {self.axis.place}, {self.axis.name} {self.axis.value}, does not occur with the others; allowed: {fitting}"


def axes(wire: str) -> tuple[Axis, ...]:
    """Return the seven axes of a code in wire form.

    >>> axes("02703DZ")[2]
    Axis(place=3, name='Operation', value='7', meaning='Dilation')
    """
    names = AXES.get(wire[0], AXES["0"])
    return tuple(
        Axis(place, names[place - 1], wire[place - 1], meaning(wire, place)) for place in range(1, LENGTH + 1)
    )


def meaning(wire: str, place: int, learned: Mapping[str, str] | None = None) -> str | None:
    """Return what the character at a place, from 1, means in its context; None where that is not known.

    `learned` are the meanings of values 4 to 7 by `key`, those of the shipped table if left out.

    >>> meaning("02703DZ", 5), meaning("D0002ZZ", 3), meaning("0ZZZZZZ", 3)
    ('Percutaneous', 'Beam Radiation', None)
    """
    value = wire[place - 1]
    if place == 1:
        return SECTIONS.get(value)
    if place == 2:  # noqa: PLR2004  # body system
        return BODY_SYSTEMS.get(wire[:2])
    if place == TABLE:
        return OPERATIONS.get(wire[:TABLE]) or OPERATIONS.get(wire[0] + value)
    if place == APPROACH and wire[0] in WITH_APPROACHES:
        return APPROACHES.get(value)
    if place == APPROACH and wire[0] == PERFORMANCE:
        return DURATIONS.get(value)
    learned = _learned() if learned is None else learned
    plain = f"{wire[:TABLE]}{place}{value}"
    narrow = plain + wire[LENGTH - 1] if wire[0] == NEW_TECHNOLOGY else key(wire, place)
    return learned.get(narrow) or learned.get(plain) or _general(wire, place, value)


def key(wire: str, place: int) -> str:
    """Return what a learned meaning is kept under: the table, the place and the value, and what else it hangs on.

    New technology names new devices and substances by the same values, so the group of their year belongs to
    the key; a qualifier of an administration is one of its substance.

    >>> key("02703DZ", 6), key("XW013W7", 6), key("3E0134Z", 7)
    ('0276D', 'XW06W7', '3E07Z4')
    """
    plain = f"{wire[:TABLE]}{place}{wire[place - 1]}"
    if wire[0] == NEW_TECHNOLOGY and place == LENGTH - 1:
        return plain + wire[LENGTH - 1]
    if wire[0] == ADMINISTRATION and place == LENGTH:
        return plain + wire[LENGTH - 2]
    return plain


def _general(wire: str, place: int, value: str) -> str | None:
    """Return what a value means in its section at large, where no title of its table shows it."""
    if value == "Z" and (place > APPROACH - 1 or wire[0] not in PLACED):
        return "none"
    if wire[0] == NEW_TECHNOLOGY and place == LENGTH and value in GROUPS:
        return f"New Technology Group {GROUPS.index(value) + 1}"
    keys = (f"{wire[:2]}{place}{value}", f"{wire[0]}-{wire[2]}{place}{value}")
    return next((GENERAL[key] for key in keys if key in GENERAL), None)


def misfits(table: Table, wire: str, on: date) -> tuple[Misfit, ...]:
    """Return the axes whose value alone keeps a code from being valid on a day.

    Empty for a valid code. Where no single change makes the code valid, return the first axis at which it
    departs from every valid code, with the values that fit what precedes it.
    """
    valid = _valid(table, wire[0], on)
    if wire in valid:
        return ()
    single = [
        _misfit(wire, place, [code for code in valid if _differs_at(code, wire, place)])
        for place in range(1, LENGTH + 1)
    ]
    found = tuple(misfit for misfit in single if misfit.allowed)
    return found or (_departure(wire, valid or _valid(table, "", on)),)


def _departure(wire: str, valid: Sequence[str]) -> Misfit:
    place = next(
        place for place in range(1, LENGTH + 1) if not any(code.startswith(wire[:place]) for code in valid)
    )
    return _misfit(wire, place, [code for code in valid if code.startswith(wire[: place - 1])])


def _misfit(wire: str, place: int, fitting: Sequence[str]) -> Misfit:
    values = sorted({code[place - 1] for code in fitting})
    context = {value: wire[: place - 1] + value + wire[place:] for value in values}
    return Misfit(axes(wire)[place - 1], {value: meaning(code, place) for value, code in context.items()})


def _valid(table: Table, prefix: str, on: date) -> Sequence[str]:
    codes, statuses = table.codes, table.statuses[on]
    some = codes[bisect_left(codes, prefix) : bisect_left(codes, prefix + "~")]
    return [code for code in some if statuses[table.lookup[code]] is Status.BILLABLE]


def _differs_at(code: str, wire: str, place: int) -> bool:
    return code[: place - 1] == wire[: place - 1] and code[place:] == wire[place:]


@cache
def _learned() -> Mapping[str, str]:
    raw = store.shipped("icd10pcs_axes")
    return dict(zip(raw.texts("key"), raw.texts("meaning"), strict=True))
