"""Everything that can be completed: every command with its options and words, from the parsers."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import attrs

from medcode.cli.parser import COMMANDS, Parser, command, commands, top

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Argument", "Command", "described"]

_FILES = {"FILE", "PATH", "VISIT"}
"""The names of file arguments in the help."""


@attrs.frozen
class Argument:
    """An option or a positional argument, with the values or files it takes."""

    names: tuple[str, ...]
    help: str
    what: str | None
    values: tuple[str, ...]
    many: bool

    @property
    def files(self) -> bool:
        """Whether it takes files."""
        return self.what in _FILES


@attrs.frozen
class Command:
    """A command, such as `medcode data add`, with its arguments."""

    words: tuple[str, ...]
    help: str
    arguments: tuple[Argument, ...]

    @property
    def path(self) -> str:
        """The words, separated by spaces."""
        return " ".join(self.words)

    @property
    def options(self) -> tuple[Argument, ...]:
        """The arguments with names."""
        return tuple(each for each in self.arguments if each.names)

    @property
    def word(self) -> Argument | None:
        """The positional argument; no command has two."""
        return next((each for each in self.arguments if not each.names), None)


def described() -> list[Command]:
    """Describe `medcode` itself and every command and action."""
    said = commands()
    found = [Command(("medcode",), "", tuple(_arguments(top())))]
    for name in COMMANDS:
        found += _of(command(name), ("medcode", name), said[name])
    return found


def _of(parser: argparse.ArgumentParser, words: tuple[str, ...], said: str) -> Iterator[Command]:
    """Describe a command, then its actions."""
    assert isinstance(parser, Parser)  # noqa: S101  # a sub-parser is made by the class of its parent
    yield Command(words, said, tuple(_arguments(parser)))
    for action in parser.actions:
        if isinstance(action.choices, dict):
            for name, below in action.choices.items():
                yield from _of(below, (*words, name), below.description or "")


def _arguments(parser: Parser) -> Iterator[Argument]:
    for action in parser.actions:
        takes = action.nargs != 0
        yield Argument(
            names=tuple(action.option_strings),
            help=(action.help or "").partition(" (default")[0] if action.help != argparse.SUPPRESS else "",
            what=(action.metavar or action.dest.upper()) if takes else None,  # type: ignore[arg-type]  # a text, here
            values=_values(action) if takes else (),
            many=action.nargs == "+",
        )


def _values(action: argparse.Action) -> tuple[str, ...]:
    if action.choices is not None:
        return tuple(map(str, action.choices))
    return _KNOWN.get(action.dest, tuple)()


def _code_sets() -> tuple[str, ...]:
    from medcode.codesets import CODE_SETS

    return tuple(CODE_SETS)


def _profiles() -> tuple[str, ...]:
    from medcode.edits import PROFILES

    return tuple(PROFILES)


def _rules() -> tuple[str, ...]:
    from medcode import lint
    from medcode.claims.x12.validate import rules
    from medcode.edits import EDITS

    return (*EDITS, *(rule.id for rule in rules.RULES.values()), *lint.RULES)


def _offers() -> tuple[str, ...]:
    from medcode.codesets.offers import OFFERS

    return tuple(OFFERS)


_KNOWN: dict[str, Callable[[], tuple[str, ...]]] = {
    "set": _code_sets,
    "profile": _profiles,
    "rule": _rules,
    "select": _rules,
    "ignore": _rules,
    "name": _offers,
}
"""The values of an argument by its destination, where the parser does not have them."""
