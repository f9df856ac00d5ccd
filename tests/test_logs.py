"""Logging: one logger, silent by itself, with counts and names of tables and nothing of a claim."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

from tests.history.visits import visit

from medcode import scrub
from medcode.claims import x12
from medcode.codesets import loaders, user
from medcode.codesets.loaders import LoadOptions
from medcode.codesets.store import shipped

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_is_logged_is_about_the_work(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    file = tmp_path / "ROE-1950-04-01.837"
    file.write_text(x12.dumps([visit("1", "2026-01-05", "M54.5")], check=False), encoding="utf-8")
    listed = tmp_path / "drg.csv"
    listed.write_text("Code,Title\n470,knee\n", encoding="utf-8")
    with caplog.at_level(logging.DEBUG, logger="medcode"):
        scrub(file, select=["ICD"])
        scrub(visit("1", "2026-01-05", "M54.5"), select=["ICD"])
        scrub(file, select=["ICD"], jobs=2)
        shipped("place_of_service")
        user.add(loaders.load([str(listed)], LoadOptions(set="drg", start=date(2025, 10, 1), partial=True)))
    said = caplog.text
    for words in (
        "claims checked: 1, findings: 1",
        "read table place_of_service",
        "2 processes",
        "store release of drg: 1 rows",
    ):
        assert words in said
    assert not [
        word for word in ("ROE", "1950", "M545", "M54.5", "2026-01-05", str(tmp_path)) if word in said
    ]


def test_it_is_silent_until_a_program_configures_logging() -> None:
    script = "import logging; from medcode.logs import log; log.warning('said'); print(log.handlers)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)  # noqa: S603  # our own words
    assert done.stderr == ""
    assert "NullHandler" in done.stdout
