"""Builds `drg`: MS-DRGs with the titles of each version of the grouper, v36 to v43.1.

A version is in force from 1 October, or from 1 April where its number ends in .1. Versions differ in
the case and punctuation of titles; a title counts as changed where its letters and digits do.
"""

from __future__ import annotations

import json
import lzma
import re
from functools import cache
from typing import TYPE_CHECKING

from tools.build_data.earlier_titles import earlier_titles
from tools.build_data.sources import Source
from tools.build_data.tables import Stretch, code_table

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSIONS = (
    ("v36", 20181001, "08ebb5926436e837aeaf5fc386224f404d75fd4d18c865d74b5b9df300c92066"),
    ("v37", 20191001, "43fe88ba165354362ff498d0ee3ba52766574679067ff2754a42c49acb29f869"),
    ("v38", 20201001, "3e24e20bc54c1009700d26d703e839dcf2d7204320e0f2e412b34c9481650fa6"),
    ("v39", 20211001, "15adf2f9b0d8d2a43a6cdf3c5dbfed9d5cb5838cdf46f78809b6790ffd7602d0"),
    ("v40", 20221001, "2f73399a2aee50b72fcc2dc40c7201fa3e1f41e90cfb65151d67616090a481a9"),
    ("v41", 20231001, "2725d1d87b4afd1684fedc2e4e5eada156d42c994c93527b7ddce0410a1e3b8f"),
    ("v41.1", 20240401, "01f70e32a85d2438d2c1fcfd5f580402f367c1f4b93c1fc8beb5082be43470bc"),
    ("v42", 20241001, "435fc9bcea070f1488e8170cee27c871ad25d4e8bdca35971ef2cde176552083"),
    ("v42.1", 20250401, "3604d12d13c8a6d476cde92fa94188b6bdc8353acf61aeb19b7cd509d70b3594"),
    ("v43", 20251001, "972835971566db1ac3a111aa14ae58650bcf292e209dbe44ee2dd71a271455ca"),
    ("v43.1", 20260401, "d2110904e819426d1eecdf8a45e3a49451445d495740079a15ff1769f3244ee7"),
)
SOURCES = tuple(
    Source(
        "drgpy", "0.2.1", f"drgpy/runtime_data/{version}.json.xz", sha256,
        "CMS", f"MS-DRG Definitions Manual {version}: groups and titles",
    )
    for version, _, sha256 in VERSIONS
)  # fmt: skip
LAST = 20260930
HEADER = {
    "name": "drg",
    "publisher": "CMS",
    "edition": "MS-DRG v36-v43.1",
    "license": "public domain (US government work)",
}


def build() -> dict[str, bytes]:
    """Return the table files: groups, titles and earlier titles."""
    starts = [start for _, start, _ in VERSIONS]
    ends = [*(_before(start) for start in starts[1:]), LAST]
    histories: dict[str, list[Stretch]] = {}
    titles: dict[str, list[tuple[int, str]]] = {}
    for source, start, end in zip(SOURCES, starts, ends, strict=True):
        for code, title in grouper(source).items():
            days, named = histories.setdefault(code, []), titles.setdefault(code, [])
            if days and days[-1].end == _before(start):
                start_of_days = days.pop().start
                days.append(Stretch(start_of_days, end, billable=True))
            else:
                days.append(Stretch(start, end, billable=True))
            if named and _letters(named[-1][1]) == _letters(title):
                named.pop()
            named.append((end, title))
    codes = sorted(histories)
    return {
        "drg": code_table(histories, {**HEADER, "coverage": [starts[0], LAST]}, last=LAST),
        "drg_titles": pack(
            {**HEADER, "name": "drg_titles", "coverage": [None, None]},
            {"title": [titles[code][-1][1] for code in codes]},
        ),
        "drg_earlier_titles": earlier_titles(
            {**HEADER, "name": "drg_earlier_titles"},
            ((code, day, title) for code in codes for day, title in titles[code][:-1]),
        ),
    }


@cache
def grouper(source: Source) -> Mapping[str, str]:
    """Return the groups of a version with their titles."""
    found = json.loads(lzma.decompress(source.data()))["drgmap"]
    return {code: group["desc"] for code, group in found.items()}


def _before(day: int) -> int:
    """Return the day before the first of April or October."""
    return day - 71 if day % 10000 == 1001 else day - 70  # noqa: PLR2004  # 30 September, 31 March


def _letters(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.lower())
