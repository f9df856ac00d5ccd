"""Whole claims as practices and hospitals send them every day, none of which has a fault."""

from __future__ import annotations

from tests.edits.outside.scenes import (
    AFTER,
    CLIA,
    DME,
    OPERATED,
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
    room,
    value,
)

__all__ = ["USUAL"]

USUAL: tuple[str, ...] = (
    # office+vaccine+lab
    P("Z0000 E119 Z23", L("99397","25",points="1"), L("90471",points="3"), L("90686",points="3"), L("83036","QW",points="2"), L("36415",points="2"), claim=(CLIA,), providers=(REFERRED,)),
    # ED
    H("S61412A W260XXA Y92010", L("99283","25",revenue="0450"), L("12002",revenue="0450"), L("90715",revenue="0636"), L("90471",revenue="0771"), reason="S61412A"),
    # inpatient pcs
    H("I2510 I10 E785", room(5,"0206"), L("",revenue="0250",units=1,charge=900), L("",revenue="0360",units=1,charge=9000), **STAY, **A, informed=("HI*BBR:02703DZ:D8:20260106",), providers=(OPERATED,)),
    # SNF interim
    H("S72001D Z471", L("",revenue="0120",unit="DA",units=31,charge=9300), L("",revenue="0250",charge=30), bill="212", dates="20260101-20260131", admission="20260101", status="30", hour="", **A),
    # RHC
    H("I10", L("99213","CG",revenue="0521"), bill="711", **A),
    # FQHC
    H("I10", L("G0467",revenue="0521"), L("99213",revenue="0521"), bill="771", **A),
    # ESRD
    H("N186", L("90999","V6",revenue="0821"), L("J0882","JA",revenue="0636",units=25), bill="721", informed=(*value(("A8",75),("A9",170)),), **A),
    # CAH II
    H("I10", L("99213",revenue="0983"), L("G0463",revenue="0510"), bill="851", **A),
    # HH
    H("I5032", L("G0299",revenue="0551",units=3), bill="329", dates="20260105-20260203", **A),
    # hospice
    H("C3491", L("Q5001",revenue="0651",units=31), bill="812", dates="20260101-20260131", status="30", admission="20251201", hour="", informed=value(("61",35620)), **A),
    # chiro
    P("M9903 M5450", L("98941","AT",points="1:2"), claim=("DTP*454*D8*20260105",), **B),
    # podiatry
    P("B351 E1142", L("11721","Q8",points="1:2"), L("11055","59","Q8",points="2") , claim=("DTP*304*D8*20251215",), providers=("NM1*DQ*1*ROE*ALEX****XX*1234567893",), **B),
    # ob global
    P("O80 Z370 Z3A39", L("59400"), born="19980304", place="21", claim=("DTP*435*D8*20260111",)),
    # psych telehealth
    P("F411", L("90837","95"), place="10"),
    # audio only
    P("F411", L("99213","93"), place="10", **B),
    # surgery+E/M 57
    P("K3580", L("99223","57","AI"), L("44970"), place="21", claim=("DTP*435*D8*20260112",), **B),
    # bilateral two lines
    P("H2513", L("66984","RT"), L("66984","LT","79",day="20260126"), place="24", **B),
    # mri reading
    P("M5416", L("72148","26"), place="22", providers=(REFERRED,), **B),
    # DME oxygen
    P("J9611 J449", L("E1390","RR","KX",points="1"), L("E0431","RR","KX",points="1"), **DME),
    # diabetic supplies
    P("E119 Z794", L("A4253","NU","KX",units=2,points="1"), L("A4259","NU","KX",units=1,points="1"), **DME),
    # wheelchair accs
    P("G8250", L("K0001","RR","KH","KX"), L("E0973","RR","KH","KX"), **DME),
    # infusion hospital
    H("Z5111 C50911", L("96413",revenue="0335"), L("96415",revenue="0335"), L("J9267",revenue="0636",units=200), L("J9267","JW",revenue="0636",units=20), **A),
    # two injections knees
    P("M170", L("20610","50"), L("J7325",units=48), place="11", **B),
    # colonoscopy screening turned
    P("Z1211 K635", L("45385","PT",points="1:2"), place="24", **B),
    # mammogram 3d
    P("Z1231", L("77067"), L("77063"), claim=("REF*EW*123456",), providers=(REFERRED,), **B),
    # anesthesia pair
    P("K8020", L("00790","QK","P2",after=[SELF],**TIMED), L("00790","QX","P2",after=[OTHER],**TIMED), **B),
    # ambulance ALS to ER QN hospital
    H("I469", L("A0427","SH","QN",revenue="0540"), L("A0425","SH","QN",revenue="0540",units=12), informed=value(("A0",12207)), **A),
    # obs
    H("R079", L("99285","25",revenue="0450"), L("G0378",units=30,**WATCHED), L("93005",revenue="0730"), L("84484",revenue="0301"), L("84484","91",revenue="0301"), dates="20260112-20260113", **A),
    # MSP WC
    H("S8001XA", L("G0463"), **AFTER, informed=("HI*BH:04:D8:20260105",*value(("15",40)))),
    # preop Z01
    P("Z01818 H2511", L("99213",points="1:2")),
    # aftercare
    P("Z4801 L0291", L("99213",points="1:2")),
    # hypertension CKD
    P("I129 N1830 E1122", L("99214",points="1:2:3")),
    # HIV
    P("B20", L("99214")),
    # newborn visit
    P("Z00110", L("99381"), born="20260107"),
    # twins stay
    H("Z3831", room(3,"0171"), bill="111", dates="20260105-20260108", admission="20260105", type="4", source="5", born="20260105"),
    # sequela
    P("M25562 S83242S", L("99213",points="1:2")),
    # burn
    P("T23001A X100XXA", L("16020",points="1:2")),
    # left eye drops
    P("H409", L("92014")),
    # GA frequency
    P("E785", L("80061","GA"), claim=(CLIA,), providers=(REFERRED,), **B),
    # cataract co-manage
    P("H2511", L("66984","55","RT"), claim=("DTP*090*D8*20260112","DTP*091*D8*20260401"), **B),
    # unlisted w desc
    P("R109", L("44238",description="LAP OMENTOPEXY"), place="22"),
    # assistant 80 LT
    P("M1712", L("27447","80","LT"), place="22"),
    # replacement
    P("E119", L("99213"), frequency="7", claim=("REF*F8*123456789",)),
)  # fmt: skip
