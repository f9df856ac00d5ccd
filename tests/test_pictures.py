"""The pictures and diagrams of the documentation: each is made, closes what it opens and says what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

pytest.importorskip("docutils", reason="docutils, of the dependency group docs, is not installed")
pytest.importorskip("matplotlib", reason="matplotlib, of the dependency group docs, is not installed")

from docs._ext.diagrams import DIAGRAMS, WIDTH, svg  # skipped without docutils
from docs._ext.pictures import PICTURES  # as above

ROOT = Path(__file__).resolve().parent.parent
PAGES = "\n".join(
    path.read_text(encoding="utf-8") for path in ROOT.glob("docs/**/*.md") if "generated" not in path.parts
)


def test_every_diagram_fits_and_has_a_title() -> None:
    for make in DIAGRAMS.values():
        drawn = etree.fromstring(svg(make()))
        assert drawn[0].tag.endswith("title")
        for box in drawn.iter("{*}rect"):
            assert (
                0 <= float(box.get("x", "")) <= float(box.get("x", "")) + float(box.get("width", "")) <= WIDTH
            )


def test_every_picture_is_made_and_shows_no_patient_data() -> None:
    for make in PICTURES.values():
        html = make()
        etree.fromstring(f"<div>{html.replace('<br>', '<br/>').replace('<details open>', '<details>')}</div>")
        assert not re.search(r"\bDOE\b|\bSAM\b|M12345", html)


def test_pages_use_each_and_name_no_other() -> None:
    assert set(re.findall(r"^```{diagram} (\w+)", PAGES, re.MULTILINE)) == set(DIAGRAMS)
    assert set(re.findall(r"^```{picture} (\w+)", PAGES, re.MULTILINE)) == set(PICTURES)
