"""Which line of a claim a paid or rejected line is about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from medcode.claims.ledger.events import LineMatch
from medcode.claims.ledger.facts import folded
from medcode.claims.ledger.matching import Match, MatchKind
from medcode.claims.model.base import DateRange
from medcode.codesets.base import Malformed
from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.claims.model.line import Line

__all__ = ["match_lines"]


def match_lines(
    sent: Sequence[Line], answered: Sequence[Any], claim_day: Any = None
) -> tuple[LineMatch, ...]:
    """Match paid lines, or lines of a 277CA, with the lines that were sent.

    By the line control number, which is LX where a line had none; else by procedure, charge and date; else by procedure and
    charge, where just one line left has these. A line that was paid in parts, or under another procedure, is found again and again.
    """
    found: list[LineMatch] = []
    taken: set[int] = set()
    for each in answered:
        line, match = _match(sent, each, taken, claim_day)
        if line is not None:
            taken.add(line)
        paid, charge = getattr(each, "paid", None), each.charge
        found.append(LineMatch(line=line, match=match, paid=_amount(paid), charge=_amount(charge)))
    return tuple(found)


def _amount(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _match(sent: Sequence[Line], each: Any, taken: set[int], claim_day: Any) -> tuple[int | None, Match]:
    number = folded(each.control_number)
    if number is not None:
        numbered = [at for at, line in enumerate(sent) if folded(line.control_number) == number]
        if len(numbered) == 1:
            differences = _differences(sent[numbered[0]], each, claim_day)
            return numbered[0], Match(MatchKind.SOFT if differences else MatchKind.EXACT, differences)
        if not numbered and 0 < (whole(number) or 0) <= len(sent):
            at = int(number) - 1
            if sent[at].control_number is None and "procedure" not in (
                differences := _differences(sent[at], each, claim_day)
            ):
                return at, Match(MatchKind.SOFT if differences else MatchKind.EXACT, differences)
    scored = sorted((_score(line, each, claim_day), at in taken, at) for at, line in enumerate(sent))
    usable = [row for row in scored if "procedure" not in row[0][1] and "date" not in row[0][1]]
    if not usable:
        return _by_charge(sent, scored if isinstance(each.charge, Decimal) else [])
    (_, differences), used, at = usable[0]
    alike = [row for row in usable if row[:2] == (usable[0][0], used)]
    if len(alike) > 1 and len({_looks(sent[row[2]]) for row in alike}) > 1:
        return None, Match(MatchKind.AMBIGUOUS, why=f"{len(alike)} lines of the claim fit alike")
    return at, Match(MatchKind.SOFT if differences else MatchKind.EXACT, differences)


def _by_charge(
    sent: Sequence[Line], scored: list[tuple[tuple[int, tuple[str, ...]], bool, int]]
) -> tuple[int | None, Match]:
    """Return the one line left with the charge of an answer on another day; one whose code cannot be one has any procedure."""
    left = [
        (at, differences)
        for (_, differences), used, at in scored
        if not used and "charge" not in differences
        if "procedure" not in differences or _is_malformed(sent[at])
    ]
    if len({_looks(sent[at]) for at, _ in left}) == 1:
        at, differences = left[0]
        return at, Match(MatchKind.SOFT, differences)
    return None, Match(MatchKind.NONE, why="no line of the claim has its procedure on its date")


def _is_malformed(line: Line) -> bool:
    return line.procedure is not None and isinstance(line.procedure.code, Malformed)


def _looks(line: Line) -> tuple[object, ...]:
    """Return what lines that may stand for one another have in common."""
    return line.procedure, line.charge, line.service_date, getattr(line, "revenue_code", None)


def _score(line: Line, each: Any, claim_day: Any) -> tuple[int, tuple[str, ...]]:
    differences = _differences(line, each, claim_day)
    return len(differences), differences


def _differences(line: Line, each: Any, claim_day: Any) -> tuple[str, ...]:
    found = []
    submitted = getattr(each, "submitted_procedure", None) or each.procedure
    if not _same_code(line, each, submitted):
        found.append("procedure")
    elif submitted and line.procedure and set(submitted.modifiers) != set(line.procedure.modifiers):
        found.append("modifiers")
    charge = _amount(each.charge)
    if charge is not None and abs(charge) != line.charge:
        found.append("charge")
    days, sent = _days(each), _ends(line.service_date or claim_day)
    if days and sent and not (days[0] <= sent[-1] and sent[0] <= days[-1]):
        found.append("date")
    return tuple(found)


def _same_code(line: Line, each: Any, submitted: Any) -> bool:
    """Whether the codes agree; a line without a procedure is known by its revenue code."""
    revenue = getattr(line, "revenue_code", None)
    if line.procedure is None or submitted is None:
        stated = getattr(each, "revenue_code", None) or (submitted and submitted.code)
        return revenue is not None and str(stated or "").zfill(4) == str(revenue).zfill(4)
    return bool(submitted.code == line.procedure.code)


def _days(each: Any) -> tuple[date, ...]:
    start = getattr(each, "service_start", None)
    end = getattr(each, "service_end", None)
    return tuple(sorted({*_ends(each.service_date), *_ends(start), *_ends(end)}))


def _ends(day: object) -> tuple[date, ...]:
    if isinstance(day, DateRange):
        return day.start, day.end
    return (day,) if isinstance(day, date) else ()
