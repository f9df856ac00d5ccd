"""What the 837I and the 999 have of their own, one fact after the other: taken where it is allowed, found where not."""

from __future__ import annotations

import pytest
from tests.claims.x12.texts import ISA, enclosed, recounted

from medcode import scrub
from medcode.claims import x12
from medcode.edits.examples import stay
from medcode.findings import Severity

STAY = x12.dumps([stay("I50.20")], x12.Envelope(sender="SUB", receiver="PAYER", control_number=1))


def after(id_: str, segment: str) -> str:
    """Return the stay with a segment after the last one of an id."""
    lines = STAY.rstrip("~").split("~")
    at = max(number for number, each in enumerate(lines) if each.startswith(f"{id_}*"))
    return recounted("\n".join([*lines[: at + 1], segment, *lines[at + 1 :]])).replace("\n", "~") + "~"


@pytest.mark.parametrize("after_", ["HI", "SV2"], ids=["claim", "line"])
def test_a_repricer_approves_at_most_eight_digits_of_units(after_: str) -> None:
    assert x12.validate(after(after_, "HCP*00*80*********UN*12345678")).findings == ()
    (found,) = x12.validate(after(after_, "HCP*00*80*********UN*123456789")).findings
    assert (found.name, found.location.element) == ("element-too-long", 12)


@pytest.mark.parametrize(("bill", "severity"), [("11", Severity.ERROR), ("13", Severity.WARNING)])
def test_the_type_of_admission_is_an_error_of_a_stay(bill: str, severity: Severity) -> None:
    text = STAY.replace("CL1*1*", "CL1**").replace("11:A:1", f"{bill}:A:1")
    assert x12.validate(text).ok  # the guide's table leaves it to the edit
    (found,) = [each for each in scrub(text).findings if each.rule == "SIT17"]
    assert found.severity is severity


GS = "GS*FA*CLINIC*PLAN*20260105*0930*1*X*005010X231A1"


def acknowledgment(*contexts: str) -> str:
    parts = (
        "ST*999*0001*005010X231A1\nAK1*HC*1*005010X223A2\nAK2*837*0001*005010X223A2\nIK3*NM1*5*2010*8",
        *contexts,
        "IK4*2**7\nIK5*R*5\nAK9*R*1*1*0\nSE*0*0001",
    )
    return recounted(enclosed("\n".join(parts), isa=ISA, gs=GS)).replace("\n", "~") + "~"


@pytest.mark.parametrize(
    ("contexts", "found"),
    [
        (("CTX*SITUATIONAL TRIGGER*CLM*43",), []),
        (("CTX*CLM01:C1",), []),
        (("CTX*SITUATIONAL TRIGGER*CLM*43", "CTX*CLM01:C1"), []),
        (("CTX*SITUATIONAL TRIGGER",), [("element-missing", 2), ("element-missing", 3)]),
        (("CTX*SITUATIONAL TRIGGER*CLM",), [("element-missing", 3)]),
        (("CTX*SITUATIONAL TRIGGER**43",), [("element-missing", 2)]),
        (("CTX*CLM01",), [("element-missing", 1)]),
        (("CTX*CLM01:C1*CLM",), [("element-not-used", 2)]),
    ],
)
def test_a_trigger_names_a_segment_and_its_place(
    contexts: tuple[str, ...], found: list[tuple[str, int]]
) -> None:
    findings = x12.validate(acknowledgment(*contexts)).findings
    assert [(each.name, each.location.element) for each in findings] == found


def test_a_trigger_is_written_before_the_business_unit() -> None:
    text = acknowledgment("CTX*CLM01:C1", "CTX*SITUATIONAL TRIGGER*CLM*43")
    (answer,) = x12.answers(x12.loads(text))
    written = x12.dumps([answer], x12.Envelope(convention="005010X231A1"))
    assert written.index("CTX*SITUATIONAL TRIGGER") < written.index("CTX*CLM01")
