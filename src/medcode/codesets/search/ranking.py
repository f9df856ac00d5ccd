"""How well each text answers a query.

The score of a text is a product:

- coverage, squared: the share of the query that the text answers, each unit by its weight. A unit
  that the text does not answer, but the code's other texts or the titles above it do, counts in part;
- fit, its root: the share of the text that the query asked for, by weight: the length normalization
  of BM25, in weights rather than in words;
- 1 for a title, a little less for an inclusion term;
- a half for what says the opposite (acute for chronic, left for right, with for without), and next
  to nothing where the opposite is another disorder (hyperkalemia for hypokalemia); a little less for
  what says both (acute on chronic for acute);
- a little less for what happens in a context that was not asked for (newborns, pregnancy);
- a little more for codes that are common in practice, which decides between equals.

The weight of a word is BM25's (the logarithm of how rare it is) times that of its kind: a site or a
side counts less than a disorder. Texts hold each word once, so that BM25's term frequency has nothing
to count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from medcode.codesets.search.index import SearchIndex
    from medcode.codesets.search.lexicon import Lexicon
    from medcode.codesets.search.query import Query, Unit

__all__ = ["Match", "Ranking"]

_TERM: Final = 0.95  # an inclusion term beside a title
_ELSEWHERE: Final = 0.5  # a unit answered by the code's other texts alone
_CONTEXT: Final = 0.8  # a text about newborns, pregnancy and the like, unless asked for
_BOTH: Final = 0.95  # a text that says the opposite too: acute on chronic for acute
_COMMON: Final = 0.04  # for each level of commonness
_LEAF: Final = 1.06  # a code with none below it, beside a heading that says as much
_CIRCUMSTANCE: Final = 0.8  # a cause, a place or an activity, beside the disorder that it goes with
_LEAST: Final = 0.05  # of the best score: what answers worse is no answer
_SCANNED: Final = 7_000  # texts of words that are looked through for candidates
_CANDIDATES: Final = 100  # texts whose score is worked out
_FINALISTS: Final = 25  # of them, those whose code's other texts are looked at


@attrs.frozen
class Match:
    """A text that answers a query: its number, its score, and the words that answer each unit."""

    number: int
    score: float
    answers: tuple[tuple[Unit, tuple[str, ...]], ...]


@attrs.define
class _Draft:
    """A score in the making: what of the query is answered, and what the rest is multiplied by."""

    number: int
    own: frozenset[str]
    gained: float
    factor: float
    answers: tuple[tuple[Unit, tuple[str, ...]], ...]
    missing: list[tuple[Unit, float]]

    def score(self, total: float) -> float:
        """Return the score, where `total` is the weight of the whole query."""
        return round((self.gained / total) ** 2 * self.factor, 3)


class Ranking:
    """Ranks the texts of one index."""

    def __init__(self, index: SearchIndex, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon

    def best(self, query: Query, depth: int, allowed: Callable[[str], bool] | None) -> Iterator[Match]:
        """Yield the best text of each code, best first; of codes that are `allowed`."""
        codes = self._index.codes
        total = sum(unit.weight for unit in query.units)
        drafts = [
            self._draft(number, query) for number in self._candidates(query, max(_CANDIDATES, depth), allowed)
        ]
        drafts = [draft for draft in drafts if not all(unit.everyday for unit, _ in draft.answers)]
        drafts.sort(key=lambda draft: -draft.score(total))
        best: dict[str, Match] = {}
        for place, draft in enumerate(drafts):
            if place < max(_FINALISTS, depth):
                self._look_around(draft)
            code, score = codes[draft.number], draft.score(total)
            if code not in best or score > best[code].score:
                best[code] = Match(draft.number, score, draft.answers)
        ranked = sorted(best.values(), key=lambda match: (-match.score, codes[match.number]))
        yield from (match for match in ranked if match.score >= _LEAST * ranked[0].score)

    def _candidates(self, query: Query, depth: int, allowed: Callable[[str], bool] | None) -> Sequence[int]:
        """Return the texts that may answer best: by the rarest words, and by how little else they say."""
        index, gains = self._index, _gains(query, self._index.weights)
        found: dict[int, float] = {}
        scanned = 0
        for symbol in sorted(gains, key=lambda symbol: index.count(symbol) / gains[symbol] ** 2):
            gain = gains[symbol]
            numbers = index.texts_with(symbol)
            shared = found.keys() & numbers
            beyond = scanned > 0 and scanned + len(numbers) > _SCANNED
            scanned += 0 if beyond else len(numbers)
            gained = dict.fromkeys(shared if beyond else numbers, gain)
            for number in shared:
                gained[number] += found[number]
            found |= gained
        if allowed is not None:
            found = {number: gain for number, gain in found.items() if allowed(index.codes[number])}
        if len(found) <= depth:
            return list(found)
        enough = sorted(found.values())[-depth]
        lengths = index.lengths
        near = [number for number, gain in found.items() if gain >= enough]
        return sorted(near, key=lambda number: (-found[number], lengths[number], number))[:depth]

    def _draft(self, number: int, query: Query) -> _Draft:
        """Compare a text with a query, its code's other texts aside."""
        index, weights = self._index, self._index.weights
        symbols = index.symbols(number)
        own = frozenset(symbols)
        gained, matched = 0.0, set[str]()
        answers: list[tuple[Unit, tuple[str, ...]]] = []
        missing: list[tuple[Unit, float]] = []
        for unit in query.units:
            share, words = _share(unit, own, weights)
            gained += share * unit.weight
            if words:
                matched.update(words)
                answers.append((unit, words))
            if share < 1:
                missing.append((unit, share))
        fit = min(1.0, sum([weights[symbol] for symbol in matched]) / index.size(symbols))
        factor: float = fit**0.5 * (1 if index.is_title[number] else _TERM)
        said = (
            own
            if index.is_title[number]
            else own | frozenset(index.symbols(index.first(index.codes[number])))
        )
        for mine, others, counts in query.against:
            if not said.isdisjoint(others):
                factor *= counts if said.isdisjoint(mine) else _BOTH
        if not (own & index.contexts).issubset(query.asked):
            factor *= _CONTEXT
        factor *= 1 + _COMMON * self._lexicon.commonness(index.codes[number])
        if index.is_leaf(number):
            factor *= _LEAF
        if self._lexicon.is_circumstance(index.codes[number]):
            factor *= _CIRCUMSTANCE
        return _Draft(number, own, gained, factor, tuple(answers), missing)

    def _look_around(self, draft: _Draft) -> None:
        """Count what a code's other texts, and the titles above it, answer of what its text does not."""
        if draft.missing:
            around = self._around(draft.number) | draft.own
            for unit, share in draft.missing:
                draft.gained += (
                    _ELSEWHERE * unit.weight * max(0.0, _share(unit, around, self._index.weights)[0] - share)
                )

    def _around(self, number: int) -> frozenset[str]:
        """Return the words of a code's other texts and of the titles above it."""
        code = self._index.codes[number]
        lengths = range(min(3, len(code)), len(code) + 1)
        return frozenset("".join([self._index.said_of(code[:length]) for length in lengths]))


def _gains(query: Query, weights: Mapping[str, float]) -> Mapping[str, float]:
    """Return how much each word of a query may add to a coverage."""
    gains: dict[str, float] = {}
    for unit in query.units:
        of_unit: dict[str, float] = {}
        for reading in unit.readings:
            for symbol in reading.symbols:
                gain = unit.weight * reading.factor * weights[symbol] / reading.weight
                of_unit[symbol] = max(gain, of_unit.get(symbol, 0.0))
        for symbol, gain in of_unit.items():
            gains[symbol] = gains.get(symbol, 0.0) + gain
    return gains


def _share(unit: Unit, own: frozenset[str], weights: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """Return how far words answer a unit, 0 to 1, by its best reading, and with which of its words."""
    best = 0.0
    words: tuple[str, ...] = ()
    for reading in unit.readings:
        if own.isdisjoint(reading.symbols):
            continue
        held = tuple([symbol for symbol in reading.symbols if symbol in own])
        share = reading.factor
        if len(held) < len(reading.symbols):
            if reading.whole:
                continue
            share *= sum([weights[symbol] for symbol in held]) / reading.weight
        if share > best:
            best, words = share, held
    return best, words
