"""Read, check and write a visit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import attrs

from medcode.claims.submission import Submission
from medcode.cli.checked import Checked
from medcode.cli.explain import in_short
from medcode.cli.formats import FORMATS, shown
from medcode.cli.options import Unusable
from medcode.cli.output import write
from medcode.cli.screen import say, use_color
from medcode.cli.settings import rules_for, settings_for
from medcode.errors import VisitError
from medcode.files import contents
from medcode.toml_lines import line_of, lines_of

if TYPE_CHECKING:
    import argparse

    from medcode.findings import Finding, Report

__all__ = ["build_visit"]


def build_visit(args: argparse.Namespace) -> int:
    """Check the visit, show the findings, and write the 837 if it is ok or forced."""
    use_color(args.color, sys.stderr)
    try:
        text = _text(args.visit)
        toml = not (args.visit.lower().endswith(".json") or text.lstrip().startswith("{"))
        submission = Submission.from_toml(text) if toml else Submission.from_json(text)
    except UnicodeDecodeError:
        raise Unusable(f"{args.visit}: not UTF-8 text") from None
    except VisitError as error:
        raise Unusable("\n".join(f"{args.visit}: {problem}" for problem in error.args)) from None
    rules = rules_for(args, settings_for(args, [args.visit]))
    envelope = submission.envelope
    on = rules.choice["on"] or envelope.created.date()
    report = rules.scrub(submission.claims, on=on, envelope=envelope)
    if toml:
        report = _with_lines(report, lines_of(text))
    print(shown([Checked(args.visit, report)], args.format), file=sys.stderr)
    if args.explain and report.findings and FORMATS[args.format].explains:
        say(f"\n{in_short(dict.fromkeys(each.rule for each in report.findings))}", sys.stderr)
    if not report.ok and not args.force:
        if args.format == "text":  # the others are documents by themselves
            print("medcode: nothing was written", file=sys.stderr)
        return 1
    write(submission.to_x12(check=False).encode(), args.output)
    return 0 if report.ok else 1


def _text(visit: str) -> str:
    data = sys.stdin.buffer.read() if visit == "-" else contents(visit)
    return data.decode("utf-8-sig")


def _with_lines(report: Report, lines: dict[str, int]) -> Report:
    """Add the line of the TOML file to each finding."""

    def placed(finding: Finding) -> Finding:
        at = finding.location
        path = f"claims[{finding.claim}].{at.path}" if "claims[0]" in lines else at.path
        line = line_of(path, lines) if path and at.path else None
        return attrs.evolve(finding, location=attrs.evolve(at, line=line, column=None))

    return attrs.evolve(report, findings=tuple(map(placed, report.findings)))
