"""Claims to Medicare for services with rules of their own, written as its manuals ask.

Therapy, ambulance trips, equipment, anesthesia, telehealth, drugs and what of them was discarded, notices to the
patient, hospice patients, sides, vaccines, laboratory, imaging, observation, covered days, newborns, and Medicare
after another payer.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from medcode.testing.strategies.medicare_bills import BILLS
from medcode.testing.strategies.medicare_visits import VISITS
from medcode.testing.strategies.primitives import (
    DAY,
    kept,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Claim


__all__ = ["medicare_claims"]

BEGINS = date(2023, 7, 1)
"""Since then lines of single-dose drugs without waste have modifier JZ."""


@kept
def medicare_claims(valid_on: date = DAY) -> SearchStrategy[Claim]:
    """Draw claims of practitioners and hospitals to Medicare, for care that ends on a day from 2023-07-01 on.

    Raises ValueError for an earlier day. A claim is to be judged within a year of its care, which is Medicare's limit.

    >>> from hypothesis import find
    >>> find(medicare_claims(), lambda claim: claim.subscriber.claim_filing == "MB").lines[0].procedure
    Procedure(code=Hcpcs('97110'), modifiers=('GP',))
    """
    if valid_on < BEGINS:
        raise ValueError(f"expected a day from {BEGINS} on, not {valid_on}")
    return st.one_of([scene(valid_on) for scene in (*VISITS, *BILLS)])
