"""Search: from the words of a clinician, a patient or a coder to codes, best first.

| module | what it does |
|---|---|
| `words` | text to words: folding, plurals, joined words, negation; the same for texts and queries |
| `lexicon` | the facts: spellings, weights, opposites, abbreviations, lay terms, common codes (TSV files) |
| `tokens` | a query as typed to its words: capitals, shorthand |
| `query` | words of a query to units, each with its alternative readings; `spelling` for unknown words |
| `index` | which texts hold which words, and how much each word weighs |
| `ranking` | how well each text answers a query |
| `finder` | hits of one code set on one day |
"""

from __future__ import annotations

from medcode.codesets.search.finder import Finder, Hit, index_of
from medcode.codesets.search.index import SearchIndex, Text

__all__ = ["Finder", "Hit", "SearchIndex", "Text", "index_of"]
