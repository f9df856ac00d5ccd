"""What every test stands on: one today, one place of the reference data, one set of profiles.

`pytest --hypothesis-profile=nightly` takes another profile than `fast`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from tests.frozen import sitecustomize as frozen
from tests.frozen.sitecustomize import freeze

from medcode.codesets import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

# The same examples on every run, but for the profile that looks for new ones.
for name, examples in {"fast": 25, "short": 60, "nightly": 5_000}.items():
    settings.register_profile(name, max_examples=examples, deadline=None, derandomize=name != "nightly")
settings.load_profile("fast")


def pytest_configure() -> None:
    """Stop the clock before any test module is imported, here and in every process that a test starts."""
    freeze(clock)
    folders = (str(Path(frozen.__file__).parent), os.environ.get("PYTHONPATH"))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, folders))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse names of tests that differ in every process: workers that run them together must agree."""
    if wrong := [item.nodeid for item in items if " at 0x" in item.nodeid]:
        raise pytest.UsageError(f"tests named after the address of an object: {', '.join(wrong[:3])}")


@pytest.fixture(autouse=True, scope="session")
def no_releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees the releases of whoever runs it; one that adds some has a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MEDCODE_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def small_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tables of a few rows pass for whole ones when they are loaded."""
    monkeypatch.setattr("medcode.codesets.loaders.common.SHORTEST_SHARE", 0)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout: for tests of examples, documents and the project itself."""
    return ROOT


@pytest.fixture(scope="session")
def reference() -> Path:
    """The reference data: official tables, sample files and claims that the project may not hold."""
    path = Path(os.environ.get("MEDCODE_REFERENCE_DATA") or ROOT.parent / "shared")
    if not (path / "samples").is_dir():
        pytest.skip(f"no reference data at {path}; set MEDCODE_REFERENCE_DATA to its folder")
    return path
