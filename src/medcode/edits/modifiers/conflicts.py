"""MOD01: two modifiers of a line that contradict each other.

A table: each row is a group of modifiers, those that may not be on a line with one of them, since when, and who
says so.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, final

import attrs

from medcode.claims.model.claim import Claim
from medcode.edits.base import Edit
from medcode.edits.examples import line, visit
from medcode.edits.kinds import AMBULANCE
from medcode.edits.modifiers.lists import (
    ANESTHESIA_BY,
    FINGERS,
    LEFT,
    LIDS,
    RIGHT,
    THERAPY,
    TOES,
    TRIP,
    WORDS,
)
from medcode.edits.services import services
from medcode.findings import Fix, FixKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.edits.context import Context
    from medcode.edits.services import Service
    from medcode.findings import Finding

__all__ = ["ANATOMIC", "CONFLICTS", "LEVELS", "STATUS_OF_PATIENT", "ModifierConflict"]


def manual(chapter: int, section: str) -> Source:
    """Return a chapter of CMS's claims manual as a source."""
    return Source(
        "CMS", f"Medicare Claims Processing Manual, Pub. 100-04, chapter {chapter}", section=section
    )


IOCE = Source("CMS", "Integrated OCE Specifications", section="edit 102")
LEVELS = Source("CMS", "LCD L33787: Lower Limb Prostheses")
STATUS_OF_PATIENT = Source("AMA", "CPT: physical status modifiers of anesthesia, P1 to P6")
ANATOMIC = Source("CMS", "NCCI Policy Manual", section="chapter I, E")
TWO_LINES = "bill each on a line of its own"
NOTICES = manual(1, "60.4.2")
DEFINED = Source("CMS", "HCPCS Level II modifiers")


class Row(NamedTuple):
    """Two groups of modifiers that may not be on one line; within one group where the second is empty."""

    first: frozenset[str]
    second: frozenset[str]
    source: Source
    since: date = date.min
    advice: str = "keep one of them"


def group(text: str) -> frozenset[str]:
    """Return the modifiers of a text."""
    return frozenset(text.split())


CONFLICTS = (
    Row(group("CT"), group("FX FY"), IOCE, date(2019, 7, 1)),
    Row(group("FX"), group("FY"), IOCE, date(2019, 7, 1)),
    Row(group("ER"), group("PN PO"), IOCE, date(2019, 7, 1)),
    Row(group("PN"), group("PO"), IOCE, date(2019, 7, 1)),
    Row(group("GA"), group("GZ GY GX"), NOTICES),
    Row(group("GZ"), group("GY GX"), NOTICES),
    Row(group("GX"), group("EY GL KB QL TQ"), NOTICES, date(2010, 4, 1)),
    Row(group("GV"), group("GW"), manual(11, "40")),
    Row(THERAPY, frozenset(), manual(5, "20.1")),
    Row(group("CQ"), group("CO GO GN"), manual(5, "20.1"), date(2020, 1, 1)),
    Row(group("CO"), group("GP GN"), manual(5, "20.1"), date(2020, 1, 1)),
    Row(ANESTHESIA_BY, frozenset(), manual(12, "50")),
    Row(group("P1 P2 P3 P4 P5 P6"), frozenset(), STATUS_OF_PATIENT),
    Row(group("NU RR UE"), frozenset(), manual(20, "30.5")),
    Row(group("KH KI KJ"), frozenset(), manual(20, "30.5")),
    Row(group("K0 K1 K2 K3 K4"), frozenset(), LEVELS),
    Row(group("JW"), group("JZ"), manual(17, "40"), date(2023, 7, 1)),
    Row(group("93"), group("95 GT GQ"), manual(12, "190"), date(2022, 1, 1)),
    Row(group("95"), group("GT GQ"), manual(12, "190"), date(2017, 1, 1)),
    Row(group("26"), group("TC"), manual(13, "20.1")),
    Row(group("80"), group("81 82 AS"), manual(12, "20.4.3")),
    Row(group("62"), group("66 80 81 82 AS"), manual(12, "40.8")),
    Row(group("58"), group("78 79"), manual(12, "40.2")),
    Row(group("78"), group("79"), manual(12, "40.2")),
    Row(group("73"), group("74"), manual(4, "20.6.4")),
    Row(group("KX"), group("KS"), DEFINED),
    Row(group("KX"), group("GY GZ"), DEFINED),
    Row(group("QM"), group("QN"), DEFINED),
    Row(group("RA"), group("RB"), DEFINED),
    Row(group("BP BR BU"), frozenset(), DEFINED),
    Row(group("QA QB QE QF QG QR"), frozenset(), DEFINED),
    Row(group("N1 N2 N3"), frozenset(), DEFINED),
    Row(group("Q7 Q8 Q9"), frozenset(), DEFINED),
    Row(group("G1 G2 G3 G4 G5 G6"), frozenset(), DEFINED),
    Row(group("EA EB EC"), frozenset(), DEFINED),
    Row(group("JA JB"), frozenset(), DEFINED),
    Row(group("UN UP UQ UR US"), frozenset(), DEFINED),
    Row(group("PI"), group("PS"), DEFINED),
    Row(group("GC"), group("GE"), DEFINED),
    Row(group("Q5"), group("Q6"), DEFINED),
    Row(group("54"), group("55 56"), manual(12, "40.2")),
    Row(group("76"), group("77"), manual(12, "40.2")),
    Row(group("GT"), group("GQ"), manual(12, "190")),
    Row(group("LT"), RIGHT, ANATOMIC, advice=TWO_LINES),
    Row(group("RT"), LEFT, ANATOMIC, advice=TWO_LINES),
    Row(LIDS, frozenset(), ANATOMIC, advice=TWO_LINES),
    Row(FINGERS, frozenset(), ANATOMIC, advice=TWO_LINES),
    Row(TOES, frozenset(), ANATOMIC, advice=TWO_LINES),
)


@final
class ModifierConflict(Edit[Claim]):
    """Two modifiers of a line contradict each other.

    Why: each of them states a fact that the other denies, such as rented and new equipment, or a service
    under two plans of therapy; payers return or deny the line.
    Fix: keep the modifier that the record supports; bill on two lines what was two services.
    """

    id, name, snip = "MOD01", "modifier-conflict", 5
    yields_to = ("OCE102",)
    source = IOCE
    requires = ("days",)
    applies_to = "modifiers"
    ack = "A7:453"
    carc, rarc = ("4",), ("N519",)
    passes = (visit(lines=(line("97110", modifiers=("GP", "CQ")),)),)
    fails = (
        visit(lines=(line("97110", modifiers=("GP", "GO")),)),
        visit(lines=(line("E0601", modifiers=("NU", "RR")),)),
        visit(lines=(line("71250", modifiers=("CT", "FX")),)),
        visit(lines=(line("26011", modifiers=("F1", "F2")),)),
        visit(place_of_service="10", lines=(line("99213", modifiers=("93", "95")),)),
    )

    def concerns_modifiers(self, modifiers: tuple[str, ...], /) -> bool:
        """Whether a line has several modifiers."""
        return len(modifiers) > 1

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Check every two modifiers of a line."""
        for service in services(context):
            if len(service.ordered) > 1:
                yield from self._judged(service)

    def _judged(self, service: Service) -> Iterator[Finding]:
        for one, two in combinations(stated(service), 2):
            row = next(
                (row for row in CONFLICTS if row.since <= service.day and excludes(row, one, two)), None
            )
            if row:
                what = f"{service.code} ({service.line}) has modifiers {shown(one)} and {shown(two)}"
                options = tuple(
                    tuple(each for each in service.ordered if each != drop) for drop in (two, one)
                )
                fix = Fix(
                    f"Keep {one} or {two}.",
                    service.modifiers_path,
                    old=service.ordered,
                    options=options,
                    kind=FixKind.CHOICE,
                )
                finding = self.fail(
                    service.modifiers_path,
                    service.code,
                    f"{what}, which exclude each other; {row.advice}.",
                    fix=None if row.advice == TWO_LINES else fix,
                )
                yield attrs.evolve(finding, source=row.source)


def stated(service: Service) -> Iterable[str]:
    """Return the modifiers of a line once each; of an ambulance's without those that say from where to where."""
    trip = TRIP if service.code in AMBULANCE else frozenset()
    return [each for each in dict.fromkeys(service.ordered) if each not in trip]


def excludes(row: Row, one: str, two: str) -> bool:
    """Whether a row keeps two modifiers apart."""
    if not row.second:
        return {one, two} <= row.first
    return (one in row.first and two in row.second) or (two in row.first and one in row.second)


def shown(modifier: str) -> str:
    """Return a modifier with its meaning, where it is known."""
    return f"{modifier} ({WORDS[modifier]})" if modifier in WORDS else modifier
