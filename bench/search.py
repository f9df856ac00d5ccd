"""The search beside plain full-text search: how often the right code comes first, and how long it takes.

usage: python bench/search.py [PHRASES]

SQLite's FTS5 with the porter stemmer and plain BM25 search the same texts, in the same run and query by
query. A phrase file has the style, the phrase and the codes that are right, with a tab between; a hit is
right if its code begins with one of them. Times are CPU time of this process.
"""

from __future__ import annotations

import math
import re
import sqlite3
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PHRASES = Path(__file__).parent.parent / "tests/codesets/search/phrases_later.tsv"
FIRST = 5  # hits looked at
K1, B = 1.2, 0.75  # the usual parameters of BM25
WORD = re.compile(r"[a-z0-9]+")


def texts() -> list[tuple[str, str]]:
    """Return the texts of ICD-10-CM that the search looks at: code and text."""
    from medcode import icd10cm

    return [(text.code, text.text) for text in icd10cm.texts()]


def medcode() -> Callable[[str], Sequence[str]]:
    """Return medcode's own search."""
    from medcode import icd10cm

    return lambda query: [str(hit.code) for hit in icd10cm.search(query, limit=FIRST)]


def fts5(rows: list[tuple[str, str]]) -> Callable[[str], Sequence[str]]:
    """Return SQLite's full-text search, any of the words."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(code UNINDEXED, text, tokenize = 'porter')")
    database.executemany("INSERT INTO texts VALUES (?, ?)", rows)
    query = "SELECT code FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 50"

    def search(text: str) -> Sequence[str]:
        words = " OR ".join(f'"{word}"' for word in WORD.findall(text.lower()))
        return distinct(code for (code,) in database.execute(query, (words,)))

    return search


def bm25(rows: list[tuple[str, str]]) -> Callable[[str], Sequence[str]]:
    """Return plain BM25 over the words as they are."""
    holding: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    lengths = []
    for number, (_, text) in enumerate(rows):
        words = WORD.findall(text.lower())
        lengths.append(len(words))
        for word, count in Counter(words).items():
            holding[word].append((number, count))
    mean = sum(lengths) / len(lengths)

    def search(text: str) -> Sequence[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for word in WORD.findall(text.lower()):
            held = holding.get(word, ())
            weight = math.log(1 + (len(rows) - len(held) + 0.5) / (len(held) + 0.5))
            for number, count in held:
                scores[number] += (
                    weight * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[number] / mean))
                )
        best = sorted(scores, key=lambda number: -scores[number])[:50]
        return distinct(rows[number][0] for number in best)

    return search


def distinct(codes: object) -> Sequence[str]:
    """Return the first different codes."""
    return list(dict.fromkeys(codes))[:FIRST]  # type: ignore[call-overload]  # an iterable of text


def main() -> None:
    """Ask every phrase of every search, and print a table for each half of the file."""
    lines = Path(sys.argv[1] if sys.argv[1:] else PHRASES).read_text("utf-8").splitlines()
    phrases = [line.split("\t") for line in lines if line and not line.startswith("#")]
    start = time.process_time()
    searches = {"medcode": medcode()}
    searches["medcode"]("hip fracture")
    print(f"first search: {1000 * (time.process_time() - start):.0f} ms with all imports")
    rows = texts()
    searches |= {"SQLite FTS5 (porter)": fts5(rows), "plain BM25": bm25(rows)}
    print("| phrases | search | first place | first five | ms a search |\n|---|---|---|---|---|")
    for name, half in (("tuned on", phrases[::2]), ("kept back", phrases[1::2])):
        first, five, spent = Counter[str](), Counter[str](), dict.fromkeys(searches, 0.0)
        for _, phrase, codes in half:
            expected = tuple(code.replace(".", "") for code in codes.split())
            for search, ask in searches.items():
                begun = time.process_time()
                found = ask(phrase)
                spent[search] += time.process_time() - begun
                right = [code.startswith(expected) for code in found]
                first[search] += right[:1] == [True]
                five[search] += any(right)
        for search in searches:
            cells = (
                f"{name} ({len(half)})", search, f"{100 * first[search] / len(half):.1f} %",
                f"{100 * five[search] / len(half):.1f} %", f"{1000 * spent[search] / len(half):.1f}",
            )  # fmt: skip
            print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
