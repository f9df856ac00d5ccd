"""Sixty claims with one fault each, with the rule that answers for it, and sixty beside them without a fault."""

from __future__ import annotations

from tests.edits.outside.texts import AGREED, hospital, line, practice

__all__ = ["CLEAN", "FAULTY"]

POE = f"NM1*82*1*POE*KIM****XX*{AGREED}"
ROE = "NM1*82*1*ROE*ALEX****XX*1234567893"
REFERRED = "NM1*DN*1*ROE*ALEX****XX*1234567893"
TRIP = "CR1****A*DH*9"
SCENE = ("NM1*PW*2", "N3*5 ELM ST", "N4*ALBANY*NY*12207", "NM1*45*2", "N3*6 ELM ST", "N4*ALBANY*NY*12207")
B = {"filing": "MB"}
A = {"filing": "MA"}
MINUTES = {"unit": "MJ", "units": 75}
RIDE = {**B, "place": "41", "claim": (TRIP,), "providers": SCENE}
STAY = {"bill": "111", "dates": "20260112-20260116", "admission": "20260112"}
BED = line("", revenue="0120", unit="DA", units=4, charge=4000)
FIRST = (
    "SBR*P*18*******CI",
    "CAS*CO*45*60",
    "AMT*D*40",
    "OI***Y***Y",
    "NM1*IL*1*DOE*KIM****MI*X1",
    "NM1*PR*2*FIRST*****PI*FIRST",
    "DTP*573*D8*20260201",
)
AFTER = {**A, "level": "S", "providers": FIRST}
CLIA = "REF*X4*33D0123456"

FAULTY = (
    # pairs, units, add-on codes
    ("NCCI01", practice("E119", line("G0168"), line("12001"))),
    ("NCCI01", practice("E119", line("12001", "22"), line("G0168"))),
    ("NCCI01", practice("E119", line("93000"), line("93005", "59"))),
    ("NCCI01", practice("E119", line("12001"), line("G0168", "76"))),
    ("NCCI01", practice("E119", line("12001", after=[ROE]), line("G0168"))),
    ("NCCI01", practice("E119", line("12001", day="20260111-20260113"), line("G0168"))),
    ("NCCI01", hospital("E119", line("93005"), line("93000"))),
    ("NCCI01", hospital("E119", line("12001", revenue="0960"), line("G0168", revenue="0981"), bill="851")),
    ("NCCI02", practice("E119", line("G0168", units=3))),
    ("NCCI02", practice("E119", line("96372", units=4), line("96372", "76", units=4))),
    ("NCCI02", practice("E119", line("96372", day="20260112-20260113", units=16))),
    ("NCCI02", practice("E119", line("A4253", "NU", units=9), providers=(REFERRED,))),
    ("NCCI03", practice("E119", line("99213"), line("90785"))),
    ("NCCI03", practice("E119", line("90834", after=[POE]), line("90785"))),
    ("NCCI03", hospital("E119", line("90785"), bill="851")),
    # duplicates
    ("CLM06", practice("E119", line("36415"), line("36415", charge=7))),
    ("CLM06", hospital("E119", line("G0463"), line("G0463", units=2))),
    (
        "CLM06",
        practice("E119", line("97110", "GP", day="20260112-20260114"), line("97110", "GP", day="20260114")),
    ),
    # therapy
    ("MOD04", practice("M5450", line("97530"), **B)),
    ("MOD04", hospital("M5450", line("97112", revenue="0420"), **A)),
    ("MOD01", practice("M5450", line("97530", "GN", "GP"))),
    ("MOD02", practice("M5450", line("97530", "CO"))),
    ("MOD08", practice("M5450", line("97161", "GO"), **B)),
    ("MOD08", practice("M5450", line("97166", "GP"), **B)),
    ("MOD08", hospital("M5450", line("97110", "GO", revenue="0420"), **A)),
    # anesthesia, equipment, drugs, notices
    ("MOD04", practice("K3580", line("00790", **MINUTES), **B)),
    ("MOD01", practice("K3580", line("00790", "QX", "QZ", **MINUTES))),
    ("MOD01", practice("K3580", line("00790", "AA", "P1", "P4", **MINUTES))),
    ("MOD02", practice("K3580", line("00790", "QS", **MINUTES))),
    ("CLM77", practice("K3580", line("99202", unit="MJ", units=15))),
    ("MOD01", practice("G4733", line("E0601", "RR", "UE"), providers=(REFERRED,))),
    ("MOD01", practice("G4733", line("E0601", "RR", "KH", "KI"), providers=(REFERRED,))),
    ("MOD02", practice("G4733", line("E0601", "NU", "KJ"), providers=(REFERRED,))),
    ("MOD03", practice("E119", line("99214", "RR"))),
    ("MOD07", practice("E119", line("J0897", "JZ", units=50), line("J0897", "JW", units=10))),
    ("MOD01", practice("E119", line("99214", "GX", "GZ"))),
    ("MOD01", hospital("E119", line("71045", "FX", "FY", revenue="0324"))),
    # sides
    ("MOD05", practice("H02402", line("67904", "E3"))),
    ("MOD05", practice("S92405A", line("28490", "T5"))),
    ("CLM40", practice("M170", line("20610", "50", "RT"))),
    ("MOD01", practice("M1711", line("20610", "LT", "RT"))),
    ("MOD01", practice("S61012A", line("12001", "FA", "F5"))),
    # telehealth, ambulance, orders, vaccines
    ("MOD06", practice("F329", line("90834", "93"), **B)),
    ("MOD01", practice("F329", line("90834", "93", "GT"), place="10")),
    ("AMB01", practice("R079", line("A0429"), line("A0425", "RH", units=9), **RIDE)),
    ("AMB02", practice("R079", line("A0431", "SH"), line("A0425", "SH", units=9), **RIDE)),
    ("ORD01", practice("J189", line("71046"), **B)),
    ("VAX01", practice("Z23", line("G0010"), line("90662"), **B)),
    ("CLM56", practice("E119", line("83036"))),
    ("CLM42", practice("E119", line("20999"))),
    # diagnoses
    ("ICD17", practice("I10 I509", line("99214"))),
    ("ICD18", practice("E119 L97511", line("99214"))),
    ("ICD19", practice("E119 Z0000", line("99214"))),
    ("ICD21", practice("Z7984 E119", line("99214"))),
    ("ICD08", practice("O6014X0 Z3A35", line("59400"), born="19980304")),
    # institutions
    ("MSP01", hospital("I5020", line("G0463"), **AFTER)),
    ("MSP02", hospital("I5020", line("G0463"), **A, born="19700304", informed=("HI*BE:43:::75",))),
    ("OBS03", hospital("R079", line("G0378", revenue="0762", units=60), **A)),
    ("DAY02", hospital("I5020", line("", revenue="0120", unit="DA", units=6, charge=6000), **STAY)),
    ("NBN01", hospital("Z3800", BED, **STAY, type="4", source="2", born="20260112")),
)

CLEAN = (
    practice("E119", line("12001"), line("G0168", "59")),
    practice("E119", line("12001", "XU"), line("G0168")),
    practice("E119", line("12001", "LT"), line("G0168", "RT")),
    practice("E119", line("12001", after=[POE]), line("G0168", after=[ROE])),
    practice("E119", line("12001", day="20260110-20260111"), line("G0168")),
    practice("E119", line("93000"), line("93005", day="20260113")),
    hospital("E119", line("12001", revenue="0450"), line("G0168", revenue="0981"), bill="851"),
    hospital("E119", line("12001", revenue="0450"), line("G0168", "59", revenue="0450")),
    practice("E119", line("G0168", units=2)),
    practice("E119", line("96372", units=3), line("96372", "76", units=3)),
    practice("E119", line("96372", day="20260112-20260115", units=16)),
    practice("E119", line("96372", units=4), line("96372", "59", units=4, after=[POE])),
    practice("E119", line("90834"), line("90785")),
    practice("E119", line("90834", after=[POE]), line("90785", after=[POE])),
    hospital("E119", line("90785", revenue="0900")),
    hospital(
        "E119",
        line("90834", revenue="0900", day="20260112"),
        line("90785", revenue="0900", day="20260113"),
        bill="851",
        dates="20260112-20260113",
    ),
    practice("E119", line("36415"), line("36415", "91", charge=7)),
    practice("E119", line("36415"), line("36415", after=[POE])),
    practice("E119", line("97110", "GP"), line("97110", "GP", day="20260114")),
    hospital("E119", line("G0463"), line("G0463", "25")),
    practice("M5450", line("97530", "GP"), **B),
    practice("M5450", line("97530", "GP", "CQ", "KX"), **B),
    practice("M5450", line("97166", "GO"), **B),
    practice("R4701", line("92507", "GN"), **B),
    hospital("M5450", line("97112", "GP", revenue="0420"), **A),
    hospital("M5450", line("97112", "GO", revenue="0430"), **A),
    practice("K3580", line("00790", "AA", "P2", **MINUTES), **B),
    practice("K3580", line("00790", "QZ", "QS", **MINUTES), **B),
    practice("K3580", line("00790", "AD", **MINUTES), **B),
    practice("K3580", line("01996"), **B),
    practice("G4733", line("E0601", "RR", "KJ", "KX"), providers=(REFERRED,), **B),
    practice("G4733", line("E0601", "UE"), providers=(REFERRED,), **B),
    practice("S78111A", line("L5301", "RT", "K3"), providers=(REFERRED,), **B),
    practice("E119", line("J0897", "JZ", units=60), **B),
    practice("E119", line("J0897", units=50), line("J0897", "JW", units=10), **B),
    practice("E119", line("99214", "GX", "GY"), **B),
    practice("E119", line("99214", "GA"), **B),
    hospital("E119", line("71045", "FX", revenue="0324")),
    practice("H02401", line("67904", "E3")),
    practice("S92405A", line("28490", "TA")),
    practice("M170", line("20610", "50")),
    practice("M170", line("20610", "LT"), line("20610", "RT")),
    practice("S61012A", line("12001", "FA")),
    practice("F329", line("90834", "93"), place="10", **B),
    practice("F329", line("90834", "95"), place="02"),
    practice("R079", line("A0429", "RH"), line("A0425", "RH", units=9), **RIDE),
    practice("R079", line("A0431", "SH"), line("A0436", "SH", units=9), **RIDE),
    practice("J189", line("71046"), providers=(REFERRED,), **B),
    practice("J189", line("71046", "26"), place="22", **B),
    practice("Z23", line("G0010"), line("90746"), **B),
    practice("E119", line("83036"), claim=(CLIA,)),
    practice("E119", line("20999", description="REPAIR OF TENDON SHEATH")),
    practice("I110 I509", line("99214")),
    practice("E11621 L97511", line("99214")),
    practice("Z0000 E119", line("99395", points="1:2")),
    practice("E119 Z7984", line("99214")),
    practice("O6014X0 Z370 Z3A35", line("59400"), born="19980304"),
    hospital("I5020", line("G0463"), **AFTER, informed=("HI*BE:12:::40",)),
    hospital("R079", line("G0378", revenue="0762", units=20), **A),
    hospital("Z3800", BED, **STAY, type="4", source="5", born="20260112"),
)
