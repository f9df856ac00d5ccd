"""The clinical lexicon: what people write, in the words of the code books. All of it is data, in TSV files.

| file | a row |
|---|---|
| words | a common form, and the spellings and synonyms that mean the same in every text |
| weights | a kind of word (idle, filler, vague, side, site, qualifier …), and its words |
| opposites | words that exclude each other |
| verbs | a verb, and those of its forms that no ending makes |
| shorthand | marks of hurried writing (`w/o`, `s/p`), and what they stand for |
| abbreviations | an abbreviation, and its readings, the likeliest first, separated by a vertical line |
| constructions | a regular expression for a whole query, and what it asks for: `my dad had …`, `used to have …` |
| lay, clinical, injuries, circumstances | a term, and its readings; the term as written counts as well |
| procedures, supplies, places, modifiers | the same for ICD-10-PCS, HCPCS, places of service and modifiers |
| descriptors | a short form in HCPCS's short descriptors, and its words |
| common, common_hcpcs | how common it is, 1 to 3, and codes or beginnings of codes |

A term is a word or a few; it is matched inside a query, together with whatever else the query says.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["FILES_OF", "Lexicon", "Term", "lexicon_of", "rows"]

_DIAGNOSES = ("abbreviations", "lay", "clinical", "injuries", "circumstances", "sites")
FILES_OF: Mapping[str, Sequence[str]] = {  # the files of terms that a code set's search reads
    "icd10cm": _DIAGNOSES,
    "icd9cm": _DIAGNOSES,
    "icd10pcs": ("procedures", "body"),
    "icd9cm_procedures": (),
    "hcpcs": ("supplies",),
    "drg": ("groups", "abbreviations", "lay", "clinical"),
    "place_of_service": ("places",),
    "modifiers": ("modifiers",),
}
_COMMON = {"icd10cm": "common", "hcpcs": "common_hcpcs"}
_CIRCUMSTANCES = {"icd10cm": "VWXY"}
_NEXT_BEST = 0.94  # a reading beside the one before it
_WIDER = 0.8  # a wider site beside a narrower one
_UPPER_ONLY = "^"  # ends an abbreviation that is also an English word: it counts in capitals only


@cache
def rows(name: str) -> Sequence[tuple[str, str]]:
    """Return the rows of a file: two columns each, without comments and blank lines.

    >>> dict(rows("abbreviations"))["DKA"]
    'diabetes mellitus with ketoacidosis'
    """
    text = files("medcode.codesets.search").joinpath("lexicon", f"{name}.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(first, second) for first, second in lines]


@attrs.frozen
class Term:
    """A row of the lexicon: a term, its readings and whether the term itself is a reading too."""

    text: str
    readings: tuple[str, ...]
    literal: bool
    upper_only: bool
    decay: float  # how much each further reading counts beside the one before it
    site: bool  # it names a part of the body


@attrs.frozen
class Lexicon:
    """The terms that the search of one code set reads, and the codes that are common in it."""

    terms: Sequence[Term]
    common: Mapping[str, int]
    circumstances: str = ""  # the first characters of codes that say how something came about

    def is_circumstance(self, code: str) -> bool:
        """Return whether a code says how, where or at what something came about."""
        return code[0] in self.circumstances

    def commonness(self, code: str) -> int:
        """Return how common a code is, 0 to 3: by the longest beginning of it that its file names."""
        for length in range(len(code), 2, -1):
            if (level := self.common.get(code[:length])) is not None:
                return level
        return 0


@cache
def lexicon_of(code_set: str) -> Lexicon:
    """Return the lexicon of a code set by the set's name; of two rows for a term, that of the earlier file."""
    terms: dict[tuple[str, bool], Term] = {}
    for name in FILES_OF.get(code_set, ()):
        for term in _terms(name):
            terms.setdefault((term.text.lower(), term.upper_only), term)
    levels = rows(_COMMON[code_set]) if code_set in _COMMON else ()
    common = {code.replace(".", ""): int(level) for level, codes in levels for code in codes.split()}
    return Lexicon(tuple(terms.values()), common, _CIRCUMSTANCES.get(code_set, ""))


def _terms(name: str) -> Iterator[Term]:
    for text, readings in rows(name):
        split = tuple(reading.strip() for reading in readings.split("|"))
        yield Term(
            text.removesuffix(_UPPER_ONLY),
            split,
            literal=name not in {"abbreviations", "sites"},
            upper_only=text.endswith(_UPPER_ONLY),
            decay=_WIDER if name == "sites" else _NEXT_BEST,
            site=name == "sites",
        )
