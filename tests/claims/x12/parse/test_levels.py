"""Levels and texts that are remembered while a file is read: bounded, and never a parent that is still named."""

from __future__ import annotations

import pytest
from tests.claims.x12.parse.test_reading import one, read
from tests.claims.x12.texts import (
    DEPENDENT,
    FAMILIES,
    HEADER,
    ONE,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    transaction,
    wire,
)

from medcode.claims import x12
from medcode.claims.x12.parse import cache, levels


def many(number: int) -> str:
    """Write claims of as many subscribers of one provider; each two in a row have the same charge."""
    first = one(ONE)
    claims = (
        first.evolve(
            control_number=f"C{at}",
            subscriber=first.subscriber.evolve(member_id=f"M{at}"),
            lines=tuple(line.evolve(charge=at // 2 + 1) for line in first.lines),
        )
        for at in range(number)
    )
    return x12.dumps(claims, check=False)


@pytest.mark.parametrize(
    ("after_one", "after_all", "seen"), [(1, 1_000, 1_000), (1_000, 3, 1_000), (1_000, 1_000, 3)]
)
def test_what_is_remembered_is_bounded(
    after_one: int, after_all: int, seen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDCODE_GENERATED", "never")
    text = many(12)
    wanted = list(x12.iter_claims(text))
    monkeypatch.setattr(levels, "_REMEMBERED", 3)
    monkeypatch.setattr(cache, "_PER_NODE", after_one)
    monkeypatch.setattr(cache, "_IN_ALL", after_all)
    monkeypatch.setattr(cache, "_SEEN", seen)
    assert list(x12.iter_claims(text)) == wanted
    assert [each.patient.first_name for each in read(FAMILIES)] == ["JO", "PAT", "SAM"]


def employees(number: int) -> str:
    """Write claims of as many employees of two employers, the employers being the subscribers."""
    first, child = one(ONE), one(DEPENDENT).dependent
    assert child
    claims = (
        first.evolve(
            control_number=f"C{at}",
            subscriber=first.subscriber.evolve(member_id=f"EMPLOYER {at * 2 // number}"),
            dependent=child.evolve(first_name=f"E{at}"),
        )
        for at in range(number)
    )
    return x12.dumps(claims, check=False)


@pytest.mark.parametrize("text", [many(9), employees(9)])
def test_a_parent_is_not_forgotten_for_the_many_below_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = list(x12.iter_claims(text))
    monkeypatch.setattr(levels, "_REMEMBERED", 2)
    assert list(x12.iter_claims(text)) == wanted
    assert {each.billing_provider for each in wanted} == {one(ONE).billing_provider}
    assert all(each.subscriber.member_id for each in wanted)
    assert "hierarchy-parent" not in names(text)


def test_a_parent_that_stands_too_far_back_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    other = [PROVIDER.replace("HL*1**", "HL*3**"), SELF.replace("HL*2*1", "HL*4*3"), claim("C2")]
    late = [SELF.replace("HL*2*1", "HL*5*1"), claim("C3")]
    text = enclosed(transaction(HEADER, PROVIDER, SELF, claim(), *other, *late))
    assert [each.billing_provider.npi for each in read(text)] == ["1234567893"] * 3
    assert "hierarchy-parent" not in names(wire(text))
    monkeypatch.setattr(levels, "_REMEMBERED", 2)
    assert [each.billing_provider.npi for each in read(text)] == ["1234567893"] * 2 + [None]
    assert "hierarchy-parent" in names(wire(text))


def names(text: str) -> set[str]:
    return {found.name for found in x12.validate(text).findings}
