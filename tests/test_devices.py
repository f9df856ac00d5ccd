"""A device never ends: it is refused by its name, whatever reads it, and a pipe is read."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.texts import ONE, wire

from medcode import scrub
from medcode.claims import x12
from medcode.claims.rif import read_claims
from medcode.files import contents, opened, opened_text

if TYPE_CHECKING:
    from collections.abc import Callable

ENDLESS = Path("/dev/zero")
pytestmark = pytest.mark.skipif(
    not ENDLESS.is_char_device(), reason="this system has no device that never ends"
)
READERS: dict[str, Callable[[Path], object]] = {
    "iter_claims": lambda path: list(x12.iter_claims(path)),
    "loads": x12.load,
    "validate": x12.validate,
    "acknowledge": x12.acknowledge,
    "scrub": scrub,
    "research file": lambda path: list(read_claims(path)),
    "contents": contents,
    "text": opened_text,
}
COMMANDS = (
    "check /dev/zero",
    "view /dev/zero",
    "ack /dev/zero",
    "fix /dev/zero",
    "build /dev/zero",
    "form /dev/zero -o form.svg",
    "mask --key-file /dev/zero /dev/null",
    "mask --key-file README /dev/zero",
    "data add /dev/zero",
    "lint /dev/zero",
)


@pytest.mark.parametrize("reader", READERS)
def test_a_device_is_refused(reader: str) -> None:
    with pytest.raises(OSError, match="a device, not a file"):
        READERS[reader](ENDLESS)


def test_nothing_is_read_of_the_null_device() -> None:
    assert contents(os.devnull) == b""


def test_a_pipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    write = f"open({str(path)!r}, 'w').write({wire(ONE)!r})"
    writer = subprocess.Popen([sys.executable, "-c", write])  # noqa: S603  # itself
    assert x12.validate(path).ok
    assert writer.wait() == 0


def test_a_block_device_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"ISA")
    found = (tmp_path / "a").stat()
    block = os.stat_result((0o060600, *found[1:10]))
    monkeypatch.setattr(os, "fstat", lambda _: block)
    with pytest.raises(OSError, match="a device, not a file"):
        opened(tmp_path / "a")


@pytest.mark.slow
@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_reads_a_device_to_its_end(words: str, tmp_path: Path) -> None:
    (tmp_path / "README").write_text("key", encoding="utf-8")
    limit = 2 << 30
    done = subprocess.run(  # noqa: S603  # itself
        [sys.executable, "-m", "medcode", *words.split()],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "/dev/zero" in done.stderr + done.stdout
