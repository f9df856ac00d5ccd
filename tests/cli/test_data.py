"""`medcode data`: tables listed, releases added, files fetched from a server on this machine."""

from __future__ import annotations

import io
import json
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import attrs
import pytest

from medcode.cli import main
from medcode.codesets import CODE_SETS, fetching, user
from medcode.codesets.fetching import FetchError, fetched
from medcode.codesets.offers import OFFERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

LIST = "Code,Title\n470,knee\n001,heart\n"
TAXONOMY = "Code,Grouping,Classification\n207Q00000X,Physicians,Family Medicine\n"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("MEDCODE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    yield tmp_path / "data"
    for codes in CODE_SETS.values():
        codes.reload()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        return code, *capsys.readouterr()

    return run_


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


class Publisher(BaseHTTPRequestHandler):
    """Answers by path; says nothing on the screen."""

    def do_GET(self) -> None:  # the name that http.server calls
        path, _, _ = self.path.partition("?")
        if path.startswith("/moved"):
            self.send_response(302)
            place = {
                "/moved": "/nucc_taxonomy_251.csv",
                "/moved-away": f"http://{self.headers['Host']}/plain.csv",
            }
            if path in place:
                self.send_header("Location", place[path])
            elif path == "/moved-round":
                self.send_header("Location", path)
            self.end_headers()
            return
        if path == "/none.csv":
            self.send_error(404)
            return
        body = TAXONOMY.encode()
        self.send_response(200)
        if path != "/plain.csv":
            length = {"/short.csv": len(body) + 9, "/long.csv": 1 << 40}.get(path, len(body))
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def publisher() -> Iterator[str]:
    with serving() as address:
        yield address


def test_a_release_is_added_and_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "drg.csv").write_text(LIST, encoding="utf-8")
    words = ("--set", "drg", "--from", "2025-10-01", "--to", "2026-09-30", "--edition", "v43", "--partial")
    code, out, err = run("data", "add", "drg.csv", *words)
    assert (code, err) == (0, "")
    assert out.startswith("drg: 2 rows in")
    _, out, _ = run("data", "list")
    assert "drg v43, 2025-10-01 to 2026-09-30, 2 rows" in out
    assert "states Publication 28, 2003-01-01 to …, 62 rows" in out
    assert "drg.csv (sha256" in out
    tables = json.loads(run("data", "list", "--format", "json")[1])["tables"]
    own, _ = sorted((table for table in tables if table["name"] == "drg"), key=lambda table: table["rows"])
    assert own["partial"]
    assert (own["start"], own["end"], own["rows"]) == ("2025-10-01", "2026-09-30", 2)
    assert len(own["sha256"]) == 64
    assert "licensed" not in own["license"]
    assert all(table["source"] and table["license"] for table in tables)


def test_the_list_fits_the_screen(run: Run) -> None:
    code, out, _ = run("data", "list")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80


def test_a_table_made_by_a_program_is_listed(run: Run) -> None:
    header = {
        "name": "drg",
        "publisher": "us",
        "edition": "1",
        "license": "none",
        "coverage": [20260101, None],
    }
    user.add([user.code_table(header, [user.Entry("470")])])
    assert "  source: us, in " in run("data", "list")[1]


def test_looking_up_a_code_without_a_table_names_the_command(run: Run) -> None:
    _, out, _ = run("lookup", "99213", "--set", "cpt")
    assert "to load one: medcode data add FILE --set cpt" in out
    assert "to load one" not in run("lookup", "1EG4TE5MK73", "--set", "mbi")[1]
    assert json.loads(run("lookup", "99213", "--set", "hcpcs", "--on", "2026-05-04", "--format", "json")[1])[
        "found"
    ][0]["remedy"] == ("medcode data add FILE --set cpt")


def test_a_file_that_cannot_be_used_is_told(run: Run, tmp_path: Path, own: Path) -> None:
    (tmp_path / "drg.csv").write_text(LIST + "47,too short\n", encoding="utf-8")
    code, out, err = run("data", "add", "drg.csv", "--set", "drg", "--from", "2025-10-01")
    assert (code, out) == (2, "")
    assert "drg.csv:4:1: '47' is not in MS-DRG format" in err
    assert not own.exists()
    assert run("data", "add", "absent.csv")[0] == 2


def test_a_day_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["data", "add", "x.csv", "--from", "tomorrow"])
    assert "must be a date such as 2026-01-05" in capsys.readouterr().err


def test_a_file_is_fetched_and_loaded(run: Run, publisher: str) -> None:
    code, out, err = run("data", "fetch", "taxonomy", "--url", f"{publisher}/nucc_taxonomy_251.csv?x=1")
    assert (code, err) == (0, "")
    assert out.startswith("taxonomy: 1 rows in")
    assert CODE_SETS["taxonomy"].releases[0].edition == "25.1"
    assert "did you mean hcpcs?" in run("data", "fetch", "hcpcs2")[2]
    assert "it comes with hcpcs: medcode data fetch hcpcs" in run("data", "fetch", "modifiers")[2]
    by_hand = "download it by hand: https://www.ada.org/publications/cdt and load it: medcode data add FILE"
    assert by_hand in run("data", "fetch", "cdt")[2]


def test_a_guessed_address_says_that_it_is_one(
    run: Run, publisher: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = OFFERS["taxonomy"]
    monkeypatch.setitem(OFFERS, "taxonomy", attrs.evolve(offer, pattern=f"{publisher}/none.csv"))
    err = " ".join(run("data", "fetch", "taxonomy")[2].split())
    assert "answers 404" in err
    assert f"the address is a guess by its pattern, seen for {offer.seen}; to download it by hand: " in err
    assert "guess" not in run("data", "fetch", "taxonomy", "--url", f"{publisher}/none.csv")[2]
    assert all(offer.seen and offer.page.startswith("https://") for offer in OFFERS.values())


def test_progress_is_drawn_on_a_terminal(run: Run, publisher: str, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    run("data", "fetch", "taxonomy", "--url", f"{publisher}/nucc_taxonomy_251.csv", "--from", "2025-07-01")
    assert "0.0 of 0.0 MB" in screen.getvalue()


def test_a_notice_is_to_be_accepted(run: Run, publisher: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("data", "fetch", "pprrvu", "--url", f"{publisher}/none.csv")
    code, _, err = run(*words)
    assert code == 1
    assert "American Medical Association" in " ".join(err.split())
    assert "accept this notice with --accept" in err
    for answer, last in (("n\n", "nothing was fetched"), ("y\n", "answers 404")):
        monkeypatch.setattr(sys, "stdin", Screen(answer))
        _, _, err = run(*words)
        assert "Do you accept this?" in err
        assert last in err
    assert "answers 404" in run(*words, "--accept")[2]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("none.csv", "the server answers 404"),
        ("short.csv", "the connection broke|IncompleteRead"),
        ("long.csv", "the file is larger than"),
        ("moved-nowhere", "the server answers 302"),
        ("moved-round", "too many redirects"),
    ],
)
def test_a_file_that_cannot_be_fetched(publisher: str, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason), fetched(f"{publisher}/{path}"):
        pytest.fail("nothing is there")


@pytest.mark.parametrize("path", ["moved", "moved-away"])
def test_a_file_that_has_moved(publisher: str, path: str) -> None:
    with fetched(f"{publisher}/{path}") as file:
        assert file.read_text(encoding="utf-8") == TAXONOMY
    assert not file.exists()


@pytest.mark.parametrize(
    "url",
    ["http://example.org/x", "ftp://example.org/x", "file:///x", "https://", "https://[x", "https://a:b/"],
)
def test_only_https_is_fetched(url: str) -> None:
    with (
        pytest.raises(FetchError, match=r"only https addresses can be fetched|not a valid address"),
        fetched(url),
    ):
        pytest.fail("nothing is there")


def test_a_server_that_is_away() -> None:
    with serving() as address:
        pass
    with pytest.raises(FetchError, match="refused"), fetched(address):
        pytest.fail("nothing is there")


def test_https_is_asked_with_a_checked_certificate(publisher: str) -> None:
    with pytest.raises(FetchError, match="SSL"), fetched(publisher.replace("http:", "https:")):
        pytest.fail("nothing is there")


def test_a_name_is_made_fit(publisher: str) -> None:
    assert fetching.file_name(f"{publisher}/..%2F..%2Fa b.csv") == "a_b.csv"
    assert fetching.file_name(publisher) == "file"


def test_a_list_is_added_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def given(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    given("code,title\n99213,visit\n99214,longer visit\n")
    code, out, _ = run("data", "add", "-", "--set", "cpt", "--from", "2026-01-01", "--partial")
    assert (code, "cpt: 2 rows" in out) == (0, True)
    given("[[policy\n")
    code, out, _ = run("data", "check", "-")
    assert (code, "cannot be read" in out) == (1, True)


def test_what_can_be_fetched_is_listed_once(run: Run) -> None:
    code, _, message = run("data", "fetch", "zzz")
    names = message.strip().partition("choose from ")[2].split(", ")
    assert code == 2
    assert {"hcpcs", "modifiers", "cpt"} <= set(names)
    assert len(names) == len(set(names))
