"""The search beside plain full-text search: how often the right code comes first, and how long it takes.

usage: python bench/search.py

SQLite's FTS5 with the porter stemmer and plain BM25 search the same texts, in the same run and query by
query. The phrase file has the list that a phrase belongs to, its code set, its style, whether it was tuned
on or kept back, the phrase, and the codes that are right, with a tab between; a hit is right if its code
begins with one of them. Times are CPU time of this process.
"""

from __future__ import annotations

import math
import re
import sqlite3
import time
from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from medcode import icd10cm
from medcode.codesets import code_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Search = Callable[[str], Sequence[str]]

PHRASES = Path(__file__).parent.parent / "tests/codesets/search/phrases.tsv"
FIRST = 5  # hits looked at
K1, B = 1.2, 0.75  # the usual parameters of BM25
WORD = re.compile(r"[a-z0-9]+")


def medcode(name: str) -> Search:
    """Return medcode's own search of a code set."""
    searched = code_set(name)
    return lambda query: [str(hit.code) for hit in searched.search(query, limit=FIRST)]


def fts5(rows: Sequence[tuple[str, str]]) -> Search:
    """Return SQLite's full-text search, any of the words."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(code UNINDEXED, text, tokenize = 'porter')")
    database.executemany("INSERT INTO texts VALUES (?, ?)", rows)
    query = "SELECT code FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 50"

    def search(text: str) -> Sequence[str]:
        words = " OR ".join(f'"{word}"' for word in WORD.findall(text.lower()))
        return distinct(code for (code,) in database.execute(query, (words,)))

    return search


def bm25(rows: Sequence[tuple[str, str]]) -> Search:
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


def distinct(codes: Iterable[str]) -> Sequence[str]:
    """Return the first different codes."""
    return list(dict.fromkeys(codes))[:FIRST]


def searches_of(name: str) -> dict[str, Search]:
    """Return the searches of a code set, over the same texts."""
    rows = [(text.code, text.text) for text in code_set(name).texts()]
    return {"medcode": medcode(name), "SQLite FTS5 (porter)": fts5(rows), "plain BM25": bm25(rows)}


def main() -> None:
    """Ask every phrase of every search, and print a table of each list and half."""
    start = time.process_time()
    icd10cm.search("hip fracture")
    print(f"first search: {1000 * (time.process_time() - start):.0f} ms")
    lines = PHRASES.read_text("utf-8").splitlines()
    phrases = sorted((line.split("\t") for line in lines if not line.startswith("#")), key=half)
    searches = {name: searches_of(name) for name in {name for _, name, *_ in phrases}}
    for ask in (ask for of_set in searches.values() for ask in of_set.values()):
        ask("hip")  # the first search of a set builds or reads its index
    print("| phrases | search | first place | first five | ms a search |\n|---|---|---|---|---|")
    for (list_name, kept), group in groupby(phrases, half):
        rows = list(group)
        first, five, spent = Counter[str](), Counter[str](), defaultdict[str, float](float)
        for _, name, _, _, phrase, codes in rows:
            expected = tuple(code.replace(".", "") for code in codes.split())
            for search, ask in searches[name].items():
                begun = time.process_time()
                found = ask(phrase)
                spent[search] += time.process_time() - begun
                right = [code.startswith(expected) for code in found]
                first[search] += right[:1] == [True]
                five[search] += any(right)
        for search in spent:
            cells = (
                f"{list_name}, {kept} ({len(rows)})", search, f"{100 * first[search] / len(rows):.1f} %",
                f"{100 * five[search] / len(rows):.1f} %", f"{1000 * spent[search] / len(rows):.1f}",
            )  # fmt: skip
            print("| " + " | ".join(cells) + " |")


def half(row: Sequence[str]) -> tuple[str, str]:
    """Return the list of a phrase, and whether it was tuned on or kept back."""
    return row[0], row[3]


if __name__ == "__main__":
    main()
