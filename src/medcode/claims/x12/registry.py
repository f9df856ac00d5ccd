"""Which class of claim each guide is read into and written from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from medcode.claims.model.claim import ProfessionalClaim
from medcode.claims.model.dental import DentalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.claims.model.submission import TransactionHeader
from medcode.claims.x12.frames import Bound
from medcode.claims.x12.guides import GUIDES, guide
from medcode.claims.x12.walker import walker
from medcode.errors import X12Error

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim
    from medcode.claims.x12.walker import Walker

__all__ = ["CLAIMS", "bound_for", "bound_to", "walker_of"]

CLAIMS: dict[str, type[Claim]] = {
    cls.guide: cls for cls in (ProfessionalClaim, InstitutionalClaim, DentalClaim)
}
"""The class of claim of each guide, by the guide's id."""


def bound_to(convention: str) -> Bound | None:
    """Give the guide of an implementation convention tied to its classes; None for no claim guide."""
    if convention not in GUIDES:
        return None
    found = guide(convention)
    return _bound(found.id) if (found.base or found.id) in CLAIMS else None


def bound_for(kind: str, convention: str) -> Bound:
    """Give the guide of a convention for the claims of a guide; X12Error where it is for others, or for none."""
    bound = bound_to(convention)
    if bound is None or bound.claim.cls is not CLAIMS[kind]:
        raise X12Error(f"claims of the guide {kind} are not written by {convention}")
    return bound


def walker_of(convention: str) -> Walker | None:
    """Give the guide of an implementation convention made ready to be walked; None where there is none."""
    if bound := bound_to(convention):
        return bound.walker
    return walker(guide(convention)) if convention in GUIDES else None


@lru_cache
def _bound(id_: str) -> Bound:
    found = guide(id_)
    return Bound(found, CLAIMS[found.base or found.id], TransactionHeader)
