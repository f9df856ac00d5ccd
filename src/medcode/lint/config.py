"""The settings of a project: `medcode.toml`, or `[tool.medcode]` in `pyproject.toml`.

```toml
on = 2026-10-01                    # the date to check on (default: today)
set = "icd10cm"                    # the code set, unless something more specific applies
exclude = ["vendor/**"]            # files and folders to skip
ignore = ["heading", "CLM38"]      # rules of lint and of check
select = ["ICD", "CLM"]            # only these rules
profile = "medicare_part_b"        # the edits for a type of payer
tables = ["policies.toml"]         # your own tables
encoding = "cp1252"                # of the files (default: UTF-8)
baseline = "lint-baseline.json"    # known findings
lock = "medcode.lock"              # the tables in use

[severities]                       # error, warning or info
CLM38 = "error"

[columns]                          # the names of columns, keys and variables
"dx_*" = "icd10cm"
diagnosis_text = false             # has no codes

[files]                            # paths below this file; the first match applies
"hcpcs/*.txt" = "hcpcs"
"archive/**" = { set = "icd9cm", on = 2015-09-30 }
```
"""

from __future__ import annotations

import errno
import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from medcode.errors import MedcodeError
from medcode.lint.choice import Choice
from medcode.lint.fields import FIELDS, Fault, is_lint_rule, taken
from medcode.lint.rules import rules_named
from medcode.toml_lines import line_of, lines_of, toml_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medcode.findings import Severity

__all__ = ["Config", "ConfigError", "found", "load", "outside"]

NAME = "medcode.toml"
_FILES = ("baseline", "lock")


class ConfigError(MedcodeError, ValueError):
    """A configuration cannot be used; the message names file, line and field."""


@attrs.frozen
class Config:
    """The settings of a project; paths are relative to its folder.

    `choice` is what lint goes by; `profile` and `tables` are for checking claims, `ignore` without its rules of lint is, too;
    `select` and `severities` are for both.
    """

    path: Path | None = None
    folder: Path = attrs.field(factory=Path)
    choice: Choice = attrs.field(factory=Choice)
    files: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    exclude: tuple[str, ...] = ()
    encoding: str = "utf-8"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = attrs.field(factory=dict)
    profile: str | None = None
    tables: tuple[Path, ...] = ()
    baseline: Path | None = None
    lock: Path | None = None

    def choice_for(self, path: Path) -> Choice:
        """Return the choice for a file."""
        if not self.files:
            return self.choice
        name = self._name(path)
        said = next((said for glob, said in self.files.items() if _fits(name, glob)), {})
        ignore = self.choice.ignore | said.get("ignore", frozenset())
        return attrs.evolve(self.choice, **{**said, "ignore": ignore})

    def wants(self, path: Path) -> bool:
        """Whether a file or folder is read: it is not excluded and not one of lint's own files."""
        own = [each for each in (self.path, self.baseline, self.lock) if each and each.name == path.name]
        if not (own or self.exclude):
            return True
        name = self._name(path)
        return name not in map(self._name, own) and not any(_fits(name, glob) for glob in self.exclude)

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.folder)).as_posix()


def _fits(name: str, glob: str) -> bool:
    """Whether a path matches a glob or is below a match; a glob without a slash matches any name.

    >>> _fits("a/b.csv", "*.csv"), _fits("a/b/c.csv", "a/**"), _fits("a/b.csv", "a/"), _fits("ab/c.csv", "a")
    (True, True, True, False)
    """
    glob = glob.removeprefix("**/").rstrip("/")
    names = name.split("/")
    whole = ("/".join(names[:end]) for end in range(1, len(names) + 1))
    return any(fnmatchcase(each, glob) for each in (*whole, *("" if "/" in glob else names)))


def found(paths: Iterable[Path]) -> Config:
    """Return the nearest configuration above all of some paths, or an empty one."""
    folders = [os.path.abspath(path if path.is_dir() else path.parent) for path in paths]  # noqa: PTH100  # no link is followed
    common = Path(os.path.commonpath(folders))
    for folder in (common, *common.parents):
        if (folder / NAME).is_file():
            return load(folder / NAME)
        project = folder / "pyproject.toml"
        if project.is_file() and "medcode" in _tables(project).get("tool", {}):
            return load(project)
    return Config()


def load(path: Path) -> Config:
    """Read a configuration. Raises ConfigError for an unknown field or a wrong value."""
    given = _tables(path)
    above: tuple[str, ...] = ()
    if path.name == "pyproject.toml":
        given, above = given.get("tool", {}).get("medcode", {}), ("tool", "medcode")
    folder = Path(os.path.relpath(path.parent))
    try:
        values = taken(given, FIELDS)
        values |= {name: _inside(name, values[name], folder) for name in _FILES if name in values}
        tables = [_inside("tables", each, folder) for each in values.get("tables", ())]
        values["tables"] = tuple({each.resolve(): each for each in tables}.values())  # each is read once
    except Fault as fault:
        lines = lines_of(path.read_text(encoding="utf-8"))
        line = line_of(".".join((*above, *fault.keys)), lines)
        raise ConfigError(f"{path}:{line}: {fault}") from None
    ignore = values.pop("ignore", ())
    values["ignore"] = tuple(name for name in ignore if not is_lint_rule(name))
    choice = {
        each.name: values.pop(each.name)
        for each in attrs.fields(Choice)
        if each.name in values and each.name != "ignore"
    }
    choice["ignore"] = rules_named(filter(is_lint_rule, ignore))
    return Config(path=folder / path.name, folder=folder, choice=Choice(**choice), **values)


def outside(path: Path, folder: Path) -> str | None:
    """Return why a file that was not named on the command line is neither read nor written, or None.

    A configuration comes with a repository, which may be anybody's: its files are its own, also after
    links are followed, and nothing that a reader would wait for.
    """
    try:
        if _goes_in_a_circle(path):
            return "must be the name of a file"
        is_inside = folder.resolve() in path.resolve().parents
    except ValueError:  # a character that no name can have
        return "must be the name of a file"
    if not is_inside:
        return (
            "must be inside the folder of the configuration; to use another file, name it on the command line"
        )
    if path.exists() and not path.is_file():
        return "must be a regular file"
    return None


def _goes_in_a_circle(path: Path) -> bool:
    """Whether links on the way to a file go in a circle, which Python 3.13 no longer says where it resolves them."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def _inside(name: str, value: str, folder: Path) -> Path:
    path = folder / value
    if why := outside(path, folder):
        raise Fault((name,), why)
    return path


def _tables(path: Path) -> dict[str, Any]:
    try:
        return toml_table(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text") from None
    except ValueError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
