"""Small made-up 837P texts, a segment a line, and the few words that change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims import x12

if TYPE_CHECKING:
    from collections.abc import Iterable

ISA = "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PLAN           *260105*0930*^*00501*000000001*0*T*:"
GS = "GS*HC*CLINIC*PLAN*20260105*0930*1*X*005010X222A1"
HEADER = """BHT*0019*00*BATCH1*20260105*0930*CH
NM1*41*2*MAPLE BILLING*****46*MB1
PER*IC*ANN*TE*3055550100
NM1*40*2*PLAN ONE*****46*P1"""
PROVIDER = """HL*1**20*1
NM1*85*2*MAPLE CLINIC*****XX*1234567893
N3*1 ELM ST
N4*MIAMI*FL*331110001
REF*EI*123456789"""
PAYER = "NM1*PR*2*PLAN ONE*****PI*P1"
SELF = f"""HL*2*1*22*0
SBR*P*18*******CI
NM1*IL*1*DOE*JO****MI*M1
N3*2 OAK ST
N4*MIAMI*FL*33111
DMG*D8*19800501*F
{PAYER}"""
PARENT = f"""HL*2*1*22*1
SBR*P********CI
NM1*IL*1*DOE*JO****MI*M1
{PAYER}"""
CHILD = """HL*3*2*23*0
PAT*19
NM1*QC*1*DOE*SAM
N3*2 OAK ST
N4*MIAMI*FL*33111
DMG*D8*20150501*M"""


def line(number: int = 1, code: str = "99213", charge: str = "40") -> str:
    return f"LX*{number}\nSV1*HC:{code}*{charge}*UN*1***1\nDTP*472*D8*20260105"


def claim(number: str = "C1", lines: Iterable[str] = (line(),)) -> str:
    listed = list(lines)
    return "\n".join([f"CLM*{number}*{40 * len(listed)}***11:B:1*Y*A*Y*Y", "HI*ABK:J069", *listed])


def transaction(*parts: str, number: str = "0001", convention: str = "005010X222A1") -> str:
    """Join the parts of a set between ST and SE."""
    inner = "\n".join(parts)
    count = inner.count("\n") + 3
    return f"ST*837*{number}*{convention}\n{inner}\nSE*{count}*{number}"


def enclosed(*sets: str, isa: str = ISA, gs: str = GS) -> str:
    """Put sets into a group and an interchange."""
    body = "\n".join(sets)
    return f"{isa}\n{gs}\n{body}\nGE*{len(sets)}*1\nIEA*1*{isa.split('*')[13]}"


def wire(text: str, end: str = "~", between: str = "") -> str:
    """Give the lines as segments."""
    return "".join(f"{segment}{end}{between}" for segment in text.split("\n"))


ONE = enclosed(transaction(HEADER, PROVIDER, SELF, claim()))
"""A subscriber who is the patient, with a claim of one line."""

DEPENDENT = enclosed(transaction(HEADER, PROVIDER, PARENT, CHILD, claim()))
"""A subscriber whose child is the patient."""


def own(number: int) -> str:
    """Return the level of a subscriber who is the patient."""
    return SELF.replace("HL*2*1", f"HL*{number}*1").replace("JO****MI*M1", f"JO****MI*M{number}")


def child(number: int) -> str:
    """Return the level of a child of the subscriber of HL 2."""
    return CHILD.replace("HL*3*2", f"HL*{number}*2").replace("SAM", f"SAM{number}")


FAMILIES = enclosed(
    transaction(
        HEADER,
        PROVIDER,
        SELF,
        claim("C1"),
        SELF.replace("HL*2*1*22*0", "HL*3*1*22*1").replace("JO****MI*M1", "PAT****MI*M2"),
        claim("C2"),
        CHILD.replace("HL*3*2", "HL*4*3"),
        claim("C3"),
    )
)
"""Two families; the second subscriber has a claim of his own and one of a child's."""


def rules(text: str) -> list[str]:
    """Name what is found in a text of lines, in order."""
    return [finding.name for finding in x12.loads(wire(text)).findings]


def swapped(text: str, old: str, new: str) -> str:
    """Change the one place where a text says something; that it says so is part of the test."""
    assert text.count(old) == 1, f"{text.count(old)} places say {old!r}"
    return text.replace(old, new)


def recounted(text: str) -> str:
    """Set every SE01 right after segments came or went."""
    lines, start = [], 0
    for number, segment in enumerate(text.split("\n")):
        start = number if segment.startswith("ST*") else start
        if segment.startswith("SE*"):
            segment = f"SE*{number - start + 1}*{segment.split('*')[2]}"  # noqa: PLW2901  # the line as it should be
        lines.append(segment)
    return "\n".join(lines)
