"""The one place that knows what day it is.

Everything that means "today" asks here, so that a test freezes time by replacing one function.
"""

from __future__ import annotations

from datetime import date

__all__ = ["today"]


def today() -> date:
    """Give the current day of the machine's own time zone."""
    return date.today()  # noqa: DTZ011  # code sets change on a calendar day, wherever the user is
