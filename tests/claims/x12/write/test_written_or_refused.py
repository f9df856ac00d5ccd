"""What is written is read back the same, or is refused: for every guide, every tuple too long and every pair at once.

The claims hold everything that a guide has; what is done to them follows from the model, not from a list.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.claims.x12.guides.test_guides_full import CLAIM_GUIDES, Filled

from medcode.claims import x12
from medcode.claims.model.base import DateRange, Part
from medcode.claims.model.fields import ModelFields
from medcode.claims.model.party import Named
from medcode.errors import FindingError, MedcodeError, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from medcode.claims import Claim
    from medcode.claims.model.fields import FieldType

ISA = "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PLAN           *260105*0930*^*00501*000000001*0*T*:"
LONG = 26
"""More than any tuple has elements for, save where a guide allows any number."""

TOO_LONG = "X" * 300
"""A text that no element has room for."""

CODES = {"Icd10Cm": "E11.9", "Icd10Pcs": "02703DZ", "Hcpcs": "J1885", "Cpt": "99213", "Npi": "1234567893"}
"""A code of each set that a field may be of first."""

DAY = date(2025, 1, 2)
SCALARS = {
    str: "A",
    Decimal: Decimal("1.5"),
    date: DAY,
    DateRange: DateRange(DAY, DAY),
    time: time(9),
    int: 1,
}

EXTREMES: dict[type, tuple[Any, ...]] = {
    Decimal: (Decimal("123456789012345.99"), Decimal(-1), Decimal("0.3333333333")),
    int: (-1, 10**9),
    datetime: (datetime(2025, 1, 2, 3, 4, 5), datetime(2025, 1, 2, 3, 4, tzinfo=UTC)),  # noqa: DTZ001  # claims carry local time
    time: (time(1, 2, 3), time(1, 2, tzinfo=UTC), time(1, 2, 0, 5)),
    date: (date(1, 1, 1), date(9999, 12, 31)),
}
"""Values at the edge of what a type holds."""


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


def smallest(cls: type[Any]) -> Any:
    """Return a part with no more than it must have."""
    types = ModelFields.of(cls).types
    values = {name: value_of(types[name]) for name in ModelFields.of(cls).required}
    return cls(**{name: (value,) if types[name].many else value for name, value in values.items()})


def value_of(field: FieldType) -> Any:
    """Return some value that a field may hold."""
    if field.part:
        return smallest(field.part)
    if field.codes:
        return field.codes[0](CODES[field.codes[0].__name__])
    return SCALARS[next(each for each in field.scalars if each in SCALARS)]


def fields(part: Part | type[Part]) -> Iterator[tuple[str, FieldType]]:
    """Yield the fields of a part that are its content."""
    found = ModelFields.of(part if isinstance(part, type) else type(part))
    yield from ((name, type_) for name, type_ in found.types.items() if name not in {*found.opaque, "extras"})


def multiplied(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with each tuple of the model longer than the guide has room for, also those that it lacks."""
    for path, part, put in everything(claim):
        for name, field in fields(part):
            if field.many:
                held = getattr(part, name) or (value_of(field),)
                yield f"{path}.{name}", put(part.evolve(**{name: held * LONG}))


def added(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with each value that the guide has no element for."""
    for path, part, put in everything(claim):
        for name, field in fields(part):
            if not field.many and getattr(part, name) is None:
                yield f"{path}.{name}", put(part.evolve(**{name: value_of(field)}))


def paired(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with each name that a person and an organization share filled twice, and each type without its id."""
    for path, part, put in everything(claim):
        types = ModelFields.of(type(part)).types
        if isinstance(part, Named):
            yield path, put(part.evolve(organization="ACME", last_name="DOE", first_name="JO"))
            yield path, put(part.evolve(organization="ACME", last_name=None, first_name="JO"))
        for name, field in types.items():
            kind = f"{name}_type"
            if field.optional and kind in types:
                yield f"{path}.{name}", put(part.evolve(**{name: None}))
                if str in field.scalars and getattr(part, kind) != getattr(type(part), kind):
                    yield f"{path}.{name}", put(part.evolve(**{name: ""}))


def exact(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with each number and time larger or more exact than an element holds."""
    for path, part, put in everything(claim):
        for name, field in fields(part):
            if not field.many and not field.part:
                for value in (value for kind in field.scalars for value in EXTREMES.get(kind, ())):
                    yield f"{path}.{name}", put(part.evolve(**{name: value}))


def lengthened(part: Part) -> tuple[Any, dict[str, Any]]:
    """Return a part with all its texts too long, and what makes a whole part with one of them alone, by its path."""
    changes: dict[str, Any] = {}
    alone: dict[str, Any] = {}
    for name, field in fields(part):
        held = getattr(part, name)
        if field.part and field.many:
            inner = [lengthened(each) for each in held]
            changes[name] = tuple(each for each, _ in inner)
            for at, (_, paths) in enumerate(inner):
                for path, other in paths.items():
                    value = (*held[:at], other, *held[at + 1 :])
                    alone[f"{name}[{at}].{path}"] = part.evolve(**{name: value})
        elif field.part and held is not None:
            changes[name], paths = lengthened(held)
            alone |= {f"{name}.{path}": part.evolve(**{name: other}) for path, other in paths.items()}
        elif str in field.scalars and not field.part and not field.codes:
            changes[name] = (TOO_LONG,) if field.many else TOO_LONG
            alone[f"{name}[0]" if field.many else name] = part.evolve(**{name: changes[name]})
    return part.evolve(**changes), alone


def lost(claim: Claim, envelope: x12.Envelope) -> str:
    """Return what became of a claim that was written though it is not read back; empty if nothing is wrong."""
    try:
        text = x12.dumps([claim], envelope)
    except MedcodeError:
        return ""
    again = list(x12.iter_claims(text))
    return "" if again == [claim] else "written, and read back as another"


CHANGES = (multiplied, added, paired, exact)
VARIANTS = [(convention, dependent) for convention in CLAIM_GUIDES for dependent in (False, True)]
SHARE = 4
"""A variant sees every fourth of the changes, the next one those after them: four variants see all."""


@pytest.mark.slow
@pytest.mark.parametrize(("convention", "dependent"), VARIANTS)
def test_every_tuple_and_every_pair(convention: str, dependent: bool) -> None:  # as pytest gives it
    (claim,), envelope = read(convention, dependent=dependent)
    assert lost(claim, envelope) == ""
    assert x12.dumps([claim], envelope)
    changed = [each for change in CHANGES for each in change(claim)]
    wrong = {
        path
        for path, other in changed[VARIANTS.index((convention, dependent)) % SHARE :: SHARE]
        if lost(other, envelope)
    }
    assert wrong == set()
    assert len(changed) > 400


@pytest.mark.parametrize("convention", CLAIM_GUIDES[:3])
def test_every_text_has_its_limit(convention: str) -> None:
    """All at once, and those whose finding does not name them each by itself."""
    (claim,), envelope = read(convention, dependent=convention.endswith(("A1", "A2")))
    all_at_once, alone = lengthened(claim)
    with pytest.raises(Rejected) as refused:
        x12.dumps([all_at_once], envelope)
    errors = [each for each in refused.value.exceptions if isinstance(each, FindingError)]
    named = {each.finding.location.path for each in errors}
    assert len(alone) > 400
    assert len(alone.keys() & named) > 300
    for path in alone.keys() - named:
        with pytest.raises(Rejected):
            x12.dumps([alone[path]], envelope), path


def test_the_changes_reach_every_tuple_of_the_model() -> None:
    """What is done to a claim is done to each field of each class that a claim of its kind can hold."""
    reached: set[tuple[type, str]] = set()
    every: set[tuple[type, str]] = set()
    for convention in CLAIM_GUIDES[:3]:
        for dependent in (False, True):
            (claim,), _ = read(convention, dependent=dependent)
            reached |= {(type(part), name) for _, part, _ in everything(claim) for name, _ in fields(part)}
            every |= every_field(type(claim))
    assert every - reached == set()
    assert len(every) > 400


def every_field(cls: type[Any]) -> set[tuple[type, str]]:
    """Return the fields of a class and of the parts it may hold."""
    found: set[tuple[type, str]] = set()
    todo = [cls]
    while todo:
        here = todo.pop()
        for name, field in fields(here):
            if (here, name) not in found:
                found.add((here, name))
                todo += [field.part] if field.part else []
    return found


@pytest.mark.parametrize("convention", CLAIM_GUIDES[:3])
def test_the_header_loses_nothing_either(convention: str) -> None:
    (claim,), envelope = read(convention, dependent=False)
    assert envelope.submitter
    refused: tuple[dict[str, Any], ...] = (
        {"submitter": envelope.submitter.evolve(organization="ACME", last_name="DOE")},
        {"submitter": envelope.submitter.evolve(contacts=envelope.submitter.contacts * 3)},
        {"group_control_number": -1},
        {"group_control_number": 10**9},
    )
    for changes in refused:
        with pytest.raises(Rejected):
            x12.dumps([claim], envelope.evolve(**changes))
    for changes in ({"group_control_number": 0}, {"group_created": datetime(2026, 1, 5, 9, 30, 7, 120_000)}):  # noqa: DTZ001  # GS carries local time
        exact = envelope.evolve(**changes)
        assert x12.Envelope.of(x12.loads(x12.dumps([claim], exact)).interchanges[0]) == exact


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


def marked(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with a delimiter in each of its texts."""
    for path, part, put in everything(claim):
        for name, field in fields(part):
            held = getattr(part, name)
            if held and not field.part and not field.codes and str in field.scalars:
                first = held[0] if field.many else held
                if isinstance(first, str):
                    text = f"{first[:1]}*{first[1:]}"
                    yield (
                        f"{path}.{name}",
                        put(part.evolve(**{name: (text, *held[1:]) if field.many else text})),
                    )


@pytest.mark.slow
@pytest.mark.parametrize("convention", CLAIM_GUIDES[:3])
def test_a_delimiter_in_a_text_is_one_kind_of_finding(convention: str) -> None:
    """It is found there, save in a text that the guide has no element for, and says nothing of its neighbors."""
    (claim,), envelope = read(convention, dependent=convention.endswith(("A1", "A2")))
    found: dict[str, set[str]] = {}
    for path, other in [*marked(claim)][::3]:
        with pytest.raises(Rejected) as refused:
            x12.dumps([other], envelope)
        errors = [each for each in refused.value.exceptions if isinstance(each, FindingError)]
        found[path] = {each.finding.name for each in errors}
    unplaced = {path for path, names in found.items() if names == {"value-without-place"}}
    assert {path for path, names in found.items() if names != {"delimiter-in-data"}} == unplaced
    assert len(found) - len(unplaced) > 40
