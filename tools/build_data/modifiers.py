"""Builds `modifiers`: HCPCS Level II modifiers that are surely known, titles in our own words.

Modifiers older than the table's first day carry that day. The list is not whole, and says so.
"""

from __future__ import annotations

from tools.build_data.listed import listed_table

SOURCES = ()
FIRST = 20150101
HEADER = {
    "name": "modifiers",
    "publisher": "CMS",
    "edition": "Level II, a part",
    "license": "public domain (US government work)",
    "partial": True,
}
MODIFIERS = """\
AA anesthesia by the anesthesiologist in person
AD anesthesia: a physician supervises more than four procedures
AI principal physician of record
AS assistant at surgery who is no physician
AT acute treatment
BL special acquisition of blood
CA procedure on an inpatient who dies before admission
CR related to a catastrophe or disaster
E1 upper left eyelid
E2 lower left eyelid
E3 upper right eyelid
E4 lower right eyelid
F1 left hand, second digit
F2 left hand, third digit
F3 left hand, fourth digit
F4 left hand, fifth digit
F5 right hand, thumb
F6 right hand, second digit
F7 right hand, third digit
F8 right hand, fourth digit
F9 right hand, fifth digit
FA left hand, thumb
GA waiver of liability on file, as the payer requires
GC partly done by a resident under a teaching physician
GE done by a resident under the primary care exception
GG screening and diagnostic mammogram on one day
GH diagnostic mammogram turned from a screening one
GN under an outpatient plan of speech-language pathology
GO under an outpatient plan of occupational therapy
GP under an outpatient plan of physical therapy
GQ telehealth, stored and sent on
GT telehealth, live audio and video
GV attending physician who is not employed by the hospice
GW not related to the hospice patient's terminal condition
GX voluntary notice of liability issued
GY not covered by statute or no Medicare benefit
GZ expected to be denied as not necessary
JW amount of a drug that was thrown away
KX requirements of the medical policy are met
LC left circumflex coronary artery
LD left anterior descending coronary artery
LM left main coronary artery
LT left side
NU new equipment
PA surgery on the wrong body part
PB surgery on the wrong patient
PC wrong surgery on a patient
PI positron tomography for the first treatment plan
PS positron tomography for a later treatment plan
PT screening colonoscopy turned diagnostic or therapeutic
Q5 service of a substitute physician by reciprocal billing
Q6 service of a substitute physician paid by time
QK two to four anesthesia procedures directed at once
QS monitored anesthesia care
QW test waived under CLIA
QX nurse anesthetist with medical direction
QY one nurse anesthetist directed by an anesthesiologist
QZ nurse anesthetist without medical direction
RC right coronary artery
RI ramus intermedius coronary artery
RR rental
RT right side
SG facility service of an ambulatory surgical center
T1 left foot, second digit
T2 left foot, third digit
T3 left foot, fourth digit
T4 left foot, fifth digit
T5 right foot, great toe
T6 right foot, second digit
T7 right foot, third digit
T8 right foot, fourth digit
T9 right foot, fifth digit
TA left foot, great toe
TC technical component
UE used equipment
XE separate encounter
XP separate practitioner
XS separate structure
XU unusual service that does not overlap
"""


def build() -> dict[str, bytes]:
    """Return the table file."""
    return {"modifiers": listed_table(HEADER, FIRST, MODIFIERS)}
