"""Completion for zsh, each command by `_arguments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.cli.completing import Argument, Command

__all__ = ["script"]

_SCRIPT = r"""#compdef medcode
# zsh completion for medcode; `medcode completion zsh` prints it.
_medcode() {{
    local at=medcode
    while (( CURRENT > 2 )); do
        case "$at $words[2]" in
        {paths}) at="$at $words[2]" ;;
        *) break ;;
        esac
        shift words
        (( CURRENT-- ))
    done
    case $at in
{commands}
    esac
}}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _medcode "$@"
else
    (( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit }}
    compdef _medcode medcode
fi
"""


def script(commands: Iterable[Command]) -> str:
    """Write the script."""
    commands = tuple(commands)
    return _SCRIPT.format(
        paths=" | ".join(f'"{each.path}"' for each in commands[1:]),
        commands="\n".join(map(_command, commands)),
    )


def _command(command: Command) -> str:
    specs = [spec for option in command.options for spec in _option(option)]
    if command.word:
        specs.append(f"{'*' if command.word.many else '1'}:{command.word.what}:{_action(command.word)}")
    rows = "".join(f" \\\n            {_quoted(spec)}" for spec in specs)
    return f"    {_quoted(command.path)})\n        _arguments -s{rows}\n        ;;"


def _option(option: Argument) -> Iterable[str]:
    """Return a spec for each name of an option: `--on=[help]:DATE:`, whose value may follow a `=` too."""
    help_ = option.help.replace("[", "(").replace("]", ")")
    value = f":{option.what}:{_action(option)}" if option.what else ""
    return [f"{name}{'=' * bool(value and name[:2] == '--')}[{help_}]{value}" for name in option.names]


def _action(argument: Argument) -> str:
    return "_files" if argument.files else f"({' '.join(argument.values)})" if argument.values else " "


def _quoted(text: str) -> str:
    escaped = text.replace("'", "'\\''")
    return f"'{escaped}'"
