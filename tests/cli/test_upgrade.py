"""`medcode upgrade`: what it shows, what it writes, and that it writes nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medcode.cli import main
from medcode.cli.output import write

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

TO = ("--to", "2026-11-01")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def run_(*words: str) -> tuple[int, str, str]:
        code = main(("upgrade", *words))
        return code, *capsys.readouterr()

    return run_


def test_the_difference_is_shown_and_nothing_written(run: Run) -> None:
    Path("dx.tsv").write_text("dx\tn\nT84.040A\t3\nI42.0\t1", encoding="utf-8")
    assert run("dx.tsv", *TO) == (
        1,
        (
            "--- dx.tsv\n+++ dx.tsv\n@@ -1,3 +1,3 @@\n dx\tn\n-T84.040A\t3\n+M97.01XA\t3\n I42.0\t1\n"
            "\\ No newline at end of file\n"
            "dx.tsv:3:1: I42.0 became one of I42.00, I42.01, I42.09\n"
        ),
        "",
    )
    assert Path("dx.tsv").read_text(encoding="utf-8") == "dx\tn\nT84.040A\t3\nI42.0\t1"


@pytest.mark.skipif(shutil.which("patch") is None, reason="the tool patch is not installed")
@pytest.mark.parametrize("end", ["\n", ""])
def test_the_difference_is_one_that_patch_takes(run: Run, end: str) -> None:
    before = f"dx,n\nI42.0,é\u2028x\nT84.040A,1\r\nH81.41,\x0c2{end}"
    Path("dx.csv").write_bytes(before.encode())
    _, out, _ = run("dx.csv", *TO, "--diff")
    subprocess.run(["patch", "--binary", "-p0"], input=out.encode(), check=True, capture_output=True)  # noqa: S607  # wherever it is
    patched = Path("dx.csv").read_bytes()
    Path("dx.csv").write_bytes(before.encode())
    run("dx.csv", *TO, "--write")
    assert (
        Path("dx.csv").read_bytes()
        == patched
        == before.replace("T84.040A", "M97.01XA").replace("H81.41", "H81.4").encode()
    )


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("a.csv", b'\xef\xbb\xbf"icd10","x"\r\n"T84.040A" , "a ""b"""\r\n\r\n# T84.040A stays\n'),
        ("a.tsv", "dx\tn\n T84.040A \té\n".encode("utf-16-le").join([b"\xff\xfe", b""])),
        ("a.json", b'{ "dx" :["T84.040A"  ,\t"E11.9"],\n\n "b":1.50e0}'),
        ("a.yaml", b"dx:   # first\r\n  - 'T84.040A'   # hip\r\n  - \"E11.9\"\r\nb: 1\r\n"),
        ("a.toml", b"dx = [ 'T84.040A', ] # hip\n[b]\nc = 0x1F\n"),
        ("a.sql", b"-- 'T84.040A'\nselect * from t where dx IN ( 'T84.040A')\t;\r"),
        ("a.py", b"#!/usr/bin/env python\nDX = {'T84.040A' : 1} # T84.040A\n"),
        ("a.R", b"dx <- c('T84.040A')   # hip\n"),
        ("a.txt", b"T84.040A  loosening # T84.040A\n\n\n"),
    ],
)  # fmt: skip
def test_not_a_byte_changes_but_the_code(run: Run, name: str, before: bytes) -> None:
    if name == "a.yaml":
        pytest.importorskip("yaml", reason="PyYAML, the extra yaml, is not installed")
    path = Path(name)
    path.write_bytes(before)
    path.chmod(0o640)
    code, out, err = run(name, *TO, "--write")
    assert (code, err) == (0, "")
    assert out.endswith(": T84.040A is now M97.01XA\n")
    encoding = "utf-16-le" if before.startswith(b"\xff\xfe") else "utf-8"
    old, new = "T84.040A".encode(encoding), "M97.01XA".encode(encoding)
    comments = before.replace(b"# " + old, b"??").replace(b"-- '" + old, b"??")
    assert comments.count(old) == 1
    at = before.index(old, before.index(b"\n") if name == "a.sql" else 0)
    assert path.read_bytes() == before[:at] + new + before[at + len(old) :]
    assert path.stat().st_mode & 0o777 == 0o640
    assert run(name, *TO, "--write") == (0, "", "")


def test_a_configured_encoding_is_kept(run: Run) -> None:
    Path("medcode.toml").write_text("encoding = 'cp1252'\n", encoding="utf-8")
    Path("a.csv").write_bytes(b"n,dx\nM\xe9ni\xe8re,H81.41\n")
    run("a.csv", *TO, "--write")
    assert Path("a.csv").read_bytes() == b"n,dx\nM\xe9ni\xe8re,H81.4\n"


def test_a_link_stays_a_link(run: Run) -> None:
    Path("a.csv").write_text("dx\nH81.41\n", encoding="utf-8")
    Path("b.csv").symlink_to("a.csv")
    run("b.csv", *TO, "--write", "--diff")
    assert Path("b.csv").is_symlink()
    assert Path("a.csv").read_text(encoding="utf-8") == "dx\nH81.4\n"


def test_new_codes_under_a_prefix_are_suggested(run: Run) -> None:
    Path("a.csv").write_text("icd10\nE11.-\n", encoding="utf-8")
    assert run("a.csv", "--from", "2025-09-30", *TO) == (0, "a.csv:2:1: E11.- now includes E11.A\n", "")
    Path("b.csv").write_text("icd10\nA00-Z99\n", encoding="utf-8")
    assert "more\n" in run("b.csv", "--from", "2015-10-01", *TO)[1]


def test_days_in_the_wrong_order_are_refused(run: Run) -> None:
    Path("a.csv").write_text("icd10\nE11.-\n", encoding="utf-8")
    code, out, err = run("a.csv", "--from", "2026-11-01", *TO)
    assert (code, out, err) == (2, "", "medcode: --from must be before --to\n")
    assert run("a.csv", "--from", "2030-01-01")[0] == 2


def test_what_cannot_be_used_is_named_and_the_rest_is_done(run: Run) -> None:
    Path("a.csv").write_bytes(b"\xff")
    Path("b.csv").write_text("dx\nH81.41\n", encoding="utf-8")
    Path("empty").mkdir()
    code, _, err = run("a.csv", "empty", "b.csv", *TO, "--write")
    assert code == 2
    assert err == "a.csv: line 1: not UTF-8 text\nempty: no code list in this folder\n"
    assert Path("b.csv").read_text(encoding="utf-8") == "dx\nH81.4\n"


def test_a_file_that_cannot_be_written_is_named_and_the_rest_is_done(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.csv", "b.csv"):
        Path(name).write_text("dx\nH81.41\n", encoding="utf-8")

    def write_(data: bytes, output: str) -> None:
        if output.endswith("a.csv"):
            raise OSError(28, "No space left on device")
        write(data, output)

    monkeypatch.setattr("medcode.cli.upgrading.write", write_)
    code, _, err = run("a.csv", "b.csv", *TO, "--write")
    assert (code, err) == (2, "a.csv: No space left on device\n")
    assert (Path("a.csv").read_text(encoding="utf-8"), Path("b.csv").read_text(encoding="utf-8")) == (
        "dx\nH81.41\n",
        "dx\nH81.4\n",
    )


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("utf-7", b"dx+AAo-H81.41+AAo-"),
        ("iso2022_jp", b"\x1b(J\x1b(Bdx\nH81.41\n"),
    ],
)
def test_a_file_that_could_not_be_written_back_is_refused(run: Run, encoding: str, data: bytes) -> None:
    Path("medcode.toml").write_text(f"encoding = '{encoding}'\n", encoding="utf-8")
    Path("a.csv").write_bytes(data)
    code, _, err = run("a.csv", *TO, "--write")
    assert (code, err) == (2, f"a.csv: could not be written back as it is in {encoding.upper()}\n")
    assert Path("a.csv").read_bytes() == data


@pytest.mark.parametrize("encoding", ["cp037", "utf-8", "cp1252", "shift_jis", "utf-32"])
def test_line_ends_and_encodings_are_kept(run: Run, encoding: str) -> None:
    if not encoding.startswith("utf"):  # those are known by their marks
        Path("medcode.toml").write_text(f"encoding = '{encoding}'\n", encoding="utf-8")
    text = "n,dx\r\n1,H81.41\r2,H81.41\n\n3,I42.0"
    Path("a.csv").write_bytes(text.encode(encoding))
    run("a.csv", *TO, "--write")
    assert Path("a.csv").read_bytes() == text.replace("H81.41", "H81.4").encode(encoding)
