"""What stands twice, or has no place, is kept beside the claim and never taken for something else."""

from __future__ import annotations

import re

import pytest
from tests.claims.x12.texts import (
    FAMILIES,
    HEADER,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    line,
    recounted,
    swapped,
    transaction,
    wire,
)
from tests.claims.x12.visits import ENVELOPE, VISIT

from medcode.claims import InstitutionalClaim, InstitutionalLine, ProfessionalClaim, x12
from medcode.errors import Rejected

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
    said = covered.replace("~NM1*IL", "~OI***N***I~NM1*IL")
    (written,) = read(TEXT.replace("LX*1~", f"{said}LX*1~")).other_payers
    assert (written.benefits_assigned, written.release_of_information) == ("N", "I")


@pytest.mark.parametrize("before", ["NM1*PR", "LX*1"])
def test_an_oi_that_comes_late_belongs_to_its_coverage(before: str) -> None:
    covered = "SBR*S*18*******CI~NM1*IL*1*DOE*JANE****MI*M2~NM1*PR*2*PLAN TWO*****PI*P2~LX*1~"
    text = TEXT.replace("LX*1~", covered.replace(before, f"OI***N***I~{before}"))
    (other,) = read(text).other_payers
    assert (other.payer.organization, other.benefits_assigned) == ("PLAN TWO", "N")
    found = [each.name for each in x12.validate(text).findings]
    assert found == ["segment-out-of-order", "set-segment-count"]


def test_what_a_missing_segment_says_is_not_assumed() -> None:
    line = "SV1*HC:99213*125*UN*1***1~"
    assert line in TEXT
    (bare,) = read(TEXT.replace(line, "")).lines
    assert (bare.unit, bare.quantity, bare.diagnosis_pointers) == ("", "", ())


@pytest.mark.parametrize(
    ("segment", "change"),
    [
        ("N3*7 OAK ST", "N3*7 OAK ST*APT 1*C/O JOE"),
        ("NM1*82*1*ROE*ANN****XX*1467890129", "NM1*82*1*ROE*ANN**DR**XX*1467890129"),
        ("NM1*82*1*ROE*ANN****XX*1467890129", "NM1*82*1*ROE*ANN****24*1467890129"),
        ("NM1*82*1*ROE*ANN****XX*1467890129", "NM1*82*1*ROE*ANN****XX*1467890129*77"),
        ("NM1*82*1*ROE*ANN****XX*1467890129", "NM1*82*1*ROE*ANN****XX*1467890129****X"),
        ("NM1*IL*1*DOE*JANE****MI*M1", "NM1*IL*3*DOE*JANE****MI*M1"),
        ("DMG*D8*19800203*F", "DMG*D8*19800203*F*M"),
        ("DMG*D8*19800203*F", "DMG*D6*800203*F"),
        ("REF*EI*870000002", "REF*EI*870000002*A*B"),
        ("PER*IC*OFFICE*TE*6085550100", "PER*IC*OFFICE*TE*6085550100*CP*6085550101"),
        ("PER*IC*OFFICE*TE*6085550100", "PER*IC*OFFICE*TE*6085550100*TE*6085550101"),
        ("PER*IC*OFFICE*TE*6085550100", "PER*IC*OFFICE*TE*6085550100*****X"),
        ("SBR*P*18*******CI", "SBR*P*01*******CI"),
        ("HI*ABK:E119*ABF:I10", "HI*XX:E119*ABF:I10"),
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119:X*ABF:I10"),
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119**ABF:I10"),
        ("SV1*HC:99213*125*UN*1***1", "SV1*HC:99213:::::::9*125*UN*1***1"),
        ("SV1*HC:99213*125*UN*1***1", "SV1*HC:99213*125*UN*1**X*1"),
        ("SV1*HC:99213*125*UN*1***1", "SV1*HC:99213*125*UN*1***1*************X*"),
        ("SV1*HC:99213*125*UN*1***1", "SV1*HC:99213**125*UN*1***1"),
        ("DTP*472*D8*20260105", "DTP*472*D8*20260105*X"),
        ("DTP*472*D8*20260105", "DTP*472*D6*260105"),
    ],
)
def test_a_segment_that_holds_more_than_the_model_is_also_among_the_extras(segment: str, change: str) -> None:
    assert TEXT.count(f"~{segment}~") >= 1
    claim = read(TEXT.replace(f"~{segment}~", f"~{change}~"))
    assert set(claim.extras) == {change}
    with pytest.raises(Rejected) as refused:
        x12.dumps([claim])
    assert any(str(error).startswith("X094 extras") for error in refused.value.exceptions)


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("HI*", "K3*ABC*X"),
        ("HI*", "REF*G1*A1**2U:X"),
        ("HI*", "NTE*ADD*SEEN*X"),
        ("LX*", "HI*BG:17:X"),
        ("LX*", "HI*BG:17*BQ:18"),
        ("DTP*472", "PWK*03*AD"),
        ("DTP*472", "LX*2*X"),
        ("LX*", "SBR*S*18*******CI~CAS*CO"),
    ],
)
def test_a_further_segment_that_holds_more(before: str, added: str) -> None:
    assert read(TEXT.replace(f"~{before}", f"~{added}~{before}", 1)).extras == (added.rpartition("~")[2],)


@pytest.mark.parametrize(
    "added",
    ["K3*ABC*", "REF*G1*A1**", "HI*BG:17:*BG:18", "PWK*OZ*BM***AC*1", "CRC*75*Y*IH"],
)
def test_what_says_no_more_is_no_extra(added: str) -> None:
    assert read(TEXT.replace("~HI*", f"~{added}~HI*", 1)).extras == ()


def test_the_constant_of_a_segment_is_no_extra() -> None:
    assert read(TEXT.replace("~DTP*472", "~PWK*CT*AD~DTP*472", 1)).extras == ()


def test_what_can_be_held_is_held_all_the_same() -> None:
    text = TEXT.replace("TE*6085550100", "TE*6085550100*TE*6085550101*FX*6085550102")
    (contact,) = read(text).billing_provider.contacts
    assert (contact.phone, contact.fax) == ("6085550100", "6085550102")
    (line,) = read(TEXT.replace("HC:99213*", "HC:99213::25*")).lines
    assert line.procedure.modifiers == ("25",)


@pytest.mark.parametrize(
    ("gap", "closed"),
    [("SV1*HC:99213::25*125*UN*1***1", "HC:99213:25*"), ("SV1*HC:99213*125*UN*1***1::2", "***1:2~")],
)
def test_a_list_with_a_gap_closes_up_and_is_found(gap: str, closed: str) -> None:
    text = TEXT.replace("SV1*HC:99213*125*UN*1***1", gap)
    assert [found.name for found in x12.validate(text).findings] == ["list-gap"]
    claim = read(text)
    assert claim.extras == ()
    assert closed in x12.dumps([claim], ENVELOPE)


def test_a_gap_in_hi_is_refused_both_ways() -> None:
    text = TEXT.replace("HI*ABK:E119*ABF:I10", "HI*ABK:E119**ABF:I10")
    assert [found.name for found in x12.validate(text).errors] == ["code-gap"]
    with pytest.raises(Rejected):
        x12.dumps([read(text)], ENVELOPE)


STAY = InstitutionalClaim(
    control_number="S1",
    billing_provider=VISIT.billing_provider,
    subscriber=VISIT.subscriber,
    payer=VISIT.payer,
    facility_type="11",
    statement_dates=("2026-01-05", "2026-01-07"),
    admission="2026-01-05T12:00",
    admission_type="3",
    admission_source="1",
    discharge_status="01",
    principal_diagnosis="E11.9",
    admitting_diagnosis="E11.9",
    attending_provider=VISIT.rendering_provider,
    lines=[InstitutionalLine(charge="100", revenue_code="0120", unit="DA", quantity=2)],
)


def test_a_day_with_seconds_is_malformed_and_keeps_its_form() -> None:
    admitted = "DTP*435*DT*202601051200"
    stay = x12.dumps([STAY], ENVELOPE)
    assert not x12.loads(stay).findings
    assert f"~{admitted}~" in stay
    (found,) = x12.loads(stay.replace(admitted, f"{admitted}30")).findings
    assert (found.name, found.location.element) == ("element-date", 3)
    (claim,) = x12.iter_claims(stay.replace(admitted, f"{admitted}30"))
    assert f"{admitted}30~" in x12.dumps([claim], ENVELOPE, check=False)


def test_a_ta1_inside_a_set_is_a_segment_that_does_not_belong() -> None:
    text = wire(
        recounted(swapped(FAMILIES, "HL*4*3*23*0\n", "TA1*000000001*260105*0930*A*000\nHL*4*3*23*0\n"))
    )
    assert [finding.name for finding in x12.validate(text).errors] == ["segment-of-another-set"]
    assert [claim.control_number for claim in x12.iter_claims(text)] == ["C1", "C2", "C3"]


def test_a_file_in_small_letters_gives_its_claims() -> None:
    text = wire(FAMILIES).lower()
    assert [claim.control_number for claim in x12.iter_claims(text)] == ["c1", "c2", "c3"]
    assert "set-convention-unsupported" not in {finding.name for finding in x12.loads(text).findings}


def test_each_set_is_read_by_the_separator_that_cuts_it() -> None:
    sets = [transaction(HEADER, PROVIDER, SELF, claim(), number=f"000{number}") for number in range(1, 6)]
    sets[1:3] = [each.replace(":", ">") for each in sets[1:3]]
    text = wire(enclosed(*sets))
    assert [finding.name for finding in x12.loads(text).findings] == ["component-separator"]
    read = [each for each in x12.iter_claims(text) if isinstance(each, ProfessionalClaim)]
    assert [str(each.lines[0].procedure.code) for each in read] == ["99213"] * 5


@pytest.mark.parametrize("blank", ["\x00", "\ufeff", "\x1a", "\n", " \t"])
def test_what_comes_again_after_blanks_has_its_place(blank: str) -> None:
    wrong = "DTP*472*D8*20261305"
    text = wire(enclosed(transaction(HEADER, PROVIDER, SELF, claim(lines=[line(n) for n in range(1, 5)]))))
    text = text.replace("DTP*472*D8*20260105", f"{blank}{wrong}")
    offsets = [finding.location.offset for finding in x12.loads(text).findings]
    assert offsets == [each.start() for each in re.finditer(re.escape(wrong), text)]


def test_an_extra_stands_without_the_blanks_before_it() -> None:
    assert read(TEXT.replace("~HI*", "~\x00\n\ufeffZZZ*1~HI*", 1)).extras == ("ZZZ*1",)
