"""What must hold of the project itself: its settings, its documents and what it may not contain."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import medcode
from medcode.claims import x12
from medcode.codesets import CODE_SETS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
SETTINGS = tomllib.loads(PYPROJECT)
FOLDERS = (".ci", "bench", "changelog.d", "docs", "examples", "src", "tests", "tools", "typing_tests")
PASSING = {"__pycache__", "_build", "generated"}  # what tools leave behind


def project_files() -> Iterator[Path]:
    """Go through the files of the project, not those that tools leave behind."""
    left_out = (".coverage", ".git")  # what coverage leaves behind; a work tree's pointer to its repository
    top = (path for path in ROOT.iterdir() if path.is_file())
    yield from (path for path in top if path.name == ".gitignore" or not path.name.startswith(left_out))
    for folder in FOLDERS:
        paths = (ROOT / folder).rglob("*")
        yield from (path for path in paths if path.is_file() and not PASSING.intersection(path.parts))


FILES = sorted(project_files())
TOCTREE = re.compile(r"^```{toctree}\n(?::.*\n)*((?:.*\n)*?)```$", re.MULTILINE)
SCRIPTS = [path for path in FILES if path.suffix == ".py"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_installed_version_is_the_one_in_pyproject() -> None:
    assert version("medcode") == SETTINGS["project"]["version"]


def test_every_ignored_rule_is_explained() -> None:
    lint = PYPROJECT[PYPROJECT.index("[tool.ruff.lint]") : PYPROJECT.index("[tool.ruff.lint.pydocstyle]")]
    ignores = [line for line in lint.splitlines() if re.search(r'"[A-Z]+\d*"', line) and "select" not in line]
    assert len(ignores) > 10
    assert [line for line in ignores if not re.search(r"#\s*\S", line)] == []


def test_every_silenced_line_says_why() -> None:
    silenced = re.compile(r"# (?:noqa|type: ignore|pyright: ignore|pragma: no cover)(?![^#]*# \S)")
    unexplained = [
        f"{name_of(path)}:{number}"
        for path in SCRIPTS
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if silenced.search(line)
    ]
    assert unexplained == []


@pytest.mark.slow
def test_no_text_is_read_or_written_in_the_encoding_of_the_machine() -> None:
    found = [
        f"{name_of(path)}:{call.lineno}"
        for path in SCRIPTS
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and depends_on_the_machine(call)
    ]
    assert found == []


def depends_on_the_machine(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
    named = {word.arg: ast.unparse(word.value) for word in call.keywords}
    if "encoding" in named or name not in {"open", "fdopen", "read_text", "write_text", "Popen", "run"}:
        return False
    if name in {"Popen", "run"}:
        return "True" in (named.get("text"), named.get("universal_newlines"))
    modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    binary = any(
        set("b") <= set(mode) <= set("rwxab+") for mode in (*modes, named.get("mode", "").strip("'"))
    )
    other = ast.unparse(call.func) in {"os.open", "lmdb.open", "tarfile.open", "archive.open"}
    positional = name in {"read_text", "write_text"} and len(call.args) == 1 + (name == "write_text")
    return not (binary or other or positional)


def test_import_loads_nothing_heavy() -> None:
    script = """
import sys
before, opened = set(sys.modules), []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import medcode
print(*sorted(set(sys.modules) - before), *(f"file:{name}" for name in opened), sep="\\n")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)  # noqa: S603  # our own words
    loaded = done.stdout.split()
    modules = {name for name in loaded if not name.startswith("file:")}
    assert "medcode" in modules
    assert {name.split(".")[0] for name in modules} - sys.stdlib_module_names == {"medcode"}
    assert not {
        name for name in modules if name.startswith(("medcode.codesets", "medcode.claims", "medcode.edits"))
    }
    assert not [name for name in loaded if "medcode/codesets/data" in name.replace("\\", "/")]


def test_every_module_stands_in_a_layer_of_the_imports() -> None:
    contract, *_ = SETTINGS["tool"]["importlinter"]["contracts"]
    layers = {name.strip(" ()") for layer in contract["layers"] for name in layer.split("|")}
    modules = {
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "src").rglob("*.py")
    }
    above = {"medcode", "medcode.claims"}  # they name what is below, and load it when it is asked for
    assert {
        name for name in modules if not any(f"{name}.".startswith(f"{layer}.") for layer in layers)
    } == above


def test_the_public_face_is_small_and_whole() -> None:
    assert len(medcode.__all__) <= 15
    assert set(dir(medcode)) == {"__version__", *medcode.__all__, *CODE_SETS}
    assert all(getattr(medcode, name) is not None for name in dir(medcode))
    assert medcode.__version__ == SETTINGS["project"]["version"]
    for name in ("icd11", "_icd10cm"):
        with pytest.raises(AttributeError, match=f"no attribute '{name}'"):
            vars(medcode)["__getattr__"](name)


def test_every_code_set_is_imported_from_the_top() -> None:
    script = (
        "from medcode import "
        + ", ".join(CODE_SETS)
        + "\nprint([each.name for each in ("
        + ", ".join(CODE_SETS)
        + ")])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)  # noqa: S603  # our own words
    assert ast.literal_eval(done.stdout) == list(CODE_SETS)


def test_the_face_of_x12_is_loaded_name_by_name() -> None:
    script = """
import sys
from medcode.claims import x12
assert "attrs" not in sys.modules and "medcode.claims.model" not in sys.modules
import medcode.claims.x12.validate.judge  # a package of the same name as the function
assert x12.validate.__module__ == "medcode.claims.x12.reading"
assert "medcode.claims.x12.write.judged" not in sys.modules
from medcode.claims.x12 import *
assert set(dir(x12)) == set(x12.__all__) <= globals().keys()
"""
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603  # our own words
    assert dict.fromkeys(vars(x12)["_HOMES"]).keys() == set(x12.__all__) == set(dir(x12))
    with pytest.raises(AttributeError, match="no attribute 'emit'"):
        vars(x12)["__getattr__"]("emit")


def test_a_module_of_the_package_is_imported_without_a_search_for_code_sets() -> None:
    script = "import sys\nfrom medcode import edits\nassert 'importlib.metadata' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603  # our own words


def test_type_checkers_know_every_name_of_the_public_face() -> None:
    tree = ast.parse((ROOT / "src/medcode/__init__.py").read_text(encoding="utf-8"))
    (known,) = (
        node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    imported = {name.name for node in known.body if isinstance(node, ast.ImportFrom) for name in node.names}
    assert imported == {*medcode.__all__, *CODE_SETS}


def test_every_page_stands_in_a_table_of_contents() -> None:
    docs = ROOT / "docs"
    pages = {p for p in docs.rglob("*.md") if p.name != "template.md" and not PASSING.intersection(p.parts)}
    listed = {docs / "index.md"}
    for page in pages:
        for toctree in TOCTREE.findall(page.read_text(encoding="utf-8")):
            for entry in filter(None, toctree.splitlines()):
                listed |= set(page.parent.glob(f"{entry}.md"))
    assert pages - listed == set()


def test_changelog_fragments_are_well_formed() -> None:
    kinds = "|".join(kind["directory"] for kind in SETTINGS["tool"]["towncrier"]["type"])
    for path in (ROOT / "changelog.d").iterdir():
        if path.name == "README.md":
            continue
        assert re.fullmatch(rf"(\d+|\+[a-z0-9-]+)\.({kinds})\.md", path.name), path.name
        assert re.fullmatch(r"[A-Z`].+\.\n", path.read_text(encoding="utf-8"), re.DOTALL), path.name


def test_no_file_names_a_path_of_one_machine() -> None:
    place = re.compile(rb"(?<![\w.*-])/(?:%s)/\w" % b"|".join((b"work", b"tmp", b"root", b"home", b"Users")))
    assert [name_of(path) for path in FILES if place.search(path.read_bytes())] == []


def test_no_file_is_a_copy_of_reference_data(reference: Path) -> None:
    """Neither whole nor in part: ten long lines or segments in common are no accident."""
    files = (path for path in reference.rglob("*") if path.is_file() and "fy2027_delta" not in path.name)
    sources = [
        path for path in files if path.suffix != ".toml"
    ]  # those are our own examples, with a fault each
    digests = {hashlib.sha256(path.read_bytes()).digest() for path in sources if path.stat().st_size}
    lines = set().union(*(long_lines(path) for path in sources))
    for path in FILES:
        assert hashlib.sha256(path.read_bytes()).digest() not in digests, name_of(path)
        assert len(long_lines(path) & lines) < 10, name_of(path)


def long_lines(path: Path) -> set[bytes]:
    return {line for line in re.split(rb"[~\r\n]+", path.read_bytes()) if len(line) > 30}


def test_no_script_is_too_long_to_read() -> None:
    logic = (path for path in SCRIPTS if "guides" not in path.parts)  # guides are tables through and through
    lengths = {name_of(path): lines_of_logic(path.read_text(encoding="utf-8")) for path in logic}
    assert {name: length for name, length in lengths.items() if length > 350} == {}


def lines_of_logic(text: str) -> int:
    """Count the lines of a script but for its tables: what is assigned at the top."""
    tables = (node for node in ast.parse(text).body if isinstance(node, (ast.Assign, ast.AnnAssign)))
    return len(text.splitlines()) - sum((table.end_lineno or 0) - table.lineno for table in tables)
