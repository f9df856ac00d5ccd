"""X12 files as tables."""

from __future__ import annotations

from bisect import bisect_right
from glob import glob, has_magic
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

from medcode.claims.model.base import Part
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.text.source import chunks, is_text
from medcode.claims.x12.validate.judge import StructureJudge
from medcode.errors import X12Error
from medcode.findings import Finding
from medcode.frames.found import FINDINGS, findings_table
from medcode.frames.layout import TABLES
from medcode.frames.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.x12.text.lexer import RawSegment

__all__ = ["files_of", "read_x12"]

Paths: TypeAlias = "str | PathLike[str] | Iterable[str | PathLike[str]]"
"""A file, a folder with everything in it, a pattern such as `claims/*.837`, or several of these."""

ROWS = 50_000
"""Rows after which a batch is made."""


def read_x12(paths: Paths, jobs: int = 1, *, phi: bool = True) -> dict[str, pa.Table]:
    """Return X12 files (837, 835, 277CA, 277) as tables, by their names in `medcode.frames.TABLES`.

    The table `findings` has what is wrong with the structure of the files, and a row for each file that
    cannot be read. With `phi` False, columns that identify a person are left out. Raises FileNotFoundError
    for a path that is not there and for a pattern that fits none.

    >>> sorted(read_x12([]))[:3]
    ['adjudications', 'adjustments', 'claims']
    """
    del jobs
    batches = [batch for file in files_of(paths) for batch in read_file(file, phi=phi)]
    return joined(batches, phi=phi)


def schemas(*, phi: bool = True) -> dict[str, pa.Schema]:
    """Return the schema of each table."""
    return {name: table.schema(phi=phi) for name, table in TABLES.items()} | {"findings": FINDINGS}


def joined(batches: Iterable[dict[str, pa.Table]], *, phi: bool) -> dict[str, pa.Table]:
    """Return batches one below the other."""
    parts: dict[str, list[pa.Table]] = {
        name: [schema.empty_table()] for name, schema in schemas(phi=phi).items()
    }
    for batch in batches:
        for name, table in batch.items():
            parts[name].append(table)
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}


def files_of(paths: Paths) -> list[Path]:
    """Return the files of paths, folders and patterns; those of a folder sorted, hidden ones left out."""
    several = [paths] if isinstance(paths, (str, PathLike)) else paths
    return [file for path in several for file in _files(path)]


def _files(path: Any) -> Iterator[Path]:
    if not isinstance(path, (str, PathLike)):
        raise TypeError(f"a path must be a str or a Path, not {type(path).__name__}")
    name = fspath(path)
    if _is_text(name):
        raise ValueError("paths must be names of files, folders or patterns, not X12 text")
    if has_magic(name) and not Path(name).exists():
        found = sorted(glob(name, recursive=True))  # noqa: PTH207  # it takes patterns that begin at the root
        if not found:
            raise FileNotFoundError(f"no file fits {name}")
        for each in found:
            yield from _files(Path(each))
    elif Path(name).is_dir():
        files = (each for each in Path(name).rglob("*") if each.is_file())
        yield from sorted(each for each in files if not _is_hidden(each.relative_to(name)))
    elif Path(name).exists():
        yield Path(name)
    else:
        raise FileNotFoundError(f"no file or folder {name}")


def _is_text(name: str) -> bool:
    """Whether a name is X12 text; an asterisk is of a pattern where no segment ends."""
    return is_text(name.replace("*", "x")) or ("*" in name and "~" in name[1:])


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def read_file(file: Path, *, phi: bool = True) -> Iterator[dict[str, pa.Table]]:
    """Yield the tables of a file batch by batch; what is wrong with it comes with the last."""
    name = str(file)
    rows = Rows(phi=phi)
    judge = _Judge()
    findings: list[Finding] = []
    try:
        for record in Session(build=Part, judge=judge).read(chunks(file)):
            rows.add(record, name, transaction=judge.transaction(record))
            if rows.size >= ROWS:
                yield rows.take()
        findings += judge.take_findings()
    except (OSError, X12Error) as error:
        findings += [*judge.take_findings(), _unreadable(error)]
    yield {**rows.take(), "findings": findings_table(findings, name)}


class _Judge(StructureJudge):
    """The judge of the structure, which also notes where each transaction set begins."""

    def __init__(self) -> None:
        super().__init__()
        self._starts: list[int] = []

    def envelope(self, segment: RawSegment, inside: int) -> None:
        """Check a segment of the envelope."""
        super().envelope(segment, inside)
        if segment.elements and segment.elements[0] == "ST":
            self._starts.append(segment.offset)

    def transaction(self, record: Any) -> int:
        """Return the number of the transaction set that a record was read from, by its place in the text."""
        offset = next(record.origin.marks)[2]
        return bisect_right(self._starts, offset) - 1


def _unreadable(error: OSError | X12Error) -> Finding:
    why = error.strerror if isinstance(error, OSError) else str(error)
    return Finding(
        "FILE", "file-unreadable", f"The file cannot be read: {why or type(error).__name__}.", snip=1
    )
