"""Every CLM becomes a claim, whatever is lost or misspelt around it, and no claim takes what is another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.texts import (
    CHILD,
    DEPENDENT,
    HEADER,
    ONE,
    PARENT,
    PAYER,
    PROVIDER,
    SELF,
    child,
    claim,
    enclosed,
    line,
    own,
    recounted,
    swapped,
    transaction,
    wire,
)

from medcode.claims import x12
from medcode.claims.x12.codec.compiled import compiled
from medcode.claims.x12.guides.nodes import LoopNode
from medcode.claims.x12.parse.reopened import _first_of
from medcode.codesets.base import Malformed
from medcode.edits.examples import dental, filling, room, stay

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.claims import Claim

FAMILY = (
    SELF.replace("HL*2*1*22*0", "HL*3*1*22*1")
    .replace("SBR*P*18*", "SBR*P**")
    .replace("JO****MI*M1", "PAT****MI*M2")
)
PARTS = (
    HEADER,
    PROVIDER,
    SELF,
    claim("C1", (line(1), line(2))),
    claim("C2", (line(1), line(2))),
    FAMILY,
    CHILD.replace("HL*3*2", "HL*4*3"),
    claim("C3"),
    PROVIDER.replace("HL*1**", "HL*5**"),
    SELF.replace("HL*2*1", "HL*6*5"),
    claim("C4"),
)
WHOLE = enclosed(transaction(*PARTS))
"""Two claims of one subscriber, one of a subscriber's child, one of another provider's patient."""

LINES = WHOLE.split("\n")


def read(text: str) -> list[Claim]:
    return list(x12.iter_claims(wire(text)))


def names(text: str) -> list[str]:
    return [found.name for found in x12.validate(wire(text)).findings]


def held(each: Claim) -> tuple[int, tuple[str, ...]]:
    """Return what a claim would gain from another that is poured into it."""
    return len(each.lines), tuple(str(diagnosis.code) for diagnosis in each.diagnoses)


def broken(at: int, *instead: str) -> str:
    """Put other segments where one was; the set is counted anew."""
    return recounted("\n".join([*LINES[:at], *instead, *LINES[at + 1 :]]))


BEFORE = {each.control_number: each for each in read(WHOLE)}


def test_the_whole_file_is_right() -> None:
    assert names(WHOLE) == []
    assert list(BEFORE) == ["C1", "C2", "C3", "C4"]


def claims_kept(at: int, text: str, claims: int) -> None:
    """Check that so many claims are read, none with more than it had, and none as another patient's."""
    after = read(text)
    assert len(after) == claims, LINES[at]
    for each in after:
        before = BEFORE.get(each.control_number)
        if before is None:
            assert each.control_number == Malformed(""), LINES[at]
            continue
        assert held(each)[0] <= held(before)[0], LINES[at]
        assert set(held(each)[1]) <= set(held(before)[1]), LINES[at]
        assert each.subscriber.member_id in {before.subscriber.member_id, None}, LINES[at]
        assert each.billing_provider.npi in {before.billing_provider.npi, None}, LINES[at]
    assert names(text) or LINES[at] in FAMILY, LINES[
        at
    ]  # the address of one who is no patient may be left out


def test_each_segment_lost() -> None:
    for at, segment in enumerate(LINES[1:], 1):
        claims_kept(at, broken(at), len(BEFORE) - segment.startswith("CLM"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong", ["{0}Q", "Q{0}", "{1}", "{2}Q", "ZZZ"], ids=["more", "before", "less", "other", "far"]
)
def test_each_segment_misspelt(wrong: str) -> None:
    for at, segment in enumerate(LINES[1:], 1):
        id_, _, rest = segment.partition("*")
        spelt = wrong.format(id_, id_[1:], id_[:-1])
        claims_kept(at, broken(at, f"{spelt}*{rest}"), len(BEFORE))


PATIENTS = (own(2), claim("C2"), own(3), claim("C3"), claim("C3B"), own(4), claim("C4"), own(5), claim("C5"))
CHILDREN = (PARENT, child(3), claim("C3"), child(4), claim("C4"), child(5), claim("C5"), own(6), claim("C6"))


@pytest.mark.parametrize(
    ("parts", "lost", "loop", "at"),
    [
        (PATIENTS, (2,), "2000B", "C3"),
        (PATIENTS, (2, 5), "2000B", "C3"),
        (PATIENTS, (5,), "2000B", "C3B"),
        (CHILDREN, (3,), "2000C", "C4"),
        (CHILDREN, (5,), "2000C", "C5"),
        (CHILDREN, (3, 5), "2000C", "C4"),
    ],
)
def test_a_level_that_is_lost_whole_is_found_at_the_claim(
    parts: tuple[str, ...], lost: tuple[int, ...], loop: str, at: str
) -> None:
    assert names(enclosed(transaction(HEADER, PROVIDER, *parts))) == []
    left = [each for number, each in enumerate(parts) if number not in lost]
    text = wire(enclosed(transaction(HEADER, PROVIDER, *left)))
    (found,) = x12.validate(text).findings
    assert (found.name, found.location.loop, found.location.segment) == ("segment-missing", loop, "HL")
    assert found.location.offset == text.index(f"CLM*{at}*")
    assert found.claim is not None
    assert list(x12.iter_claims(text))[found.claim].control_number == at
    assert ("are missing" if len(lost) > 1 else "is missing") in found.message
    assert f"*HL*{found.location.position}*" in x12.acknowledge(x12.loads(text)).text


def test_a_level_that_is_lost_with_its_claim_is_a_wrong_number() -> None:
    text = enclosed(transaction(HEADER, PROVIDER, *PATIENTS[:2], *PATIENTS[5:]))
    assert names(text) == ["hierarchy-number"]
    wrong = swapped(enclosed(transaction(HEADER, PROVIDER, *PATIENTS)), "HL*3*1", "HL*9*1")
    assert names(wrong) == ["hierarchy-number"]


ROOMS = (room(), room(revenue_code="0250", unit="UN"), room(revenue_code="0300", unit="UN"))
FILLINGS = (filling(service_date=None), filling(procedure="D2160", service_date=None))


@pytest.mark.parametrize(
    ("bill", "number"),
    [(stay("I50.20", lines=ROOMS), number) for number in (1, 2, 3)]
    + [(dental(lines=FILLINGS, service_date="2026-01-05"), number) for number in (1, 2)],
    ids=lambda each: str(each) if isinstance(each, int) else type(each).__name__,
)
def test_a_line_without_lx_or_dates_is_a_line(bill: Claim, number: int) -> None:
    right = x12.dumps([bill], x12.Envelope(sender="SUB", receiver="PAYER", control_number=1))
    text = recounted(right.replace(f"LX*{number}~", "").replace("~", "\n").rstrip("\n"))
    (found,) = x12.validate(wire(text)).findings
    assert (found.name, found.location.loop, found.location.segment) == ("segment-missing", "2400", "LX")
    (after,) = read(text)
    assert after == bill


def test_a_line_that_is_sent_twice_is_too_much() -> None:
    right = x12.dumps([stay("I50.20")], x12.Envelope(sender="SUB", receiver="PAYER", control_number=1))
    twice = right.replace("SV2*0120**5000*DA*5~", "SV2*0120**5000*DA*5~" * 2).replace("~", "\n").rstrip("\n")
    assert names(recounted(twice)) == ["segment-too-often"]


def test_a_misspelt_segment_is_one_finding() -> None:
    for at, segment in enumerate(LINES[3:-3], 3):  # within the set
        id_, _, rest = segment.partition("*")
        assert names(broken(at, f"{id_}Q*{rest}")) == ["segment-unrecognized"], segment


def test_a_lost_level_or_name_is_one_finding() -> None:
    for at, segment in enumerate(LINES[3:-3], 3):
        if segment.startswith(("HL", "SBR")):
            about = [each for each in names(broken(at)) if not each.startswith("hierarchy")]
            assert len(about) == 1, (segment, about)


def test_the_lines_after_a_lost_claim_are_nobodys() -> None:
    gone = LINES.index(next(each for each in LINES if each.startswith("CLM*C2")))
    text = broken(gone)
    first = read(text)[0]
    assert (first.control_number, held(first)) == ("C1", held(BEFORE["C1"]))
    (missing,) = x12.validate(wire(text)).findings
    assert (missing.name, missing.location.segment, missing.location.loop) == (
        "segment-missing",
        "CLM",
        "2300",
    )
    assert missing.location.offset == wire(text).index("HI*ABK:J069~LX*1~", wire(text).index("LX*2~"))
    assert "6 segments after it have no place either: LX, SV1, DTP, LX, SV1, DTP." in missing.message


def test_lines_go_on_after_a_segment_that_is_late_or_unknown() -> None:
    late = recounted(
        swapped(
            WHOLE,
            "\nLX*2\nSV1*HC:99213*40*UN*1***1\nDTP*472*D8*20260105\nCLM*C2",
            "\nREF*G1*AUTH\nQQQ*1\nLX*2\nSV1*HC:99213*40*UN*1***1\nDTP*472*D8*20260105\nCLM*C2",
        )
    )
    assert [held(each) for each in read(late)] == [held(each) for each in BEFORE.values()]


WITHOUT_LEVELS = "\n".join(each for each in ONE.split("\n") if not each.startswith("HL"))


def test_a_file_without_levels() -> None:
    (alone,) = read(recounted(WITHOUT_LEVELS))
    assert alone.control_number == "C1"
    assert alone.subscriber.member_id == "M1"
    assert names(recounted(WITHOUT_LEVELS)) == ["segment-missing", "segment-missing"]


def test_a_set_that_holds_a_claim_alone() -> None:
    (alone,) = read(enclosed(transaction(claim())))
    assert (alone.control_number, len(alone.lines)) == ("C1", 1)
    assert alone.billing_provider.npi is None
    assert alone.subscriber.member_id is None


def test_a_patient_right_under_the_provider_keeps_the_provider() -> None:
    lost = DEPENDENT.split("\n")
    start, end = lost.index("HL*2*1*22*1"), lost.index(PAYER)
    text = recounted("\n".join([*lost[:start], *lost[end + 1 :]]).replace("HL*3*2*23", "HL*2*1*23"))
    (alone,) = read(text)
    assert alone.billing_provider.npi == "1234567893"
    assert alone.subscriber.member_id is None
    assert alone.dependent
    assert alone.dependent.first_name == "SAM"
    assert names(text) == ["segment-missing"]


@pytest.mark.parametrize(
    "after", ["DTP*472*D8*20260105~", "SV1*HC:99213*40*UN*1***1~", "LX*1~", "HI*ABK:J069~"]
)
def test_a_file_that_is_cut_after_a_whole_claim_gives_it(after: str) -> None:
    text = wire(ONE)
    given = list(x12.iter_claims(text[: text.index(after) + len(after)]))
    assert [each.control_number for each in given] == (["C1"] if after.startswith("DTP") else [])
    assert list(x12.loads(text[: text.index(after) + len(after) - 1]).claims()) == []


@pytest.mark.parametrize("cut", ["", "S", "SV", "SV1", "SV1*HC", "QQQ*1", "REF"])
def test_a_text_that_is_cut_anywhere_in_a_line_gives_no_claim(cut: str) -> None:
    text = wire(enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1"), claim("C2"))))
    upto = text.rindex("LX*1~") + len("LX*1~")
    assert [each.control_number for each in x12.iter_claims(text[:upto] + cut)] == ["C1"]


def test_a_cut_claim_that_lacks_a_line_is_not_given() -> None:
    text = wire(enclosed(transaction(HEADER, PROVIDER, SELF, claim("C1"), claim("C2", (line(1), line(2))))))
    cut = text[: text.index("LX*2~")]
    assert [each.control_number for each in x12.iter_claims(cut)] == ["C1"]
    assert [each.control_number for each in x12.iter_claims(text[: text.index("SE*")])] == ["C1", "C2"]


def test_a_set_without_st_is_read_by_gs08() -> None:
    text = swapped(WHOLE, "ST*837*0001*005010X222A1\n", "")
    assert [held(each) for each in read(text)] == [held(each) for each in BEFORE.values()]
    assert names(text) == ["set-header-missing"]
    assert x12.acknowledge(x12.loads(wire(text))).findings == ()
    unknown = text.replace("005010X222A1", "005010X999")
    assert read(unknown) == []


def test_the_cases(reference: Path) -> None:
    for name, claims in (("r01_billing_loop_lost", 2), ("r02_hl23_under_20", 1), ("r09_no_levels", 1)):
        path = reference / "cases/x12" / f"{name}.x12"
        assert len(list(x12.iter_claims(path))) == claims, name
        assert not x12.validate(path).ok, name


@pytest.mark.parametrize("convention", ["005010X221A1", "005010X212", "005010X222A1"])
def test_what_shows_a_lost_loop_is_its_own_or_of_a_loop_within_it(convention: str) -> None:
    guide = compiled(convention)
    assert guide
    loops = [guide.root, *(node for node in guide.root.walk() if isinstance(node, LoopNode))]
    for loop in loops:
        signs = list(_first_of(loop))
        assert all(sign in [*loop.inside()] for sign in signs)
        assert signs or len(loop.children) == 1


@pytest.mark.parametrize("code", ["82", "DN", "DQ"])
def test_an_address_after_a_provider_who_has_none_is_no_facilitys(code: str) -> None:
    named = f"NM1*{code}*1*ROE*ANN****XX*1234567893"
    address = ("N3*9 OAK ST", "N4*MIAMI*FL*331110001")
    for after in ("HI*ABK:J069", "DTP*472*D8*20260105"):
        text = recounted(swapped(ONE, after, "\n".join((after, named, *address))))
        (alone,) = read(text)
        assert alone.extras == address
        assert "facility" not in str({**alone.to_dict(), "extras": ""})
        assert names(text) == ["segment-unexpected"]
