"""`.ci/run`, with every program that it calls put in its place by one that writes down what it is asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """#!/usr/bin/env bash
case "$*" in
"-m venv "*)
    mkdir -p "$3/bin"
    for name in python pip nox medcode; do cp "$0" "$3/bin/$name"; done
    ;;
"- "*) exec "$REAL" "$@" ;;
"-m pytest"*) find * -type f > "$NOTES.files" ;;
esac
echo "${0##*/} $* in $PWD" >> "$NOTES"
"""


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A checkout with a `.venv` of its contributor and a file that is not committed."""
    if not (root / ".ci").exists():
        pytest.skip("only a checkout has it")
    folder = tmp_path / "checkout"
    for name in (".ci/run", ".gitignore", "README.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, folder / name)
    for name in (".venv/own", "docs/_build/page", "docs/new.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.fixture
def asked(checkout: Path, tmp_path: Path) -> list[str]:
    """What is asked of the programs, one after the other."""
    bash = shutil.which("bash")
    if not bash or sys.platform != "linux":
        pytest.skip("it asks for bash as Linux has it")
    programs, notes = tmp_path / "bin", tmp_path / "notes"
    programs.mkdir()
    (programs / "python3").write_text(PROGRAM, encoding="utf-8")
    (programs / "python3").chmod(0o755)
    (programs / "pyenv").symlink_to(shutil.which("true") or "")
    added = {"PATH": f"{programs}:{os.environ['PATH']}", "REAL": sys.executable, "NOTES": str(notes)}
    subprocess.run([bash, str(checkout / ".ci/run")], check=True, env=os.environ | added)  # noqa: S603  # our own words
    return notes.read_text(encoding="utf-8").splitlines()


def test_everything_runs_and_the_tests_of_the_readme_last(asked: list[str], checkout: Path) -> None:
    sessions = "lint typing docs build downstream coverage later property"
    ran = " ".join(line for line in asked if line.startswith("nox ") and line.endswith(f" in {checkout}"))
    assert [name for name in sessions.split() if f" {name} " not in ran] == []
    assert any(line.startswith("medcode build examples/") for line in asked)
    assert asked[-1].startswith("python -m pytest -n auto in ")


def test_the_commands_of_the_readme_leave_the_checkout_alone(asked: list[str], checkout: Path) -> None:
    assert (checkout / ".venv/own").exists()
    places = {line.rpartition(" in ")[2] for line in asked[-4:]}
    assert len(places) == 1
    assert str(checkout) not in places


def test_they_run_in_a_copy_of_what_is_here_that_is_cleared_away(asked: list[str], tmp_path: Path) -> None:
    files = set((tmp_path / "notes.files").read_text(encoding="utf-8").splitlines())
    assert files == {"README.md", "docs/new.md"}
    assert not os.path.lexists(asked[-1].rpartition(" in ")[2])
