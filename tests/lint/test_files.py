"""Files and folders as they are met: what is gone into, what is named and passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from medcode.lint import Misread
from medcode.lint.files import LARGEST, Text, listed, read


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*paths: str) -> list[tuple[str, str | None]]:
    return [(path.as_posix(), why) for path, why in listed(map(Path, paths), lambda _: True)]


def why(data: bytes | None, name: str = "a.csv", encoding: str = "utf-8") -> tuple[str, int | None]:
    if data is not None:
        Path(name).write_bytes(data)
    with pytest.raises(Misread) as caught:
        read(Path(name), encoding)
    return str(caught.value), caught.value.line


class TestListed:
    def test_kinds_of_file_that_hold_lists_in_their_order(self) -> None:
        for name in ("b.csv", "a/c.JSON", "a/README.md", ".git/x.json", "node_modules/x.json", "a/.x.csv"):
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).touch()
        assert names(".") == [("a/c.JSON", None), ("b.csv", None)]
        assert names("a/README.md", "b.csv", "b.csv") == [("a/README.md", None), ("b.csv", None)]

    def test_what_is_not_wanted_is_passed_over(self) -> None:
        Path("a").mkdir()
        Path("a/x.csv").touch()
        Path("b.csv").touch()
        found = listed([Path()], lambda path: path.name != "a")
        assert list(found) == [(Path("b.csv"), None)]

    def test_a_folder_without_lists_is_named(self) -> None:
        Path("empty").mkdir()
        assert names("empty") == [("empty", "no code list in this folder")]

    def test_links_are_not_followed_and_those_that_go_astray_are_named(self, folder: Path) -> None:
        Path("a").mkdir()
        Path("a/x.csv").touch()
        Path("other").symlink_to("a")
        Path("y.csv").symlink_to("a/x.csv")
        Path("loop.csv").symlink_to("loop.csv")
        Path("gone.csv").symlink_to("nowhere.csv")
        Path("a/up").symlink_to(folder)
        assert names(".") == [
            ("a/up", "a link to a folder that contains it"),
            ("a/x.csv", None),
            ("gone.csv", "a broken link: No such file or directory"),
            ("loop.csv", "a broken link: Too many levels of symbolic links"),
        ]

    def test_a_folder_that_may_not_be_read_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("a").mkdir()

        def refuse(_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("medcode.lint.files.os.scandir", refuse)
        assert names("a") == [("a", "Permission denied")]


class TestRead:
    @pytest.mark.parametrize(
        ("data", "text"),
        [
            (b"I10\r\n", Text("I10\r\n")),
            (b"\xef\xbb\xbfI10", Text("I10", "utf-8", b"\xef\xbb\xbf")),
            (b"\xff\xfeI\x001\x00", Text("I1", "utf-16-le", b"\xff\xfe")),
            (b"\xfe\xff\x00I\x001", Text("I1", "utf-16-be", b"\xfe\xff")),
            (b"\xff\xfe\0\0I\0\0\0", Text("I", "utf-32-le", b"\xff\xfe\0\0")),
            (b"\0\0\xfe\xff\0\0\0I", Text("I", "utf-32-be", b"\0\0\xfe\xff")),
        ],
    )
    def test_marks_and_encodings_are_kept(self, data: bytes, text: Text) -> None:
        Path("a.csv").write_bytes(data)
        found = read(Path("a.csv"))
        assert found == text
        assert found.bytes_of(text.text) == data

    def test_another_encoding(self) -> None:
        Path("a.csv").write_bytes(b"M\xe9ni\xe8re")
        assert read(Path("a.csv"), "cp1252").text == "Ménière"

    def test_bytes_that_are_no_text(self) -> None:
        assert why(b"icd10\n\n\xff\n") == ("not UTF-8 text", 3)
        assert why(b"\x81", encoding="cp1252") == ("not CP1252 text", 1)

    def test_broken_json_and_toml(self) -> None:
        assert why(b'{\n"a": }', "a.json") == ("not valid JSON", 2)
        assert why(b"[" * 100_000, "a.json") == ("not valid JSON", None)
        assert why(b"= 1", "a.TOML")[0] == "not valid TOML"

    def test_a_line_of_two_gigabytes_is_never_read(self, folder: Path) -> None:
        with (folder / "long.csv").open("wb") as file:
            file.truncate(2 << 30)  # a sparse file: it takes no room
        assert why(None, "long.csv") == ("too large for a code list: over 32 MB", None)

    def test_a_file_that_grows_while_it_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert LARGEST == 32 << 20
        monkeypatch.setattr("medcode.lint.files.LARGEST", 3)
        real = Path.stat
        monkeypatch.setattr(Path, "stat", lambda path, **kw: _Small(real(path, **kw)))
        assert why(b"I42.0")[0].startswith("too large")

    def test_what_is_no_file(self) -> None:
        assert why(None, "nowhere.csv") == ("No such file or directory", None)
        os.mkfifo("pipe.csv")
        assert why(None, "pipe.csv") == ("not a regular file", None)


class _Small:
    """What the system says of a file, before more is written to it."""

    def __init__(self, about: os.stat_result) -> None:
        self.st_mode = about.st_mode
        self.st_size = 1
