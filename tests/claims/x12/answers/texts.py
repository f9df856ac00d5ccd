"""A remittance and a claim acknowledgment with a bit of everything, and a short way to change one thing in them.

A change is written `SEGMENT: what`, where SEGMENT is the beginning of a segment's text, with `#2` for the second of
several that begin so, and `what` one of

- `3=X` element 3 becomes X, `3.2=X` component 2 of it, `3=` empty; several are joined by `;`;
- `delete`, `repeat`, `swap` (with the segment after it), `insert SEGMENT` after it.
"""

from __future__ import annotations

__all__ = ["ACKNOWLEDGMENT", "ENVELOPE", "REMITTANCE", "changed", "position", "without"]

ENVELOPE = """\
ISA*00*          *00*          *ZZ*EHP01          *ZZ*LAKEVIEW       *260131*0800*^*00501*000000017*0*T*:~
GS*{group}*EHP01*LAKEVIEW*20260131*0800*17*X*{guide}~
{body}
GE*1*17~
IEA*1*000000017~
"""

REMITTANCE = ENVELOPE.format(
    group="HP",
    guide="005010X221A1",
    body="""\
ST*835*0001~
BPR*I*1070*C*ACH*CCP*01*021000021*DA*123456789*1123456789**01*026009593*DA*987654321*20260131~
TRN*1*EFT000123*1123456789~
REF*EV*CLEARING1~
REF*F2*V7~
DTM*405*20260130~
N1*PR*EXAMPLE HEALTH PLAN~
N3*100 MAIN ST~
N4*ALBANY*NY*12207~
REF*2U*EHP01~
PER*CX*CLAIM OFFICE*TE*5185550100~
PER*BL*EDI DESK*TE*5185550101~
PER*IC**UR*www.example.com/policies~
N1*PE*LAKEVIEW CLINIC*XX*1234567893~
N3*7 LAKE RD~
N4*TROY*NY*12180~
REF*TJ*123456789~
LX*1~
TS3*1234567893*11*20261231*3*900~
CLP*PCN001*1*300*200*50*12*ICN001*11*1~
NM1*QC*1*MAPLE*ALEX****MI*M0001~
NM1*82*1*ALDER*ROWAN****XX*1234567893~
MOA***MA01~
REF*EA*MRN1~
DTM*232*20260110~
DTM*233*20260111~
DTM*050*20260115~
PER*CX**TE*5185550102~
AMT*AU*250~
SVC*HC:99213:25*200*130**1~
DTM*472*20260110~
CAS*CO*45*40~
CAS*PR*1*30~
REF*6R*L1~
AMT*B6*160~
LQ*HE*N130~
SVC*HC:85025*100*70**1~
DTM*150*20260110~
DTM*151*20260111~
CAS*CO*45*10~
CAS*PR*2*20~
REF*6R*L2~
CLP*PCN002*4*150*0**12*ICN002~
NM1*QC*1*LINDEN*MORGAN****MI*M0002~
SVC*HC:97110*150*0**2~
DTM*472*20260112~
CAS*CO*50*150~
LQ*HE*M15~
CLP*PCN003*19*450*400**12*ICN003~
CAS*CO*45*50~
NM1*QC*1*WILLOW*QUINN****MI*M0003~
NM1*TT*2*SECOND PLAN*****PI*SEC02~
DTM*232*20260113~
LX*2~
CLP*PCN004*22*-80*-60*-20*12*ICN004~
NM1*QC*1*HAZEL*TAYLOR****MI*M0004~
SVC*HC:99212*-80*-60~
DTM*472*20260114~
CAS*PR*3*-20~
CLP*PCN004*1*80*70*10*12*ICN005~
NM1*QC*1*HAZEL*TAYLOR****MI*M0004~
SVC*HC:99212*80*70~
DTM*472*20260114~
CAS*PR*3*10~
CLP*PCN006*2*1000*500**MB*ICN006*11*1~
CAS*OA*23*500~
NM1*QC*1*ASPEN*KELLY****MI*M0006~
MIA*5***700~
DTM*232*20260101~
DTM*233*20260106~
QTY*CA*5~
PLB*1234567893*20261231*WO:ICN099*50*L6*-10~
SE*73*0001~""",
)

ACKNOWLEDGMENT = ENVELOPE.format(
    group="HN",
    guide="005010X214",
    body="""\
ST*277*0001*005010X214~
BHT*0085*08*CA0001*20260131*0800*TH~
HL*1**20*1~
NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*EHP01~
TRN*1*3483443~
DTP*050*D8*20260130~
DTP*009*D8*20260131~
HL*2*1*21*1~
NM1*41*2*LAKEVIEW BILLING*****46*S00003~
TRN*2*BATCH17~
STC*A1:19:PR*20260131*WQ*1000~
QTY*90*2~
QTY*AA*4~
AMT*YU*300~
AMT*YY*700~
HL*3*2*19*1~
NM1*85*2*LAKEVIEW CLINIC*****XX*1234567893~
TRN*1*0~
STC*A1:19:PR**WQ*600~
REF*TJ*123456789~
QTY*QA*2~
QTY*QC*2~
AMT*YU*300~
AMT*YY*300~
HL*4*3*PT~
NM1*QC*1*MAPLE*ALEX****MI*M0001~
TRN*2*PCN001~
STC*A2:20:PR*20260131*WQ*200~
REF*1K*ICN001~
REF*D9*CLR001~
DTP*472*D8*20260110~
TRN*2*PCN002~
STC*A7:562:85*20260131*U*120********NPI NOT ON FILE~
DTP*472*RD8*20260110-20260111~
SVC*HC:99213:25*120*****1~
STC*A7:454:82**U~
REF*FJ*L1~
DTP*472*D8*20260110~
HL*5*3*PT~
NM1*QC*1*LINDEN*MORGAN****MI*M0002~
TRN*2*PCN003~
STC*A2:20:PR*20260131*WQ*100~
REF*1K*ICN003~
REF*BLT*131~
DTP*472*D8*20260112~
TRN*2*PCN004~
STC*A3:187:PR*20260131*U*180******A3:21:82~
DTP*472*D8*20290221~
HL*6*2*19*0~
NM1*85*1*CEDAR*AVERY****FI*864642086~
TRN*1*34508642086~
STC*A3:24:85**U*400~
QTY*QC*2~
AMT*YY*400~
SE*55*0001~""",
)


def changed(text: str, change: str) -> str:
    """Return a text with one change; the count of its set stays right."""
    target, _, what = change.partition(": ")
    segments = text.split("~\n")
    at = _index(segments, target)
    elements = segments[at].split("*")
    for part in what.split(";"):
        if part == "delete":
            del segments[at]
        elif part == "repeat":
            segments.insert(at, segments[at])
        elif part == "swap":
            segments[at : at + 2] = segments[at + 1], segments[at]
        elif part.startswith("insert "):
            segments.insert(at + 1, part.removeprefix("insert "))
        else:
            _set(elements, part)
            segments[at] = "*".join(elements)
    return _counted(segments) if not target.startswith("SE") else "~\n".join(segments)


def _set(elements: list[str], part: str) -> None:
    """Change one element or component."""
    place, _, value = part.partition("=")
    element, _, component = place.partition(".")
    elements += [""] * (int(element) + 1 - len(elements))
    if component:
        parts = elements[int(element)].split(":")
        parts += [""] * (int(component) - len(parts))
        parts[int(component) - 1] = value
        value = ":".join(parts)
    elements[int(element)] = value
    while not elements[-1]:
        elements.pop()


def without(text: str, at: int) -> str:
    """Return a text without one of its segments, counted from 0; the count of its set stays right."""
    segments = text.split("~\n")
    return _counted([*segments[:at], *segments[at + 1 :]])


def position(text: str, target: str) -> int:
    """Return the position in its set (ST is 1) of a segment."""
    segments = text.split("~\n")
    return _index(segments, target) - _index(segments, "ST*") + 1


def _index(segments: list[str], target: str) -> int:
    start, _, count = target.partition("#")
    found = [at for at, segment in enumerate(segments) if segment.startswith(start)]
    return found[int(count or 1) - 1]


def _counted(segments: list[str]) -> str:
    """Write the number of segments of the set."""
    first = next((at for at, segment in enumerate(segments) if segment.startswith("ST*")), None)
    last = next((at for at, segment in enumerate(segments) if segment.startswith("SE*")), None)
    if first is not None and last is not None:
        elements = segments[last].split("*")
        elements[1] = str(last - first + 1)
        segments[last] = "*".join(elements)
    return "~\n".join(segments)
