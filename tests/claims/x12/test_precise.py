"""Places, counts and limits of what is found in X12, to the character and to the cent."""

from __future__ import annotations

import re

import pytest
from tests.claims.x12.texts import ONE, wire

from medcode.claims import x12
from medcode.claims.model import Address
from medcode.errors import FindingError, Rejected, X12Error

SENT = wire(ONE)
NEXT = SENT.replace("000000001", "000000002")


def found(text: str, rule: str) -> list[tuple[int | None, str]]:
    """Return where in the text a rule is broken, and the messages."""
    return [(each.location.offset, each.message) for each in x12.validate(text).findings if each.name == rule]


@pytest.mark.parametrize("between", ["JUNK", "JUNK\n", "\n\nJUNK JUNK"])
def test_text_between_interchanges_has_its_place_and_hides_none(between: str) -> None:
    text = f"{SENT}{between}{NEXT}"
    assert [at for at, _ in found(text, "text-between-segments")] == [len(SENT)]
    sent = x12.loads(text)
    assert len(sent.interchanges) == 2
    assert sent.segments[-1].offset == text.rindex("IEA*")
    assert len(list(sent.claims())) == 2


def test_a_broken_header_begins_an_interchange_of_its_own() -> None:
    text = f"{SENT}ISA*00~{NEXT}"
    assert len(x12.loads(text).interchanges) == 3
    assert [at for at, _ in found(text, "interchange-date")] == [len(SENT)]
    assert len(list(x12.iter_claims(text))) == 2


def test_a_control_number_is_used_twice_only_between_the_same_two() -> None:
    other = SENT.replace("CLINIC         ", "OTHER          ", 1)
    assert found(f"{SENT}{SENT}", "interchange-duplicate") == [
        (len(SENT), "The control number was used before.")
    ]
    assert not found(f"{SENT}{other}", "interchange-duplicate")
    begin, end = SENT.index("GS*"), SENT.index("IEA*")
    twice = f"{SENT[:end]}{SENT[begin:end]}IEA*2*000000001~"
    assert [at for at, _ in found(twice, "group-control-duplicate")] == [end]
    assert not found(f"{SENT}{NEXT}", "group-control-duplicate")


@pytest.mark.parametrize(("amount", "count"), [("40.25", 0), ("40.255", 2), ("40.250", 0)])
def test_an_amount_has_two_digits_after_the_point_beside_any_other_fault(amount: str, count: int) -> None:
    text = SENT.replace("*40*", f"*{amount}*")
    assert amount in text
    assert len(found(text, "element-too-long")) == count


def test_a_habit_is_counted() -> None:
    text = re.sub(r"(N[34]\*[^~]*)~", r"\1 ~", SENT)
    assert text.count(" ~") == 4
    spaces = found(text, "trailing-spaces")
    assert [message for _, message in spaces] == [
        "The value ends in spaces. This is so in 4 segments of the set."
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("*20260105*0930*1*X", "*2026015x*0930*1*X"), ("*20260105*0930*1*X", "*20260105*09x0*1*X")],
)
def test_an_envelope_with_a_malformed_date_or_time_is_not_copied(old: str, new: str) -> None:
    sent = x12.loads(SENT.replace(old, new))
    with pytest.raises(X12Error, match="malformed number, date or time"):
        x12.Envelope.of(sent.interchanges[0])


def test_delimiters_in_data_are_found_where_they_are_and_not_where_they_are_named() -> None:
    (claim,) = x12.iter_claims(SENT)
    with pytest.raises(Rejected) as caught:
        x12.dumps([claim], x12.Envelope(sender="A*B", receiver="PLAN"))
    faults = [each for each in caught.value.exceptions if isinstance(each, FindingError)]
    places = [each.finding.location for each in faults]
    assert {each.element for each in places if each.segment in {"ISA", "GS"}} == {6, 2}


def test_what_is_between_later_interchanges_has_its_place_too() -> None:
    first = f"{SENT}{NEXT}"
    assert [at for at, _ in found(f"{first}JUNK{SENT}", "text-between-segments")] == [len(first)]


@pytest.mark.parametrize("code", ["HC>99213", "HC:99213"])
def test_a_text_without_header_has_the_component_separator_of_its_codes(code: str) -> None:
    begin, end = SENT.index("ST*"), SENT.index("GE*")
    text = SENT[begin:end].replace(":", code[2])
    assert code in text
    (procedure,) = (line.procedure for each in x12.iter_claims(text) for line in each.lines)
    assert procedure is not None
    assert procedure.code == "99213"


def test_a_misspelt_segment_is_kept_as_it_is_and_not_read() -> None:
    (claim,) = x12.iter_claims(SENT.replace("~N4*MIAMI*FL*33111~", "~N4Q*MIAMI*FL*33111~"))
    assert (claim.extras, claim.subscriber.address) == (("N4Q*MIAMI*FL*33111",), Address("2 OAK ST"))


def test_a_loop_that_comes_again_adds_nothing_to_the_first() -> None:
    again = ("NM1*PR*2*PLAN TWO*****PI*P2", "N3*9 ELM ST", "N4*MIAMI*FL*33111")
    text = SENT.replace("~CLM*", "~" + "".join(f"{each}~" for each in again) + "CLM*")
    (claim,) = x12.iter_claims(text)
    assert claim.payer.organization == "PLAN ONE"
    assert claim.payer.address is None
    assert claim.extras == again
    assert len(claim.lines) == 1  # and what comes after it is read


@pytest.mark.parametrize("date", ["D8*2026-01", "RD8*20260101-20260102", "D8*20260101"])
def test_a_date_is_written_in_the_form_in_which_it_came(date: str) -> None:
    (claim,) = x12.iter_claims(SENT.replace("~HI*", f"~DTP*431*{date}~HI*"))
    assert f"~DTP*431*{date}~" in x12.dumps([claim], check=False).replace("\x8d", "")


def test_a_qualifier_is_not_sent_without_its_value() -> None:
    for sent in ("PWK*OZ*AA", "PWK*OZ*EL***AC*X1"):
        (claim,) = x12.iter_claims(SENT.replace("~HI*", f"~{sent}~HI*"))
        assert f"~{sent}~" in x12.dumps([claim], check=False)
