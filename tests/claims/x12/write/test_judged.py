"""What is wrong with claims that are written: told by the number of the claim and by its attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.claims.test_model import stay
from tests.claims.x12.write.test_writing import ENVELOPE, FAMILY, RICH_CLAIM, with_phone

from medcode.claims import ProfessionalClaim, x12
from medcode.claims.model import Diagnosis, Provider
from medcode.claims.x12.codec.compiled import compiled_for
from medcode.claims.x12.codec.naming import Naming
from medcode.codesets.base import Malformed
from medcode.codesets.npi import Npi
from medcode.errors import Rejected, X12Error
from medcode.findings import Location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.claims import Claim

    Told = set[tuple[str, int | None, str | None]]

RIGHT = with_phone(FAMILY[0])
OTHER = RIGHT.evolve(billing_provider=RIGHT.billing_provider.evolve(npi=Npi("1003000126")))


def told(claims: Iterable[Claim], envelope: x12.Envelope = ENVELOPE) -> Told:
    """Give name, claim and attribute of each error for which claims are refused."""
    with pytest.raises(Rejected) as caught:
        x12.dumps(claims, envelope)
    return {
        (error.finding.name, error.finding.claim, error.finding.location.path)
        for error in caught.value.errors
    }


def test_the_number_is_that_of_the_claims_given() -> None:
    line = RIGHT.lines[0]
    broken = RIGHT.evolve(lines=(line, line.evolve(charge=Malformed("4O"))))
    assert told([RIGHT, OTHER, broken, RIGHT]) == {("element-characters", 2, "lines[1].charge")}


def test_a_level_is_that_of_its_first_claim() -> None:
    patient = RIGHT.subscriber.evolve(birth_date=None, member_id="M9")
    found = told([OTHER, RIGHT, RIGHT.evolve(subscriber=patient), RIGHT.evolve(subscriber=patient)])
    assert found == {("element-missing", 2, "subscriber.birth_date")}


def test_every_set_has_claims_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compiled_for(ProfessionalClaim, "005010X222A1")
    monkeypatch.setattr(found, "guide", attrs.evolve(found.guide, most=2))
    broken = RIGHT.evolve(frequency="TOO LONG")
    assert told([RIGHT, RIGHT, RIGHT, broken, stay(), broken]) >= {
        ("element-too-long", 3, "frequency"),
        ("element-too-long", 5, "frequency"),
    }


def test_claims_that_come_again_in_the_next_set_have_both_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compiled_for(ProfessionalClaim, "005010X222A1")
    monkeypatch.setattr(found, "guide", attrs.evolve(found.guide, most=2))
    broken = RIGHT.evolve(frequency="TOO LONG")
    for claims in ([RIGHT, broken] * 3, [broken, RIGHT, RIGHT, broken, broken, RIGHT]):
        numbers = {number for number, each in enumerate(claims) if each is broken}
        assert told(claims) == {("element-too-long", number, "frequency") for number in numbers}


def test_a_malformed_value_is_told_once() -> None:
    provider = RIGHT.billing_provider.evolve(npi=Malformed("1234567890"))
    assert told([RIGHT.evolve(billing_provider=provider)]) == {("malformed-value", 0, "billing_provider.npi")}
    line = RIGHT.lines[0].evolve(charge=Malformed("1:0"))
    assert told([RIGHT.evolve(lines=(line,))]) == {("element-characters", 0, "lines[0].charge")}


def test_what_is_missing_at_the_end_of_the_set() -> None:
    bare = RIGHT.evolve(lines=())
    assert ("loop-missing", 0, "lines") in told([bare])


def test_the_name_of_a_person_has_no_room_for_that_of_an_organization() -> None:
    provider = RIGHT.billing_provider.evolve(last_name="ROE")
    assert told([RIGHT, RIGHT.evolve(billing_provider=provider)]) == {
        ("value-without-place", 1, "billing_provider.organization")
    }


def test_codes_of_a_tuple_are_named_together() -> None:
    codes = [Diagnosis(f"M25.{at}") for at in range(500, 513)]
    assert told([RIGHT.evolve(diagnoses=codes)]) >= {("segment-too-often", 0, "diagnoses")}


def test_tuples_within_tuples() -> None:
    first, *others = RICH_CLAIM.lines
    decided = first.adjudications[0].evolve(payer_id="")
    line = first.evolve(adjudications=(first.adjudications[0], decided))
    found = told([RICH_CLAIM.evolve(lines=(first, line, *others))])
    assert found >= {("element-missing", 0, "lines[1].adjudications[1].payer_id")}


def test_the_sender_is_no_claim() -> None:
    envelope = ENVELOPE.evolve(submitter=x12.Envelope().header(RIGHT).submitter.evolve(contacts=()))
    assert {(name, number) for name, number, _ in told([RIGHT], envelope)} == {("segment-missing", None)}


@pytest.mark.parametrize("check", [True, False])
def test_a_guide_of_other_claims(check: bool) -> None:  # a parameter of the test
    for convention in ("005010X222A1", "005010X231A1", "NO GUIDE"):
        with pytest.raises(X12Error, match="not written by"):
            x12.dumps([stay()], ENVELOPE.evolve(convention=convention), check=check)


def test_a_place_that_is_nowhere_has_no_name() -> None:
    nowhere = Naming(compiled_for(ProfessionalClaim, "005010X222A1"), [])
    assert nowhere.path(3, Location(loop="2300", segment="XXX")) is None
    assert nowhere.path(3, Location(loop="2000A", segment="HL")) is None
    assert nowhere.path(3, Location(loop="2010BA", segment="DMG", element=1)) == "subscriber.birth_date"
    assert nowhere.path(3, Location(loop="2300", segment="CLM", element=5, component=3)) == "frequency"


def test_groups_count_on_from_the_last_number_to_the_first() -> None:
    text = x12.dumps([RIGHT, stay()], ENVELOPE.evolve(control_number=999_999_999), check=False)
    groups = x12.loads(text).interchanges[0].groups
    assert [each.header.elements[6] for each in groups if each.header] == ["999999999", "1"]


def test_a_name_of_an_organization_is_that_attribute() -> None:
    long = "X" * 70
    claim = RIGHT
    biller = claim.billing_provider.evolve(organization=long)
    doctor = Provider(last_name=long, first_name="ANN", npi=biller.npi)
    line = claim.lines[0].evolve(rendering_provider=doctor)
    wrong = claim.evolve(billing_provider=biller, lines=[line])
    assert {each[2] for each in told([wrong])} - {None} == {  # None: the submitter, who is the biller
        "billing_provider.organization",
        "lines[0].rendering_provider.last_name",
    }


@pytest.mark.parametrize(
    ("claim", "changes", "message"),
    [
        (RIGHT, {"diagnoses": ["I10"] * 13}, "The claim has 13 diagnoses; the guide has room for 12."),
        (RIGHT, {"condition_codes": ["A1"] * 30}, "The claim has 30 condition codes; the guide has room for 24."),
        (stay(), {"external_causes": ["W19.XXXA"] * 13}, "The claim has 13 external causes; the guide has room for 12."),
        (RIGHT, {"lines": RIGHT.lines[:1] * 51}, "Loop 2400 (Service line) occurs 51 times; the guide allows 50."),
    ],
    ids=["diagnoses", "condition-codes", "external-causes", "lines"],
)  # fmt: skip
def test_codes_that_share_segments_are_counted_themselves(claim: Claim, changes: Any, message: str) -> None:
    with pytest.raises(Rejected) as caught:
        x12.dumps([claim.evolve(**changes)], ENVELOPE)
    assert message in [error.finding.message for error in caught.value.errors]
