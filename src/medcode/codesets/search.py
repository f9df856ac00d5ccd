"""From words to codes: a ranked search over titles and inclusion terms.

The order of words does not matter, nor do plurals, small misspellings and common abbreviations. A
hit says which text it was found in and which of its words answer to which of the query's.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple

import attrs

from medcode.codesets.concept import C, Status
from medcode.codesets.references import Reference
from medcode.codesets.search_words import ALIKE, IDLE, PHRASES, WEAK
from medcode.codesets.views import VALID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from medcode.codesets.base import CodeSet

__all__ = ["Finder", "Hit", "Match", "SearchIndex", "Text", "words"]

_WORD = re.compile(r"[a-z0-9]+")
_ASIDE = re.compile(r"\([^()]*\)|, unspecified.*")
_ASIDE_WEIGHT = 0.03
_LONGEST_QUERY = 500  # characters; what is longer is cut
_WEAK_WEIGHT = 0.15
_ALIKE, _MISSPELT = 0.85, 0.7  # how much a word counts that is not the one asked for
_SHORT = 3  # letters; shorter words have too many neighbours to be misspelt
_TERM = 0.95  # how much an inclusion term counts beside a title


class Text(NamedTuple):
    """A text that can be searched: the code it belongs to, and what it is."""

    code: str
    text: str
    kind: str = "title"


@attrs.frozen
class Hit(Generic[C]):
    """A code that a search found.

    `found_in` is the title or the inclusion term that matched; `matched` pairs each word of the
    query with the word of that text that answers to it.

    >>> from medcode import icd10cm
    >>> icd10cm.search("migrane", limit=1)[0].why
    "title 'Migraine': migrane → migraine"
    """

    code: C
    title: str | None
    score: float = attrs.field(repr=lambda score: f"{score:.2f}")
    found_in: str = attrs.field(repr=False)
    kind: str = attrs.field(repr=False)
    matched: tuple[tuple[str, str], ...] = attrs.field(repr=False)

    @property
    def why(self) -> str:
        """Why the hit matched, in one line."""
        pairs = ", ".join(asked if asked == found else f"{asked} → {found}" for asked, found in self.matched)
        return f"{self.kind} '{self.found_in}': {pairs}"


@attrs.frozen
class Match:
    """A text that answers to a query: its number, how well, and by which words."""

    text: int
    score: float
    matched: tuple[tuple[str, str], ...]


class SearchIndex:
    """An inverted index of texts, held in memory; made once, on the first search."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.texts: Sequence[Text] = tuple(texts)
        spoken = [dict.fromkeys(words(text.text)) for text in self.texts]
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(spoken):
            for word in found:
                postings[word].append(number)
        self._postings = dict(postings)
        total = len(self.texts) + 1
        self._weights = {word: _weight(word, total / len(numbers)) for word, numbers in postings.items()}
        self._sizes = [self._size(text.text, found) for text, found in zip(self.texts, spoken, strict=True)]

    def _size(self, text: str, found: Iterable[str]) -> float:
        """Weigh what a text says; words in parentheses, or after `, unspecified`, are not essential to it."""
        size = sum(map(self._weights.__getitem__, found))
        if _ASIDE.search(text):
            core = set(words(_ASIDE.sub(" ", text)))
            size -= (1 - _ASIDE_WEIGHT) * sum(self._weights[word] for word in found if word not in core)
        return size or 1.0

    def find(self, query: str, allowed: Callable[[str], bool]) -> Iterator[Match]:
        """Give the best text of each allowed code, best first."""
        best: dict[str, Match] = {}
        for match in self._matches(query):
            code = self.texts[match.text].code
            if (code not in best or match.score > best[code].score) and allowed(code):
                best[code] = match
        yield from sorted(best.values(), key=lambda match: (-match.score, self.texts[match.text].code))

    def _matches(self, query: str) -> Iterator[Match]:
        asked = tuple(dict.fromkeys(words(query)))
        answers: defaultdict[int, dict[str, tuple[float, str]]] = defaultdict(dict)
        wanted = 0.0
        for word in asked:
            equals = self._equals(word)
            wanted += max((self._weights[found] for found in equals), default=math.log(len(self.texts) + 1))
            for found, factor in equals.items():
                value = factor * self._weights[found]
                for number in self._postings[found]:
                    if value > answers[number].get(word, (0.0, ""))[0]:
                        answers[number][word] = value, found
        for number, found_words in answers.items():
            gained = sum(value for value, _ in found_words.values())
            pairs = tuple((word, found_words[word][1]) for word in asked if word in found_words)
            yield Match(number, self._score(number, gained, wanted), pairs)

    def _score(self, number: int, gained: float, wanted: float) -> float:
        share = gained / wanted if wanted else 0.0
        fit = gained / self._sizes[number]
        kind = 1.0 if self.texts[number].kind == "title" else _TERM
        return kind * share * share * math.sqrt(min(1.0, fit))

    def _equals(self, word: str) -> Mapping[str, float]:
        """Give the known words that answer to one that is asked, and how much each counts."""
        found = {other: _ALIKE for other in ALIKE.get(word, ()) if other in self._postings}
        if word in self._postings:
            return {word: 1.0, **found}
        near: Sequence[str] = ()
        if len(word) > _SHORT:
            near = get_close_matches(word, self._by_start.get(word[:1], ()), n=1, cutoff=0.8)
        return {**dict.fromkeys(near, _MISSPELT), **found}

    @cached_property
    def _by_start(self) -> Mapping[str, Sequence[str]]:
        grouped: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._postings:
            grouped[word[0]].append(word)
        return grouped


class Finder(Generic[C]):
    """The search of one code set: its index, and the rules of what may be found."""

    def __init__(self, code_set: CodeSet[C]) -> None:
        self._code_set = code_set
        self._index = SearchIndex(code_set.texts())

    def find(self, query: str, on: date, within: str, *, billable: bool) -> Iterator[Hit[C]]:
        """Give the hits valid on a day, best first."""
        table, day = self._code_set.table, self._code_set.table.statuses[on]
        inside = Reference.spanning(within) if within else None

        def allowed(code: str) -> bool:
            return day[table.lookup[code]] in VALID and (inside is None or inside.covers(code))

        seen: set[str] = set()
        asked = expanded(query) if self._code_set.lay_words else query[:_LONGEST_QUERY]
        for match in self._index.find(asked, allowed):
            text = self._index.texts[match.text]
            for code in self._billable(text.code, on) if billable else [text.code]:
                if code not in seen:
                    seen.add(code)
                    yield self._hit(code, text, match, on)

    def _billable(self, code: str, on: date) -> Iterator[str]:
        for below in [code, *map(str, self._code_set.descendants(code, on))]:
            if self._code_set.status(below, on) is Status.BILLABLE:
                yield below

    def _hit(self, code: str, text: Text, match: Match, on: date) -> Hit[C]:
        concept = self._code_set.concept(code, on)
        return Hit(concept.code, concept.title, match.score, text.text, text.kind, match.matched)


def expanded(query: str) -> str:
    """Write out the abbreviations and lay phrases of a query.

    >>> expanded("HTN")
    ' essential primary hypertension '
    """
    text = f" {' '.join(_WORD.findall(query[:_LONGEST_QUERY].lower()))} "
    for phrase in sorted(PHRASES, key=len, reverse=True):
        if f" {phrase} " in text:
            text = text.replace(f" {phrase} ", f" {PHRASES[phrase]} ")
    return text


def words(text: str) -> Iterator[str]:
    """Give the words of a text that are worth a search, in their singular.

    >>> list(words("Fractures of the left hip"))
    ['fracture', 'left', 'hip']
    """
    for word in _WORD.findall(text.lower().replace("'s", "")):
        if root := _root(word):
            yield root


@lru_cache(maxsize=40_000)
def _root(word: str) -> str:
    """Give a word's singular; nothing for a word that says nothing."""
    if word in IDLE:
        return ""
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004  # not "dies"
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004  # not "gas"
        return word[:-1]
    return word


def _weight(word: str, rarity: float) -> float:
    weight = math.log(1.0 + rarity)
    return weight * _WEAK_WEIGHT if word in WEAK else weight
