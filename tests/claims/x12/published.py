"""X12's published examples: their envelopes, what is wrong with the public copies, and how they are compared."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from medcode.claims import x12

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from medcode.claims import Claim

PROFESSIONAL = x12.Envelope(
    sender="123456789012345",
    receiver="123456789012346",
    control_number=10216,
    created=datetime.fromisoformat("2006-10-15 17:05"),
    group_sender="1234567890",
    group_receiver="9876543210",
    group_control_number=20213,
    delimiters=x12.Delimiters(component=":", repetition=">"),
)
INSTITUTIONAL = PROFESSIONAL.evolve(created=datetime.fromisoformat("2008-05-03 17:05"))
DENTAL = INSTITUTIONAL.evolve(group_receiver="1234567890")
COB = x12.Envelope(
    sender="SSSSSS",
    receiver="PPPPP",
    sender_qualifier="27",
    receiver_qualifier="27",
    control_number=1,
    acknowledgment_requested="1",
    usage="P",
    created=datetime.fromisoformat("2009-10-06 12:48"),
    group_control_number=3001,
    delimiters=x12.Delimiters(component=":", repetition="`"),
)
CLEARINGHOUSE = x12.Envelope(
    sender="123456789",
    receiver="987654321",
    control_number=1,
    usage="P",
    created=datetime.fromisoformat("2014-03-05 07:45"),
    group_control_number=1000001,
    delimiters=x12.Delimiters(component=":", repetition="^"),
)

FAULTS = {
    # amounts with a zero that says nothing, which X12 forbids
    "CLM*051068*766.50***41:B:1*Y*A*Y*Y*P*OA": "CLM*051068*766.5***41:B:1*Y*A*Y*Y*P*OA",
    "SV1*HC:A0425:RH*8.20*UN*21***1:2:3:4**Y": "SV1*HC:A0425:RH*8.2*UN*21***1:2:3:4**Y",
    "SV1*HC:A0382:RH*12.30*UN*1***1:2:3:4**Y": "SV1*HC:A0382:RH*12.3*UN*1***1:2:3:4**Y",
    "SV1*HC:S9500*1400.00*UN*7*12**1": "SV1*HC:S9500*1400*UN*7*12**1",
    "SV1*HC:J0696*682.50*UN*56*12**1": "SV1*HC:J0696*682.5*UN*56*12**1",
    "SV1*HC:S5001*682.50*UN*7*12**1": "SV1*HC:S5001*682.5*UN*7*12**1",
    "SV1*HC:S5000*10.50*UN*7*12**1": "SV1*HC:S5000*10.5*UN*7*12**1",
    "SV1*HC:J3490:::::Hep Lock see NDC#*10.50*UN*7*12**1": "SV1*HC:J3490:::::Hep Lock see NDC#*10.5*UN*7*12**1",
    # times of the batch with seconds and less, where the envelope tells hour and minute
    "BHT*0019*00*1002*20050721*09460000*CH": "BHT*0019*00*1002*20050721*0946*CH",
    "BHT*0019*00*1002*20050620*09460000*CH": "BHT*0019*00*1002*20050620*0946*CH",
    "BHT*0019*00*007227*20050215*075420*CH": "BHT*0019*00*007227*20050215*0754*CH",
    "BHT*0019*00*000001142*20050214*115101*CH": "BHT*0019*00*000001142*20050214*1151*CH",
}
"""Segments of the public copies that are not written as they stand there."""


def is_published(claims: Sequence[Claim], envelope: x12.Envelope, path: Path) -> None:
    """Assert that claims are written as a published example, listed faults aside, and read from it."""
    published = path.read_text(encoding="ascii").replace("\n", "")
    segments = [FAULTS.get(segment, segment) for segment in published.split("~")]
    assert x12.dumps(claims, envelope, check=False).split("~") == segments
    read = list(x12.loads(published).claims())
    assert read == list(claims)
    assert not any(claim.extras for claim in read)
