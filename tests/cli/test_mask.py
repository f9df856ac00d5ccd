"""`medcode mask`: a file that can be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.claims.ledger.made import claim, line, sent

from medcode.cli import main
from medcode.masking import mask

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_file_is_masked_with_the_key_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, key, out = tmp_path / "claims.837", tmp_path / "key", tmp_path / "masked.837"
    file.write_text(sent(claim("PCN1", line(service_date="2025-10-01"))), encoding="utf-8")
    key.write_bytes(b"\x00\x01secret")
    assert main(["mask", str(file), "--key-file", str(key), "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == mask(file, key.read_bytes())
    assert "dates moved into an earlier fiscal year" in capsys.readouterr().err
    file.write_text(sent(claim()), encoding="utf-8")
    assert main(["mask", str(file), "--key-file", str(key), "-o", str(out)]) == 0
    assert capsys.readouterr().err == ""


def test_it_refuses_without_a_key_and_what_it_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, key = tmp_path / "claims.837", tmp_path / "key"
    file.write_text("Dear Sir or Madam", encoding="utf-8")
    key.write_bytes(b"\n")
    assert main(["mask", str(file), "--key-file", str(key)]) == 2
    assert "the key is empty" in capsys.readouterr().err
    key.write_bytes(b"secret")
    assert main(["mask", str(file), "--key-file", str(key)]) == 2
    assert "this is not X12" in capsys.readouterr().err
    assert main(["mask", str(file), "--key-file", str(tmp_path / "missing")]) == 2
