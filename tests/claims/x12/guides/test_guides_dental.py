"""What the dental guide has of its own, against what it was once thought to share with the 837P."""

from __future__ import annotations

import pytest
from tests.claims.x12.texts import GS, HEADER, PAYER, PROVIDER, SELF, enclosed, transaction, wire

from medcode.claims import DentalClaim, Diagnosis, Snodent, x12

DENTAL = "005010X224A2"
CLAIM = "CLM*C1*100***11:B:1*Y*A*Y*Y"
LINE = "LX*1\nSV3*AD:D0120*100****1\nDTP*472*D8*20260105"
OTHER = "SBR*P*18*******CI\nOI***Y***Y\nNM1*IL*1*DOE*JO****MI*E1"
OTHER_PAYER = "NM1*PR*2*P2*****PI*E77"
PERSON = "1*ROE*ANN****XX*1234567893"
ADDRESS = "N3*1 ELM ST\nN4*MIAMI*FL*331110001"


def file(claim: str = CLAIM, detail: str = "", line: str = LINE, payer: str = PAYER) -> str:
    parts = [HEADER, PROVIDER, SELF.replace(PAYER, payer), claim, detail, line]
    return wire(
        enclosed(transaction(*filter(None, parts), convention=DENTAL), gs=GS.replace("005010X222A1", DENTAL))
    )


VALID = {
    "a SNODENT diagnosis": file(detail="HI*TQ:110283007"),
    "SNODENT further diagnoses": file(detail="HI*ABK:K029*TQ:110283007*TQ:110283008*TQ:110283009"),
    "a sextant of the mouth": file(line=LINE.replace("100****1", "100**03:04:05:06:07*" + "*1")),
    "another claim number of the other payer": file(
        detail=f"{OTHER}\n{OTHER_PAYER}\nREF*2U*1\nREF*EI*123456789\nREF*FY*3"
    ),
    "two numbers of the other subscriber": file(
        detail=f"{OTHER}\nREF*SY*123456789\nREF*SY*123456780\n{OTHER_PAYER}"
    ),
    "an organization as the other payer's assistant surgeon": file(
        detail=f"{OTHER}\n{OTHER_PAYER}\nNM1*DD*2\nREF*G2*77"
    ),
    "a line decided by a code of jurisdiction": file(
        detail=f"{OTHER}\n{OTHER_PAYER}\nDTP*573*D8*20260120",
        line=f"{LINE}\nSVD*E77*80*ER:D0120**1\nCAS*CO*45*20\nDTP*573*D8*20260120",
    ),
    "a facility's UPIN, and several numbers": file(
        line=f"{LINE}\nNM1*77*2*LAB*****XX*1234567893\n{ADDRESS}\nREF*1G*A12345\nREF*G2*1\nREF*LU*2\nREF*LU*3"
    ),
}


@pytest.mark.parametrize("text", VALID.values(), ids=VALID)
def test_what_the_guide_allows_is_taken_and_written_as_it_came(text: str) -> None:
    sent = x12.loads(text)
    assert not sent.findings
    claims = list(sent.claims())
    assert not claims[0].extras
    assert x12.dumps(claims, x12.Envelope.of(sent.interchanges[0])) == text


INVALID = {
    "a rendering provider without specialty": (file(detail=f"NM1*82*{PERSON}"), "PRV", None),
    "an assistant surgeon without specialty": (file(detail=f"NM1*DD*{PERSON}"), "PRV", None),
    "a line's rendering provider without specialty": (file(line=f"{LINE}\nNM1*82*{PERSON}"), "PRV", None),
    "a contract by diagnosis group": (file(detail="CN1*01*10"), "CN1", 1),
    "two numbers of the billing provider at the payer": (
        file(payer=f"{PAYER}\nREF*G2*1\nREF*LU*2"),
        "REF",
        None,
    ),
    "an organization as the other payer's rendering provider": (
        file(detail=f"{OTHER}\n{OTHER_PAYER}\nNM1*82*2\nREF*G2*77"),
        "NM1",
        2,
    ),
    "a claim priced by the day and visit": (file(detail="HCP*06*80"), "HCP", 1),
    "an approved amount of a group": (file(detail="HCP*00*80****1*2"), "HCP", 7),
    "a line's approved group": (file(line=f"{LINE}\nHCP*00*80****1"), "HCP", 6),
    "a line's approved amount": (file(line=f"{LINE}\nHCP*00*80*****1"), "HCP", 7),
    "what was paid for renal disease": (
        file(detail=f"{OTHER.replace('OI***Y***Y', 'OI***Y***Y' + chr(10) + 'MOA********5')}\n{OTHER_PAYER}"),
        "MOA",
        8,
    ),
}


@pytest.mark.parametrize(("text", "segment", "element"), INVALID.values(), ids=INVALID)
def test_what_the_guide_does_not_allow_is_found(text: str, segment: str, element: int | None) -> None:
    found = [(each.location.segment, each.location.element) for each in x12.loads(text).findings]
    assert found == [(segment, element)]


def test_a_specialty_makes_the_providers_whole() -> None:
    named = f"NM1*82*{PERSON}\nPRV*PE*PXC*1223G0001X\nNM1*DD*{PERSON}\nPRV*AS*PXC*1223G0001X"
    assert not x12.loads(file(detail=named, line=f"{LINE}\nNM1*82*{PERSON}\nPRV*PE*PXC*1223G0001X")).findings
    assert not x12.loads(file(line=f"{LINE}\nNM1*DD*{PERSON}")).findings  # a line's assistant may go without


def test_a_snodent_code_stays_one() -> None:
    (claim,) = x12.loads(file(detail="HI*TQ:110283007")).claims()
    assert isinstance(claim, DentalClaim)
    assert claim.diagnoses == (Diagnosis(Snodent("110283007")),)
    assert type(claim.diagnoses[0].code) is Snodent
    assert DentalClaim.from_dict(claim.to_dict()).diagnoses == claim.diagnoses
    assert type(DentalClaim.from_dict(claim.to_dict()).diagnoses[0].code) is Snodent
