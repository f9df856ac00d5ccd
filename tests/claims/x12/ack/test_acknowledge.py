"""TA1 and 999: produced from what is found, held to the 999's own guide, and read back."""

from __future__ import annotations

import io
import logging
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from tests.claims.x12.texts import (
    DEPENDENT,
    FAMILIES,
    GS,
    HEADER,
    ISA,
    ONE,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    recounted,
    swapped,
    transaction,
    wire,
)

from medcode.claims import x12
from medcode.claims.acknowledgment import GroupAnswer, InterchangeAnswer, Reference, Trigger
from medcode.codesets.base import Malformed
from medcode.errors import X12Error

if TYPE_CHECKING:
    from pathlib import Path

WHEN = datetime(2026, 1, 6, 8, 0)  # noqa: DTZ001  # ISA carries local time


def answer(text: str) -> list[str]:
    """Give the segments that answer a text of lines; they must themselves be right."""
    sent = x12.acknowledge(x12.loads(wire(text)), created=WHEN)
    assert sent.findings == ()
    return [segment.text for segment in sent.segments]


def group(text: str) -> GroupAnswer:
    """Give the one 999 that answers a text, read back."""
    (found,) = x12.answers(x12.acknowledge(x12.loads(wire(text))))
    assert isinstance(found, GroupAnswer)
    return found


def test_a_right_file_is_accepted() -> None:
    assert answer(ONE) == [
        "ISA*00*          *00*          *ZZ*PLAN           *ZZ*CLINIC         *260106*0800*^*00501*000000001*0*T*:",
        "GS*FA*PLAN*CLINIC*20260106*0800*1*X*005010X231A1",
        "ST*999*0001*005010X231A1",
        "AK1*HC*1*005010X222A1",
        "AK2*837*0001*005010X222A1",
        "IK5*A",
        "AK9*A*1*1*1",
        "SE*6*0001",
        "GE*1*1",
        "IEA*1*000000001",
    ]


def test_an_element_in_error_is_named_with_its_claim() -> None:
    segments = answer(swapped(ONE, "UN*1***1", "XX*1***1"))
    assert segments[5:11] == [
        "IK3*SV1*21*2400*8",
        "CTX*CLM01:C1",
        "IK4*3*355*7",
        "IK5*R*5*I5",
        "AK9*R*1*1*0",
        "SE*9*0001",
    ]


def test_a_component_in_error_and_a_second_fault_of_its_segment() -> None:
    error = group(swapped(ONE, "SV1*HC:99213*40*UN", "SV1*HC:*40.00*")).sets[0].errors[0]
    assert [(e.element, e.component, e.data_element, e.code) for e in error.elements] == [
        (1, 2, "234", "1"),
        (2, None, "782", "6"),
        (3, None, "355", "1"),
    ]


def test_segment_faults_come_one_code_each() -> None:
    found = group(
        recounted(swapped(ONE, "REF*EI*123456789", "QQQ*1\nREF*EI*123456789\nREF*EI*123456789"))
    ).sets[0]
    assert [(e.segment, e.position, e.loop, e.code) for e in found.errors] == [
        ("QQQ", 10, "2010", "1"),
        ("REF", 12, "2010", "5"),
    ]
    assert found.reasons == ("5", "I5")


def test_an_empty_or_nameless_segment_is_named_all_the_same() -> None:
    text = swapped(ONE, "REF*EI*123456789", "*\nREF*EI*123456789\n(*1")
    found = group(recounted(text)).sets[0]
    assert [(e.segment, e.code) for e in found.errors] == [("ZZ", "1"), ("ZZ", "1")]


def test_a_situation_names_its_trigger() -> None:
    found = group(recounted(swapped(ONE, "DMG*D8*19800501*F\n", ""))).sets[0].errors[0]
    assert (found.segment, found.code) == ("DMG", "I6")
    assert found.triggers == (Trigger(segment="SBR", position=12, loop="2000", element=2),)
    before = group(swapped(ONE, "HL*2*1*22*0", "HL*2*1*22*1")).sets[0].errors[0]
    assert (before.segment, before.triggers) == ("HL", ())


def test_a_number_that_no_999_can_carry_is_left_out() -> None:
    assert group(swapped(ONE, "CLM*C1*40*", "CLM*" + "9" * 50 + "*40*")).sets[0].errors[0].references == ()


def test_references_never_show_in_a_repr() -> None:
    error = group(swapped(ONE, "UN*1***1", "XX*1***1")).sets[0].errors[0]
    assert error.references == (Reference(name="CLM01", value="C1"),)
    assert "C1" not in repr(error)
    assert "=…" in repr(error)


def test_warnings_are_accepted_with_errors_noted() -> None:
    found = group(FAMILIES)
    assert (found.decision, found.sets[0].decision, found.accepted) == ("E", "E", True)
    assert found.sets[0].errors[0].elements[0].code == "I13"


def test_a_group_is_accepted_in_part() -> None:
    good = transaction(HEADER, PROVIDER, SELF, claim())
    found = group(enclosed(good, good.replace("0001", "0002").replace("*UN*", "*XX*")))
    assert (found.decision, found.included, found.received, found.taken) == ("P", 2, 2, 1)
    assert [each.accepted for each in found.sets] == [True, False]
    assert not found.accepted


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("GE*1*1", "GE*2*1", ("5",)),
        ("GE*1*1", "GE*1*7", ("4",)),
        ("GE*1*1\n", "", ("3",)),
        ("GE*1*1", "GE*X*7", ("5", "4")),
    ],
)
def test_a_wrong_group_is_rejected(old: str, new: str, reasons: tuple[str, ...]) -> None:
    found = group(swapped(ONE, old, new))
    assert (found.decision, found.taken, found.reasons) == ("R", 0, reasons)


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("SE*23*0001", "SE*24*0001", ("4",)),
        ("SE*23*0001", "SE*23*0002", ("3",)),
        ("SE*23*0001\n", "", ("2",)),
    ],
)
def test_a_wrong_set_is_rejected(old: str, new: str, reasons: tuple[str, ...]) -> None:
    found = group(swapped(ONE, old, new)).sets[0]
    assert (found.decision, found.reasons) == ("R", reasons)


def test_two_sets_of_one_number() -> None:
    good = transaction(HEADER, PROVIDER, SELF, claim())
    found = group(enclosed(good, good))
    assert [each.reasons for each in found.sets] == [(), ("23",)]


def test_a_set_that_the_next_one_ends() -> None:
    good = transaction(HEADER, PROVIDER, SELF, claim())
    cut = good.rpartition("\n")[0]
    found = group(enclosed(cut, good.replace("0001", "0002")))
    assert [each.decision for each in found.sets] == ["R", "A"]
    assert found.sets[0].reasons == ("2",)


def test_a_set_without_a_guide() -> None:
    found = group(swapped(ONE, "ST*837*0001*005010X222A1", "ST*837*0001*004010X098"))
    assert found.sets[0].reasons == ("I6",)


def test_a_set_alone_is_answered_in_an_envelope_of_its_own() -> None:
    segments = answer(transaction(HEADER, PROVIDER, SELF, claim()))
    assert segments[3:7] == ["AK1*HC*0*005010X222A1", "AK2*837*0001*005010X222A1", "IK5*A", "AK9*R*1*1*0*1"]


def test_headers_that_say_nothing_are_answered_as_well_as_may_be() -> None:
    segments = answer("ST\nSE*2*1")
    assert segments[3:5] == ["AK1*HC*0*005010", "AK2*837*0000"]
    segments = answer(f"{ISA}\nGS*XX\nGE*0*1\nIEA*1*000000001")
    assert segments[3:5] == ["AK1*HC*0*005010", "AK9*R*0*0*0*1*6*2*5"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("IEA*1*", "IEA*2*", "021"),
        ("IEA*1*000000001", "IEA*1*000000002", "001"),
        ("\nIEA*1*000000001", "", "023"),
        ("*00501*", "*00401*", "017"),
        ("GS*HC", "WHAT*1\nGS*HC", "022"),
        (f"{GS}\n", f"{GS}\nSE*1*0001\n", "022"),
    ],
)
def test_a_wrong_interchange_is_rejected_by_ta1(old: str, new: str, code: str) -> None:
    found = x12.answers(x12.acknowledge(x12.loads(wire(swapped(ONE, old, new)))))
    expected = InterchangeAnswer(
        control_number="000000001", date="260105", time="09:30", decision="R", reason=code
    )
    assert found == (expected,)
    assert not found[0].accepted


def test_ta1_is_given_where_it_is_asked_for() -> None:
    segments = answer(swapped(ONE, "*0*T*:", "*1*T*:"))
    assert segments[1] == "TA1*000000001*260105*0930*A*000"
    assert segments[-1] == "IEA*1*000000001"
    found = x12.answers(x12.loads(wire("\n".join(segments))))
    assert [each.accepted for each in found] == [True, True]


def test_ta1_of_an_interchange_without_date_and_number() -> None:
    text = swapped(ONE, "260105*0930*^*00501*000000001", "2601*09*^*00501*X")
    assert answer(text)[1:] == ["TA1*000000000*260106*0800*R*014", "IEA*0*000000001"]


def test_a_stray_segment_of_a_text_without_isa_has_no_one_to_be_told() -> None:
    assert x12.answers(x12.acknowledge(x12.loads(wire("GS*HC*A\nWHAT*1"))))[0].accepted is False


def test_groups_and_interchanges_are_answered_one_by_one() -> None:
    two = ONE + "\n" + ONE.replace("000000001", "000000002")
    sent = x12.acknowledge(x12.loads(wire(two)), created=WHEN, control_number=41)
    assert [each.header.elements[13] for each in sent.interchanges if each.header] == [
        "000000041",
        "000000042",
    ]
    body = transaction(HEADER, PROVIDER, SELF, claim())
    groups = f"{ISA}\n{GS}\n{body}\nGE*1*1\n{GS.replace('*1*X', '*2*X')}\n{body}\nGE*1*2\nIEA*2*000000001"
    found = x12.answers(x12.acknowledge(x12.loads(wire(groups))))
    assert [each.control_number for each in found] == ["1", "2"]


def test_acknowledgments_are_not_acknowledged() -> None:
    sent = x12.acknowledge(x12.loads(wire(ONE)))
    with pytest.raises(X12Error, match="nothing to acknowledge"):
        x12.acknowledge(sent)


def test_a_cut_acknowledgment_is_read_as_far_as_it_goes() -> None:
    text = "ST*999*0001~AK1*HC*1~AK2*837*0001~IK3*CLM*X~CTX~IK4*1:2:3~SE*6*0001~"
    (found,) = x12.answers(x12.loads(text))
    assert isinstance(found, GroupAnswer)
    assert (found.decision, found.sets[0].decision, found.convention) == ("", "", None)
    error = found.sets[0].errors[0]
    assert (error.position, error.loop, error.references) == (Malformed("X"), None, ())
    assert (error.elements[0].component, error.elements[0].repetition) == (2, 3)


def test_foreign_text_between_segments_is_passed_over() -> None:
    found = x12.answers(x12.loads("some junk\n" + wire("\n".join(answer(DEPENDENT))) + "\n\n"))
    assert [each.accepted for each in found] == [True]


MUTATIONS = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["", "*", "~", ":", "X", "~HL*9*9*22*1"])), max_size=5
)


@pytest.mark.property
@given(MUTATIONS)
def test_every_answer_is_right_by_its_own_guide(changes: list[tuple[int, str]]) -> None:
    text = wire(FAMILIES)
    for at, what in changes:
        place = len(ISA) + 1 + at % (len(text) - len(ISA))
        text = text[:place] + what + text[place + 1 :]
    assert x12.acknowledge(x12.loads(text)).findings == ()


@pytest.mark.slow
@pytest.mark.oracle
@pytest.mark.parametrize("kind", ["837P", "837I", "837D"])
def test_pyx12_accepts_the_answer_to_every_sample(kind: str, reference: Path) -> None:
    document = pytest.importorskip("pyx12.x12n_document", reason="the oracle pyx12 is not installed")
    parameters = pytest.importorskip("pyx12.params").params()
    logging.disable(logging.CRITICAL)
    try:
        for path in sorted((reference / "samples").glob(f"*/{kind}/*.edi")):
            sent = x12.acknowledge(x12.load(path))
            assert sent.findings == (), path.name
            assert document.x12n_document(
                parameters, io.StringIO(sent.text), fd_997=io.StringIO(), fd_html=None
            ), path.name
    finally:
        logging.disable(logging.NOTSET)


def test_public_acknowledgments_are_read(reference: Path) -> None:
    (found,) = x12.answers(x12.load(reference / "samples/staedi/999/simple999.edi"))
    assert isinstance(found, GroupAnswer)
    assert [(each.control_number, each.decision, each.reasons) for each in found.sets] == [
        ("0001", "A", ()),
        ("0002", "R", ("5",)),
        ("0003", "R", ("5",)),
    ]
    error = found.sets[2].errors[0]
    assert (error.segment, error.position, error.code) == ("REF", 57, "3")
    assert error.triggers == (
        Trigger(segment="CLM", position=43, element=5, component=3, data_element="1325"),
    )
    assert error.references == (Reference(name="CLM01", value="987654321"),)
    assert found.extras == (
        "CTX*SITUATIONAL TRIGGER^SITUATIONAL TRIGGER:2^SITUATIONAL TRIGGER:3*CLM*43**5:3*1325",
    ), "a trigger that is named several times is kept as it came"
    (interchange,) = x12.answers(x12.load(reference / "samples/staedi/TA1/x12-interchange-ack.edi"))
    assert interchange.accepted


def test_blanks_at_the_end_are_no_fault() -> None:
    assert x12.acknowledge(x12.loads(wire(ONE) + "\n\n")).findings == ()


def test_a_stray_segment_before_any_header_has_no_one_to_answer_to() -> None:
    with pytest.raises(X12Error, match="nothing to acknowledge"):
        x12.acknowledge(x12.loads("TA1*000000001*260105*0930*A*000~QQ*1~"))


def test_a_damaged_qualifier_of_a_partner_is_not_repeated() -> None:
    text = wire(ONE).replace("*ZZ*CLINIC", "*!!*CLINIC")
    answer = x12.acknowledge(x12.loads(text))
    assert answer.findings == ()
    assert answer.segments[0].elements[7] == "ZZ"
