"""The mutants of a module: each differs in one thing, and the text they are made of stays."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

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
    for line, what, tree in found:
        lines = zip(whole, ast.unparse(tree).splitlines(), strict=True)
        assert [at for at, (old, new) in enumerate(lines, 1) if old != new] == [line - 1], what


ADDING = """
def add(a, b):
    def times(c):
        return c * b
    return times(a) or 1
"""


@pytest.mark.slow
def test_a_mutant_takes_the_place_of_the_function_in_memory(root: Path) -> None:
    if not (root / "tools/mutants.py").exists():
        pytest.skip("only a checkout has it")
    from tools.mutants import mutants, replace

    names: dict[str, Any] = {}
    exec(compile(ADDING, "/adding.py", "exec"), names)  # noqa: S102  # as a module is loaded
    add = names["add"]
    answers = []
    for _, what, tree in mutants(ADDING):
        assert replace("/adding.py", tree) == 1
        answers.append((what, add(2, 5)))
    assert sorted(answers, key=str) == [
        ("and for or", 1),
        ("another calculation", 7),
        ("another number", 10),
        ("one condition fewer", 1),
        ("return None", 1),
        ("return None", None),
    ]
