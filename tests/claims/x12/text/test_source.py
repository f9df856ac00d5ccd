"""One reading of every source: text is never opened as a path, and bytes mean the same however they come."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st
from tests.claims.x12.texts import ONE, wire

from medcode import scrub
from medcode.claims import x12
from medcode.claims.x12.text import lexer
from medcode.claims.x12.text.source import chunks, decode, is_text, not_utf8, read_source
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRANCES: dict[str, Callable[[Any], object]] = {
    "validate": x12.validate,
    "scrub": scrub,
    "iter_claims": lambda source: list(x12.iter_claims(source)),
    "iter_records": lambda source: list(x12.iter_records(source)),
    "acknowledge": x12.acknowledge,
    "load": x12.load,
}
NAME = "SECRETNAME"


class Pipe(io.RawIOBase):
    """Bytes that can be read once, as a pipe gives them."""

    def __init__(self, raw: bytes) -> None:
        self._rest = io.BytesIO(raw)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._rest.readinto(buffer)


@pytest.mark.parametrize("entrance", ENTRANCES)
@pytest.mark.parametrize(
    "mark", ['"', "'", "> ", "claim: ", "\u201c", "./", "a/b/", "~/", "C:\\\\", "#", '\ufeff"']
)
def test_a_mark_before_the_text_does_not_make_it_a_path(entrance: str, mark: str) -> None:
    """The error of the system would show the patient's data as the name of a file that is not there."""
    text = mark + wire(ONE).replace("DOE", NAME)
    assert len(text) > 300
    for each in (
        text,
        text.replace("*", "|"),
        text.replace("*", "!"),
        text[:140],
        text[:140].replace("*", "!"),
    ):
        try:
            ENTRANCES[entrance](each)
        except (X12Error, OSError) as error:
            assert NAME not in f"{error!r} {error} {getattr(error, 'filename', '')}"  # noqa: PT017  # both are right
            assert not isinstance(error, OSError)  # noqa: PT017  # as above


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_a_name_that_is_not_there_is_not_shown(entrance: str) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        ENTRANCES[entrance](NAME)
    assert NAME not in f"{caught.value!r} {caught.value} {caught.value.filename}"
    with pytest.raises(FileNotFoundError, match=NAME):
        ENTRANCES[entrance](Path(NAME))


@pytest.mark.parametrize("entrance", ENTRANCES)
@pytest.mark.parametrize("nothing", [None, 5, 1.5, object()])
def test_what_is_no_source_is_refused_by_its_type(entrance: str, nothing: object) -> None:
    with pytest.raises(TypeError, match=type(nothing).__name__):
        ENTRANCES[entrance](nothing)


def test_loads_takes_text_and_bytes_alone() -> None:
    for kind in (bytes, bytearray, memoryview):
        assert x12.loads(kind(wire(ONE).encode())).text == wire(ONE)
    with pytest.raises(TypeError, match="text or bytes, not NoneType"):
        x12.loads(None)  # type: ignore[arg-type]  # what a caller may do


@given(
    st.lists(
        st.sampled_from([b"\xd1", "\u00d1".encode(), b"A", "\u20ac".encode(), b"\xff", b"~"]), max_size=8
    ),
    st.integers(65_530, 65_540),
)
def test_bytes_are_read_alike_however_they_come(tail: list[bytes], before: int) -> None:
    raw = wire(ONE).encode() + b" " * before + b"".join(tail)
    text, _ = decode(raw)
    assert "".join(chunks(raw)) == text
    assert "".join(chunks(memoryview(raw))) == text
    assert "".join(chunks(io.BytesIO(raw))) == text
    assert "".join(chunks(io.BufferedReader(Pipe(raw)))) == text


def test_a_file_that_is_latin_1_late_is_so_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "late.837"
    path.write_bytes(wire(ONE).replace("DOE", "D\u00d1E").encode() + b" " * 70_000 + b"\xd1")
    (streamed,) = x12.iter_claims(path)
    (loaded,) = x12.load(path).claims()
    assert streamed == loaded
    assert streamed.subscriber.last_name == "D\u00c3\u0091E"
    assert read_source(str(path)) == path.read_bytes()
    with path.open("rb") as file:
        assert x12.load(file).segments == x12.load(path).segments


def test_a_pipe_is_read_as_a_file_is(tmp_path: Path) -> None:
    import os
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(wire(ONE).encode(),))
    writer.start()
    assert len(list(x12.iter_claims(pipe))) == 1
    writer.join()


def test_a_letter_that_is_not_ascii_names_no_segment() -> None:
    text = wire(ONE).replace("~SV1*", "~\u017fV1*")
    assert any(each.rule == "X031" for each in x12.validate(text).findings)


@pytest.mark.parametrize(
    "name",
    ["a.837", "claims/2026-01-05/a b.edi", "C:\\claims\\a.837", "~/a.837", "isa.txt", "ST", "stay.837"],
)
def test_names_are_names(name: str) -> None:
    assert not is_text(name)


@pytest.mark.parametrize(
    "text", ["", "a\nb", "x" * 256, "/".join(["ab"] * 2000), "a*b", "a|b", "\x00", "a\ud800"]
)
def test_what_can_be_no_name_is_text(text: str) -> None:
    assert is_text(text)


@given(st.lists(st.sampled_from([b"\xd1", "\u00d1".encode(), b"A", b"\xff"]), max_size=6), st.integers(1, 9))
def test_the_first_byte_that_is_not_utf_8_is_found_however_bytes_come(parts: list[bytes], size: int) -> None:
    raw = b"".join(parts)
    try:
        raw.decode()
        first = None
    except UnicodeDecodeError as error:
        first = error.start
    assert not_utf8(raw[at : at + size] for at in range(0, len(raw), size)) == first


def test_a_file_that_was_read_as_latin_1_has_a_finding_that_says_so(tmp_path: Path) -> None:
    raw = wire(ONE).replace("DOE", "D\u00d1E").encode("latin-1")
    path = tmp_path / "latin.837"
    path.write_bytes(raw)
    reports: list[Any] = [
        x12.validate(raw),
        x12.validate(path),
        x12.validate(io.BufferedReader(Pipe(raw))),
        scrub(raw),
        scrub(path),
        scrub(x12.load(path)),
        x12.load(path),
        x12.from_json(x12.to_json(x12.loads(raw))),
    ]
    for report in reports:
        (found,) = (each for each in report.findings if each.rule == "X009")
        assert (found.severity, found.location.offset) == ("info", raw.index(b"\xd1"))
    assert not [each for each in x12.validate(raw.decode("latin-1").encode()).findings if each.rule == "X009"]
    assert "TA1" not in {each.elements[0] for each in x12.acknowledge(raw).segments}


LIMIT = 1 << 17  # less than the real one, and longer than what is read at once


@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT, LIMIT + 1, LIMIT + 70_000])
@pytest.mark.parametrize("what", ["element", "blanks", "blanks at the end", "cut off", "foreign"])
def test_a_long_segment_is_read_or_refused_by_all_readers_alike(
    what: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexer, "_LONGEST_SEGMENT", LIMIT)
    sent = wire(ONE)
    start = sent.index("~CLM*") + 1
    text = {
        "element": lambda: f"{sent[:start]}ZZ*{'A' * (size - 3)}~{sent[start:]}",
        "blanks": lambda: f"{sent[:start]}{' ' * (size - 4)}ZZ*1~{sent[start:]}",
        "blanks at the end": lambda: sent + "\n" * size,
        "cut off": lambda: f"{sent[:start]}ZZ*{'A' * (size - 3)}",
        "foreign": lambda: f"{sent}{'A' * size}{sent}",
    }[what]()
    path = tmp_path / "long.837"
    path.write_text(text, encoding="utf-8")
    answers = set()
    for source in (text, text.encode(), path, io.StringIO(text)):
        for read in (x12.load, x12.validate, x12.acknowledge, lambda each: list(x12.iter_claims(each))):
            if hasattr(source, "seek"):
                source.seek(0)
            try:
                read(source)
                answers.add("read")
            except X12Error as error:
                answers.add(str(error))
    assert len(answers) == 1, answers
    assert answers == {"read"} or size > LIMIT
