"""Answers of payers, whole and damaged: generated functions make of them what the codecs and rules do."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.claims.x12.answers.other_texts import CLEARINGHOUSE, HOSPITAL, RESPONSE
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE, changed
from tests.claims.x12.units.agreement import SETTING, chunked, differs, make_room
from tests.claims.x12.units.drawn import damaged, drawn

from medcode.claims import x12
from medcode.claims.claim_status import ClaimStatus
from medcode.claims.remittance import ClaimPayment, Remittance
from medcode.claims.x12.parse.builder import RecordBuilder
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.parse.shard import Shard
from medcode.claims.x12.parse.units import shapes_of

if TYPE_CHECKING:
    from medcode.claims.model.base import Part

KINDS: dict[str, tuple[type[Part], ...]] = {
    "005010X221A1": (ClaimPayment, Remittance),
    "005010X214": (ClaimStatus,),
    "005010X212": (ClaimStatus,),
}
TEXTS = {
    "005010X221A1": (REMITTANCE, HOSPITAL),
    "005010X214": (ACKNOWLEDGMENT, CLEARINGHOUSE),
    "005010X212": (RESPONSE,),
}
"""Right answers, whose sums agree: one fault in them is the only one."""
MUTANTS = 10
ADDED = (
    "CAS*CO*45*1*1", "CAS*PR*1*5**2*3", "CAS*PR*1*0", "CAS*OA*23*-5", "CAS*CO*45*1.005", "CAS*CO**5", "CAS*CO*ZZZZ*5",
    "CAS*CR*45*5", "CAS*CO*45", "DTM*472*20991231", "DTM*150*20260101", "DTM*151*20260102", "DTM*233*20250101",
    "DTM*036*20991231", "DTM*232*20260102", "MOA***MA01*MA18", "MIA*0****MA01", "LQ*HE*N362", "LQ*HE*XX",
    "NM1*82*1*DOE*J****XX*1234567893", "NM1*82*1*DOE*J****XX*1234567890", "NM1*TT*2*PLAN*****PI*12", "LX*2",
    "PLB*1234567893*20261231*WO:1*5", "TS3*123*11*20261231*2*500", "NM1*74*1******C*12", "STC*A2:20*20260101*WQ*1",
    "STC*A7:21*20260101*U*1", "HL*9*1*19*1", "HL*9*2*PT", "TRN*2*X", "QTY*90*1", "AMT*YU*5", "DTP*472*D8*20991231",
)  # fmt: skip
"""Segments that a rule between segments looks at, which damage puts anywhere."""


def spoiled_sum(random: Random, lines: list[str]) -> list[str]:
    """Change an amount, a code or a day, or add a segment, so that most of the answer stays as it was."""
    lines = list(lines)
    at = random.randrange(6, len(lines) - 3)
    texts = lines[at].split("*")
    if random.random() < 0.5 or len(texts) < 2:
        lines.insert(at, random.choice(ADDED))
    else:
        texts[random.randrange(1, len(texts))] = random.choice(
            ("", "1", "4", "22", "19", "-5", "0", "10.00", "10.005", ".5", "20991231", "XX")
        )
        lines[at] = "*".join(texts)
    return lines


@pytest.mark.slow
@pytest.mark.property
@settings(max_examples=min(settings().max_examples, 1_000))
@given(st.integers(0, 2**32))
def test_a_damaged_answer_is_read_alike(seed: int) -> None:
    random = Random(seed)
    convention = random.choice(sorted(KINDS))
    kind = random.choice(KINDS[convention])
    make_room(convention, kind)
    right = random.choice([None, *TEXTS[convention]])
    lines = right.replace("\n", "").rstrip("~").split("~") if right else drawn(random, convention)
    for _ in range(MUTANTS):
        end = random.choice(("~", "~", "~\n", "\n", "~\r\n"))
        harm = random.choice((damaged, spoiled_sum))
        text = end.join([*harm(random, lines), ""])
        size = random.choice((1 << 16, 5_000, 900))
        assert not differs(text, size, kind), (seed, text)


def test_units_take_the_claims_of_a_right_remittance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the payment and its parties goes segment by segment, whether claims or the whole are read."""
    monkeypatch.setenv(SETTING, "always")
    number = "~".join(REMITTANCE.replace("\n", "").split("~")).count("~CLP*")
    for kind in KINDS["005010X221A1"]:
        taken: list[object] = []
        read = RecordBuilder.read_record

        def note(builder: RecordBuilder, *about: Any, taken: list[object] = taken, read: Any = read) -> Any:
            taken.append(about[0])
            return read(builder, *about)

        monkeypatch.setattr(RecordBuilder, "read_record", note)
        assert list(x12.iter_records(REMITTANCE, kind))
        monkeypatch.setattr(RecordBuilder, "read_record", read)
        assert len(taken) == number


@pytest.mark.slow
@pytest.mark.parametrize(
    "before", ["CAS*CO*45*40", "CAS*CO*45*50", "CAS*PR*3*10", "DTM*232*20260101", "LX*2"]
)
def test_what_the_rules_look_at_is_read_alike(before: str) -> None:
    """Each segment that a rule reads, where a claim or a line may have it, is what is wrong or not in both ways."""
    for added in (
        *ADDED,
        "DTM*472*20260110",
        "CAS*PI*45*1*1*253*2",
        "CAS*PI*45*0**253*1",
        "NM1*TT*2*X*****PI*1",
    ):
        text = REMITTANCE.replace(f"~\n{before}", f"~\n{added}~\n{before}", 1)
        assert not differs(text, 1 << 16, ClaimPayment), added


def test_what_does_not_balance_is_found_alike() -> None:
    for change in (
        "SVC*HC:97110: 3=10",
        "DTM*151: delete",
        "CLP*PCN001: 5=60",
        "CLP*PCN002: 3=151",
        "MIA: 5=XX1",
    ):
        assert not differs(changed(REMITTANCE, change), 1 << 16, ClaimPayment), change


def test_a_remittance_of_another_shard_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "always")
    body = REMITTANCE[REMITTANCE.index("ST*835") : REMITTANCE.index("GE*1")]
    two = REMITTANCE.replace("GE*1*", body.replace("835*0001", "835*0002") + "GE*2*")
    session = Session(build=Remittance, shard=Shard(frozenset({1}), 2))
    (second,) = session.read(chunked(two, 1 << 16))
    assert second == next(x12.iter_records(REMITTANCE, Remittance))


def test_a_text_that_ends_after_a_doubtful_header_is_judged() -> None:
    text = (
        ACKNOWLEDGMENT[: ACKNOWLEDGMENT.index("BHT*")].replace("0001*005010X214", "0001*005010X212").rstrip()
    )
    names = [each.name for each in x12.validate(text).findings]
    assert "set-convention-mismatch" in names
    assert "set-trailer-missing" in names


def test_a_level_that_is_a_status_of_its_own_is_given_whatever_was_read_before() -> None:
    """Of shapes that nothing is known of yet, too: the first move out of a level is where it could be lost."""
    lines = [
        "HL*1**20*1",
        "HL*2*1*21*1",
        "HL*3*2*19*1",
        "TRN*1*MAIN",
        "STC*A4:1*20260105",
        "HL*4*1*21*1",
        "SE*8*0001",
    ]
    for convention, kind in (("005010X212", ClaimStatus), ("005010X214", ClaimStatus)):
        shapes_of.cache_clear()
        header = ACKNOWLEDGMENT.replace("\n", "").partition("~ST*")[0].replace("005010X214", convention)
        text = "~".join([header, f"ST*277*0001*{convention}", *lines, ""])
        assert not differs(text, 1 << 16, kind), convention


@pytest.mark.parametrize("text", [ACKNOWLEDGMENT, CLEARINGHOUSE, RESPONSE])
def test_a_text_that_ends_within_a_unit_is_judged_after_whole_ones(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit is first thought to be as the one before it, which the text may be too short for."""
    monkeypatch.setenv(SETTING, "always")
    for _ in range(2):
        assert x12.validate(text).ok
    segments = text.split("~\n")
    for cut in range(4, len(segments) - 3):
        names = [each.name for each in x12.validate("~\n".join(segments[:cut]) + "~\n")]
        assert "set-trailer-missing" in names
