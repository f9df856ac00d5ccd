"""A pytest plugin: 837 files and code lists as tests, and a fixture that checks claims.

Turn it on with `-p medcode.testing.plugin`, in `addopts` or on the command line:

    pytest -p medcode.testing.plugin --medcode fixtures/ valuesets/

Each 837 file (.837 .edi .x12) is scrubbed and each code list (.csv .tsv .json .yaml .toml .sql) is
linted; one with an error fails and shows its findings. `--medcode-on` pins the day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from medcode.claims.model.claim import Claim
    from medcode.findings import Report

__all__ = ["medcode_check", "pytest_addoption", "pytest_collect_file"]

_X12 = {".837", ".edi", ".x12"}
_LISTS = {".csv", ".tsv", ".json", ".yaml", ".yml", ".toml", ".sql"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--medcode` and `--medcode-on`."""
    group = parser.getgroup("medcode")
    group.addoption("--medcode", action="store_true", help="collect 837 files and code lists as tests")
    group.addoption(
        "--medcode-on", type=date.fromisoformat, metavar="DATE", help="the day they are judged on"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take an 837 file or a code list for a test, where `--medcode` asks for it."""
    if not parent.config.getoption("medcode") or file_path.suffix.lower() not in _X12 | _LISTS:
        return None
    collector: pytest.Collector = _File.from_parent(parent, path=file_path)
    return collector


class _File(pytest.File):
    """A file that is judged as a whole."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give its one test."""
        yield _Item.from_parent(self, name="scrub" if self.path.suffix.lower() in _X12 else "lint")


class _Item(pytest.Item):
    """The test of a file."""

    def runtest(self) -> None:
        """Judge the file; Rejected tells what is wrong."""
        day = self.config.getoption("medcode_on")
        _report(self.path, day, lint=self.name == "lint").raise_for_errors()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any) -> str:
        """Show the findings, a line each, and no trace."""
        group = getattr(excinfo.value, "exceptions", (excinfo.value,))
        return "\n".join(map(str, group))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the file."""
        return self.path, None, f"medcode {self.name}: {self.path.name}"


def _report(path: Path, day: date | None, *, lint: bool) -> Report:
    from medcode import scrub
    from medcode.findings import Report
    from medcode.lint import Choice, lint_text

    if lint:
        return Report(tuple(lint_text(path.read_text(encoding="utf-8"), path.name, Choice(on=day))))
    return scrub(path, on=day)


@pytest.fixture
def medcode_check() -> Callable[..., Report]:
    """Give a function that scrubs claims or a file and raises `Rejected` where they are not ok."""
    from medcode import scrub

    def check(source: Claim | Iterable[Claim] | str | Path, **choice: Any) -> Report:
        report = scrub(source, **choice)
        report.raise_for_errors()
        return report

    return check
