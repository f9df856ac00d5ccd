"""Update a list to a date: codes with one successor are replaced, and nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets import CODE_SETS
from medcode.codesets.base import Status
from medcode.lint.find import Lines, places
from medcode.lint.judge import replacements, styled
from medcode.lint.patterns import begun, span_of
from medcode.lint.pragma import Misread

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.lint.choice import Choice
    from medcode.lint.find import Place

__all__ = ["Change", "Upgrade", "upgrade_text"]


@attrs.frozen
class Change:
    """A code or pattern of a list at its line and column, and the codes it became or now includes."""

    line: int
    column: int
    text: str
    now: tuple[str, ...]


@attrs.frozen
class Upgrade:
    """A text updated to a date.

    `replaced` codes have one successor, which `text` has in their place; `undecided` codes were split;
    `widened` are prefixes, ranges and headings with codes that are new since the date the list was made for;
    `ended` codes can no longer be billed and have no successor.
    """

    text: str
    replaced: tuple[Change, ...] = ()
    undecided: tuple[Change, ...] = ()
    widened: tuple[Change, ...] = ()
    ended: tuple[Change, ...] = ()


def upgrade_text(text: str, name: str, choice: Choice, since: date | None = None) -> Upgrade:
    r"""Upgrade a text to the date of the choice; with `since`, new codes are listed too.

    Raises Misread for a file that is not what its name says, and for a day that a table does not cover.

    >>> from datetime import date
    >>> from medcode.lint import Choice
    >>> done = upgrade_text("icd10\nh8141\nI42.0\nE11.-\n", "a.csv", Choice(on=date(2026, 11, 1)), date(2025, 9, 30))
    >>> done.text
    'icd10\nh814\nI42.0\nE11.-\n'
    >>> done.undecided, done.widened
    ((Change(line=3, column=1, text='I42.0', now=('I42.00', 'I42.01', 'I42.09')),), (Change(line=4, column=1, text='E11.-', now=('E11.A',)),))
    """
    lines = Lines(text)
    listed = tuple(places(text, name, choice))
    known = {wire for each in listed if (wire := CODE_SETS[each.code_set].code_type.normal(each.text))}
    pieces: list[str] = []
    replaced, undecided, widened, ended = [], [], [], []
    done = 0
    for place in sorted(listed, key=lambda each: each.offset):
        code_set = CODE_SETS[place.code_set]
        day = code_set.day(place.choice.on)
        if code_set.status(place.text, day) is Status.OUT_OF_RANGE:
            raise Misread(f"{day} is outside the coverage of {code_set.code_type.label}")
        now = replacements(code_set, place.text, day)
        if len(now) == 1:
            pieces += (text[done : place.offset], styled(now[0], place.text))
            done = place.offset + len(place.text)
            replaced.append(_change(lines, place, now))
        elif now:
            undecided.append(_change(lines, place, now))
        elif _has_ended(code_set, place.text, day):
            ended.append(_change(lines, place, ()))
        elif since and (new := _new(code_set, place.text, since, day, known)):
            widened.append(_change(lines, place, new))
    whole = "".join((*pieces, text[done:]))
    return Upgrade(whole, tuple(replaced), tuple(undecided), tuple(widened), tuple(ended))


def _has_ended(code_set: CodeSet[Any], text: str, day: date) -> bool:
    """Whether a code could be billed once, cannot on a day, and has no successor."""
    if code_set.status(text, day) not in {Status.DELETED, Status.HEADER}:
        return False
    return any(
        each.billable and each.end and each.end < day for each in code_set.concept(text, day).intervals
    )


def _change(lines: Lines, place: Place, now: Sequence[str]) -> Change:
    return Change(*lines.at(place.offset), place.text, tuple(now))


def _new(code_set: CodeSet[Any], text: str, since: date, day: date, known: Container[str]) -> list[str]:
    """Return the codes under a pattern or heading that are new since a date and not listed themselves."""
    status = code_set.status(text, day)
    wire = code_set.code_type.normal(text)
    span = (wire, wire) if wire and status is Status.HEADER else span_of(text)
    if span is None or status is Status.BILLABLE:
        return []
    new = (code for code in begun(code_set, span, since, day) if code not in known)
    return [code_set.code_type.trusted(code).dotted for code in new]
