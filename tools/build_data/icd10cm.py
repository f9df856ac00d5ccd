"""Builds `icd10cm`: every ICD-10-CM code and heading since 2015-10-01, with dates and MCE flags.

The code editor's own table gives the billable codes. The headings are those that some release of
the tabular list or order file prints, and codes that were divided; one is a heading on each day on
which a code below it was billable and it was not itself.
"""

from __future__ import annotations

import csv
import json
from bisect import bisect_left
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from pyarrow import ipc
from tools.build_data import sources, tabular
from tools.build_data.mce import mce_table
from tools.build_data.sources import Source
from tools.build_data.tables import Stretch, billable, code_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FY2027 = Source(
    "", "", "icd10cm_fy2027.tsv", "ae0115846ed16119fdde5d6a39cfdd9ae5b0a38ed7986fefd7e26b85e65ea31d",
    "NCHS", "ICD-10-CM FY2027 additions, noted by hand",
)  # fmt: skip
ORDER_FILES = Source(
    "sqllocks-shape-healthcare-codes", "0.9.3", "shape_healthcare_codes/data/icd10cm.arrow",
    "74816f336d390c006a40f565f96bdf460abcf8513583f7cc108604b9b8f5ad16",
    "NCHS", "ICD-10-CM order files FY2016-FY2027: 16,582 codes and headings with their newest titles",
)  # fmt: skip
SOURCES = (
    sources.MCE, ORDER_FILES, sources.TABULAR_2026, sources.TABULAR_2025, sources.ORDER_2021, *sources.HIERARCHIES, FY2027,
)  # fmt: skip
HEADER = {
    "name": "icd10cm",
    "publisher": "CMS and NCHS",
    "edition": "FY2016-FY2027, MCE v44.0",
    "license": "public domain (US government work)",
    "begins": True,
}
LATE = {"H54512": 20231001}  # printed from FY2024 on, though its code began in FY2018


@cache
def build() -> dict[str, bytes]:
    """Return the table file."""
    table = mce_table("mce_i10dx_master")
    histories = {code: billable(dated) for code, dated in table.codes.items()}
    histories |= {
        code: (*histories.get(code, ()), *days)
        for code, days in heading_days({*printed_headings(), *histories}, histories).items()
    }
    first = min(row.start for rows in histories.values() for row in rows)
    header = {**HEADER, "coverage": [first, table.last]}
    return {"icd10cm": code_table(histories, header, last=table.last)}


def heading_days(
    headings: Iterable[str], histories: Mapping[str, Sequence[Stretch]]
) -> dict[str, tuple[Stretch, ...]]:
    """Return the days on which each heading was one: a code below it billable, and itself not."""
    codes = sorted(histories)
    found = {}
    for heading in sorted(headings):
        first, last = bisect_left(codes, heading), bisect_left(codes, heading + "~")
        below = [row for code in codes[first:last] if code != heading for row in histories[code]]
        days = _without(_union(below), histories.get(heading, ()))
        if days:
            late = LATE.get(heading, 0)
            found[heading] = tuple(Stretch(max(start, late), end, billable=False) for start, end in days)
    return found


@cache
def printed_headings() -> frozenset[str]:
    """Return every code that some release prints as a heading."""
    found = set()
    for source in (sources.TABULAR_2026, sources.TABULAR_2025):
        found |= {code for code, node in tabular.nodes(source).items() if node.has_children or node.seventh}
    found |= {line[6:14].strip() for line in sources.ORDER_2021.text().splitlines() if line[14] == "0"}
    for source in sources.HIERARCHIES:
        found |= {code for code, _, inner in hierarchy(source) if inner}
    found |= {row["code"] for row in fy2027() if row["kind"] == "heading"}
    found |= {row["code"] for row in order_files() if row["leaf_mask"] != row["valid_mask"]}
    return frozenset(found)


@cache
def order_files() -> tuple[dict[str, Any], ...]:
    """Return the rows taken from twelve years of order files; the masks have a bit for each release."""
    with ipc.open_file(ORDER_FILES.data()) as file:
        return tuple(file.read_all().to_pylist())


@cache
def hierarchy(source: Source) -> tuple[tuple[str, str, bool], ...]:
    """Return code, title and whether it has codes below, for each code of one year's hierarchy."""
    return tuple(_nodes(json.loads(source.text())["tree"]))


@cache
def fy2027() -> tuple[dict[str, str], ...]:
    """Return the hand-noted additions of FY2027."""
    lines = [line for line in FY2027.text().splitlines() if not line.startswith("#")]
    return tuple(csv.DictReader(lines, ("code", "kind", "from", "title"), delimiter="\t"))


def _nodes(node: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    children = node.get("children", ())
    if "description" in node:
        yield node["id"].replace(".", ""), node["description"], bool(children)
    for child in children:
        yield from _nodes(child)


def _union(rows: Sequence[Stretch]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for row in sorted(rows):
        if joined and row.start <= _step(joined[-1][1], 1):
            joined[-1] = joined[-1][0], max(joined[-1][1], row.end)
        else:
            joined.append((row.start, row.end))
    return joined


def _without(days: Sequence[tuple[int, int]], taken: Sequence[Stretch]) -> list[tuple[int, int]]:
    left = list(days)
    for row in taken:
        cut = []
        for start, end in left:
            cut += [(start, min(end, _step(row.start, -1))), (max(start, _step(row.end, 1)), end)]
        left = [(start, end) for start, end in cut if start <= end]
    return left


def _step(day: int, days: int) -> int:
    moved = date(day // 10000, day // 100 % 100, day % 100) + timedelta(days=days)
    return moved.year * 10000 + moved.month * 100 + moved.day
