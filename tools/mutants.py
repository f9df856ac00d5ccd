"""Change one thing in a module at a time, and see whether its tests find it.

usage: python -m tools.mutants MODULE[,MODULE...] COUNT[:DRAW] TEST...

Takes a sample of the mutants of each module (comparisons, conditions, numbers, calculations, returned values and calls),
the same at each run; another number of the draw (default: 0) takes others. The tests that are named are collected once and run once, to see which of them reach which line;
then each mutant has a process of its own, in which the tests that reach its line run, the quick ones first, until one
fails. A mutant that no test finds survives: its line is printed, to be read, and either tested or explained. No file is
changed: the code of a function is replaced in the memory of that process. What was done when a module was imported is
not done again: a mutant that shows only there survives.
"""

from __future__ import annotations

import ast
import copy
import gc
import importlib
import json
import os
import random
import resource
import sys
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, NamedTuple

import pytest
from _pytest.runner import runtestprotocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

WORK = 4.0  # seconds, as first measured, of the tests that run against one mutant
PATIENCE = 3  # times what they took first, after which a mutant counts as found: it hangs
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
}

PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")


class Mutant(NamedTuple):
    """A module in which one thing differs: where, what, and the whole of it, its lines as they were."""

    line: int
    what: str
    tree: ast.Module


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
        case ast.Return(value=ast.expr() as value) as new if not is_none(value):
            new.value = ast.Constant(None)
            yield "return None", new
        case ast.Expr(value=ast.Call() | ast.Yield()) | ast.Continue() | ast.Break():
            yield "without it", ast.Pass()


def is_none(node: ast.expr) -> bool:
    """Whether an expression is None as it is written."""
    return isinstance(node, ast.Constant) and node.value is None


def mutants(source: str) -> Iterator[Mutant]:
    """Yield the mutants of a module; annotations, docstrings and what is outside functions are left."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in dict.fromkeys(
        node for function in functions for part in function.body for node in ast.walk(part)
    ):
        for what, new in changes(node):
            kept = dict(node.__dict__), node.__class__
            place = {key: kept[0][key] for key in PLACE}
            node.__class__ = new.__class__  # the tree is changed where it is
            node.__dict__.clear()
            node.__dict__.update({**new.__dict__, **place})
            whole = ast.fix_missing_locations(copy.deepcopy(tree))
            node.__class__ = kept[1]
            node.__dict__.clear()
            node.__dict__.update(kept[0])
            yield Mutant(kept[0]["lineno"], what, whole)


def codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of each function of a module, one in another included."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from codes(each)


def replace(file: str, tree: ast.Module) -> int:
    """Let every function of a module that is in memory have the code of a mutant; return how many there were."""
    new = {(each.co_qualname, each.co_firstlineno): each for each in codes(compile(tree, file, "exec"))}
    count = 0
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename == file:
            code = new.get((each.__code__.co_qualname, each.__code__.co_firstlineno))
            if code and code.co_freevars == each.__code__.co_freevars:
                each.__code__, count = code, count + 1
    return count


def in_a_process(action: Callable[[], str], patience: float) -> str | None:
    """Return what an action says that runs in a copy of this process; None if it has died or worked for too long."""
    hears, says = os.pipe()
    sys.stdout.flush()
    if not (child := os.fork()):
        limit = int(patience) + 2  # seconds of work, not of the clock: the machine may be busy
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        os.close(hears)
        with os.fdopen(says, "w", encoding="utf-8") as pipe:
            pipe.write(action())
        os._exit(0)
    os.close(says)
    with os.fdopen(hears, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return None if status else said


class Trial:
    """A plugin of pytest that tries mutants in place of running the tests."""

    def __init__(self, modules: list[str], count: int, draw: int = 0) -> None:
        """Hold which modules are changed, how often each, and the number of the draw."""
        self.modules, self.count, self.draw = modules, count, draw

    def pytest_collection(self) -> None:
        """Let properties fail at once: nobody reads the smallest example."""
        from hypothesis import Phase, settings  # not before pytest is ready to rewrite its plugin

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", settings.get_profile("fast"), phases=phases, database=None)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find what each test reaches, then try the mutants of each module."""
        files = [str(importlib.import_module(module).__file__) for module in self.modules]
        said = in_a_process(lambda: reached(set(files), session.items), 3_600)
        if not said:
            raise SystemExit("the tests fail without a change, or reach none of the modules")
        reach: dict[tuple[str, int], list[tuple[float, pytest.Item]]] = defaultdict(list)
        for took, test, lines in json.loads(said):
            for file, line in lines:
                reach[file, line].append((took, session.items[test]))
        for module, file in zip(self.modules, files, strict=True):
            self.tried(module, file, reach)
        return True

    def tried(
        self, module: str, file: str, reach: dict[tuple[str, int], list[tuple[float, pytest.Item]]]
    ) -> None:
        """Try a sample of the mutants of a module, and print those that no test finds."""
        source = Path(file).read_text(encoding="utf-8")
        every, lines = list(mutants(source)), source.split("\n")
        sample = random.Random(self.draw).sample(every, min(self.count, len(every)))
        survived = 0
        for mutant in sorted(sample, key=lambda each: each.line):
            items, took = affordable(reach[file, mutant.line])
            if in_a_process(partial(judged, file, mutant, items), PATIENCE * took) == "survived":
                survived += 1
                line = lines[mutant.line - 1].strip()
                print(f"  {mutant.line}: {mutant.what}: {line} ({len(items)} tests)", flush=True)
        print(f"{module}: {len(every)} mutants, {len(sample)} tried, {survived} survived", flush=True)


def affordable(tests: list[tuple[float, pytest.Item]]) -> tuple[list[pytest.Item], float]:
    """Return the quickest of the tests, as many as the time for one mutant allows, and their time."""
    found: list[pytest.Item] = []
    whole = 0.0
    for took, item in sorted(tests, key=lambda each: each[0]):
        if found and whole + took > WORK:
            break
        found.append(item)
        whole += took
    return found, whole


def reached(files: set[str], items: list[pytest.Item]) -> str:
    """Run each test; return how long it took, its number, and the lines of the files that it reached, as JSON."""
    found: list[tuple[float, int, list[tuple[str, int]]]] = []
    lines: set[tuple[str, int]] = set()

    def trace(frame: FrameType, _event: str, _arg: object) -> object:
        if frame.f_code.co_filename not in files:
            return None
        lines.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    for number, item in enumerate(items):
        lines.clear()
        start = time.process_time()
        sys.settrace(trace)  # type: ignore[arg-type]  # what it returns is a function of the same kind
        is_sound = passes(item)
        sys.settrace(None)
        if not is_sound:
            print(f"fails without a change: {item.nodeid}", flush=True)
            return ""
        if lines:
            found.append((time.process_time() - start, number, sorted(lines)))
    return json.dumps(found)


def judged(file: str, mutant: Mutant, items: list[pytest.Item]) -> str:
    """Return "survived" if every test passes with a mutant."""
    if not replace(file, mutant.tree):
        raise SystemExit(f"no function of {file} is in memory")
    return "survived" if all(map(passes, items)) else "found"


def passes(item: pytest.Item) -> bool:
    """Run one test, with its own fixtures; whether nothing of it fails."""
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def main() -> None:
    """Run a sample of the mutants of the modules."""
    modules, count, *tests = sys.argv[1:]
    options = ["-q", "-n", "0", "-s", "-p", "no:cacheprovider", "--no-header", "--no-summary"]
    sys.exit(
        pytest.main([*options, *tests], plugins=[Trial(modules.split(","), *map(int, count.split(":")))])
    )


if __name__ == "__main__":
    main()
