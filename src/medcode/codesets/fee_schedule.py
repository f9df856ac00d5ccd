"""Payment indicators of the Medicare Physician Fee Schedule, of the user's own release.

Source: CMS, PFS Relative Value Files (PPRRVU).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from medcode.codesets import folder, store

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from medcode.codesets.concept import Release

__all__ = ["INDICATORS", "Indicators", "indicators"]

INDICATORS = {
    "status": 3,
    "pctc": 13,
    "global_days": 14,
    "multiple": 18,
    "bilateral": 19,
    "assistant": 20,
    "co_surgeons": 21,
    "team": 22,
}
"""Each indicator with its column, counted from 0, in the PPRRVU file."""


class Indicators(NamedTuple):
    """The indicators of a code, as CMS writes them."""

    status: str
    pctc: str
    global_days: str
    multiple: str
    bilateral: str
    assistant: str
    co_surgeons: str
    team: str


def indicators(code: str, on: date, modifier: str = "") -> Indicators | None:
    """Give the indicators of a code, in wire form, on a day; None without a table or a row.

    `modifier` is 26 or TC for the rows of a component.

    >>> from datetime import date
    >>> indicators("G0101", date(2026, 1, 5)) is None
    True
    """
    for path in folder.stored("pprrvu"):
        release, rows = _read(path, path.stat().st_mtime_ns)
        if release.covers(on):
            return rows.get(f"{code}-{modifier}")
    return None


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[Release, dict[str, Indicators]]:
    raw = store.read(path)
    columns = (raw.texts(name) for name in INDICATORS)
    rows = (Indicators(*values) for values in zip(*columns, strict=True))
    return raw.release, dict(zip(raw.texts("code"), rows, strict=True))
