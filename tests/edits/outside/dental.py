"""Dental claims in pairs: one with a fault and its neighbor without; each row names the rule that answers for the fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.edits.outside.texts import HEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DENTAL"]

ROE = ("NM1*82*1*POE*KIM****XX*1245319599", "PRV*PE*PXC*1223G0001X")


def L(code: str, teeth: Sequence[str] = (), **about: Any) -> dict[str, Any]:  # noqa: N802  # one letter, many times
    """A service: its code and teeth such as `3-MO`, `area`, `place`, `pros`, `units`, `charge`, `mods`, `points`, `day_`, `desc`, `after`."""
    return {"code": code, "teeth": teeth, "charge": 100, **about}


def D(*lines: dict[str, Any], **about: Any) -> str:  # noqa: N802  # one letter, many times
    """A claim of a dentist as 837D text."""
    segments = [
        each.format(version="005010X224A2").replace("1234567893", about.get("npi", "1234567893"))
        for each in HEAD
    ]
    segments += [
        "SBR*P*18*******CI",
        "NM1*IL*1*DOE*KIM****MI*W00077",
        "N3*4 HILL ST",
        "N4*ALBANY*NY*12207",
        f"DMG*D8*{about.get('born', '19800304')}*F",
        "NM1*PR*2*PAYER*****PI*PAYER",
        f"CLM*OUT1*{about.get('total', sum(each['charge'] for each in lines))}***{about.get('place', '11')}:B:1*Y*A*Y*Y{about.get('clm', '')}",
    ]
    day = about.get("day", "20260112")
    segments += [f"DTP*472*D8*{day}"] if day else []
    segments += about.get("claim", ())
    codes = about.get("dx", "").split()
    segments += (
        ["HI*" + "*".join(f"{'ABF' if at else 'ABK'}:{code}" for at, code in enumerate(codes))]
        if codes
        else []
    )
    segments += about.get("providers", ROE)
    for number, each in enumerate(lines, 1):
        segments += [f"LX*{number}", service(each)]
        for tooth in each["teeth"]:
            name, _, surfaces = tooth.partition("-")
            segments.append(f"TOO*JP*{name}" + (f"*{':'.join(surfaces)}" if surfaces else ""))
        segments += [f"DTP*472*D8*{each['day_']}"] if each.get("day_") else []
        segments += each.get("after", ())
    segments += [f"SE*{len(segments) - 1}*0077", "GE*1*77", "IEA*1*000000077"]
    return "".join(f"{each}~\n" for each in segments)


def service(each: dict[str, Any]) -> str:
    """The segment of a service."""
    parts = ["AD", each["code"], *each.get("mods", ())]
    if about := each.get("desc"):
        parts += [""] * (6 - len(parts)) + [about]
    fields = (
        ":".join(parts),
        each["charge"],
        each.get("place", ""),
        each.get("area", ""),
        each.get("pros", ""),
        each.get("units", ""),
    )
    return f"SV3*{'*'.join(map(str, fields))}*****{each.get('points', '')}".rstrip("*")


DENTAL = (
    # tooth 33
    ("CLM82", D(L("D2140", ["33-O"])), D(L("D2140", ["32-O"]))),
    # tooth U
    ("CLM82", D(L("D2391", ["U-O"])), D(L("D2391", ["T-O"]))),
    # tooth 00
    ("CLM82", D(L("D7140", ["0"])), D(L("D7140", ["1"]))),
    # surface X
    ("X057", D(L("D2392", ["3-MX"])), D(L("D2392", ["3-MO"]))),
    # surface repeated
    ("CLM82", D(L("D2392", ["3-MM"])), D(L("D2392", ["3-OB"]))),
    # surface count 1 vs D2150
    ("DEN02", D(L("D2150", ["3-O"])), D(L("D2150", ["3-MO"]))),
    # surface none
    ("DEN03", D(L("D2330", ["8"])), D(L("D2330", ["8-F"]))),
    # anterior code on molar
    ("DEN02", D(L("D2331", ["3-MO"])), D(L("D2331", ["8-MI"]))),
    # posterior code on incisor
    ("DEN02", D(L("D2392", ["8-MI"])), D(L("D2392", ["4-MO"]))),
    # incisal on molar
    ("DEN02", D(L("D2140", ["14-I"])), D(L("D2140", ["14-O"]))),
    # occlusal on incisor
    ("DEN02", D(L("D2330", ["9-O"])), D(L("D2330", ["9-I"]))),
    # tooth on prophy area
    ("CLM82", D(L("D4341", area="50")), D(L("D4341", area="40"))),
    # area contradicts tooth
    ("DEN01", D(L("D7210", ["3"], area="30")), D(L("D7210", ["3"], area="10"))),
    # D4341 no area
    ("DEN03", D(L("D4341")), D(L("D4342", ["3", "4"], area="10"))),
    # D7140 no tooth
    ("DEN03", D(L("D7140")), D(L("D7140", ["B"]))),
    # missing tooth treated
    (
        "DEN04",
        D(L("D2392", ["3-MO"]), claim=("DN2*3*M****JP",)),
        D(L("D2392", ["3-MO"]), claim=("DN2*4*M****JP",)),
    ),
    # same tooth twice missing
    (
        "CLM82",
        D(L("D5213", area="01"), claim=("DN2*3*M****JP", "DN2*3*M****JP")),
        D(L("D5213", area="01", pros="I"), claim=("DN2*3*M****JP", "DN2*4*M****JP")),
    ),
    # prior placement
    ("SIT38", D(L("D2740", ["3"], pros="R")), D(L("D2740", ["3"], pros="R", after=["DTP*441*D8*20150203"]))),
    # prior placement after service
    (
        "DEN06",
        D(L("D2740", ["3"], pros="R", after=["DTP*441*D8*20260203"])),
        D(L("D2740", ["3"], pros="R", after=["DTP*441*D8*20190203"])),
    ),
    # initial with prior date
    ("SIT39", D(L("D2740", ["3"], pros="I", after=["DTP*441*D8*20190203"])), D(L("D2740", ["3"], pros="I"))),
    # ortho months
    (
        "DEN05",
        D(L("D8080"), claim=("DTP*452*D8*20260105", "DN1*18*24")),
        D(L("D8080"), claim=("DTP*452*D8*20260105", "DN1*24*18")),
    ),
    # ortho missing
    ("SIT40", D(L("D8080")), D(L("D8670"), claim=("DTP*452*D8*20250105", "DN1*24*12"))),
    # ortho appliance after service
    (
        "DEN06",
        D(L("D8670"), claim=("DTP*452*D8*20260205", "DN1*24*12")),
        D(L("D8670"), claim=("DTP*452*D8*20251205", "DN1*24*12")),
    ),
    # dup
    ("CLM06", D(L("D0140"), L("D0140", charge=50)), D(L("D0140"), L("D0220"))),
    # dup tooth
    (
        "CLM06",
        D(L("D2740", ["3"], pros="I"), L("D2740", ["3"], pros="I")),
        D(L("D2740", ["3"], pros="I"), L("D2740", ["4"], pros="I")),
    ),
    # dup day
    (
        "CLM06",
        D(L("D1110", day_="20260112"), L("D1110", day_="20260112"), day=""),
        D(L("D1110", day_="20250612"), L("D1110", day_="20260112"), day=""),
    ),
    # total
    ("CLM02", D(L("D0140"), L("D0274"), total=150), D(L("D0140"), L("D0274"))),
    # npi
    ("CLM03", D(L("D0140"), npi="1234567890"), D(L("D0140"))),
    # rendering npi
    (
        "CLM03",
        D(L("D0140"), providers=("NM1*82*1*POE*KIM****XX*1245319590", "PRV*PE*PXC*1223G0001X")),
        D(L("D0140"), providers=("NM1*82*1*POE*KIM****XX*1245319599", "PRV*PE*PXC*1223G0001X")),
    ),
    # taxonomy
    (
        "CLM24",
        D(L("D0140"), providers=("NM1*82*1*POE*KIM****XX*1245319599", "PRV*PE*PXC*1223G00019")),
        D(L("D0140"), providers=("NM1*82*1*POE*KIM****XX*1245319599", "PRV*PE*PXC*1223P0221X")),
    ),
    # future date
    ("CLM10", D(L("D0140"), day="20260512"), D(L("D0140"), day="20260228")),
    # before birth
    ("CLM11", D(L("D0140"), born="20260301"), D(L("D0140"), born="20200301")),
    # place
    ("CLM44", D(L("D0140"), place="98"), D(L("D0140"), place="22")),
    # line place
    ("CLM44", D(L("D0140", place="35")), D(L("D0140", place="31"))),
    # dx invalid
    ("ICD01", D(L("D2392", ["3-MO"], points="1"), dx="K028"), D(L("D2392", ["3-MO"], points="1"), dx="K029")),
    # pointer beyond
    (
        "CLM01",
        D(L("D2392", ["3-MO"], points="2"), dx="K0262"),
        D(L("D2392", ["3-MO"], points="1:2"), dx="K0262 K0253"),
    ),
    # negative charge
    ("CLM16", D(L("D0140", charge=-5)), D(L("D0140"), L("D0220", charge=0))),
    # unlisted
    ("CLM42", D(L("D2999", ["3"])), D(L("D2999", ["3"], desc="REPAIR OF RESTORATION"))),
    # units with tooth
    ("DEN03", D(L("D7140", ["3"], units=2)), D(L("D0230", units=2))),
    # medical code
    ("CLM41", D(L("99213")), D(L("D0140"))),
    # modifier repeated
    ("CLM38", D(L("D0140", mods=("76", "76"))), D(L("D0140", mods=("76",)))),
    # accident
    ("CLM36", D(L("D0140"), clm="**OA"), D(L("D0140"), clm="**OA", claim=("DTP*439*D8*20260110",))),
    # accident after
    (
        "CLM66",
        D(L("D0140"), clm="**OA", claim=("DTP*439*D8*20260210",)),
        D(L("D0140"), clm="**OA", claim=("DTP*439*D8*20260112",)),
    ),
    # auto no state
    (
        "CLM35",
        D(L("D0140"), clm="**AA", claim=("DTP*439*D8*20260110",)),
        D(L("D0140"), clm="**AA:::NY", claim=("DTP*439*D8*20260110",)),
    ),
)
