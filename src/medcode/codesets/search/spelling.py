"""Words that are spelled wrong: two written as one, shortened, British, or a few letters off.

Asked only about words that nothing holds, so that a right word never becomes another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Speller", "distance"]

_BRITISH: Final = (
    ("ae", "e"),
    ("oe", "e"),
    ("our", "or"),
    ("isation", "ization"),
    ("lys", "lyz"),
    ("tre", "ter"),
)
_SHORTEST: Final = 4  # letters of a word that can be guessed: shorter ones have too many neighbors
_ENDINGS: Final = ("ing", "ed", "er", "es", "ly", "ion", "al", "ic", "ous", "age", "ness", "y")
_CUT: Final = 3  # letters at least that a shortened word lacks
_LONG: Final = 7  # letters of a word that may be two letters off
_SHORTEST_PART: Final = 4  # letters of each half of two words written as one
# A word that begins with one of these does not become one that begins with the other.
_OPPOSED: Final = (
    ("hyper", "hypo"),
    ("tachy", "brady"),
    ("mono", "poly"),
    ("macro", "micro"),
    ("intra", "inter"),
    ("endo", "exo"),
)


class Speller:
    """Guesses words among those that are known, each with the number of texts that hold it."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known

    def related(self, word: str) -> str | None:
        """Return the most frequent known word of the same stem: leaky, leaking → leakage."""
        for ending in _ENDINGS:
            stem = word.removesuffix(ending)
            if not word.endswith(ending) or len(stem) < _SHORTEST:
                continue
            stems = {stem, stem[:-1]} if stem[-1] == stem[-2] else {stem}
            found = [
                other
                for base in stems
                for end in (*_ENDINGS, "", "e")
                if (other := base + end) in self._known
            ]
            if found:
                return max(found, key=lambda other: self._known[other])
        return None

    def completed(self, word: str) -> str | None:
        """Return the known word that a shortened one begins, if there is one of one stem: exac → exacerbation."""
        if len(word) < _SHORTEST:
            return None
        first, last = bisect_left(self._sorted, word), bisect_left(self._sorted, word + "~")
        found = [other for other in self._sorted[first:last] if len(other) >= len(word) + _CUT]
        if not found:
            return None
        shortest = min(found, key=len)
        if any(other[: len(word) + _CUT] != shortest[: len(word) + _CUT] for other in found):
            return None
        return max(found, key=lambda other: self._known[other])

    def split(self, word: str) -> Sequence[str]:
        """Return the two known words that were written as one; the most frequent ones, or none."""
        pairs = ((word[:at], word[at:]) for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1))
        found = [pair for pair in pairs if pair[0] in self._known and pair[1] in self._known]
        return max(found, key=lambda pair: min(self._known[pair[0]], self._known[pair[1]]), default=())

    def nearest(self, word: str) -> str | None:
        """Return the known word that was meant: the one with the fewest changes, then the most frequent."""
        for british, american in _BRITISH:
            if (respelled := word.replace(british, american)) != word and respelled in self._known:
                return respelled
        allowed = 0 if len(word) < _SHORTEST else 1 if len(word) < _LONG else 2
        letters = set(word)
        for changes in range(1, allowed + 1):
            near = [
                (other[0] != word[0], -self._known[other], other)
                for other in self._like(word, changes)
                if len(letters.difference(other)) <= changes
                and len(set(other) - letters) <= changes
                and distance(word, other, changes) <= changes
                and not _opposed(word, other)
            ]
            if near:
                return min(near)[2]
        return None

    def _like(self, word: str, changes: int) -> set[str]:
        """Return the known words that share a piece with a word, at about the same place: any that is so few changes away does."""
        found: set[str] = set()
        for length in range(max(_SHORTEST, len(word) - changes), len(word) + changes + 1):
            lines = self._lines[length]
            for start, piece in _pieces(word, changes):
                at = lines.find(piece)
                while at >= 0:
                    place = at % (length + 1)
                    if abs(place - start) <= changes:
                        found.add(lines[at - place : at - place + length])
                    at = lines.find(piece, at + 1)
        return found

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self._known)

    @cached_property
    def _lines(self) -> Mapping[int, str]:
        """The known words of each length, a line each: a word is found by where in the lines a piece of it is."""
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in self._sorted:
            by_length[len(word)].append(word)
        return defaultdict(str, {length: "\n".join(words) for length, words in by_length.items()})


def _pieces(word: str, changes: int) -> Iterator[tuple[int, str]]:
    """Yield pieces of a word with their places: however it is changed so often, one of them stays whole.

    One more piece than changes would do, but that two letters swapped at a cut change two pieces: so it is cut
    anew, at other places, once for each change.
    """
    for shift in range(changes + 1):
        cuts = [0, *(len(word) * part // (changes + 1) + shift for part in range(1, changes + 1)), len(word)]
        yield from ((start, word[start:end]) for start, end in pairwise(cuts))


def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters to insert, delete, replace or swap with their neighbor; `limit` + 1 for more.

    >>> distance("pnuemonia", "pneumonia", 2), distance("hives", "fever", 1)
    (1, 2)
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    before: Sequence[int] = ()
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row, older = row, [at], before
        for place, other_letter in enumerate(other, 1):
            steps = min(last[place] + 1, row[-1] + 1, last[place - 1] + (letter != other_letter))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == other_letter:
                steps = min(steps, older[place - 2] + 1)
            row.append(steps)
        if min(row) > limit:
            return limit + 1
        before = last
    return row[-1]


def _opposed(one: str, other: str) -> bool:
    return any(
        (one.startswith(first) and other.startswith(second))
        or (one.startswith(second) and other.startswith(first))
        for first, second in _OPPOSED
    )
