"""The bill of materials of a wheel says what the wheel says of itself."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from pathlib import Path

METADATA = """\
Metadata-Version: 2.4
Name: toy
Version: 1.2
Summary: A toy.
License-Expression: Apache-2.0
Requires-Dist: attrs>=24.2
Requires-Dist: Py_YAML>=6; extra == 'yaml'
Requires-Dist: numpy>=2; extra == 'frames'
Requires-Dist: numpy; python_version < '3.12'
Requires-Dist: toy[frames]; extra == 'polars'

Long text.
"""
TABLES = """
[country]
publisher = "ISO"
release = "2024"
sha256 = "ab"
license = "facts"
"""


@pytest.fixture
def wheel(root: Path, tmp_path: Path) -> Path:
    if not (root / "tools/sbom.py").exists():
        pytest.skip("only a checkout has it")
    path = tmp_path / "toy-1.2-py3-none-any.whl"
    with ZipFile(path, "w") as archive:
        archive.writestr("toy-1.2.dist-info/METADATA", METADATA)
        archive.writestr("medcode/codesets/data/SOURCES.toml", TABLES)
    return path


def test_each_requirement_and_each_table_is_a_component(wheel: Path) -> None:
    from tools.sbom import write

    path = write(wheel)
    assert path.name == "toy-1.2-py3-none-any.cdx.json"
    text = path.read_text(encoding="utf-8")
    found = json.loads(text)
    about = found["metadata"]["component"]
    assert (about["purl"], about["licenses"]) == ("pkg:pypi/toy@1.2", [{"expression": "Apache-2.0"}])
    assert about["hashes"][0]["content"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert [(each["name"], each.get("scope")) for each in found["components"]] == [
        ("attrs", "required"),
        ("numpy", "required"),
        ("py-yaml", "optional"),
        ("country", None),
    ]
    table = found["components"][-1]
    assert (table["type"], table["publisher"], table["hashes"][0]["content"]) == ("data", "ISO", "ab")
    references = {each["bom-ref"] for each in (about, *found["components"])}
    assert {each["ref"] for each in found["dependencies"]} <= references
    assert len(references) == 1 + len(found["components"])
    assert write(wheel).read_text(encoding="utf-8") == text


def test_a_line_that_is_no_requirement_is_named(wheel: Path) -> None:
    from tools.sbom import bill

    with ZipFile(wheel, "w") as archive:
        archive.writestr("toy-1.2.dist-info/METADATA", METADATA.replace("attrs>", "?>"))
        archive.writestr("medcode/codesets/data/SOURCES.toml", TABLES)
    with pytest.raises(ValueError, match="not a requirement"):
        bill(wheel)
