"""X12 files as tables: read one by one, in batches, so that memory does not grow with a file."""

from __future__ import annotations

from bisect import bisect_right
from collections import ChainMap
from datetime import date
from glob import glob, has_magic
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

from medcode.claims import x12
from medcode.claims.model.base import Part
from medcode.claims.x12.guides import convention_of
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.text.envelope import Envelope
from medcode.claims.x12.text.placing import placed
from medcode.claims.x12.text.source import chunks, is_text
from medcode.claims.x12.text.spelling import END, parted
from medcode.claims.x12.validate.judge import StructureJudge
from medcode.claims.x12.validate.segments import SetChecker
from medcode.errors import X12Error
from medcode.frames.found import FINDINGS, findings_table, unreadable
from medcode.frames.layout import TABLES
from medcode.frames.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medcode.claims.x12.parse.cache import MatchedSegment
    from medcode.claims.x12.parse.walker import Walker
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.text.source import Source
    from medcode.claims.x12.validate.neighbors import Neighbors
    from medcode.findings import Finding
    from medcode.frames.ranges import Range

__all__ = [
    "Batch",
    "Paths",
    "empty",
    "files_of",
    "joined",
    "read_range",
    "read_source",
    "schemas",
]

Paths: TypeAlias = "str | PathLike[str] | Iterable[str | PathLike[str]]"
"""A file, a folder with everything in it, a pattern such as `claims/*.837`, or several of these."""

Batch: TypeAlias = dict[str, pa.Table]
"""Tables by their names, each with some of the rows."""

ROWS = 50_000
"""Rows after which a batch is made."""

Frame: TypeAlias = "dict[str, RawSegment]"
"""Segments around a set by their ids."""

_SECOND, _GS08 = 2, 8


def schemas(*, phi: bool = True) -> dict[str, pa.Schema]:
    """Return the schema of each table."""
    return {name: table.schema(phi=phi) for name, table in TABLES.items()} | {"findings": FINDINGS}


def empty(*, phi: bool = True) -> Batch:
    """Return every table without a row."""
    return {name: schema.empty_table() for name, schema in schemas(phi=phi).items()}


def joined(batches: Iterable[Batch], *, phi: bool = True) -> Batch:
    """Return batches one below the other."""
    parts = {name: [table] for name, table in empty(phi=phi).items()}
    for batch in batches:
        for name, table in batch.items():
            parts[name].append(table)
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}


def files_of(paths: Paths) -> list[Path]:
    """Return the files of paths, folders and patterns, each once; those of a folder sorted, hidden ones left out.

    Raises FileNotFoundError for a path that does not exist and for a pattern that fits no file, which names a Path
    and counts a str; ValueError for X12 text, TypeError for what is no path.
    """
    is_one = isinstance(paths, (str, bytes, bytearray, memoryview, PathLike)) or hasattr(paths, "read")
    several: Any = [paths] if is_one else paths
    return list(
        dict.fromkeys(file for number, path in enumerate(several, 1) for file in _files(path, number))
    )


def _files(path: Any, number: int) -> Iterator[Path]:
    if not isinstance(path, (str, PathLike)):
        raise TypeError(f"a path must be a str or a Path, not {type(path).__name__}")
    name = fspath(path)
    shown = f"path {number}" if isinstance(path, str) else name  # a str may be text that looks like a name
    if _is_text(name):
        raise ValueError("paths must be names of files, folders or patterns, not X12 text")
    if has_magic(name) and not Path(name).exists():
        found = sorted(glob(name, recursive=True))  # noqa: PTH207  # it takes patterns that begin at the root
        if not found:
            raise FileNotFoundError(f"no file fits the pattern ({shown})")
        for each in found:
            yield from _files(Path(each), number)
    elif Path(name).is_dir():
        files = (each for each in Path(name).rglob("*") if each.is_file())
        yield from sorted(each for each in files if not _is_hidden(each.relative_to(name)))
    elif Path(name).exists():
        yield Path(name)
    else:
        raise FileNotFoundError(f"no such file or folder: {shown}")


def _is_text(name: str) -> bool:
    """Whether a name is X12 text; an asterisk is of a pattern where no segment ends."""
    return is_text(name.replace("*", "x")) or ("*" in name and "~" in name[1:])


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def read_range(part: Range, *, phi: bool = True) -> Iterator[Batch]:
    """Yield the tables of a part of a file batch by batch; only a whole file has findings."""
    if part.is_whole:
        yield from read_source(Path(part.file), part.file, phi=phi)
    else:
        for batch in read_source(part.text(), part.file, phi=phi, before=part.before):
            yield {name: table for name, table in batch.items() if name != "findings"}


def read_source(
    source: Source, file: str, *, phi: bool = True, before: Mapping[str, int] | None = None
) -> Iterator[Batch]:
    """Yield the tables of a source, which bears the name `file`, batch by batch.

    `before` has how many sets and records of the file come before its first.
    """
    before = before or {}
    sets_before = before.get("transaction", 0)
    rows = Rows(phi=phi, before=before)
    judge = _Judge()
    session = judge.session = Session(build=Part, judge=judge)
    findings: list[Finding] = []
    try:
        text = chunks(source)
        for record in session.read(text):
            rows.add(record, file, transaction=sets_before + judge.transaction(record))
            if rows.size >= ROWS:
                yield rows.take()
        judge.encoding(text.latin1_from)
        found = judge.take_findings()
        (findings[:],) = placed([found], source) if found else ((),)  # type: ignore[arg-type]  # read again
    except (OSError, X12Error) as error:
        findings += [*judge.take_findings(), unreadable(error)]
    for number, each in enumerate(judge.sets, sets_before + 1):
        envelope = each.envelope()
        about = {
            "guide": each.guide,
            "made_on": each.made_on(envelope),
            "acknowledgments": each.acknowledgments,
        }
        around = {name: at + before.get(name, 0) for name, at in each.around.items() if each.frames[name]}
        rows.add_transaction(file, number, envelope, **about, **around)
    yield {**rows.take(), "findings": findings_table(findings, file)}


def structure_of(file: Path) -> pa.Table:
    """Return what is wrong with the structure of a file, as a table."""
    try:
        found = x12.validate(file).findings
        (findings,) = placed([found], file)
    except (OSError, X12Error) as error:
        findings = (unreadable(error),)
    return findings_table(findings, str(file))


class _Set:
    """A transaction set: the segments around it by their ids, the numbers of its group and interchange, and its header."""

    def __init__(self, st: RawSegment, group: Frame, interchange: Frame, last: _Set | None) -> None:
        self.own: Frame = {"ST": st}
        self._frame = ChainMap(self.own, group, interchange)
        self.frames = {"interchange": interchange, "group": group}
        self.around: dict[str, int] = {
            name: (last.around[name] if last else 0) + (not last or frame is not last.frames[name])
            for name, frame in self.frames.items()
        }
        self.acknowledgments: list[str] = []
        self.offset = st.offset
        self.head: Part | None = None

    @property
    def guide(self) -> str | None:
        """The guide that the set or its group names."""
        gs = self._frame.get("GS")
        named = gs.elements[_GS08] if gs and len(gs.elements) > _GS08 else ""
        return convention_of(self.own["ST"].elements, named) or None

    def envelope(self) -> Envelope | None:
        """Return the envelope; None if it is not whole."""
        try:
            return Envelope.of_frame(self._frame, self.head)
        except X12Error:
            return None

    def made_on(self, envelope: Envelope | None) -> date | None:
        """Return the day on which the set was made, by its header, else by its group."""
        created = getattr(self.head, "created_date", None)
        if isinstance(created, date):
            return created
        return envelope.group_created.date() if envelope and envelope.group_created else None


class _Judge(StructureJudge):
    """The judge of the structure, which also keeps what is around each transaction set."""

    session: Session

    def __init__(self) -> None:
        super().__init__()
        self.sets: list[_Set] = []
        self._last: _Set | None = None
        self._open: _Set | None = None
        self._group: Frame = {}
        self._interchange: Frame = {}
        self._acknowledgments: list[str] = []

    def envelope(self, segment: RawSegment, inside: int) -> None:
        """Check a segment of the envelope."""
        super().envelope(segment, inside)
        id_ = segment.elements[0] if segment.elements else END
        if id_ == "ISA":
            end, header = parted(segment)
            if self._interchange:
                self._interchange[END], segment = end, header
            self._group, self._interchange, self._acknowledgments = {}, {id_: segment}, []
        elif id_ == "GS":
            self._group = {id_: segment}
        elif id_ == "ST":
            self._last = _Set(segment, self._group, self._interchange, self.sets[-1] if self.sets else None)
            self._last.acknowledgments = self._acknowledgments
            self.sets.append(self._last)
        elif id_ == "GE":
            self._group[id_] = segment
        elif id_ == "IEA":
            self._interchange |= {
                id_: segment,
                END: segment._replace(text=""),
            }  # until anything comes after it
        elif id_ == END:
            self._interchange[id_] = segment
        elif id_ == "SE" and self.sets:
            self.sets[-1].own[id_] = segment

    def checker(self, walker: Walker) -> SetChecker:
        """Return the checker of a set, which keeps its BHT."""
        return _Checker(walker, self._units, self._open.own if self._open else {}, self._acknowledgments)

    def begin(self, walker: Walker) -> SetChecker | Neighbors:
        """Return the checker of a set that begins."""
        self._open, self._last = self._last, None  # a TA1 is judged like a set, but has no ST
        return super().begin(walker)

    def end(self) -> None:
        """End the set that is open, perhaps because the next has begun."""
        super().end()
        self._note()

    def finish(self, offset: int, *, terminated: bool) -> None:
        """Check what is still open where the text ends."""
        if self._set:
            self._note()
        super().finish(offset, terminated=terminated)

    def _note(self) -> None:
        if self._open:
            self._open.head = self.session.header

    def transaction(self, record: Any) -> int:
        """Return the number, from 1, of the transaction set that a record was read from, by its place in the text."""
        offset = next(record.origin.marks)[2]
        return bisect_right(self.sets, offset, key=_offset)


class _Checker(SetChecker):
    """The checker of a set, which keeps the segment after its ST, and a TA1, which is a set of one segment."""

    def __init__(self, walker: Walker, first_unit: int, frame: Frame, acknowledgments: list[str]) -> None:
        super().__init__(walker, first_unit)
        self._frame = frame
        self._acknowledgments = acknowledgments

    def accept(self, matched: MatchedSegment, offset: int, position: int) -> None:
        """Check the next segment."""
        if matched.segment.elements[0] == "TA1":
            self._acknowledgments.append(matched.segment.text)
        if position == _SECOND:
            self._frame[matched.segment.elements[0]] = matched.segment
        super().accept(matched, offset, position)


def _offset(each: _Set) -> int:
    return each.offset
