"""Loaders: the publishers' files, in their official layouts, built into tables of the user's folder.

One module is one layout. Each file is loaded by the first layout that recognizes it, the plain list
last. Files of the same layout loaded together are one release.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from medcode.codesets.loaders.common import LoadOptions
from medcode.codesets.loaders.faults import LoadError
from medcode.codesets.loaders.input_file import input_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from medcode.codesets.loaders.common import Layout
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["LAYOUTS", "LoadError", "LoadOptions", "load"]

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


def load(paths: Iterable[str | Path], options: LoadOptions | None = None) -> list[BuiltTable]:
    """Build tables from files. Raises LoadError, with file, line and reason, if any of them is at fault.

    Nothing is written: hand the tables to `medcode.codesets.user.add`.
    """
    groups: dict[str, list[InputFile]] = {}
    for path in map(Path, paths):
        for name, found in _recognized(path).items():
            groups.setdefault(name, []).extend(found)
    options = options or LoadOptions()
    return [made for name in LAYOUTS if name in groups for made in _layout(name).load(groups[name], options)]


def _recognized(path: Path) -> dict[str, Sequence[InputFile]]:
    """Return the files of a path by layout; files of an archive that no layout recognizes are left out."""
    groups: dict[str, list[InputFile]] = {}
    for file in input_files(path):
        if name := next((name for name in LAYOUTS if _layout(name).recognizes(file)), None):
            groups.setdefault(name, []).append(file)
    if not groups:
        raise LoadError(
            str(path), None, "unknown layout; a plain list needs a row of headings with Code and Title"
        )
    return {name: _preferred(found) for name, found in groups.items()}


def _preferred(found: Sequence[InputFile]) -> Sequence[InputFile]:
    """Return the text files of an archive, or its workbooks if there are none."""
    return [file for file in found if not file.is_spreadsheet] or found


def _layout(name: str) -> Layout:
    return cast("Layout", import_module(f"medcode.codesets.loaders.{name}"))
