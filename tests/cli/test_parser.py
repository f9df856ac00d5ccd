"""Words that are wrong: each is refused with the one that was meant, and with exit code 2."""

from __future__ import annotations

import pytest

from medcode.cli import COMMANDS, main
from medcode.cli.parser import command, commands


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("chekc", "medcode: argument COMMAND: there is no 'chekc'; did you mean check?"),
        ("zzz", "there is no 'zzz'; choose from build, check, ack"),
        ("--verson", "medcode: there is no option --verson; did you mean --version?"),
        ("check --fromat json", "medcode check: there is no option --fromat; did you mean --format?"),
        ("check --selct=X a.837", "medcode check: there is no option --selct; did you mean --select?"),
        ("check --zzz a.837", "medcode check: there is no option --zzz; choose from -h, --help, --format"),
        ("check --form json a.837", "medcode check: there is no option --form; did you mean --format?"),
        ("check --format jsn a", "medcode check: argument --format: there is no 'jsn'; did you mean json?"),
        ("check --jobs 0 a", "medcode check: argument --jobs: a number is wanted, 1 or more"),
        ("check --jobs x a", "medcode check: argument --jobs: a number is wanted, 1 or more"),
        ("search hip --limit -3", "medcode search: argument --limit: a number is wanted, 1 or more"),
        ("data lst", "medcode data: argument ACTION: there is no 'lst'; did you mean list?"),
        ("data add x.csv --sett cpt", "medcode data add: there is no option --sett; did you mean --set?"),
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
    assert "--help` tells how it is used" in err


def test_what_follows_two_dashes_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "--", "--set"]) == 1
    assert "'--set' has not the shape of a code" in capsys.readouterr().out


def test_every_command_says_what_it_does_and_how_it_is_called() -> None:
    assert list(commands()) == list(COMMANDS)
    for name in COMMANDS:
        parser = command(name)
        assert parser.usage
        assert parser.usage.startswith("%(prog)s [OPTION ...]")
        assert "  " not in parser.usage
        assert f"medcode {name} " in (parser.epilog or "")
