"""Control characters and escapes in whatever a command reads: none reaches the screen, in any format for people."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import ONE, enclosed, transaction, wire

from medcode.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLES = Path(__file__).parents[2] / "examples"
HOSTILE = "\x1b[2J\u202eQ\x85"
SCREEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)
"""What moves a cursor, colors, turns the direction of writing, or cannot be written."""
LISTS = {
    "a.csv": f"dx,{HOSTILE}\nE11{HOSTILE}.9,{HOSTILE}\nE119{HOSTILE},x\n",
    "a.json": '{"dx\\u001b":["E11.9\\u001b[2J","I42.0"]}',
    "a.yaml": '"dx\\e[2J": ["E11.X9", "I42.0"]\n',
    "a.toml": '"dx\\u001b[2J"=["E11.X9","I42.0"]\n',
    "a.sql": f"insert into t(dx{HOSTILE}) values('E11.X9{HOSTILE}')",
    "a.py": "dx = ['E11.X9\\x1b', 'I42.0']\n",
    "a.txt": f"E11.9{HOSTILE}\n{HOSTILE}\n",
}
FORMATS = ("text", "statistics", "github", "junit")


@pytest.fixture
def clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    Path("sent.837").write_text(wire(ONE), encoding="utf-8")

    def run(*words: str) -> None:
        code = main(words)
        out, err = capsys.readouterr()
        assert code in {0, 1, 2}, words
        assert "internal error" not in err, words
        found = SCREEN.search(out + err)
        assert not found, (words, ascii((out + err)[max(0, found.start() - 80) : found.end()]))

    return run


def slipped(text: str) -> Iterator[str]:
    """Yield a text with the hostile value in each of its elements, of each kind of segment once."""
    segments, seen = text.split("~"), set()
    for at, segment in enumerate(segments):
        elements = segment.split("*")
        for number in range(1, len(elements)):
            if (place := (elements[0].strip(), number)) not in seen and place[0] != "ISA":
                seen.add(place)
                value = f"{elements[number][:1]}{HOSTILE}{elements[number][1:3]}"
                changed = "*".join([*elements[:number], value, *elements[number + 1 :]])
                yield "~".join([*segments[:at], changed, *segments[at + 1 :]])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "others"),
    [(wire(enclosed(transaction(RICH))), ["fix"]), (REMITTANCE, []), (ACKNOWLEDGMENT, [])],
    ids=["837", "835", "277CA"],
)
def test_no_element_reaches_the_screen(clean: Callable[..., None], text: str, others: list[str]) -> None:
    for turn, changed in enumerate(slipped(text)):
        Path("a.x12").write_text(changed, encoding="utf-8")
        clean("check", "a.x12", "--format", FORMATS[turn % len(FORMATS)])
        clean("ledger", "sent.837", "a.x12", "--format", ("text", "csv")[turn % 2])
        for name in others:
            clean(name, "a.x12")


@pytest.mark.parametrize("number", ["\x1b[2J", "\u202eQ"])
def test_a_claim_number_in_every_view_of_the_ledger(clean: Callable[..., None], number: str) -> None:
    text = re.sub(r"CLM\*[^*]*", lambda _: f"CLM*C{number}", wire(ONE))
    Path("a.837").write_text(text, encoding="utf-8")
    for more in ((), ("--format", "csv"), ("--claim", f"C{number}")):
        clean("ledger", "a.837", *more)


def test_no_list_reaches_the_screen(clean: Callable[..., None]) -> None:
    for name, text in LISTS.items():
        shutil.rmtree("lists", ignore_errors=True)
        Path("lists").mkdir()
        Path("lists", name).write_text(text, encoding="utf-8")
        Path("lists", f"\x1b\u202e{name}").write_text(text, encoding="utf-8")
        for form in FORMATS:
            clean("lint", "lists", "--set", "icd10cm", "--format", form)
        clean("lint", "lists", "--baseline", "known.json", "--write-baseline")


@pytest.mark.parametrize(
    "key",
    ["select", "ignore", "profile", "set", "exclude", "on", "lock", "baseline", "columns", "files", "x"],
)
def test_no_setting_reaches_the_screen(clean: Callable[..., None], key: str) -> None:
    for value in (
        '"a\\u001b[2J"',
        '["a\\u001b[2J"]',
        '{"b\\u001b"="a\\u001b[2J"}',
        '{"b\\u001b"={set="\\u001b"}}',
    ):
        Path("medcode.toml").write_text(f"{key} = {value}\n", encoding="utf-8")
        for words in (("lint", "sent.837"), ("check", "sent.837"), ("lookup", "E11.9")):
            clean(*words)


def test_no_value_or_name_of_a_visit_reaches_the_screen(clean: Callable[..., None]) -> None:
    visit = (EXAMPLES / "office-visit.toml").read_text(encoding="utf-8")
    changes = [(each.start(), each.end(), '"a\\u001b[2J"') for each in re.finditer(r'"[^"\n]*"', visit)]
    changes += [(each.start(), each.end(), '"k\\u001b" =') for each in re.finditer(r"(?m)^\w+ =", visit)]
    for start, end, value in changes:
        Path("visit.toml").write_text(visit[:start] + value + visit[end:], encoding="utf-8")
        clean("build", "visit.toml", "-o", "out.837")


@pytest.mark.parametrize("name", ["n\x1b[2J.837", "n\u202e.837", "n\udcff.837", "n\nx.837"])
def test_no_file_name_reaches_the_screen(clean: Callable[..., None], name: str) -> None:
    for folder in (Path(), Path(f"d{name}")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(wire(ONE), encoding="utf-8")
    for words in (
        ["check", name], ["check", f"d{name}"], ["check", name, "--format", "github"], ["check", name, "--format", "junit"],
        ["fix", name], ["payer", name, "-o", f"{name}d"], ["ledger", name], ["data", "check", name], ["build", name],
        ["data", "add", name, "--set", "cpt"], ["lint", f"d{name}"], ["check", "sent.837", "--history", name],
        ["check", "sent.837", "--baseline", name], ["check", "sent.837", "--config", name],
        ["check", "sent.837", "--tables", name], ["payer", "sent.837", "--scenario", name], ["ledger", "--db", name],
    ):  # fmt: skip
        clean(*words)
