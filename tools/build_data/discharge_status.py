"""Builds `discharge_status`: the patient discharge statuses that the Medicare Code Editor accepts."""

from __future__ import annotations

import struct
from collections import defaultdict

from tools.build_data import sources
from tools.build_data.mce import entry
from tools.build_data.tables import Stretch, code_table

SOURCES = (sources.MCE,)
HEAD = struct.Struct("<4xI")
ROWS, ROW = 32, struct.Struct("<iii")  # status, first day, last day
HEADER = {
    "name": "discharge_status",
    "publisher": "CMS",
    "edition": "MCE v44.0",
    "license": "public domain (US government work)",
}


def build() -> dict[str, bytes]:
    """Return the table file."""
    data = entry("mce_discharge_status")
    (count,) = HEAD.unpack_from(data)
    histories: defaultdict[str, list[Stretch]] = defaultdict(list)
    for row in range(count):
        status, start, end = ROW.unpack_from(data, ROWS + ROW.size * row)
        histories[f"{status:02}"].append(Stretch(start, end, billable=True))
    days = [row for rows in histories.values() for row in rows]
    first, last = min(row.start for row in days), max(row.end for row in days)
    header = {**HEADER, "coverage": [first, last]}
    return {"discharge_status": code_table(histories, header, last=last)}
