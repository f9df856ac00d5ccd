"""Single faults planted in an answer: what is changed, the rule that must find it, and where.

A row is `change | rule | place`; the place is the segment that the finding is at, named as `texts.changed` does, in the changed
text. It is left out where it is the segment that was changed.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.claims.x12.answers.texts import changed, position

__all__ = ["ACKNOWLEDGMENT_FAULTS", "REMITTANCE_FAULTS", "Planted", "rows"]


class Planted(NamedTuple):
    """One fault."""

    change: str
    rule: str
    place: str

    def apply(self, text: str) -> tuple[str, int]:
        """Return the text with the fault, and the position in its set of the segment that the finding must be at."""
        faulty = changed(text, self.change)
        at = position(faulty, self.place) if self.place else position(text, self.change.partition(": ")[0])
        return faulty, at


def rows(text: str) -> tuple[Planted, ...]:
    """Return the faults of a table."""
    found = []
    for line in filter(None, text.split("\n")):
        change, rule, place, *_ = [*(cell.strip() for cell in line.split(" | ")), ""]
        found.append(Planted(change, rule, place))
    return tuple(found)


REMITTANCE_FAULTS = rows("""
BPR: 2=1060 | payment-balance
BPR: 3=D | payment-balance
PLB: 4=60 | payment-balance | BPR
PLB: 6=10 | payment-balance | BPR
PLB: delete | payment-balance | BPR
CLP*PCN001: 4=210 | claim-balance
CLP*PCN002: 3=160 | claim-lines-total
CLP*PCN003: 3=460 | claim-balance
CLP*PCN006: 4=510 | claim-balance
CAS*OA*23*500: 3=510 | claim-balance | CLP*PCN006
CAS*OA*23*500: delete | claim-balance | CLP*PCN006
CAS*CO*45*50: repeat | claim-balance | CLP*PCN003
SVC*HC:99213: 3=120 | line-balance
SVC*HC:99213: 2=210 | line-balance
SVC*HC:85025: 3=80 | line-balance
SVC*HC:99212#2: 2=81 | line-balance
CAS*CO*45*40: 3=41 | line-balance | SVC*HC:99213
CAS*PR*2: 3=25 | line-balance | SVC*HC:85025
CAS*PR*2: delete | line-balance | SVC*HC:85025
CAS*CO*50: 3=149 | line-balance | SVC*HC:97110
CAS*PR*3*-20: 3=20 | line-balance | SVC*HC:99212
CAS*PR*1: 1=CO | patient-share | CLP*PCN001
CAS*CO*45*10: 1=PR | patient-share | CLP*PCN001
CLP*PCN001: 5=60 | patient-share
CLP*PCN001: 5= | patient-share
CLP*PCN004*22: 5=-10 | patient-share
TS3: 4=4 | summary-total
TS3: 5=910 | summary-total
BPR: 1=H | payment-handling
BPR: 4=NON | payment-handling
BPR: 2=-1070 | payment-handling
TRN: 3=1987654321 | payer-id-mismatch
CLP*PCN001: 2=4 | status-contradicts-payment
CLP*PCN001: 2=23 | status-contradicts-payment
CLP*PCN001: 2=25 | status-contradicts-payment
CLP*PCN001: 2=22 | reversal-sign
CLP*PCN004*22: 2=1 | reversal-sign
CLP*PCN003: 2=1 | forwarding-contradicts | NM1*TT
CLP*PCN001: 2=19 | forwarding-contradicts
NM1*TT: delete | forwarding-contradicts | CLP*PCN003
MIA: insert MOA***MA07 | two-decisions | MOA***MA07
DTM*472*20260110: 2=20260201 | day-after-payment
DTM*233*20260106: 2=20260301 | day-after-payment
DTM*050: 2=20260205 | day-after-payment
DTM*233*20260106: 2=20251231 | days-disagree
DTM*151: 2=20260109 | days-disagree
DTM*150: delete | days-disagree | DTM*151
DTM*151: 1=472 | days-disagree | DTM*472*20260111
CAS*CO*45*10: insert CAS*OA*94*0 | zero-adjustment | CAS*OA*94
CAS*PR*3*10: insert CAS*OA*23*0 | zero-adjustment | CAS*OA*23*0
PLB: 7=CS;8=0 | zero-adjustment
CAS*CO*45*40: 3=30;insert CAS*CO*253*10 | adjustment-group-repeated | CAS*CO*253
N1*PE: 4=1234567890 | npi-invalid
NM1*82: 9=1234567890 | npi-invalid
NM1*82: 9=123456789 | npi-invalid
CAS*CO*50: 2=0500 | adjustment-reason-form
CAS*CO*45*40: 2=CO | adjustment-reason-form
LQ*HE*M15: 2=M15X | remark-form
MOA: 3=XX1 | remark-form
BPR: 1=Z | element-code
BPR: 4=XYZ | element-code
BPR: 16= | element-missing
BPR: 16=20261331 | element-date
BPR: 15= | element-missing-with-another
BPR: 2=10.7.0 | element-characters
TRN: delete | segment-missing | REF*EV
TRN: 1=2 | element-code
DTM*405: 2=2026013 | element-date
N4*ALBANY: delete | segment-missing | REF*2U
PER*BL: delete | segment-missing | PER*IC
N1*PE: 3= | element-missing
N1*PE: 3=ZZ | element-code
LX*1: 1= | element-missing
TS3: 3=20260231 | element-date
CLP*PCN001: 1= | element-missing
CLP*PCN001: 2=5 | element-code
CLP*PCN001: 6=ZX | element-code
CLP*PCN001: 7= | element-missing
CLP*PCN003: 10=1 | element-not-used
CAS*CO*50: 1=CR | element-code
CAS*CO*50: 1= | element-missing
NM1*QC: delete | segment-missing | NM1*82
NM1*QC: 2=2 | element-code
NM1*82: 8=ZZ | element-code
REF*EA: 1=ZZ | element-code
AMT*AU: 1=ZZ | element-code
AMT*B6: 2=1,60 | element-characters
SVC*HC:99213: 1.1=XX | element-code
SVC*HC:99213: 1.2= | element-missing
REF*6R*L1: repeat | segment-too-often | REF*6R*L1#2
MOA: swap | segment-out-of-order | MOA
LQ*HE*M15: 1=ZZ | element-code
PLB: 2=2026123 | element-date
PLB: 3.1=ZZ | element-code
PLB: 4= | element-missing
SVC*HC:97110: insert ZZZ*1 | segment-unrecognized | ZZZ
SVC*HC:97110: insert CLM*1*150 | segment-of-another-set | CLM
SE: 1=70 | set-segment-count
SE: 2=0009 | set-control-mismatch
GE: 1=2 | group-set-count
IEA: 2=000000018 | interchange-control-mismatch
CLP*PCN001: delete | segment-missing | NM1*QC
CLP*PCN002: delete | segment-missing | NM1*QC#2
CLP*PCN004*22: delete | segment-missing | NM1*QC#4
CLP*PCN006: delete | segment-missing | NM1*QC#6
SVC*HC:99213: delete | segment-missing | DTM*472
SVC*HC:85025: delete | segment-missing | DTM*150
SVC*HC:97110: delete | segment-missing | DTM*472*20260112
LX*1: delete | segment-missing | TS3
N1*PR: delete | segment-missing | N3*100
N1*PE: delete | segment-missing | N3*7
CLP*PCN003: delete | segment-missing | CAS*CO*45*50
N1*PR: repeat | loop-too-often | N1*PR#2
GS: 8=005010X222A1 | set-convention-mismatch | ST
GS: 8=005010X214 | set-convention-mismatch | ST
PLB: 8=5 | element-missing-with-another
CAS*CO*50: 2=co | adjustment-reason-form
LQ*HE*M15: 2=m15 | remark-form
N1*PE: repeat | loop-too-often | N1*PE#2
N1*PR: swap | segment-out-of-order | N3*100
N1*PE: swap | segment-out-of-order | N3*7
LX*2: repeat | segment-too-often | LX*2#2
CLP*PCN002: swap | segment-out-of-order | NM1*QC*1*LINDEN
BPR: swap | segment-out-of-order | BPR
BPR: repeat | segment-too-often | BPR#2
DTM*472*20260110: repeat | segment-too-often | DTM*472*20260110#2
SVC*HC:99213: 1=HC:99213::25 | list-gap
CAS*CO*45*40: insert CAS*OA*23*1**24*1**25*1**26*1**27*1**28*-5**29*1 | element-too-many | CAS*OA
PER*IC: 4= | element-missing
N4*ALBANY: 2=NYC | element-too-long
ST: 3=005010X221A1 | element-not-used
CLP*PCN001: 5=50.00 | number-form
CAS*CO*45*40: 3=-40 | line-balance | SVC*HC:99213
CAS*PR*1: 3= | element-missing
SVC*HC:99213: 3=-130 | line-balance
SVC*HC:99213: 2= | element-missing
CLP*PCN001: 3= | element-missing
CLP*PCN001: 4= | element-missing
CLP*PCN002: 4=-10 | claim-balance
BPR: 3=X | element-code
BPR: 11=1234567890 | element-too-long
BPR: 13= | element-missing-with-another
REF*2U: 1=ZZ | element-code
REF*TJ: 1=TT | element-code
N3*100: 1= | element-missing
N4*ALBANY: 4=XXXX | element-too-long
MOA: 9=x | element-characters
MOA: 1=12345678901 | element-too-long
MIA: 4=7OO | element-characters
NM1*82: 1=83 | element-code
NM1*QC*1*LINDEN: delete | segment-missing
NM1*QC*1*HAZEL: 9= | element-missing-with-another
PER*CX**TE: 3=ZZ | element-code
PER*CX**TE: 4= | element-missing
AMT*AU: 2=X | element-characters
SVC*HC:85025: 5=1.2345678901234567 | element-too-long
SVC*HC:97110: 4=12345678901234567890123456789012345678901234567890 | element-too-long
PLB: 1= | element-missing
PLB: 2= | element-missing
PLB: 3.1= | element-missing
PLB: 5=L6;6=0 | zero-adjustment
TS3: 1= | element-missing
TS3: 2= | element-missing
TS3: 4=3.5 | summary-total
TS3: 4=-3 | summary-total
LX*1: 1=ABC | element-characters
LX*2: 1=1234567 | element-too-long
CLP*PCN003: 2=4 | status-contradicts-payment
CLP*PCN003: 2=22 | reversal-sign
CLP*PCN002: 2=22 | reversal-sign
CLP*PCN006: 2=4 | status-contradicts-payment
NM1*TT: 3= | element-missing
NM1*TT: repeat | segment-too-often | NM1*TT*2*SECOND PLAN*****PI*SEC02#2
CAS*CO*50: 2= | element-missing
CAS*CO*50: 2=A12345 | element-too-long
DTM*050: 2=20260132 | element-date
DTM*151: 2=2026-01-11 | element-date
TRN: 3=123456789 | element-too-short
TRN: 3=112345678X | payer-id-mismatch
REF*EV: 1=EX | element-code
CAS*PR*3*10: delete | line-balance | SVC*HC:99212*8
CAS*CO*45*40: 3=0 | zero-adjustment
CAS*PR*1: 3=0 | zero-adjustment
CAS*OA*23: 3=0 | zero-adjustment
N1*PE: 1=PX | element-code
N1*PR: 1=P5 | element-code
SVC*HC:99213: 1=99213 | element-code
SVC*HC:97110: 1=HC | element-missing
CAS*CO*45*40: 0=CXS | segment-unrecognized | CXS
CAS*CO*45*40: 0=ZZ | segment-unrecognized | ZZ
CAS*CO*45*50: 0=ZZ | segment-unrecognized | ZZ
DTM*151: 0=ZZ | segment-unrecognized | ZZ
DTM*150: 1=155 | element-code | DTM*155
LX*2: 0=ZZ | segment-unrecognized | ZZ
NM1*TT: 1=TX | element-code | NM1*TX
SVC*HC:85025: swap | segment-out-of-order | DTM*150
NM1*QC*1*LINDEN: swap | segment-out-of-order | SVC*HC:97110
LX*1: swap | segment-out-of-order | TS3
TS3: swap | segment-out-of-order | TS3
DTM*405: swap | segment-out-of-order | DTM*405
LQ*HE*N130: swap | segment-out-of-order | DTM*150
CAS*PR*3*10: swap | line-balance | SVC*HC:99212*80
CLP*PCN006: swap | line-balance | SVC*HC:99212*80
GS: delete | group-header-element | ST
ISA: delete | interchange-header-missing | GS
GS: repeat | group-control-duplicate | GS#2
ISA: repeat | interchange-duplicate | ISA#2
GE: 0=ZZ | group-trailer-missing | ZZ
IEA: 0=ZZ | interchange-trailer-missing | ZZ
GS: 0=ZZ | group-header-element | ZZ
GS: 6=X1 | group-control-number
ST: 2=1 | set-control-number
ST: 1=837 | element-code
BPR: 4=CHK | payment-method
BPR: 5= | payment-method
BPR: 8= | payment-method
BPR: 10= | payment-method
BPR: 14= | payment-method
BPR: 1=D | payment-handling
BPR: 1=P | payment-handling
N4*ALBANY: 2=ZZ | address-state
N4*ALBANY: 2= | address-state
N4*TROY: 3=1218 | address-state
N4*TROY: 3= | address-state
N1*PE: 3=FI | identifier-kind
NM1*82: 8=FI | identifier-kind
NM1*QC*1*MAPLE: 8=34 | identifier-kind
REF*2U: repeat | detail-repeated | REF*2U*EHP01#2
REF*TJ: repeat | detail-repeated | REF*TJ*123456789#2
PER*BL: repeat | detail-repeated | PER*BL*EDI DESK*TE*5185550101#2
PER*CX**TE: repeat | detail-repeated | PER*CX**TE*5185550102#2
REF*EA: repeat | detail-repeated | REF*EA*MRN1#2
AMT*AU: repeat | detail-repeated | AMT*AU*250#2
AMT*B6: insert AMT*B6*150 | detail-repeated | AMT*B6*150
LQ*HE*M15: repeat | detail-repeated | LQ*HE*M15#2
QTY*CA: repeat | detail-repeated | QTY*CA*5#2
MIA: 1=6 | covered-days | QTY*CA
CAS*OA*23*500: 1=CO | group-reason
CAS*CO*45*40: 1=OA | group-reason
CAS*CO*45*40: 2=3 | group-reason
DTM*050: 2=20260110 | days-out-of-order
DTM*050: 2=20250115 | days-out-of-order
DTM*233*20260111: 2=20260110 | days-out-of-order | DTM*151
DTM*472*20260110: 2=20260112 | days-out-of-order
DTM*472*20260110: 2=20260109 | days-out-of-order
DTM*232*20260110: delete | days-out-of-order | DTM*233
DTM*232*20260113: 1=233 | days-out-of-order | DTM*233*20260113
SVC*HC:99213: 1.2=9921 | procedure-form
SVC*HC:99213: 1.1=AD | procedure-form
SVC*HC:97110: 1.1=N4 | procedure-form
""")

ACKNOWLEDGMENT_FAULTS = rows("""
STC*A1:19:PR*20260131: 4=1010 | status-total
AMT*YU*300: 2=310 | status-total
AMT*YY*700: 2=690 | status-total
QTY*90: 2=3 | status-count
QTY*AA: 2=5 | status-count
STC*A1:19:PR**WQ: 4=610 | status-total
QTY*QA: 2=1 | status-count
AMT*YU*300#2: 2=290 | status-total
STC*A2:20:PR*20260131*WQ*200: 4=210 | status-total | STC*A1:19:PR**WQ
STC*A3:24:85: 4=410 | status-total
STC*A2:20:PR*20260131*WQ*200: 3=U | status-action
STC*A7:562:85: 3=WQ | status-action
STC*A3:187: 1.1=A2 | status-action
STC*A2:20:PR*20260131*WQ*100: 1.1=A3 | status-action
STC*A3:24:85: 3=WQ | status-action
STC*A1:19:PR*20260131: 3=U | status-action
STC*A7:454: 1.1=A2 | status-action
STC*A3:187: 10.1=A2 | status-action
STC*A2:20:PR*20260131*WQ*200: 1.1=F1 | status-category
STC*A7:562:85: 1.1=A9 | status-category
STC*A1:19:PR*20260131: 1.1=P1 | status-category
STC*A7:562:85: 1.2=9999 | status-code-form
STC*A3:187: 10.2=XX | status-code-form
TRN*2*PCN003: 2=PCN001 | claim-answered-twice | TRN*2*PCN001#2
STC*A7:562:85: insert STC*A7:21*20260131*U*125 | status-total | STC*A7:21
STC*A7:562:85: insert STC*A2:20*20260131*WQ*120 | status-action | STC*A2:20*
SVC*HC:99213: 2=130 | status-total
DTP*009: 3=20260129 | days-disagree
DTP*472*D8*20260112: 3=20270112 | days-disagree
NM1*85*2: 9=1234567890 | npi-invalid
BHT: 1=0010 | element-code
BHT: 2=00 | element-code
BHT: 4=20261301 | element-date
HL*2: 1=3 | hierarchy-number
HL*3: 2=1 | hierarchy-parent
HL*4: 2=2 | hierarchy-parent
HL*3: 4=0 | hierarchy-child
HL*6: 4=1 | hierarchy-child
NM1*PR: 9= | element-missing
NM1*41: 8=ZZ | element-code
DTP*050: delete | segment-missing | DTP*009
DTP*009: 2=RD8 | element-code
TRN*2*BATCH17: 2= | element-missing
STC*A1:19:PR*20260131: 3= | element-missing
QTY*90: 1=91 | element-code
NM1*85*2: 8=ZZ | element-code
REF*TJ: 1=ZZ | element-code
NM1*QC*1*MAPLE: 2=2 | element-code
NM1*QC*1*MAPLE: 3= | element-missing
STC*A2:20:PR*20260131*WQ*200: 1.3=ZZ | element-code
STC*A2:20:PR*20260131*WQ*200: 1.2= | element-missing
STC*A2:20:PR*20260131*WQ*200: 2=20260132 | element-date
STC*A2:20:PR*20260131*WQ*200: 3=X | element-code
REF*1K*ICN001: repeat | segment-too-often | REF*1K*ICN001#2
DTP*472*RD8: 2=D8 | element-date
STC*A7:454: 3=WQ | element-code
SVC*HC:99213: 1.1=XX | element-code
SE: 1=50 | set-segment-count
HL*3: delete | segment-missing | NM1*85
HL*5: delete | segment-missing | NM1*QC*1*LINDEN
HL*6: delete | segment-missing | NM1*85*1
TRN*2*BATCH17: delete | segment-missing | STC*A1:19
TRN*1*0: delete | segment-missing | STC*A1:19:PR**
TRN*2*PCN001: delete | segment-missing | STC*A2:20
TRN*2*PCN002: delete | segment-missing | STC*A7:562
TRN*2*PCN004: delete | segment-missing | STC*A3:187
SVC*HC:99213: delete | segment-missing | STC*A7:454
HL*2: repeat | loop-too-often | HL*2#2
ST: 3=005010X212 | set-convention-mismatch
ST: 3=005010X214A1 | set-convention-mismatch
GS: 8=005010X212 | set-convention-mismatch | ST
HL*3: repeat | segment-too-often | HL*3#2
HL*4: repeat | segment-too-often | HL*4#2
HL*1: swap | segment-out-of-order | NM1*PR
HL*5: 1=6 | hierarchy-number
HL*2: swap | segment-out-of-order | NM1*41
HL*3: swap | segment-out-of-order | NM1*85
HL*4: swap | segment-out-of-order | NM1*QC*1*MAPLE
SVC*HC:99213: swap | segment-out-of-order | STC*A7:454
SVC*HC:99213: repeat | segment-too-often | SVC*HC:99213#2
TRN*1*3483443: repeat | loop-too-often | TRN*1*3483443#2
TRN*2*BATCH17: repeat | loop-too-often | TRN*2*BATCH17#2
STC*A7:454: 4=5 | element-not-used
STC*A2:20:PR*20260131*WQ*200: 4=-200 | status-total | STC*A1:19:PR**WQ
DTP*050: repeat | segment-too-often | DTP*050#2
NM1*41: repeat | loop-too-often | NM1*41#2
STC*A1:19:PR*20260131: 1.3=XX | element-code
STC*A1:19:PR*20260131: 2=20261331 | element-date
STC*A3:24:85: 4= | element-missing
STC*A3:24:85: 1.1=A2 | status-action
STC*A7:562:85: 4=1200 | status-total | STC*A1:19:PR**
TRN*2*PCN003: 2= | element-missing
TRN*2*PCN004: 2=PCN002 | claim-answered-twice
NM1*QC*1*LINDEN: 8=ZZ | element-code
NM1*QC*1*LINDEN: 9= | element-missing
NM1*41: 9= | element-missing
NM1*41: 2=3 | element-code
NM1*85*1: 9= | element-missing
DTP*050: 1=051 | element-code
DTP*009: 3=2026013 | element-date
DTP*472*D8*20260112: 2=TM | element-code
REF*BLT: 2= | element-missing
REF*1K*ICN003: 1=1L | element-code
REF*FJ: 1=6R | element-code
QTY*QC*2: 2=3 | status-count
AMT*YY*300: 2= | element-missing
AMT*YY*400: 2=500 | status-total | STC*A3:24:85
QTY*QC*2#2: 2=3 | status-count | QTY*AA
SVC*HC:99213: 2= | element-missing
SVC*HC:99213: 1.2= | element-missing
HL*1: 4=0 | element-code
HL*2: 4=0 | hierarchy-child
HL*2: 2= | element-missing
HL*3: 2=9 | hierarchy-parent
BHT: 3= | element-missing
BHT: 5= | element-missing
BHT: 5=9999 | element-time
SE: 1=54 | set-segment-count
HL*4*3*PT: 3=19 | element-code | HL*4
HL*4*3*PT: 3=22 | element-code | HL*4
HL*6*2*19: 3=PT | element-code | HL*6
HL*3*2*19: 3=21 | element-code | HL*3
HL*2*1*21: 3=19 | element-code | HL*2
HL*1: 3=21 | element-code
BHT: swap | segment-out-of-order | HL*1
NM1*PR: swap | segment-out-of-order | TRN*1*3483443
NM1*41: swap | segment-out-of-order | TRN*2*BATCH17
NM1*85*2: swap | segment-out-of-order | TRN*1*0
NM1*QC*1*MAPLE: swap | segment-out-of-order | TRN*2*PCN001
DTP*009: swap | segment-out-of-order | HL*2
DTP*472*D8*20260110: swap | segment-out-of-order | DTP*472*D8*20260110
STC*A7:562:85: swap | segment-out-of-order | STC*A7:562
STC*A2:20:PR*20260131*WQ*200: 1=A2 | element-missing
HL*5*3*PT: swap | segment-out-of-order | NM1*QC*1*LINDEN
QTY*90: delete | status-count | QTY*AA
QTY*AA: delete | status-count | QTY*90
AMT*YU*300: delete | status-total | AMT*YY*700
AMT*YY*700: delete | status-total | AMT*YU*300
QTY*QC*2: delete | status-count | QTY*QA
AMT*YY*300: delete | status-total | AMT*YU*300#2
DTP*472*D8*20260110: delete | service-date-missing | TRN*2*PCN001
DTP*472*D8*20260112: delete | service-date-missing | TRN*2*PCN003
STC*A2:20:PR*20260131*WQ*200: 2=20260131;1.2=21 | status-code-contradicts
STC*A7:562:85: 1.2=20 | status-code-contradicts
STC*A3:187: 10.2=19 | status-code-contradicts
STC*A2:20:PR*20260131*WQ*200: 2=20260301 | days-out-of-order
STC*A7:562:85: 2=20250131 | days-out-of-order
STC*A1:19:PR*20260131: 2=20260201 | days-out-of-order
REF*TJ: repeat | detail-repeated | REF*TJ*123456789#2
REF*BLT: 2=ABC | identifier-kind
SVC*HC:99213: 1.2=992 | procedure-form
NM1*85*2: 8=FI | identifier-kind
""")
