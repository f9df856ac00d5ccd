"""answer an 837 file as a payer could: TA1, 999, 277CA and 835

A payer in a box for tests: nothing is sent anywhere. A scenario says what is
answered; --list shows them. Yours is a TOML file with the same keys.

Examples:
  medcode payer --list
  medcode payer sent.837 -o answers --scenario denials
  medcode payer sent.837 -o answers --scenario mine.toml --seed 7
  medcode ledger sent.837 answers/*
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from medcode.cli.input import on_disk
from medcode.cli.options import Unusable, hint, seed
from medcode.cli.screen import indented, say
from medcode.files import opened_text

if TYPE_CHECKING:
    import argparse

    from medcode.testing.payer import Scenario

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="an 837 file; - is standard input")
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", default="answers", help="where to write (default: answers)"
    )
    parser.add_argument(
        "--scenario", metavar="NAME", default="paid-in-full",
        help="a scenario, or a TOML file with your own (default: paid-in-full)",
    )  # fmt: skip
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="vary the answers (default: 0)")
    parser.add_argument("--list", action="store_true", help="list the scenarios")


def run(args: argparse.Namespace) -> int:
    """Write the answers to a file, and print the path of each."""
    from medcode.errors import X12Error
    from medcode.testing.payer import SCENARIOS, Payer

    if args.list:
        for name, scenario in SCENARIOS.items():
            for line in indented(scenario.summary, f"{name:<25}", " " * 25):
                print(line)
        return 0
    if args.file is None:
        raise Unusable("name a file, or list the scenarios with --list")
    payer = Payer(_scenario(args.scenario), seed=args.seed)
    try:
        with on_disk(args.file) as path:
            answers = payer.answer(path)
    except X12Error as error:
        raise Unusable(f"{args.file}: {error}") from None
    for written in answers.write(args.output):
        say(str(written))
    return 0


def _scenario(name: str) -> Scenario:
    from medcode.testing.payer import SCENARIOS, Scenario

    if name in SCENARIOS:
        return SCENARIOS[name]
    path = Path(name)
    if not path.exists():
        raise Unusable(f"unknown scenario {name!r}{hint(name, SCENARIOS)}")
    try:
        with opened_text(path) as file:
            return Scenario.from_toml(file.read())
    except ValueError as error:
        raise Unusable(f"{name}: {error}") from None
