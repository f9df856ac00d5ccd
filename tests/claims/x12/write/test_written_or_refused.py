"""What is written is read back the same, or is refused: for every guide, every tuple too long and every pair at once.

The claims hold everything that a guide has; what is done to them follows from the model, not from a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.claims.x12.guides.test_guides_full import CLAIM_GUIDES, Filled

from medcode.claims import x12
from medcode.claims.model.base import DateRange, Part
from medcode.claims.model.fields import ModelFields
from medcode.claims.model.party import Named
from medcode.errors import MedcodeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims import Claim

ISA = "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PLAN           *260105*0930*^*00501*000000001*0*T*:"
LONG = 26
"""More than any tuple has elements for, save where a guide allows any number."""


def enclosed(convention: str, segments: list[str]) -> str:
    """Return segments of a set in their envelope, SE counted anew."""
    body = [*segments[:-1], f"SE*{len(segments)}*0001"]
    gs = f"GS*HC*CLINIC*PLAN*20260105*0930*1*X*{convention}"
    return "".join(f"{each}~" for each in (ISA, gs, *body, "GE*1*1", "IEA*1*000000001"))


def read(convention: str, *, dependent: bool) -> tuple[list[Claim], x12.Envelope]:
    segments = Filled(convention, dependent=dependent).text.rstrip("~").split("~")
    sent = x12.loads(enclosed(convention, segments))
    return list(sent.claims()), x12.Envelope.of(sent.interchanges[0])


def parts(value: Any, put: Callable[[Any], Any]) -> Iterator[tuple[str, Part, Callable[[Any], Any]]]:
    """Yield each part of a claim, its path, and what makes a claim of another part in its place."""
    for field in attrs.fields(type(value)):
        held = getattr(value, field.name)

        def replaced(new: Any, name: str = field.name) -> Any:
            return put(value.evolve(**{name: new}))

        if isinstance(held, Part) and not isinstance(held, DateRange):
            yield field.name, held, replaced
            yield from ((f"{field.name}.{path}", each, into) for path, each, into in parts(held, replaced))
        elif isinstance(held, tuple) and held and isinstance(held[0], Part):

            def first(new: Any, others: Any = held, into: Callable[[Any], Any] = replaced) -> Any:
                return into((new, *others[1:]))

            yield f"{field.name}[0]", held[0], first
            yield from ((f"{field.name}[0].{path}", each, into) for path, each, into in parts(held[0], first))


def everything(claim: Claim) -> Iterator[tuple[str, Part, Callable[[Any], Any]]]:
    yield "", claim, lambda new: new
    yield from parts(claim, lambda new: new)


def multiplied(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with each of its tuples longer than the guide has room for."""
    for path, part, put in everything(claim):
        for field in attrs.fields(type(part)):
            held = getattr(part, field.name)
            if isinstance(held, tuple) and held and field.name != "extras":
                yield f"{path}.{field.name}", put(part.evolve(**{field.name: held * LONG}))


def paired(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with each name that a person and an organization share filled twice, and each type without its id."""
    for path, part, put in everything(claim):
        names = {field.name for field in attrs.fields(type(part))}
        if isinstance(part, Named):
            yield path, put(part.evolve(organization="ACME", last_name="DOE", first_name="JO"))
            yield path, put(part.evolve(organization="ACME", last_name=None, first_name="JO"))
        for name in names:
            for kind in (f"{name}_type", f"{name}_qualifier"):
                optional = ModelFields.of(type(part)).types[name].optional
                if kind in names and optional and getattr(part, name) is not None:
                    yield f"{path}.{name}", put(part.evolve(**{name: None}))


def lost(claim: Claim, envelope: x12.Envelope) -> str:
    """Return what became of a claim that was written though it is not read back; empty if nothing is wrong."""
    try:
        text = x12.dumps([claim], envelope)
    except MedcodeError:
        return ""
    again = list(x12.iter_claims(text))
    return "" if again == [claim] else "written, and read back as another"


@pytest.mark.parametrize("convention", CLAIM_GUIDES[:3])
def test_every_tuple_and_every_pair(convention: str) -> None:
    (claim,), envelope = read(convention, dependent=convention.endswith(("A1", "A2")))
    assert lost(claim, envelope) == ""
    assert x12.dumps([claim], envelope)
    wrong, count = [], 0
    for change in (multiplied, paired):
        for path, other in change(claim):
            count += 1
            if found := lost(other, envelope):
                wrong.append((path, found))
    assert wrong == []
    assert count > 80


GAPS = {"list-gap", "code-gap"}


@pytest.mark.parametrize("convention", CLAIM_GUIDES[2:])  # the others but for what is predetermined
def test_what_validates_is_written_back(convention: str) -> None:
    segments = Filled(convention, dependent=False).text.rstrip("~").split("~")
    count = 0
    for at, segment in list(enumerate(segments))[::3]:
        text = enclosed(convention, [*segments[:at], *segments[at + 1 :]])
        if not segment.startswith(("ST", "SE", "HL")) and x12.validate(text).ok:
            sent = x12.loads(text)
            assert x12.dumps(list(sent.claims()), x12.Envelope.of(sent.interchanges[0])) == text, segment
            count += 1
    assert count > 25


def test_a_left_out_element_is_written_back_or_closes_up() -> None:
    convention = "005010X222A1"
    segments = Filled(convention, dependent=False).text.rstrip("~").split("~")
    count = 0
    for at, segment in list(enumerate(segments[1:-1], 1))[::4]:
        elements = segment.split("*")
        for left_out in range(2, len(elements) - 1):
            text = "*".join([*elements[:left_out], "", *elements[left_out + 1 :]])
            whole = enclosed(convention, [*segments[:at], text, *segments[at + 1 :]])
            report = x12.validate(whole)
            if elements[left_out] and report.ok:
                sent = x12.loads(whole)
                written = x12.dumps(list(sent.claims()), x12.Envelope.of(sent.interchanges[0]))
                assert written == whole or GAPS & {each.name for each in report.findings}, text
                count += 1
    assert count > 20
