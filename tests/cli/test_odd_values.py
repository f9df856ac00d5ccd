"""Values of options that nothing can have: each is refused by name, or names nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.texts import ONE, wire

from medcode.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def test_a_number_that_no_file_can_hold_is_that_of_no_claim(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = tmp_path / "sent.837"
    sent.write_text(wire(ONE), encoding="utf-8")
    assert main(["ledger", str(sent), "--claim", "C\udcff"]) == 1
    assert capsys.readouterr().out == "No claim of the ledger has this control number.\n"


def test_a_range_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "foot", "--within", "Z-A"]) == 2
    assert capsys.readouterr().err == "medcode: --within: the range Z-A ends before it begins\n"


@pytest.mark.parametrize("value", ["x", "-1", "9" * 99])
def test_a_seed_is_bounded(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["payer", "sent.837", f"--seed={value}"])
    assert "argument --seed: must be a whole number from 0 to 999,999,999" in capsys.readouterr().err
