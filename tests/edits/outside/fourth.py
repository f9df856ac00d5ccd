"""Claims with one fault beside claims that look as odd but are right, alone and after claims that were sent before.

Written by the manuals of Medicare and the coding guidelines before any of them was run.
"""

from __future__ import annotations

from tests.edits.outside.scenes import (
    AFTER,
    BORN,
    CLIA,
    DME,
    OTHER,
    REFERRED,
    RIDE,
    SELF,
    STAY,
    TIMED,
    WATCHED,
    A,
    B,
    H,
    L,
    P,
    room,
    value,
)

__all__ = ["FOURTH", "SENT"]

FOURTH: tuple[tuple[str, str, str], ...] = (
    # an assistant of speech therapy: there is no such modifier
    ("MOD01 MOD02", P("R1310", L("92526", "GN", "CQ"), **B), P("M5416", L("97535", "GO", "CO", "KX"), **B)),
    # KX alone names no discipline
    ("MOD04", P("M5416", L("97110", "KX"), **B), P("M5416", L("97110", "GP", "KX"), L("97110", "GO", "KX", after=[OTHER]), **B)),
    # electrical stimulation is therapy also under its HCPCS code
    ("MOD04", P("M5416", L("G0283"), **B), P("M5416", L("G0283", "GP"), **B)),
    # speech evaluation as physical therapy on a bill of rehabilitation
    ("MOD08", H("R4701", L("92507", "GP", revenue="0440"), bill="741", **A), H("R4701", L("92507", "GN", revenue="0440"), bill="741", **A)),
    # X is a destination only; a stop at the physician's office
    ("AMB01", P("R079", L("A0427", "SX"), L("A0425", "XS", units=9), **RIDE), P("R079", L("A0427", "SX"), L("A0425", "SX", units=9), **RIDE)),
    # GM says two patients, not where from and where to
    ("AMB01", P("R079", L("A0429", "GM", after=["QTY*PT*2"]), L("A0425", "SH", "GM", units=9, after=["QTY*PT*2"]), **RIDE), P("R079", L("A0429", "SH", "GM", after=["QTY*PT*2"]), L("A0425", "SH", "GM", units=9, after=["QTY*PT*2"]), **RIDE)),
    # the patient died before the ambulance left: no miles; a claim of miles alone is wrong
    ("AMB02", P("R079", L("A0436", "SH", units=30), **RIDE), P("I469", L("A0429", "SH", "QL"), **RIDE)),
    # fixed wing miles on a helicopter
    ("AMB02", P("S72001A", L("A0431", "SH"), L("A0435", "SH", units=30), **{**RIDE, "place": "42"}), P("S72001A", L("A0430", "IH"), L("A0435", "IH", units=30), **{**RIDE, "place": "42"})),
    # miles in tenths at most
    ("AMB04", P("R079", L("A0429", "PH"), L("A0425", "PH", units="9.25"), **RIDE), P("R079", L("A0429", "PH"), L("A0425", "PH", units="9.2"), **RIDE)),
    # a first month of what was bought
    ("MOD02", P("G4733", L("E0601", "NU", "KH", "KX"), **DME), P("G4733", L("E0601", "RR", "KH", "KX"), **DME)),
    # third month and later, twice
    ("MOD01", P("R2689", L("E0260", "RR", "KH", "KJ"), **DME), P("R2689", L("E0260", "RR", "KJ", "BR"), **DME)),
    # a bed with neither rental nor purchase
    ("MOD04", P("R2689", L("E0260", "KX"), **DME), P("J449", L("E1390", "RR", "KX"), L("E0431", "RR", "KX"), **DME)),
    # no order of the wheelchair
    ("ORD01", P("R2689", L("K0001", "RR", "KH", "KX"), place="12", **B), P("R2689", L("K0001", "RR", "KI", "KX"), **DME)),
    # medically directed and directing on one line
    ("MOD01", P("K3580", L("00790", "QK", "QX", **TIMED), **B), P("K3580", L("00790", "QK", "P3", after=[SELF], **TIMED), L("00790", "QX", "P3", after=[OTHER], **TIMED), **B)),
    # an age qualifier has no minutes
    ("CLM77", P("H2511", L("00142", "AA", **TIMED), L("99100", unit="MJ", units=15), **B), P("H2511", L("00142", "AA", **TIMED), L("99100"), **B)),
    # anesthesia without its provider's modifier
    ("MOD04", P("N6310", L("00400", "P2", **TIMED), **B), P("N6310", L("00400", "QZ", "P2", **TIMED), **B)),
    # a voluntary notice beside a notice of what is required
    ("MOD01", P("E119", L("99213", "GX", "GZ"), **B), P("E119", L("99213", "GX", "GY"), **B)),
    # both sides and the right one
    ("CLM40", P("M7551", L("73030", "50", "RT"), providers=(REFERRED,), **B), P("M170", L("20610", "50"), **B)),
    # a hammer toe of the left foot, operated on the right
    ("MOD05", P("M2042", L("28285", "T6"), place="24", **B), P("M2042", L("28285", "T1"), L("28285", "T2", "59"), place="24", **B)),
    # lashes of the right lower lid, plucked at the left upper
    ("MOD05", P("H02052", L("67820", "E1")), P("H02052", L("67820", "E4"))),
    # a finger of each hand on one line
    ("MOD01", P("S61230A", L("12001", "F6", "F1")), P("S61230A", L("12001", "F6"))),
    # by telephone alone, in the office
    ("MOD06", P("F329", L("90837", "93"), place="11", **B), P("F329", L("90837", "93"), place="10", **B)),
    # synchronous telehealth twice
    ("MOD01", P("F329", L("99214", "GT", "95"), place="02"), P("F329", L("99214"), place="02", **B)),
    # nothing discarded on what is no drug
    ("MOD03", P("C3491", L("96413", "JZ"), **B), P("Z5111 C3491", L("96413"), L("J9305", "JZ", units=50), points="1:2", **B)),
    # some is discarded and none is discarded, of one drug on a day
    ("MOD07", P("C3491", L("J9305", "JZ", units=45), L("J9305", "JW", units=5), **B), P("C3491", L("J9305", units=45), L("J9305", "JW", units=5), **B)),
    # a first pregnancy's supervision, second
    ("ICD19", P("J029 Z3401", L("99213", points="1:2"), born="19980304"), P("Z3401", L("99213"), born="19980304")),
    # chemotherapy as the reason, after the neoplasm
    ("ICD19", H("C3491 Z5111", L("96413", revenue="0335")), H("Z5111 C3491", L("96413", revenue="0335"))),
    # a family history explains no visit
    ("ICD21", P("Z8249 R079", L("99213", points="1:2")), P("Z1211 Z800", L("99213", points="1:2"))),
    # other diabetes and end stage renal disease
    ("ICD18", P("E139 N186 Z992", L("99213", points="1:2:3")), P("E1322 N186 Z992", L("99213", points="1:2:3"))),
    # type 1 and an ulcer of the heel, without the complication
    ("ICD18", P("E109 L97421", L("11042", points="1:2")), P("E10621 L97421", L("11042", points="1:2"))),
    # hypertension, heart failure and kidney disease
    ("ICD17", P("I10 I5032 N1832", L("99214", points="1:2:3")), P("I130 I5032 N1832", L("99214", points="1:2:3"))),
    # after a no-fault insurer without value code 14
    ("MSP01", H("S8001XA", L("G0463"), **AFTER, informed=("HI*BH:02:D8:20260112",)), H("S8001XA", L("G0463"), **AFTER, informed=("HI*BH:02:D8:20260112", *value(("14", 40))))),
    # an employer's plan of 100 or more is for the disabled below 65
    ("MSP03", H("I5020", L("G0463"), **AFTER, born="19500304", informed=value(("43", 40))), H("I5020", L("G0463"), **AFTER, born="19500304", informed=("HI*BH:18:D8:20150101", *value(("12", 40))))),
    # observation hours under the room of a clinic
    ("OBS03", H("R079", L("G0378", revenue="0760", units=20), L("99284", revenue="0450"), **A), H("R079", L("G0378", units=26, **WATCHED), L("99284", revenue="0450"), dates="20260112-20260113", **A)),
    # a direct referral with no observation after it
    ("OBS01", H("R079", L("G0379", **WATCHED), L("93005", revenue="0730"), **A), H("R079", L("G0379", **WATCHED), L("G0378", units=9, **WATCHED), L("93005", revenue="0730"), **A)),
    # covered days of more nights than there were
    ("DAY01", H("I5020", room(5), **STAY, **A, informed=value(("80", 5), ("81", 1))), H("I5020", room(3), room(2, "0200"), **STAY, **A, informed=value(("80", 5), ("82", 2)))),
    # an interim bill counts its last day
    ("DAY02", H("I5020", room(5), **{**STAY, "bill": "112", "status": "30", "hour": ""}, **A), H("I5020", room(6), **{**STAY, "bill": "112", "status": "30", "hour": ""}, **A)),
    # a newborn admitted as an emergency
    ("NBN01", H("Z3801", room(5, "0171"), **{**BORN, "type": "1"}), H("P0738", room(5, "0174"), **{**BORN, "type": "1", "source": "4"})),
    # a waived test without the laboratory's number
    ("CLM55", P("J029", L("87880", "QW"), providers=(REFERRED,), **B), P("J029", L("87880", "QW"), providers=(REFERRED,), claim=(CLIA,), **B)),
    # magnetic resonance that nobody ordered
    ("ORD01", P("G4489", L("70551", "TC"), place="11", **B), P("G4489", L("70551", "26"), place="22", providers=(REFERRED,), **B)),
    # assistant surgeon in two ways
    ("MOD01", P("M1711", L("27447", "80", "82", "RT"), place="22"), P("M1711", L("27447", "82", "RT"), place="22")),
    # both components at once
    ("MOD01", P("R079", L("93306", "26", "TC"), providers=(REFERRED,)), P("R079", L("93306", "26"), place="22", providers=(REFERRED,))),
)  # fmt: skip
"""The rules that answer for the fault, the faulty claim, and the clean one."""

SENT: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    # a new patient whom the practitioner saw two years before
    ("HIS04", (P("E119", L("99214", day="20240220"), number="OLD"),), P("E119", L("99204")), P("E119", L("99204", after=[OTHER]))),
    # three years and a day are enough
    ("HIS04", (P("E119", L("99213", day="20230113"), number="OLD"),), P("E119", L("99203")), P("E119", L("99203", day="20260114"))),
    # a laboratory draw is no visit
    ("HIS04", (P("E119", L("36415", day="20250113"), number="A"), P("E119", L("99396", day="20240113"), number="B")), P("E119", L("99202")), P("E119", L("99212"))),
    # the whole claim again
    ("CLM07", (P("E119", L("99213"), L("36415"), number="OLD"),), P("E119", L("99213"), L("36415"), number="NEW"), P("E119", L("99213", day="20260119"), L("36415", day="20260119"), number="NEW")),
    # one service of the claim again, at another price
    ("HIS01", (P("E119", L("99213"), L("36415"), number="OLD"),), P("E119", L("36415", charge=8), L("G0008"), number="NEW"), P("E119", L("36415", "91"), L("G0008"), number="NEW")),
    # a replacement is no duplicate
    ("CLM07", (H("I10", L("94640", revenue="0412"), number="OLD"),), H("I10", L("94640", revenue="0412"), number="NEW"), H("I10", L("94640", revenue="0412"), number="OLD", bill="137", claim=("REF*F8*12345678901",))),
    # pairs over claims
    ("HIS02", (P("K219", L("43239"), number="OLD"),), P("K219", L("43235"), number="NEW"), P("K219", L("43235", after=[OTHER]), number="NEW")),
    # units over claims
    ("HIS03", (P("M5416", L("97110", "GP", units=5), number="OLD"),), P("M5416", L("97110", "GP", "76", units=4), number="NEW"), P("M5416", L("97110", "GP", "76", units=3), number="NEW")),
    # an add-on code after its primary on another claim
    ("NCCI03", (P("F329", L("90834"), number="OLD"),), P("F329", L("90785", after=[OTHER]), number="NEW"), P("F329", L("90785"), number="NEW")),
    # a visit in the ninety days of a knee
    ("HIS05", (P("M1711", L("27447", "RT", day="20251120"), place="22", number="OLD"),), P("M1711", L("99213")), P("J029", L("99213", "24"))),
    # the day before major surgery
    ("HIS05", (P("M1711", L("27447", "RT", day="20260113"), place="22", number="OLD"),), P("M1711", L("99214")), P("M1711", L("99214", "57"))),
    # ten days after a small operation
    ("HIS05", (P("L720", L("11400", day="20260103"), number="OLD"),), P("L720", L("99212")), P("L720", L("99212", day="20260114"))),
    # another operation in the ninety days
    ("HIS05", (P("M1711", L("27447", "RT", day="20251120"), place="22", number="OLD"),), P("M1711", L("29881", "RT"), place="24"), P("S83242A", L("29881", "LT", "79"), place="24")),
    # three-day window
    ("HIS06", (H("R079", L("93005", revenue="0730", day="20260103"), dates="20260103-20260103", number="OLD", **A),), H("I5020", room(5), **STAY, **A), H("I5020", room(4), **{**STAY, "dates": "20260107-20260111", "admission": "20260107"}, **A)),
    # three-day window, the stay first
    ("HIS06", (H("I5020", room(5), **STAY, number="OLD", **A),), H("R079", L("93005", revenue="0730", day="20260104"), dates="20260104-20260104", **A), H("R079", L("93005", revenue="0730", day="20260104"), dates="20260104-20260104", informed=("HI*BG:51",), **A)),
    # a yearly wellness visit too soon
    ("HIS07", (P("Z0000", L("G0439", day="20250220"), number="OLD", **B),), P("Z0000", L("G0439"), **B), P("Z0000", L("G0439", day="20260202"), **B)),
    # once in a lifetime
    ("HIS07", (P("Z0000", L("G0438", day="20200220"), number="OLD", **B),), P("Z0000", L("G0438"), **B), P("Z0000", L("G0439"), **B)),
    # a mammogram of the year before
    ("HIS07", (P("Z1231", L("77067", day="20250310"), claim=("REF*EW*123456",), providers=(REFERRED,), number="OLD", **B),), P("Z1231", L("77067"), claim=("REF*EW*123456",), providers=(REFERRED,), **B), P("R928", L("77065", "RT"), claim=("REF*EW*123456",), providers=(REFERRED,), **B)),
)  # fmt: skip
"""The rules that answer, the files that were sent before, then a faulty claim and a clean one."""
