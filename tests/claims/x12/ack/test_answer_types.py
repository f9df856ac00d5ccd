"""What an answer and a transmission are made of can be named."""

from __future__ import annotations

from medcode.claims import x12

ANSWER = (
    "TA1*000000001*260105*0930*R*023~ST*999*0001*005010X231A1~AK1*HC*1*005010X222A1~AK2*837*0001~"
    "IK3*BHT*2**8~CTX*SITUATIONAL TRIGGER*SBR*4~CTX*CLM01:C1~IK4*6**7~IK5*R*5~AK9*R*1*1*0~SE*10*0001~"
)


def test_the_types_of_answers() -> None:
    interchange, group = x12.answers(x12.loads(ANSWER))
    assert isinstance(interchange, x12.InterchangeAnswer)
    assert isinstance(group, x12.GroupAnswer)
    assert isinstance(group.sets[0], x12.SetResult)
    assert isinstance(group.sets[0].errors[0], x12.SegmentError)
    error = group.sets[0].errors[0]
    assert isinstance(error.elements[0], x12.ElementError)
    assert isinstance(error.triggers[0], x12.Trigger)
    assert isinstance(error.references[0], x12.Reference)


def test_the_types_of_a_transmission() -> None:
    sent = x12.loads("GS*HC~ST*837*0001~SE*2*0001~")
    interchange = sent.interchanges[0]
    assert isinstance(interchange, x12.Interchange)
    assert isinstance(interchange.groups[0], x12.Group)
    assert isinstance(interchange.groups[0].sets[0], x12.TransactionSet)
    assert isinstance(interchange.groups[0].sets[0].segments[0], x12.RawSegment)
