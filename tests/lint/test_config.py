"""What a project says of its lists, where that is found, and what is said of a fault in it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from medcode.lint import Choice, config
from medcode.lint.choice import Weight
from medcode.lint.config import Config, ConfigError

WHOLE = """
on = 2026-11-01
set = "icd10cm"
exclude = ["vendor/", "*.bak.csv"]
ignore = ["heading", "LNT05"]
encoding = "cp1252"
baseline = "known.json"
lock = "tables.lock"

[columns]
"DX_*" = "icd10cm"
diagnosis_text = false

[files]
"hcpcs/*.txt" = "hcpcs"
"archive/**" = { set = "icd9cm", on = 2015-09-30, ignore = ["all"] }
"notes/" = "none"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_field_is_taken() -> None:
    Path("medcode.toml").write_text(WHOLE, encoding="utf-8")
    found = config.load(Path("medcode.toml"))
    assert found.choice == Choice(
        on=date(2026, 11, 1),
        code_set="icd10cm",
        columns={"dx_*": "icd10cm", "diagnosis_text": None},
        ignore=frozenset({"LNT02", "LNT05"}),
    )
    assert (found.encoding, found.baseline, found.lock) == ("cp1252", Path("known.json"), Path("tables.lock"))


def test_files_have_their_own() -> None:
    Path("medcode.toml").write_text(WHOLE, encoding="utf-8")
    found = config.load(Path("medcode.toml"))
    assert found.choice_for(Path("hcpcs/a.txt")).code_set == "hcpcs"
    archived = found.choice_for(Path("archive/deep/a.csv"))
    assert (archived.code_set, archived.on) == ("icd9cm", date(2015, 9, 30))
    assert found.choice_for(Path("notes/a.txt")).told("dx") == (None, Weight.NONE)
    assert found.choice_for(Path("other.csv")) == found.choice
    assert Config().choice_for(Path("a.csv")) == Choice()


def test_what_is_excluded_or_written_by_lint_is_not_gone_into() -> None:
    Path("medcode.toml").write_text(WHOLE, encoding="utf-8")
    found = config.load(Path("medcode.toml"))
    asked = [
        "a.csv",
        "vendor",
        "vendor/a.csv",
        "sub/a.bak.csv",
        "known.json",
        "sub/known.json",
        "tables.lock",
        "medcode.toml",
    ]
    assert [name for name in asked if found.wants(Path(name))] == ["a.csv", "sub/known.json"]
    assert [name for name in asked if found.wants(Path(name).absolute())] == ["a.csv", "sub/known.json"]
    assert Config().wants(Path("a.csv"))


class TestFound:
    """Walking up from what is linted."""

    def test_the_nearest_above_all_paths(self, folder: Path) -> None:
        (folder / "a/b").mkdir(parents=True)
        (folder / "medcode.toml").write_text('set = "hcpcs"\n', encoding="utf-8")
        (folder / "a/medcode.toml").write_text('set = "icd9cm"\n', encoding="utf-8")
        (folder / "a/b/list.csv").touch()
        assert config.found([Path("a/b/list.csv")]).choice.code_set == "icd9cm"
        assert config.found([Path("a/b")]).folder == Path("a")
        assert config.found([Path("a/b/list.csv"), Path()]).choice.code_set == "hcpcs"

    def test_pyproject_with_a_section_of_its_own(self, folder: Path) -> None:
        (folder / "sub").mkdir()
        (folder / "sub/pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
        (folder / "pyproject.toml").write_text('[tool.medcode]\nset = "hcpcs"\n', encoding="utf-8")
        assert config.found([Path("sub")]).choice.code_set == "hcpcs"

    def test_none(self) -> None:
        assert config.found([Path("nowhere.csv")]) == Config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colums = 1\n", "medcode.toml:1: colums: unknown field; did you mean columns?"),
        ("\n[columns]\ndx = 'icd10cn'\n", "medcode.toml:3: columns.dx: unknown code set 'icd10cn'; did you mean icd10cm?"),
        ("[columns]\ndx = true\n", "medcode.toml:2: columns.dx: must be text"),
        ("columns = 1\n", "medcode.toml:1: columns: must be a table"),
        ("on = '2026-01-01'\n", "medcode.toml:1: on: must be a date without quotes, such as 2026-01-05"),
        ("on = 2026-01-01T00:00:00\n", "medcode.toml:1: on: must be a date without quotes, such as 2026-01-05"),
        ("# x\nexclude = 'a'\n", "medcode.toml:2: exclude: must be a list of texts"),
        ("exclude = [1]\n", "medcode.toml:1: exclude: must be a list of texts"),
        ("ignore = ['LNT99']\n", "medcode.toml:1: ignore: unknown rule 'LNT99'; did you mean LNT0"),
        ("encoding = 'utf-9'\n", "medcode.toml:1: encoding: cannot write the encoding 'utf-9'"),
        ("encoding = 'utf-16'\n", "medcode.toml:1: encoding: cannot write the encoding 'utf-16'"),
        ("[files]\n'a.csv' = 1\n", "medcode.toml:2: files.a.csv: must be a table"),
        ("[files.'a.csv']\nset = 'x'\n", "medcode.toml:2: files.a.csv.set: unknown code set 'x'"),
        ("[files]\n'a.csv' = { no = 1 }\n", "medcode.toml:2: files.a.csv.no: unknown field"),
        ("on = \n", "medcode.toml: not valid TOML: Invalid value (at line 1"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_line_and_field(text: str, message: str) -> None:
    Path("medcode.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(Path("medcode.toml"))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", ["lock", "baseline"])
@pytest.mark.parametrize(
    "value", ["/etc/passwd", "../x.json", "a/../../x.json", "link/x.json", "link-file", "."]
)
def test_a_configuration_names_no_file_outside_its_folder(folder: Path, name: str, value: str) -> None:
    """A repository may be anybody's; only the command line may name other files."""
    project = folder / "project"
    project.mkdir()
    (folder / "x.json").write_text("{}", encoding="utf-8")
    (project / "link").symlink_to(folder)
    (project / "link-file").symlink_to(folder / "x.json")
    (project / "medcode.toml").write_text(f"\n{name} = '{value}'\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"medcode\.toml:2: {name}: must be inside the folder"):
        config.load(project / "medcode.toml")


@pytest.mark.parametrize("name", ["lock", "baseline"])
@pytest.mark.parametrize("value", ["circle", "circle/x.json", "a\\u0000b"])
def test_a_configuration_names_a_file_that_can_be_one(folder: Path, name: str, value: str) -> None:
    (folder / "circle").symlink_to("circle")
    Path("medcode.toml").write_text(f'{name} = "{value}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"medcode\.toml:1: {name}: must be "):
        config.load(Path("medcode.toml"))


@pytest.mark.parametrize("name", ["lock", "baseline"])
def test_a_configuration_names_no_pipe(folder: Path, name: str) -> None:
    os.mkfifo(folder / "pipe")
    Path("medcode.toml").write_text(f"{name} = 'pipe'\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"{name}: must be a regular file"):
        config.load(Path("medcode.toml"))


def test_a_fault_in_pyproject_and_files_that_cannot_be_read(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(
        "[project]\nname = 'x'\n[tool.medcode]\nignore = 1\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=r"pyproject\.toml:4: ignore: must be a list of texts"):
        config.found([folder])
    with pytest.raises(ConfigError, match=r"no\.toml: No such file"):
        config.load(Path("no.toml"))
    Path("medcode.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match=r"medcode\.toml: not UTF-8 text"):
        config.load(Path("medcode.toml"))
