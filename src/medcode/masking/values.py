"""How a single value is masked: keyed, so that equal values stay equal, and in the form that it had.

A value that was well formed stays so, and one that was not stays wrong in the same way: rules of structure and edits
find the same before and after.
"""

from __future__ import annotations

import hmac
import re
from datetime import date, timedelta
from hashlib import sha256

from medcode.codesets.mbi import Mbi
from medcode.codesets.npi import Npi, check_digit
from medcode.codesets.ssn import Ssn
from medcode.numbers import whole

__all__ = ["Masker"]

_LETTERS = "QXZJVK"
"""No name is made of these letters alone, so no masked text can be the name of somebody."""

_PLAIN = re.compile(r"[A-Z0-9][A-Z0-9 '.,&/()#-]*(?<! )")
_SHORT, _LONG, _USUAL = 8, 25, 8
_SHORTEST = 3
"""A mask has at least so many letters, for one of a letter or two, such as a middle initial, may be the value of somebody
else; in the file it is cut where a value is too short for its element."""
_WHOLE_NUMBER = 20
"""So many characters of a claim control number a payer must return; what follows may be cut, so the first 20 do not
depend on it."""

_PO_BOX = re.compile(
    r"\bP[.\s]*[O0][.\s]*(?:BOX|BX|DRAWER)|\bPOST[\s-]*(?:OFFICE|OFC|OFF\.?)[\s-]*(?:BOX|BX)|\bLOCK[\s-]*BOX",
    re.IGNORECASE,
)
_MBI_LETTERS = "ACDEFGHJKMNPQRTUVWXY"
_NINE_DIGITS = re.compile(r"\d{9}", re.ASCII)
_DAY = re.compile(r"\d{8}", re.ASCII)
_WEEKS = 4
_LONGEST_NOTE = 80
_FEWEST_DIGITS = 4
"""Control numbers of up to so many digits change places with each other."""
_MOST_DIGITS = 50
"""Longer ones, which no element holds, are masked as text."""


class Masker:
    """Masks values under a key: the same value and the same key give the same mask, in every file."""

    def __init__(self, key: bytes) -> None:
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f"the key must be bytes, not {type(key).__name__}")
        if not key:
            raise ValueError("the key is empty: masking needs one, such as 32 random bytes")
        self._key = bytes(key)
        self.moved = 0

    def _number(self, domain: str, value: str, below: int) -> int:
        """Return a number below a limit that follows from the key and a value."""
        digest = hmac.new(self._key, f"{domain}\0{value}".encode("utf-8", "surrogatepass"), sha256).digest()
        return int.from_bytes(digest) % below

    def _letters(self, domain: str, value: str, length: int) -> str:
        """Return letters that follow from a value, never the value itself."""
        found, attempt = value if length else "", 0
        while length and found == value:  # seldom is what comes out the value itself
            number = self._number(f"{domain}{attempt or ''}", value, len(_LETTERS) ** min(length, 40))
            found, attempt = "", attempt + 1
            for _ in range(length):
                number, at = divmod(number, len(_LETTERS))
                found += _LETTERS[at]
        return found

    def _digits(self, domain: str, value: str, length: int) -> str:
        return f"{self._number(domain, value, 10**length):0{length}}" if length else ""

    def pattern(self, text: str) -> str:
        """Replace letters by letters and digits by digits; everything else stays where it is."""
        letters, digits = (
            iter(self._letters("pattern", text, len(text))),
            iter(self._digits("pattern", text, len(text))),
        )
        return "".join(_sign(sign, next(letters), next(digits)) for sign in text)

    def name(self, text: str) -> str:
        """Mask the name of somebody, or of something that belongs to somebody."""
        if not _PLAIN.fullmatch(text):
            return self._at_least(self.pattern(text), text)
        length = max(_SHORTEST, len(text)) if len(text) < _SHORT or len(text) > _LONG else _USUAL
        return self._letters("name", text.upper(), length)

    city = name

    def address(self, text: str) -> str:
        """Mask a line of an address; a post office box stays one, which payers refuse at some places."""
        if box := _PO_BOX.search(text):
            return f"{box[0]} {self._digits('address', text, 3)}"
        return self.name(text)

    def zip(self, text: str) -> str:
        """Mask a ZIP code by one of as many digits that no place has: 00100 to 00499."""
        if not text.isascii() or not text.isdigit() or len(text) not in {5, 9}:
            return self.pattern(text)
        return f"00{100 + self._number('zip', text[:5], 400)}{self._digits('zip', text, len(text) - 5)}"

    def id(self, text: str) -> str:
        """Mask an identifier that has no form of its own; what says that there is none, such as 0, stays."""
        if not text.strip("0"):
            return text
        if Mbi.is_valid(text):
            return self._mbi(text)
        if len(text) == len("1234567893") and Npi.is_valid(text):
            return self.npi(text)
        head, rest = text[:_WHOLE_NUMBER], text[_WHOLE_NUMBER:]
        return self._id(head) + (self._letters("rest", text, len(rest)) if rest else "")

    def _id(self, text: str) -> str:
        found = self._letters("id", text.strip().upper(), max(_SHORTEST, len(text)))
        return found if _PLAIN.fullmatch(text) else self._at_least("".join(map(_kept, text, found)), text)

    def _at_least(self, found: str, text: str) -> str:
        """Return a mask with the letters that it lacks before it."""
        more = self._letters("more", text, max(0, _SHORTEST - len(text)))
        return (more if text.isupper() or not text.isalpha() else more.lower()) + found

    def npi(self, text: str) -> str:
        """Mask an NPI by one that begins with 2, as none does that was given out."""
        if not Npi.is_valid(text):
            return self.wrong_number(text)
        nine = f"2{self._digits('npi', text, 8)}"
        return nine + check_digit(nine)

    def wrong_number(self, text: str) -> str:
        """Mask a number that is not well formed by another one of its length that is not."""
        found = self.pattern(text)
        return found[:-1] + str((int(found[-1]) + 1) % 10) if Npi.is_valid(found) else found

    def ein(self, text: str) -> str:
        """Mask an employer number by one that begins with 00, as none does."""
        return f"00{self._digits('ein', text, 7)}" if _NINE_DIGITS.fullmatch(text) else self.pattern(text)

    def payer(self, text: str) -> str:
        """Mask a payer's tax number as it identifies payments: a digit and an employer number."""
        return text[:1] + self.ein(text[1:])

    def ssn(self, text: str) -> str:
        """Mask a social security number by one of an area that was never given out: 8."""
        if not Ssn.is_valid(text):
            return self.pattern(text)
        digits = self._digits("ssn", text.replace("-", ""), 6)
        found = f"8{digits[:2]}{1 + int(digits[2]):02}{1000 + int(digits[3:])}"
        return f"{found[:3]}-{found[3:5]}-{found[5:]}" if "-" in text else found

    def _mbi(self, text: str) -> str:
        def letter(at: int) -> str:
            return _MBI_LETTERS[self._number(f"mbi{at}", text, len(_MBI_LETTERS))]

        digits = self._digits("mbi", text, 7)
        first = str(1 + int(digits[0]) % 9)
        found = f"{first}{letter(1)}{digits[1]}{digits[2]}{letter(4)}{digits[3]}{digits[4]}{letter(7)}{letter(8)}{digits[5:]}"
        return f"{found[:4]}-{found[4:7]}-{found[7:]}" if "-" in text else found

    def phone(self, text: str) -> str:
        """Mask a telephone number by one that begins with 5550."""
        if not (text.isascii() and text.isdigit()) or len(text) <= len("5550"):
            return self.pattern(text)
        return "5550" + self._digits("phone", text, len(text) - 4)

    def email(self, text: str) -> str:
        """Mask an address of electronic mail."""
        return f"{self._letters('email', text.upper(), 8)}@EXAMPLE.COM"

    def url(self, text: str) -> str:
        """Mask an address on the web."""
        return f"WWW.EXAMPLE.COM/{self._letters('url', text.upper(), 8)}"

    def digits(self, text: str) -> str:
        """Mask a number of a bank or an account, digit by digit."""
        return self.pattern(text)

    def control(self, text: str, domain: str) -> str:
        """Mask a control number by another one; different ones stay different, and zeros before it stay in number.

        So it is the same whether a program pads it or not.
        """
        if (number := whole(text, _MOST_DIGITS)) is None:
            return self.pattern(text)
        if number == 0:
            return text
        digits = len(str(number))
        low = 1 if digits <= _FEWEST_DIGITS else 10 ** (digits - 1)
        size = 10 ** max(digits, _FEWEST_DIGITS) - low
        moved = 1 + self._number(f"{domain}{max(digits, _FEWEST_DIGITS)}", "", size - 1)
        return f"{low + (number - low + moved) % size:0{len(text)}}"

    def text(self, text: str) -> str:
        """Drop what somebody wrote; that there was something stays."""
        return "MASKED" if _PLAIN.fullmatch(text) and len(text) <= _LONGEST_NOTE else self.pattern(text)

    def day(self, text: str, patient: str, made_on: str) -> str:
        """Move a day back by the whole weeks that belong to a patient; what is no day stays none, and a day of nobody stays.

        A day after the one on which the file was made, which is a fault, moves on, so that it is one still.
        """
        if not _DAY.fullmatch(text[:8]):
            return re.sub(r"[^\W\d_]", "X", re.sub(r"\d", "9", text))
        if not patient:
            return text  # a day of the file
        try:
            day = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
            weeks = timedelta(weeks=1 + self._number("day", patient, _WEEKS))
            moved = day + weeks if _DAY.fullmatch(made_on) and text[:8] > made_on else day - weeks
        except (ValueError, OverflowError):
            return "99999999"[: len(text)] + text[8:]
        self.moved += _fiscal_year(day) != _fiscal_year(moved)
        return f"{moved.year:04}{moved:%m%d}{text[8:]}"


def _sign(sign: str, letter: str, digit: str) -> str:
    if sign.isascii():
        if sign.isdigit():
            return digit
        if sign.isalpha():
            return letter if sign.isupper() else letter.lower()
        return sign
    return ("\u00d1" if sign != "\u00d1" else "\u00dc") if sign.isalpha() else sign


def _kept(sign: str, letter: str) -> str:
    """Return a letter for a letter or a digit; a sign that is neither stays, for it may be a finding."""
    if sign.isascii():
        return letter if sign.isalnum() else sign
    return _sign(sign, letter, "")


def _fiscal_year(day: date) -> int:
    """Return the fiscal year, by which diagnosis codes change: it begins on 1 October."""
    return day.year + (day.month >= 10)  # noqa: PLR2004  # October
