"""Progress: drawn by rich or plainly, on a terminal only, and gone when other lines come."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

import pytest

from medcode.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Do some work before a screen; give what is on it."""

    def drawn_(unit: str, *steps: tuple[int, int | None], on: io.StringIO, long: bool = True) -> str:
        monkeypatch.setattr(sys, "stderr", on)
        with progress(unit, long=long) as bar:
            for step in steps:
                bar.at(*step)
                bar.hide()
        return on.getvalue()

    return drawn_


@pytest.fixture
def no_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)
    monkeypatch.delitem(sys.modules, "medcode.cli.rich_bar", raising=False)


def test_rich_draws_a_bar(drawn: Any) -> None:
    seen = drawn("files", (1, 2), (2, 2), on=Screen())
    assert "━" in seen
    assert "1 of 2 files" in seen
    assert "2 of 2 files" in seen
    assert "0 of 1 file " in drawn("files", (0, 1), on=Screen())


@pytest.mark.usefixtures("no_rich")
def test_a_plain_line_is_drawn_without_rich(drawn: Any) -> None:
    line = f"\r[{'#' * 20:<40}] 0.0 of 0.0 MB\r\033[K"
    assert drawn("MB", (1, 2), on=Screen()).startswith(line)
    assert drawn("MB", (2_500_000, None), on=Screen()).startswith("\r2.5 MB\r\033[K")


def test_a_dumb_terminal_a_pipe_and_short_work_have_no_bar(
    drawn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drawn("files", (1, 2), on=Screen(), long=False) == ""
    assert drawn("files", (1, 2), on=io.StringIO()) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert drawn("files", (1, 2), on=Screen()) == ""
