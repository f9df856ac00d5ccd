"""Write what a wheel holds and needs as CycloneDX, a software bill of materials, beside it.

usage: python -m tools.sbom WHEEL

The components are the requirements of the wheel, those of extras optional, and the tables that it ships, each with
publisher, license and hash. The same wheel gives the same bytes. `nox -s build` runs it, and validates the result.

Source: CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json/
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
import uuid
from email.parser import Parser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

__all__ = ["bill", "write"]

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/")
REQUIREMENT = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?\s*([^;]*?)\s*(?:;\s*(.*))?")
SOURCES = "medcode/codesets/data/SOURCES.toml"


def bill(wheel: Path) -> dict[str, Any]:
    """Return the bill of materials of a wheel."""
    with ZipFile(wheel) as archive:
        about = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(about).decode())
        tables = tomllib.loads(archive.read(SOURCES).decode())
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    itself = f"pkg:pypi/{metadata['Name']}@{metadata['Version']}"
    libraries = list(requirements(metadata))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": itself,
                "name": metadata["Name"],
                "version": metadata["Version"],
                "description": metadata["Summary"],
                "purl": itself,
                "licenses": [{"expression": metadata["License-Expression"]}],
                "hashes": [{"alg": "SHA-256", "content": digest}],
            }
        },
        "components": [*libraries, *(table(name, of) for name, of in sorted(tables.items()))],
        "dependencies": [
            {"ref": itself, "dependsOn": [library["bom-ref"] for library in libraries]},
            *({"ref": library["bom-ref"]} for library in libraries),
        ],
    }


def requirements(metadata: Message) -> Iterator[dict[str, Any]]:
    """Yield a component for each distribution that is required, or that an extra requires."""
    needed: dict[str, list[tuple[str, str]]] = {}
    for line in metadata.get_all("Requires-Dist", []):
        found = REQUIREMENT.fullmatch(line)
        if found is None:
            raise ValueError(f"not a requirement: {line}")
        name = re.sub(r"[-_.]+", "-", found[1]).lower()
        if name != metadata["Name"]:  # an extra that holds another one
            needed.setdefault(name, []).append((found[2], found[3] or ""))
    for name, asked in sorted(needed.items()):
        yield {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}",
            "name": name,
            "purl": f"pkg:pypi/{name}",
            "scope": "optional" if all("extra ==" in marker for _, marker in asked) else "required",
            "properties": [
                {"name": "medcode:requires", "value": "; ".join(filter(None, each))} for each in asked
            ],
        }


def table(name: str, about: dict[str, Any]) -> dict[str, Any]:
    """Return the component of a table that the wheel ships."""
    return {
        "type": "data",
        "bom-ref": f"table:{name}",
        "name": name,
        "version": str(about["release"]),
        "publisher": about["publisher"],
        "licenses": [{"license": {"name": about["license"]}}],
        "hashes": [{"alg": "SHA-256", "content": about["sha256"]}],
    }


def write(wheel: Path) -> Path:
    """Write the bill of a wheel beside it, and return its path."""
    path = wheel.with_suffix(".cdx.json")
    path.write_text(json.dumps(bill(wheel), indent=2) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
