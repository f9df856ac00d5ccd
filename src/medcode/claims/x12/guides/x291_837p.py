"""The professional predetermination: what would be paid for services that are still to come.

A variant of the 837P. Only what is sure of it is changed, and each change allows more: services
have no day yet, CLM19 may ask for a predetermination, BHT06 is open.
Source: ASC X12 005010X291, Health Care Predetermination: Professional (facts only).
"""

from __future__ import annotations

from medcode.claims.x12.guides import x222_837p
from medcode.claims.x12.guides.grammar import E, R, S
from medcode.claims.x12.guides.variant import variant

GUIDE = variant(
    x222_837p.GUIDE,
    "005010X291",
    "Health care predetermination: professional",
    {
        "ST BHT": {6: E("claim_type", R)},
        "2300 CLM": {19: E("predetermination", S, when="the payer asks for it")},
        "2400 DTP 472": S,
    },
)
