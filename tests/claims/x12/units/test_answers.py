"""Answers of payers, whole and damaged: generated functions make of them what the codecs and rules do."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.claims.x12.answers.other_texts import CLEARINGHOUSE, HOSPITAL, RESPONSE
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE
from tests.claims.x12.units.agreement import SETTING, differs, make_room
from tests.claims.x12.units.drawn import damaged, drawn

from medcode.claims import x12
from medcode.claims.claim_status import ClaimStatus
from medcode.claims.remittance import ClaimPayment, Remittance
from medcode.claims.x12.parse.builder import RecordBuilder

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
