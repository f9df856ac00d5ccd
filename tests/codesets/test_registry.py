"""The registry of code sets, and what names in the package mean."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import medcode.codesets
from medcode.codesets import CODE_SETS
from medcode.codesets.base import CodeSet
from medcode.codesets.registry import ALIASES, UnknownSet
from medcode.codesets.value_set import ValueSet

NAMED = """
{before}
from medcode.codesets import CODE_SETS, {name}
import medcode.codesets.{name}
from medcode.codesets.{name} import {name} as from_module
import medcode.codesets
assert {name} is from_module is medcode.codesets.{name} is CODE_SETS["{name}"], {name}
"""


def test_every_set_is_an_attribute_of_the_package() -> None:
    for name, code_set in CODE_SETS.items():
        assert isinstance(code_set, CodeSet)
        assert getattr(medcode.codesets, name) is code_set
    assert set(CODE_SETS) < set(dir(medcode.codesets))
    assert medcode.codesets.ValueSet is ValueSet
    with pytest.raises(AttributeError, match="no attribute 'icd11'"):
        medcode.codesets.icd11  # type: ignore[attr-defined]  # noqa: B018  # which is the test


@pytest.mark.parametrize(
    "before",
    ["", "import medcode.codesets.{name}", "import medcode.codesets.{name} as first", "import medcode"],
)
@pytest.mark.parametrize("name", ["place_of_service", "hcpcs", "icd10cm"])
def test_a_name_means_the_code_set_whatever_was_imported_before(before: str, name: str) -> None:
    program = NAMED.format(before=before.format(name=name), name=name)
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603  # our own words


def test_type_checkers_know_every_set() -> None:
    tree = ast.parse(Path(medcode.codesets.__file__).read_text(encoding="utf-8"))
    imports = {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("medcode.codesets.")
        for alias in node.names
    }
    assert set(CODE_SETS) <= imports


def test_names_are_sorted_and_known_without_importing() -> None:
    assert list(CODE_SETS) == sorted(CODE_SETS)
    assert "icd10cm" in CODE_SETS
    assert "store" not in CODE_SETS


def test_a_set_is_found_by_what_the_trade_calls_it() -> None:
    for name, meant in ALIASES.items():
        with pytest.raises(UnknownSet, match=f"did you mean {meant}"):
            CODE_SETS[name]
