"""Change one thing in a module at a time, and see whether its tests find it.

usage: python -m tools.mutants MODULE COUNT TEST...

Takes a sample of the mutants of a module (comparisons, conditions, numbers, calculations, returned values and calls), the
same at each run, and runs the tests that are named against each, until one fails. A mutant that no test finds survives:
its line is printed, to be read, and either tested or explained. No file is changed: the mutant is loaded in place of
the module.
"""

from __future__ import annotations

import ast
import copy
import importlib.util
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60  # seconds of work, after which a mutant counts as found: it hangs
RUN = """
import importlib.util, resource, sys
MODULE, FILE, PATIENCE, *TESTS = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_CPU, (int(PATIENCE), int(PATIENCE)))  # of work: the machine may be busy
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == MODULE:
            return importlib.util.spec_from_file_location(name, FILE)
    @staticmethod
    def pytest_load_initial_conftests():
        sys.meta_path.insert(0, Finder)  # before the finder of what pytest rewrites
import pytest
sys.exit(pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", *TESTS], plugins=[Finder]))
"""
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
}


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:  # noqa: C901  # a case for each kind of change
    """Yield what may stand in place of a node, and how it is called."""
    match copy.deepcopy(node):
        case ast.Compare(ops=[of, *rest]) as new if type(of) in COMPARED:
            new.ops = [COMPARED[type(of)](), *rest]
            yield "another comparison", new
        case ast.BoolOp(op=ast.And() | ast.Or() as of) as new:
            yield "one condition fewer", new.values[-1]
            new.op = ast.Or() if isinstance(of, ast.And) else ast.And()
            yield "and for or", new
        case ast.UnaryOp(op=ast.Not()) as new:
            yield "without not", new.operand
        case ast.IfExp() as new:
            yield "always the first", new.body
            yield "always the second", new.orelse
        case ast.BinOp(op=of) as new if type(of) in CALCULATED:
            new.op = CALCULATED[type(of)]()
            yield "another calculation", new
        case ast.Constant(value=bool(value)) as new:
            new.value = not value
            yield "the opposite", new
        case ast.Constant(value=int(value)) as new:
            new.value = value + 1
            yield "another number", new
        case ast.If() as new:
            new.test = ast.UnaryOp(ast.Not(), new.test)
            yield "the opposite condition", new
        case ast.Return(value=ast.expr()) as new:
            new.value = ast.Constant(None)
            yield "return None", new
        case ast.Expr(value=ast.Call() | ast.Yield()) | ast.Continue() | ast.Break():
            yield "without it", ast.Pass()


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the change and the text of each mutant; annotations and docstrings are left."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in dict.fromkeys(
        node for function in functions for part in function.body for node in ast.walk(part)
    ):
        for what, new in changes(node):
            kept = dict(node.__dict__), node.__class__
            node.__class__ = new.__class__  # the tree is changed where it is
            node.__dict__.clear()
            node.__dict__.update(
                {**new.__dict__, "lineno": kept[0]["lineno"], "col_offset": kept[0]["col_offset"]}
            )
            text = ast.unparse(ast.fix_missing_locations(tree))
            node.__class__ = kept[1]
            node.__dict__.clear()
            node.__dict__.update(kept[0])
            yield kept[0]["lineno"], what, text


def is_found(module: str, text: str, tests: list[str]) -> bool:
    """Whether a test fails, or hangs, with the mutant in place of its module."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "mutant.py")
        file.write_text(text, encoding="utf-8")
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", RUN, module, str(file), str(PATIENCE), *tests]
        done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603  # nosec B603  # our own program
    return done.returncode != 0


def main() -> None:
    """Run a sample of the mutants of the module."""
    module, count, *tests = sys.argv[1:]
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise SystemExit(f"no module {module}")
    source = Path(spec.origin).read_text(encoding="utf-8")
    if is_found(module, source, tests):
        raise SystemExit(f"{module}: its tests fail without a change")
    if not is_found(module, "raise ImportError", tests):
        raise SystemExit(f"{module}: its tests do not load it")
    every = list(mutants(source))
    sample = random.Random(0).sample(every, min(int(count), len(every)))
    survivors = [(line, what) for line, what, text in sample if not is_found(module, text, tests)]
    print(f"{module}: {len(every)} mutants, {len(sample)} tried, {len(survivors)} survived", flush=True)
    lines = source.split("\n")
    for line, what in sorted(survivors):
        print(f"  {line}: {what}: {lines[line - 1].strip()}", flush=True)


if __name__ == "__main__":
    main()
