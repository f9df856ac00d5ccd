"""Who is who in the claims of these files, and what many of them have in common: providers, trips, stays, payers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.edits.outside.texts import AGREED, hospital, line, practice

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AFTER",
    "AIR",
    "BORN",
    "CLIA",
    "DME",
    "HOSPICE",
    "OPERATED",
    "ORDERED",
    "OTHER",
    "REFERRED",
    "RIDE",
    "SELF",
    "STAY",
    "THIRD_NPI",
    "TIMED",
    "WATCHED",
    "A",
    "B",
    "H",
    "L",
    "P",
    "after_first",
    "drug",
    "minutes",
    "rendered",
    "room",
    "stay",
    "value",
]

H: Callable[..., str] = hospital
L: Callable[..., dict[str, Any]] = line
P: Callable[..., str] = practice

A, B = {"filing": "MA"}, {"filing": "MB"}
"""Medicare's parts, as the payer of a claim."""

THIRD_NPI = "1457309494"
OTHER = f"NM1*82*1*POE*KIM****XX*{AGREED}"
SELF = "NM1*82*1*ROE*ALEX****XX*1234567893"
REFERRED = "NM1*DN*1*ROE*ALEX****XX*1234567893"
ORDERED = "NM1*DK*1*ROE*ALEX****XX*1234567893"
OPERATED = "NM1*72*1*ROE*ALEX****XX*1234567893"
CLIA = "REF*X4*33D0123456"
SCENE = ("NM1*PW*2", "N3*5 ELM ST", "N4*ALBANY*NY*12207", "NM1*45*2", "N3*6 ELM ST", "N4*ALBANY*NY*12207")
HOSPICE = ("CRC*70*N*65",)
RIDE: dict[str, Any] = {**B, "place": "41", "claim": ("CR1****A*DH*9",), "providers": SCENE}
AIR: dict[str, Any] = {**RIDE, "place": "42"}
DME: dict[str, Any] = {**B, "place": "12", "providers": (REFERRED,)}
WATCHED: dict[str, Any] = {"revenue": "0762"}


def minutes(number: int) -> dict[str, Any]:
    """The time of anesthesia."""
    return {"unit": "MJ", "units": number}


TIMED = minutes(90)


def stay(dates: str = "20260112-20260116", **about: Any) -> dict[str, Any]:
    """A stay in a hospital."""
    return {"bill": "111", "dates": dates, "admission": dates[:8], **about}


STAY = stay("20260105-20260110")
BORN: dict[str, Any] = {**STAY, "type": "4", "source": "5", "born": "20260105"}


def room(days: int = 4, revenue: str = "0120") -> dict[str, Any]:
    """Days of room and board."""
    return L("", revenue=revenue, unit="DA", units=days, charge=1000 * days)


def value(*amounts: tuple[str, int | str]) -> tuple[str, ...]:
    """Value codes with their amounts."""
    return ("HI*" + "*".join(f"BE:{code}:::{amount}" for code, amount in amounts),)


def rendered(npi: str = AGREED, last: str = "POE", taxonomy: str = "") -> list[str]:
    """The practitioner who rendered a claim or a line."""
    return [f"NM1*82*1*{last}*KIM****XX*{npi}", *([f"PRV*PE*PXC*{taxonomy}"] if taxonomy else [])]


def drug(code: str) -> list[str]:
    """The drug of a line."""
    return [f"LIN**N4*{code}", "CTP****1*ML"]


def after_first(adjusted: int, filing: str = "CI") -> dict[str, Any]:
    """A claim to a second payer, of which the first has paid 40 dollars."""
    segments = (
        f"SBR*P*18*******{filing}",
        f"CAS*CO*45*{adjusted}",
        "AMT*D*40",
        "OI***Y***Y",
        "NM1*IL*1*DOE*KIM****MI*X1",
        "NM1*PR*2*FIRST*****PI*FIRST",
        "DTP*573*D8*20260201",
    )
    return {"level": "S", "providers": segments}


AFTER: dict[str, Any] = {**A, **after_first(60)}
