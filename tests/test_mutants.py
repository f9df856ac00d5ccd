"""The mutants of a module: each differs in one thing, and the text they are made of stays."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = '''
def f(a, b):
    """A text that no mutant changes."""
    for x in a:
        if x == 1 and not b:
            continue
        b(x + 1)
    return True if a else b
'''


def test_each_mutant_differs_in_one_thing(root: Path) -> None:
    if not (root / "tools/mutants.py").exists():
        pytest.skip("only a checkout has it")
    from tools.mutants import mutants

    whole = ast.unparse(ast.parse(SOURCE)).splitlines()
    found = list(mutants(SOURCE))
    assert {what for _, what, _ in found} == {
        "the opposite condition", "and for or", "one condition fewer", "another comparison", "another number", "without not",
        "without it", "another calculation", "return None", "always the first", "always the second", "the opposite",
    }  # fmt: skip
    for line, what, text in found:
        differing = [
            at for at, (old, new) in enumerate(zip(whole, text.splitlines(), strict=True), 1) if old != new
        ]
        assert differing == [line - 1], what
