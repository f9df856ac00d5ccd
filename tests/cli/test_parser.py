"""Words that are wrong: each is refused with the one that was meant, and with exit code 2."""

from __future__ import annotations

import pytest

from medcode.cli import COMMANDS, main
from medcode.cli.parser import command, commands


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("chekc", "medcode: argument COMMAND: invalid choice 'chekc'; did you mean check?"),
        ("zzz", "invalid choice 'zzz'; choose from build, check, fix, ack"),
        ("--verson", "medcode: unknown option --verson; did you mean --version?"),
        ("check --fromat json", "medcode check: unknown option --fromat; did you mean --format?"),
        ("check --selct=X a.837", "medcode check: unknown option --selct; did you mean --select?"),
        ("check --zzz a.837", "medcode check: unknown option --zzz; choose from -h, --help, --format"),
        ("check --form json a.837", "medcode check: unknown option --form; did you mean --format?"),
        (
            "check --format jsn a",
            "medcode check: argument --format: invalid choice 'jsn'; did you mean json?",
        ),
        ("check --jobs 0 a", "medcode check: argument --jobs: must be a whole number from 1 to 512"),
        ("check --jobs x a", "medcode check: argument --jobs: must be a whole number from 1 to 512"),
        (
            "search hip --limit -3",
            "medcode search: argument --limit: must be a whole number from 1 to 999,999,999",
        ),
        ("data lst", "medcode data: argument ACTION: invalid choice 'lst'; did you mean list?"),
        ("data add x.csv --sett cpt", "medcode data add: unknown option --sett; did you mean --set?"),
        ("lookup", "medcode lookup: the following arguments are required: CODE"),
        ("ack a.837 b.837", "medcode ack: unrecognized arguments: b.837"),
    ],
)
def test_a_wrong_word(words: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words.split())
    assert caught.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(message) or message in err
    assert "--help` for usage" in err


def test_what_follows_two_dashes_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "--", "--set"]) == 1
    assert "'--set' does not have the format of any code set" in capsys.readouterr().out


def test_every_command_says_what_it_does_and_how_it_is_called() -> None:
    assert list(commands()) == list(COMMANDS)
    for name in COMMANDS:
        parser = command(name)
        assert parser.usage
        assert parser.usage.startswith("%(prog)s [OPTION ...]")
        assert "  " not in parser.usage
        assert f"medcode {name} " in (parser.epilog or "")
