"""The version and the release of every table, read from the first line of each."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from medcode.cli.screen import indented, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.concept import Release

__all__ = ["releases", "show_version"]


def show_version() -> int:
    """Print them."""
    from importlib.metadata import version

    from medcode.codesets import CODE_SETS

    print(f"medcode {version('medcode')}")
    for name in CODE_SETS:
        found = list(releases(name))
        for release in found:
            say("\n".join(indented(str(release), "  ", "    ")))
        if not found:
            print(f"  {name}: no table is loaded")
    return 0


def releases(name: str) -> Iterator[Release]:
    """Yield the releases of a code set: the user's own, then the shipped one."""
    from medcode.codesets import folder, store

    shipped = files("medcode.codesets").joinpath("data", name + store.SUFFIX)
    with as_file(shipped) as path:
        for each in (*folder.stored(name), *([path] if shipped.is_file() else [])):
            header = folder.header_of(each)
            yield store.release_of(header, header["sha256"])
