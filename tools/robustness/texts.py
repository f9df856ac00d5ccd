"""Texts that were cut, changed or made to do harm, each read in every way there is."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tools.fuzz_x12 import CORPUS, judge

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

__all__ = ["mutated", "sized", "spoiled", "truncated"]

REFERENCE = Path(os.environ.get("MEDCODE_REFERENCE_DATA") or Path(__file__).parents[3] / "shared")
HOSTILE = (
    "", " ", "0", "-1", "1E999999999", "9" * 400, "\x00", "\x1b[2J", "\u0663", "\ud7ff", "'\"<&>", "../../etc/passwd", "A" * 5_000,
    ":", "^", "^A:B", "20260230", "NaN",
)  # fmt: skip


def samples() -> list[bytes]:
    """Return what is read in the trials: the corpus of the tests, and the reference data where it is there."""
    found = sorted(CORPUS.iterdir())
    if (REFERENCE / "samples").is_dir():
        found += sorted(
            each
            for each in (REFERENCE / "samples").rglob("*")
            if each.suffix in {".edi", ".x12", ".txt", ".dat"}
        )
    texts = (path.read_bytes() for path in found if path.is_file())
    return sorted(
        {text for text in texts if b"ST" in text and len(text) < 1 << 16}, key=lambda text: (len(text), text)
    )


def truncated(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Cut each sample at each byte, in an order that the seed decides."""
    cuts = [(text, at) for text in samples() for at in range(len(text))]
    chance.shuffle(cuts)
    yield from (lambda text=text, at=at: judge(text[:at]) for text, at in cuts)


def mutated(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Change, drop, double and move bytes of the samples."""
    texts = samples()
    while True:
        data = bytearray(chance.choice(texts))
        for _ in range(chance.randint(1, 8)):
            at, size = chance.randrange(len(data) + 1), chance.randint(1, 40)
            piece = bytes(data[at : at + size])
            data[at : at + chance.choice([0, size])] = chance.choice(
                [b"", piece * 2, bytes([chance.randrange(256)]), b"~", b"*", piece[::-1]]
            )
        yield lambda data=bytes(data): judge(data)  # type: ignore[misc]  # as above


def spoiled(chance: random.Random) -> Iterator[Callable[[], None]]:
    """Put each hostile value into each element of the samples."""
    places = []
    for sample in samples():
        segments = sample.decode("latin-1").split("~")
        places += [
            (segments, at, number)
            for at, segment in enumerate(segments)
            for number in range(1, segment.count("*") + 1)
        ]
    while True:
        segments, at, number = chance.choice(places)
        elements = segments[at].split("*")
        elements[number] = chance.choice(HOSTILE)
        text = "~".join([*segments[:at], "*".join(elements), *segments[at + 1 :]])
        yield lambda text=text: judge(text.encode("utf-8", "surrogatepass"))  # type: ignore[misc]  # as above


def sized(_chance: random.Random) -> Iterator[Callable[[], None]]:
    """Repeat each part of a sample until it is large; what takes more than a minute has failed."""
    text = next(each for each in samples() if each.startswith(b"ISA") and b"CLM*" in each).decode("latin-1")
    end = text[105]
    parts = text.split(end)

    def large(at: int, count: int) -> None:
        start = time.process_time()
        judge(end.join([*parts[:at], *[parts[at]] * count, *parts[at + 1 :]]).encode("latin-1"))
        if time.process_time() - start > 60:  # noqa: PLR2004  # a minute
            raise AssertionError(f"{count} of segment {at} take more than a minute")

    yield from (
        lambda at=at, count=count: large(at, count) for count in (100, 10_000) for at in range(len(parts))
    )
