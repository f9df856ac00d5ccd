"""Lines of Python that become a function: with the objects that they name, and readable in a traceback.

Only names of the model and texts of the guides' tables enter the lines, never what a file holds.
"""

from __future__ import annotations

import linecache
from itertools import count
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.text.values import read_decimal

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NotPlain", "Remembered", "Source", "make_room", "remembered"]

_REMEMBERED, _LONGEST = 1_024, 96
"""How many answers of a function are remembered, and for how long a text."""

_AMOUNTS = 8_192
"""How many numbers are remembered: those of fee schedules and contracts recur, but there are many of them."""

_NUMBERS = count(1)


class NotPlain(Exception):  # noqa: N818  # nothing is wrong: the unit is done in the other way
    """A unit is not what its function is for."""


class Remembered(dict[Any, Any]):
    """What a pure function makes of texts; long ones, which seldom recur, are not kept.

    Where texts hardly recur, keeping an answer costs more than working it out again. So the first answers are kept, and
    there is room for others only in the next set: while it `is_full`, lines ask `answer` itself.
    """

    __slots__ = ("_most", "answer", "is_full")

    def __init__(self, answer: Callable[[Any], Any], most: int = _REMEMBERED) -> None:
        super().__init__()
        self.answer = answer
        self.is_full = False
        self._most = most

    def __missing__(self, text: str) -> Any:
        """Return an answer that is not remembered; lines that have looked for it call this at once."""
        answer = self.answer(text)
        if len(text) <= _LONGEST and not self.is_full:
            self[text] = answer
            if len(self) >= self._most:
                self.is_full = True
                _FULL.append(self)
        return answer

    def clear(self) -> None:
        """Forget all answers."""
        super().clear()
        self.is_full = False


_FULL: list[Remembered] = []


def make_room() -> None:
    """Forget all answers of the functions of which no more are kept."""
    while _FULL:
        _FULL.pop().clear()


_FUNCTIONS: dict[Any, Remembered] = {}


def remembered(function: Callable[[str], Any]) -> Remembered:
    """Return the answers of a pure function as a mapping, one for all who ask.

    >>> remembered(int)["12"], remembered(int) is remembered(int)
    (12, True)
    """
    found = _FUNCTIONS.get(function)
    if found is None:
        most = _AMOUNTS if function is read_decimal else _REMEMBERED
        found = _FUNCTIONS.setdefault(function, Remembered(function, most))
    return found


class Source:
    """The lines of one function, written from top to bottom."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._depth = 1
        self._names: dict[str, Any] = {}
        self._known: dict[Any, str] = {}
        self._count = 0

    def line(self, text: str) -> None:
        """Add a line at the present depth."""
        self._lines.append("    " * self._depth + text)

    def begin(self, text: str) -> None:
        """Add a line that the next ones stand below."""
        self.line(text)
        self._depth += 1

    def end(self) -> None:
        """Return to the depth before."""
        self._depth -= 1

    def ends(self) -> None:
        """Return to the first depth."""
        self._depth = 1

    def constant(self, value: Any) -> str:
        """Return what the lines call an object."""
        bound = getattr(value, "__self__", None)  # a bound method is another object each time
        key = id(value) if bound is None else (id(bound), value.__name__)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = f"c{len(self._known)}"
            self._names[found] = value
        return found

    def answer(self, answers: Remembered, text: str) -> str:
        """Return the expression of what is remembered of a text, or else of what the function makes of it.

        To look first, and then call, is quicker than to leave both to the dict. What is false is worked out again.
        """
        get, known = self.constant(answers.get), self.constant(answers)
        answer, keep = self.constant(answers.answer), self.constant(answers.__missing__)
        return f"({get}({text}) or ({answer} if {known}.is_full else {keep})({text}))"

    def variable(self, prefix: str) -> str:
        """Return a name that no other variable has."""
        self._count += 1
        return f"{prefix}{self._count}"

    def function(self, name: str, parameters: str) -> Any:
        """Compile the lines."""
        text = "\n".join([f"def {name}({parameters}):", *self._lines, ""])
        file = f"<medcode {name} {next(_NUMBERS)}>"
        code = compile(text, file, "exec")
        exec(code, self._names)  # noqa: S102  # nosec B102  # lines written here, from tables of the package alone
        linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file
        made = self._names[name]
        made.source = text
        return made
