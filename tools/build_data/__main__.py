"""Run the builders: `python -m tools.build_data [NAME…]`; without names, all of them."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import medcode.codesets
from medcode.codesets.store import SUFFIX

BUILDERS = ("icd10cm", "icd10pcs", "place_of_service")
DATA = Path(medcode.codesets.__file__).parent / "data"


def main(names: list[str]) -> None:
    """Build and write the tables."""
    for name in names or BUILDERS:
        builder = import_module(f"tools.build_data.{name}")
        for table, data in builder.build().items():
            (DATA / f"{table}{SUFFIX}").write_bytes(data)
            print(f"{table}: {len(data):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
