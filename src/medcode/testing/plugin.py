"""A pytest plugin: 837 files and code lists as tests, a fixture and a marker.

It is installed with medcode and does nothing unless it is used:

    pytest --medcode fixtures/*.837 valuesets/

Each 837 file (.837 .edi .x12) is scrubbed, and each code list (.csv .tsv .json .yaml .yml .toml .sql
.lst) is linted, with the project's `medcode.toml` if there is one: files that it excludes are skipped,
unless they are named on the command line, and known findings of its baseline are not errors. A file with
an error fails and shows its findings with their places and rules, and without patient data.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from medcode.claims.model.claim import Claim
    from medcode.findings import Finding, Report

__all__ = ["medcode_check", "pytest_addoption", "pytest_collect_file", "pytest_configure"]

_X12 = {".837", ".edi", ".x12"}
_LISTS = {".csv", ".tsv", ".json", ".yaml", ".yml", ".toml", ".sql", ".lst"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--medcode`, `--medcode-on` and `--medcode-profile`."""
    group = parser.getgroup("medcode", "codes and claims")
    group.addoption("--medcode", action="store_true", help="collect 837 files and code lists as tests")
    group.addoption("--medcode-on", type=_day, metavar="DATE", help="the date to check them on")
    group.addoption("--medcode-profile", metavar="NAME", help="the edits for a type of payer")


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("must be a date such as 2026-01-05") from None


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and refuse an unknown profile."""
    if (profile := config.getoption("medcode_profile")) is not None:
        _known(profile)
    config.addinivalue_line(
        "markers",
        "medcode(**options): options of medcode_check in this test, such as on=date(2026, 1, 5), "
        "profile='medicaid', select=['ICD'] or ignore=['CLM13']; files of --medcode have this marker too",
    )


def _known(profile: str) -> None:
    from medcode.edits.profile import profile_of

    try:
        profile_of(profile)
    except ValueError as error:
        raise pytest.UsageError(f"--medcode-profile: {error}") from None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect an 837 file or a code list as a test, with `--medcode`."""
    if not parent.config.getoption("medcode") or file_path.suffix.lower() not in _X12 | _LISTS:
        return None
    collector: pytest.Collector = _File.from_parent(parent, path=file_path)
    return collector


class _File(pytest.File):
    """A file that is checked as a whole."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the test of the file, unless the project excludes it or it is one of medcode's own files."""
        if self._is_wanted():
            yield _Item.from_parent(self, name="lint" if _is_list(self.path) else "scrub")

    def _is_wanted(self) -> bool:
        from medcode.lint import config

        try:
            return self.session.isinitpath(self.path) or config.found([self.path]).wants(self.path)
        except config.ConfigError as error:
            raise self.CollectError(str(error)) from None


class _Item(pytest.Item):
    """The test of a file."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.add_marker("medcode")

    def runtest(self) -> None:
        """Check the file; fail with its findings, one a line."""
        report = _report(self.path, _choice(self))
        if report.not_checked:
            text = "\n".join(_line(self._shown, each) for each in report.not_checked)
            self.add_report_section("call", "medcode, not checked", text)
        if not report.ok:
            raise _WrongError("\n".join(_line(self._shown, each) for each in report.findings))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *rest: Any) -> Any:
        """Return the findings without a traceback; only an internal error has one."""
        from medcode.errors import MedcodeError

        if isinstance(excinfo.value, (_WrongError, MedcodeError, OSError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *rest)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return the file and the title of its test."""
        return self.path, None, f"medcode {self.name}: {self._shown}"

    @property
    def _shown(self) -> str:
        """The path as pytest shows it."""
        return self.nodeid.partition("::")[0]


class _WrongError(Exception):
    """A file is not ok; the message has its findings."""


def _line(file: str, finding: Finding) -> str:
    at = finding.location
    place = "".join(f":{number}" for number in (at.line, at.column) if number)
    fix = f" {finding.fix.text}" if finding.fix else ""
    return f"{file}{place}: {finding.severity} {finding.rule} {finding.message}{fix}"


def _is_list(source: object) -> bool:
    return isinstance(source, (str, Path)) and Path(source).suffix.lower() in _LISTS


def _choice(node: pytest.Item) -> dict[str, Any]:
    """Return the options from the command line and the markers; the marker nearest to the test wins."""
    told = {name: node.config.getoption(f"medcode_{name}") for name in ("on", "profile")}
    choice = {name: value for name, value in told.items() if value is not None}
    for marker in reversed(list(node.iter_markers("medcode"))):
        choice |= marker.kwargs
    return choice


def _report(source: Claim | Iterable[Claim] | str | Path, choice: dict[str, Any]) -> Report:
    """Scrub claims or an 837 file, or lint a code list, which takes only the date."""
    if _is_list(source):
        return _linted(Path(str(source)), choice.get("on"))
    from medcode import scrub

    return scrub(source, **choice)


def _linted(path: Path, on: date | None) -> Report:
    import attrs

    from medcode.lint import config, lint_report
    from medcode.lint.baseline import Baseline
    from medcode.lint.files import read

    found = config.found([path])
    choice = found.choice_for(path)
    text = read(path, found.encoding).text
    report = lint_report(text, path.name, attrs.evolve(choice, on=on or choice.on))
    if found.baseline is None:
        return report
    return attrs.evolve(report, findings=tuple(Baseline.load(found.baseline).new(str(path), report.findings)))


@pytest.fixture
def medcode_check(request: pytest.FixtureRequest) -> Callable[..., Report]:
    """Return a function that checks claims, an 837 file or a code list, and raises `Rejected` for errors.

    It takes the arguments of `scrub`; the marker `medcode` and the command line give the defaults.
    """

    def check(source: Claim | Iterable[Claim] | str | Path, **choice: Any) -> Report:
        __tracebackhide__ = True
        report = _report(source, _choice(request.node) | choice)
        report.raise_for_errors()
        return report

    return check
