"""The parsers: one for each command, made on demand, and one for the program itself."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from medcode.cli.options import hint
from medcode.cli.screen import indented, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

__all__ = ["COMMANDS", "Parser", "command", "commands", "top"]

COMMANDS = (
    "build", "check", "fix", "ack", "view", "form", "mask", "payer", "ledger", "lookup", "search", "explain", "lint", "upgrade", "data",
    "completion",
)  # fmt: skip
"""Each is a module of this package with `add_arguments` and `run`; its docstring is the help."""


class Parser(argparse.ArgumentParser):
    """A parser that suggests the nearest name for an unknown one."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(**options, allow_abbrev=False)
        self._positionals.title = "arguments"

    @property
    def actions(self) -> tuple[argparse.Action, ...]:
        """The arguments, in the order of the help."""
        return tuple(self._actions)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Report an unknown option first: other errors may only follow from it."""
        if not self._subparsers:  # else its words may belong to one of them
            for option in _options(args):
                if option not in self._option_string_actions:
                    self.error(f"unknown option {option}{hint(option, self._option_string_actions)}")
        return super().parse_known_args(args, namespace)

    def print_help(self, file: Any = None) -> None:
        """Print the help; argparse would ignore a full disk."""
        (file or sys.stdout).write(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and exit."""
        self.exit(2, f"{self.prog}: {printable(message)}\nRun `{self.prog} --help` for usage.\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(action, f"invalid choice {value!r}{hint(value, action.choices)}")


def _options(words: Iterable[str]) -> Iterator[str]:
    """Yield the long options among words, up to a `--` that ends them."""
    for word in words:
        if word == "--":
            return
        if word.startswith("--") and " " not in word:
            yield word.partition("=")[0]


def command(name: str) -> Parser:
    """Return the parser of a command, from its module."""
    module = import_module(f"medcode.cli.{name}")
    first, rest = _help(module)
    parser = Parser(prog=f"medcode {name}", description=first, epilog=rest)
    module.add_arguments(parser)
    parser.set_defaults(run=module.run)
    parser.usage = " ".join(("%(prog)s [OPTION ...]", *filter(None, map(_word, parser.actions))))
    return parser


def _word(action: argparse.Action) -> str:
    """Return a positional argument as the usage line shows it; empty for an option."""
    if action.option_strings:
        return ""
    return f"{action.metavar} ..." if action.nargs in {"+", argparse.PARSER} else str(action.metavar)


def commands() -> dict[str, str]:
    """Return the commands with what each does, in a few words."""
    return {name: _help(import_module(f"medcode.cli.{name}"))[0] for name in COMMANDS}


def _help(module: ModuleType) -> tuple[str, str]:
    """Return a command's help from its docstring: the first line, and the rest."""
    first, _, rest = (module.__doc__ or "").partition("\n")
    return first, rest.strip()


def top() -> Parser:
    """Return the parser used without a command: `--help`, `--version` and errors."""
    parser = Parser(
        prog="medcode", usage="medcode [--help] [--version] COMMAND ...",
        description="US medical codes, claim edits and X12 837 claims.",
        epilog=_epilog(),
    )  # fmt: skip
    parser.add_argument("--version", action="store_true", help="the version and the release of every table")
    parser.add_argument("command", nargs="?", choices=COMMANDS, metavar="COMMAND", help=argparse.SUPPRESS)
    return parser


def _epilog() -> str:
    lines = (indented(f"{name:<11} {meaning}", "  ", " " * 14) for name, meaning in commands().items())
    rows = "\n".join(row for each in lines for row in each)
    return (
        f"commands:\n{rows}\n\n"
        "Run `medcode COMMAND --help` for options and examples.\n"
        "Exit codes: 0 ok, 1 not ok, 2 unusable input."
    )
