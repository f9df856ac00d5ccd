"""Both ways of reading and writing side by side: with generated functions and without."""

from __future__ import annotations

import os
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from medcode.claims.model.base import Part
from medcode.claims.model.claim import Claim
from medcode.claims.x12.codec.compiled import compiled
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.parse.units import shapes_of
from medcode.claims.x12.text.lexer import DEFAULT_DELIMITERS
from medcode.claims.x12.validate.judge import StructureJudge
from medcode.claims.x12.write.judged import judged
from medcode.claims.x12.write.units import _units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.claims.x12.text.envelope import Envelope

SETTING = "MEDCODE_GENERATED"


def deep(value: Any) -> Any:
    """Return all that a value is made of, the types included, and where it comes from."""
    if isinstance(value, Part):
        values = {name: deep(each) for name, each in vars(value).items() if name != "origin"}
        origin = vars(value).get("origin")
        return type(value), values, origin and list(origin.marks)
    if isinstance(value, tuple):
        return [deep(each) for each in value]
    return type(value), str(value) if isinstance(value, Decimal) else value


def chunked(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))


def read(text: str, size: int, mode: str, of: type[Part] = Claim) -> list[Any]:
    """Return the records of a class that a text holds which comes in pieces of a size: read alone, and judged."""
    with generated(mode):
        session = Session(build=of)
        found: list[Any] = [(deep(claim), session.made_on) for claim in session.read(chunked(text, size))]
        for build in (None, of):
            judge = StructureJudge()
            session = Session(build=build, judge=judge)
            found += [deep(claim) for claim in session.read(chunked(text, size))]
            report = judge.report()
            found += [*report.findings, report.not_checked, report.claims]
        return found


@contextmanager
def generated(mode: str) -> Iterator[None]:
    """Generate functions always, or never."""
    before = os.environ.get(SETTING)
    os.environ[SETTING] = mode
    try:
        yield
    finally:
        os.environ.pop(SETTING)
        if before is not None:
            os.environ[SETTING] = before


def written(claims: Sequence[Part], envelope: Envelope, mode: str, *, check: bool) -> list[Any]:
    """Return the texts that claims are written as and what is found, batch by batch."""
    with generated(mode):
        return list(judged(claims, envelope, check=check))


def differs(text: str, size: int, of: type[Part] = Claim) -> str:
    """Return in what the two ways differ; nothing if they do not."""
    plain, generated = read(text, size, "never", of), read(text, size, "always", of)
    if len(plain) != len(generated):
        return f"{len(plain)} claims and findings, not {len(generated)}"
    for number, (one, other) in enumerate(zip(plain, generated, strict=True)):
        if one != other:
            return f"number {number}: {one}\n{other}"
    return ""


def make_room(convention: str, of: type[Part] = Claim) -> None:
    """Forget the shapes of a guide before there are too many to be known, or to be generated for."""
    found = compiled(convention, of)
    assert found
    if shapes_of(found)._left < 50 or shapes_of(found)._room < 2_000:
        shapes_of.cache_clear()
    if _units(found, DEFAULT_DELIMITERS, 0).left < 50:
        _units.cache_clear()
