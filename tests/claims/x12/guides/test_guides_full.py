"""A set that holds everything a guide has, each element once: read, and written as it was.

It shows that no element of a guide is without its way into the claim and out of it.
"""

from __future__ import annotations

import io
import logging
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from medcode.claims import x12
from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.grammar import Composite, Loop, Usage

if TYPE_CHECKING:
    from medcode.claims.x12.guides.grammar import Element, Segment

CLAIM_GUIDES = ["005010X222A1", "005010X223A2", "005010X224A2", "005010X291", "005010X292", "005010X298"]
FAMILIES = {
    **dict.fromkeys(("ABK", "ABF", "ABJ", "APR", "ABN"), "J069"),
    **dict.fromkeys(("BBR", "BBQ"), "02703DZ"),
    **dict.fromkeys(("BP", "BO"), "33533"),
    **dict.fromkeys(("HC", "ER", "AD"), "99213"),
    "SY": "123456789",
}
"""A code of the family that a qualifier names."""

NAMED = {"npi": "1234567893", "remark_codes": "MA01"}
LISTED = {"156": "FL", "26": "CA", "100": "CAD", "116": "331110001", "1331": "11"}
"""A value of a data element whose values are listed elsewhere: states, countries, currencies, places."""

FORMS = {"D8", "RD8", "DT", "TM"}
FORM_OF = {"DT": "D8", "TM": "TM"}
"""The form of a day or time that has no qualifier before it."""

EXCLUDED = {("N4", 7)}
"""Elements that exclude another of their segment: N407 and N402."""


class Filled:
    """The text of one set of a guide, with every element filled in."""

    def __init__(self, convention: str, *, dependent: bool) -> None:
        self.dependent = dependent
        self.numbers = count(101)
        self.segments: list[str] = []
        self.levels = 0
        self.loop(guide(convention).root)
        self.segments[0] = f"ST*837*0001*{convention}"
        self.segments[-1] = f"SE*{len(self.segments)}*0001"
        self.text = "".join(f"{segment}~" for segment in self.segments)

    def loop(self, loop: Loop, around: str = "") -> None:
        if (loop.id == "2000C" and not self.dependent) or (
            loop.id == "2300" and self.dependent == (around == "2000B")
        ):
            return
        for child in loop.children:
            if isinstance(child, Loop):
                self.loop(child, loop.id)
            else:
                self.segments.append(self.segment(child, loop.id))

    def segment(self, segment: Segment, loop: str) -> str:
        if segment.id == "HL":
            self.levels += 1
            parent = str(self.levels - 1) if self.levels > 1 else ""
            child = "0" if self.levels == 2 + self.dependent else "1"
            return f"HL*{self.levels}*{parent}*{segment.elements[2].constant}*{child}"  # type: ignore[union-attr]  # HL03 is simple
        if segment.id == "LX":
            return "LX*1"
        if segment.id == "PER":
            return "PER*IC*ANN*TE*3055550100*EX*22"
        texts = self.row(segment.elements, segment.id)
        if texts[0] == "87":
            texts[1] = "2"  # the kind of a pay-to address is not kept: it is no party of its own
        if segment.id == "SBR" and loop == "2000B":
            texts[1] = "" if self.dependent else "18"
        return "*".join([segment.id, *texts]).rstrip("*")

    def row(self, elements: tuple[Element | Composite, ...], id_: str) -> list[str]:
        texts: list[str] = []
        for place, element in enumerate(elements, 1):
            before = texts[-1] if texts else ""
            if element.usage is Usage.NOT_USED or (id_, place) in EXCLUDED:
                texts.append("")
            elif isinstance(element, Composite):
                texts.append(":".join(self.row(element.elements, "")).rstrip(":"))
            else:
                texts.append(self.value(element, before))
        return texts

    def value(self, element: Element, before: str) -> str:
        number = next(self.numbers)
        if element.name in {"entity_type", "format"} or (element.codes and not element.name):
            return element.constant
        if element.codes:
            return sorted(element.codes)[number % len(element.codes)]
        form = before if before in FORMS else FORM_OF.get(element.data.type)
        return self.day(form, number) if form else self.text_of(element, before, number)

    def text_of(self, element: Element, before: str, number: int) -> str:
        known = FAMILIES.get(before) or NAMED.get(element.name) or LISTED.get(element.data.number)
        if known:
            return known
        if element.data.type in {"R", "N0"}:
            return str(number)
        return f"{number:X}".zfill(element.minimum)[-max(element.minimum, min(element.maximum, 3)) :]

    def day(self, form: str, number: int) -> str:
        on = date(2025, 1, 1) + timedelta(number)
        if form == "RD8":
            return f"{on:%Y%m%d}-{on + timedelta(1):%Y%m%d}"
        return {"TM": "0930", "DT": f"{on:%Y%m%d}0930"}.get(form, f"{on:%Y%m%d}")


PYX12_IS_WRONG = ("IK3*PWK*", "IK4*2*756*7*A")
"""It takes the certificate of medical necessity (PWK*CT*AB and its kin) for an attachment."""

ISA = "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PLAN           *260105*0930*^*00501*000000001*0*T*:~"


def body(segments: list[str]) -> list[str]:
    """Give what belongs to claims: from the first HL to before SE."""
    first = next(at for at, segment in enumerate(segments) if segment.startswith("HL*"))
    last = next(at for at, segment in enumerate(segments) if segment.startswith("SE*"))
    return segments[first:last]


@pytest.mark.parametrize("dependent", [False, True], ids=["subscriber", "dependent"])
@pytest.mark.parametrize("convention", CLAIM_GUIDES)
def test_everything_a_guide_has_is_read_and_written(convention: str, dependent: bool) -> None:
    filled = Filled(convention, dependent=dependent)
    (claim,) = x12.loads(filled.text).claims()
    assert claim.extras == ()
    written = x12.dumps([claim], x12.Envelope(convention=convention), check=False)
    assert body(written.split("~")) == body(filled.segments)
    assert list(x12.loads(written).claims()) == [claim]


@pytest.mark.parametrize("dependent", [False, True], ids=["subscriber", "dependent"])
@pytest.mark.parametrize("convention", CLAIM_GUIDES)
def test_everything_a_guide_has_is_in_its_place(convention: str, dependent: bool) -> None:
    filled = Filled(convention, dependent=dependent)
    found = x12.loads(filled.text).findings
    assert not [
        finding for finding in found if finding.name in {"segment-unexpected", "segment-out-of-order"}
    ]
    assert not [
        str(finding) for finding in found if finding.name.startswith(("element-", "component-", "segment-m"))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("dependent", [False, True], ids=["subscriber", "dependent"])
@pytest.mark.parametrize("convention", ["005010X222A1", "005010X223A2"])
def test_pyx12_takes_everything_a_guide_has(convention: str, dependent: bool) -> None:
    document = pytest.importorskip("pyx12.x12n_document", reason="the oracle pyx12 is not installed")
    params = pytest.importorskip("pyx12.params")
    group = f"GS*HC*CLINIC*PLAN*20260105*0930*1*X*{convention}~"
    text = f"{ISA}{group}{Filled(convention, dependent=dependent).text}GE*1*1~IEA*1*000000001~"
    answer = io.StringIO()
    logging.disable(logging.CRITICAL)
    try:
        document.x12n_document(params.params(), io.StringIO(text), fd_997=answer, fd_html=None)
    finally:
        logging.disable(logging.NOTSET)
    faults = [
        each.strip() for each in answer.getvalue().split("~") if each.strip().startswith(("IK3", "IK4"))
    ]
    assert [each for each in faults if not each.startswith(PYX12_IS_WRONG)] == []
