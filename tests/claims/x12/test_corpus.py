"""What fuzzing found to be of interest is read, or refused with X12Error, in every way there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools.fuzz_x12 import CORPUS, judge

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(CORPUS.iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_kept_text_is_read_in_every_way(path: Path) -> None:
    judge(path.read_bytes())


def test_the_judge_tells_what_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medcode.claims.x12.dumpb", lambda sent: sent.text[1:].encode())
    with pytest.raises(AssertionError, match="a byte was lost"):
        judge((CORPUS / "one").read_bytes())
