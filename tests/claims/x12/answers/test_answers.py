"""Payers' answers in X12: planted faults found once each at their place, and objects written and read again."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.claims.x12.answers.faults import ACKNOWLEDGMENT_FAULTS, REMITTANCE_FAULTS
from tests.claims.x12.answers.other_faults import CLEARINGHOUSE_FAULTS, HOSPITAL_FAULTS, RESPONSE_FAULTS
from tests.claims.x12.answers.other_texts import CLEARINGHOUSE, HOSPITAL, RESPONSE
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE, changed, position, without

from medcode.claims import x12
from medcode.claims.claim_status import InquiryStatus
from medcode.claims.remittance import Adjustment, ClaimPayment, Payment, PaymentGroup
from medcode.errors import Rejected
from medcode.testing import strategies

if TYPE_CHECKING:
    from medcode.claims.claim_status import ClaimStatus
    from medcode.claims.remittance import Remittance

DAY = date(2026, 1, 31)
ENVELOPE = x12.Envelope(
    sender="PLAN", receiver="CLINIC", control_number=7, created=datetime.combine(DAY, time(8))
)

PLANTED = [
    (text, fault)
    for text, faults in (
        (REMITTANCE, REMITTANCE_FAULTS),
        (ACKNOWLEDGMENT, ACKNOWLEDGMENT_FAULTS),
        (HOSPITAL, HOSPITAL_FAULTS),
        (CLEARINGHOUSE, CLEARINGHOUSE_FAULTS),
        (RESPONSE, RESPONSE_FAULTS),
    )
    for fault in faults
]


def place_of(text: str, offset: int | None) -> int:
    """Return the position in its set (ST is 1) of the segment at an offset of the text."""
    before = text[: offset or 0].count("~")
    return before - text[: text.index("ST*")].count("~") + 1


def found(text: str) -> list[tuple[str, int]]:
    return [(each.name, place_of(text, each.location.offset)) for each in x12.validate(text)]


def test_the_texts_are_clean() -> None:
    for text in (REMITTANCE, ACKNOWLEDGMENT, HOSPITAL, CLEARINGHOUSE, RESPONSE):
        assert found(text) == []
        assert x12.dumps(x12.loads(text)) == text
    assert len(PLANTED) > 350


def test_every_planted_fault_is_found_once_at_its_place() -> None:
    missed = {}
    for text, fault in PLANTED:
        faulty, at = fault.apply(text)
        if (seen := found(faulty)) != [(fault.rule, at)]:
            missed[fault] = seen
    assert missed == {}


TEXTS = (REMITTANCE, HOSPITAL, ACKNOWLEDGMENT, CLEARINGHOUSE, RESPONSE)
AMOUNTS = {"BPR": (2,), "CLP": (3, 4, 5), "CAS": (3,), "SVC": (2, 3), "PLB": (4,), "STC": (4,), "QTY": (2,), "TS3": (4, 5)}  # fmt: skip
"""The elements whose value other values add up to."""


def test_a_lost_segment_is_one_finding_at_most() -> None:
    several = {}
    for text in TEXTS:
        for at, segment in enumerate(text.split("~\n")):
            if segment[:3] not in {"ISA", "GS*", "ST*", "SE*", "GE*", "IEA", ""}:
                seen = found(without(text, at))
                if len(seen) > 1:
                    several[at, segment] = seen
    assert several == {}


def test_an_amount_that_is_off_is_one_finding_at_most() -> None:
    several = {}
    for text in TEXTS:
        segments = text.split("~\n")
        for at, segment in enumerate(segments):
            for place in AMOUNTS.get(segment[:3], ()):
                elements = segment.split("*")
                if len(elements) > place and elements[place]:
                    elements[place] = str(Decimal(elements[place]) + 7)
                    seen = found("~\n".join([*segments[:at], "*".join(elements), *segments[at + 1 :]]))
                    if len(seen) > 1:
                        several[segment, place] = seen
    assert several == {}


def test_a_faulty_text_is_read_and_given_back_all_the_same() -> None:
    for text, fault in PLANTED[::5]:
        faulty, _ = fault.apply(text)
        sent = x12.loads(faulty)
        assert x12.dumps(sent) == faulty
        list(sent.records())


def test_a_lost_line_after_one_of_a_day_and_adjustments_alone_is_one_finding() -> None:
    text = changed(changed(HOSPITAL, "REF*6R*A1: delete"), "AMT*B6: delete")
    assert found(text) == []
    place = position(text, "SVC*NU:0300")
    assert found(changed(text, "SVC*NU:0300: delete")) == [("segment-missing", place)]


def test_a_difference_is_said_with_both_amounts_and_names_nobody() -> None:
    (finding,) = x12.validate(changed(REMITTANCE, "SVC*HC:99213: 3=120"))
    assert finding.message == (
        "The line does not balance: charge 200.00 less adjustments 70.00 is 130.00, but SVC03 is 120.00 "
        "(difference 10.00)."
    )
    assert (finding.snip, finding.claim, str(finding.location)) == (3, 0, "2110 SVC03 (segment 30)")


def test_several_faults_are_all_found() -> None:
    text = REMITTANCE
    for change in ("BPR: 2=1000", "CLP*PCN003: 4=390", "SVC*HC:97110: 3=10", "CLP*PCN006: 5=7"):
        text = changed(text, change)
    assert sorted(name for name, _ in found(text)) == [
        "claim-balance",
        "line-balance",
        "patient-share",
        "payment-balance",
    ]


def test_what_cannot_be_read_is_left_out_of_the_sums() -> None:
    text = changed(REMITTANCE, "CAS*CO*45*40: 3=x")
    assert [name for name, _ in found(text)] == ["element-characters"]
    assert [name for name, _ in found(changed(REMITTANCE, "CLP*PCN001: 4=x"))] == ["element-characters"]
    assert [name for name, _ in found(changed(REMITTANCE, "TS3: 5=x"))] == ["element-characters"]


def test_an_adjustment_that_is_left_empty_between_two_others_counts_nothing() -> None:
    text = changed(REMITTANCE, "CAS*CO*45*40: 3=30")
    assert "CAS*CO*45*30~" in text
    assert found(text.replace("CAS*CO*45*30~", "CAS*CO*45*30*****97*10~")) == found(REMITTANCE)


@pytest.mark.parametrize("handling", ["D", "P"])
def test_money_that_goes_alone_needs_no_claims(handling: str) -> None:
    segments = REMITTANCE.split("~\n")
    alone = [each for each in segments if each[:3] not in CLAIM_SEGMENTS and not each.startswith("PER*CX**")]
    text = "~\n".join(alone).replace("BPR*I", f"BPR*{handling}")
    text = text.replace("SE*73", f"SE*{position(text, 'SE*')}")
    assert found(text) == []


CLAIM_SEGMENTS = {
    "LX*",
    "TS3",
    "CLP",
    "CAS",
    "NM1",
    "MOA",
    "MIA",
    "REF",
    "AMT",
    "SVC",
    "LQ*",
    "QTY",
    "PLB",
    "DTM",
}


def test_an_835_of_provider_adjustments_alone_is_read_and_balanced() -> None:
    segments = REMITTANCE.split("~\n")
    first = next(at for at, each in enumerate(segments) if each.startswith("LX*1"))
    last = next(at for at, each in enumerate(segments) if each.startswith("PLB"))
    text = (
        "~\n".join([*segments[:first], *segments[last:]])
        .replace("BPR*I*1070", "BPR*I*40")
        .replace("L6*-10", "L6*-90")
    )
    text = text.replace("SE*73", f"SE*{position(text, 'SE*')}")
    assert found(text) == []
    (remittance,) = x12.loads(text).remittances()
    assert (remittance.claims, [each.reason for each in remittance.provider_adjustments]) == (
        (),
        ["WO", "L6"],
    )


def test_half_a_file_gives_what_is_there() -> None:
    half = REMITTANCE[: REMITTANCE.index("CLP*PCN003")]
    (remittance,) = x12.loads(half).remittances()
    assert [claim.status for claim in remittance.claims] == ["1", "4"]
    assert "set-trailer-missing" in {each.name for each in x12.validate(half)}


def test_text_before_isa_a_mark_and_blank_lines_are_kept() -> None:
    text = "\ufeffnotes\n\n" + REMITTANCE.replace("~\n", "~\n\n")
    sent = x12.loads(text)
    assert x12.dumps(sent) == text
    assert len(next(sent.remittances()).claims) == 6


def test_pipes_separate_as_well() -> None:
    text = REMITTANCE.replace("*", "|")
    assert found(text) == []
    assert list(x12.loads(text).remittances()) == list(x12.loads(REMITTANCE).remittances())


def test_a_payee_that_comes_twice_is_kept_and_named_once() -> None:
    text = changed(REMITTANCE, "N1*PE: repeat")
    assert [name for name, _ in found(text)] == ["loop-too-often"]
    (remittance,) = x12.loads(text).remittances()
    assert remittance.payee.id == "1234567893"
    assert len(remittance.claims) == 6


def test_a_remittance_is_read_whole() -> None:
    (remittance,) = x12.loads(REMITTANCE).remittances()
    first = remittance.claims[0]
    assert remittance.payment.amount == 1070
    assert (remittance.payment.method, remittance.production_date) == ("ACH", date(2026, 1, 30))
    assert [int(each) for each in (first.deductible, first.contractual, first.allowed)] == [30, 50, 250]
    assert [line.control_number for line in first.lines] == ["L1", "L2"]
    assert [line.units for line in first.lines] == [Decimal(1), Decimal(1)]
    assert [claim.is_reversal for claim in remittance.claims] == [False, False, False, True, False, False]
    assert [claim.is_denied for claim in remittance.claims] == [False, True, False, False, False, False]
    assert [claim.is_forwarded for claim in remittance.claims] == [False, False, True, False, False, False]
    assert remittance.claims[5].inpatient is not None
    assert remittance.extras == ()


def test_claims_stream_one_by_one_with_their_header() -> None:
    claims = list(x12.iter_records(REMITTANCE, ClaimPayment))
    (remittance,) = x12.loads(REMITTANCE).remittances()
    assert tuple(claims) == remittance.claims
    assert list(x12.iter_records(REMITTANCE)) == [remittance]


def test_a_claim_acknowledgment_is_read_whole() -> None:
    statuses = list(x12.loads(ACKNOWLEDGMENT).claim_statuses())
    assert [(each.level, each.is_rejected) for each in statuses] == [
        ("claim", False),
        ("claim", True),
        ("claim", False),
        ("claim", True),
        ("provider", True),
    ]
    first, second, *_, provider = statuses
    assert first.batch is not None
    assert first.batch.accepted_count == 2
    assert (first.payer_claim_number, first.source.received_date) == ("ICN001", date(2026, 1, 30))
    assert (second.lines[0].control_number, second.statuses[0].text) == ("L1", "NPI NOT ON FILE")
    assert [status.category for status in statuses[3].statuses] == ["A3", "A3"]
    assert provider.provider is not None
    assert provider.provider.rejected_count == 2


INQUIRY = """\
ST*277*0001*005010X212~BHT*0010*08*R1*20260131*0810*DG~HL*1**20*1~NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*EHP01~\
PER*IC*DESK*TE*5185550100~HL*2*1*21*1~NM1*41*2*LAKEVIEW BILLING*****46*S1~HL*3*2*19*1~\
NM1*1P*2*LAKEVIEW CLINIC*****XX*1234567893~HL*4*3*22*0~NM1*IL*1*MAPLE*ALEX****MI*M0001~TRN*2*Q1~\
STC*F1:65*20260120**200*130*20260125**20260125*CHK1~REF*1K*ICN001~REF*EJ*PCN001~DTP*472*D8*20260110~\
SVC*HC:99213*200*130****1~STC*F1:65*20260120~REF*FJ*L1~DTP*472*D8*20260110~HL*5*3*22*1~\
NM1*IL*1*LINDEN*MORGAN****MI*M0002~HL*6*5*23~NM1*QC*1*LINDEN*ROBIN~TRN*2*Q2~STC*P1:20*20260120**90~DTP*472*D8*20260111~SE*28*0001~
"""


def test_an_answer_to_an_inquiry_is_read_written_and_read_again() -> None:
    read = list(x12.loads(INQUIRY).claim_statuses())
    assert {type(each) for each in read} == {InquiryStatus}
    first, second = read
    assert [first.statuses[0].paid, first.lines[0].paid] == [Decimal(130)] * 2
    assert isinstance(second, InquiryStatus)
    assert second.dependent is not None
    text = x12.dumps([each.evolve(extras=()) for each in read], ENVELOPE)
    assert list(x12.loads(text).claim_statuses()) == read
    assert [name for name, _ in found(text)] == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("F1:65*20260120**200", "A2:65*20260120**200"),
        ("HL*4*3*22*0", "HL*4*3*22*1"),
        ("HL*5*3*22*1", "HL*5*3*22*0"),
    ],
)
def test_an_answer_to_an_inquiry_is_judged(change: str, rule: str) -> None:
    names = {each.name for each in x12.validate(INQUIRY.replace(change, rule))}
    assert names & {"status-category", "hierarchy-child"}


@settings(max_examples=20)
@given(st.data())
def test_drawn_remittances_are_written_and_read_again(data: st.DataObject) -> None:
    drawn = data.draw(st.lists(strategies.remittances(DAY), min_size=1, max_size=2))
    text = x12.dumps(drawn, ENVELOPE)
    assert list(x12.loads(text).remittances()) == drawn
    assert x12.validate(text).ok


@settings(max_examples=20)
@given(st.data())
def test_drawn_statuses_are_written_and_read_again(data: st.DataObject) -> None:
    drawn: list[ClaimStatus] = data.draw(
        st.lists(strategies.claim_statuses(DAY), min_size=1, max_size=2, unique_by=lambda each: each.batch)
    )
    text = x12.dumps(drawn, ENVELOPE)
    assert list(x12.loads(text).claim_statuses()) == drawn
    assert list(x12.validate(text)) == []


def test_what_does_not_balance_is_not_written_unless_asked() -> None:
    (remittance,) = x12.loads(REMITTANCE).remittances()
    wrong = remittance.evolve(payment=remittance.payment.evolve(amount=Decimal(1)))
    with pytest.raises(Rejected) as refused:
        x12.dumps([wrong], ENVELOPE)
    (error,) = refused.value.exceptions
    assert "payment.amount" in str(error)
    assert x12.dumps([wrong], ENVELOPE, check=False)


def test_a_wrong_adjustment_is_named_by_its_path() -> None:
    (remittance,) = x12.loads(REMITTANCE).remittances()
    claim = remittance.claims[0]
    line = claim.lines[0].evolve(adjustments=[Adjustment("CO", "45", 40), Adjustment("XX", "1", 30)])
    group = PaymentGroup(claims=[claim.evolve(lines=[line, *claim.lines[1:]])])
    whole = remittance.evolve(
        groups=[group], provider_adjustments=(), payment=remittance.payment.evolve(amount=200)
    )
    with pytest.raises(Rejected) as refused:
        x12.dumps([whole], ENVELOPE)
    assert "groups[0].claims[0].lines[0].adjustments" in str(refused.value.exceptions[0])


def wrong_adjustment(remittance: Remittance, **changes: Any) -> Remittance:
    first, *rest = remittance.provider_adjustments
    return remittance.evolve(provider_adjustments=[first, rest[0].evolve(**changes)])


def test_a_wrong_provider_adjustment_is_named_by_its_path() -> None:
    (remittance,) = x12.loads(REMITTANCE).remittances()
    with pytest.raises(Rejected) as refused:
        x12.dumps([wrong_adjustment(remittance, reason="ZZ")], ENVELOPE)
    assert "provider_adjustments" in str(refused.value.exceptions[0])


def test_a_payment_cannot_be_malformed_when_written() -> None:
    (remittance,) = x12.loads(REMITTANCE).remittances()
    payment = Payment(amount="x", date=DAY, trace="1", payer_tax_id="1123456789")
    with pytest.raises(Rejected):
        x12.dumps([remittance.evolve(payment=payment)], ENVELOPE)
