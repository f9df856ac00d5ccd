"""The diagnoses exempt from reporting whether they were present on admission, of the user's own lists.

Source: CMS, POA Exempt List.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from medcode.codesets import store
from medcode.codesets.releases import Releases

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from medcode.codesets.concept import Release

__all__ = ["exempt_on"]


@attrs.frozen(eq=False, slots=False)
class Stored:
    """One list of the user's folder; its codes are read on first use."""

    path: Path
    release: Release

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes in wire form."""
        return frozenset(store.read(self.path).texts("code"))


_STORED = Releases(Stored)


def exempt_on(day: date) -> frozenset[str] | None:
    """Return the exempt codes, in wire form, on a day; None if no loaded list covers it.

    >>> from datetime import date
    >>> exempt_on(date(2026, 1, 5)) is None
    True
    """
    found = next((each for each in _STORED.of("poa_exempt") if each.release.covers(day)), None)
    return None if found is None else found.codes
