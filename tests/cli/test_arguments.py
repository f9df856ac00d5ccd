"""Every argument of every command with what does not belong there: an answer, and no message that repeats a text of a file."""

from __future__ import annotations

import argparse
import io
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medcode.cli import main
from medcode.cli.arguments import refuse_text
from medcode.cli.options import Unusable
from medcode.cli.parser import COMMANDS, command

if TYPE_CHECKING:
    from collections.abc import Iterator

VISIT = Path(__file__).parents[2] / "examples" / "office-visit.toml"
WORD = "QZMAPLE"
TEXTS = (
    f"ISA*00*          *00*          *ZZ*{WORD}~GS*HC*{WORD}~",
    f"NM1*IL*1*{WORD}*JANE~",
    f"ST|837|{WORD}~",
    f"NM1^IL^1^{WORD}",
    f'"ISA+00+          +{WORD}',
    f"{WORD}\nJANE",
    f"{WORD}\0",
    WORD * 60,
)
ODD = (
    f"{WORD}\x1b[31m\u202e\x85",
    f"{WORD}\udcff",
    "9" * 5_000,
    "999999999999",
    "-1",
    "\u0663",
    "1E999999999",
    "",
    "~",
    "[",
    "**/*",
)
VALUES = (*TEXTS, *ODD)
SOUND = {"VISIT": "visit.toml", "KEY": "key", "PATH": "list.csv", "OUT": "out.html", "DATE": "2026-01-05", "SHELL": "bash"}  # fmt: skip
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(VISIT, "visit.toml")
    assert main(["build", "visit.toml", "-o", "sent.837"]) == 0
    Path("key").write_bytes(b"k" * 32)
    Path("list.csv").write_text("dx\nE11.9\n", encoding="utf-8")


def commands() -> Iterator[tuple[list[str], list[argparse.Action]]]:
    """Yield each command, and each action of `data`, with the arguments that take a value."""
    for name in COMMANDS:
        parsers = [([name], command(name).actions)]
        for action in parsers[0][1]:
            if isinstance(action, argparse._SubParsersAction):
                parsers = [([name, each], part.actions) for each, part in action.choices.items()]
        for words, actions in parsers:
            yield words, [each for each in actions if each.nargs != 0]


def cases() -> Iterator[list[str]]:
    """Yield each command with one argument that does not belong there; every value, though not at every place."""
    turn = 0
    for words, actions in commands():
        for spoiled in actions:
            for _ in range(3):
                value = VALUES[turn % len(VALUES)]
                turn += 1
                given = list(words)
                for each in actions:
                    if each.option_strings and each is spoiled:
                        given.append(f"{each.option_strings[-1]}={value}")
                    elif each.option_strings and each.required:
                        given += [each.option_strings[-1], SOUND[str(each.metavar)]]
                given.append("--")
                for each in actions:
                    if not each.option_strings and (each is spoiled or each.nargs != "?"):
                        given.append(value if each is spoiled else SOUND.get(str(each.metavar), "sent.837"))
                yield given
        yield [*words, f"--{VALUES[turn % len(VALUES)]}"]
    yield from ([value] for value in VALUES)


@pytest.mark.slow
def test_no_argument_breaks_a_command_or_shows_a_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = {}
    for words in cases():
        monkeypatch.setattr("sys.stdin", io.StringIO())
        try:
            code: object = main(words)
        except SystemExit as error:
            code = error.code
        out, err = capsys.readouterr()
        has_text = any(text in word for word in words for text in TEXTS)
        if code not in {0, 1, 2} or "internal error" in err:
            failed[str(words)[:200]] = f"{code}: {err[-200:]}"
        elif (has_text and WORD in out + err) or CONTROL.search(out + err) or len(out + err) > 20_000:
            failed[str(words)[:200]] = ascii((out + err)[:200])
    assert not failed, failed


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", ["check", "lookup", "lint", "explain"])
def test_text_is_refused_by_its_place_and_length(
    name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "sent.837", text]) == 2
    assert capsys.readouterr().err == (
        f"medcode: argument 3 is text of {len(text)} characters, not a path, a code or the name of a rule;"
        " to pass the text of a file, write it to standard input and name the file -\n"
    )


def test_what_is_there_is_a_name_however_odd() -> None:
    odd = ["NM1*IL*1*X~", "AB\x1b", "AB*C*.837"]
    for name in odd:
        Path(name).touch()
    refuse_text(["check", *odd, "AB*.837", "AB*C*.8*", "outbox/*.837", "--select=MCE*", "E11.9", "-", ""])
    refuse_text(["search", "hip\nfracture", "of the foot " * 40], looked_for=True)
    with pytest.raises(Unusable, match="argument 2 is text of 11 characters"):
        refuse_text(["search", "NM1*IL*1*X~"[:10] + "Y", "x"], looked_for=True)
    with pytest.raises(Unusable, match="argument 3"):
        refuse_text(["check", "--config", f"--config={TEXTS[1]}"])
