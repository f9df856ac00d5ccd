"""Every example in a docstring of the installed package gives what it says, on the frozen day."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import medcode

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = [
    "medcode",
    *(
        module.name
        for module in pkgutil.walk_packages(medcode.__path__, "medcode.")
        if not module.name.endswith("__main__")
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    if name == "medcode.spark":
        pytest.importorskip("pyspark", reason="pyspark is not installed; `nox -s spark` has it")
    if name == "medcode.plot":
        pytest.importorskip(
            "matplotlib", reason="matplotlib, of the dependency group interop, is not installed"
        )
    assert doctest.testmod(import_module(name), optionflags=OPTIONS).failed == 0
