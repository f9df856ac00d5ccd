"""What stands twice, or has no place, is kept beside the claim and never taken for something else."""

from __future__ import annotations

import pytest
from tests.claims.x12.visits import ENVELOPE, VISIT

from medcode.claims import ProfessionalClaim, x12

TEXT = x12.dumps([VISIT], ENVELOPE)


def read(text: str) -> ProfessionalClaim:
    (claim,) = x12.loads(text).claims()
    assert isinstance(claim, ProfessionalClaim)
    return claim


def test_the_claim_as_it_is_has_no_extras() -> None:
    assert read(TEXT) == VISIT
    assert read(TEXT).extras == ()


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("LX*1", "NM1*82*1*ROE*ANN~N3*1 OAK ST"),
        ("HI*", "REF*G1*FIRST~REF*G1*SECOND"),
        ("HI*", "AMT*F5*1~AMT*F5*2"),
        ("SV1*", "ZZZ*1"),
        ("LX*1", "NM1*ZZ*1*ROE~N3*1 OAK ST~N4*MADISON*WI*53703"),
        ("SE*", "LX*2~SV1*HC:99213*1*UN*1***1~SV1*HC:99214*2*UN*1***1~DTP*472*D8*20260105"),
        ("HI*", "HI*DR:123"),
    ],
)
def test_a_surplus_segment_goes_to_the_extras(before: str, added: str) -> None:
    claim = read(TEXT.replace(f"~{before}", f"~{added}~{before}", 1))
    assert claim.extras
    assert set(claim.extras) <= set(added.split("~"))
    assert claim.rendering_provider == VISIT.rendering_provider
    assert claim.billing_provider == VISIT.billing_provider
    assert claim.diagnoses == VISIT.diagnoses


def test_a_wrong_qualifier_of_the_only_use_is_a_value_not_allowed() -> None:
    text = TEXT.replace("~PER*IC*", "~PER*ZZ*", 1)
    (found,) = x12.loads(text).findings
    assert (found.name, found.location.loop, found.location.element) == ("element-code", "1000A", 1)


def test_a_missing_oi_is_no_consent() -> None:
    covered = "SBR*S*18*******CI~NM1*IL*1*DOE*JANE****MI*M2~NM1*PR*2*PLAN TWO*****PI*P2~"
    (other,) = read(TEXT.replace("LX*1~", f"{covered}LX*1~")).other_payers
    assert (other.benefits_assigned, other.release_of_information) == (None, None)
    (written,) = read(TEXT.replace("LX*1~", f"{covered}OI***N***I~LX*1~")).other_payers
    assert (written.benefits_assigned, written.release_of_information) == ("N", "I")


def test_what_a_missing_segment_says_is_not_assumed() -> None:
    line = "SV1*HC:99213*125*UN*1***1~"
    assert line in TEXT
    (bare,) = read(TEXT.replace(line, "")).lines
    assert (bare.unit, bare.quantity, bare.diagnosis_pointers) == ("", "", ())
