"""No module needs, while it is imported, one that is itself being imported: there are no circles."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@pytest.mark.slow
def test_no_module_is_imported_in_a_circle(root: Path) -> None:
    assert circles(imports(root / "src")) == []


def test_a_circle_would_be_found(tmp_path: Path) -> None:
    for name, text in {"a": "from pack import b", "b": "import pack.c", "c": "from pack.a import x"}.items():
        (tmp_path / "pack").mkdir(exist_ok=True)
        (tmp_path / "pack" / f"{name}.py").write_text(text, encoding="utf-8")
    assert circles(imports(tmp_path)) == [["pack.a", "pack.b", "pack.c"]]


def imports(source: Path) -> dict[str, set[str]]:
    """The modules that each module imports when it is imported itself."""
    paths = {
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__"): path
        for path in source.rglob("*.py")
    }
    return {
        name: {each for each in named(ast.parse(path.read_text(encoding="utf-8")), paths) if each != name}
        for name, path in paths.items()
    }


def named(node: ast.AST, modules: Mapping[str, Path]) -> Iterator[str]:
    """The modules that a text imports, but for what only a function or a type checker imports."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ImportFrom):
            for each in child.names:
                whole = f"{child.module}.{each.name}"
                yield from ({whole if whole in modules else str(child.module)} & modules.keys())
        elif isinstance(child, ast.Import):
            yield from ({each.name for each in child.names} & modules.keys())
        elif not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) and not for_checkers(child):
            yield from named(child, modules)


def for_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of modules that reach one another."""
    reached = {name: reach(graph, name) for name in graph}
    groups = {
        tuple(sorted(other for other in reached[name] if name in reached[other]))
        for name in graph
        if name in reached[name]
    }
    return sorted(map(list, groups))


def reach(graph: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen
