"""From the words of a query to its units: what is asked for, each with its readings.

A unit is a word, or a term of the lexicon (`heart attack`), and its readings are the ways in which a
text may say it. Terms are matched inside the query, their words near one another and in any order:
the longest first, and of the same length the one that is written most closely.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from medcode.codesets.search.index import kind_of
from medcode.codesets.search.lexicon import rows
from medcode.codesets.search.rewriting import Rewriter
from medcode.codesets.search.tokens import term_forms, tokens_of, wording
from medcode.codesets.search.words import NEGATED, canonical, stem, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from medcode.codesets.search.index import SearchIndex
    from medcode.codesets.search.lexicon import Lexicon, Term
    from medcode.codesets.search.tokens import Token

__all__ = ["Query", "QueryReader", "Reading", "Unit"]


_LITERAL: Final = 0.9  # the term as it is written, beside its readings
_UNKNOWN: Final = 4.0  # the weight of a word that no text holds
# A side or a degree that is asked for matters more than one that a text happens to name.
_ASKED: Final = {"side": 6.0, "site": 1.6, "qualifier": 1.5}
_FURTHER: Final = 0.3  # how much the further words of a reading add to what its unit weighs
_LESS: Final = 0.5  # what a text counts that says the opposite of what was asked
_NEVER: Final = 0.01
_LESSER: Final = 0.8  # of the weight of a disorder: what sites, sides and qualifiers may weigh together
_MUTE: Final = frozenset({"number", "filler", "encounter"})  # kinds of words that find nothing by themselves
_ENCOUNTER: Final = "encounter"
_EVERYDAY: Final = (
    0.2  # of its weight counts a word that sentences are made of, beside others: `sticks out`, `all the time`
)
_GAP: Final = 2  # how many other words may stand between those of a term
_RANGE: Final = re.compile(r"[\d.]+-[\d.]+")


@attrs.frozen
class Reading:
    """Words, by their characters in the index, that together say what a unit asks for."""

    symbols: tuple[str, ...]
    factor: float
    weight: float
    whole: bool = False  # it counts only where a text holds all of its words


@attrs.frozen
class Unit:
    """What one word or term of a query asks for; `row` is the row of the lexicon that was used."""

    asked: str
    readings: tuple[Reading, ...]
    weight: float
    row: str = ""
    lesser: bool = False  # a site, a side or a qualifier
    everyday: bool = False  # a word that sentences are made of: a text that has nothing else is no answer


@attrs.frozen
class Query:
    """A query as it was understood: its units, and what a text must not say to answer it.

    `against` holds words that were asked for, those that exclude them, and what a text with the latter
    and without the former counts.
    """

    units: tuple[Unit, ...]
    against: tuple[tuple[frozenset[str], frozenset[str], float], ...] = ()
    forms: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()


class QueryReader:
    """Reads the queries to one code set, in the words of its index and its lexicon."""

    def __init__(self, index: SearchIndex, lexicon: Lexicon) -> None:
        self._index = index
        self._terms: defaultdict[tuple[str, bool], list[tuple[tuple[str, ...], Term]]] = defaultdict(list)
        self._wordings: dict[str, str] = {}
        """The terms of which one word is left without those that say nothing, and all their words."""
        self._rewriter = rewriter = Rewriter(index)
        for term in lexicon.terms:
            forms = rewriter.compounds(term_forms(term.text))
            rewriter.known.update(forms)
            if forms[1:]:
                forms = tuple(map(stem, forms))
                rewriter.stems.update(forms)
            self._terms[forms[0], len(forms) > 1].append((forms, term))
            if len(forms) == 1 and not term.text.isalnum() and " " in (written := wording(term.text).strip()):
                self._wordings[term.text] = f" {written} "

    def read(self, text: str) -> Query:
        """Return what a query asks for."""
        tokens = self._rewriter.rewritten(tokens_of(text))
        units = tuple(self._balanced(list(self._units(tokens, wording(text)))))
        if not any(map(self._says, tokens)):
            return Query(())
        read = (symbol for unit in units if unit.row for symbol in unit.readings[0].symbols)
        sides = (
            word for word in map(self._index.word, read) if kind_of(word) == "side"
        )  # OS is the left eye
        forms = frozenset([*(token.form for token in tokens), *sides])
        asked = frozenset(symbol for unit in units for reading in unit.readings for symbol in reading.symbols)
        return Query(units, tuple(self._against(asked, forms)), forms, asked)

    def _says(self, token: Token) -> bool:
        form = token.form.removeprefix(NEGATED)
        known = token.form in self._rewriter.known or form in self._rewriter.known
        return known and kind_of(form) not in _MUTE and not form[0].isdigit()

    # Terms of the lexicon, then single words.

    def _units(self, tokens: Sequence[Token], written: str) -> Iterator[Unit]:
        used: set[int] = set()
        said = {token.form for token in tokens}
        for places, term in self._terms_in(tokens):
            # `back` is not `back is killing me`, nor the D of vitamin D that of I&D
            if used.isdisjoint(places) and self._wordings.get(term.text, "") in written:
                used.update(places)
                yield self._unit_of_term(term, [tokens[place] for place in places], said)
        for place, token in enumerate(tokens):
            if place not in used:
                yield from self._unit_of_word(token)

    def _balanced(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """Yield the units, sites, sides and qualifiers so light that together they weigh less than a disorder.

        A word that sentences are made of weighs little, unless the query says nothing else.
        """
        if not all(map(_is_everyday, units)):
            units = [
                attrs.evolve(unit, weight=unit.weight * _EVERYDAY, everyday=True)
                if _is_everyday(unit)
                else unit
                for unit in units
            ]
        lesser = sum(unit.weight for unit in units if unit.lesser)
        most = _LESSER * max((unit.weight for unit in units if not unit.lesser), default=lesser / _LESSER)
        scale = min(1.0, most / lesser) if lesser else 1.0
        for unit in units:
            yield attrs.evolve(unit, weight=unit.weight * scale) if unit.lesser else unit

    def _terms_in(self, tokens: Sequence[Token]) -> Sequence[tuple[tuple[int, ...], Term]]:
        """Return the terms found, with the places of their words; the best first."""
        places: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
        for place, token in enumerate(tokens):
            places[token.form, False].append(place)
            places[stem(token.form), True].append(place)
        speaks = any(map(self._says, tokens))
        shouted = len(tokens) > 2 and all(token.upper for token in tokens)  # noqa: PLR2004  # capitals say nothing
        found: list[tuple[tuple[int, ...], Term]] = []
        for first in [*places]:
            for forms, term in self._terms.get(first, ()):
                at = _nearest([(form, first[1]) for form in forms], places)
                if speaks and all(kind_of(each) == _ENCOUNTER for each in forms):
                    continue  # `subsequent encounter` beside a disorder is no visit by itself
                capitals = at and tokens[at[0]].upper and not shouted
                if at and (capitals or not term.upper_only):
                    found.append((at, term))
        return sorted(
            found,
            key=lambda found: (
                -len(found[0]),
                -len(self._wordings.get(found[1].text, "")),
                tuple(tokens[place].form for place in found[0]) != term_forms(found[1].text),
                max(found[0]) - min(found[0]),
                found[0] != tuple(sorted(found[0])),
                found[0],
            ),
        )

    def _unit_of_term(self, term: Term, tokens: Sequence[Token], said: Collection[str]) -> Unit:
        """Return a term with its readings, which do not deny what else was `said`."""
        trust = min(token.factor for token in tokens)
        readings = [
            self._reading(symbols, trust * term.decay**place)
            for place, text in enumerate(term.readings)
            if (symbols := self._symbols(form for form in _forms_of(text) if not _denies(form, said)))
        ]
        literal = self._symbols(token.form for token in tokens)
        if term.literal and len(literal) == len(tokens):
            readings.append(attrs.evolve(self._reading(literal, trust * _LITERAL), whole=True))
        row = f"{term.text} = {' or '.join(term.readings)}"
        unit = self._unit(" ".join(token.written for token in tokens), readings, row)
        return attrs.evolve(unit, weight=unit.weight * _ASKED["site"], lesser=True) if term.site else unit

    def _unit_of_word(self, token: Token) -> Iterator[Unit]:
        readings = [self._reading((symbol,), token.factor) for symbol in self._equals(token.form)]
        kind = kind_of(token.form)
        if not readings and not kind:
            # a word of a term that the query does not hold whole: a text may have one like it
            guesses = [
                (symbol, far)
                for form, far in self._rewriter.guesses(token.form)
                for symbol in self._symbols([form])
            ]
            readings = [self._reading((symbol,), far) for symbol, far in guesses]
        if readings or not token.form.startswith(NEGATED):
            unit = self._unit(token.written, readings)
            if (
                readings or not kind
            ):  # texts without a 7th character do not speak of encounters, none of grandpa
                lesser = kind in {"site", "side", "qualifier", "number"}
                yield attrs.evolve(unit, weight=unit.weight * _ASKED.get(kind, 1.0), lesser=lesser)

    def _unit(self, asked: str, readings: Sequence[Reading], row: str = "") -> Unit:
        weight = max(map(self._importance, readings), default=_UNKNOWN)
        return Unit(asked, tuple(readings), weight, row)

    def _importance(self, reading: Reading) -> float:
        """Weigh a reading by its weightiest word above all: a long one does not matter so much more."""
        weightiest = max(map(self._index.weights.__getitem__, reading.symbols))
        return weightiest + _FURTHER * (reading.weight - weightiest)

    def _reading(self, symbols: tuple[str, ...], factor: float = 1.0) -> Reading:
        weights = self._index.weights
        return Reading(symbols, factor, sum([weights[symbol] for symbol in symbols]))

    def _symbols(self, forms: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
        found = (self._index.symbol(form) for form in forms)
        return tuple(dict.fromkeys(symbol for symbol in found if symbol))

    def _equals(self, form: str) -> Iterator[str]:
        """Yield the words of the index that equal one: itself, and the ranges that hold a number."""
        yield from self._symbols([form])
        if re.fullmatch(r"\d+(\.\d+)?", form):
            number = float(form)
            for low, high, word in self._ranges:
                if low <= number <= high:
                    yield from self._symbols([word])

    @cached_property
    def _ranges(self) -> Sequence[tuple[float, float, str]]:
        ranges = [word for word in self._index.number if word[0].isdigit() and _RANGE.fullmatch(word)]
        return [(float(low), float(high), word) for word in ranges for low, high in [word.split("-")]]

    # What a text must not say.

    def _against(
        self, asked: frozenset[str], forms: frozenset[str]
    ) -> Iterator[tuple[frozenset[str], frozenset[str], float]]:
        for members, counts in self._opposites:
            if mine := members & asked:
                yield mine, members - mine, counts
        for symbol in asked:
            word = self._index.word(symbol)
            opposite = word[1:] if word.startswith(NEGATED) else NEGATED + word
            if other := self._index.symbol(opposite):
                yield frozenset({symbol}), frozenset({other}), _LESS
        for form in forms:
            if form.startswith(NEGATED) and (denied := self._index.symbol(form[1:])):
                yield frozenset(), frozenset({denied}), _LESS

    @cached_property
    def _opposites(self) -> Sequence[tuple[frozenset[str], float]]:
        return [
            (
                frozenset(self._symbols([canonical(word) for word in members.split()])),
                _LESS if how == "less" else _NEVER,
            )
            for how, members in rows("opposites")
        ]


def _forms_of(text: str) -> Iterator[str]:
    return (word.form for word in words(text))


def _is_everyday(unit: Unit) -> bool:
    return not unit.row and kind_of(canonical(unit.asked.lower())) == "everyday"


def _denies(form: str, said: Collection[str]) -> bool:
    """Whether a word of a reading denies a word of the query: osteoporosis without fracture, beside a fracture."""
    return form.startswith(NEGATED) and form.removeprefix(NEGATED) in said


def _nearest(
    forms: Sequence[tuple[str, bool]], places: Mapping[tuple[str, bool], Sequence[int]]
) -> tuple[int, ...]:
    """Return where the words of a term stand in a query, near enough to one another; else nothing."""
    if any(form not in places for form in forms):
        return ()
    for start in places[forms[0]]:
        at = (start, *(min(places[form], key=lambda place: abs(place - start)) for form in forms[1:]))
        if len(set(at)) == len(forms) and max(at) - min(at) < len(forms) + _GAP:
            return at
    return ()
