"""Builds `hcpcs`: HCPCS Level II codes with short descriptors, valid by quarter.

Taken are codes of a letter and four digits that are CMS's own: neither CPT (whose codes begin with a
digit) nor CDT (the D codes).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tools.build_data import oce
from tools.build_data.earlier_titles import earlier_titles
from tools.build_data.tables import code_table

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCES = (oce.OCE,)
HEADER = {
    "name": "hcpcs",
    "publisher": "CMS",
    "edition": "Level II, IOCE v20.2-v27.1",
    "license": "public domain (US government work)",
}
LEVEL_II = re.compile(r"[A-CE-V][0-9]{4}")


def build() -> dict[str, bytes]:
    """Return the table files: codes, titles and earlier titles."""
    found: defaultdict[str, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
    for code, first, last, row in oce.rows("data_hcpcs"):
        if LEVEL_II.fullmatch(code):
            found[code].append((first, last, row))
    histories = {code: days for code, rows in found.items() if (days := oce.history(rows))}
    titles = {
        code: oce.titles(
            [(first, last, " ".join(row["description"].split())) for first, last, row in found[code]]
        )
        for code in histories
    }
    header = {**HEADER, "coverage": [oce.FIRST, oce.LAST]}
    return {
        "hcpcs": code_table(histories, header, last=oce.LAST),
        "hcpcs_titles": _newest({**HEADER, "name": "hcpcs_titles"}, titles),
        "hcpcs_earlier_titles": earlier_titles(
            {**HEADER, "name": "hcpcs_earlier_titles"},
            ((code, day, title) for code, old in titles.items() for day, title in old[:-1]),
        ),
    }


def _newest(header: Mapping[str, object], titles: Mapping[str, list[tuple[int, str]]]) -> bytes:
    newest = [titles[code][-1][1] for code in sorted(titles)]
    return pack({**header, "coverage": [None, None]}, {"title": newest})
