"""The elements of ISA, GS, GE and IEA: each held to its own rule, and answered by its own code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.texts import GS, ISA, ONE, wire

from medcode.claims import x12
from medcode.claims.acknowledgment import GroupAnswer, InterchangeAnswer
from medcode.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path


def with_element(text: str, id_: str, number: int, value: str) -> str:
    """Give a text whose first segment of an id says something else, or something more, in one element."""
    lines = text.split("\n")
    at = next(at for at, each in enumerate(lines) if each.startswith(f"{id_}*"))
    elements = lines[at].split("*")
    elements[number : number + 1] = [value]
    return "\n".join([*lines[:at], "*".join(elements), *lines[at + 1 :]])


def found(text: str) -> list[tuple[str, str | None, int | None]]:
    return [(each.name, each.location.segment, each.location.element) for each in x12.loads(text).findings]


WRONG = [
    ("ISA", 1, "09", "interchange-authorization-qualifier", "010"),
    ("ISA", 2, "short", "interchange-header-element", "024"),
    ("ISA", 3, "99", "interchange-security-qualifier", "012"),
    ("ISA", 4, "", "interchange-header-element", "024"),
    ("ISA", 5, "QQ", "interchange-sender-qualifier", "005"),
    ("ISA", 5, "zz", "interchange-sender-qualifier", "005"),
    ("ISA", 6, "A CLINIC WITH TOO LONG A NAME", "interchange-header-element", "024"),
    ("ISA", 7, "QQ", "interchange-receiver-qualifier", "007"),
    ("ISA", 8, "PLAN", "interchange-header-element", "024"),
    ("ISA", 9, "261345", "interchange-date", "014"),
    ("ISA", 9, "TODAY!", "interchange-date", "014"),
    ("ISA", 9, "20260105", "interchange-date", "014"),
    ("ISA", 10, "9999", "interchange-time", "015"),
    ("ISA", 10, "\u0660\u0669\u0663\u0660", "interchange-time", "015"),
    ("ISA", 12, "00401", "interchange-version", "017"),
    ("ISA", 14, "9", "interchange-acknowledgment-request", "019"),
    ("ISA", 15, "X", "interchange-usage", "020"),
    ("GS", 1, "XX", "group-header-element", "1"),
    ("GS", 2, "C", "group-header-element", "1"),
    ("GS", 2, "EIGHTEENCHARACTERS", "group-header-element", "1"),
    ("GS", 3, "", "group-header-element", "1"),
    ("GS", 4, "20261305", "group-header-element", "1"),
    ("GS", 4, "260105", "group-header-element", "1"),
    ("GS", 5, "9930", "group-header-element", "1"),
    ("GS", 5, "093", "group-header-element", "1"),
    ("GS", 7, "Q", "group-header-element", "1"),
    ("IEA", 3, "Z", "interchange-trailer-element", "022"),
    ("GE", 3, "9", "group-trailer-element", "1"),
    ("GE", 1, "0000001", "group-set-count", "5"),
    ("IEA", 1, "000001", "interchange-group-count", "021"),
]


@pytest.mark.parametrize(("id_", "element", "value", "rule", "code"), WRONG)
def test_each_element_has_its_rule_and_its_code(
    id_: str, element: int, value: str, rule: str, code: str
) -> None:
    text = wire(with_element(ONE, id_, element, value))
    assert found(text) == [(rule, id_, element)]
    (finding,) = x12.validate(text).findings
    assert finding.severity is Severity.ERROR
    assert f"{finding.ack}".endswith(f" {code}")
    assert value == "" or value not in f"{finding.message}{finding.fix and finding.fix.text}"
    (answer,) = x12.answers(x12.acknowledge(x12.loads(text)))
    if isinstance(answer, InterchangeAnswer):
        assert (answer.decision, answer.reason) == ("R", code)
    else:
        assert isinstance(answer, GroupAnswer)
        assert (answer.decision, answer.reasons) == ("R", (code,))


RIGHT = [
    ("ISA", 1, "03"),
    ("ISA", 2, "ABC       "),
    ("ISA", 3, "01"),
    ("ISA", 5, "30"),
    ("ISA", 7, "27"),
    ("ISA", 9, "240229"),
    ("ISA", 9, "991231"),
    ("ISA", 10, "2359"),
    ("ISA", 14, "1"),
    ("ISA", 15, "P"),
    ("GS", 2, "AB"),
    ("GS", 3, "FIFTEEN LETTERS"),
    ("GS", 5, "235959"),
    ("GS", 5, "23595999"),
    ("GE", 1, "000001"),
    ("IEA", 1, "00001"),
]


@pytest.mark.parametrize(("id_", "element", "value"), RIGHT)
def test_what_partners_write_is_no_fault(id_: str, element: int, value: str) -> None:
    assert found(wire(with_element(ONE, id_, element, value))) == []


def test_elements_too_many_and_too_few() -> None:
    assert found(wire(with_element(ONE, "GS", 9, "MORE"))) == [("group-header-element", "GS", 9)]
    fewer = wire(ONE).replace(GS, "GS*HC*CLINIC")
    assert [element for _, id_, element in found(fewer) if id_ == "GS"] == [3, 4, 5, 6, 7, 8]


def test_an_isa_that_is_cut_by_the_delimiters_before_it() -> None:
    text = wire(ONE) + "ISA*00~"
    names = {name for name, id_, _ in found(text) if id_ == "ISA"}
    assert {"interchange-header-element", "interchange-control-number", "interchange-delimiters"} <= names


@pytest.mark.parametrize(
    "number", ["12345678", "12345678A", "\u00b2\u00b2\u00b2\u00b2\u00b2\u00b2\u00b2\u00b2\u00b2"]
)
def test_the_control_number_of_an_interchange(number: str) -> None:
    text = wire(ONE.replace("000000001", number))
    assert found(text) == [("interchange-control-number", "ISA", 13)]
    (answer,) = x12.answers(x12.acknowledge(x12.loads(text)))
    assert isinstance(answer, InterchangeAnswer)
    assert answer.reason == "018"


@pytest.mark.parametrize("number", ["A", "1234567890123", "-1"])
def test_the_control_number_of_a_group(number: str) -> None:
    text = wire(ONE.replace("*0930*1*X*", f"*0930*{number}*X*").replace("GE*1*1", f"GE*1*{number}"))
    assert found(text) == [("group-control-number", "GS", 6)]
    (answer,) = x12.answers(x12.acknowledge(x12.loads(text)))
    assert isinstance(answer, GroupAnswer)
    assert answer.reasons == ("6",)


def test_two_groups_of_one_number() -> None:
    body = ONE[ONE.index("GS*") : ONE.index("IEA*")]
    text = wire(ONE.replace("IEA*1*", f"{body}IEA*2*"))
    assert found(text) == [("group-control-duplicate", "GS", 6)]
    first, second = x12.answers(x12.acknowledge(x12.loads(text)))
    assert isinstance(first, GroupAnswer)
    assert isinstance(second, GroupAnswer)
    assert (first.decision, second.reasons) == ("A", ("19",))


def test_an_empty_group_is_rejected_with_a_code() -> None:
    text = f"{ISA}\n{GS}\nGE*0*1\nIEA*1*000000001"
    assert found(wire(text)) == [("group-empty", "GE", None)]
    (answer,) = x12.answers(x12.acknowledge(x12.loads(wire(text))))
    assert isinstance(answer, GroupAnswer)
    assert (answer.decision, answer.reasons) == ("R", ("5",))


@pytest.mark.parametrize(
    ("element", "value"), [(5, "01"), (6, "OTHER CLINIC   "), (7, "01"), (8, "OTHER PLAN     ")]
)
def test_other_partners_count_their_interchanges_for_themselves(element: int, value: str) -> None:
    text = wire(ONE) + wire(with_element(ONE, "ISA", element, value))
    assert found(text) == []
    assert found(text + wire(ONE)) == [("interchange-duplicate", "ISA", 13)]


def test_a_text_that_is_cut_in_its_last_segment_is_told_so() -> None:
    whole = wire(ONE)
    assert found(whole[:-1]) == [("text-cut", None, None)]
    assert found(whole[:-5]) == [("interchange-control-mismatch", "IEA", 2), ("text-cut", None, None)]
    (finding,) = x12.loads(whole[:-1]).findings
    assert finding.location.offset == whole.index("IEA*")
    assert finding.ack == "TA1 TA105 023"
    (answer,) = x12.answers(x12.acknowledge(x12.loads(whole[:-1])))
    assert isinstance(answer, InterchangeAnswer)
    assert answer.reason == "023"


def test_a_newline_at_the_end_may_be_missing() -> None:
    assert found(wire(ONE, "\n")[:-1]) == found(wire(ONE, "\r")[:-1]) == []
    (finding,) = x12.loads(wire(ONE, "\n")[: -len("\nIEA*1*000000001\n")]).findings
    assert finding.name == "interchange-trailer-missing"
    assert "cut" not in finding.message


def test_nothing_is_wrong_with_the_envelopes_of_the_samples(reference: Path) -> None:
    known = {
        "x12-interchange-ack.edi": ["interchange-group-count"],
        "1.edi": ["interchange-control-mismatch"],
    }
    for path in sorted((reference / "samples").rglob("*.edi")):
        own = [
            each.name
            for each in x12.load(path).findings
            if each.name.startswith(("interchange", "group", "text-cut"))
        ]
        assert own == known.get(path.name, []), path.name
