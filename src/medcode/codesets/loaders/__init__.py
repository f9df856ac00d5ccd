"""Loaders: the files of the publishers, in their real layouts, made into tables of the user's folder.

One module is one layout. A file is offered to each in turn, the plain list last; the first that
recognises it loads it. Files that are loaded at once and have the same layout are one release.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from medcode.codesets.loaders.common import Told
from medcode.codesets.loaders.faults import LoadError
from medcode.codesets.loaders.source import sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medcode.codesets.loaders.common import Layout
    from medcode.codesets.loaders.source import Source
    from medcode.codesets.user import Made

__all__ = ["LAYOUTS", "LoadError", "Told", "load"]

LAYOUTS = (
    "icd10_order",
    "icd10_codes",
    "icd10cm_tabular",
    "icd10pcs_tables",
    "hcpcs_anweb",
    "ptp",
    "mue",
    "add_on",
    "pprrvu",
    "nucc",
    "fda_ndc",
    "plain",
)


def load(paths: Iterable[str | Path], told: Told | None = None) -> list[Made]:
    """Make tables of files; LoadError, with file, line and reason, if any of them is not as it should be.

    Nothing is written: hand the tables to `medcode.codesets.user.add`.
    """
    groups: dict[str, list[Source]] = {}
    for path in map(Path, paths):
        for name, found in _recognised(path).items():
            groups.setdefault(name, []).extend(found)
    told = told or Told()
    return [made for name in LAYOUTS if name in groups for made in _layout(name).load(groups[name], told)]


def _recognised(path: Path) -> dict[str, Sequence[Source]]:
    """Give the files of a path by layout; of an archive, what no layout recognises is left aside."""
    groups: dict[str, list[Source]] = {}
    for source in sources(path):
        if name := next((name for name in LAYOUTS if _layout(name).recognises(source)), None):
            groups.setdefault(name, []).append(source)
    if not groups:
        raise LoadError(
            str(path), None, "its layout is none of those known; a list needs headings, code first"
        )
    return {name: _preferred(found) for name, found in groups.items()}


def _preferred(found: Sequence[Source]) -> Sequence[Source]:
    """Leave out the workbooks of an archive that holds the same as text."""
    return [source for source in found if not source.is_spreadsheet] or found


def _layout(name: str) -> Layout:
    return cast("Layout", import_module(f"medcode.codesets.loaders.{name}"))
