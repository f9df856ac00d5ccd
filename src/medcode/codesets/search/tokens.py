"""From a query as it is typed to its words: capitals, hyphens, and the marks of hurried writing.

`pt s/p CABG w/o angina`: the marks are written out (`lexicon/shorthand.tsv`), a hyphen between words is
a blank, and capitals are remembered, for they tell HIT from hit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

import attrs

from medcode.codesets.search.lexicon import rows
from medcode.codesets.search.words import canonical, fold, forms, is_plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Token", "term_forms", "tokens_of", "wording"]

LONGEST: Final = 500  # characters of a query; the rest is cut
_LONGEST_CONSTRUED: Final = (
    100  # characters of a query that is one sentence: the patterns look at each place again
)
_PART: Final = re.compile("[A-Za-z0-9]+")
_HYPHEN: Final = re.compile(r"(?<=[a-z])-(?=[a-z0-9])|(?<=[0-9])-(?=[a-z])")


@attrs.define
class Token:
    """A word of the query: its common form, as written, and how far it may be trusted."""

    form: str
    written: str
    factor: float = 1.0
    upper: bool = False


@cache
def _constructions() -> Sequence[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), meaning) for pattern, meaning in rows("constructions")]


def _construed(text: str) -> str:
    """Return what a query asks for whose words say it only together: of a cancer that has spread, where to; who had it.

    >>> _construed("metastatic breast cancer to bone"), _construed("my dad had colon cancer")
    ('secondary malignant neoplasm of bone', 'family history of colon cancer')
    >>> _construed("hip fracture")
    'hip fracture'
    """
    for pattern, meaning in _constructions() if len(text) <= _LONGEST_CONSTRUED else ():
        if found := pattern.fullmatch(text):
            text = meaning.format(*found.groups()).strip()
    return text


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the words of a query."""
    raw = text[:LONGEST]
    upper = {word.lower() for word in re.findall(r"[A-Z]{2,}", raw)}
    plain = fold(raw if raw.isupper() else _written_out(raw))
    for word in words(_spaced(_construed(_written_out(plain).strip()))):
        yield Token(word.form, word.written, upper=word.written in upper)


def _spaced(text: str) -> str:
    return _HYPHEN.sub(" ", text)


def _written_out(text: str) -> str:
    """Write out the marks of hurried writing: `w/o`, `s/p`, `2/2`."""
    marks = _marks()
    found = {mark for part in _PART.findall(text) if part in marks for mark in marks[part]}
    for _, mark, meaning in sorted(found):
        if mark in text:
            text = _pattern(mark).sub(f" {meaning} ", text)
    return text


@cache
def _marks() -> Mapping[str, Sequence[tuple[int, str, str]]]:
    """Return the marks, numbered in their order, by the first letters or digits: few are to be looked for in a text."""
    found: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for number, (mark, meaning) in enumerate(rows("shorthand")):
        found[_PART.findall(mark)[0]].append((number, mark, meaning))
    return dict(found)


@cache
def _pattern(mark: str) -> re.Pattern[str]:
    end = r"(?![A-Za-z0-9])" if mark[-1].isalnum() else ""  # `w/` may be written right before a word
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(mark)}{end}")


def wording(text: str) -> str:
    """Return all words of a text in their common forms, also those that say nothing, between blanks.

    >>> wording("Bleeding from the ears")
    ' hemorrhage from the ear '
    """
    written = re.findall(r"[a-z0-9]+", _spaced(_written_out(fold(text[:LONGEST]))))
    return " ".join(["", *(canonical(word) or word for word in written), ""])


def term_forms(text: str) -> tuple[str, ...]:
    """Return the words of a term of the lexicon, in the form that they have in a query.

    >>> term_forms("s/p heart attack")
    ('status', 'heart', 'attack')
    """
    written = text.lower().split()
    if all(map(is_plain, written)) and _marks().keys().isdisjoint(
        written
    ):  # most are, and there are thousands
        return tuple(form for word in written for form in forms(word))
    return tuple(word.form for word in words(_spaced(_written_out(fold(text)))))
