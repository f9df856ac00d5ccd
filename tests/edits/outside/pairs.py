"""Claims in pairs: one with a fault and its neighbor without, of the same shape.

Each row names the rules that answer for the fault. Written from what the edits promise, not from how they are built:
other codes, other types of bill, lines of several days, practitioners of a claim and of its lines.
"""

from __future__ import annotations

from tests.edits.outside.scenes import (
    AIR,
    CLIA,
    OPERATED,
    ORDERED,
    REFERRED,
    RIDE,
    THIRD_NPI,
    A,
    B,
    H,
    L,
    P,
    after_first,
    drug,
    minutes,
    rendered,
    room,
    stay,
    value,
)
from tests.edits.outside.texts import AGREED

__all__ = ["PAIRS"]

SEC, SEC4 = after_first(60), after_first(3960)

PAIRS = (
    # pair 0 with 59
    ("NCCI01", P("K5730", L("45380"), L("45378", "59")), P("K5730", L("45380"), L("45378", day="20260113"))),
    # pair 1 none
    ("NCCI01", P("L97512", L("11042"), L("97597")), P("L97512", L("11042"), L("97597", "XS"))),
    # pair same NPI other name/taxonomy
    (
        "NCCI01",
        P(
            "L97512",
            L("11042", after=rendered(AGREED, "POE", "207Q00000X")),
            L("97597", after=rendered(AGREED, "POLE", "213E00000X")),
        ),
        P("L97512", L("11042", after=rendered(AGREED)), L("97597", after=rendered(THIRD_NPI))),
    ),
    # pair claim-level and line-level rendering
    (
        "NCCI01",
        P("L97512", L("11042"), L("97597", after=rendered(AGREED)), providers=rendered(AGREED)),
        P("L97512", L("11042"), L("97597", after=rendered(THIRD_NPI)), providers=rendered(AGREED)),
    ),
    # pair span meets last day
    (
        "NCCI01",
        P("L97512", L("97597", day="20260110-20260112", units=3), L("11042", day="20260112")),
        P("L97512", L("97597", day="20260110-20260112", units=3), L("11042", day="20260113")),
    ),
    # pair modifier of no use
    ("NCCI01", P("L97512", L("11042", "51"), L("97597", "GP")), P("L97512", L("11042"), L("97597", "79"))),
    # pair 85x facility both
    (
        "NCCI01",
        H("L97512", L("11042", revenue="0450"), L("97597", revenue="0360"), bill="851"),
        H("L97512", L("11042", revenue="0450"), L("97597", revenue="0975"), bill="851"),
    ),
    # pair 85x professional both
    (
        "NCCI01",
        H("L97512", L("11042", revenue="0964"), L("97597", revenue="0987"), bill="851"),
        H("L97512", L("11042", revenue="0964"), L("97597", revenue="0360"), bill="851"),
    ),
    # pair facility, renderers differ
    (
        "NCCI01",
        H(
            "L97512",
            L("11042", revenue="0360", after=rendered(AGREED)),
            L("97597", revenue="0361", after=rendered(THIRD_NPI)),
            providers=(OPERATED,),
        ),
        H(
            "L97512",
            L("11042", revenue="0360", after=rendered(AGREED)),
            L("97597", "59", revenue="0361", after=rendered(THIRD_NPI)),
            providers=(OPERATED,),
        ),
    ),
    # pair E/M with 22
    ("NCCI01", P("M1711", L("20610"), L("99213", "22")), P("M1711", L("20610"), L("99213", "25"))),
    # pair deleted later
    ("NCCI01", P("M1711", L("29881", "22"), L("29870")), P("M1711", L("29881"), L("29875"))),
    # MUE 1 line
    (
        "NCCI02",
        P("E119", L("A6250", units=4), providers=(REFERRED,)),
        P("E119", L("A6250", units=2), L("A6250", "76", units=2), providers=(REFERRED,)),
    ),
    # MUE 2 two lines
    (
        "NCCI02",
        P("E119", L("82962", units=2), L("82962", "91", units=2), claim=(CLIA,)),
        P("E119", L("82962", units=2), L("82962", units=2, day="20260113"), claim=(CLIA,)),
    ),
    # MUE supplier 3
    (
        "NCCI02",
        P("E119", L("A4259", "KX", "NU", units=4), place="12", providers=(REFERRED,)),
        P("E119", L("A4259", "KX", "NU", units=2), place="12", providers=(REFERRED,)),
    ),
    # MUE span
    (
        "NCCI02",
        P("M5450", L("97110", "GP", day="20260110-20260112", units=30)),
        P("M5450", L("97110", "GP", day="20260110-20260112", units=24)),
    ),
    # MUE outpatient
    ("NCCI02", H("I10", L("94640", revenue="0412", units=5)), P("I10", L("94640", units=2))),
    # addon alone
    ("NCCI03", P("J9601", L("99292")), P("J9601", L("99291"), L("99292"))),
    # addon primary other practitioner
    (
        "NCCI03",
        P("M4807", L("22612", after=rendered(AGREED)), L("22614", after=rendered(THIRD_NPI))),
        P("M4807", L("22612", after=rendered(AGREED)), L("22614", after=rendered(AGREED, "POOLE"))),
    ),
    # addon chain
    ("NCCI03", P("M4726", L("64494"), L("64495")), P("M4726", L("64493"), L("64494"), L("64495"))),
    # addon 85x two days before
    (
        "NCCI03",
        H(
            "M4726",
            L("64493", revenue="0360", day="20260110"),
            L("64494", revenue="0360"),
            bill="851",
            dates="20260110-20260112",
            providers=(OPERATED,),
        ),
        H(
            "M4726",
            L("64493", revenue="0360", day="20260111"),
            L("64494", revenue="0360"),
            bill="851",
            dates="20260111-20260112",
            providers=(OPERATED,),
        ),
    ),
    # addon primary after
    (
        "NCCI03",
        P("M4726", L("64493", day="20260113"), L("64494", day="20260112")),
        P("M4726", L("64493", day="20260112"), L("64494", day="20260112")),
    ),
    # dup charge differs
    (
        "CLM06",
        P("E119", L("99213", charge=100), L("99213", charge=50)),
        P(
            "E119",
            L("99213", charge=100, after=rendered(AGREED)),
            L("99213", charge=50, after=rendered(THIRD_NPI)),
        ),
    ),
    # dup drug
    (
        "CLM06",
        P(
            "E119",
            L("J3490", description="BUPIVACAINE", after=drug("00409116218")),
            L("J3490", description="BUPIVACAINE", after=drug("00409116218")),
        ),
        P(
            "E119",
            L("J3490", description="BUPIVACAINE", after=drug("00409116218")),
            L("J3490", description="KETAMINE", after=drug("00409205105")),
        ),
    ),
    # dup place default
    ("CLM06", P("E119", L("99213", place="11"), L("99213")), P("E119", L("99213", place="12"), L("99213"))),
    # dup hospital
    (
        "CLM06",
        H("E119", L("36415", revenue="0300"), L("36415", revenue="0300", charge=9)),
        H("E119", L("36415", revenue="0300"), L("36415", revenue="0510")),
    ),
    # dup ambulance
    (
        "CLM06",
        P("R079", L("A0428", "RH"), L("A0428", "RH"), L("A0425", "RH", units=9), **RIDE),
        P(
            "R079",
            L("A0428", "RH"),
            L("A0428", "HR"),
            L("A0425", "RH", units=9),
            L("A0425", "HR", units=9),
            **RIDE,
        ),
    ),
    # dup span
    (
        "CLM06",
        P("E119", L("G0299", day="20260110-20260112", units=3), L("G0299", day="20260111")),
        P("E119", L("G0299", day="20260110-20260112", units=3), L("G0299", day="20260113")),
    ),
    # status 41 on hospital outpatient
    (
        "CLM34",
        H("I5020", L("G0463"), status="41"),
        H(
            "C3491",
            L("Q5001", revenue="0651", unit="UN", units=24),
            bill="811",
            status="41",
            dates="20260112-20260112",
            admission="20260112",
            hour="",
        ),
    ),
    # status 09 stay
    ("MCE16", H("I5020", room(), **stay(), status="09", **A), H("I5020", L("G0463"), status="09", **A)),
    # status 30 on discharged
    (
        "CLM28",
        H("I5020", room(5), **stay(), status="30"),
        H("I5020", room(5), **{**stay(), "bill": "112"}, status="30", hour=""),
    ),
    # status 20 outpatient
    ("MCE16", H("I5020", room(), **stay(), status="42"), H("I5020", L("G0463"), status="20")),
    # timely medicare
    ("CLM13", P("E119", L("99213", day="20241210"), **B), P("E119", L("99213", day="20250402"), **B)),
    # timely inst
    (
        "CLM13",
        H("I5020", L("G0463", day="20250115"), dates="20250115-20250115", **A),
        H(
            "I5020",
            L("G0463", day="20250115"),
            dates="20250115-20250115",
            bill="137",
            claim=("REF*F8*12345678901234",),
            informed=("HI*BG:D9",),
            **A,
        ),
    ),
    # 01996 minutes
    ("CLM77", P("G8918", L("01996", **minutes(30)), **B), P("G8918", L("01996", units=1), **B)),
    # AA QK
    (
        "MOD01",
        P("K3580", L("00840", "AA", "QK", **minutes(60)), **B),
        P("K3580", L("00840", "QK", **minutes(60)), **B),
    ),
    # P3 on visit
    ("MOD03", P("K3580", L("99213", "P3")), P("K3580", L("00142", "P3", "AA", **minutes(30)))),
    # anesthesia only 23
    (
        "MOD04",
        P("K3580", L("00914", "23", "P3", **minutes(40)), **B),
        P("K3580", L("00914", "QY", "P3", **minutes(40)), **B),
    ),
    # QX QY
    (
        "MOD01",
        P("K3580", L("01402", "QX", "QY", **minutes(90)), **B),
        P("K3580", L("01402", "QX", **minutes(90)), **B),
    ),
    # G9 no QS
    (
        "MOD01",
        P("K3580", L("00914", "AA", "G9", "P2", "P3", **minutes(40)), **B),
        P("K3580", L("00914", "AA", "G9", **minutes(40)), **B),
    ),
    # 01967 units
    (
        "CLM43",
        P("O80 Z370 Z3A39", L("01967", "AA", units=4), born="19980304"),
        P("O80 Z370 Z3A39", L("01967", "AA", **minutes(240)), born="19980304"),
    ),
    # unlisted
    ("CLM42", P("G5601", L("64999")), P("G5601", L("64999", description="INJECTION NEURAL"))),
    # unclassified drug
    ("CLM42", P("E119", L("J3590")), P("C3491", L("J9299", "JZ", units=240), L("J9271", "JZ", units=200))),
    # misc DME
    (
        "CLM42",
        P("G4733", L("E1399", "NU"), providers=(REFERRED,)),
        P("G4733", L("E0199", "NU"), providers=(REFERRED,)),
    ),
    # unlisted hospital
    (
        "CLM42",
        H("K3580", L("44899", revenue="0360"), providers=(OPERATED,)),
        H("K3580", L("44899", revenue="0360", description="OPEN REPAIR"), providers=(OPERATED,)),
    ),
    # 92523 GP
    ("MOD08", P("F802", L("92523", "GP"), born="20200304"), P("F802", L("92523", "GN"), born="20200304")),
    # CQ with GO
    ("MOD01 MOD02", P("M5450", L("97110", "GO", "CQ"), **B), P("M5450", L("97110", "GO", "CO"), **B)),
    # 0430 with GP
    (
        "MOD08",
        H("M5450", L("97110", "GP", revenue="0430"), bill="231", **A),
        H("M5450", L("97110", "GO", revenue="0430"), bill="231", **A),
    ),
    # 0440 with GP
    (
        "MOD08",
        H("R1310", L("92526", "GP", revenue="0440"), bill="751", **A),
        H("R1310", L("92526", "GN", revenue="0440"), bill="751", **A),
    ),
    # therapy no modifier 85x
    (
        "MOD04",
        H("M5450", L("97140", revenue="0420"), bill="851", **A),
        H("M5450", L("97140", "GP", revenue="0420"), bill="851", **A),
    ),
    # 97168 no GO
    ("MOD04", P("M5450", L("97168"), **B), P("M5450", L("97168", "GO", "KX"), **B)),
    # origin X
    (
        "AMB01 CLM37",
        P("R079", L("A0428", "XH"), L("A0425", "XH", units=9), **RIDE),
        P("R079", L("A0428", "RX"), L("A0425", "RX", units=9), **RIDE),
    ),
    # mileage alone
    (
        "AMB02",
        P("R079", L("A0425", "RH", units=9), **RIDE),
        P("R079", L("A0427", "RH"), L("A0425", "RH", units=9), **RIDE),
    ),
    # hospital ambulance QM QN
    (
        "MOD01",
        H(
            "R079",
            L("A0429", "RH", "QM", "QN", revenue="0540"),
            L("A0425", "RH", "QM", "QN", revenue="0540", units=9),
            informed=value(("A0", "12207")),
            **A,
        ),
        H(
            "R079",
            L("A0429", "RH", "QN", revenue="0540"),
            L("A0425", "RH", "QN", revenue="0540", units=9),
            informed=value(("A0", "12207")),
            **A,
        ),
    ),
    # air mileage with ground
    (
        "AMB02",
        P("R079", L("A0433", "SH"), L("A0436", "SH", units=9), **RIDE),
        P("R079", L("A0433", "SH"), L("A0425", "SH", units=9), **RIDE),
    ),
    # trip differs
    (
        "AMB02",
        P("R079", L("A0429", "RH"), L("A0425", "HR", units=9), **RIDE),
        P("R079", L("A0429", "NH"), L("A0425", "NH", units=9), **RIDE),
    ),
    # base none air
    (
        "AMB01",
        P("R079", L("A0430"), L("A0435", units=40), **AIR),
        P("R079", L("A0430", "HH"), L("A0435", "HH", units=40), **AIR),
    ),
    # RR NU
    (
        "MOD01",
        P("J449", L("E1390", "RR", "NU"), providers=(REFERRED,), **B),
        P("J449", L("E1390", "RR", "KX"), providers=(REFERRED,), **B),
    ),
    # K0 K3
    (
        "MOD01",
        P("Z89511", L("L5856", "K0", "K3", "RT", "NU"), providers=(REFERRED,)),
        P("Z89511", L("L5856", "K3", "RT"), providers=(REFERRED,)),
    ),
    # KX KS
    (
        "MOD01",
        P("E119", L("A4253", "NU", "KX", "KS"), providers=(REFERRED,), **B),
        P("E119", L("A4253", "NU", "KS"), providers=(REFERRED,), **B),
    ),
    # E0143 bare
    (
        "MOD04",
        P("R2689", L("E0143"), providers=(REFERRED,), place="12", **B),
        P("R2689", L("E0143", "NU"), providers=(REFERRED,), place="12", **B),
    ),
    # KH with UE
    (
        "MOD02",
        P("G4733", L("E0601", "UE", "KH"), providers=(REFERRED,), **B),
        P("G4733", L("E0601", "RR", "KH"), providers=(REFERRED,), **B),
    ),
    # GA GZ
    (
        "MOD01",
        P("E119", L("80061", "GA", "GZ"), claim=(CLIA,), providers=(REFERRED,), **B),
        P("E119", L("80061", "GA"), claim=(CLIA,), providers=(REFERRED,), **B),
    ),
    # GY GZ
    ("MOD01", P("E119", L("99213", "GY", "GZ"), **B), P("E119", L("99213", "GY"), **B)),
    # GV GW
    (
        "MOD01",
        P("E119", L("99213", "GV", "GW", before=["CRC*70*N*65"]), **B),
        P("E119", L("99213", "GW", before=["CRC*70*N*65"]), **B),
    ),
    # 27447 RT left dx
    ("MOD05", P("M1712", L("27447", "RT")), P("M1711", L("27447", "RT"))),
    # E2 right dx
    ("MOD05", P("H00012", L("67840", "E2")), P("H00012", L("67840", "E4"))),
    # F1 right index
    ("MOD05", P("S62630A", L("26750", "F1")), P("S62630A", L("26750", "F6"))),
    # T1 right lesser toe
    ("MOD05", P("S92511A", L("28510", "T1")), P("S92511A", L("28510", "T6"))),
    # LT with F5
    ("MOD01", P("S61001A", L("12001", "LT", "F5")), P("S61011A", L("12001", "F5"))),
    # 50 two units
    ("CLM83", P("M170", L("20610", "50", units=2)), P("M170", L("20610", "50", units=1))),
    # hospital LT right dx
    (
        "MOD05",
        H("S83241A", L("29881", "LT", revenue="0360"), providers=(OPERATED,)),
        H("S83242A", L("29881", "LT", revenue="0360"), providers=(OPERATED,)),
    ),
    # 50 and E1
    ("CLM40", P("H02403", L("67904", "50", "E1")), P("H02403", L("67904", "50"))),
    # PO PN
    ("MOD01", H("E119", L("G0463", "PO", "PN")), H("E119", L("G0463", "PO"))),
    # JW JZ line
    ("MOD01 MOD07", P("M810", L("J0897", "JW", "JZ", units=60)), P("M810", L("J0897", "JZ", units=60))),
    # JW alone
    (
        "MOD07",
        P("M810", L("J0897", "JW", units=10)),
        P("M810", L("J0897", units=50), L("J0897", "JW", units=10)),
    ),
    # hospital JW with JZ
    (
        "MOD07",
        H("M810", L("J0897", "JZ", units=50), L("J0897", "JW", units=10)),
        H("M810", L("J0897", units=50), L("J0897", "JW", units=10)),
    ),
    # 95 place 11
    ("MOD06", P("F329", L("90832", "95"), place="11", **B), P("F329", L("90832", "95"), place="10", **B)),
    # 93 95
    ("MOD01", P("F329", L("90832", "93", "95"), place="10"), P("F329", L("90832", "93"), place="02")),
    # GQ 11
    ("MOD06", P("F329", L("99213", "GQ"), place="22", **B), P("F329", L("99213", "GQ"), place="02", **B)),
    # unspecified knee with side known
    ("ICD14", P("M25569 M25562", L("99213", points="1:2")), P("M25561 M25562", L("99213", points="1:2"))),
    # I10 N18
    ("ICD17", P("I10 N1831", L("99213", points="1:2")), P("I129 N1831", L("99213", points="1:2"))),
    # I11 N18
    (
        "ICD17",
        P("I110 I5022 N184", L("99213", points="1:2:3")),
        P("I130 I5022 N184", L("99213", points="1:2:3")),
    ),
    # E119 N18
    ("ICD18", H("E119 N184", L("G0463"), **A), H("E1122 N184", L("G0463"), **A)),
    # E10.9 gangrene
    ("ICD18", P("E109 I96", L("99213", points="1:2")), P("E1052", L("99213"))),
    # Z51.11 second
    ("ICD19", P("C50911 Z5111", L("96413", points="1:2")), P("Z5111 C50911", L("96413", points="1:2"))),
    # Z88.0 first
    ("ICD21", P("Z880 J029", L("99213")), P("J029 Z880", L("99213", points="1:2"))),
    # W19 principal
    (
        "ICD06",
        H("W19XXXA S0990XA", L("G0463"), reason="S0990XA"),
        H("S0990XA W19XXXA", L("G0463"), reason="S0990XA"),
    ),
    # stay no outcome
    (
        "ICD08",
        H("O80", room(2), **stay("20260112-20260114"), born="19980304", admitting="O80"),
        H("O80 Z370 Z3A39", room(2), **stay("20260112-20260114"), born="19980304", admitting="O80"),
    ),
    # manifestation first
    ("ICD05", P("G63 E531", L("99213")), P("E531 G63", L("99213", points="1:2"))),
    # excludes1
    ("ICD02", P("E109 E119", L("99213", points="1:2")), P("E119 E785", L("99213", points="1:2"))),
    # supplementary principal outpatient
    (
        "ICD10 ICD20",
        H("Z3A39 O4703", L("G0463"), born="19980304"),
        H("O471 Z3A39", L("G0463"), born="19980304"),
    ),
    # MSP stay no value code
    (
        "MSP01",
        H("I5020", room(1), room(3), **stay(), **A, **SEC4),
        H(
            "I5020",
            room(1),
            room(3),
            **stay(),
            **A,
            **SEC4,
            informed=("HI*BH:18:D8:20100101", *value(("12", 40))),
        ),
    ),
    # MSP 12 under 65
    (
        "MSP03",
        H("I5020", L("G0463"), **A, **SEC, born="19750304", informed=value(("12", 40))),
        H("I5020", L("G0463"), **A, **SEC, born="19750304", informed=value(("43", 40))),
    ),
    # G0379 alone
    (
        "OBS01",
        H("R079", L("G0379", revenue="0762"), **A),
        H("R079", L("G0379", revenue="0762"), L("G0378", revenue="0762", units=20), **A),
    ),
    # G0378 revenue
    (
        "OBS03",
        H("R079", L("G0378", revenue="0510", units=20), **A),
        H("R079", L("G0378", revenue="0762", units=30), dates="20260112-20260114", **A),
    ),
    # 80 wrong
    (
        "DAY01",
        H("I5020", room(), **stay(), **A, informed=value(("80", 3))),
        H("I5020", room(), **stay(), **A, informed=value(("80", 4))),
    ),
    # 80 81
    (
        "DAY01",
        H("I5020", room(), **stay(), **A, informed=value(("80", 3), ("81", 2))),
        H("I5020", room(), **stay(), **A, informed=value(("80", 3), ("81", 1))),
    ),
    # 82 over 80
    (
        "DAY03",
        H("I5020", room(), **stay(), **A, informed=value(("80", 4), ("82", 5))),
        H("I5020", room(), **stay(), **A, informed=value(("80", 4), ("82", 2))),
    ),
    # ICU room sum
    ("DAY02", H("I5020", room(3, "0200"), room(2), **stay()), H("I5020", room(3, "0200"), room(1), **stay())),
    # same day stay
    (
        "DAY01 DAY02",
        H("I5020", room(2), **stay("20260112-20260112"), **A, informed=value(("80", 2))),
        H("I5020", room(1), **stay("20260112-20260112"), **A, informed=value(("80", 1))),
    ),
    # SNF interim
    (
        "DAY02",
        H(
            "S72141D",
            room(30, "0120"),
            bill="212",
            dates="20260101-20260131",
            admission="20260101",
            status="30",
            hour="",
        ),
        H(
            "S72141D",
            room(31, "0120"),
            bill="212",
            dates="20260101-20260131",
            admission="20260101",
            status="30",
            hour="",
        ),
    ),
    # type 4 aged 2
    (
        "NBN02",
        H("J189", room(), **stay(), type="4", source="5", born="20240112"),
        H("J189", room(), **stay(), type="1", source="1", born="20240112"),
    ),
    # Z38 adult
    (
        "NBN01",
        H("Z3800", room(), **stay(), type="1", source="1", born="20260112"),
        H("Z3801", room(), **stay(), type="4", source="6", born="20260112"),
    ),
    # source 5 no Z38
    (
        "NBN01",
        H("Z3800", room(), **stay(), type="4", source="1", born="20260112"),
        H("Z3800", room(), **stay(), type="4", source="5", born="20260112"),
    ),
    # CLIA none
    (
        "CLM56",
        P("D649", L("85025"), providers=(REFERRED,), **B),
        P("D649", L("85025", "QW"), providers=(REFERRED,), claim=(CLIA,), **B),
    ),
    # CLIA malformed
    (
        "CLM25",
        P("D649", L("85025"), providers=(REFERRED,), claim=("REF*X4*3301234567",), **B),
        P("D649", L("85025", after=["REF*X4*33D7654321"]), providers=(REFERRED,), **B),
    ),
    # DME no order
    (
        "ORD01",
        P("R2689", L("E0143", "NU"), place="12", **B),
        P("R2689", L("E0143", "NU", after=[ORDERED]), place="12", **B),
    ),
    # lab no order
    (
        "ORD01",
        P("E119", L("80053"), claim=(CLIA,), **B),
        P("E119", L("80053"), claim=(CLIA,), providers=(REFERRED,), **B),
    ),
    # mammogram no EW
    (
        "CLM57",
        P("Z1231", L("77067"), providers=(REFERRED,), **B),
        P("Z1231", L("77067"), providers=(REFERRED,), claim=("REF*EW*123456",), **B),
    ),
    # vaccine
    ("VAX01", P("Z23", L("G0009"), L("90656"), **B), P("Z23", L("G0009"), L("90677"), **B)),
    # chiro AT
    (
        "MOD04",
        P("M9903", L("98941"), claim=("DTP*454*D8*20260105",), **B),
        P("M9903", L("98941", "AT"), claim=("DTP*454*D8*20260105",), **B),
    ),
)
