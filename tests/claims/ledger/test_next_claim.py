"""The next claim: to the next payer with what the last one decided, or one that replaces or voids it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
import pytest
from tests.claims.ledger.made import (
    CO45,
    JANE,
    PLAN,
    claim,
    ledger,
    line,
    paid,
    paid_line,
    remittance,
    sent,
    status,
)
from tests.testing.samples import KINDS, sample

from medcode import scrub
from medcode.claims import (
    Adjustment,
    Dependent,
    OtherPayer,
    OtherSubscriber,
    Payer,
    Provider,
    Subscriber,
    x12,
)
from medcode.claims.claim_status import Status
from medcode.claims.ledger import NotDueError
from medcode.claims.model import Identifier, ProviderIdentity
from medcode.claims.remittance import PaidParty
from medcode.testing import Payer as Box

if TYPE_CHECKING:
    from medcode.claims import Claim
    from medcode.claims.ledger import LedgerEntry

SECOND = Payer(organization="SECOND PLAN", payer_id="PLAN2")
JACK = Subscriber(
    last_name="DOE", first_name="JACK", member_id="S1", birth_date="1969-01-02", sex="M", claim_filing="CI"
)
LATER = date(2026, 3, 1)
DECIDED = paid_line(100, 60, CO45, Adjustment("PR", "2", 10))


def decided(*lines: Any, first: Claim | None = None, **more: Any) -> LedgerEntry:
    return ledger(sent(first or claim()), remittance(paid("PCN1", *(lines or (DECIDED,)), **more)))["PCN1"]


def test_the_secondary_claim_holds_what_the_first_payer_decided() -> None:
    made = decided().secondary(payer=SECOND, subscriber=JANE.evolve(member_id="S1"))
    [first] = made.other_payers
    assert (first.payer.payer_id, first.payer_responsibility, first.relationship) == ("PLAN1", "P", "18")
    assert (first.paid, first.claim_number, first.subscriber.member_id) == (Decimal(60), "ICN1", "W1")
    [decision] = made.lines[0].adjudications
    assert (decision.payer_id, decision.paid, decision.date) == ("PLAN1", Decimal(60), date(2026, 1, 20))
    assert decision.adjustments == (CO45, Adjustment("PR", "2", 10))
    assert (made.payer, made.subscriber.payer_responsibility, made.dependent) == (SECOND, "S", None)
    assert scrub(sent(made, number=2, on=LATER)).ok


def test_the_next_payer_is_the_one_that_the_claim_names() -> None:
    other = OtherPayer(
        payer=SECOND, subscriber=OtherSubscriber(last_name="DOE", first_name="JANE", member_id="S1"),
        payer_responsibility="S", claim_filing="CI", group_number="G7",
    )  # fmt: skip
    for made in (
        decided(first=claim(other_payers=[other])).secondary(),
        decided(first=claim(other_payers=[other])).secondary(payer=SECOND),
    ):
        assert made.payer == SECOND
        assert (made.subscriber.member_id, made.subscriber.group_number, made.subscriber.birth_date) == (
            "S1",
            "G7",
            JANE.birth_date,
        )
        assert [each.payer for each in made.other_payers] == [PLAN]
        assert scrub(sent(made, number=2, on=LATER)).ok


def test_the_patient_is_a_dependent_where_the_next_subscriber_is_another() -> None:
    with pytest.raises(NotDueError, match="give the relationship between them"):
        decided().secondary(payer=SECOND, subscriber=JACK)
    made = decided().secondary(payer=SECOND, subscriber=JACK, relationship="01")
    assert made.dependent is not None
    assert (made.dependent.first_name, made.dependent.relationship) == ("JANE", "01")
    child = Dependent(
        last_name="DOE",
        first_name="TIM",
        birth_date="2015-03-04",
        sex="M",
        relationship="19",
        address=JANE.address,
    )
    of_child = decided(first=claim(dependent=child)).secondary(payer=SECOND, subscriber=JACK)
    assert of_child.dependent == child
    assert of_child.other_payers[0].relationship == "19"
    grown = decided(first=claim(dependent=child)).secondary(
        payer=SECOND, subscriber=JACK.evolve(first_name="TIM")
    )
    assert grown.dependent is None


def test_a_tertiary_claim_holds_both_decisions() -> None:
    first = sent(claim())
    answer = remittance(paid("PCN1", DECIDED))
    made = ledger(first, answer)
    second = made["PCN1"].secondary(payer=SECOND, subscriber=JANE.evolve(member_id="S1"))
    made.add(sent(second, number=2, on=date(2026, 1, 25)))
    line_2 = paid_line(100, 6, Adjustment("OA", "23", 90), Adjustment("PR", "2", 4))
    made.add(
        remittance(
            paid("PCN1", line_2, status="2", payer_claim_number="ICN2"),
            payer="PLAN2",
            trace="E2",
            on=date(2026, 2, 9),
        )
    )
    third = made["PCN1"].secondary(payer=Payer(organization="THIRD PLAN", payer_id="PLAN3"), subscriber=JANE)
    assert [(each.payer.payer_id, each.payer_responsibility, each.paid) for each in third.other_payers] == [
        ("PLAN2", "S", Decimal(6)), ("PLAN1", "P", Decimal(60)),
    ]  # fmt: skip
    assert third.subscriber.payer_responsibility == "T"
    assert [each.payer_id for each in third.lines[0].adjudications] == ["PLAN1", "PLAN2"]
    assert scrub(sent(third, number=3, on=LATER)).ok


def test_a_decision_that_was_corrected_counts_as_it_is_now() -> None:
    denied = paid("PCN1", paid_line(100, 0, Adjustment("CO", "16", 100)))
    made = ledger(
        sent(claim()),
        remittance(denied),
        remittance(denied.reversal(), paid("PCN1", DECIDED), trace="E2", on=date(2026, 2, 2)),
    )
    [decision] = made["PCN1"].secondary(payer=SECOND, subscriber=JANE).lines[0].adjudications
    assert (decision.paid, decision.adjustments) == (Decimal(60), (CO45, Adjustment("PR", "2", 10)))


CARRIER = PaidParty(entity_type="2", organization="SECOND PLAN", id="PLAN2", id_type="PI")


@pytest.mark.parametrize(
    ("entry", "subscriber", "why"),
    [
        (lambda: ledger(sent(claim()))["PCN1"], JANE, "no payer has decided on the claim yet"),
        (lambda: decided(status="19", crossover_carrier=CARRIER), JANE, "forwarded the claim to SECOND PLAN: the next payer has it"),
        (lambda: ledger(claim(payer=Payer(organization="NO ID")), remittance(paid("PCN1", DECIDED)))["PCN1"], JANE, "the payer that has decided has no id"),
        (lambda: decided(paid_line(100, 60, CO45, procedure="99214")), JANE, "a line of the remittance fits no line of the claim"),
        (lambda: decided(paid_line(100, 60, CO45)), JANE, "the claim does not balance: 100.00 is stated, the other amounts add up to 90.00"),
        (decided, JANE.evolve(claim_filing="MB"), "Medicare after another payer needs the reason"),
        (decided, None, "the claim names no payer that has not decided"),
    ],
)  # fmt: skip
def test_a_claim_that_is_not_due_says_why(entry: Any, subscriber: Subscriber | None, why: str) -> None:
    found = entry() if callable(entry) else entry
    with pytest.raises(NotDueError, match=why):
        found.secondary(payer=SECOND if subscriber else None, subscriber=subscriber)


def test_a_decision_that_was_taken_back_is_none() -> None:
    payment = paid("PCN1", DECIDED)
    made = ledger(
        sent(claim()), remittance(payment), remittance(payment.reversal(), trace="E2", on=date(2026, 2, 2))
    )
    with pytest.raises(NotDueError, match="taken its decision back"):
        made["PCN1"].secondary(payer=SECOND, subscriber=JANE)


def test_a_replacement_and_a_void_name_the_payers_number() -> None:
    entry = decided()
    corrected = entry.replacement(lines=[line("99214", 140)])
    assert (corrected.frequency, corrected.references.payer_claim_number) == ("7", "ICN1")
    assert corrected.total == 140
    assert (
        entry.replacement(
            references=entry.claim.references.evolve(medical_record="M1")
        ).references.medical_record
        == "M1"
    )
    assert (entry.void().frequency, entry.void().references.payer_claim_number) == ("8", "ICN1")
    made = ledger(
        sent(claim()), remittance(paid("PCN1", DECIDED)), sent(entry.void(), number=2, on=date(2026, 2, 1))
    )
    assert (made["PCN1"].charge, str(made["PCN1"].state)) == (Decimal(0), "sent")
    rejected = status("PCN1", Status("A7", "562", "85", date=date(2026, 1, 9), action="U", charge=100))
    with pytest.raises(NotDueError, match="send it again as a new one"):
        ledger(sent(claim()), rejected)["PCN1"].replacement()
    with pytest.raises(NotDueError, match="send it again as a new one"):
        ledger(sent(claim()))["PCN1"].void()


@pytest.mark.parametrize("kind", KINDS)
def test_secondaries_of_drawn_claims_balance_and_follow_the_guide(kind: str) -> None:
    claims = [
        each.evolve(control_number=f"{at}-{each.control_number}"[:20], other_payers=(), frequency="1")
        for at, each in enumerate(sample(kind, 8))
        if each.subscriber.payer_responsibility == "P" and each.payer.payer_id
    ]
    text = x12.dumps(claims, x12.Envelope(sender="CLINIC", receiver="PLAN"))
    made = ledger(text, Box("coinsurance").answer(text).x835)
    seconds = [
        entry.secondary(payer=SECOND, subscriber=entry.claim.subscriber.evolve(claim_filing="CI", insurance_type=None), relationship=None)
        for entry in made
    ]  # fmt: skip
    assert len(seconds) == len(claims) > 2
    created = datetime(2027, 3, 1)  # noqa: DTZ001  # as the envelope's
    again = x12.dumps(
        seconds, x12.Envelope(sender="CLINIC", receiver="PLAN2", control_number=2, created=created)
    )
    before = {finding.rule for finding in scrub(text).findings}
    assert {finding.rule for finding in scrub(again).findings} <= before


PUBLISHED = Path(__file__).parent / "published"
A = "stupidedi/837P/cob-claim-from-billing-provider-to-payer-a.edi"
B = "stupidedi/837P/cob-claim-from-billing-provider-to-payer-b.edi"
C = "stupidedi/837P/cob-claim-from-payer-a-to-payer-b-in-payer-to-payer.edi"
MEDICARE = "stupidedi/837P/medicare-secondary-payer-cob.edi"


def _coordination(claim: Claim) -> list[str]:
    """Return the segments of other payers and of their decisions on the lines, as they are written."""
    segments = x12.dumps([claim], check=False).split("~")
    first = next(at for at, each in enumerate(segments) if each.startswith("CLM"))
    start = next(at for at, each in enumerate(segments[first:], first) if each.startswith("SBR"))
    return segments[start : next(at for at, each in enumerate(segments) if each.startswith("SE*"))]


class Published(NamedTuple):
    """A first claim, its remittance, the secondary claim that is printed, and the segments that only one has."""

    primary: Path | str
    answer: str
    printed: str
    only_printed: set[str]
    only_made: set[str]


@pytest.mark.parametrize(
    "pair",
    [
        Published(
            A, "3b.835", B,
            # the patient, a child, is no spouse (01); an address that the first claim lacks; CLM09 of both claims is I
            {"SBR*P*01*******CI", "OI***Y*P**Y", "N3*236 N MAIN ST", "N4*MIAMI*FL*33111"},
            {"SBR*P*19*******CI", "OI***Y*P**I", "REF*F8*KEY20051015A1"},  # an 835 has the payer's number
        ),
        Published(
            PUBLISHED / "4.837", "4.835", MEDICARE,
            # a group name that the first claim lacks, and 4010's way to say what the patient owes
            {"SBR*P*01**COMMERCE*****CI", "AMT*A8*15"},
            {"SBR*P*01*******12", "AMT*EAF*15", "REF*F8*COM20050128B7"},
        ),
    ],
)  # fmt: skip
def test_the_published_examples_of_coordination(reference: Path, pair: Published) -> None:
    """X12's examples 3 and 4: remittances written from the printed amounts give the printed secondary claims.

    The differences are listed; each is of the published pair, whose two claims do not agree with each other.
    """
    samples = reference / "samples"
    [expected] = x12.load(samples / pair.printed).claims()
    entry = next(iter(ledger(samples / pair.primary, PUBLISHED / pair.answer)))
    made = entry.secondary(payer=expected.payer, subscriber=expected.subscriber)
    assert (made.subscriber, made.payer) == (expected.subscriber, expected.payer)
    theirs, ours = _coordination(expected), _coordination(made)
    assert set(theirs) - set(ours) == pair.only_printed
    assert set(ours) - set(theirs) == pair.only_made
    assert [each for each in ours if each not in pair.only_made] == [
        each for each in theirs if each not in pair.only_printed
    ]


def test_a_published_claim_that_its_payer_forwards_is_not_sent(reference: Path) -> None:
    """X12's example 3.C goes from payer to payer, so that the provider owes no secondary claim."""
    [expected] = x12.load(reference / "samples" / C).claims()
    entry = next(iter(ledger(reference / "samples" / A, PUBLISHED / "3c.835")))
    with pytest.raises(NotDueError, match="forwarded the claim to GREAT PRAIRIES HEALTH"):
        entry.secondary(payer=expected.payer, subscriber=expected.subscriber)


def test_what_lines_leave_to_the_patient_is_owed_for_the_claim() -> None:
    [first] = decided().secondary(payer=SECOND, subscriber=JANE).other_payers
    assert first.remaining_liability == Decimal(10)


@pytest.mark.parametrize("named", [Payer(organization="SEC PLAN", payer_id="OLD"), PLAN])
def test_an_undecided_payer_of_the_next_rank_is_the_next_payer(named: Payer) -> None:
    """However the first claim named it: short of its id, or by a slip as the first payer."""
    other = OtherPayer(
        payer=named,
        subscriber=OtherSubscriber(last_name="DOE", first_name="JANE", member_id="S1"),
        payer_responsibility="S",
    )
    third = attrs.evolve(
        other, payer=Payer(organization="THIRD PLAN", payer_id="PLAN3"), payer_responsibility="T"
    )
    made = decided(first=claim(other_payers=[other, third])).secondary(payer=SECOND, subscriber=JANE)
    assert [each.payer.payer_id for each in made.other_payers] == ["PLAN1", "PLAN3"]
    later = JANE.evolve(payer_responsibility="T")
    made = decided(first=claim(other_payers=[other, third])).secondary(payer=SECOND, subscriber=later)
    assert [each.payer.payer_id for each in made.other_payers] == ["PLAN1", named.payer_id]
    assert made.subscriber.payer_responsibility == "T"


def test_the_insured_has_the_number_that_the_payer_corrected() -> None:
    first = decided(corrected_patient=PaidParty(id="W1-CORRECTED", id_type="C"))
    assert (
        first.secondary(payer=SECOND, subscriber=JANE).other_payers[0].subscriber.member_id == "W1-CORRECTED"
    )
    named = decided(corrected_patient=PaidParty(last_name="DOE-ROE"))
    assert named.secondary(payer=SECOND, subscriber=JANE).other_payers[0].subscriber.member_id == "W1"


def test_providers_have_the_numbers_of_the_next_payer() -> None:
    """A payer's number of a provider (G2, LU) means nothing to the next one; on a line it names who issued it."""
    numbers = [Identifier("G2", "FIRST-1"), Identifier("0B", "IL-77"), Identifier("LU", "WEST")]
    of_line = [
        Identifier("G2", "FIRST-2"),
        Identifier("G2", "SECOND-2", payer_id="PLAN2"),
        Identifier("1G", "U1"),
    ]
    rendering = Provider(last_name="ROE", npi="1234567893", identifiers=numbers)
    other = OtherPayer(
        payer=SECOND, payer_responsibility="S",
        subscriber=OtherSubscriber(last_name="DOE", first_name="JANE", member_id="S1"),
        rendering_provider=ProviderIdentity(entity_type="1", identifiers=[Identifier("G2", "SECOND-1")]),
    )  # fmt: skip
    lines = [line().evolve(rendering_provider=rendering.evolve(identifiers=of_line))]
    first = claim(rendering_provider=rendering, lines=lines, other_payers=[other])
    made = decided(first=first).secondary()
    assert made.rendering_provider is not None
    assert made.rendering_provider.identifiers == (Identifier("0B", "IL-77"), Identifier("G2", "SECOND-1"))
    assert made.lines[0].rendering_provider is not None
    assert made.lines[0].rendering_provider.identifiers == (
        Identifier("G2", "FIRST-2", payer_id="PLAN1"),
        Identifier("G2", "SECOND-2"),
        Identifier("1G", "U1"),
    )
