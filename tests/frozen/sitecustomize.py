"""Stop medcode's clock: all tests run on one day, whatever the machine's calendar says.

Python imports a module of this name when it starts. The tests put this folder on PYTHONPATH, so the
processes they start have the same day, without a setting in medcode that only tests would use.
"""

from __future__ import annotations

import sys
from datetime import datetime
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

NOW = datetime(2026, 11, 23, 9)  # noqa: DTZ001  # local time, as the clock's own
CLOCK = "medcode.codesets.clock"


def freeze(clock: ModuleType) -> None:
    """Let the clock read NOW, always. A test of another day replaces `clock.today` or `clock.now`."""
    clock.datetime = SimpleNamespace(now=lambda: NOW)  # type: ignore[attr-defined]  # in place of the class


class FrozenFinder(MetaPathFinder):
    """Freeze the clock when it is first imported; until then nothing of medcode is loaded."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != CLOCK:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        assert spec
        assert spec.loader
        load = spec.loader.exec_module

        def load_frozen(module: ModuleType) -> None:
            load(module)
            freeze(module)

        spec.loader.exec_module = load_frozen  # type: ignore[method-assign]  # on this one loader
        return spec


if __name__ == "sitecustomize":  # not where conftest imports it
    sys.meta_path.insert(0, FrozenFinder())
