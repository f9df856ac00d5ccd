"""Codes named inside a note of the tabular list: `E08.-`, `O10-O11, O13-O16`, `F10-F19 with .17, .27`.

A reference is a prefix or a range of prefixes, and may be narrowed by what follows `with`: the part
behind the dot, the final characters, or the character at one place. References stay rules; spelled
out as pairs of codes they would be millions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Narrowing", "Reference", "parse_references"]

_CODE = r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?"
_DASH = r"\.?-{0,2}"
_NAMED = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<first>{_CODE}){_DASH}"
    rf"(?:(?:(?<=-)|\s*-\s*|\s+to\s+)(?P<last>{_CODE}){_DASH})?(?![A-Za-z0-9])"
)
_PLACES = {
    "4th": 3,
    "fourth": 3,
    "5th": 4,
    "fifth": 4,
    "6th": 5,
    "six": 5,
    "sixth": 5,
    "7th": 6,
    "seventh": 6,
}
_CATEGORY = 3  # characters before the dot
_PLACE = "|".join(_PLACES)
_VALUE = r"[-.]?[0-9A-Z]{1,4}"
_VALUES = rf"{_VALUE}(?:(?:\s*,\s*|\.\s+|\s+or\s+|-){_VALUE})*"
_AT_PLACES = re.compile(
    rf"(?P<places>(?:{_PLACE})(?:\s+(?:or|to)\s+(?:{_PLACE}))*)[\s-]characters?\s+(?P<values>{_VALUES})"
)
_AT_END = re.compile(rf"final\s+characters?\s+(?P<values>{_VALUES})")
_BEHIND_DOT = re.compile(rf"(?P<values>\.{_VALUES})")
_WITH = re.compile(rf"{_CODE}{_DASH}\)?,?\s*(with)\s")
_QUALIFIED = re.compile(rf"{_CODE}{_DASH}\W.*\b(unless|except)\b")


@attrs.frozen
class Narrowing:
    """What `with` asks of a code: one of some texts, at some place of it.

    `start` is the place of the text: an index into the code, or None for its end. `start_or` is an
    earlier place that counts where the first holds the placeholder X or nothing.
    """

    values: tuple[str, ...]
    start: int | None
    start_or: int | None = None

    def holds(self, wire: str) -> bool:
        """Return whether a code, in wire form, is one that is meant."""
        if self.start is None:
            return wire.endswith(self.values)
        part = wire[self.start :]
        if self.start_or is not None and part[:1] in {"", "X"}:
            part = wire[self.start_or :]
        return part.startswith(self.values)


@attrs.frozen
class Reference:
    """The codes that a note names: a prefix, or all between two prefixes.

    >>> Reference("E08", "E13").covers("E11.9")
    True
    """

    first: str
    last: str
    narrowing: Narrowing | None = None

    @classmethod
    def spanning(cls, text: str) -> Reference:
        """Read `E11`, `E11.-`, `E08-E13` or `Z68.1-Z68.45` as what it spans.

        >>> Reference.spanning("e08-e13").covers("E11.9"), Reference.spanning("E11.-").covers("E11.9")
        (True, True)
        """
        first, _, last = text.upper().replace(".", "").replace(" ", "").partition("-")
        return cls(first, last or first)

    def covers(self, code: str) -> bool:
        """Return whether a code, with or without its dot, is among those named."""
        wire = code.replace(".", "")
        inside = self.first <= wire[: len(self.first)] and wire[: len(self.last)] <= self.last
        long_enough = len(wire) >= min(len(self.first), len(self.last))
        return inside and long_enough and (self.narrowing is None or self.narrowing.holds(wire))

    def __str__(self) -> str:
        """Write it as people do."""
        ends = (self.first, self.last)
        first, last = (f"{text[:_CATEGORY]}.{text[_CATEGORY:]}".removesuffix(".") for text in ends)
        return first if first == last else f"{first}-{last}"


def parse_references(text: str) -> tuple[tuple[Reference, ...], bool]:
    """Return the references of a note, and whether they express all of it.

    The second is False where the text narrows them in words that only a person can judge.

    >>> references, whole = parse_references("dementia (F10-F19, with .17, .27, .97)")
    >>> [reference.covers(code) for reference in references for code in ("F10.27", "F10.20")], whole
    ([True, False], True)
    >>> parse_references("chronic kidney disease (N18.-)")[0][0].covers("N18.6")
    True
    """
    narrowed = _WITH.search(text)
    names, condition = (text[: narrowed.start(1)], text[narrowed.end() :]) if narrowed else (text, "")
    narrowing = _narrowing(condition)
    whole = not _QUALIFIED.search(text) and (narrowing is not None or not condition)
    return tuple(_references(names, narrowing)), whole


def _references(names: str, narrowing: Narrowing | None) -> Iterator[Reference]:
    for match in _NAMED.finditer(names):
        first = match["first"].replace(".", "")
        last = (match["last"] or match["first"]).replace(".", "")
        if any(character.isdigit() for character in first + last):
            yield Reference(first, last, narrowing)


def _narrowing(condition: str) -> Narrowing | None:
    if found := _AT_PLACES.match(condition):
        places = [_PLACES[word] for word in re.findall(_PLACE, found["places"])]
        if " to " in found["places"]:
            return Narrowing(_values(found["values"]), places[0])
        return Narrowing(_values(found["values"]), places[-1], places[0] if len(places) > 1 else None)
    if found := _AT_END.match(condition):
        return Narrowing(_values(found["values"]), None)
    if found := _BEHIND_DOT.match(condition):
        return Narrowing(_values(found["values"]), _CATEGORY)
    return None


def _values(text: str) -> tuple[str, ...]:
    values: list[str] = []
    for word in re.split(r"\s*,\s*|\.\s+|\s+or\s+", text):
        if spelled := re.fullmatch(r"([0-9])-([0-9])", word):
            values += map(str, range(int(spelled[1]), int(spelled[2]) + 1))
        else:
            values.append(word.strip(".-"))
    return tuple(values)
