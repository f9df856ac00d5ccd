"""Professional claims after their decision, as payers report them to a state or another plan.

A variant of the 837P, which it follows loop by loop. Only what is sure of it is changed, and
the change allows more: BHT06 is open.
Source: ASC X12 005010X298, Post-Adjudicated Claims Data Reporting: Professional (facts only).
"""

from __future__ import annotations

from medcode.claims.x12.guides import x222_837p
from medcode.claims.x12.guides.grammar import E, R
from medcode.claims.x12.guides.variant import variant

GUIDE = variant(
    x222_837p.GUIDE,
    "005010X298",
    "Post-adjudicated claims data reporting: professional",
    {"ST BHT": {6: E("claim_type", R)}},
)
