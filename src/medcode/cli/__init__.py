"""The command line: one command for each module named in `COMMANDS`.

Exit codes are 0 for ok, 1 for not ok and 2 for input that cannot be used. Set MEDCODE_DEBUG to
see the trace of an error that nobody expected.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "main"]

COMMANDS = ("build", "check", "ack", "lookup", "search", "explain", "lint", "upgrade", "data")
"""Each is a module of this package with `add_arguments` and `run`; its docstring is the help."""

OK, NOT_OK, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; give the exit code."""
    from medcode.errors import MedcodeError

    parser = _parser()
    args = parser.parse_args(argv)
    if args.run is None:
        parser.print_help(sys.stderr)
        return UNUSABLE
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _warn
            code: int = args.run(args)
        sys.stdout.flush()
    except (MedcodeError, OSError, KeyboardInterrupt) as error:
        return _expected(error)
    except Exception as error:  # noqa: BLE001  # no trace reaches a user
        return _unexpected(error)
    return code


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    print(f"medcode: {message}", file=sys.stderr)


def _expected(error: BaseException) -> int:
    """Say in plain words why the input cannot be used."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):  # whoever read the output has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNUSABLE
    message = (
        f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.strerror else error
    )
    print(f"medcode: {message}", file=sys.stderr)
    return UNUSABLE


def _unexpected(error: Exception) -> int:
    """Ask for a report; the message of the error might hold data of a patient, so only its type is told."""
    if "MEDCODE_DEBUG" in os.environ:
        raise error
    print(
        f"medcode: something went wrong inside ({type(error).__name__}). Please report it;\n"
        "with MEDCODE_DEBUG=1 the command shows where.",
        file=sys.stderr,
    )
    return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="medcode",
        description="US medical codes, claim edits and X12 837 claims.",
        epilog="Exit codes: 0 ok, 1 not ok, 2 unusable input.",
    )
    parser.set_defaults(run=None)
    parser.add_argument(
        "--version", action="store_const", dest="run", const=_version, help="releases of tables"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in COMMANDS:
        module = import_module(f"medcode.cli.{name}")
        first, _, rest = (module.__doc__ or "").partition("\n")
        command = commands.add_parser(
            name, help=first, description=first, epilog=rest.strip(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def _version(_: argparse.Namespace) -> int:
    from importlib.metadata import version

    from medcode.cli.text import indented
    from medcode.codesets import CODE_SETS

    print(f"medcode {version('medcode')}")
    for name, code_set in CODE_SETS.items():
        for release in code_set.releases:
            print("\n".join(indented(str(release), "  ", "    ")))
        if not code_set.releases:
            print(f"  {name}: no table is loaded")
    return OK
