"""The command line: one command for each module named in `COMMANDS`.

Exit codes are 0 for ok, 1 for not ok and 2 for unusable input; as in a shell, 130 after Ctrl-C and 141
if the reader of the output closed it. Set MEDCODE_DEBUG for the traceback of an internal error.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from medcode.cli.arguments import refuse_text
from medcode.cli.parser import COMMANDS, command, top
from medcode.cli.screen import printable, use_color
from medcode.errors import MedcodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "main"]

_SELDOM = 100_000  # objects; looking for rubbish among tables more often takes a tenth of the start

UNUSABLE, INTERRUPTED, UNREAD = 2, 130, 141
LINES = "\n"  # a message may have several


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code."""
    if argv is None:  # the process is ours
        gc.set_threshold(_SELDOM)
        _end_in_order()
        _open_streams()
        argv = sys.argv[1:]
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _warn
            try:
                refuse_text(argv, looked_for=argv[:1] == ["search"])
                code = _command(argv) if argv and argv[0] in COMMANDS else _no_command(argv)
            finally:  # also when the parser leaves by itself, once it has helped
                _flush()
    except (MedcodeError, OSError, KeyboardInterrupt) as error:
        return _expected(error)
    except Exception as error:  # noqa: BLE001  # no trace reaches a user
        return _unexpected(error)
    return code


def _end_in_order() -> None:
    """Turn a signal to end into an exception, which removes temporary files and ends workers."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> None:  # pragma: no cover  # runs in processes that a test ends
    signal.signal(number, signal.SIG_IGN)  # once is enough
    sys.exit(128 + number)


def _open_streams() -> None:
    """Replace closed standard streams, and escape characters that a stream's encoding does not have."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  # open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _command(words: Sequence[str]) -> int:
    args = command(words[0]).parse_args(words[1:])
    use_color(getattr(args, "color", "auto"))
    code: int = args.run(args)
    return code


def _no_command(words: Sequence[str]) -> int:
    parser = top()
    if parser.parse_args(words).version:
        from medcode.cli.version import show_version

        return show_version()
    parser.print_help(sys.stderr)
    return UNUSABLE


def _flush() -> None:
    """Flush the output; what cannot be written is dropped, so that Python does not try again at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    print(f"medcode: {printable(str(message), LINES)}", file=sys.stderr)


def _expected(error: BaseException) -> int:
    """Print why the input is unusable, and return the exit code."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):  # whoever read the output has enough of it
        return UNREAD
    message = str(error)
    if isinstance(error, OSError) and error.strerror:
        message = ": ".join(filter(None, (error.filename, error.strerror)))
    print(f"medcode: {printable(message, LINES)}", file=sys.stderr)
    return UNUSABLE


def _unexpected(error: Exception) -> int:
    """Print a request for a report. The error's message may contain patient data, so only its type is shown."""
    if "MEDCODE_DEBUG" in os.environ:
        raise error
    print(
        f"medcode: internal error ({type(error).__name__}). Please report it;\n"
        "run the command with MEDCODE_DEBUG=1 for a traceback.",
        file=sys.stderr,
    )
    return UNUSABLE
