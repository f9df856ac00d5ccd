"""A folder of files, one of them broken and one hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.frames.texts import TEXT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    second = TEXT.replace("*C1*", "*C2*").replace("000001", "000002")
    (tmp_path / "a.837").write_text(TEXT, encoding="utf-8")
    (tmp_path / "deep" / "b.837").write_text(TEXT + second, encoding="utf-8")
    (tmp_path / "note.txt").write_text("not X12", encoding="utf-8")
    (tmp_path / ".hidden").write_text("not X12", encoding="utf-8")
    return tmp_path
