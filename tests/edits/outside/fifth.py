"""Twenty more claims with one fault and twenty that look as odd but are right, written before any of them was run."""

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

__all__ = ["FIFTH", "LATER"]

FIFTH: tuple[tuple[str, str, str], ...] = (
    # an evaluation of speech under a plan of occupational therapy; two plans on a day are right
    ("MOD08", P("R1310", L("92523", "GO"), **B), P("R1310", L("92526", "GN"), L("97535", "GO"), **B)),
    # an occupational assistant under a physical therapist's plan
    ("MOD01 MOD02", H("M5416", L("97140", "GP", "CO", revenue="0420"), bill="221", **A), H("M5416", L("97140", "GP", "CQ", revenue="0420"), bill="221", **A)),
    # miles of the way back under the way there
    ("AMB02", P("N186", L("A0428", "RJ"), L("A0425", "JR", units=6), **RIDE), P("N186", L("A0428", "RJ"), L("A0425", "RJ", units=6), L("A0428", "JR"), L("A0425", "JR", units=6), **RIDE)),
    # more than a hundred miles in tenths
    ("AMB04", P("I639", L("A0434", "HH"), L("A0425", "HH", units="104.3"), **RIDE), P("I639", L("A0434", "HH"), L("A0425", "HH", units=105), **RIDE)),
    # a rental month on a purchase of used equipment
    ("MOD02", P("J449", L("E1390", "UE", "KI"), **DME), P("J449", L("E1390", "RR", "KI", "QG"), **DME)),
    # an upgrade cannot be paid and not paid for
    ("MOD01", P("R2689", L("K0001", "RR", "KX", "KS"), **DME), P("R2689", L("K0001", "RR", "KJ", "KX"), L("E0143", "NU"), **DME)),
    # an anesthetist of her own and under direction
    ("MOD01", P("K8020", L("00790", "QZ", "QX", **TIMED), **B), P("K8020", L("00790", "AD", "P4", **TIMED), **B)),
    # how well the patient was, of an operation
    ("MOD03", P("K8020", L("47562", "P3"), place="22"), P("K8020", L("00790", "QK", "P3", "QS", **TIMED), place="22", **B)),
    # a notice that is required and one that is not
    ("MOD01", P("B351", L("11721", "GA", "GY"), **B), P("B351", L("11721", "Q8", "GA"), **B)),
    # a thumb of the other hand
    ("MOD05", P("M65311", L("26055", "FA"), place="24"), P("M65311", L("26055", "F5"), place="24")),
    # two eyelids of one line
    ("MOD01", P("H0263", L("67820", "E1", "E3")), P("H02051 H02054", L("67820", "E3", points="1"), L("67820", "E1", points="2"))),
    # telehealth from a hospital's ward
    ("MOD06", P("I5020", L("99232", "95"), place="21", claim=("DTP*435*D8*20260111",), **B), P("F411", L("90834", "95"), place="02", **B)),
    # the rest of a vial with nothing billed of it
    ("MOD07", H("C3491", L("J9271", "JW", units=40), **A), H("C3491", L("J9271", units=160), L("J9271", "JW", units=40), **A)),
    # an encounter for a normal pregnancy with another reason before it
    ("ICD19", P("R109 Z3480", L("99213", points="1:2"), born="19980304"), P("Z3480 R109", L("99213", points="1:2"), born="19980304")),
    # drug induced diabetes with nephropathy coded apart
    ("ICD18", P("E099 N1830", L("99213", points="1:2")), P("E0922 N1830", L("99213", points="1:2"))),
    # a liability insurer paid first, and Medicare is billed as the first
    ("MSP02", H("S8001XA", L("G0463"), **A, informed=("HI*BH:02:D8:20260112", *value(("47", 500)))), H("S8001XA", L("G0463"), **AFTER, informed=("HI*BH:02:D8:20260112", *value(("47", 40))))),
    # observation of sixty hours in a day and a half
    ("OBS03", H("R079", L("99284", revenue="0450"), L("G0378", units=60, **WATCHED), dates="20260112-20260113", **A), H("R079", L("99284", revenue="0450"), L("G0378", units=44, **WATCHED), dates="20260112-20260113", **A)),
    # coinsurance of more days than were covered
    ("DAY03", H("I5020", room(5), **STAY, **A, informed=value(("80", 3), ("81", 2), ("82", 4))), H("I5020", room(5), **STAY, **A, informed=value(("80", 3), ("81", 2), ("82", 3)))),
    # born elsewhere, by the code of a birth here
    ("NBN01", H("Z381", room(5, "0171"), **{**BORN, "source": "5"}), H("Z3800", room(5, "0171"), **BORN)),
    # the panel of a laboratory with two certificates missing
    ("CLM56", P("E785", L("80061"), providers=(REFERRED,), **B), P("E785", L("80061"), providers=(REFERRED,), claim=(CLIA,), **B)),
    # a walker that nobody ordered
    ("ORD01", P("R2689", L("E0143", "RR"), place="12", **B), P("R2689", L("E0143", "RR"), **DME)),
    # cataract of the left eye, operated on the right
    ("MOD05", P("H2512", L("66984", "RT"), place="24"), P("H2512", L("66984", "LT"), place="24")),
)  # fmt: skip
"""The rules that answer for the fault, the faulty claim, and the clean one."""

LATER: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    # a home visit of a new patient after one in the office
    ("HIS04", (P("E119", L("99215", day="20240601"), number="OLD"),), P("E119", L("99342"), place="12"), P("E119", L("99348"), place="12")),
    # a consultation of remote monitoring is no visit
    ("HIS04", (P("E119", L("99454", day="20251201"), L("99457", day="20251201"), number="OLD"), P("E119", L("99213", day="20240601", after=[SELF]), number="B")), P("E119", L("99203", after=[SELF])), P("E119", L("99203", after=[OTHER]))),
    # a stay billed twice under two numbers
    ("CLM07", (H("I5020", room(5), **STAY, number="OLD"),), H("I5020", room(5), **STAY, number="NEW"), H("I5020", room(5), **{**STAY, "bill": "118"}, claim=("REF*F8*1234567",), number="OLD")),
    # injections of a day over two claims
    ("HIS03", (P("E119", L("96372", units=4), number="OLD"),), P("E119", L("96372", "76", units=4), number="NEW"), P("E119", L("96372", "76", units=4, day="20260113"), number="NEW")),
    # the day of surgery of the same surgeon on another claim
    ("HIS05", (P("S83242A", L("29881", "LT", day="20260112"), place="24", number="OLD"),), P("S83242A", L("99214"), number="NEW"), P("S83242A", L("99214", "57"), number="NEW")),
    # an outpatient test of the day of admission
    ("HIS06", (H("I5020", room(5), **STAY, number="OLD", **A),), H("R079", L("71046", revenue="0324", day="20260105"), dates="20260105-20260105", **A), H("R079", L("A0429", "RH", revenue="0540", day="20260104"), L("A0425", "RH", revenue="0540", day="20260104", units=4), dates="20260104-20260104", informed=value(("A0", 12207)), **A)),
    # a welcome visit a second time
    ("HIS07", (P("Z0000", L("G0402", day="20250320"), number="OLD", **B),), P("Z0000", L("G0402"), **B), P("Z0000", L("G0444"), **B)),
)  # fmt: skip
"""The rules that answer, the files that were sent before, then a faulty claim and a clean one."""
