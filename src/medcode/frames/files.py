"""Files and folders of X12 as tables in memory or in Parquet, and what is wrong with their claims."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from medcode import scrubbing
from medcode.errors import X12Error
from medcode.frames.checks import check_tables
from medcode.frames.found import FINDINGS, findings_table, unreadable
from medcode.frames.ranges import Range, ranges_of
from medcode.frames.workers import shared
from medcode.frames.x12 import files_of, joined, read_range, schemas, structure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike
    from typing import Self

    from medcode.frames.tables import Tables
    from medcode.frames.x12 import Batch, Paths

__all__ = ["findings", "read_x12", "write_parquet"]

_GROUP = 8_000_000
"""Bytes of the files that a process is given at once."""

_SHARES = 8
"""How many groups there are for each process, so that none is idle for long at the end."""

_ROW_GROUP = 16_000_000
"""Bytes of a table that are gathered before they are written."""


def read_x12(paths: Paths, jobs: int = 1, *, phi: bool = True) -> dict[str, pa.Table]:
    """Return X12 files (837, 835, 277CA, 277) as tables, by the names of `medcode.frames.TABLES`.

    `paths` is a file, a folder with everything in it, a pattern such as `claims/*.837`, or several of these.
    The table `findings` has what is wrong with the structure of the files, and a row for each file that
    cannot be read. With `phi` False, columns that identify a person are left out. `jobs` processes share the
    files; the rows are in the order of the files all the same. Raises FileNotFoundError for a path that does not exist
    and for a pattern that fits no file, `WorkerError` for a process that died.

    >>> sorted(read_x12([]))[:3]
    ['adjudications', 'adjustments', 'claims']
    """
    options = _Options(phi=phi)
    with TemporaryDirectory(prefix="medcode-") as folder:
        return joined(_batches(files_of(paths), options, jobs, Path(folder)), phi=phi)


def write_parquet(  # noqa: PLR0913  # the public contract
    paths: Paths,
    folder: str | PathLike[str],
    jobs: int = 2,
    *,
    phi: bool = True,
    edits: bool = False,
    progress: Callable[[int, int], object] = lambda *_: None,
) -> dict[str, Path]:
    """Write X12 files as Parquet, a file for each table; return their paths by the names of the tables.

    Takes `paths`, `phi` and `jobs` as `read_x12`, and raises what it raises. With `edits`, the table `findings` is what
    `findings` returns. `progress` is called with the bytes that are done and those there are in all. The files
    are written whole or not at all, and memory does not grow with their number or size.
    """
    files = files_of(paths)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    options = _Options(phi=phi, edits=edits)
    with TemporaryDirectory(prefix=".medcode-", dir=target) as scratch:
        with _Writers(Path(scratch), phi=phi) as writers:
            for batch in _batches(files, options, jobs, Path(scratch), progress):
                writers.add(batch)
        return {name: path.replace(target / path.name) for name, path in writers.paths.items()}


def findings(what: Paths | Tables, jobs: int = 1, *, not_checked: bool = False, **options: Any) -> pa.Table:
    """Return what is wrong with X12 files, or with the claims of tables, as a table.

    Of files it is what `medcode.scrub` finds in each, with a row for each that cannot be read; of tables,
    which are those of `read_x12`, what `medcode.edits.check` does, as of the day on which each set was made. With
    `not_checked`, rules that could not be asked have rows as well. `options` are those of `scrub`, such as
    `select` and `on`. Raises what `read_x12` and `to_claims` raise.

    >>> findings([]).num_rows
    0
    """
    if isinstance(what, Mapping):
        return check_tables(what, not_checked=not_checked, **options)
    work = partial(_scrubbed, options=options, not_checked=not_checked)
    found = shared(work, files_of(what), jobs)
    return pa.concat_tables([FINDINGS.empty_table(), *found])


def _scrubbed(file: Path, options: Mapping[str, Any], *, not_checked: bool) -> pa.Table:
    try:
        report = scrubbing.scrub(file, **options)
    except (OSError, X12Error) as error:
        return findings_table([unreadable(error)], str(file))
    return findings_table([*report.findings, *(report.not_checked if not_checked else ())], str(file))


@attrs.frozen
class _Options:
    """How files are read."""

    phi: bool = True
    edits: bool = False

    def read(self, part: Range) -> Iterator[Batch]:
        """Yield the tables of a file, or a part of one, batch by batch; the first part has the findings of the whole."""
        for batch in read_range(part, phi=self.phi):
            if self.edits and "findings" in batch:
                batch["findings"] = self._findings(Path(part.file))
            yield batch
        if part.is_first:
            yield {"findings": self._findings(Path(part.file))}

    def _findings(self, file: Path) -> pa.Table:
        return _scrubbed(file, {}, not_checked=False) if self.edits else structure_of(file)


def _batches(
    files: list[Path],
    options: _Options,
    jobs: int,
    scratch: Path,
    progress: Callable[[int, int], object] = lambda *_: None,
) -> Iterator[Batch]:
    """Yield the tables of files in their order; several processes write what they read to a folder."""
    total, done = sum(file.stat().st_size for file in files), 0
    limit = min(_GROUP, total // max(1, jobs * _SHARES))
    parts = [part for file in files for part in (ranges_of(file, _GROUP) if jobs > 1 else [Range(str(file))])]
    groups = _groups(parts, limit)
    tasks = [_Task(group, options, scratch / str(number)) for number, group in enumerate(groups)]
    if min(jobs, len(tasks)) <= 1:
        found: Iterator[Iterator[Batch]] = map(_Task.read, tasks)
    else:
        found = map(_stored, shared(_Task.store, tasks, jobs, str))
    for task, batches in zip(tasks, found, strict=True):
        yield from batches
        done += sum(part.size for part in task.parts)
        progress(min(done, total), total)
    progress(total, total)


def _groups(parts: list[Range], limit: int) -> list[tuple[Range, ...]]:
    """Return the parts in groups of about so many bytes, none of which is empty."""
    groups: list[list[Range]] = []
    room = 0
    for part in parts:
        if room <= 0:
            groups.append([])
            room = limit
        groups[-1].append(part)
        room -= part.size
    return [tuple(group) for group in groups]


@attrs.frozen
class _Task:
    """Files and parts of files that one process reads, and the folder for what it has read."""

    parts: tuple[Range, ...]
    options: _Options
    folder: Path

    def __str__(self) -> str:
        """Name the file it is at, as far as that is known: the last that it has noted."""
        noted = self.folder / _AT
        return noted.read_text(encoding="utf-8") if noted.exists() else self.parts[0].file

    def read(self) -> Iterator[Batch]:
        """Yield the tables of the parts."""
        for part in self.parts:
            yield from self.options.read(part)

    def store(self) -> Path:
        """Write the tables to the folder, a file each, and return it."""
        self.folder.mkdir()
        with ExitStack() as opened:
            writers: dict[str, Any] = {}
            for part in self.parts:
                (self.folder / _AT).write_text(part.file, encoding="utf-8")
                for batch in self.options.read(part):
                    for name, table in batch.items():
                        if table.num_rows and name not in writers:
                            path = str(self.folder / f"{name}{_ARROW}")
                            writers[name] = opened.enter_context(pa.ipc.new_stream(path, table.schema))
                        if table.num_rows:
                            writers[name].write_table(table)
        return self.folder


_AT, _ARROW = "at", ".arrow"


def _stored(folder: Path) -> Iterator[Batch]:
    """Yield what a task has stored, and remove it."""
    for path in sorted(folder.glob(f"*{_ARROW}")):
        with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as stream:
            yield {path.name.removesuffix(_ARROW): stream.read_all()}
    rmtree(folder)


class _Writers:
    """The Parquet files of all tables while they are written."""

    def __init__(self, folder: Path, *, phi: bool) -> None:
        self.paths = {name: folder / f"{name}.parquet" for name in schemas(phi=phi)}
        self._opened = ExitStack()
        self._writers = {
            name: self._opened.enter_context(pq.ParquetWriter(self.paths[name], schema))
            for name, schema in schemas(phi=phi).items()
        }
        self._waiting: dict[str, list[pa.Table]] = {name: [] for name in self.paths}

    def add(self, batch: Batch) -> None:
        """Add rows; those of a table are written when they are many."""
        for name, table in batch.items():
            waiting = self._waiting[name]
            waiting.append(table)
            if sum(each.nbytes for each in waiting) >= _ROW_GROUP:
                self._write(name)

    def _write(self, name: str) -> None:
        if waiting := self._waiting[name]:
            self._writers[name].write_table(pa.concat_tables(waiting))
        self._waiting[name] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *error: object) -> None:
        """Write what is left, unless something went wrong, and close the files."""
        if error[0] is None:
            for name in self.paths:
                self._write(name)
        self._opened.close()
