"""Where a ledger keeps what it was given: an SQLite database, in memory or in a file.

What was sent and answered is kept as text, word for word. Each source is added in one transaction, so a process that is
killed leaves all of it or nothing, and two processes that add to one file take turns.
"""

from __future__ import annotations

import json
import os
import sqlite3
import weakref
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.ledger.reading import SetHead
from medcode.claims.x12.text.source import is_text
from medcode.errors import MedcodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from medcode.claims.ledger.matching import Match

__all__ = ["LedgerError", "Store", "iso", "key_of", "tied"]

_APPLICATION = 0x6D636C67  # "mclg"
_VERSION = 2
_PATIENCE = 60.0
"""Seconds to wait for another process that is adding."""

_SCHEMA = """
CREATE TABLE heads (id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, data TEXT NOT NULL);
CREATE TABLE batches (
    id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, head_id INTEGER NOT NULL REFERENCES heads,
    interchange TEXT NOT NULL, interchange_date TEXT NOT NULL, interchange_time TEXT NOT NULL,
    sender TEXT NOT NULL, receiver TEXT NOT NULL,
    group_number TEXT NOT NULL, set_number TEXT NOT NULL, reference TEXT NOT NULL, sent_on TEXT);
CREATE INDEX batches_by_group ON batches (group_number, set_number);
CREATE INDEX batches_by_interchange ON batches (interchange);
CREATE TABLE entries (id INTEGER PRIMARY KEY, number TEXT NOT NULL, folded TEXT);
CREATE INDEX entries_by_number ON entries (number);
CREATE TABLE submissions (
    id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, signature BLOB NOT NULL, entry_id INTEGER NOT NULL REFERENCES entries,
    batch_id INTEGER REFERENCES batches, head_id INTEGER NOT NULL REFERENCES heads, number TEXT NOT NULL, folded TEXT,
    payer_number TEXT, charge TEXT, first_day TEXT, last_day TEXT, member TEXT, name TEXT, npi TEXT, payer TEXT,
    rank TEXT NOT NULL, frequency TEXT NOT NULL, sent_on TEXT, text TEXT NOT NULL, positions TEXT NOT NULL,
    source TEXT NOT NULL);
CREATE INDEX submissions_by_number ON submissions (folded, member);
CREATE INDEX submissions_by_number_and_name ON submissions (folded, name);
CREATE INDEX submissions_by_entry ON submissions (entry_id);
CREATE INDEX submissions_by_batch ON submissions (batch_id);
CREATE INDEX submissions_by_signature ON submissions (signature);
CREATE INDEX submissions_by_member ON submissions (member);
CREATE TABLE answers (
    id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, kind TEXT NOT NULL, event TEXT NOT NULL, head_id INTEGER REFERENCES heads,
    text TEXT NOT NULL, source TEXT NOT NULL, made_on TEXT, rank INTEGER NOT NULL, payer_number TEXT, data TEXT NOT NULL,
    entry_id INTEGER REFERENCES entries, submission_id INTEGER REFERENCES submissions, batch_id INTEGER REFERENCES batches,
    match TEXT NOT NULL, differences TEXT NOT NULL, candidates TEXT NOT NULL, why TEXT NOT NULL);
CREATE INDEX answers_by_entry ON answers (entry_id);
CREATE INDEX answers_by_batch ON answers (batch_id);
CREATE INDEX answers_by_payer_number ON answers (payer_number) WHERE payer_number IS NOT NULL;
CREATE INDEX answers_unmatched ON answers (id) WHERE entry_id IS NULL AND batch_id IS NULL;
CREATE TABLE payments (
    id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, head_id INTEGER NOT NULL REFERENCES heads, text TEXT NOT NULL,
    source TEXT NOT NULL, made_on TEXT, amount TEXT NOT NULL, adjusted TEXT NOT NULL);
"""


class LedgerError(MedcodeError):
    """A file is no ledger of this version, or cannot be used as one."""


def key_of(*parts: object) -> bytes:
    """Return a short key of texts and numbers by which equal ones are known again."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Store:
    """The tables of a ledger; `path` None keeps them in memory."""

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        if isinstance(path, str) and is_text(path):
            raise LedgerError("the path of a ledger must be the name of a file, not X12 text")
        if path is not None:
            with suppress(FileExistsError):  # a new file is for this user alone: it holds patients' data
                os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        name = ":memory:" if path is None else str(Path(path))
        self._heads: dict[int, SetHead] = {}
        self._known: dict[bytes, int] = {}
        try:
            self._base = sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None)
            weakref.finalize(self, self._base.close)  # a ledger that nobody closed
            self._base.row_factory = sqlite3.Row
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"the file cannot be used as a ledger: {error}") from None

    def _prepare(self) -> None:
        with self.transaction():
            (kind,), (version,) = (
                self.row(f"PRAGMA {name}") or (0,) for name in ("application_id", "user_version")
            )
            if not kind and not self.row("SELECT 1 FROM sqlite_master"):
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    self._base.execute(statement)
                self._base.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._base.execute(f"PRAGMA user_version = {_VERSION}")
            elif (kind, version) != (_APPLICATION, _VERSION):
                raise LedgerError("the file is a database, but no ledger of this version of medcode")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one transaction: all of it or nothing, and no other process writes meanwhile."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            self._known.clear()
            self._heads.clear()
            raise
        self._base.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def rows(self, query: str, *values: object) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query."""
        yield from self._base.execute(query, values)

    def row(self, query: str, *values: object) -> Any:
        """Return the first row of a query, or None."""
        return self._base.execute(query, values).fetchone()

    def insert(self, table: str, **values: object) -> int | None:
        """Add a row; return its id, or None where a row of the same key is there already."""
        marks = ", ".join("?" * len(values))
        query = f"INSERT OR IGNORE INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608  # nosec B608  # our own names
        cursor = self._base.execute(query, tuple(values.values()))
        return cursor.lastrowid if cursor.rowcount else None

    def update(self, table: str, id_: int, **values: object) -> None:
        """Change a row."""
        names = ", ".join(f"{name} = ?" for name in values)
        self._base.execute(f"UPDATE {table} SET {names} WHERE id = ?", (*values.values(), id_))  # noqa: S608  # nosec B608  # our own names

    def delete(self, table: str, key: bytes) -> bool:
        """Remove the row of a key; return whether there was one."""
        return bool(self._base.execute(f"DELETE FROM {table} WHERE key = ?", (key,)).rowcount)  # noqa: S608  # nosec B608  # our own names

    def keep_head(self, head: SetHead) -> int:
        """Return the id of the head of a transaction set, which is kept once."""
        key = key_of(head.envelope, head.text)
        if key not in self._known:
            self.insert("heads", key=key, data=json.dumps(attrs.asdict(head)))
            self._known[key] = self.row("SELECT id FROM heads WHERE key = ?", key)["id"]
        return self._known[key]

    def head(self, id_: int) -> SetHead:
        """Return a head that was kept."""
        if id_ not in self._heads:
            data = json.loads(self.row("SELECT data FROM heads WHERE id = ?", id_)["data"])
            for name in ("isa", "gs", "st"):
                data[name] = tuple(data[name])
            self._heads[id_] = SetHead(**data)
        return self._heads[id_]

    def among(self, query: str, values: Iterable[object]) -> list[sqlite3.Row]:
        """Return the rows of a query for each of some values, one query for each."""
        return [row for value in values for row in self.rows(query, value)]


def iso(day: date | None) -> str | None:
    """Return a day as it is stored."""
    return day.isoformat() if day else None


def tied(
    how: Match, *, entry: int | None = None, submission: int | None = None, batch: int | None = None
) -> dict[str, Any]:
    """Return the columns of an answer that tie it to its claim or its batch."""
    return {
        "entry_id": entry, "submission_id": submission, "batch_id": batch, "match": how.kind,
        "differences": json.dumps(how.differences), "candidates": json.dumps(how.candidates), "why": how.why,
    }  # fmt: skip
