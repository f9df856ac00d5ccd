"""The files around the package say what the package is: its version, its needs, its commands."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from medcode.cli.parser import command

if TYPE_CHECKING:
    from pathlib import Path

yaml = pytest.importorskip("yaml", reason="pyyaml is not installed")


@pytest.fixture
def read(root: Path) -> Any:
    if not (root / "action.yml").exists():
        pytest.skip("only a checkout has it")
    return lambda name: yaml.safe_load((root / name).read_text(encoding="utf-8"))


def test_the_conda_recipe_is_of_this_version_and_these_needs(root: Path, read: Any) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    recipe = read("packaging/conda/recipe.yaml")
    assert recipe["context"]["version"] == project["version"]
    assert recipe["about"]["summary"] == project["description"]
    run = [need.replace(" ", "") for need in recipe["requirements"]["run"]]
    assert run == [f"python{project['requires-python']}", *project["dependencies"]]


def test_the_action_calls_check_as_it_is(read: Any) -> None:
    action = read("action.yml")
    script = action["runs"]["steps"][-1]["run"]
    options = {name for each in command("check").actions for name in each.option_strings}
    used = {word for word in script.split() if word.startswith("--")}
    assert used == {"--format"}
    assert used <= options
    assert {"SARIF", "PATHS", "ARGUMENTS"} == set(action["runs"]["steps"][-1]["env"])


def test_the_templates_ask_for_no_patient_data(root: Path, read: Any) -> None:
    forms = sorted((root / ".github/ISSUE_TEMPLATE").glob("*.yml"))
    assert forms
    for form in forms:
        assert "no patient data" in str(read(form.relative_to(root).as_posix())).replace("**", "")


def test_the_documentation_is_built_as_it_is_tested(root: Path, read: Any) -> None:
    settings = read(".readthedocs.yaml")
    assert settings["sphinx"] == {"configuration": "docs/conf.py", "fail_on_warning": True}
    assert (root / "docs/conf.py").exists()
