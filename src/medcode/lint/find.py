"""The codes in a text, with their places and code sets."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from medcode.codesets import CODE_SETS
from medcode.lint.choice import Weight
from medcode.lint.dialects import DIALECTS
from medcode.lint.documents import yaml_texts
from medcode.lint.lists import list_texts
from medcode.lint.names import about, of_codes
from medcode.lint.patterns import span_of
from medcode.lint.pragma import PRAGMA, choices
from medcode.lint.scanner import scanned_texts
from medcode.lint.tables import table_texts
from medcode.lint.words import CERTAIN, codes_in, like_a_code, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.lint.choice import Choice

__all__ = ["SUFFIXES", "Lines", "Place", "places"]

_READERS: dict[str, Callable[[str], Iterable[tuple[int, str, str | None]]]] = {
    ".csv": table_texts,
    ".tsv": partial(table_texts, delimiter="\t"),
    ".yaml": yaml_texts,
    ".yml": yaml_texts,
    **{suffix: partial(scanned_texts, suffix=suffix) for suffix in DIALECTS},
    ".txt": list_texts,
    ".lst": list_texts,
}
SUFFIXES = frozenset(_READERS)
"""The file types of lists; a file of another type is read as a plain list."""

_SETS = frozenset({*CODE_SETS, "icd9", "icd10"})
_ALIKE = ("icd10cm", "icd10pcs", "icd9cm", "hcpcs")  # sets whose codes may be taken for one another's
_TELLING = frozenset({"icd10cm", "icd10pcs", "hcpcs"})  # those whose codes are not taken for other numbers
_ENOUGH = 3  # codes that tell a set together
_HALF, _MOST = 1 / 2, 2 / 3
_DIGIT = re.compile(r"[0-9]")
_PATTERN_END = ("-", "%", "*")


class Place(NamedTuple):
    """A text that is a code: its offset, its code set, how certain that is, and the choice that applies."""

    text: str
    offset: int
    code_set: str
    weight: Weight
    choice: Choice


class Lines:
    """The lines of a text, by their offsets."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        r"""Return line and column, both from 1, columns in characters.

        >>> Lines("a\r\nbcd").at(4)
        (2, 2)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def places(text: str, name: str, choice: Choice) -> Iterator[Place]:
    """Yield the codes of a text; the file name gives the format.

    Raises Misread for a file that is not what its name says, or a comment that names no set, day or rule.
    """
    texts = _READERS.get(PurePath(name).suffix.lower(), list_texts)(text)
    if PRAGMA.search(text) is None:
        return _told(texts, lambda _: choice)
    held = list(choices(re.split(r"\r\n?|\n", text), choice))
    lines = Lines(text)
    return _told(texts, lambda offset: held[lines.at(offset)[0] - 1])


def _told(texts: Iterable[tuple[int, str, str | None]], holds: Callable[[int], Choice]) -> Iterator[Place]:
    said: dict[tuple[int, str | None], tuple[str | None, Weight]] = {}
    columns: dict[tuple[int, str | None], _Column] = {}
    for start, content, label in texts:
        choice = holds(start)
        key = (id(choice), label)
        if key not in said:
            said[key] = code_set, weight = choice.told(label)
            if weight is Weight.SHAPE and code_set is None and label is not None and not about(label):
                columns[key] = _Column(of_codes(label))
        code_set, weight = said[key]
        if weight is Weight.NONE or not content:
            continue
        column = columns.get(key)
        for at, word in ((0, content),) if like_a_code(content) else codes_in(content):
            told = _set_of(word, code_set, weight)
            if column is not None:
                column.add(Place(word, start + at, told or "", weight, choice))
            if told:
                yield Place(word, start + at, told, weight, choice)
    for column in columns.values():
        yield from column.places()


class _Column:
    """The values under one name that names no code set: their set is what most of them are codes of.

    Under a name that is not one for codes, most have to look like codes and nothing else.
    """

    def __init__(self, named_codes: bool) -> None:  # noqa: FBT001  # what kind of column it is
        self._named_codes = named_codes
        self._codes: list[str] = []
        self._others = 0
        self._open: list[Place] = []

    def add(self, place: Place) -> None:
        """Add a value; one whose shape names its set, and one that cannot be a code, are only counted."""
        if like_a_code(place.text):
            self._codes.append(place.text)
            if not place.code_set:
                self._open.append(place)
        elif not missing(place.text):
            self._others += 1

    def places(self) -> Iterator[Place]:
        """Yield the codes whose set only the others tell."""
        most = self._set() if self._open else None
        for place in self._open:
            if most and (told := _among(place.text, most)):
                yield place._replace(code_set=told)

    def _set(self) -> str | None:
        """Return the set that most values are codes of, or None if no set or more than one qualifies."""
        words = [word for word in self._codes if not span_of(word)]
        certain = sum(map(_is_certain, words))
        if certain < 2 and (len(words) < _ENOUGH or not self._named_codes):  # noqa: PLR2004  # one may be chance
            return None
        known = {name: sum(map(CODE_SETS[name].__contains__, words)) for name in _ALIKE}
        most, next_to = sorted(known, key=lambda name: -known[name])[:2]
        share = known[most] / (len(words) + (0 if self._named_codes else self._others))
        if known[most] == known[next_to] or share < (_HALF if self._named_codes else _MOST):
            return None
        return most if most in _TELLING else None


def _among(word: str, most: str) -> str | None:
    """Return the set of a value among codes of one: that set if it may be one of its codes, or one that has it."""
    kind = CODE_SETS[most].code_type
    if not (kind.normal(word) or span_of(word) or kind.guess(word)):
        return None
    others = (name for name in _ALIKE if name != most and word in CODE_SETS[name])
    return most if word in CODE_SETS[most] else next(others, most)


def _set_of(word: str, code_set: str | None, weight: Weight) -> str | None:
    """Return the code set of a text, given that of its name; None if it is not a code."""
    if weight is Weight.SHAPE:
        return _by_shape(word, code_set)
    return None if missing(word) or (weight is Weight.NAMED and _is_word(word, code_set)) else code_set


def _is_word(text: str, code_set: str | None) -> bool:
    """Whether a text under a name for codes is a word or the name of a set; only modifiers have no digits."""
    return text.lower() in _SETS or (code_set != "modifiers" and _DIGIT.search(text) is None)


def _is_certain(word: str) -> bool:
    return CERTAIN.fullmatch(word.upper()) is not None


def _by_shape(word: str, code_set: str | None) -> str | None:
    """Return the code set of a text by its format: the file's set if it has letters and digits, or ICD-10-CM if it is certain."""
    if code_set is None:
        return "icd10cm" if _is_certain(word) else None
    if not (_DIGIT.search(word) and any(map(str.isalpha, word))):
        return None
    bare = word[:-1].rstrip(".") if word.endswith(_PATTERN_END) else word
    return code_set if CODE_SETS[code_set].code_type.normal(bare) else None
