"""Kinds of services by their codes: an edit about a kind runs only on claims that have it.

A kind is a list of codes and of ranges of codes, with both ends. Codes of CPT appear by number alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["KINDS", "CodeList", "kinds_of"]


class CodeList:
    """A list of codes and ranges such as `A0426-A0434`; both ends of a range have the same length.

    >>> "A0429" in CodeList("A0425 A0427-A0430"), "A0426" in CodeList("A0425 A0427-A0430")
    (True, False)
    """

    def __init__(self, text: str) -> None:
        words = [word.partition("-") for word in text.split()]
        self.single = frozenset(first for first, dash, _ in words if not dash)
        self.ranges = tuple((first, last) for first, dash, last in words if dash)
        self._answers = Memo(self.holds, most=4_096)

    def __contains__(self, code: object) -> bool:
        """Whether a code is listed."""
        return self._answers[code]

    def holds(self, code: object) -> bool:
        """Work out whether a code is listed."""
        if code in self.single:
            return True
        if isinstance(code, str):
            for first, last in self.ranges:
                if first <= code <= last and is_within(code, first):
                    return True
        return False

    def __iter__(self) -> Iterator[str]:
        """Iterate over the codes that are listed by themselves."""
        return iter(sorted(self.single))

    def beginning(self, character: str) -> CodeList:
        """Return the part of the list that holds whatever of its codes begins with a character.

        >>> list(CodeList("A0425 A0427-A0430 99213").beginning("A"))
        ['A0425']
        """
        part = CodeList("")
        part.single = frozenset(code for code in self.single if code[0] == character)
        part.ranges = tuple((first, last) for first, last in self.ranges if first[0] <= character <= last[0])
        return part


def is_within(code: str, first: str) -> bool:
    """Whether a code between the ends of a range is as long as they are, and has its letters in the same places.

    >>> is_within("A0429", "A0426"), is_within("0002U", "0001U"), is_within("0002U", "00012"), is_within("A042", "A0426")
    (True, True, False, False)
    """
    if code[1:].isdigit() and first[1:].isdigit():  # as nearly all
        return len(code) == len(first) and code[0].isdigit() == first[0].isdigit()
    return [*map(str.isdigit, code)] == [*map(str.isdigit, first)]


ANESTHESIA = CodeList("00100-01999")
"""The anesthesia section of CPT."""

LABORATORY = CodeList("80047-89398 G0027 G0103 G0123 G0143-G0145 G0147 G0148 G0306 G0307 G0328 G0432-G0435")
"""Clinical laboratory and pathology."""

IMAGING = CodeList("70010-76499 76506-76999 77046-77067 78012-78999")
"""Diagnostic radiology, ultrasound, mammography and nuclear medicine."""

DRUGS = CodeList("J0120-J9999 Q0138 Q0139 Q2035-Q2039 Q2049 Q2050 Q5101-Q5150")
MAMMOGRAPHY = CodeList("77055-77057 77061-77063 77065-77067 G0202 G0204 G0206 G0279")

AMBULANCE = CodeList("A0425-A0436 A0998 A0999")
AMBULANCE_BASE = CodeList("A0426-A0431 A0433 A0434")
MILEAGE = CodeList("A0425 A0435 A0436")
"""Ambulance services, their base rates, and their miles."""

THERAPY = CodeList(
    """92507 92508 92521-92524 92526 92597 92607-92609 96125 97010-97036 97039 97110-97150 97161-97168 97530
    97533 97535 97537 97542 97750 97755 97760 97761 97763 G0281 G0283 G0329"""
)
"""Services that CMS's list of therapy code dispositions calls always therapy."""

EMERGENCY_VISITS = CodeList("99281-99285")
HOSPITAL_VISITS = CodeList("99221-99223 99231-99236 99238 99239")
NURSING_VISITS = CodeList("99304-99310 99315 99316")
HOME_VISITS = CodeList("99341-99350")
"""Visits that are given at a place of their own."""

CHIROPRACTIC = CodeList("98940-98942")
"""Manipulation of the spine."""

ANEMIA_DRUGS = CodeList("J0881 J0885 Q5106")
"""Erythropoiesis stimulating agents for patients who are not on dialysis."""

CARE_PLAN_OVERSIGHT = CodeList("G0181 G0182")
"""A physician's oversight of the care of a home health agency or a hospice."""

EQUIPMENT = CodeList("E0100-E1298 E1300-E1406 E1700-E2633 K0001-K0195 K0455-K0900")
"""Durable medical equipment, of which a claim says whether it is new, used or rented."""

LOWER_LIMB = CodeList("L5610-L5616 L5710-L5780 L5810-L5859 L5930 L5961 L5968-L5987")
"""Knees, ankles and feet of prostheses, whose coverage depends on what the patient could do with them."""

SUPPLIER_ITEMS = CodeList("A4206-A8004 B4034-B9999 E0100-E9999 K0001-K1399 L0112-L9900")
"""Equipment, prosthetics, orthotics and supplies."""

UNLISTED = CodeList(
    """01999 15999 17999 19499 20999 21089 21299 21499 21899 22899 22999 23929 24999 25999 26989 27299 27599 27899
    28899 29799 29999 30999 31299 31599 31899 32999 33999 36299 37501 37799 38129 38589 38999 39499 39599 40799
    40899 41599 41899 42299 42699 42999 43289 43499 43659 43999 44238 44799 44899 44979 45399 45499 45999 46999
    47379 47399 47579 47999 48999 49329 49659 49999 50549 50949 51999 53899 54699 55559 55899 58578 58579 58679
    58999 59897-59899 60659 60699 64999 66999 67299 67399 67599 67999 68399 68899 69399 69799 69949 69979
    76496-76499 76999 77299 77399 77499 77799 78099 78199 78299 78399 78499 78599 78699 78799 78999 79999 81099
    81479 81599 84999 85999 86849 86999 87999 88099 88199 88299 88399 89240 89398 90399 90749 90899 90999 91299
    92499 92700 93799 94799 95199 95999 96379 96549 96999 97039 97139 97799 99199 99429 99499 99600
    D0999 D1999 D2999 D3999 D4999 D5899 D5999 D6199 D6999 D7999 D8999 D9999
    A0999 A4641 A4649 A4913 A9152 A9153 A9698 A9699 A9900 A9999 B9998 B9999 C9399 E0769 E0770 E1399 E1699 J1599
    J3490 J3535 J3590 J3591 J7199 J7599 J7699 J7799 J7999 J8498 J8499 J8597 J8999 J9999 K0108 K0812 K0898 K0899
    L0999 L1499 L2999 L3649 L3999 L5999 L7499 L8039 L8499 L8699 P9099 Q0507-Q0509 Q2039 Q4050 Q4082 Q4100 S8189
    T1999 T2025 T5999 V2199 V2599 V2799 V5298 V5299"""
)
"""Codes for services, drugs and supplies that have no code of their own."""

NOT_SPECIFIED = CodeList(
    """A4335 A4421 A6261 A6262 A6512 A6519 A6549 A6584 A6609 A9279 A9280 A9579 A9597-A9599 B4185 C1889 C2698 C2699
    E0446 E0625 E0676 E1229 E1239 E2599 J0220 J0256 J1566 J3301 J7192 J7195 J9201 J9245 L8698 Q4051"""
)
"""Drugs and supplies whose HCPCS descriptor says "not otherwise specified" or "not otherwise classified"."""

KINDS: dict[str, CodeList] = {
    "anesthesia": ANESTHESIA,
    "laboratory": LABORATORY,
    "imaging": IMAGING,
    "drug_codes": DRUGS,
    "mammography": MAMMOGRAPHY,
    "ambulance": AMBULANCE,
    "therapy": THERAPY,
    "chiropractic": CHIROPRACTIC,
    "emergency_visits": EMERGENCY_VISITS,
    "hospital_visits": HOSPITAL_VISITS,
    "nursing_visits": NURSING_VISITS,
    "home_visits": HOME_VISITS,
    "anemia_drugs": ANEMIA_DRUGS,
    "care_plan_oversight": CARE_PLAN_OVERSIGHT,
    "equipment": EQUIPMENT,
    "supplier_items": SUPPLIER_ITEMS,
    "unlisted": UNLISTED,
    "not_specified": NOT_SPECIFIED,
}
"""Each kind with its codes."""


NO_KINDS: frozenset[str] = frozenset()


def kinds_of(code: str) -> frozenset[str]:
    """Return the kinds of service that a code belongs to; most belong to none.

    >>> sorted(kinds_of("80053")), sorted(kinds_of("99213"))
    (['laboratory'], [])
    """
    return KNOWN[code]


def of_code(code: str) -> frozenset[str]:
    """Work out the kinds of a code, from the codes and the ranges that begin as it does."""
    single, ranges = PARTS[code[:1]]
    found = [kind for first, last, kind in ranges if first <= code <= last and is_within(code, first)]
    return frozenset((*found, *single.get(code, ()))) or NO_KINDS


def parts(character: str) -> tuple[dict[str, list[str]], list[tuple[str, str, str]]]:
    """Return of what begins with a character the kinds of each code, and each range with its kind."""
    single: dict[str, list[str]] = {}
    ranges: list[tuple[str, str, str]] = []
    for kind, codes in KINDS.items():
        part = codes.beginning(character)
        for code in part:
            single.setdefault(code, []).append(kind)
        ranges += [(first, last, kind) for first, last in part.ranges]
    return single, ranges


KNOWN = Memo(of_code, most=4096)
PARTS = Memo(parts, most=64)
