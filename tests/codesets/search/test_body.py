"""What a patient says of a part of the body: each complaint about each part, in several wordings.

The table has the codes that are right for a part; a hit is right if its code begins with one of them.
"""

from __future__ import annotations

from datetime import date

from medcode import icd10cm

DAY = date(2026, 5, 4)
WORDINGS = {
    "pain": ("my {} hurts", "sore {}", "my {} is killing me"),
    "swelling": ("my {} is swollen", "puffy {}"),
    "numbness": ("my {} feels numb", "my {} is asleep", "can't feel my {}"),
    "fracture": ("broke my {}", "broken {}"),
    "sprain": ("sprained {}", "twisted my {}"),
    "cut": ("cut my {}", "gash on {}"),
    "burn": ("burned my {}",),
    "lump": ("lump in my {}", "bump on {}"),
    "itching": ("itchy {}", "my {} itches"),
    "bruise": ("bruised {}",),
    "stiffness": ("stiff {}", "can't move my {}"),
}
PARTS = """
pain        head R51 G44 | ear H92.0 | eye H57.1 | throat R07.0 J02 | neck M54.2 | shoulder M25.51 | arm M79.60 M79.62
pain        elbow M25.52 | wrist M25.53 | hand M79.64 | finger M79.64 | chest R07 | breast N64.4 | belly R10 | back M54
pain        lower back M54.5 | hip M25.55 | leg M79.60 | knee M25.56 | ankle M25.57 | foot M79.67 | toe M79.67 | tooth K08
pain        jaw R68.84 | face R51 G50.1 | heel M79.67 | thigh M79.65 | calf M79.66 | tailbone M53.3 | rib R07 | skin R20
swelling    ankle M25.47 R60 | knee M25.46 | foot R60 M25.47 | leg R60 | hand R60 M25.44 R22.3 | face R22.0 | wrist M25.43
swelling    elbow M25.42 | lip R22.0 K13 | tongue R22.0 K14 | belly R14 R18 R19.0 | breast N63 N64
numbness    hand R20 | foot R20 | arm R20 | leg R20 | face R20 | finger R20 | toe R20
fracture    arm S42 S52 | wrist S52 S62 | leg S72 S82 | ankle S82 | finger S62 | toe S92 | nose S02.2 | hip S72 | rib S22
fracture    foot S92 | hand S62 | collarbone S42.0 | jaw S02 | elbow S42 S52 | tailbone S32 | shoulder S42 | big toe S92.4
sprain      ankle S93.4 | wrist S63.5 | knee S83 | thumb S63 | finger S63 | shoulder S43 | neck S13 | foot S93 | toe S93.5
cut         finger S61 | hand S61 | leg S81 | foot S91 | face S01 | lip S01.5 | scalp S01.0 | knee S81 | tongue S01.5
burn        hand T23 | arm T22 | face T20 | foot T25 | leg T24 | finger T23 | mouth T28 | tongue T28 | back T21
lump        neck R22.1 | arm R22.3 | leg R22.4 | hand R22.3 | wrist R22.3 M67.4
itching     skin L29 | eye H57 H10 L29 | scalp L29 | ear L29 H6 H93 | nose J34 L29 J30
bruise      knee S80.0 | arm S40 S50 | leg S80 | rib S20 | hip S70.0 | face S00 | toe S90 | foot S90.3 | finger S60
stiffness   neck M43.6 M54.2 R29.1 | knee M25.66 | shoulder M25.61 | finger M25.64 | hip M25.65 | wrist M25.63 | elbow M25.62
"""


def test_complaints_about_each_part_of_the_body_are_found() -> None:
    asked: list[str] = []
    wrong: list[str] = []
    for line in PARTS.strip().splitlines():
        complaint, rest = line.split(maxsplit=1)
        for entry in rest.split("|"):
            words = entry.split()
            codes = tuple(word.replace(".", "") for word in words if word[:1].isupper())
            part = " ".join(word for word in words if not word[:1].isupper())
            for query in (wording.format(part) for wording in WORDINGS[complaint]):
                asked.append(query)
                if not icd10cm.search(query, limit=1, on=DAY)[0].code.startswith(codes):
                    wrong.append(query)
    assert len(asked) > 200
    assert len(wrong) < 0.03 * len(asked), wrong
