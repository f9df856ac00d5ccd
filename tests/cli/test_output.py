"""`-o FILE`: what becomes of the file that is there, and of what else may be in its folder."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from medcode.cli import main

VISIT = str(Path(__file__).resolve().parents[2] / "examples/office-visit.toml")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and permissions of another kind")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_that_is_replaced_keeps_its_permissions() -> None:
    out = Path("out.837")
    out.touch()
    out.chmod(0o600)
    assert main(["build", VISIT, "-o", "out.837"]) == 0
    assert out.read_text(encoding="utf-8").startswith("ISA*")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_link_laid_out_beside_it_is_not_followed() -> None:
    Path("other").write_text("untouched", encoding="utf-8")
    Path(f".out.837.{os.getpid()}").symlink_to("other")
    assert main(["build", VISIT, "-o", "out.837"]) == 0
    assert Path("other").read_text(encoding="utf-8") == "untouched"


def test_a_link_that_is_named_is_written_through() -> None:
    Path("out.837").symlink_to("visit.837")
    assert main(["build", VISIT, "-o", "out.837"]) == 0
    assert Path("out.837").is_symlink()
    assert Path("visit.837").read_text(encoding="utf-8").startswith("ISA*")


def test_a_folder_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", VISIT, "-o", "none/out.837"]) == 2
    assert "medcode: none/out.837: No such file or directory" in capsys.readouterr().err
