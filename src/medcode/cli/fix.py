"""apply the safe fixes of an 837 file's findings

Shows what would change as a diff of segments, and what only a person can
decide, with the choices. With --write the file is replaced; everything else
stays byte for byte as it was. The exit code is 1 where errors remain.

Examples:
  medcode fix claims.837
  medcode fix claims.837 --write
  medcode fix claims.837 -o fixed.837 --profile commercial
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from medcode.cli.input import on_disk
from medcode.cli.options import Unusable, add_day, add_rules
from medcode.cli.output import write
from medcode.cli.screen import say
from medcode.files import contents

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="an 837 file; - is standard input")
    parser.add_argument(
        "--write", action="store_true", help="replace the file; write standard input to standard output"
    )
    parser.add_argument("-o", "--output", metavar="OUT", help="write the fixed file here instead")
    add_rules(parser)
    add_day(parser, "judge the claims as sent on a date")


def run(args: argparse.Namespace) -> int:
    """Fix the file, show the diff, and list what remains."""
    from medcode.cli.checked import counted
    from medcode.cli.settings import rules_for, settings_for, weighed
    from medcode.errors import X12Error
    from medcode.findings import Report, Severity
    from medcode.fixing import fix_file, listed

    rules = rules_for(args, settings_for(args, [args.file]))
    try:
        with on_disk(args.file) as path:
            fixed = fix_file(contents(path), **rules.choice)
    except (X12Error, ValueError) as error:
        raise Unusable(f"{args.file}: {error}") from None
    is_filter = "-" in {args.output, args.file if args.write else None}
    if difference := fixed.diff(args.file):
        say(difference, sys.stderr if is_filter else sys.stdout)
    if args.write and (args.file == "-" or fixed.after != fixed.before):
        write(fixed.to_bytes(), args.file)
    if args.output:
        write(fixed.to_bytes(), args.output)
    remaining = weighed(Report(fixed.open), rules.severities).findings
    errors = [finding for finding in remaining if finding.severity is Severity.ERROR]
    rest = list(listed(remaining))
    for line in rest:
        say(line, sys.stderr)
    count = len(fixed.applied) + fixed.rewritten
    kept = "" if args.write or args.output else " (not written; use --write)"
    sys.stderr.write(f"{count:,} fix{'es' * (count != 1)}{kept}, {counted(len(rest), 'finding')} left.\n")
    return int(bool(errors))
