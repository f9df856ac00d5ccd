"""Writes SOURCES.toml: what each shipped table is, and what it was made from."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from medcode.codesets.store import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tools.build_data.sources import Source

HEAD = """\
# What ships here and what it was made from. Written by `python -m tools.build_data`; do not edit.
"""


def sources_toml(builders: Iterable[str], tables: Mapping[str, Mapping[str, bytes]]) -> str:
    """Return the text of the file."""
    lines = [HEAD]
    for builder in builders:
        sources: tuple[Source, ...] = import_module(f"tools.build_data.{builder}").SOURCES
        for name, data in tables[builder].items():
            lines += _table(name, data)
            for source in sources:
                lines += _source(name, source)
    return "\n".join(lines) + "\n"


def _table(name: str, data: bytes) -> Iterator[str]:
    release = unpack(data, name).release
    yield f"[{name}]"
    yield f'publisher = "{release.publisher}"'
    yield f'release = "{release.edition}"'
    if release.start:
        yield f"start = {release.start}"
    if release.end:
        yield f"end = {release.end}"
    yield f"rows = {release.rows}"
    yield f'sha256 = "{release.sha256}"'
    yield f'license = "{release.license}"'
    yield ""


def _source(table: str, source: Source) -> Iterator[str]:
    place = f"{source.package} {source.version}" if source.package else "tools/build_data"
    yield f"  [[{table}.source]]"
    yield f'  holds = "{source.holds}"'
    yield f'  publisher = "{source.publisher}"'
    yield f'  package = "{place}"'
    yield f'  file = "{source.file}"'
    yield f'  sha256 = "{source.sha256}"'
    yield f'  license = "{source.license}"'
    yield ""
