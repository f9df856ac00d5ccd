"""Loaders: the publishers' files, in their official layouts, built into tables of the user's folder.

One module is one layout. Each file is loaded by the first layout that recognizes it, the plain list
last. Files of the same layout loaded together are one release.
"""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import attrs

from medcode.codesets import CODE_SETS
from medcode.codesets.crosswalk import TABLES as GEM_TABLES
from medcode.codesets.loaders.common import LoadOptions
from medcode.codesets.loaders.faults import LoadError
from medcode.codesets.loaders.input_file import input_files
from medcode.codesets.loaders.least import too_few
from medcode.codesets.ncci import KINDS as NCCI_TABLES
from medcode.codesets.registry import UnknownSet
from medcode.codesets.store import day
from medcode.codesets.succession import TABLE as CONVERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from medcode.codesets.loaders.common import Layout
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["LAYOUTS", "LoadError", "LoadOptions", "load"]

LAYOUTS = (
    "conversion",
    "gems",
    "poa_exempt",
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

PREFERRED = (("icd10_order", "icd10_codes"),)
"""Layouts of one archive that have the same codes, the fuller one first."""

TABLES = (*NCCI_TABLES, "pprrvu", "poa_exempt", *GEM_TABLES, CONVERSIONS)
"""Tables that are not code sets, which --set may name too."""

SIDE_FILES = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (r"(?<=exempt)(add|delet|revis)", "what was added, deleted or revised"),  # POAexemptAddCodes2026.txt
        (r"(?<![a-z])(trans|chang|corr|delet)", "a change report"),
        (r"(?<![a-z])noc(?![a-z])", "a list of NOC codes"),
        (r"(?<![a-z])(layout|record)", "a record layout"),
        (r"(?<![a-z])addend", "an addendum"),
        (r"(?<![a-z])(readme|summary)", "a description"),
        (r"\.(pdf|docx?|html?|rtf)$", "a document"),
    )
)
"""What the files are that come beside a table, by their names."""


SAME = "another file or sheet has the same table"
UNKNOWN = "unknown layout; a plain list needs tabs or commas, and a row of headings with Code and Title"
SHOWN = 10  # files of an archive that an error names


def load(paths: Iterable[str | Path], options: LoadOptions | None = None) -> list[BuiltTable]:
    """Build tables from files. Raises LoadError, with file, line and reason, if any of them is at fault.

    Files of an archive that are not its table are skipped; the first table's `notes` name them. Nothing
    is written: hand the tables to `medcode.codesets.user.add`.
    """
    options = options or LoadOptions()
    if options.set is not None and options.set not in TABLES and options.set not in CODE_SETS:
        raise UnknownSet(options.set, (*CODE_SETS, *TABLES))
    groups: dict[str, list[InputFile]] = {}
    skipped: list[tuple[str, str]] = []
    paths = list(paths)
    for path in map(Path, paths):
        found, left = _recognized(path)
        skipped += left
        for name, files in found.items():
            groups.setdefault(name, []).extend(files)
    built = [made for name in LAYOUTS if name in groups for made in _layout(name).load(groups[name], options)]
    _of_set(built, paths, options.set)
    _distinct(built, paths)
    built = [_noted(made) for made in built]
    notes = tuple(f"skipped {name}: {what}" for name, what in skipped)
    return [attrs.evolve(built[0], notes=(*built[0].notes, *notes)), *built[1:]]


def _noted(made: BuiltTable) -> BuiltTable:
    """Return a table with notes on a last day that nobody states, and on rows that are too few."""
    header = json.loads(made.data.partition(b"\n")[0])
    short = None if header["partial"] else too_few(made.name, made.rows)
    notes = () if short is None else (short,)
    if header["end_assumed"]:
        end = day(made.coverage[1] or 0)
        taken = f"taken as {end}, the end of its publisher's period (--to says otherwise)"
        notes = (f"no last day given: {taken}", *notes)
    return attrs.evolve(made, notes=(*made.notes, *notes))


def _of_set(built: Sequence[BuiltTable], paths: Sequence[str | Path], name: str | None) -> None:
    """Raise LoadError where the user names a table that the files, by their layout, are not."""
    names = [made.name for made in built]
    if name is not None and name not in names:
        reason = f"its layout is that of {' and '.join(dict.fromkeys(names))}, not of {name}"
        raise LoadError(", ".join(map(str, paths)), None, reason)


def _distinct(built: Sequence[BuiltTable], paths: Sequence[str | Path]) -> None:
    """Raise LoadError for two tables of the same name and days: one would take the other's place."""
    seen: set[tuple[object, ...]] = set()
    for made in built:
        if (key := (made.name, made.coverage)) in seen:
            reason = f"several files hold a table {made.name} of the same days: load one of them"
            raise LoadError(", ".join(map(str, paths)), None, reason)
        seen.add(key)


def _recognized(path: Path) -> tuple[dict[str, Sequence[InputFile]], list[tuple[str, str]]]:
    """Return the files of a path by layout, and those of an archive that are left out, each with what it is."""
    files = input_files(path)
    what_of = {file: what for file in files if (what := _side_file(file))}
    groups: dict[str, list[InputFile]] = {}
    for file in files:
        if file not in what_of:
            name = next((name for name in LAYOUTS if _layout(name).recognizes(file)), None)
            groups.setdefault(name or "", []).append(file)
    unknown = groups.pop("", [])
    if not groups:
        raise _no_table(path, files, what_of)
    for better, worse in PREFERRED:
        if better in groups:
            groups.pop(worse, None)
    if len(groups) > 1:
        groups.pop("plain", None)  # beside an official file
    kept = {name: _preferred(found) for name, found in groups.items()}
    what_of |= dict.fromkeys(unknown, "not a table of codes")
    used = {file for found in kept.values() for file in found}
    left = [(file.place, what_of.get(file, SAME)) for file in files if file not in used]
    return kept, left


def _side_file(file: InputFile) -> str | None:
    return next((what for pattern, what in SIDE_FILES if pattern.search(file.own_name)), None)


def _no_table(path: Path, files: Sequence[InputFile], what_of: Mapping[InputFile, str]) -> LoadError:
    """Build the error for a file that is not a table, or for an archive of such files: it names what they are."""
    if not any(file.data.strip() for file in files):
        return LoadError(str(path), None, "the file is empty")
    if len(files) == 1 and files[0] in what_of:
        return files[0].fault(None, f"its name says that it is not a table, but {what_of[files[0]]}")
    if len({file.name for file in files}) == 1:
        return LoadError(str(path), None, UNKNOWN)
    named = [f"{file.own_name} is {what_of.get(file, 'in an unknown layout')}" for file in files]
    shown = "; ".join(named[:SHOWN]) + ("; …" if len(named) > SHOWN else "")
    return LoadError(str(path), None, f"none of the {len(files)} files in it is a table: {shown}")


def _preferred(found: Sequence[InputFile]) -> Sequence[InputFile]:
    """Return the text files of an archive, or its workbooks if there are none, of each the first sheet of its kind."""
    firsts = {file.name: file for file in reversed(found)}
    return [file for file in found if not file.is_spreadsheet] or [*reversed(firsts.values())]


def _layout(name: str) -> Layout:
    return cast("Layout", import_module(f"medcode.codesets.loaders.{name}"))
