"""The days of one paid claim: whether they agree with each other, with the statement and with the payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.validate.situations import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from medcode.claims.x12.validate.remittance_claim import PaidClaim, PaidPart
    from medcode.claims.x12.validate.situations import Place, Situation

__all__ = ["day_faults"]

_START, _END, _RECEIVED, _COVERAGE_END = "232", "233", "050", "036"
_SERVICE = frozenset({"472", "150", "151"})


def day_faults(claim: PaidClaim, paid_on: date | None) -> Iterator[Situation]:
    """Yield what is wrong with the days of a claim and its lines; `paid_on` is the day of the payment."""
    found = [each for line in claim.lines for each in _line_days(line, paid_on)]
    found += _span(claim, _START, _END, paid_on)
    found += _after_payment(claim, paid_on)
    if not found:
        found += _against_statement(claim)
    yield from found


def _span(part: PaidPart, start: str, end: str, paid_on: date | None) -> Iterator[Situation]:
    """Compare the ends of a span, unless its start is after the payment, which is a finding of its own."""
    first, last = part.days.get(start), part.days.get(end)
    if first and last and first[0] and last[0] and last[0] < first[0] and not _is_late(first[0], paid_on):
        message = f"The dates end ({end}) on {last[0]}, before they start ({start}) on {first[0]}."
        yield wrong(last[1], "days-disagree", message, "Correct one of the dates.", 2)


def _is_late(day: date, paid_on: date | None) -> bool:
    """Whether a day is after the one of the payment, if that is known."""
    return paid_on is not None and day > paid_on


def _line_days(line: PaidPart, paid_on: date | None) -> Iterator[Situation]:
    """Compare the days of a line with each other."""
    yield from _span(line, "150", "151", paid_on)
    if "472" in line.days and not line.days.keys().isdisjoint({"150", "151"}):
        message = "The line has a service date (472) and a start or end date (150, 151)."
        yield wrong(line.days["472"][1], "days-disagree", message, "Send 472, or 150 and 151.", 1)
    elif ("150" in line.days) != ("151" in line.days) and not _may_have(line, "150", "151"):
        have, lacks = ("150", "151") if "150" in line.days else ("151", "150")
        message = f"The line has service date {have} without service date {lacks}."
        yield wrong(line.days[have][1], "days-disagree", message, "Send both, or 472 for one day.", 1)


def _may_have(part: PaidPart, *codes: str) -> bool:
    """Whether a day that is absent may be one that came twice, or a segment without a place."""
    return part.has_day_twice or part.may_be_astray(*codes)


def _after_payment(claim: PaidClaim, paid_on: date | None) -> Iterator[Situation]:
    """Yield the first day of the claim that is after the payment, if one is."""
    for part in (claim, *claim.lines):
        for code, (day, place) in part.days.items():
            if day and _is_late(day, paid_on) and code != _COVERAGE_END:
                what = "was received" if code == _RECEIVED else "ends or begins its service"
                message = f"The claim {what} on {day}, after the payment of {paid_on}."
                yield wrong(place, "day-after-payment", message, "Correct the date.", 2)
                return


def _against_statement(claim: PaidClaim) -> Iterator[Situation]:
    """Compare the days of the lines with those of the claim, each difference once: where most days disagree, theirs is not it."""
    days = [each for line in claim.lines for code, each in line.days.items() if code in _SERVICE]
    ends = [claim.days.get(code) for code in (_START, _END)]
    start, end = ends
    if end and not start and not _may_have(claim, _START):
        message = "The statement has an end date (233) without a start date (232)."
        yield wrong(end[1], "days-out-of-order", message, "Send both, or 232 for one day.", 1)
    else:
        first, last = start and start[0], end and end[0]
        before = [each for each in days if each[0] and first and each[0] < first]
        after = [each for each in days if each[0] and last and each[0] > last]
        yield from _outside("starts", before, days, start) or _outside("ends", after, days, end)
        if not (before or after or claim.is_ahead):
            yield from _received(claim, [*days, *(each for each in ends if each)])


def _outside(
    verb: str,
    outside: list[tuple[date | None, Place]],
    days: Sequence[tuple[date | None, Place]],
    of_claim: tuple[date | None, Place] | None,
) -> list[Situation]:
    """Return what is wrong where days of service are outside the statement: its own day if several are, and no other is within."""
    if not outside or of_claim is None:
        return []
    day, place = of_claim if len(outside) == len(days) > 1 else outside[0]
    message = f"A service date is outside the statement, which {verb} on {of_claim[0]}."
    if (day, place) != of_claim:
        message = f"The service date {day} is outside the statement, which {verb} on {of_claim[0]}."
    return [wrong(place, "days-out-of-order", message, "Correct the date.", 2)]


def _received(claim: PaidClaim, days: Sequence[tuple[date | None, Place]]) -> Iterator[Situation]:
    """Compare the day that the claim was received on with its service."""
    received, place = claim.days.get(_RECEIVED, (None, claim.place))
    late = [each for each in days if each[0] and received and each[0] > received]
    if not late:
        return
    known = {day for day, _ in days if day}
    day, where = late[0] if len(late) == 1 and len(known) > 1 else (max(day for day, _ in late if day), place)
    message = f"The claim was received on {received}, before its service on {day}."
    yield wrong(where, "days-out-of-order", message, "Correct one of the dates.", 2)
