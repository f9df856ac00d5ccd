"""What the documentation shows and no test can run is at least well formed, and its commands exist.

Python that runs is checked by `test_docs`; blocks of `py` need other programs and are only compiled.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from medcode.cli.parser import command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = (path for path in ROOT.glob("docs/**/*.md") if not {"generated", "_build"}.intersection(path.parts))
FENCE = re.compile(r"^```(py|yaml|toml|json|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:^|\$ |- |run: |\(|&& )medcode ([a-z][^|<>&)\n]*)", re.MULTILINE)


def snippets() -> Iterator[tuple[str, str, str]]:
    """Give place, language and text of every block, and of every file that pages include."""
    for page in (ROOT / "README.md", *sorted(WRITTEN)):
        text = page.read_text(encoding="utf-8")
        for found in FENCE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{page.relative_to(ROOT).as_posix()}:{line}", found[1], found[2]
    for file in sorted(ROOT.glob("docs/howto/files/*.yml")):
        yield file.name, "yaml", file.read_text(encoding="utf-8")


def shell(text: str) -> None:
    bash = shutil.which("bash")
    if not bash:
        pytest.skip("bash is not installed")
    done = subprocess.run([bash, "-n", "-c", text], capture_output=True, encoding="utf-8", check=False)  # noqa: S603  # our own words
    assert done.returncode == 0, done.stderr


READERS: dict[str, Callable[[str], object]] = {
    "py": ast.parse,
    "yaml": yaml.safe_load,
    "toml": tomllib.loads,
    "json": json.loads,
    "sh": shell,
}
SNIPPETS = list(snippets())


@pytest.mark.parametrize(
    ("language", "text"), [each[1:] for each in SNIPPETS], ids=[each[0] for each in SNIPPETS]
)
def test_it_is_well_formed(language: str, text: str) -> None:
    READERS[language](text)


@pytest.mark.parametrize("text", [each[2] for each in SNIPPETS], ids=[each[0] for each in SNIPPETS])
def test_its_commands_exist(text: str) -> None:
    for found in COMMAND.finditer(text.replace("\\\n", " ")):
        name, *words = shlex.split(found[1], comments=True)
        command(name).parse_args(words)


def test_there_are_commands_to_look_at() -> None:
    found = [each[1] for _, _, text in SNIPPETS for each in COMMAND.finditer(text)]
    assert len(found) > 6
