"""Run the builders: `python -m tools.build_data [NAME…]`; without names, all of them."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tools.build_data.sources_toml import sources_toml

import medcode.codesets
from medcode.codesets.store import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

BUILDERS = (
    "adjustment_group",
    "country",
    "discharge_status",
    "drg",
    "gems",
    "hcpcs",
    "icd10cm",
    "icd10cm_notes",
    "icd10cm_successors",
    "icd10cm_titles",
    "icd10pcs",
    "icd10pcs_titles",
    "icd9cm",
    "modifiers",
    "place_of_service",
    "states",
    "search",  # last: it reads the tables that the others write
)
DATA = Path(medcode.codesets.__file__).parent / "data"


def main(names: Sequence[str]) -> None:
    """Build and write the files of some builders, one after the other; with all of them, SOURCES.toml too."""
    tables = {}
    for name in names or BUILDERS:
        tables[name] = import_module(f"tools.build_data.{name}").build()
        for table, data in tables[name].items():
            write(table + SUFFIX, data)
    if tables.keys() == set(BUILDERS):
        write("SOURCES.toml", sources_toml(BUILDERS, tables).encode())


def write(name: str, data: bytes) -> None:
    """Write a file of the data directory, and name it."""
    (DATA / name).write_bytes(data)
    print(f"{name}: {len(data):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
