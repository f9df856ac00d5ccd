"""The one place that knows what day and what time it is.

Everything that means "today" or "now" asks here, so that a test freezes time by replacing one function.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

__all__ = ["now", "today"]


def now() -> datetime:
    """Return the current local time: ISA and GS carry the sender's own."""
    return datetime.now()  # noqa: DTZ005  # claims are dated by the wall clock of whoever sends them


def today() -> date:
    """Return the current local day: code sets change on a calendar day, wherever the user is."""
    return now().date()
