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
from medcode.lint.names import of_codes
from medcode.lint.patterns import span_of
from medcode.lint.pragma import PRAGMA, choices
from medcode.lint.scanner import scanned_texts
from medcode.lint.tables import table_texts
from medcode.lint.words import CERTAIN, codes_in, like_a_code, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
_TELLING = frozenset({"icd10cm", "icd10pcs"})  # those of them whose codes are not taken for other numbers
_ENOUGH = 3  # codes that tell a set together
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
    said: dict[tuple[int, str | None], tuple[str | None, Weight, bool]] = {}
    alike: dict[tuple[int, str | None], list[Place]] = {}  # what only all codes of a name together can tell
    for start, content, label in texts:
        choice = holds(start)
        key = (id(choice), label)
        if key not in said:
            code_set, weight = choice.told(label)
            said[key] = code_set, weight, not (code_set or label is None) and of_codes(label)
        code_set, weight, open_ = said[key]
        if weight is Weight.NONE or not content:
            continue
        for at, word in ((0, content),) if like_a_code(content) else codes_in(content):
            if told := _set_of(word, code_set, weight):
                yield Place(word, start + at, told, weight, choice)
            elif open_ and like_a_code(word):
                alike.setdefault(key, []).append(Place(word, start + at, "", weight, choice))
    for together in alike.values():
        yield from _by_all(together)


def _set_of(word: str, code_set: str | None, weight: Weight) -> str | None:
    """Return the code set of a text, given that of its name; None if it is not a code."""
    if weight is Weight.SHAPE:
        return _by_shape(word, code_set)
    return None if missing(word) or (weight is Weight.NAMED and _is_word(word, code_set)) else code_set


def _by_all(together: Sequence[Place]) -> Iterator[Place]:
    """Yield the codes under one name if all fit one set, no other set, and most are in its table."""
    words = [place.text for place in together if not span_of(place.text)]
    fits = [name for name in _ALIKE if all(map(CODE_SETS[name].code_type.normal, words))]
    if len(words) < _ENOUGH or len(fits) != 1 or fits[0] not in _TELLING:
        return
    if sum(word in CODE_SETS[fits[0]] for word in words) * 2 >= len(words):
        yield from (place._replace(code_set=fits[0]) for place in together)


def _is_word(text: str, code_set: str | None) -> bool:
    """Whether a text under a name for codes is a word or the name of a set; only modifiers have no digits."""
    return text.lower() in _SETS or (code_set != "modifiers" and _DIGIT.search(text) is None)


def _by_shape(word: str, code_set: str | None) -> str | None:
    """Return the code set of a text by its format: the file's set if it has letters and digits, or ICD-10-CM if it is certain."""
    if code_set is None:
        return "icd10cm" if CERTAIN.fullmatch(word.upper()) else None
    if not (_DIGIT.search(word) and any(map(str.isalpha, word))):
        return None
    bare = word[:-1].rstrip(".") if word.endswith(_PATTERN_END) else word
    return code_set if CODE_SETS[code_set].code_type.normal(bare) else None
