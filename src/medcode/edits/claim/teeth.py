"""Teeth: their numbers, where they are, which surfaces they have, and what dental procedures ask of them.

Codes of CDT appear by number alone. Sources: ADA, Universal/National Tooth Designation System; ISO 3950; ADA, Dental
Claim Form completion instructions, items 25 to 28.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from medcode.edits.kinds import CodeList

__all__ = [
    "ARCHES",
    "AREAS",
    "BY_QUADRANT",
    "BY_TOOTH",
    "OF_PRESENT_TEETH",
    "PERMANENT",
    "PRIMARY",
    "SURFACES",
    "TEETH",
    "WORK",
    "Work",
    "nearest",
    "regions",
    "surfaces_of",
    "work_of",
]

PERMANENT = tuple(str(number) for number in range(1, 33))
PRIMARY = tuple("ABCDEFGHIJKLMNOPQRST")
NEAREST = {str(number + 50): str(number) for number in range(1, 33)} | {
    f"{letter}S": letter for letter in PRIMARY
}
"""Each supernumerary tooth with the one nearest to it: 50 less than its number, or its letter before S."""

TEETH = frozenset((*PERMANENT, *PRIMARY, *NEAREST))
SURFACES = frozenset("BDFILMO")
"""Buccal, distal, facial, incisal, lingual, mesial and occlusal."""

ANTERIOR = frozenset((*PERMANENT[5:11], *PERMANENT[21:27], *PRIMARY[2:8], *PRIMARY[12:18]))
PREMOLARS = frozenset(PERMANENT[at] for at in (3, 4, 11, 12, 19, 20, 27, 28))
POSTERIOR = frozenset((*PERMANENT, *PRIMARY)) - ANTERIOR

QUADRANTS = {
    "10": frozenset((*PERMANENT[:8], *PRIMARY[:5])),
    "20": frozenset((*PERMANENT[8:16], *PRIMARY[5:10])),
    "30": frozenset((*PERMANENT[16:24], *PRIMARY[10:15])),
    "40": frozenset((*PERMANENT[24:], *PRIMARY[15:])),
}
UPPER, LOWER = QUADRANTS["10"] | QUADRANTS["20"], QUADRANTS["30"] | QUADRANTS["40"]
AREAS = {
    "00": UPPER | LOWER,
    "01": UPPER,
    "02": LOWER,
    "03": QUADRANTS["10"] - ANTERIOR,
    "04": UPPER & ANTERIOR,
    "05": QUADRANTS["20"] - ANTERIOR,
    "06": QUADRANTS["30"] - ANTERIOR,
    "07": LOWER & ANTERIOR,
    "08": QUADRANTS["40"] - ANTERIOR,
    "09": UPPER | LOWER,
    **QUADRANTS,
    "L": QUADRANTS["20"] | QUADRANTS["30"],
    "R": QUADRANTS["10"] | QUADRANTS["40"],
}
"""Areas of the oral cavity with their teeth: whole, arches, sextants, quadrants, sides; 09 is another area."""


def nearest(tooth: str) -> str:
    """Return a tooth itself, or the one that a supernumerary tooth is nearest to.

    >>> nearest("53"), nearest("AS"), nearest("3")
    ('3', 'A', '3')
    """
    return NEAREST.get(tooth, tooth)


def surfaces_of(tooth: str) -> frozenset[str]:
    """Return the surfaces that a tooth has: an anterior one an incisal edge, others an occlusal surface.

    >>> sorted(SURFACES - surfaces_of("8")), sorted(SURFACES - surfaces_of("53"))
    (['O'], ['I'])
    """
    return SURFACES - {"O" if nearest(tooth) in ANTERIOR else "I"}


def regions(tooth: str) -> tuple[str, ...]:
    """Return the quadrants of a tooth; none for an unknown one.

    >>> regions("3"), regions("T"), regions("99")
    (('10',), ('40',), ())
    """
    return tuple(area for area, teeth in QUADRANTS.items() if nearest(tooth) in teeth)


class Work(NamedTuple):
    """What a restoration or root canal is: on which teeth, and on how many surfaces at least and at most."""

    codes: CodeList
    teeth: frozenset[str]
    kind: str
    least: int = 0
    most: int = 5


ANY = frozenset((*PERMANENT, *PRIMARY))
WORK = (
    Work(CodeList("D2140 D2410 D2510 D2610 D2650"), ANY, "any", 1, 1),
    Work(CodeList("D2150 D2420 D2520 D2542 D2620 D2642 D2651 D2662"), ANY, "any", 2, 2),
    Work(CodeList("D2160 D2430 D2543 D2643 D2663"), ANY, "any", 3, 3),
    Work(CodeList("D2530 D2630 D2652"), ANY, "any", 3),
    Work(CodeList("D2161 D2544 D2644 D2664"), ANY, "any", 4),
    Work(CodeList("D2330"), ANTERIOR, "anterior", 1, 1),
    Work(CodeList("D2331"), ANTERIOR, "anterior", 2, 2),
    Work(CodeList("D2332"), ANTERIOR, "anterior", 3, 3),
    Work(
        CodeList("D2335"), ANTERIOR, "anterior", 1
    ),  # any number of surfaces, where it involves the incisal angle
    Work(CodeList("D2390 D2932 D2933 D2934 D3310 D3346 D3410"), ANTERIOR, "anterior"),
    Work(CodeList("D2391"), POSTERIOR, "posterior", 1, 1),
    Work(CodeList("D2392"), POSTERIOR, "posterior", 2, 2),
    Work(CodeList("D2393"), POSTERIOR, "posterior", 3, 3),
    Work(CodeList("D2394"), POSTERIOR, "posterior", 4),
    Work(CodeList("D3320 D3347 D3421"), PREMOLARS, "premolar"),
    Work(CodeList("D3330 D3348 D3425"), POSTERIOR - PREMOLARS, "molar"),
)


@lru_cache(maxsize=1024)
def work_of(code: str) -> Work | None:
    """Return what a procedure is by its number, or None where its number does not fix teeth and surfaces.

    >>> work_of("D2392").kind, work_of("D2392").most, work_of("D0120")
    ('posterior', 2, None)
    """
    return next((each for each in WORK if code in each.codes), None)


BY_TOOTH = CodeList("D1351-D1355 D2140-D2991 D3110-D3426 D6205-D6794 D7111-D7251 D7270 D7280-D7283")
"""Procedures of single teeth."""

OF_PRESENT_TEETH = CodeList("D1351-D1355 D2140-D2991 D3110-D3426 D7111-D7241")
"""Procedures that a missing tooth cannot have had."""

BY_QUADRANT = CodeList("D4210 D4211 D4240 D4241 D4260 D4261 D4341 D4342 D7310 D7311 D7320 D7321")
"""Procedures of a quadrant, or of some teeth in it."""

ARCHES = {
    **dict.fromkeys(["D5110", "D5130", "D5211", "D5213", "D5221", "D5223", "D5225"], "01"),
    **dict.fromkeys(["D5120", "D5140", "D5212", "D5214", "D5222", "D5224", "D5226"], "02"),
}
"""Dentures of the upper and of the lower arch."""
