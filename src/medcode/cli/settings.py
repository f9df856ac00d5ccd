"""The settings of a project, as the commands take them: `medcode.toml`, or `[tool.medcode]` in `pyproject.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from medcode.cli.options import Unusable, words
from medcode.lint import config
from medcode.lint.fields import is_lint_rule

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping
    from datetime import date

    from medcode.edits.tables import Tables
    from medcode.findings import Finding, Report, Severity
    from medcode.lint.config import Config

__all__ = ["Rules", "day_for", "own_tables", "rules_for", "settings_for", "weighed"]

_STYLE = {"X082": "number-form"}
"""Rules of style by their ids: what they find changes no meaning, so they only run if they are named."""


def settings_for(args: argparse.Namespace, files: Iterable[str]) -> Config:
    """Return the settings that are named, or the nearest above all of some files; for standard input, above here."""
    if getattr(args, "config", None):
        return config.load(Path(args.config))
    return config.found([Path() if file == "-" else Path(file) for file in files])


@attrs.frozen
class Rules:
    """What claims are judged by: the arguments of `scrub`, and the severities that a project gives to rules."""

    choice: Mapping[str, Any]
    severities: Mapping[str, Severity]

    def scrub(self, source: Any, **more: Any) -> Report:
        """Judge a file or claims."""
        from medcode.scrubbing import scrub

        return weighed(scrub(source, **{**self.choice, **more}), self.severities)


def rules_for(args: argparse.Namespace, settings: Config) -> Rules:
    """Return what a command judges claims by: its options, and the settings for what has no option.

    Raises Unusable for a word that names no rule, and for tables that cannot be used.
    """
    from medcode.scrubbing import scrub

    select = words(args.select) or settings.select
    named = {word.upper() for word in (*select, *settings.severities)}
    style = [id_ for id_, name in _STYLE.items() if not named & {id_, name.upper()}]
    choice: dict[str, Any] = {
        "select": [each for each in select if not is_lint_rule(each)],
        "ignore": (*settings.ignore, *words(args.ignore), *style),
        "on": getattr(args, "on", None) or settings.choice.on,
        "profile": args.profile or settings.profile or "default",
        "tables": own_tables(args.tables or [*map(str, settings.tables)]),
    }
    try:
        scrub((), **choice)
    except ValueError as error:
        raise Unusable(error) from None
    return Rules(choice, settings.severities)


def own_tables(files: list[str]) -> Tables:
    """Return the user's tables of files. Raises Unusable, with every fault, for those that cannot be used."""
    from medcode.edits.own.reading import TableFault, read_tables

    try:
        return read_tables(*files)
    except OSError as error:
        raise Unusable(f"{error.filename}: {error.strerror}") from None
    except TableFault as fault:
        raise Unusable(fault) from None


def day_for(args: argparse.Namespace) -> date | None:
    """Return the day that a command without files goes by: its option, else the settings of the project above here."""
    return args.on or settings_for(args, ["-"]).choice.on


def weighed(report: Report, severities: Mapping[str, Severity]) -> Report:
    """Return a report with the severities that a project gives to rules, by id or name."""
    if not severities:
        return report
    by_rule = {rule.upper(): severity for rule, severity in severities.items()}

    def of(finding: Finding) -> Finding:
        severity = by_rule.get(finding.rule.upper()) or by_rule.get(finding.name.upper())
        return attrs.evolve(finding, severity=severity) if severity else finding

    return attrs.evolve(report, findings=tuple(map(of, report.findings)))
