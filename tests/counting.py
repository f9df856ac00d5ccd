"""Work counted in calls, for tests that may not depend on how fast a machine is."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def calls(use: Callable[[], object], *, of_c: bool = False) -> int:
    """Count the calls of Python, and of C if asked, that a use makes.

    The garbage collector rests meanwhile: when it runs depends on what ran before, and Hypothesis counts its time in
    functions of Python, which are calls too.
    """
    counted = {"call", "c_call"} if of_c else {"call"}
    count = 0

    def profile(_frame: object, event: str, _of: object) -> None:
        nonlocal count
        count += event in counted

    before, collects = sys.getprofile(), gc.isenabled()
    gc.disable()
    sys.setprofile(profile)
    try:
        use()
    finally:
        sys.setprofile(before)
        if collects:
            gc.enable()
    return count


def is_linear(costs: list[int], slack: int) -> bool:
    """Whether the last step of three costs no more than the one before; the slack is for tables that grow in jumps."""
    first, second, third = costs
    return third - second <= 1.25 * max(second - first, 0) + slack
