"""Forty-three claims with one fault and as many that look as odd but are right, written before any of them was run."""

from __future__ import annotations

from tests.edits.outside.scenes import (
    AFTER,
    CLIA,
    DME,
    OTHER,
    REFERRED,
    SELF,
    STAY,
    TIMED,
    WATCHED,
    A,
    B,
    H,
    L,
    P,
    after_first,
    drug,
    rendered,
    room,
    stay,
    value,
)

__all__ = ["SIXTH", "WITH_OTHERS"]


MOVED = ("DTP*090*D8*20260112", "DTP*091*D8*20260113")
ON_GOING = stay("20260120-20260125", admission="20260105")


def late(text: str, reason: str) -> str:
    """A claim that says why it is late."""
    assert "*Y*A*Y*Y~" in text
    return text.replace("*Y*A*Y*Y~", f"*Y*A*Y*Y{'*' * 11}{reason}~")


def without_indicator(text: str, code: str) -> str:
    """A stay with a diagnosis that does not say whether it was present on admission."""
    assert f":{code}:::::::Y" in text
    return text.replace(f":{code}:::::::Y", f":{code}")


SIXTH: tuple[tuple[str, str, str], ...] = (
    # an assistant whom Medicare does not pay, and one whom it pays
    ("PFS05", P("G5602", L("64721", "AS", "LT"), place="24", **B), P("M1712", L("27447", "AS", "LT"), place="22", **B)),
    # two surgeons of a small operation; of a spine from the front
    ("PFS06", P("G5602", L("64721", "62", "LT"), place="24", **B), P("M51360", L("22558", "62"), place="21", claim=("DTP*435*D8*20260112",), **B)),
    # a team for a knee; for a transplant of heart and lung
    ("PFS07", P("M1712", L("27447", "66", "LT"), place="22", **B), P("I2722", L("33935", "66"), place="21", claim=("DTP*435*D8*20260112",), **B)),
    # both sides of a cyst of the skin; of the carpal tunnel
    ("PFS04", P("L720", L("11400", "50"), **B), P("G5603", L("64721", "50"), place="24", **B)),
    # the operation alone of what has no care after it
    ("PFS02", P("M1711", L("20610", "54", "RT"), claim=MOVED, **B), P("M1711", L("27447", "54", "RT"), place="22", claim=MOVED, **B)),
    # an examination of prevention and a visit for an illness
    ("NCCI01", P("Z0000 I10", L("99396", points="1"), L("99213", points="2")), P("Z0000 I10", L("99396", points="1"), L("99213", "25", points="2"))),
    # each further vaccine without the first
    ("NCCI03", P("Z23", L("90472"), L("90686")), P("Z23", L("90471"), L("90472", units=2), L("90686"), L("90715"), L("90732"))),
    # a drug code of ten digits; a drug by its number at a line of two units
    ("CLM26", P("M1711", L("J1885", after=drug("0409379501"))), P("M1711", L("J1885", units=2, after=drug("00409379501")))),
    # both ears, and the right one again
    ("CLM40", P("H6523", L("69436", "50"), L("69436", "RT"), place="24"), P("H6523", L("69436", "RT"), L("69436", "LT"), place="24")),
    # a stay that ended more than a year ago; one that only began then
    ("CLM13", H("I5020", room(7), **stay("20250220-20250227"), **A), H("I5020", room(11), **stay("20250220-20250303"), **A)),
    # more than a year ago, and a reason of the payer's own for the delay
    ("CLM13", P("E119", L("99213", day="20250210"), **B), late(P("E119", L("99213", day="20250210"), **B), "8")),
    # the leave of absence of another stay; the stay before this one
    ("CLM85", H("I5020", room(5), **STAY, **A, informed=("HI*BI:74:RD8:20260120-20260121",)), H("I5020", room(5), **STAY, **A, informed=("HI*BI:71:RD8:20251220-20251224",))),
    # a diagnosis that may have been there before, or not; one that is exempt
    ("ICD16", without_indicator(H("I5020 N179", room(5), **STAY, **A), "N179"), without_indicator(H("I5020 Z794", room(5), **STAY, **A), "Z794")),
    # sent home in the middle of the bills; on the last of them
    ("CLM28", H("I5020", room(5), **{**ON_GOING, "bill": "113"}, status="01", hour="", **A), H("I5020", room(5), **{**ON_GOING, "bill": "114"}, status="01", **A)),
    # the hour of a discharge that has not been
    ("CLM29", H("I5020", room(6), **{**STAY, "bill": "112"}, status="30", **A), H("I5020", room(5), **{**ON_GOING, "bill": "114"}, status="03", **A)),
    # a working patient of fifty; a disabled one
    ("MSP03", P("E119", L("99213"), insurance="12", **B, **after_first(60), born="19750304"), P("E119", L("99213"), insurance="43", **B, **after_first(60), born="19750304")),
    # a lifetime reserve of more days than the stay
    ("DAY03", H("I5020", room(5), **STAY, **A, informed=value(("80", 5), ("83", 6))), H("I5020", room(5), **STAY, **A, informed=value(("80", 5), ("83", 3)))),
    # died in hospice care, in the words of a hospital
    ("CLM88", H("C3491", L("Q5001", revenue="0651", units=9, day="20260109"), bill="814", status="20", dates="20260101-20260109", admission="20251201", hour="", informed=(*value(("61", 35620)), "HI*BH:55:D8:20260109"), **A), H("C3491", L("Q5001", revenue="0651", units=9, day="20260109"), bill="814", status="40", dates="20260101-20260109", admission="20251201", hour="", informed=(*value(("61", 35620)), "HI*BH:55:D8:20260109"), **A)),
    # observation on the bill of a laboratory; of a critical access hospital
    ("OBS02", H("R079", L("G0378", units=20, **WATCHED), bill="141", **A), H("R079", L("99284", revenue="0450"), L("99284", revenue="0981"), L("G0378", units=20, **WATCHED), bill="851", **A)),
    # ten weeks, and the third trimester
    ("ICD22", P("O26893 Z3A10", L("99213", points="1:2"), born="19980304"), P("O26893 Z3A39", L("99213", points="1:2"), born="19980304")),
    # a neuropathy beside diabetes without it
    ("ICD18", P("E109 G629", L("99213", points="1:2")), P("E1042 G5602", L("99213", points="1:2"))),
    # a large heart beside hypertension without it
    ("ICD17", P("I10 I517", L("99213", points="1:2")), P("I119 R001", L("99213", points="1:2"))),
    # cancer of years ago before the reason to come
    ("ICD21", P("Z853 Z08", L("99213", points="1:2")), P("Z08 Z853", L("99213", points="1:2"))),
    # not to be resuscitated, as the reason of a stay
    ("ICD21", P("Z66 J189", L("99213", points="1:2")), P("J189 Z66", L("99213", points="1:2"))),
    # shoes that nobody ordered
    ("ORD01", P("E1142", L("A5500", "RT", "KX"), place="12", **B), P("E1142", L("A5500", "RT", "KX"), L("A5500", "LT", "KX"), **DME)),
    # two tests of one kit without the certificate
    ("CLM55", P("J111", L("87804", "QW"), L("87804", "QW", "59"), providers=(REFERRED,), **B), P("J111", L("87804", "QW"), L("87804", "QW", "59"), claim=(CLIA,), providers=(REFERRED,), **B)),
    # the rules are met, and a denial is expected
    ("MOD01", P("G4733", L("E0601", "RR", "KH", "KX", "GZ"), **DME), P("G4733", L("E0601", "RR", "KJ", "GA"), **DME)),
    # anesthesia by the surgeon, of anesthesia; of the operation
    ("MOD03", P("K3580", L("00790", "AA", "47", **TIMED)), P("G5602", L("64721", "47", "LT"), place="24")),
    # a finger's number on the hammer toe of the same side
    ("MOD03", P("M2041", L("28285", "F6"), place="24"), P("M2041", L("28285", "T6"), L("28285", "T7", "59"), place="24")),
    # stopped before anesthesia, by the practitioner; by the surgical center
    ("MOD11", P("K635", L("45378", "73"), place="22", **B), P("K635", L("45378", "73"), place="24", **B)),
    # an emergency department in the office
    ("CLM87", P("S61412A", L("99283"), place="11"), P("I10", L("99348"), place="13")),
    # a bill that changes another, without why; with
    ("CLM84", H("I10", L("G0463"), bill="137", claim=("REF*F8*12345678901234",), **A), H("I10", L("G0463"), bill="137", claim=("REF*F8*12345678901234",), informed=("HI*BG:D1",), **A)),
    # dialysis without the patient's weight
    ("CLM86", H("N186", L("90999", "V6", revenue="0821"), bill="721", informed=value(("A9", 170)), **A), H("N186", L("90999", "V6", revenue="0821"), bill="721", informed=value(("A8", 75), ("A9", 170)), **A)),
)  # fmt: skip
"""The rules that answer for the fault, the faulty claim, and the clean one."""

WITH_OTHERS: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    # 25 opens no global period; the visit of the surgeon that is not paid, sent for nothing
    ("HIS05", (P("M1711", L("27447", "RT", day="20251210"), place="22", number="OLD"),), P("M1711", L("99213", "25")), P("Z471 Z96651", L("99024", charge=0, points="1:2"))),
    # the day of a small operation
    ("HIS05", (P("L720", L("11400"), number="OLD"),), P("L720", L("99213"), number="NEW"), P("L720", L("99213", "25"), number="NEW")),
    # a colleague of the same specialty; of another
    ("HIS04", (P("E119", L("99214", day="20250310", after=rendered(taxonomy="207RC0000X")), number="OLD"),), P("E119", L("99204", after=[SELF, "PRV*PE*PXC*207RC0000X"])), P("E119", L("99204", after=[SELF, "PRV*PE*PXC*207Q00000X"]))),
    # seen in the hospital; only read the picture of
    ("HIS04", (P("J189", L("99232", day="20250310", place="21"), claim=("DTP*435*D8*20250308",), number="OLD"),), P("J189", L("99203")), P("J189", L("99213"))),
    # only read the picture of, then seen again
    ("HIS04", (P("J189", L("71046", "26", day="20250310", place="22"), providers=(REFERRED,), number="A"), P("J189", L("G0439", day="20250610"), number="B")), P("J189", L("99203")), P("J189", L("99203", after=[OTHER]))),
    # a screening of the bowel six years before; of a patient at high risk
    ("HIS07", (P("Z1211", L("G0121", day="20200601"), number="OLD", **B),), P("Z1211", L("G0121"), place="24", **B), P("Z1211 Z800", L("G0105", points="1:2"), place="24", **B)),
    # a first wellness visit within a year of the welcome
    ("HIS07", (P("Z0000", L("G0402", day="20250620"), number="OLD", **B),), P("Z0000", L("G0438"), **B), P("Z0000", L("G0444"), **B)),
    # column two was sent first, under another number
    ("HIS02", (P("L97512", L("97597"), number="OLD"),), P("L97512", L("11042"), number="NEW"), P("L97512", L("11042", after=[OTHER]), number="NEW")),
    # the emergency department on the way to the bed; a critical access hospital has no window
    ("HIS06", (H("I5020", room(5), **STAY, number="OLD", **A),), H("R079", L("99285", revenue="0450", day="20260105"), dates="20260105-20260105", number="NEW", **A), H("R079", L("99285", revenue="0450", day="20260105"), dates="20260105-20260105", bill="851", number="NEW", **A)),
    # the bill of a second stay with the number of the first
    ("CLM07", (H("I10", L("G0463", revenue="0510"), number="OLD", **AFTER, informed=value(("12", 40))),), H("I10", L("G0463", revenue="0510"), number="NEW", **AFTER, informed=value(("12", 40))), H("I10", L("G0463", revenue="0510", day="20260119"), dates="20260119-20260119", number="NEW", **AFTER, informed=value(("12", 40)))),
)  # fmt: skip
"""The rules that answer, the files that were sent before, then a faulty claim and a clean one."""
