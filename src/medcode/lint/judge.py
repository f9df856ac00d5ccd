"""What has become of each code of a list on a day."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from medcode.codesets import CODE_SETS
from medcode.codesets.base import Status
from medcode.findings import Finding, Fix, Location, Severity, Source
from medcode.lint.find import places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.lint.choice import Choice
    from medcode.lint.find import Place

__all__ = ["lint_text", "replacements", "set_and_day"]

_PREFIX = re.compile(r"([A-Za-z][0-9A-Za-z.]*?)\.?(?:-|%|\*)")
_RANGE = re.compile(r"([A-Za-z][0-9A-Za-z.]{2,7})-([A-Za-z][0-9A-Za-z.]{2,7})")
_VALID = {Status.BILLABLE, Status.HEADER}
_LISTED = 8  # successors that a message names

_RULES = {
    "ended": ("LNT01", "code-ended", Severity.ERROR),
    "heading": ("LNT02", "heading", Severity.WARNING),
    "unknown": ("LNT03", "code-unknown", Severity.ERROR),
    "malformed": ("LNT04", "code-malformed", Severity.ERROR),
    "not-yet": ("LNT05", "code-not-yet", Severity.ERROR),
    "empty": ("LNT06", "pattern-empty", Severity.ERROR),
}


def lint_text(text: str, name: str, choice: Choice) -> Iterator[Finding]:
    """Judge every code of a text, by the kind of file that its name tells."""
    for place in places(text, name, choice):
        if found := _judged(place):
            yield found


def set_and_day(place: Place) -> tuple[CodeSet[Any], date]:
    """Give the code set of a place and the day it is judged on."""
    code_set = CODE_SETS[place.code_set]
    return code_set, code_set.day(place.choice.on)


def replacements(place: Place) -> list[str]:
    """Name the codes that a code of a list became, as people write them; none where it still stands."""
    code_set, day = set_and_day(place)
    successors = getattr(code_set, "successors", None)
    if (
        successors is None
        or place.text not in code_set
        or code_set.status(place.text, day) is Status.BILLABLE
    ):
        return []
    return [code.dotted for code in successors(place.text, day)]


def _judged(place: Place) -> Finding | None:
    code_set, day = set_and_day(place)
    if _RANGE.fullmatch(place.text) or _PREFIX.fullmatch(place.text):
        return None if _covers(code_set, place.text, day) else _finding(place, "empty", "names no code", "")
    status = code_set.status(place.text, day)
    if status is Status.HEADER or status is Status.DELETED:
        return _past(place, code_set, day)
    if status is Status.NOT_YET:
        start = code_set.concept(place.text, day).start
        return _finding(place, "not-yet", f"is not valid before {start}", "")
    if status is Status.UNKNOWN:
        return _finding(place, "unknown", f"is in no table of {code_set.code_type.label}", "")
    if status is Status.MALFORMED:
        return _finding(place, "malformed", f"is not shaped like a code of {code_set.code_type.label}", "")
    return None


def _past(place: Place, code_set: CodeSet[Any], day: date) -> Finding:
    """Tell a code that could be billed once from one that never could."""
    ended = [each.end for each in code_set.concept(place.text, day).intervals if each.billable and each.end]
    ended = [end for end in ended if end < day]
    now = replacements(place)
    fix = f"Replace with {'|'.join(now[:_LISTED])}{'|…' * (len(now) > _LISTED)}." if now else ""
    if ended:
        return _finding(place, "ended", f"is not billable since {ended[-1] + timedelta(days=1)}", fix)
    return _finding(place, "heading", "is a heading, never billable", "")


def _covers(code_set: CodeSet[Any], pattern: str, day: date) -> bool:
    """Say whether a prefix or range has a code that is valid on the day."""
    between = _RANGE.fullmatch(pattern)
    prefix = _PREFIX.fullmatch(pattern)
    first, last = (between[1], between[2]) if between else (prefix[1], prefix[1]) if prefix else ("", "")
    low, high = (each.replace(".", "").upper() for each in (first, last))
    codes = code_set.table.codes
    between_them = codes[bisect_left(codes, low) : bisect_right(codes, high + "~")]
    return any(code_set.status(code, day) in _VALID for code in between_them)


def _finding(place: Place, kind: str, words: str, fix: str) -> Finding:
    rule, name, severity = _RULES[kind]
    release = next(iter(CODE_SETS[place.code_set].releases), None)
    return Finding(
        rule,
        name,
        f"{place.text} {words}.",
        severity,
        location=Location(line=place.line, column=place.column),
        code=place.text,
        source=Source(release.publisher, release.name, edition=release.edition) if release else None,
        fix=Fix(fix) if fix else None,
    )
