"""Completion, asked of the shells themselves where they are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from medcode.cli import COMMANDS, main
from medcode.cli.completing import described
from medcode.codesets import CODE_SETS
from medcode.codesets.offers import OFFERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], Path]:
    def script_(shell: str) -> Path:
        assert main(["completion", shell]) == 0
        path = tmp_path / f"completion.{shell}"
        path.write_text(capsys.readouterr().out, encoding="utf-8")
        return path

    return script_


def ask(*words: str, folder: Path) -> list[str]:
    program = shutil.which(words[0])
    if not program:
        pytest.skip(f"{words[0]} is not installed")
    done = subprocess.run(  # noqa: S603  # our own words
        [program, *words[1:]], capture_output=True, encoding="utf-8", check=False, cwd=folder, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    return sorted(done.stdout.split("\n")[:-1])


TYPED: list[tuple[str, list[str]]] = [
    ("medcode", list(COMMANDS)),
    ("medcode ch", ["check"]),
    ("medcode --", ["--help", "--version"]),
    ("medcode check --f", ["--format", "--full"]),
    ("medcode check --format ", ["text", "json", "sarif", "github", "junit", "statistics"]),
    ("medcode check --format=js", ["json"]),
    ("medcode check --color a", ["auto", "always"]),
    ("medcode check v", ["visit.837", "visits 2"]),
    ("medcode check visit.837 --str", ["--strict"]),
    ("medcode check --on ", []),
    ("medcode build -o visit", ["visit.837", "visits 2"]),
    ("medcode lookup --set place", ["place_of_service"]),
    ("medcode lookup --set ", list(CODE_SETS)),
    ("medcode explain CLM0", [f"CLM0{number}" for number in range(1, 10)]),
    ("medcode explain X00", [f"X00{number}" for number in range(1, 10)]),
    ("medcode check --profile medicaid", ["medicaid"]),
    ("medcode data ", ["list", "add", "check", "fetch"]),
    ("medcode data fetch ", list(OFFERS)),
    ("medcode data add --set icd9", ["icd9cm", "icd9cm_procedures"]),
    ("medcode completion ", list(SHELLS)),
]


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_bash_completes(typed: str, expected: list[str], script: Any, tmp_path: Path) -> None:
    for name in ("visit.837", "visits 2", "other"):
        (tmp_path / name).touch()
    words = typed.replace("=", " = ").split(" ")
    given = " ".join(f"'{word}'" for word in (words if len(words) > 1 else [*words, ""]))
    asked = (
        f"source {script('bash')}; COMP_WORDS=({given}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); "
        '_medcode; ((${#COMPREPLY[@]})) && printf "%s\\n" "${COMPREPLY[@]}"; true'
    )
    found = ask("bash", "--norc", "-c", asked, folder=tmp_path)
    assert found == sorted(expected)


@pytest.mark.parametrize(("typed", "expected"), [each for each in TYPED if "=" not in each[0]])
def test_fish_completes(typed: str, expected: list[str], script: Any, tmp_path: Path) -> None:
    for name in ("visit.837", "visits 2", "other"):
        (tmp_path / name).touch()
    typed = f"{typed} " * (typed == "medcode") or typed
    asked = f"source {script('fish')}; complete -C '{typed}'"
    found = [
        row.partition("\t")[0].replace("\\ ", " ")
        for row in ask("fish", "--no-config", "-c", asked, folder=tmp_path)
    ]
    assert set(expected) <= set(found)


ZSH_ASKED = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'source ./asked.zsh'
zpty -r shell shown '*to type*'
zpty -w -n shell $'TYPED\t\x18'
while zpty -r shell shown; do :; done
cat found
"""
"""Type into a terminal, press Tab, and leave by Ctrl-X; then show what Tab found."""

ZSH_START = r"""
autoload -Uz compinit && compinit -u -D
source ./completion.zsh
before=$PATH
compadd() {
    local -a hits
    [[ " $* " == *" -"[OAD]" "* ]] || { builtin compadd -O hits "$@"; print -rl -- $hits >> found }
    builtin compadd "$@"
}
leave() { [[ $PATH == $before ]] || print PATH changed >> found; exit }
begin() { print to type }
zle -N leave; bindkey '^X' leave
zle -N zle-line-init begin
"""
"""What the shell in the terminal starts with: it writes down every word that it offers."""


@pytest.mark.parametrize(
    ("typed", "expected"), [*TYPED, ("medcode data add --set=icd9cm_", ["icd9cm_procedures"])]
)
def test_zsh_completes(typed: str, expected: list[str], script: Any, tmp_path: Path) -> None:
    for name in ("visit.837", "visits 2", "other"):
        (tmp_path / name).touch()
    script("zsh")
    (tmp_path / "asked.zsh").write_text(ZSH_START, encoding="utf-8")
    typed = f"{typed} " * (typed == "medcode") or typed
    found = ask("zsh", "-f", "-c", ZSH_ASKED.replace("TYPED", typed), folder=tmp_path)
    assert {name.replace("\\ ", " ") for name in found} - {""} == set(expected)


def test_the_script_for_zsh_leaves_the_search_path_alone(script: Any) -> None:
    """There, `path` is `PATH`."""
    assert re.search(r"\b(path|PATH)=", script("zsh").read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_that_the_shell_reads(shell: str, script: Any, tmp_path: Path) -> None:
    assert ask(shell, "-n", str(script(shell)), folder=tmp_path) == []


def test_every_command_with_its_options_is_described(script: Any) -> None:
    paths = [each.path for each in described()]
    assert paths[0] == "medcode"
    assert [f"medcode {name}" for name in COMMANDS] == [path for path in paths if path.count(" ") == 1]
    assert "medcode data fetch" in paths
    for shell in SHELLS:
        text = script(shell).read_text(encoding="utf-8")
        assert all(path in text for path in paths)
        assert "place_of_service" in text
        assert all(("strict" in text, "accept" in text, "output" in text))
