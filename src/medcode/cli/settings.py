"""The settings of a project, as the commands take them: `medcode.toml`, or `[tool.medcode]` in `pyproject.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from medcode.cli.options import words
from medcode.lint import config

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from medcode.findings import Finding, Report, Severity
    from medcode.lint.config import Config

__all__ = ["chosen", "settings_for", "weighed"]

_STYLE = {"X082": "number-form"}
"""Rules of style by their ids: what they find changes no meaning, so they only run if they are named."""


def settings_for(args: argparse.Namespace, files: Iterable[str]) -> Config:
    """Return the settings that are named, or the nearest above all of some files; for standard input, above here."""
    if getattr(args, "config", None):
        return config.load(Path(args.config))
    return config.found([Path() if file == "-" else Path(file) for file in files])


def chosen(args: argparse.Namespace, settings: Config) -> dict[str, Any]:
    """Return what `scrub` is to go by: the options of a command, and the settings for what has no option."""
    select = words(getattr(args, "select", [])) or settings.select
    named = {word.upper() for word in select}
    style = [
        id_
        for id_, name in _STYLE.items()
        if not named & {id_, name.upper()}
        and id_ not in settings.severities
        and name not in settings.severities
    ]
    return {
        "select": select,
        "ignore": (*settings.ignore, *words(getattr(args, "ignore", [])), *style),
        "on": args.on or settings.choice.on,
        "profile": args.profile or settings.profile or "default",
    }


def weighed(report: Report, severities: Mapping[str, Severity]) -> Report:
    """Return a report with the severities that a project gives to rules, by id or name."""
    if not severities:
        return report
    by_rule = {rule.upper(): severity for rule, severity in severities.items()}

    def of(finding: Finding) -> Finding:
        severity = by_rule.get(finding.rule.upper()) or by_rule.get(finding.name.upper())
        return attrs.evolve(finding, severity=severity) if severity else finding

    return attrs.evolve(report, findings=tuple(map(of, report.findings)))
