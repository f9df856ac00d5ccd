"""What passes by the judge of what is written: findings, their order and their places are the same as without."""

from __future__ import annotations

import os
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any, cast

import pytest
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE
from tests.claims.x12.units.agreement import written
from tests.claims.x12.write.test_writing import FAMILY, RICH_CLAIM, with_phone

from medcode.claims import Procedure, x12
from medcode.claims.x12.write import units
from medcode.claims.x12.write.session import WrittenSession
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from medcode.claims import ProfessionalClaim
    from medcode.claims.claim_status import ClaimStatus

ENVELOPE = x12.Envelope(sender="CLINIC", receiver="PLAN")
NEVER = os.environ.get("MEDCODE_GENERATED") == "never"
"""Whether no function may be generated, so that the judge is shown everything."""
USUAL = [with_phone(claim) for claim in (*FAMILY, RICH_CLAIM)]


@pytest.fixture
def skipped(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """Collect what the judge is not shown: segments, levels, records."""
    found: list[tuple[int, int, int]] = []
    skip = WrittenSession.skip

    def noting(session: WrittenSession, segments: int, levels: int, records: int) -> None:
        found.append((segments, levels, records))
        skip(session, segments, levels, records)

    monkeypatch.setattr(WrittenSession, "skip", noting)
    return found


def of_many(random: Random, number: int) -> list[ProfessionalClaim]:
    """Return claims of many patients at a few clinics, a few of which are odd in some way."""
    made = []
    for at in range(number):
        claim = random.choice(USUAL)
        member = claim.subscriber.evolve(member_id=f"M{random.randrange(number)}")
        claim = claim.evolve(control_number=f"C{at}", subscriber=member)
        if random.random() < 0.1:
            claim = random.choice(ODD)(claim)
        made.append(claim)
    return made


ODD = [
    lambda claim: claim.evolve(frequency="TOO LONG"),
    lambda claim: claim.evolve(control_number="A*B"),
    lambda claim: claim.evolve(control_number="É"),
    lambda claim: claim.evolve(lines=claim.lines * 30),
    lambda claim: claim.evolve(subscriber=claim.subscriber.evolve(birth_date=None)),
    lambda claim: claim.evolve(subscriber=claim.subscriber.evolve(address=None)),
    lambda claim: claim.evolve(subscriber=claim.subscriber.evolve(last_name="")),
    lambda claim: claim.evolve(lines=[claim.lines[0].evolve(charge=Malformed("4O"))]),
    lambda claim: claim.evolve(billing_provider=claim.billing_provider.evolve(tax_id=None)),
]


@pytest.mark.parametrize("seed", range(6))
def test_findings_are_the_same(seed: int, skipped: list[tuple[int, int, int]]) -> None:
    claims = of_many(Random(seed), 60)
    plain, passing = (written(claims, ENVELOPE, mode, check=True) for mode in ("never", "always"))
    assert plain == passing
    assert any(found for _, found in plain)
    assert (sum(levels for _, levels, _ in skipped) > 5) is not NEVER


def test_claims_that_are_right_are_not_shown(skipped: list[tuple[int, int, int]]) -> None:
    claims = [
        USUAL[0].evolve(subscriber=USUAL[0].subscriber.evolve(member_id=f"M{at}"), control_number=f"C{at}")
        for at in range(40)
    ]
    written(claims, ENVELOPE, "always", check=True)
    skipped.clear()
    assert not any(found for _, found in written(claims, ENVELOPE, "always", check=True))
    assert (sum(records for _, _, records in skipped) > 30) is not NEVER


@pytest.mark.parametrize("module", ["passing", "session"])
def test_what_is_known_of_levels_is_limited(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"medcode.claims.x12.write.{module}._KNOWN", 0)
    claims = of_many(Random(7), 30)
    plain, passing = (written(claims, ENVELOPE, mode, check=True) for mode in ("never", "always"))
    assert plain == passing


class Unskipped:
    """Rules between segments that have to see every level."""

    def accept(self, elements: list[str], place: tuple[Any, int, int]) -> None: ...

    def finish(self) -> None: ...


def test_rules_that_must_see_every_level_are_shown_all(
    skipped: list[tuple[int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    judging = import_module("medcode.claims.x12.validate.units")
    monkeypatch.setattr(judging, "rules_of", lambda _guide: [lambda _report, _number: Unskipped()])
    claims = of_many(Random(3), 30)
    plain, passing = (written(claims, ENVELOPE, mode, check=True) for mode in ("never", "always"))
    assert plain == passing
    assert skipped == []


def test_a_batch_or_a_patient_without_claims_is_its_level_alone() -> None:
    statuses = [*x12.loads(ACKNOWLEDGMENT).records()] * 3
    first = cast("ClaimStatus", statuses[0])
    above = {name: getattr(first, name) for name in ("source", "receiver", "batch", "provider", "patient")}
    statuses.append(type(first)(**above))
    envelope = x12.Envelope.of(x12.loads(ACKNOWLEDGMENT).interchanges[0])
    assert any(not cast("ClaimStatus", status).statuses for status in statuses)
    plain, generated = (written(statuses, envelope, mode, check=True) for mode in ("never", "always"))
    assert plain == generated


def test_objects_that_differ_in_what_is_set_are_written_alike() -> None:
    claim = USUAL[0]
    line = claim.lines[0]
    done = Procedure("99213", ["25", "59"])
    several = claim.evolve(lines=(line.evolve(procedure=done),))
    untold = claim.evolve(benefits_assigned=None)
    claims = [
        claim,
        claim.evolve(frequency="7"),
        claim,
        claim.evolve(frequency="7"),
        several,
        untold,
        untold,
    ]
    plain, generated = (written(claims, ENVELOPE, mode, check=True) for mode in ("never", "always"))
    assert plain == generated


def test_what_is_not_there_has_a_sign() -> None:
    assert units._sign_of(None) is None


def test_remittances_are_written_alike() -> None:
    records = [*x12.iter_records(REMITTANCE)]
    plain, generated = (written(records, ENVELOPE, mode, check=True) for mode in ("never", "always"))
    assert plain == generated


def test_what_is_known_of_fields_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "_KNOWN", 0)
    units._units.cache_clear()
    claims = [
        USUAL[0].evolve(
            subscriber=USUAL[0].subscriber.evolve(member_id=f"M{at}"),
            frequency="17"[at % 2],
            control_number=f"C{at}",
        )
        for at in range(4)
    ]
    plain, generated = (written(claims, ENVELOPE, mode, check=True) for mode in ("never", "always"))
    units._units.cache_clear()
    assert plain == generated
