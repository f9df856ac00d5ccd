"""Single faults planted in the answers of `other_texts`; a row is read as in `faults`."""

from __future__ import annotations

from tests.claims.x12.answers.faults import rows

__all__ = ["CLEARINGHOUSE_FAULTS", "HOSPITAL_FAULTS", "RESPONSE_FAULTS"]

HOSPITAL_FAULTS = rows("""
BPR: 2=4210.05 | payment-balance
BPR: 3=D | payment-balance
PLB: 6=10 | payment-balance | BPR
PLB: 4=6 | payment-balance | BPR
PLB: 5=ZZ | element-code
PLB: 2=20261331 | element-date
PLB: 1= | element-missing
CLP*H-1001: 3=12100 | claim-balance
CLP*H-1001: 4=4100 | claim-balance
CLP*H-1001: 5=1400 | patient-share
CAS*CO*45*6500: 3=6400 | claim-balance | CLP*H-1001
CAS*PR*1*1500: 1=OA | patient-share | CLP*H-1001
CAS*PR*1*1500: 2= | element-missing
CAS*PR*1*1500: 3= | element-missing
CAS*CO*45*6500: delete | claim-balance | CLP*H-1001
CLP*H-1002: 3=510 | claim-lines-total
SVC*HC:70450: 2=30 | line-balance
SVC*NU:0300: 3=11.05 | line-balance
SVC*HC:70450: 1.1=HX | element-code
SVC*NU:0300: 1.2= | element-missing
SVC*HC:80053*300: 6.1=QQ | element-code
SVC*HC:70450: 5=1X | element-characters
SVC*NU:0300: delete | segment-missing | DTM*472*20260302#2
SVC*HC:80053*300: delete | segment-missing | DTM*472*20260115#2
DTM*472*20260302: 2=20260230 | element-date
DTM*472*20260302: 1=473 | element-code
DTM*233*20260305: 2=20260228 | days-disagree
DTM*232*20260301: 2=20260510 | day-after-payment
DTM*050: 2=20260415 | day-after-payment
QTY*CA: 1=XX | element-code
AMT*AU: 2= | element-missing
REF*EA: 2= | element-missing
REF*6R*A1: 1=6Q | element-code
MIA: 1= | element-missing
MIA: insert MOA***MA01 | two-decisions | MOA
MOA: 1=.A | element-characters
MOA: 3=X99 | remark-form
NM1*QC*1*OAKES: 8=ZZ | element-code
NM1*QC*1*OAKES: 9= | element-missing-with-another
NM1*IL: 2=3 | element-code
NM1*74: 8=MI | element-code
NM1*QC*1*BIRCH: delete | segment-missing | MOA
N1*PE: 4=1245319598 | npi-invalid
N1*PE: 2= | element-missing
N1*PR: 1=PX | element-code
N3*9: delete | segment-missing | N4*OMAHA
N4*OMAHA: 1= | element-missing
REF*NF: 1=XX | element-code
PER*BL: delete | segment-missing | N1*PE
PER*BL: 3=QQ | element-code
PER*CX: 6= | element-missing-with-another
RDM: 1=ZZ | element-code
TRN: 2= | element-missing
TRN: 3=1351840598 | payer-id-mismatch
TRN: 3=135184059 | element-too-short
BPR: 1=H | payment-handling
BPR: 5=ABC | element-code
BPR: 7= | element-missing-with-another
BPR: 16=20260431 | element-date
DTM*405: 1=406 | element-code
LX*2: 1=A | element-characters
LX*2: delete | segment-missing | TS3*1245319599*13
TS3*1245319599*11: 4=2 | summary-total
TS3*1245319599*13: 5=501 | summary-total
CLP*H-1003*22: 2=4 | reversal-sign
CLP*H-1003*22: 4=200 | claim-balance
SVC*HC:80053*-300: 3=200 | line-balance
CAS*CO*45*-60: 3=60 | line-balance | SVC*HC:80053*-300
CAS*PR*3*-40: delete | line-balance | SVC*HC:80053*-300
CLP*H-1003*1: 2=19 | forwarding-contradicts
CLP*H-1003*1: 2=4 | status-contradicts-payment
CLP*H-1002: 6= | element-missing
CLP*H-1001: 12=1.2.5 | element-characters
CLP*H-1001: delete | segment-missing | CAS*CO*45*6500
CLP*H-1002: delete | segment-missing | NM1*QC*1*BIRCH
CLP*H-1003*22: delete | segment-missing | NM1*QC*1*CEDAR
CLP*H-1003*1: delete | segment-missing | NM1*QC*1*CEDAR#2
LQ*HE: 2= | element-missing
LQ*HE: 2=N | remark-form
CAS*CO*45*75.25: 4=A | element-characters
CAS*PR*2*24.75: insert CAS*OA*23*0 | zero-adjustment | CAS*OA*23
DTM*472*20260302: swap | segment-out-of-order | DTM*472*20260302
REF*EV: 2= | element-missing
GE: 2=18 | group-control-mismatch
IEA: 1=2 | interchange-group-count
SVC*HC:70450: 3= | element-missing
SVC*HC:70450: repeat | line-balance | SVC*HC:70450
CLP*H-1002: 3=-500 | claim-lines-total
CLP*H-1001: 3=-12000 | claim-balance
CLP*H-1003*22: 3=300 | claim-lines-total
CLP*H-1001: repeat | segment-missing | CLP*H-1001#2
CLP*H-1003*22: repeat | segment-missing | CLP*H-1003*22#2
CLP*H-1003*22: 2= | element-missing
CLP*H-1003*22: 2=97 | element-code
PLB: 4=60.005 | element-too-long
CLP*H-1002: 4=310.505 | element-too-long
SVC*NU:0300: 2=200.001 | element-too-long
CLP*H-1001: 13=1.5x | element-characters
NM1*IL: 1=IN | element-code
MIA: 20=M | remark-form
MOA: 1=62% | element-characters
PLB: 4=-60 | payment-balance | BPR*C*
N4*OMAHA: 2=XQ | address-state
N4*BELLEVUE: 3=ABCDE | address-state
DTM*472*20260302: 2=20260303 | days-out-of-order
SVC*NU:0300: 1.2=03X0 | procedure-form
SVC*HC:80053*300: 6.2=8005 | procedure-form
SVC*HC:70450: 4=O351 | procedure-form
CAS*PR*1*1500: 2=23 | group-reason
""")

CLEARINGHOUSE_FAULTS = rows("""
HL*7*6*PT: 2=3 | hierarchy-parent | HL*7
STC*A1:19:AY*20260415: 4=1450.57 | status-total
QTY*90: 2=4 | status-count
AMT*YU*1250.75: 2=1250.57 | status-total
AMT*YY*200: 2=20 | status-total
STC*A1:19:AY**WQ*1000.75: 4=1000 | status-total
QTY*QA*2: 2=3 | status-count
AMT*YU*1000.75: 2=1000 | status-total
QTY*QC*1: 2=2 | status-count
AMT*YY*200#2: 2=300 | status-total
STC*A0:16:PR: 3=U | status-action
STC*A0:16:PR: 4=606.75 | status-total | STC*A1:19:AY**WQ*1000.75
STC*A0:16:PR: 1.1=A9 | status-category
STC*A8:496: 3=WQ | status-action
STC*A8:496: 10.1=A1 | status-action
STC*A8:496: 10.3=XX | element-code
STC*A7:507: 3=WQ | element-code
STC*A7:507: 1.1=A0 | status-action
SVC*HC:97012: 2=1200 | status-total
SVC*HC:97012: delete | segment-missing | STC*A7:507
SVC*HC:97110: delete | segment-missing | STC*A7:454
DTP*472*D8*20260405: 3=20270405 | days-disagree
DTP*472*RD8: 3=20260403-20260401 | days-disagree
DTP*472*RD8: 2=D8 | element-date
DTP*050: 3=20260416 | days-disagree | DTP*009
DTP*009: delete | segment-missing | HL*2
TRN*2*R-2: 2=R-1 | claim-answered-twice
TRN*2*R-2: 1=1 | element-code
TRN*1*P-2: 1=3 | element-code
NM1*85*1: 9=1932102085 | npi-invalid
NM1*85*1: 8= | element-missing
NM1*AY: 1=PQ | element-code
NM1*AY: delete | loop-missing | TRN*1*CLR
HL*6: 2=3 | hierarchy-parent
HL*6: 4=0 | hierarchy-child
HL*7: 1=8 | hierarchy-number
HL*7: 3=XX | element-code
HL*4: 2= | element-missing
BHT: 6=XX | element-code
BHT: 5=2560 | element-time
REF*FJ*2: 1=FZ | element-code
REF*D9*D900001: repeat | segment-too-often | REF*D9*D900001#2
REF*BLT: 2= | element-missing
STC*A2:20:PR*20260415*WQ*400: delete | segment-missing | DTP*472*D8*20260402
SVC*HC:97110: 1= | element-missing
SVC*HC:97110: 7=X | element-characters
STC*A7:454: insert ZZ*1 | segment-unrecognized | ZZ
HL*7: delete | segment-missing | NM1*QC*1*CEDAR
HL*2: delete | segment-missing | NM1*41
NM1*QC*1*CEDAR: delete | loop-missing | TRN*2*R-1
TRN*2*H-2002: delete | segment-missing | STC*A2:20:PR*20260415*WQ*400
TRN*2*R-2: delete | segment-missing | STC*A8:496
TRN*2*H-2002: repeat | segment-missing | TRN*2*H-2002#2
DTP*472*D8*20260406#2: 2=RD8;3=20260406-20260401 | days-disagree
HL*5: 1= | element-missing
HL*4: 4=1 | element-not-used
NM1*AY: 2=1 | element-code
NM1*AY: 3= | element-missing
NM1*41*1: 3= | element-missing
STC*A0:16:PR: 1.1=A3 | status-action
STC*A0:16:PR: 3= | element-missing
AMT*YU*250: 2=205 | status-total
QTY*QA*1: 2=0 | status-count
DTP*472*D8*20260406: 3=20261306 | element-date
TRN*2*H-2001: 2=H-2002 | claim-answered-twice | TRN*2*H-2002#2
REF*D9*D900004: 1=D8 | element-code
REF*FJ*3: 2=2 | detail-repeated | REF*FJ*2#2
DTP*472*D8*20260405: delete | service-date-missing | TRN*2*R-1
REF*BLT: 2=13 | identifier-kind
QTY*QC*1: delete | status-count | QTY*QA*1
""")

RESPONSE_FAULTS = rows("""
HL*6*5*23: 2=4 | hierarchy-parent | HL*6
HL*5*3*22: 3=23 | element-code | HL*5
NM1*1P: swap | segment-out-of-order | HL*4
BHT: swap | segment-out-of-order | HL*1
STC*F1:65: 1.1=A1 | status-category
ST: 3=005010X214 | set-convention-mismatch
HL*5: repeat | segment-too-often | HL*5#2
HL*6: swap | segment-out-of-order | NM1*QC
STC*F1:65: 1.2= | element-missing
STC*F1:65: 1.2=77777 | status-code-form
STC*F1:65: 2=20260499 | element-date
STC*F1:65: 4=12,000 | element-characters
STC*F1:65: 6=2026041 | element-date
STC*F1:65: 5=4,000 | element-characters
STC*P1:3: delete | segment-missing | REF*1K*PM260002
TRN*2*INQ-1: 1=1 | element-code
TRN*2*INQ-1: delete | segment-missing | STC*F1:65
HL*6: 2=3 | hierarchy-parent
HL*5: 4=0 | hierarchy-child
HL*4: 4=1 | hierarchy-child
HL*6: delete | segment-missing | NM1*QC*1*BIRCH
HL*4: delete | segment-missing | NM1*IL*1*OAKES
HL*3: 1=4 | hierarchy-number
NM1*1P: 9=1245319590 | npi-invalid
NM1*1P: 1=2P | element-code
REF*1K*PM260001: repeat | segment-too-often | REF*1K*PM260001#2
REF*EJ: 1=EK | element-code
DTP*472*RD8: 3=20260305 | element-date
SVC*HC:70450: 2= | element-missing
SVC*HC:70450: delete | segment-missing | STC*P2:3
BHT: 6=TH | element-code
BHT: 3= | element-missing
SE: 2=0012 | set-control-mismatch
SE: 1=29 | set-segment-count
PER*IC: 3=XX | element-code
DTP*472*RD8: 3=20260305-20260301 | days-disagree
HL*5: 1= | element-missing
STC*P1:3: 1.1=A2 | status-category
STC*P1:3: 4=x | element-characters
TRN*2*INQ-2: delete | segment-missing
NM1*QC: 3= | element-missing
SVC*HC:70450: 1.1=XX | element-code
REF*FJ: 2= | element-missing
HL*2: 2=5 | hierarchy-parent
HL*6: 1=5 | hierarchy-number
DTP*472*D8*20260302: 1=473 | element-code
STC*F1:65: 1.1=F2 | status-contradicts-payment
STC*F1:65: 1.1=P1 | status-contradicts-payment
SVC*HC:70450: 3=100 | status-contradicts-payment | STC*P2
REF*BLT: 2=1111X | identifier-kind
SVC*HC:70450: 1.2=704 | procedure-form
NM1*1P: 8=FI | identifier-kind
STC*F1:65: 8=20250410 | days-out-of-order
STC*F1:65: 6=20260225;8=20260226 | days-out-of-order | DTP*472*RD8
SVC*HC:70450: 2=900 | status-total
SVC*HC:70450: 4=3X0 | procedure-form
DTP*472*RD8: 3=20260301-20260411 | days-out-of-order
""")
