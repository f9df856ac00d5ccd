"""Completion for bash, also of the old versions that macOS ships."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.cli.completing import Argument, Command

__all__ = ["script"]

_SCRIPT = r"""# bash completion for medcode; `medcode completion bash` prints it.
_medcode() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} path=medcode values= at
    [[ $cur == = ]] && cur=
    [[ $prev == = ]] && prev=${{COMP_WORDS[COMP_CWORD-2]}}
    for ((at = 1; at < COMP_CWORD; at++)); do
        case "$path ${{COMP_WORDS[at]}}" in
        {paths}) path="$path ${{COMP_WORDS[at]}}" ;;
        esac
    done
    case "$path $prev" in
{values}
    *)
        case $path in
{words}
        esac
        ;;
    esac
    if [[ $values == FILES ]]; then
        local IFS=$'\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$cur"))
    else
        COMPREPLY=($(compgen -W "$values" -- "$cur"))
    fi
}}
complete -F _medcode medcode
"""


def script(commands: Iterable[Command]) -> str:
    """Write the script."""
    commands = tuple(commands)
    return _SCRIPT.format(
        paths=" | ".join(f'"{each.path}"' for each in commands[1:]),
        values="\n".join(row for each in commands for row in _values(each)),
        words="\n".join(map(_words, commands)),
    )


def _values(command: Command) -> Iterable[str]:
    """Yield the cases for options that take a value."""
    for option in command.options:
        if option.what:
            names = " | ".join(f'"{command.path} {name}"' for name in option.names)
            yield f'    {names}) values="{_list(option)}" ;;'


def _words(command: Command) -> str:
    """Yield the cases for everything else: options after a dash, and words."""
    options = " ".join(name for option in command.options for name in option.names)
    word = _list(command.word) if command.word else ""
    return f'        "{command.path}") [[ $cur == -* ]] && values="{options}" || values="{word}" ;;'


def _list(argument: Argument) -> str:
    return "FILES" if argument.files else " ".join(argument.values)
