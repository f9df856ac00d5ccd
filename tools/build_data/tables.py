"""From codes with dated intervals to the rows and profiles of a table file."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import attrs

from medcode.codesets.store import pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.build_data.mce import Dated

OPEN = None


@attrs.frozen(order=True)
class Stretch:
    """Days (YYYYMMDD, both included) of one kind; the table's last day means that no end is known."""

    start: int
    end: int
    billable: bool
    flags: tuple[str, ...] = ()


def billable(dated: Sequence[Dated]) -> tuple[Stretch, ...]:
    """Take intervals of the code editor, all of them billable."""
    return tuple(Stretch(row.start, row.end, billable=True, flags=row.flags) for row in dated)


def code_table(
    histories: Mapping[str, Sequence[Stretch]], header: Mapping[str, object], *, last: int
) -> bytes:
    """Write a dated table; `last` is the day on which every open interval ends in the source."""
    flags = sorted({flag for stretches in histories.values() for row in stretches for flag in row.flags})
    bits = {flag: 1 << bit for bit, flag in enumerate(flags)}

    def profile(stretches: Sequence[Stretch]) -> tuple[tuple[int, int | None, int, int], ...]:
        return tuple(
            (
                row.start,
                OPEN if row.end >= last else row.end,
                int(row.billable),
                sum(bits[f] for f in row.flags),
            )
            for row in sorted(stretches)
        )

    by_code = {code: profile(histories[code]) for code in sorted(histories)}
    profiles = sorted(set(by_code.values()), key=str)
    number = {item: place for place, item in enumerate(profiles)}
    columns: dict[str, Any] = {
        "code": list(by_code),
        "profile": array("H", (number[item] for item in by_code.values())),
    }
    return pack({**header, "flags": flags, "profiles": profiles}, columns)
