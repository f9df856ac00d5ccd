"""The pages that the registries write: every edit is listed in its family and has a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("docutils", reason="docutils, of the dependency group docs, is not installed")
pytest.importorskip("matplotlib", reason="matplotlib, of the dependency group docs, is not installed")
pytest.importorskip("pyarrow", reason="pyarrow, of the dependency group docs, is not installed")

from docs._ext.registries import FAMILIES, write_edits  # skipped without docutils

from medcode.edits import EDITS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_every_edit_is_listed_in_its_family_and_has_a_page(tmp_path: Path) -> None:
    write_edits(tmp_path / "edits")
    found = (tmp_path / "edits" / "index.md").read_text(encoding="utf-8")
    assert {edit.family for edit in EDITS.values()} == set(FAMILIES)
    for name in EDITS:
        assert found.count(f"| [{name}]({name}.md) |") == 1
        page = (tmp_path / "edits" / f"{name}.md").read_text(encoding="utf-8")
        assert f"\n# {name} {EDITS[name].name}\n" in page
