"""Which of the user's NCCI tables covers a day, and what to answer where none does, or two disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from medcode.claims.model.claim import Claim
    from medcode.edits.context import Context
    from medcode.edits.tables import Tables

__all__ = ["Unanswered", "agreed", "lacking", "of_day"]

T = TypeVar("T")


class Unanswered(Exception):  # noqa: N818  # not an error of the program: it carries a reason to the engine
    """The tables cannot answer; the text says why, and what to do."""


def lacking(tables: Tables, field: str) -> str | None:
    """Return how to add a table if none of its kind is loaded, or none has rows."""
    known = getattr(tables, field)
    if any(len(table.rows) for table in known):
        return None
    if known:
        return f"Not checked: the table has no rows: {'; '.join(map(str, known))}."
    return f"Not checked: no table is loaded. Add one: medcode data add FILE, or Tables({field}=...)."


def of_day(context: Context[Claim], field: str, day: date) -> list[Any]:
    """Return the tables of a kind that cover a day. Raises Unanswered if none does."""
    memo = context.shared.memo
    covering: list[Any] | None = memo.get((field, day))
    if covering is None:
        tables = getattr(context.tables, field)
        covering = memo[field, day] = [
            table for table in tables if table.start <= day <= table.end and len(table.rows)
        ]
    if not covering:
        there = "; ".join(map(str, getattr(context.tables, field)))
        raise Unanswered(f"Not checked: no table covers {day}; loaded: {there}.")
    return covering


def agreed(tables: Sequence[Any], question: Callable[..., T], *about: Any) -> T:
    """Return the answer of the tables of one day. Raises Unanswered where two of them disagree."""
    answer = question(tables[0], *about)
    if len(tables) > 1 and any(question(other, *about) != answer for other in tables[1:]):
        raise Unanswered(f"Not checked: the tables of one day disagree: {'; '.join(map(str, tables))}.")
    return answer
