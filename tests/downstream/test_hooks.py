"""The hooks of `.pre-commit-hooks.yaml`, run by pre-commit itself from a git clone of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from medcode.claims.submission import Submission

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
repos:
  - repo: {clone}
    rev: {rev}
    hooks:
      - id: medcode-lint
        args: [--on, "2026-11-01"]
      - id: medcode-check
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where neither git nor pre-commit knows who runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "tests")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "tests@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name, value in {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": "*"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)  # the checkout may belong to another user
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    return tmp_path


def git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout  # noqa: S603  # our own words


def commit(folder: Path) -> str:
    """Commit all there is; give the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "all")
    return git(folder, "rev-parse", "HEAD").strip()


def cloned(root: Path, clone: Path) -> str:
    """Clone the project as it stands, what is not committed included; give the commit."""
    git(root, "clone", "--quiet", "--no-hardlinks", str(root), str(clone))
    for name in git(root, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if (root / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, clone / name)
    return commit(clone)


def test_they_are_run_from_a_clone(root: Path, home: Path) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is in the dependency group downstream")
    if not (root / ".git").exists():
        pytest.skip("this is no git checkout")
    rev = cloned(root, home / "clone")
    user = home / "user"
    user.mkdir()
    git(user, "init", "--quiet")
    (user / ".pre-commit-config.yaml").write_text(
        CONFIG.format(clone=(home / "clone").as_posix(), rev=rev), encoding="utf-8"
    )
    claims = Submission.load(root / "examples/office-visit.toml").to_x12()
    (user / "codes.csv").write_text("icd10\nI42.0\n", encoding="utf-8")
    (user / "claims.837").write_text(claims.replace("ABK:E1165", "ABK:E11"), encoding="utf-8")
    commit(user)

    code, shown = run_hooks(user)
    assert code == 1, shown
    assert shown.count("Failed") == 2
    assert "codes.csv:2:1: LNT01 I42.0 is not billable since 2026-10-01." in shown
    assert "error ICD01 code-not-billable" in shown

    (user / "codes.csv").write_text("icd10\nI42.00\n", encoding="utf-8")
    (user / "claims.837").write_text(claims, encoding="utf-8")
    commit(user)
    code, shown = run_hooks(user)
    assert code == 0, shown
    assert shown.count("Passed") == 2


def run_hooks(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)  # noqa: S603  # our own words
    return done.returncode, done.stdout + done.stderr
