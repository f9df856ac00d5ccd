"""Sixty faulty claims and sixty clean ones beside them, of the same families as the others, with other facts.

Written by the official rules alone: the manuals of Medicare, the coding guidelines and the outpatient editor's edits.
"""

from __future__ import annotations

from tests.edits.outside.scenes import (
    BORN,
    CLIA,
    HOSPICE,
    ORDERED,
    OTHER,
    REFERRED,
    RIDE,
    STAY,
    TIMED,
    A,
    B,
    H,
    L,
    P,
    room,
    value,
)

__all__ = ["THIRD"]

THIRD: tuple[tuple[str, str, str], ...] = (
    # pairs, units and add-on codes
    ("NCCI01", P("K219", L("43239"), L("43235", "59")), P("K219", L("43239"), L("43235", day="20260113"))),
    ("NCCI01", P("M5416", L("97530", "GP"), L("97116", "GP"), **B), P("M5416", L("97530", "GP"), L("97116", "GP", "59"), **B)),
    ("NCCI01", P("M5416", L("97116", "GP"), L("97530", "GP", "CQ", after=[OTHER]), providers=(OTHER,)), P("M5416", L("97116", "GP"), L("97530", "GP", "CQ", after=[OTHER]))),
    ("NCCI01", H("N6310", L("77067", revenue="0403"), L("77065", revenue="0401")), H("N6310", L("77067", revenue="0403"), L("77065", "RT", "XU", revenue="0401"))),
    ("NCCI01", H("K219", L("43239", revenue="0750", day="20260112"), L("43235", "XE", revenue="0750")), H("K219", L("43239", revenue="0750", day="20260112"), L("43235", revenue="0750", day="20260114"), dates="20260112-20260114")),
    ("NCCI02", P("E860", L("96365"), L("96365", "76")), P("E860", L("96365"), L("96365", "76", after=[OTHER]))),
    ("NCCI02", P("Z1231", L("77067", units=2), claim=("REF*EW*123456",), providers=(REFERRED,)), P("Z1231", L("77067"), claim=("REF*EW*123456",), providers=(REFERRED,))),
    ("NCCI02", H("E860", L("96365", revenue="0260", units=3)), H("E860", L("96365", revenue="0260", units=2))),
    ("NCCI02", P("G4733", L("A7030", "NU", units=2), place="12", providers=(REFERRED,)), P("G4733", L("A7030", "NU"), place="12", providers=(REFERRED,))),
    ("NCCI03", P("L97512", L("11042", after=[OTHER]), L("11045")), P("L97512", L("11042"), L("11045", units=2))),
    ("NCCI03", P("E860", L("96375"), L("96361")), P("E860", L("96365"), L("96361"))),
    ("NCCI03", H("E860", L("96361", revenue="0260"), bill="851"), H("E860", L("96365", revenue="0260"), L("96361", revenue="0260"), bill="851")),
    # duplicates
    ("CLM06", P("J4520", L("94640", charge=40), L("94640", charge=60)), P("J4520", L("94640"), L("94640", "76"))),
    ("CLM06", H("J4520", L("94640", revenue="0410"), L("94640", revenue="0410", units=2)), H("J4520", L("94640", revenue="0410"), L("94640", "76", revenue="0410", units=2))),
    ("CLM06", P("M5416", L("97140", "GP", day="20260112-20260115", units=4), L("97140", "GP", day="20260115")), P("M5416", L("97140", "GP", day="20260112-20260115", units=4), L("97140", "GP", day="20260116"))),
    # therapy
    ("MOD04", P("M5416", L("97035"), **B), P("M5416", L("97035", "GP"), **B)),
    ("MOD08", P("M5416", L("97163", "GO"), **B), P("M5416", L("97163", "GP"), **B)),
    ("MOD08", P("M5416", L("97168", "GP"), **B), P("M5416", L("97168", "GO"), **B)),
    ("MOD08", P("R471", L("92522", "GO"), **B), P("R471", L("92522", "GN"), **B)),
    ("MOD01 MOD02", P("M5416", L("97140", "GO", "CQ"), **B), P("M5416", L("97140", "GO", "CO"), **B)),
    ("MOD01 MOD02", P("M5416", L("97140", "GP", "CQ", "CO"), **B), P("M5416", L("97140", "GP", "CQ"), **B)),
    # ambulance
    ("AMB01 CLM37", P("R079", L("A0428", "XR"), L("A0425", "XR", units=9), **RIDE), P("R079", L("A0428", "RX"), L("A0425", "RX", units=9), **RIDE)),
    ("AMB01", P("R079", L("A0427", "QM"), L("A0425", "SH", units=9), **RIDE), P("R079", L("A0427", "SH", "QN"), L("A0425", "SH", units=9), **RIDE)),
    ("AMB02", P("R079", L("A0429", "SH"), L("A0436", "SH", units=9), **RIDE), P("R079", L("A0429", "SH"), L("A0425", "SH", units=9), **RIDE)),
    ("AMB02", P("R079", L("A0433", "HH"), L("A0425", "RH", units=20), **RIDE), P("R079", L("A0433", "HH"), L("A0425", "HH", units=20), **RIDE)),
    # equipment, anesthesia
    ("MOD04", P("R2689", L("E0143", after=[ORDERED]), place="12", **B), P("R2689", L("E0143", "UE", after=[ORDERED]), place="12", **B)),
    ("MOD01", P("R2689", L("K0001", "RR", "NU", after=[ORDERED]), place="12", **B), P("R2689", L("K0001", "RR", "KH", after=[ORDERED]), place="12", **B)),
    ("MOD01", P("R2689", L("E0260", "RR", "KI", "KJ", after=[ORDERED]), place="12", **B), P("R2689", L("E0260", "RR", "KI", after=[ORDERED]), place="12", **B)),
    ("ORD01", P("R2689", L("E0260", "RR", "KI"), place="12", **B), P("R2689", L("E0260", "RR", "KI"), place="12", providers=(REFERRED,), **B)),
    ("MOD04", P("S78111A", L("L5980", "RT"), providers=(REFERRED,), **B), P("S78111A", L("L5980", "RT", "K3"), providers=(REFERRED,), **B)),
    ("MOD02 MOD04", P("H2511", L("00142", "QS", **TIMED), **B), P("H2511", L("00142", "QZ", "QS", **TIMED), **B)),
    ("MOD01", P("H2511", L("00142", "AA", "QK", **TIMED), **B), P("H2511", L("00142", "QK", **TIMED), **B)),
    ("MOD01", P("H2511", L("00142", "QX", "QY", **TIMED), **B), P("H2511", L("00142", "QY", "P3", **TIMED), **B)),
    ("CLM77", P("G8918", L("01996", unit="MJ", units=60)), P("G8918", L("01996"))),
    # notices, hospice, drugs
    ("MOD01", P("E119", L("99213", "GA", "GZ"), **B), P("E119", L("99213", "GZ"), **B)),
    ("MOD01", P("C3491", L("99213", "GV", "GW", before=HOSPICE), **B), P("C3491", L("99213", "GW", before=HOSPICE), **B)),
    ("MOD01", P("E119", L("99213", "GA", "GX"), **B), P("E119", L("99213", "GX", "GY"), **B)),
    ("MOD07", P("C3491", L("J9035", "JW", units=20), **B), P("C3491", L("J9035", units=60), L("J9035", "JW", units=20), **B)),
    ("MOD01", H("E119", L("71046", "PO", "PN", revenue="0324")), H("E119", L("71046", "PO", revenue="0324"))),
    # sides
    ("MOD05", P("G5602", L("64721", "RT")), P("G5602", L("64721", "LT"))),
    ("MOD05", P("M1711", L("27447", "LT"), place="22"), P("M1711", L("27447", "RT"), place="22")),
    ("MOD05", P("L600 S91111A", L("11730", "T2", points="2")), P("L600 S91111A", L("11730", "T5", points="2"))),
    ("MOD01", P("L600", L("11730", "TA", "T5")), P("L600", L("11730", "TA"), L("11730", "T5"))),
    ("CLM40", P("H6523", L("69436", "50", "LT"), place="24"), P("H6523", L("69436", "50"), place="24")),
    # telehealth
    ("MOD06", P("F329", L("99214", "95"), **B), P("F329", L("99214", "95"), place="10", **B)),
    ("MOD01", P("F329", L("99214", "95", "GQ"), place="02"), P("F329", L("99214", "GT"), place="02")),
    # certificates, orders, vaccines
    ("CLM56", P("E785", L("80061")), P("E785", L("80061", "QW"), claim=(CLIA,))),
    ("ORD01", P("M5416", L("72148"), **B), P("M5416", L("72148", after=[ORDERED]), **B)),
    ("VAX01", P("Z23", L("G0008"), L("90677"), **B), P("Z23", L("G0008"), L("90662"), **B)),
    ("CLM42", P("M5416", L("64999"), place="22"), P("M5416", L("64999", description="PERIPHERAL NERVE BLOCK"), place="22")),
    # diagnoses
    ("ICD17", P("I10 N1830", L("99214", points="1:2")), P("I129 N1830", L("99214", points="1:2"))),
    ("ICD18", P("E119 N184", L("99214", points="1:2")), P("E1122 N184", L("99214", points="1:2"))),
    ("ICD19", P("M170 Z025", L("99213", points="1:2")), P("Z025 M170", L("99213", points="1:2"))),
    ("ICD21", P("Z955 I2510", L("99214", points="1:2")), P("I2510 Z955", L("99214", points="1:2"))),
    ("ICD06", P("W010XXA S62101A", L("99213", points="1:2")), P("S62101A W010XXA", L("99213", points="1:2"))),
    ("ICD05", P("F0280 G309", L("99214", points="1:2")), P("G309 F0280", L("99214", points="1:2"))),
    # institutions
    ("DAY01", H("I5020", room(5), **STAY, **A, informed=value(("80", 6))), H("I5020", room(5), **STAY, **A, informed=value(("80", 5)))),
    ("DAY02", H("I5020", room(4, "0120"), room(2, "0206"), **STAY, **A), H("I5020", room(3, "0120"), room(2, "0206"), **STAY, **A)),
    ("NBN01", H("Z3801", room(5, "0171"), **{**BORN, "source": "1"}), H("Z3801", room(5, "0171"), **BORN)),
    ("OBS01", H("R079", L("G0379", revenue="0762"), **A), H("R079", L("G0379", revenue="0762"), L("G0378", revenue="0762", units=12), **A)),
)  # fmt: skip
"""The rules that answer for the fault, the faulty claim, and the clean one."""
