"""837 files written segment by segment, as a practice's own software writes them, for claims that edits judge."""

from __future__ import annotations

from typing import Any

__all__ = ["hospital", "line", "practice"]

SETS = {"P": "005010X222A1", "I": "005010X223A2"}
HEAD = (
    "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          *260301*0930*^*00501*000000077*0*T*:",
    "GS*HC*CLINIC*PAYER*20260301*0930*77*X*{version}",
    "ST*837*0077*{version}",
    "BHT*0019*00*77*20260301*0930*CH",
    "NM1*41*2*RIVER CLINIC*****46*CLINIC",
    "PER*IC*BILLING*TE*5555550177",
    "NM1*40*2*PAYER*****46*PAYER",
    "HL*1**20*1",
    "NM1*85*2*RIVER CLINIC*****XX*1234567893",
    "N3*9 RIVER RD",
    "N4*ALBANY*NY*122070001",
    "REF*EI*987654321",
    "HL*2*1*22*0",
)
AGREED = "1245319599"  # another practitioner
REVENUE = {"J": "0636", "A": "0270", "G": "0510"}


def line(code: str, *modifiers: str, **about: Any) -> dict[str, Any]:
    """A service: its code, modifiers, `charge`, `units`, `unit`, `day`, `place`, `points`, `revenue`, and the segments `before` and `after` its date."""
    return {"code": code, "modifiers": modifiers, **about}


def practice(codes: str, *lines: dict[str, Any], **about: Any) -> str:
    """A claim of a practitioner: diagnoses, lines, and what is unusual about it."""
    claim = f"CLM*{about.get('number', 'OUT1')}*{total(lines)}***{about.get('place', '11')}:B:{about.get('frequency', '1')}*Y*A*Y*Y"
    body = [claim, *about.get("claim", ()), diagnoses(codes), *about.get("providers", ())]
    for number, each in enumerate(lines, 1):
        points = each.get("points", "1")
        body += [
            f"LX*{number}",
            f"SV1*{composite(each)}*{each.get('charge', 100)}*{each.get('unit', 'UN')}*{each.get('units', 1)}*{each.get('place', '')}**{points}",
            *each.get("before", ()),
            day(each),
            *each.get("after", ()),
        ]
    return whole("P", body, about)


def hospital(codes: str, *lines: dict[str, Any], **about: Any) -> str:
    """A bill of a hospital, outpatient of one day unless `bill` and `dates` say otherwise."""
    bill, dates = about.get("bill", "131"), about.get("dates", "20260112-20260112")
    head = [
        f"CLM*{about.get('number', 'OUT1')}*{total(lines)}***{bill[:2]}:A:{bill[2]}**A*Y*Y",
        *(
            [f"DTP*096*TM*{about.get('hour', '1100')}"]
            if about.get("admission") and about.get("hour") != ""
            else ()
        ),
        f"DTP*434*RD8*{dates}",
        *([f"DTP*435*DT*{about['admission']}0900"] if about.get("admission") else ()),
        f"CL1*{about.get('type', '3')}*{about.get('source', '1')}*{about.get('status', '01')}",
        *about.get("claim", ()),
    ]
    principal, *others = codes.split()
    poa = ":::::::Y" if about.get("admission") else ""
    head.append(f"HI*ABK:{principal}{poa}")
    if about.get("admission"):
        head.append(f"HI*ABJ:{about.get('admitting', 'R079')}")
    else:
        head.append(f"HI*APR:{about.get('reason', 'R079')}")
    if others:
        head.append("HI*" + "*".join(f"ABF:{code}{poa}" for code in others))
    head += [*about.get("informed", ()), "NM1*71*1*ROE*ALEX****XX*1234567893", *about.get("providers", ())]
    for number, each in enumerate(lines, 1):
        code = composite(each) if each["code"] else ""
        revenue = each.get("revenue") or REVENUE.get(each["code"][:1], "0510")
        head += [
            f"LX*{number}",
            f"SV2*{revenue}*{code}*{each.get('charge', 100)}*{each.get('unit', 'UN')}*{each.get('units', 1)}",
            *([day(each)] if each["code"] else ()),
            *each.get("after", ()),
        ]
    return whole("I", head, about)


def composite(each: dict[str, Any]) -> str:
    """The code of a line with its modifiers and description."""
    parts = ["HC", each["code"], *each["modifiers"]]
    if about := each.get("description"):
        parts += [""] * (6 - len(parts)) + [about]
    return ":".join(parts)


def total(lines: tuple[dict[str, Any], ...]) -> int:
    """The sum of the charges."""
    return sum(each.get("charge", 100) for each in lines)


def day(each: dict[str, Any]) -> str:
    """The date of a line, a day or a span."""
    text = each.get("day", "20260112")
    return f"DTP*472*{'RD8' if '-' in text else 'D8'}*{text}"


def diagnoses(codes: str) -> str:
    """The diagnoses of a practitioner's claim."""
    return "HI*" + "*".join(f"{'ABF' if n else 'ABK'}:{code}" for n, code in enumerate(codes.split()))


def whole(kind: str, body: list[str], about: dict[str, Any]) -> str:
    """Put the subscriber before a claim and the envelope around it."""
    filing, level = about.get("filing", "CI"), about.get("level", "P")
    member = "1EG4TE5MK73" if filing in {"MA", "MB"} else "W00077"
    born = about.get("born", "19480304" if filing in {"MA", "MB"} else "19800304")
    subscriber = [
        f"SBR*{level}*18***{about.get('insurance', '')}****{filing}",
        f"NM1*IL*1*DOE*KIM****MI*{member}",
        "N3*4 HILL ST",
        "N4*ALBANY*NY*12207",
        f"DMG*D8*{born}*{about.get('sex', 'F')}",
        "NM1*PR*2*PAYER*****PI*PAYER",
    ]
    segments = [each.format(version=SETS[kind]) for each in HEAD] + subscriber + body
    segments += [f"SE*{len(segments) - 1}*0077", "GE*1*77", "IEA*1*000000077"]
    return "".join(f"{each}~\n" for each in segments)
