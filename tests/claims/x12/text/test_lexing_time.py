"""The work of cutting a text into segments grows as the text does: what is copied and read ahead is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, SupportsIndex

import pytest
from tests.claims.x12.texts import ISA, ONE, wire

from medcode.claims.x12.text import lexer
from medcode.claims.x12.text.lexer import lex, runs

if TYPE_CHECKING:
    from collections.abc import Iterator


class Counted(str):
    """A text that counts the characters that are copied out of it."""

    __slots__ = ()
    copied = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        """Copy a part."""
        part = super().__getitem__(key)
        Counted.copied += len(part)
        return part


@pytest.fixture(autouse=True)
def _counting(monkeypatch: pytest.MonkeyPatch) -> None:
    filled = lexer._fill  # what is cut is counted where it is gathered

    def fill(buffer: str, source: Iterator[str]) -> tuple[str, bool]:
        text, more = filled(buffer, source)
        return Counted(text), more

    monkeypatch.setattr(lexer, "_fill", fill)


def copied(text: str) -> int:
    """Count what is copied out of a text that comes in one piece."""
    Counted.copied = 0
    assert "".join(each.text + each.end for each in lex([text])) == text
    assert Counted.copied >= len(text) / 2
    return Counted.copied


@pytest.mark.parametrize(
    ("start", "unit"),
    [
        ("", wire(ONE)),
        (wire(ISA), "\n"),
        (wire(ISA, "\n"), "\n"),
        (wire(ISA), "LISA\n  "),
        (wire(ONE), f"x\n{wire(ONE)}"),
    ],
)
def test_twice_the_text_is_twice_the_work(start: str, unit: str) -> None:
    assert copied(start + unit * 400) <= 2.2 * copied(start + unit * 200)


def test_no_more_is_read_than_is_cut() -> None:
    text, size = wire(ONE) * 400, 8_000
    taken = 0

    def chunks() -> Iterator[str]:
        nonlocal taken
        for at in range(0, len(text), size):
            taken = at + size
            yield text[at : at + size]

    ahead = max(taken - run.offset for run in runs(chunks()))
    assert ahead < 3 * size
