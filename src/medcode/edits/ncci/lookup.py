"""Which of the user's NCCI tables is of a day, and what to say where none, or more than one, is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from medcode.edits.tables import Tables

__all__ = ["Unanswered", "asked", "lacking"]

T = TypeVar("T")


class Unanswered(Exception):  # noqa: N818  # not an error of the program: it carries a reason to the engine
    """The tables cannot answer; the text says why, and what would mend it."""


def lacking(tables: Tables, field: str) -> str | None:
    """Say what to do where there is no table of a kind at all."""
    if getattr(tables, field):
        return None
    return f"Not checked: no table is loaded. Add one: medcode data add FILE, or Tables({field}=...)."


def asked(tables: Sequence[Any], day: date, question: Callable[..., T], *about: Any) -> T:
    """Ask the tables of a day a question about codes; Unanswered where there is none, or where two that overlap disagree."""
    of_day = [table for table in tables if table.covers(day)]
    if not of_day:
        raise Unanswered(f"Not checked: no table covers {day}; there is {'; '.join(map(str, tables))}.")
    answer = question(of_day[0], *about)
    if len(of_day) > 1 and any(question(other, *about) != answer for other in of_day[1:]):
        raise Unanswered(f"Not checked: the tables of {day} disagree: {'; '.join(map(str, of_day))}.")
    return answer
