"""Values that are right except for how they are spelled: numbers, days, times and codes, in the form of X12.

Each function returns the one value that a text can mean; None where it is sent as it should be, means nothing, or may
mean several values.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.claims.x12.text.values import read_date
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["code_sent", "day_sent", "number_sent"]

_NUMBER = re.compile(
    r"""
    \s* [$+]? \s* (?P<sign> -? ) \s* \$?          # $100, +5, -$3
    (?P<whole> \d{1,3} (?: ,\d{3} )+ | \d* )      # 1,234 or 1234
    (?: \. (?P<fraction> \d* ) )? \s*
    """,
    re.ASCII | re.VERBOSE,
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{2})\2(\d{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})", re.ASCII)


HOUR_OF_ONE_DIGIT = 3  # characters: 930


def number_sent(text: str) -> str | None:
    """Return a number without currency, thousands separators, and zeros that say nothing.

    >>> number_sent("$1,234.50"), number_sent("0.50"), number_sent("100"), number_sent("1,23")
    ('1234.5', '.5', None, None)
    """
    match = _NUMBER.fullmatch(text)
    if match is None or not (match["whole"] or match["fraction"]):
        return None
    whole = match["whole"].replace(",", "").lstrip("0")
    fraction = (match["fraction"] or "").rstrip("0")
    sent = f"{match['sign']}{whole}{'.' if fraction else ''}{fraction}" if whole or fraction else "0"
    return None if sent == text else sent


def day_sent(form: str, text: str) -> str | None:
    """Return a day as CCYYMMDD, a single day of a range twice, and a time with the zero before its hour.

    >>> day_sent("D8", "2026-01-12"), day_sent("D8", "1/13/2026"), day_sent("D8", "1/12/2026")
    ('20260112', '20260113', None)
    >>> day_sent("RD8", "20260112"), day_sent("TM", "930")
    ('20260112-20260112', '0930')
    """
    fitting = {
        each for each in _readings(form, text.strip()) if not isinstance(read_date(form, each), Malformed)
    }
    return fitting.pop() if len(fitting) == 1 and text not in fitting else None


def _readings(form: str, text: str) -> Iterator[str]:
    if form == "TM" and len(text) == HOUR_OF_ONE_DIGIT:
        yield f"0{text}"
    elif form == "RD8":
        yield f"{text}-{text}"
    elif form == "D8":
        yield text
        if match := _YEAR_FIRST.fullmatch(text):
            yield f"{match[1]}{match[3]}{match[4]}"
        elif match := _YEAR_LAST.fullmatch(text):
            for month, day in {(match[1], match[3]), (match[3], match[1])}:
                yield f"{match[4]}{month.zfill(2)}{day.zfill(2)}"


_WRITTEN_OUT = {"FEMALE": "F", "MALE": "M", "UNKNOWN": "U", "YES": "Y", "NO": "N"}


def code_sent(text: str, allowed: Collection[str]) -> str | None:
    """Return the one of the allowed codes that a text is but for blanks and case, or that it writes out.

    >>> code_sent(" m", {"F", "M", "U"}), code_sent("Female", {"F", "M", "U"}), code_sent("X", {"F", "M", "U"})
    ('M', 'F', None)
    """
    word = text.strip().upper()
    sent = word if word in allowed else _WRITTEN_OUT.get(word)
    return sent if sent in allowed and sent != text else None
