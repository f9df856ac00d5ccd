"""The situational parts of the claim guides: what each is due for, and which rule decides it, or why none can.

The parts and their situations are read from the guide tables, so that every one is listed; what decides
them stands here. What neither a rule decides nor REASONS explains lies with the provider.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.grammar import Composite, Loop, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.grammar import Segment

GUIDES = {"P": "005010X222A1", "I": "005010X223A2", "D": "005010X224A2"}
"""The guides by the letter that the table names them with."""

_DECIDED = """
PID * N4 02                 CLM22 CLM64
PID * N4 03                 CLM21 CLM64 CLM65
PID * N4 04                 CLM51 CLM64
PID * NM1 8[25] 09          CLM73
I   2310A NM1 71 09         CLM73
PID 2000B SBR 02            X065 X066
PID 2000C                   X065
PID 2010BA N3               X040
PID 2010BA N4               X040
PID 2010BA DMG              X040
PID 2010BA REF Y4           CLM79
PID 2010CA REF Y4           CLM79
PD  2000B SBR 05            SIT11 SIT12
PD  2320 SBR 05             SIT11 SIT12
PD  2300 CLM 11             CLM79
PD  2300 CLM 11-4           CLM35
PD  2300 CLM 11-5           CLM35
PID 2300 CLM 20             CLM13
P   2300 DTP 453            SIT33
PD  2300 DTP 439            CLM36 CLM79
P   2300 DTP 454            SIT55
P   2300 DTP 09[01]         SIT56
P   2300 DTP 435            SIT26
PID 2300 PWK * 06           SIT27
PI  2400 PWK AA* 06         SIT27
PID 2300 REF F8             CLM08
PI  2300 REF P4             SIT52
I   2300 REF LX             SIT53
P   2300 REF 1J             SIT57
P   2300 REF EW             CLM57
P   2300 REF X4             CLM55 CLM56
P   2400 REF EW             CLM57
P   2400 REF X4             CLM55 CLM56
P   2300 CR1                CLM58
P   2400 CR1                CLM58
P   2300 CRC ZZ             SIT37
PD  2310A                   SIT48
P   2420F                   SIT48
P   2310[EF]                SIT29
P   2420[GH]                SIT29
P   2310D                   SIT36
P   2420D                   SIT36
D   2310E                   SIT36
D   2420C                   SIT36
PID 2320                    SIT02 SIT04
PID 2320 AMT D              SIT08
PID 2320 AMT A8             SIT09
PID 2320 CAS                CLM63
PID 2330B DTP 573           SIT05 SIT06 SIT07 SIT47
PID 2430                    SIT03 SIT04
PID 2430 SVD 06             SIT42
PID 2320 AMT EAF            SIT45
PID 2430 AMT EAF            SIT45
PD  2400 REF G1 04          SIT43
PD  2400 REF 9F 04          SIT43
D   2400 REF G3 04          SIT43
PID 2420? REF * 04          SIT43
P   2400 PS1                SIT44
P   2420B                   SIT44
P   2400 CR3                SIT46
PID 2430 CAS                CLM18
PI  2400 SV? 01-7           CLM42
I   2400 SV2 02-7           CLM42
P   2400 CRC 70             SIT35
P   2400 DTP 607            SIT31
P   2400 DTP 46[13]         SIT31
P   2400 QTY PT             SIT30
P   2400 MEA                SIT54
P   2400 REF F4             SIT34
P   2410                    CLM45
P   2420E N[34]             SIT32
P   2420E PER IC            SIT32
P   2420E                   SIT32
I   2300 DTP 096            SIT16 CLM29
I   2300 DTP 435            CLM30 SIT15
I   2300 CL1 01             SIT17
I   2300 CL1 02             SIT18
I   2300 HI * *-9           ICD16
I   2300 HI ABJ/BJ          SIT14 SIT21
I   2300 HI APR/PR          SIT20 SIT21
I   2300 HI BE              SIT22 SIT51
I   2300 HI BB[RQ]*         SIT50
I   2300 HI BH              CLM70
I   2310A                   SIT25
I   2310B                   SIT19 SIT49
I   2310C                   SIT49
I   2420B                   SIT49
I   2420A                   SIT19
I   2400 DTP 472            CLM71
D   2300 DTP 472            SIT28 SIT41
D   2400 DTP 472            SIT28 SIT41
D   2300 DN1                SIT40
D   2400 SV3 05             SIT38 SIT39
D   2400 DTP 139/441        SIT38 SIT39
"""

_PAYER = "only the payer knows whether it matters"
_PROVIDER = "only the provider knows; nothing in the claim says so"
_ELSEWHERE = "it repeats what another document says, which is not in the claim"
_DIFFERS = "a value that differs is sent; one that is the same harms nothing"
_CODES = "which codes it concerns is licensed content, or the payer's own list"

REASONS = {
    "the provider has an NPI": "whether a provider has one is for the national register to say; CLM73 asks it of leading roles",
    "needed besides, or instead of, the main identifier": _PAYER,
    "the other payer knows the provider by a number of its own": _ELSEWHERE,
    "outside the US and Canada": "no list of subdivisions of other countries is here",
    "the payer's decision depends on the specialty": _PAYER,
    "the payer asks for it": _PAYER,
    "the payer asks for a form with the line": _PAYER,
    "the contract asks for it": _PAYER,
    "Medicare asks for a certificate": "Medicare's policy for the item decides",
    "anesthesia and the payer asks": _PAYER,
    "spinal manipulation and the payer asks": _PAYER,
    "the patient is pregnant and the payer asks": _PAYER,
    "a diagnosis may decide on payment": _PAYER,
    "law asks for one": "the law of the state decides",
    "law asks for it": "the law of the state decides",
    "asked for by regulation": "the regulation decides",
    "the state taxes the service": "the law of the state decides",
    "it differs from the claim's": _DIFFERS,
    "someone other than the billing provider gave the care": _DIFFERS,
    "the service was performed elsewhere than at the billing provider's address": _DIFFERS,
    "there is no group number": "a name beside the number harms nothing, and payers take both",
    "the claim has diagnoses": "a line may concern none of them",
    "physical therapy or routine foot care": _CODES,
    "ESRD or EPO": _CODES,
    "it differs from the day of service": _DIFFERS,
    "the remittance held it": _ELSEWHERE,
    "the payer gave one": _ELSEWHERE,
    "it gave one": _ELSEWHERE,
    "a repricer gave one": _ELSEWHERE,
    "a clearinghouse gave one": _ELSEWHERE,
    "a peer review organization approved": _ELSEWHERE,
    "a repricer has dealt with it": _ELSEWHERE,
    "a repricer passes the claim on": _ELSEWHERE,
    "a repricer adds one": _ELSEWHERE,
    "it did": _ELSEWHERE,
    "it is known": "what is known and not sent cannot be seen",
    "the procedure is for an area of the mouth": _CODES,
    "the procedure is for a tooth or its surfaces": _CODES,
    "the code names nothing in particular": _CODES,
    "hearing aids, lenses or frames": _CODES,
    "an EPSDT screening": _CODES,
    "orthodontic treatment": "an appliance may have been placed before, or not yet",
}
"""Why no rule decides a situation, by its words; of any other only the provider knows."""


class Situation(NamedTuple):
    """A situational part of one guide or more: where, what, when it is due, and what decides that."""

    guides: str
    place: str
    what: str
    when: str
    rules: tuple[str, ...]
    why_not: str


def _patterns() -> list[tuple[str, str, tuple[str, ...]]]:
    found = []
    for line in filter(None, _DECIDED.split("\n")):
        letters, rest = line.split(None, 1)
        place, _, rules = rest.partition("  ")
        found.append((letters, place.strip(), tuple(rules.split())))
    return found


PATTERNS = _patterns()
"""For which guides, at which places, what decides."""


def _uses(loop: Loop) -> Iterator[tuple[str, str, str]]:
    """Yield place, title and situation of every situational part below a loop."""
    for child in loop.children:
        if isinstance(child, Loop):
            if child.usage is Usage.SITUATIONAL:
                yield child.id, child.title, child.when
            yield from _uses(child)
        else:
            yield from _parts(f"{loop.id} {child.id}", child)


def _parts(place: str, segment: Segment) -> Iterator[tuple[str, str, str]]:
    codes = "/".join(sorted(segment.qualifiers or ()))
    place = f"{place} {codes}" if codes else place
    if segment.usage is Usage.SITUATIONAL:
        yield place, segment.title, segment.when
    for number, element in enumerate(segment.elements, 1):
        at = f"{place} {number:02}"
        if element.usage is Usage.SITUATIONAL and element.when:
            yield at, element.name.replace("_", " ") or segment.title, element.when
        for part, each in enumerate(element.elements if isinstance(element, Composite) else (), 1):
            if each.usage is Usage.SITUATIONAL and each.when and element.usage is not Usage.NOT_USED:
                yield f"{at}-{part}", each.name.replace("_", " ") or segment.title, each.when


def situations() -> list[Situation]:
    """Return the situational parts of the three guides, those of the same place and words together."""
    letters: dict[tuple[str, str, str, tuple[str, ...]], str] = {}
    for letter, convention in GUIDES.items():
        for place, what, when in _uses(guide(convention).root):
            rules = next((rules for of, at, rules in PATTERNS if letter in of and fnmatchcase(place, at)), ())
            key = place, what, when, rules
            if letter not in letters.setdefault(key, ""):
                letters[key] += letter
    return [
        Situation(guides, place, what, when, rules, "" if rules else REASONS.get(when, _PROVIDER))
        for (place, what, when, rules), guides in letters.items()
    ]
