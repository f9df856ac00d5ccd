"""Words of a query that no text and no term holds: joined with the next, split, spelled otherwise."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from medcode.codesets.search.index import kind_of
from medcode.codesets.search.spelling import Speller
from medcode.codesets.search.tokens import Token
from medcode.codesets.search.words import NEGATED, canonical, spellings, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medcode.codesets.search.index import SearchIndex

__all__ = ["Rewriter"]

_PARTS: Final = 0.85  # two words, where they are also known as one
_RELATED: Final = 0.9  # another word of the same stem
_SPELLED: Final = 0.8  # a word whose spelling was guessed
_SHORTEST_JOIN: Final = 6  # letters of two words that are one
_NO_SYMBOL: Final = "\n"  # in no text
_PREFIXES: Final = frozenset(
    {"pre", "post", "non", "anti", "sub", "hyper", "hypo", "inter", "intra", "peri", "micro", "macro"}
)


class Rewriter:
    """Rewrites the words of queries into those that are known.

    `known` are the words of texts and terms, `stems` those of the words of terms that have several.
    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self.known: set[str] = set(index.number)
        self.stems: set[str] = set()

    def rewritten(self, tokens: Iterable[Token]) -> Sequence[Token]:
        """Return the words of a query as texts and terms write them."""
        return self._joined(self._respelled(tokens))

    def _respelled(self, tokens: Iterable[Token]) -> Sequence[Token]:
        found: list[Token] = []
        for token in tokens:
            form = token.form.removeprefix(NEGATED)
            if (
                token.form in self.known
                or form in self.known
                or form[0].isdigit()
                or kind_of(form)
                or stem(token.form) in self.stems
            ):
                found.append(token)
            else:
                guesses = self.guesses(token.form)
                found += [Token(form, token.written, factor) for form, factor in guesses] or [token]
        return found

    def guesses(self, form: str) -> Sequence[tuple[str, float]]:
        """Return the known words that an unknown one may mean, and how far they may be trusted."""
        negation, word = (NEGATED, form[1:]) if form.startswith(NEGATED) else ("", form)
        if related := self._speller.related(word):
            return [(negation + canonical(related), _RELATED)]
        if whole := self._speller.completed(word):
            return [(negation + canonical(whole), _RELATED)]
        if halves := self._speller.split(word):
            return [(negation + canonical(half), _PARTS) for half in halves]
        nearest = self._speller.nearest(word)
        return [(negation + canonical(nearest), _SPELLED)] if nearest else []

    @cached_property
    def _speller(self) -> Speller:
        counts = dict.fromkeys(self.known, 1) | self._index.counts
        known = {form: count for form, count in counts.items() if form[0].isalpha()}
        variants = {variant: known[common] for variant, common in spellings().items() if common in known}
        return Speller(variants | known)

    def _joined(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Join a word with the next where only both together are known (`pre eclampsia`), or texts write both as one."""
        found: list[Token] = []
        for token in tokens:
            joined = canonical(found[-1].form + token.form) if found else ""
            if (
                len(joined) >= _SHORTEST_JOIN
                and joined in self.known
                and self._joins(found[-1], token, joined)
            ):
                found[-1] = Token(joined, f"{found[-1].written} {token.written}")
            else:
                found.append(token)
        return found

    def _joins(self, one: Token, other: Token, joined: str) -> bool:
        if one.form in _PREFIXES or not {one.form, other.form} <= self.known:
            return True
        return self._is_compound(joined, other.form)

    def compounds(self, forms: Sequence[str]) -> tuple[str, ...]:
        """Join words of which texts write both as one: gall bladder."""
        found: list[str] = []
        for form in forms:
            joined = canonical(found[-1] + form) if found else ""
            if len(joined) >= _SHORTEST_JOIN and self._is_compound(joined, form):
                found[-1] = joined
            else:
                found.append(form)
        return tuple(found)

    def _is_compound(self, joined: str, last: str) -> bool:
        """Whether texts write two words as one, and not with a hyphen, which makes three words of them."""
        index = self._index
        symbol = index.symbol(joined)
        return symbol is not None and (index.symbol(last) or _NO_SYMBOL) not in index.symbols(
            index.texts_with(symbol)[0]
        )
