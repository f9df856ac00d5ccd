"""Which texts hold which words. An index is built from texts, or read from the table that ships one.

Each word has a number, the commonest the lowest, and each text is a str with one character for each
of its words: the essential ones, a blank, the others. All texts stand in one str, so that the texts
of a word are found by scanning it, at the speed of memory and in two bytes a word.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache, cached_property
from itertools import accumulate, count, repeat
from operator import add
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from medcode.codesets.search.lexicon import rows
from medcode.codesets.search.words import NEGATED, canonical, words
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medcode.codesets.store import RawTable

__all__ = ["SearchIndex", "Text", "kind_of"]

_KEPT: Final = 1_000  # words, and codes, whose texts are kept at hand
_ASIDE: Final = " "
_END: Final = "\n"
_FIRST: Final = 0x21  # the character of the first word: after blank and line end
_GAP: Final = range(0xD800, 0xE000)  # surrogates cannot be encoded

# How much a word of a kind counts beside a disorder, which counts as much as it is rare.
_FACTORS: Final = {
    "filler": 0.02,
    "vague": 0.8,
    "number": 0.4,
    "encounter": 0.2,
    "side": 0.25,
    "qualifier": 0.5,
    "site": 0.6,
    "context": 1.5,
    "operation": 2.0,
}
_DENIED: Final = 0.1  # a word that a text denies
_NOT_ESSENTIAL: Final = 0.05  # a word in parentheses


class Text(NamedTuple):
    """A text that can be searched: the code it belongs to, and what it is."""

    code: str
    text: str
    kind: str = "title"


class SearchIndex:
    """The words of many texts, sorted by code; a code's title comes before its other texts."""

    def __init__(
        self,
        codes: Sequence[str],
        titles: Sequence[int],
        texts: str,
        vocabulary: Sequence[str],
        counts: Sequence[int],
    ) -> None:
        self.codes = codes
        self.is_title = titles
        self.vocabulary = vocabulary
        self._texts = texts
        self._counts = counts
        self.lengths = array("H", (len(text) + 1 for text in texts.split(_END)))
        self._ends = array("I", accumulate(self.lengths))
        self._numbers = Memo(self._numbers_of, _KEPT)
        self._said = Memo(self._said_of, _KEPT)
        self.number = {word: number for number, word in enumerate(vocabulary)}
        self.weights: Mapping[str, float] = Memo(self._weight, len(vocabulary) + 1)
        """How much each word weighs, by its character: the rarer the more, and by its kind; worked out when asked."""

    @classmethod
    def of(cls, texts: Iterable[Text]) -> SearchIndex:
        """Build an index of texts."""
        ordered = sorted(texts, key=lambda text: (text.code, text.kind != "title"))
        split = [_split(text.text) for text in ordered]
        counts = Counter(word for essential, others in split for word in {*essential, *others})
        vocabulary = sorted(counts, key=lambda word: (-counts[word], word))
        symbol = {word: _symbol(number) for number, word in enumerate(vocabulary)}
        lines = [
            "".join(map(symbol.__getitem__, essential)) + _ASIDE + "".join(map(symbol.__getitem__, others))
            for essential, others in split
        ]
        titles = array("H", (text.kind == "title" for text in ordered))
        codes = [text.code for text in ordered]
        return cls(codes, titles, _END.join(lines), vocabulary, [counts[word] for word in vocabulary])

    @classmethod
    def read(cls, raw: RawTable) -> SearchIndex:
        """Read an index from its table."""
        header = raw.header
        texts = _END.join(raw.texts("words"))
        return cls(
            raw.texts("code"), raw.numbers("title"), texts, header["vocabulary"].split(), header["counts"]
        )

    def columns(self) -> tuple[dict[str, object], dict[str, Any]]:
        """Return what a table of this index holds: the rows of its header, and its columns."""
        header: dict[str, object] = {"vocabulary": " ".join(self.vocabulary), "counts": list(self._counts)}
        return header, {"code": [*self.codes], "title": self.is_title, "words": self._texts.split(_END)}

    def _weight(self, symbol: str) -> float:
        return _factor(self.word(symbol)) * math.log(1 + (len(self.codes) + 1) / self.count(symbol))

    @cached_property
    def contexts(self) -> frozenset[str]:
        """The characters of words that name a context, such as newborns and pregnancy."""
        return frozenset(
            _symbol(number) for number, word in enumerate(self.vocabulary) if kind_of(word) == "context"
        )

    def symbol(self, word: str) -> str | None:
        """Return the character of a word; None if no text holds it."""
        number = self.number.get(word)
        return None if number is None else _symbol(number)

    def count(self, symbol: str) -> int:
        """Count the texts that hold a word."""
        return self._counts[_number(symbol)]

    @property
    def counts(self) -> dict[str, int]:
        """How many texts hold each word."""
        return dict(zip(self.vocabulary, self._counts, strict=True))

    def word(self, symbol: str) -> str:
        """Return the word of a character."""
        return self.vocabulary[_number(symbol)]

    def texts_with(self, symbol: str) -> Sequence[int]:
        """Return the numbers of the texts that hold a word."""
        return self._numbers[symbol]

    def _numbers_of(self, symbol: str) -> Sequence[int]:
        """Split all texts at a word, which none holds twice, and see in which text each place is."""
        lengths = map(len, self._texts.split(symbol)[:-1])
        places = map(add, accumulate(lengths), count())
        return array("I", map(bisect_right, repeat(self._ends), places))

    def said_of(self, code: str) -> str:
        """Return the words of all texts of a code, and blanks."""
        return self._said[code]

    def _said_of(self, code: str) -> str:
        first = self.first(code)
        return "".join(map(self.symbols, range(first, bisect_right(self.codes, code, first))))

    def symbols(self, number: int) -> str:
        """Return the words of a text: the essential ones, a blank, the others."""
        start = self._ends[number - 1] if number else 0
        return self._texts[start : self._ends[number] - 1]

    def size(self, symbols: str) -> float:
        """Return how much a text says: the weight of its words, those that are not essential little."""
        essential, _, others = symbols.partition(_ASIDE)
        weights = self.weights
        size = sum([weights[symbol] for symbol in essential])
        return size + _NOT_ESSENTIAL * sum([weights[symbol] for symbol in others]) or 1.0

    def is_leaf(self, number: int) -> bool:
        """Return whether no longer code begins with the code of a text."""
        return not self.has_below(self.codes[number], number)

    def has_below(self, code: str, number: int = 0) -> bool:
        """Return whether a longer code that has a text begins with a code; its texts are at `number` or later."""
        after = bisect_left(self.codes, code + "!", number)
        return after < len(self.codes) and self.codes[after].startswith(code)

    def first(self, code: str) -> int:
        """Return the number of a code's first text, or where it would be."""
        return bisect_left(self.codes, code)


def _split(text: str) -> tuple[Sequence[str], Sequence[str]]:
    found = list(words(text))
    essential = dict.fromkeys(word.form for word in found if not word.aside)
    others = dict.fromkeys(word.form for word in found if word.aside and word.form not in essential)
    return tuple(essential), tuple(others)


def _symbol(number: int) -> str:
    code = number + _FIRST
    return chr(code if code < _GAP.start else code + len(_GAP))


def _number(symbol: str) -> int:
    code = ord(symbol)
    return (code if code < _GAP.start else code - len(_GAP)) - _FIRST


@cache
def _kinds() -> Mapping[str, str]:
    return {canonical(word): kind for kind, names in rows("weights") for word in names.split()}


def kind_of(word: str) -> str:
    """Return the kind of a word, as `weights.tsv` names it; empty for a word that names a disorder.

    >>> kind_of("left"), kind_of("knee"), kind_of("gout")
    ('side', 'site', '')
    """
    return _kinds().get(word) or ("number" if word[:1].isdigit() else "")


def _factor(word: str) -> float:
    if word.startswith(NEGATED):
        return _DENIED * _factor(word.removeprefix(NEGATED))
    return _FACTORS.get(kind_of(word), 1.0)
