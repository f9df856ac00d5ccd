"""Every Python example of the README and the documentation runs, page by page, from top to bottom.

A block with `>>>` prompts must print what it shows; any other ```` ```python ```` block must run.
"""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = (path for path in ROOT.glob("docs/**/*.md") if not {"generated", "_build"}.intersection(path.parts))
PAGES = [ROOT / "README.md", *sorted(WRITTEN)]
FENCE = re.compile(r"^```(?:python|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def run(block: str, names: dict[str, Any], page: Path, line: int) -> None:
    """Run one block among the names that the page has made so far."""
    if ">>>" not in block:
        exec(compile("\n" * line + block, page, "exec"), names)  # noqa: S102  # our own documents
        return
    example = doctest.DocTestParser().get_doctest(block, {}, page.name, str(page), line)
    example.globs = names
    runner = doctest.DocTestRunner(optionflags=OPTIONS)
    runner.run(example, clear_globs=False)
    assert runner.failures == 0, f"{page.name}, line {line + 1}: the example prints something else"


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "__main__"}
    for fence in FENCE.finditer(text):
        run(fence[1], names, page, text.count("\n", 0, fence.start(1)))


def test_a_page_links_the_example_files_that_it_reads() -> None:
    for page in PAGES[1:]:  # the README is read beside them
        text = page.read_text(encoding="utf-8")
        read = {
            name for fence in FENCE.finditer(text) for name in re.findall(r'"examples/([^"]+)"', fence[1])
        }
        linked = set(re.findall(r"\{download\}`[^`<]+ <\.\./\.\./examples/([^>]+)>`", text))
        assert read <= linked, f"{page.relative_to(ROOT)}: no link to {', '.join(sorted(read - linked))}"
