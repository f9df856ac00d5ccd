"""Completion for fish, a line for each option of each command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.cli.completing import Argument, Command

__all__ = ["script"]

_HEAD = """# fish completion for medcode; `medcode completion fish` prints it.
function __medcode_at
    set -l path medcode
    for word in (commandline -opc)[2..]
        if contains -- "$path $word" {paths}
            set path "$path $word"
        end
    end
    test "$path" = "$argv"
end
complete -c medcode -f
"""


def script(commands: Iterable[Command]) -> str:
    """Write the script."""
    commands = tuple(commands)
    rows = (row for each in commands for row in _rows(each, commands))
    return _HEAD.format(paths=" ".join(_quoted(each.path) for each in commands[1:])) + "".join(
        f"complete -c medcode {row}\n" for row in rows
    )


def _rows(command: Command, commands: tuple[Command, ...]) -> Iterator[str]:
    at = f"-n {_quoted(f'__medcode_at {command.path}')}"
    below = [each for each in commands if each.words[:-1] == command.words]
    yield from (f"{at} -a {each.words[-1]} -d {_quoted(each.help)}" for each in below)
    for option in command.options:
        yield f"{at} {_names(option)}{_takes(option, '-x')} -d {_quoted(option.help)}".rstrip()
    if command.word and not below:
        yield f"{at}{_takes(command.word, '')}"


def _names(option: Argument) -> str:
    return " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)


def _takes(argument: Argument, alone: str) -> str:
    """Return what an argument takes: files, one of some words, or (`alone`) anything."""
    if argument.files:
        return " -r -F" if alone else " -F"
    values = f" -a {_quoted(' '.join(argument.values))}" if argument.values else ""
    return f" {alone}{values}".replace("  ", " ").rstrip() if argument.what else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
