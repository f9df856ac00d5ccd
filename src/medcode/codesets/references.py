"""Codes named inside a note of the tabular list: `E08.-`, `O10-O11, O13-O16`, `F10-F19 with .17, .27`.

A reference is a prefix or a range of prefixes, and may be narrowed by what follows `with`: the part
behind the dot, the final characters, or the character at one place. References stay rules; spelled
out as pairs of codes they would be millions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from medcode.codesets.icd10cm import Icd10Cm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.code import Code

__all__ = ["Narrowing", "Reference", "parse_references"]

_CODE = r"[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])(?:\.[0-9A-Z]{1,4})?"  # never a word such as NOS
_DASH = r"\.?-{0,2}"
_NAMED = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<first>{_CODE}){_DASH}"
    rf"(?:(?:(?<=-)|\s*-\s*|\s+to\s+)(?P<last>{_CODE}){_DASH})?(?![A-Za-z0-9])"
)
_PREFIX = r"[0-9A-Z]+(?:\.(?!X+\b)[0-9A-Z]+)?"
_ANY_ENDING = r"(?:\.?[-%*]{0,2}|\.X+)"  # marks a prefix: E11.-, E11*, E11%, E11.x
_SPAN = re.compile(
    rf"(?P<first>{_PREFIX}){_ANY_ENDING}(?:\s*(?:[-\u2013]|TO)\s*(?P<last>{_PREFIX}){_ANY_ENDING})?"
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
_WITH = re.compile(rf"\b{_CODE}{_DASH}\)?,?\s*(with)\s")
_QUALIFIED = re.compile(rf"\b{_CODE}{_DASH}\W.*\b(unless|except)\b")


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
    """The codes that a note names: a prefix, or all between two prefixes in the order of the classification.

    >>> Reference("E08", "E13").covers("E11.9")
    True
    >>> Reference("C43", "C44").covers("C4A.9"), Reference("M05", "M14").covers("M1A.0")
    (True, True)
    """

    first: str
    last: str
    narrowing: Narrowing | None = None
    code_type: type[Code] = attrs.field(default=Icd10Cm, repr=False)
    _keys: tuple[str, str] = attrs.field(init=False, repr=False, eq=False)

    @_keys.default
    def _keys_of_ends(self) -> tuple[str, str]:
        return self.code_type.range_keys(self.first, self.last)

    @classmethod
    def spanning(cls, text: str, code_type: type[Code] = Icd10Cm) -> Reference:
        """Parse `E11`, `E11.-`, `E11.*`, `E11%`, `E08-E13` or `Z68.1-Z68.45` as the codes that it spans.

        Raises ValueError for other text, and for a range that ends before it begins.

        >>> Reference.spanning("e08-e13").covers("E11.9"), Reference.spanning("E11.*").covers("E11.9")
        (True, True)
        """
        match = _SPAN.fullmatch(text.strip().upper())
        if match is None:
            raise ValueError(
                f"{text[:40]!r} is not a code, a prefix such as E11.- or a range such as E08-E13"
            )
        first = match["first"].replace(".", "")
        found = cls(first, (match["last"] or first).replace(".", ""), None, code_type)
        if not found.covers(first):
            raise ValueError(f"the range {found} ends before it begins")
        return found

    @property
    def is_prefix(self) -> bool:
        """Whether it is one prefix, not a range."""
        return self.first == self.last

    def covers(self, code: str) -> bool:
        """Return whether a code, with or without its dot, is among those named."""
        wire = code.replace(".", "")
        if self.is_prefix:
            inside = wire.startswith(self.first)
        else:
            first, last = self._keys
            key = self.code_type.sort_key(wire)
            inside = first <= key and key[: len(last)] <= last and len(wire) >= min(map(len, self._ends))
        return inside and (self.narrowing is None or self.narrowing.holds(wire))

    @property
    def _ends(self) -> tuple[str, str]:
        return self.first, self.last

    def __str__(self) -> str:
        """Write the codes as people do."""
        first, last = (self.code_type.trusted(text).dotted for text in self._ends)
        return first if self.is_prefix else f"{first}-{last}"


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
