"""Reads the editor's tables from the package `pyoce`, a port of CMS's program with its tables inside.

Only the package's data file is opened; nothing of it is imported. The file is an LMDB database of 48
tables, compressed with xz. A key is the code, or codes, and the first and last version with bars
between; a value is a dictionary written by `marshal`, with False where a number is 0.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import lzma
import marshal
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medcode.codesets import folder
from medcode.codesets.pairs import PairRow
from medcode.edits.oce.flags import (
    DIAGNOSIS_COLUMNS,
    HCPCS_COLUMNS,
    MODIFIER_COLUMNS,
    REVENUE_COLUMNS,
)
from medcode.edits.oce.rows import Row
from medcode.edits.oce.stored import FORMAT, NAME, packed, unpacked
from medcode.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from medcode.edits.oce.stored import Content

    Values = Mapping[str, Any]

__all__ = ["installed"]

PACKAGE = "pyoce"
PLAIN, COMPRESSED = "pyoce.mdb", "pyoce.mdb.xz"
DEVICE_LIST = "1"  # of the lists of device pairs, that of pass-through devices
MOST_TABLES = 100
LARGEST = 1 << 33  # bytes of address space; the file has 321 MB
CHUNK = 1 << 20


def installed() -> Content:
    """Return the tables, from the user's folder if they are there and of this package."""
    path = _data_file()
    source = _hash_of(path)
    for kept in folder.stored(NAME):
        header = folder.header_of(kept)
        if (header.get("source"), header.get("format")) == (source, FORMAT):
            return unpacked(kept.read_bytes())
    data = _read(path, source)
    content = unpacked(data)
    name = folder.file_name(NAME, tuple(content.header["coverage"]))
    with suppress(OSError):  # a folder that cannot be written to: the tables serve all the same, this once
        folder.write(name, data)
    return content


def _data_file() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    for place in spec.submodule_search_locations or () if spec else ():
        for name in (PLAIN, COMPRESSED):
            path = Path(place) / "data" / name
            if path.is_file():
                return path
    raise TableError(f"the tables of the outpatient code editor are not installed: pip install {PACKAGE}")


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _read(path: Path, source: str) -> bytes:
    with _plain(path) as plain:
        database = _Database(plain)
        try:
            versions = [
                (int(key), row["date_started"], row["date_ended"], row["version_id"])
                for key, row in database.rows("version_range")
            ]
            return packed(
                versions,
                {name: _table(database, *place) for name, place in TABLES.items()},
                _ncci(database, {number: (start, end) for number, start, end, _ in versions}),
                source=source,
            )
        finally:
            database.close()


@contextmanager
def _plain(path: Path) -> Iterator[Path]:
    """Yield the database as a file that can be opened, and remove it afterwards if it had to be made."""
    if path.name == PLAIN:
        yield path
        return
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / PLAIN
        try:
            with lzma.LZMAFile(path) as compressed, plain.open("wb") as file:
                shutil.copyfileobj(compressed, file, CHUNK)
        except (lzma.LZMAError, EOFError) as error:
            raise TableError(f"{path}: cannot be unpacked: {error}") from None
        yield plain


class _Database:
    """The open database; the package `lmdb`, which `pyoce` brings along, reads it."""

    def __init__(self, path: Path) -> None:
        try:
            lmdb: Any = importlib.import_module("lmdb")
        except ImportError:
            raise TableError(f"the tables of {PACKAGE} need the package lmdb to be read") from None
        self._environment = lmdb.Environment(
            str(path), subdir=False, readonly=True, lock=False, max_dbs=MOST_TABLES, map_size=LARGEST
        )

    def rows(self, name: str) -> Iterator[tuple[str, Any]]:
        """Yield the keys and values of a table, in the order of the keys."""
        table = self._environment.open_db(name.encode(), create=False)
        with self._environment.begin(db=table) as transaction:
            for key, value in transaction.cursor():
                yield key.decode(), marshal.loads(value)  # noqa: S302  # nosec B302  # the package's own data

    def close(self) -> None:
        """Close the file."""
        self._environment.close()


def _hcpcs(row: Values) -> tuple[Any, ...]:
    numbers = ("lo_age", "hi_age", "mid_quarter_date_edit", "date_approved", "date_terminated")
    flags = f"{_flags(row, HCPCS_COLUMNS):x}"  # hexadecimal: more bits than a number of JSON may have
    about = (flags, row["status_indicator"], row["apc"])
    return (*about, *(int(row[name]) for name in numbers), int(row["ph_duration"]), int(row["iop_duration"]))


def _diagnosis(row: Values) -> tuple[Any, ...]:
    return _flags(row, DIAGNOSIS_COLUMNS), int(row["lo_age"]), int(row["hi_age"])


def _apc(row: Values) -> tuple[Any, ...]:
    numbers = (int(row[name]) for name in ("apc_payment", "comp3_id"))
    return (row["status_indicator"], *numbers, bool(row["capc_srs"]))


def _modifier(row: Values) -> tuple[Any, ...]:
    return _flags(row, MODIFIER_COLUMNS), int(row["date_activated"] or 0)


def _revenue(row: Values) -> tuple[Any, ...]:
    flags = _flags(row, REVENUE_COLUMNS) << len(HCPCS_COLUMNS)
    return f"{flags:x}", row["status_indicator"]


def _flags(row: Values, columns: tuple[str, ...]) -> int:
    return sum(1 << bit for bit, name in enumerate(columns) if row[name])


def _field(name: str) -> Callable[[Values], tuple[Any, ...]]:
    return lambda row: (row[name],)


def _nothing(_row: Values) -> tuple[Any, ...]:
    return ()


def _composite(row: Values) -> tuple[Any, ...] | None:
    return (row["composite_apc"],) if row["list_type"] == "A" else None


def _device_pair(row: Values) -> tuple[Any, ...]:
    return (int(row["date_activated"] or 0),)


TABLES: dict[str, tuple[tuple[str, ...], Callable[[Values], tuple[Any, ...] | None]]] = {
    "hcpcs": (("data_hcpcs",), _hcpcs),
    "diagnosis": (("data_dx10",), _diagnosis),
    "apc": (("data_apc",), _apc),
    "rank": (("data_capc",), lambda row: (int(row["rank"]),)),
    "modifier": (("data_modifier",), _modifier),
    "revenue": (("data_revenue",), _revenue),
    "imaging": (("map_composite",), _composite),
    "off_campus": (("map_s603_override",), _field("apc")),
    "device_pair": (("offset_codepair",), _device_pair),
    "pair:add_on": (("map_addon_type1", "map_addon_type3"), _nothing),
    "pair:drug_administration": (("map_addon_drug_admin",), _nothing),
    "pair:covid_laboratory": (("map_addon_covid_lab",), _nothing),
    "pair:remote_mental_health": (("map_addon_remote_mental_health",), _nothing),
    "pair:software": (("map_addon_saas",), _nothing),
    "pair:device_dependent": (("map_device_procedure",), _nothing),
    "pair:fqhc_visit": (("map_fqhc_visit",), _nothing),
    "pair:imrt": (("map_imrt",), _nothing),
    "pair:modifiers": (("map_modifier_conflict",), _nothing),
    "pair:rhc_modifier": (("map_conflict_rhc",), _nothing),
}
"""For each of our tables: the package's tables, and what to take of a row; None leaves it out."""


def _table(
    database: _Database, names: tuple[str, ...], take: Callable[[Values], tuple[Any, ...] | None]
) -> Iterator[Row]:
    for name in names:
        for key, values in database.rows(name):
            *codes, first, last = key.split("|")
            if name == "offset_codepair":
                of_list, *codes = codes
                if of_list != DEVICE_LIST:
                    continue
            taken = take(values)
            if taken is not None:
                yield Row("|".join(codes), int(first), int(last), taken)


def _ncci(database: _Database, days: Mapping[int, tuple[int, int]]) -> Iterator[PairRow]:
    for column_1, pairs in database.rows("map_ncci"):
        for _, packed_pair in pairs:
            pair = marshal.loads(packed_pair)  # noqa: S302  # nosec B302  # as above
            start, _ = days[pair["lo_version"]]
            _, end = days[pair["hi_version"]]
            yield PairRow(column_1, pair["code2"], str(int(pair["mod_indicator"])), start, end)
