"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from io import IOBase
from pathlib import Path
from types import SimpleNamespace

import pytest

from medcode import files
from medcode.files import is_left, replacing


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str | Path, data: bytes = b"new") -> None:
    with replacing(path) as file:
        file.write(data)


def names(folder: str = ".") -> list[str]:
    return [path.name for path in Path(folder).iterdir()]


def mode(path: str | Path) -> int:
    return stat.S_IMODE(Path(path).stat().st_mode)


def test_a_file_is_made_or_replaced(folder: Path) -> None:
    write("out")
    assert Path("out").read_bytes() == b"new"
    write(folder / "out", b"newer")
    assert Path("out").read_bytes() == b"newer"
    assert names() == ["out"]  # nothing is left beside it


def test_what_fails_on_the_way_leaves_what_was_there() -> None:
    Path("out").write_bytes(b"old")

    def fail() -> None:
        with replacing("out") as file:
            file.write(b"half")
            file.flush()
            assert Path("out").read_bytes() == b"old"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert Path("out").read_bytes() == b"old"
    assert names() == ["out"]


@pytest.mark.parametrize("step", ["_opened", "_keep", "is_held"])
def test_a_signal_between_any_two_steps_leaves_nothing(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out").write_bytes(b"old")
    action = getattr(files, step)

    def ended(*args: object) -> None:
        result = action(*args)
        assert len(names()) == 2  # what is to replace it is there
        if isinstance(result, IOBase):
            result.close()  # as happens where nobody holds it
        raise SystemExit

    monkeypatch.setattr(files, step, ended)
    with pytest.raises(SystemExit):
        write("out")
    assert Path("out").read_bytes() == b"old"
    assert names() == ["out"]


def test_the_name_for_a_time_is_not_to_be_guessed() -> None:
    found: set[str] = set()
    for _ in range(2):
        with replacing("out"):
            found |= {*names()} - {"out"}
    assert len(found) == 2
    assert not [name for name in found if str(os.getpid()) in name.split(".")]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
class TestPermissions:
    """Who may read a file."""

    def test_a_new_file_has_the_usual_ones(self) -> None:
        before = os.umask(0o027)
        try:
            write("out")
        finally:
            os.umask(before)
        assert mode("out") == 0o640

    @pytest.mark.parametrize("kept", [0o600, 0o664])
    def test_a_file_that_is_replaced_keeps_its_own(self, kept: int) -> None:
        Path("out").touch()
        Path("out").chmod(kept)
        write("out")
        assert mode("out") == kept

    def test_no_more_may_read_it_while_it_is_written(self) -> None:
        Path("out").touch()
        Path("out").chmod(0o600)
        with replacing("out"):
            assert [mode(name) for name in names()] == [0o600, 0o600]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own")
class TestLinks:
    """What is written through a link."""

    @pytest.mark.parametrize("there", [True, False])
    def test_a_link_stays_one_and_its_target_is_written(self, there: bool, folder: Path) -> None:
        (folder / "sub").mkdir()
        target = folder / "sub/target"
        if there:
            target.write_bytes(b"old")
        Path("link").symlink_to("sub/target")
        write("link")
        assert os.readlink("link") == "sub/target"  # noqa: PTH115  # as it is written
        assert target.read_bytes() == b"new"
        assert names("sub") == ["target"]

    def test_links_that_go_in_a_circle_are_refused(self) -> None:
        Path("one").symlink_to("two")
        Path("two").symlink_to("one")
        with pytest.raises(OSError, match="'one'") as caught:
            write("one")
        assert (caught.value.errno, caught.value.filename) == (errno.ELOOP, "one")
        assert sorted(names()) == ["one", "two"]

    def test_a_pipe_that_a_shell_names_is_written_to(self) -> None:
        """As in `medcode build visit.toml -o >(gzip > visit.837.gz)`."""
        reader, writer = os.pipe()
        write(f"/dev/fd/{writer}")
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            assert pipe.read() == b"new"


def test_an_error_names_the_path_that_was_given(folder: Path) -> None:
    Path("file").touch()
    for path, kind in (
        ("none/out", FileNotFoundError),
        (str(folder), OSError),
        ("file/out", NotADirectoryError),
    ):
        with pytest.raises(kind) as caught:
            write(path)
        assert caught.value.filename == path


def test_what_is_gone_or_cannot_be_listed_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    assert not is_left(Path("gone"))
    write("out")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", refuse)
        write("out", b"newer")
    assert Path("out").read_bytes() == b"newer"


def test_what_was_made_just_now_is_not_taken_for_left_over() -> None:
    Path("new").touch()
    assert not is_left(Path("new"))
    os.utime("new", (0, 0))
    assert is_left(Path("new"))


def refused(path: str) -> str | None:
    """Write to a file that stays as it was, and return why."""
    before = Path(path).read_bytes(), sorted(names())
    with pytest.raises(OSError, match=path) as caught:
        write(path)
    assert caught.value.filename == path
    assert (Path(path).read_bytes(), sorted(names())) == before
    return caught.value.strerror


@pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")
class TestKept:
    """What else a file keeps, and that one is refused that would not."""

    @pytest.fixture(autouse=True)
    def old(self) -> None:
        Path("out").write_bytes(b"old")
        Path("out").chmod(0o640)

    @pytest.fixture
    def owned(self, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
        """Let the file be another user's: only root could make one."""
        about = Path("out").stat()
        owned = SimpleNamespace(st_uid=about.st_uid + 1, st_gid=about.st_gid + 2, st_mode=about.st_mode)
        monkeypatch.setattr("medcode.files._replaceable", lambda _: owned)
        return owned

    def test_its_owner_and_group(self, owned: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
        given = []

        def chown(path: Path, *ids: int) -> None:
            given.append(ids)
            Path(path).chmod(0o600)  # as the system takes rights away

        monkeypatch.setattr(os, "chown", chown)
        write("out")
        assert given == [(owned.st_uid, owned.st_gid)]
        assert mode("out") == 0o640

    @pytest.mark.usefixtures("owned")
    def test_an_owner_that_cannot_be_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def chown(*_: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "chown", chown)
        assert refused("out") == "its owner or group would change, and only they may write it"

    @pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root makes files of others"
    )
    def test_an_owner_in_truth(self) -> None:
        os.chown("out", 12_345, 54_321)
        write("out")
        about = Path("out").stat()
        assert (about.st_uid, about.st_gid, mode("out")) == (12_345, 54_321, 0o640)

    def test_its_extended_attributes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        held: dict[str, dict[str, bytes]] = {"out": {"user.a": b"1", "security.b": b"2"}}

        def listxattr(path: Path) -> list[str]:
            return [*held.setdefault(Path(path).name, {"security.b": b"2"})]

        monkeypatch.setattr(os, "listxattr", listxattr, raising=False)
        monkeypatch.setattr(os, "getxattr", lambda path, name: held[Path(path).name][name], raising=False)
        monkeypatch.setattr(
            os,
            "setxattr",
            lambda path, name, value: held[Path(path).name].update({name: value}),
            raising=False,
        )
        write("out")
        (made,) = [held[name] for name in held if name != "out"]
        assert made == held["out"]
        monkeypatch.delattr(os, "listxattr")
        write("out", b"newer")
        assert Path("out").read_bytes() == b"newer"

    def test_one_that_may_not_be_written_to(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The folder alone would let it be replaced."""
        monkeypatch.setattr(os, "access", lambda *_: False)  # root may write to any
        assert refused("out") == "Permission denied"

    def test_one_with_other_names(self) -> None:
        Path("other").hardlink_to("out")
        assert refused("out") == "it has 2 hard links, and the others would keep the old text"
