"""The definitions of a FHIR package cache: profiles by their URL, and what value sets hold.

Source: FHIR R4, section 4.9.8 (value set composition); the NPM package specification of FHIR.
"""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["CARIN", "PACKAGES", "Definitions", "folder"]

CARIN = "hl7.fhir.us.carin-bb#2.2.0"
PACKAGES = ("hl7.fhir.r4.core#4.0.1", "hl7.fhir.us.core#7.0.0", CARIN)
"""The packages that the checks read; a later one wins where two define the same URL."""


def folder() -> Path | None:
    """Return the package cache that has every package, or None."""
    found = Path(os.environ.get("MEDCODE_FHIR_PACKAGES") or Path.home() / ".fhir" / "packages")
    return found if all((found / name / "package").is_dir() for name in PACKAGES) else None


class Definitions:
    """Profiles, value sets and code systems of packages, read when they are first asked for."""

    def __init__(self, resources: Iterable[Any]) -> None:
        self._resources = list(resources)
        self._codes: dict[str, dict[str, set[str] | None]] = {}

    @classmethod
    def of(cls, cache: Path, packages: Iterable[str] = PACKAGES) -> Definitions:
        """Read the definitions of packages in a cache."""
        return cls(each for name in packages for each in _definitions(cache / name / "package"))

    @cached_property
    def _by_url(self) -> dict[str, Any]:
        return {each["url"]: each for each in self._resources}

    @cached_property
    def _systems(self) -> dict[str, Any]:
        systems = (each for each in self._resources if each["resourceType"] == "CodeSystem")
        return {each["url"]: each for each in systems if each.get("content") == "complete"}

    def get(self, url: str) -> Any:
        """Return what a canonical URL names, whatever its version, or None."""
        return self._by_url.get(url.split("|", maxsplit=1)[0])

    def holds(self, value_set: str, system: str | None, code: str) -> bool | None:
        """Whether a value set has a code; None where its content is not known. No system: of any system."""
        codes = self._content(value_set.split("|", maxsplit=1)[0])
        if codes is None:
            return None
        found = codes.values() if system is None else [codes[system]] if system in codes else []
        if any(each is not None and code in each for each in found):
            return True
        return None if any(each is None for each in found) else False

    def _content(self, url: str) -> dict[str, set[str] | None] | None:
        """Return the codes of a value set by their system: None for a system whose codes are not known."""
        if url not in self._codes:
            value_set = self._by_url.get(url)
            if not value_set or value_set["resourceType"] != "ValueSet" or "compose" not in value_set:
                return None
            self._codes[url] = {}  # a value set that includes itself adds nothing
            found: dict[str, set[str] | None] = {}
            for part in value_set["compose"].get("include", ()):
                included = self._part(part)
                if included is None:
                    del self._codes[url]
                    return None
                for system, codes in included.items():
                    known = found.get(system, set())
                    found[system] = None if codes is None or known is None else known | codes
            for part in value_set["compose"].get("exclude", ()):
                for system, codes in (self._part(part) or {}).items():
                    if known := found.get(system):
                        found[system] = known - (codes or set())
            self._codes[url] = found
        return self._codes[url]

    def _part(self, part: Any) -> dict[str, set[str] | None] | None:
        own: dict[str, set[str] | None] | None = None
        if system := part.get("system"):
            if "concept" in part:
                own = {system: {each["code"] for each in part["concept"]}}
            elif "filter" in part or system not in self._systems:
                own = {system: None}
            else:
                own = {system: set(_codes(self._systems[system].get("concept", ())))}
        for url in part.get("valueSet", ()):
            other = self._content(url.split("|")[0])
            if other is None:
                return None
            own = other if own is None else {each: own[each] for each in own if each in other}
        return own


def _codes(concepts: Iterable[Any]) -> Iterator[str]:
    for each in concepts:
        yield each["code"]
        yield from _codes(each.get("concept", ()))


def _definitions(package: Path) -> Iterator[Any]:
    for kind in ("StructureDefinition", "ValueSet", "CodeSystem"):
        for path in sorted(package.glob(f"{kind}-*.json")):
            resource = json.loads(path.read_text("utf-8"))
            if "url" in resource:
                yield resource
