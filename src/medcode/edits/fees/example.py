"""A small fee schedule for the examples: what it says of these codes is made up."""

from __future__ import annotations

from datetime import date

from medcode.codesets.concept import Release
from medcode.codesets.fee_schedule import FeeSchedule, Indicators
from medcode.edits.tables import Tables

__all__ = ["EXAMPLE"]

VISIT = Indicators("A", "0", "XXX", "0", "0", "0", "0", "0")
OPERATION = Indicators("A", "0", "090", "2", "1", "2", "2", "2")
TEST = Indicators("A", "1", "XXX", "0", "3", "0", "0", "0")
RELEASE = Release("pprrvu", "nobody", "example of 2026", date(2026, 1, 1), date(2026, 12, 31), "none", 4, "")

EXAMPLE = Tables(
    fee_schedule=FeeSchedule(
        RELEASE,
        {
            "G0101-": VISIT,
            "G0105-": OPERATION,
            "G0105-53": OPERATION._replace(assistant="1"),
            "G0130-": TEST,
            "G0130-TC": TEST,
            "G0102-": VISIT._replace(status="B"),
            "G0104-": OPERATION._replace(assistant="0", co_surgeons="1", team="1"),
        },
    )
)
