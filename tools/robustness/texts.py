"""Texts that were cut, changed or made to do harm, each read in every way there is."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tools.fuzz_x12 import CORPUS, judge

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["mutated", "sized", "spoiled", "truncated"]

REFERENCE = Path(os.environ.get("MEDCODE_REFERENCE_DATA") or Path(__file__).parents[3] / "shared")
HOSTILE = (
    "", " ", "0", "-1", "1E999999999", "9" * 400, "\x00", "\x1b[2J", "\u0663", "\ud7ff", "'\"<&>", "../../etc/passwd", "A" * 5_000,
    ":", "^", "^A:B", "20260230", "NaN",
)  # fmt: skip
WHOLE = ("one", "rich", "dental", "families", "answer")  # of the corpus
FEW, MANY = 100, 10_000
FAR = 10  # times what the length costs: further than a busy machine strays, nearer than a square


Cases = Iterator[Callable[[], None]]


def samples() -> list[bytes]:
    """Return the corpus of the tests, the shortest first."""
    return _sorted(CORPUS.iterdir())


def others() -> list[bytes]:
    """Return the samples of the reference data, where it is there."""
    found = (REFERENCE / "samples").rglob("*") if (REFERENCE / "samples").is_dir() else []
    return _sorted(each for each in found if each.suffix in {".edi", ".x12", ".txt", ".dat"})


def _sorted(paths: Iterable[Path]) -> list[bytes]:
    texts = {path.read_bytes() for path in paths if path.is_file()}
    return sorted(
        (text for text in texts if b"ST" in text and len(text) < 1 << 16), key=lambda text: (len(text), text)
    )


def of_each(cases: Callable[[random.Random, list[bytes]], Cases]) -> Callable[[random.Random], Cases]:
    """Return cases of the corpus and of the reference data in turn.

    Each has an order of its own. So a run tries nothing that a longer run has not tried, whether there is reference
    data or not: what fails in a check of a change fails for its change, not by chance.
    """

    def cases_of_each(chance: random.Random) -> Cases:
        seed = chance.random()
        running = [cases(random.Random(seed), texts) for texts in (samples(), others()) if texts]
        while running:
            for each in list(running):
                try:
                    yield next(each)
                except StopIteration:
                    running.remove(each)

    return cases_of_each


@of_each
def truncated(chance: random.Random, texts: list[bytes]) -> Cases:
    """Cut each text at each byte, in an order that the seed decides."""
    cuts = [(text, at) for text in texts for at in range(len(text))]
    chance.shuffle(cuts)
    yield from (lambda text=text, at=at: judge(text[:at]) for text, at in cuts)


@of_each
def mutated(chance: random.Random, texts: list[bytes]) -> Cases:
    """Change, drop, double and move bytes of the texts."""
    while True:
        data = bytearray(chance.choice(texts))
        for _ in range(chance.randint(1, 8)):
            at, size = chance.randrange(len(data) + 1), chance.randint(1, 40)
            piece = bytes(data[at : at + size])
            data[at : at + chance.choice([0, size])] = chance.choice(
                [b"", piece * 2, bytes([chance.randrange(256)]), b"~", b"*", piece[::-1]]
            )
        yield lambda data=bytes(data): judge(data)  # type: ignore[misc]  # as above


@of_each
def spoiled(chance: random.Random, texts: list[bytes]) -> Cases:
    """Put each hostile value into each element of the texts."""
    places = []
    for text in texts:
        segments = text.decode("latin-1").split("~")
        places += [
            (segments, at, number)
            for at, segment in enumerate(segments)
            for number in range(1, segment.count("*") + 1)
        ]
    while True:
        segments, at, number = chance.choice(places)
        elements = segments[at].split("*")
        elements[number] = chance.choice(HOSTILE)
        changed = "~".join([*segments[:at], "*".join(elements), *segments[at + 1 :]])
        yield lambda changed=changed: judge(changed.encode("utf-8", "surrogatepass"))  # type: ignore[misc]  # as above


def sized(_chance: random.Random) -> Cases:
    """Repeat each segment of whole files until they are large: a hundred times as often costs about as many times more.

    The work is compared with that for fewer on the same machine, and what grows as the square is far beyond.
    """

    def work(segments: list[str], at: int, count: int) -> float:
        text = "~".join([*segments[:at], *[segments[at]] * count, *segments[at + 1 :]])
        start = time.process_time()
        judge(text.encode())
        return time.process_time() - start

    def compare(segments: list[str], at: int) -> None:
        few, many = work(segments, at, FEW), work(segments, at, MANY)
        if many > FAR * MANY / FEW * few:
            raise AssertionError(
                f"{MANY} times {segments[at][:3]} take {many:.1f} s, {FEW} times {few:.3f} s"
            )

    for name in WHOLE:
        segments = (CORPUS / name).read_text(encoding="utf-8").split("~")
        work(segments, 0, FEW)  # what is done once is done
        for at in range(len(segments) - 1):
            yield lambda segments=segments, at=at: compare(segments, at)  # type: ignore[misc]  # as above
