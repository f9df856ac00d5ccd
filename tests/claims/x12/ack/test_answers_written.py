"""TA1 and 999 are records as claims are: read, written and checked by their guides."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE
from tests.claims.x12.texts import FAMILIES, ONE, recounted, swapped, wire

from medcode.claims import Submitter, x12
from medcode.claims.acknowledgment import Answer
from medcode.claims.x12.guides import GUIDES, guide
from medcode.claims.x12.guides.x231_999 import BUSINESS_UNITS
from medcode.errors import Rejected

if TYPE_CHECKING:
    from pathlib import Path

WHEN = datetime(2026, 1, 6, 8, 0)  # noqa: DTZ001  # ISA carries local time
TA1 = x12.InterchangeAnswer(
    control_number="000000001", date="260105", time="09:30", decision="A", reason="000"
)
BROKEN = recounted(swapped(ONE, "DMG*D8*19800501*F\n", "")).replace("UN*1***1", "XX*1***1")


def answered(text: str) -> x12.Transmission:
    return x12.acknowledge(x12.loads(wire(text)), created=WHEN)


def rewritten(answer: x12.Transmission) -> str:
    (interchange,) = answer.interchanges
    return x12.dumps(x12.answers(answer), x12.Envelope.of(interchange))


@pytest.mark.parametrize(
    "text", [ONE, BROKEN, FAMILIES, swapped(ONE, "*0*T*:", "*1*T*:"), REMITTANCE, ACKNOWLEDGMENT]
)
def test_an_answer_is_read_and_written_back_as_it_was(text: str) -> None:
    answer = answered(text)
    assert answer.findings == ()
    assert rewritten(answer) == answer.text
    assert list(answer.records(Answer)) == list(x12.answers(answer)) == list(x12.iter_records(answer.text))


@given(st.data())
def test_every_part_of_an_answer_is_written_and_read(data: st.DataObject) -> None:
    counts = st.none() | st.integers(1, 99)
    triggers = st.lists(
        st.builds(
            x12.Trigger,
            segment=st.just("SBR"),
            position=st.integers(1, 99),
            loop=st.none() | st.just("2000"),
            element=st.integers(1, 9),
            component=counts,
            repetition=counts,
            data_element=st.none() | st.just("1325"),
        ),
        max_size=2,
    )
    elements = st.builds(
        x12.ElementError,
        element=st.integers(1, 9),
        component=counts,
        repetition=counts,
        data_element=st.none() | st.just("67"),
        code=st.just("7"),
        data=st.none() | st.just("WRONG"),
        triggers=triggers,
    )
    segments = st.builds(
        x12.SegmentError,
        segment=st.just("NM1"),
        position=st.integers(1, 999_999),
        loop=st.none() | st.just("2010"),
        code=st.just("8"),
        triggers=triggers,
        references=st.lists(st.just(x12.Reference(name="CLM01", value="C 1")), max_size=1),
        elements=st.lists(elements, max_size=2),
    )
    sets = st.builds(
        x12.SetResult,
        kind=st.just("837"),
        control_number=st.just("0001"),
        convention=st.none() | st.just("005010X222A1"),
        decision=st.sampled_from("AER"),
        reasons=st.lists(st.sampled_from(["5", "I5"]), max_size=5),
        errors=st.lists(segments, max_size=2),
    )
    groups = st.builds(
        x12.GroupAnswer,
        kind=st.just("HC"),
        control_number=st.just("1"),
        convention=st.just("005010X222A1"),
        decision=st.sampled_from("AEPR"),
        included=st.integers(0, 9),
        received=st.integers(0, 9),
        taken=st.integers(0, 9),
        reasons=st.lists(st.just("5"), max_size=5),
        sets=st.lists(sets, max_size=2),
    )
    given_ = data.draw(st.lists(st.just(TA1) | groups, min_size=1, max_size=3))
    text = x12.dumps(given_)
    assert x12.validate(text).findings == ()
    assert list(x12.iter_records(text, Answer)) == given_


def test_ta1_is_written_outside_of_any_group() -> None:
    text = x12.dumps([TA1], x12.Envelope(created=WHEN, convention="005010X231A1"))
    assert text.split("~")[1:] == ["TA1*000000001*260105*0930*A*000", "IEA*0*000000001", ""]
    assert x12.validate(text).findings == ()


@pytest.mark.parametrize(
    ("old", "new", "name", "element"),
    [
        ("*260105*0930", "*269905*0930", "element-date", 2),
        ("*260105*0930", "*2601*0930", "element-date", 2),
        ("*260105*0930", "*260105*9930", "element-time", 3),
        ("*A*000", "*X*000", "element-code", 4),
        ("*A*000", "*A*099", "element-code", 5),
        ("*A*000", "*A", "element-missing", 5),
    ],
)
def test_ta1_is_checked_by_its_table(old: str, new: str, name: str, element: int) -> None:
    text = x12.dumps([TA1], x12.Envelope(created=WHEN)).replace(old, new)
    found = [
        (each.name, each.location.segment, each.location.element) for each in x12.validate(text).findings
    ]
    assert found == [(name, "TA1", element)]
    (read,) = x12.answers(x12.loads(text))
    assert isinstance(read, x12.InterchangeAnswer)
    if name != "element-time":  # YYMMDD is held as text
        with pytest.raises(Rejected) as refused:
            x12.dumps([read])
        assert refused.value.errors[0].finding.claim == 0


def test_a_leap_day_is_a_date_of_ta1() -> None:
    assert x12.validate(x12.dumps([TA1.evolve(date="240229")])).findings == ()


def test_ta1_within_a_set_belongs_to_none() -> None:
    text = wire(swapped(ONE, "NM1*41", "TA1*000000001*260105*0930*A*000\nNM1*41"))
    assert x12.answers(x12.loads(text)) == ()
    assert [each.name for each in x12.validate(text).findings] == [
        "segment-of-another-set",
        "set-segment-count",
    ]


def test_a_wrong_ta1_is_not_answered() -> None:
    text = wire(ONE.replace("\nGS*", "\nTA1*1*2*3*4*5\nGS*", 1))
    assert x12.validate(text).findings
    (group,) = x12.answers(x12.acknowledge(x12.loads(text)))
    assert group.accepted


def test_what_is_no_record_is_not_written() -> None:
    with pytest.raises(TypeError, match="not SetResult"):
        x12.dumps([x12.SetResult(kind="837", control_number="0001", decision="A")])


def test_a_number_of_a_unit_is_named_as_the_999_has_it() -> None:
    for conventions in GUIDES.values():
        found = guide(conventions.split()[0])
        assert found.reference in {"", *BUSINESS_UNITS}, found.id


def test_answers_of_public_samples_are_written_back(reference: Path) -> None:
    for path in sorted((reference / "samples").rglob("*.edi")):
        answer = (
            x12.acknowledge(x12.load(path), created=WHEN)
            if "/999/" not in f"{path}" and "/TA1/" not in f"{path}"
            else None
        )
        if answer and len(answer.interchanges) == 1 and answer.interchanges[0].groups:
            assert rewritten(answer) == answer.text, path.name


def test_a_submitter_has_no_place_in_an_answer() -> None:
    with pytest.raises(Rejected) as refused:
        x12.dumps([TA1], x12.Envelope(created=WHEN, submitter=Submitter(organization="CLINIC", id="1")))
    (error,) = refused.value.errors
    assert (error.finding.name, error.finding.location.path) == ("value-without-place", "submitter")
