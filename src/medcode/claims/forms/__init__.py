"""Claims by the field numbers of the paper forms: CMS-1500 and UB-04."""

from __future__ import annotations

from medcode.claims.forms.cms1500 import from_cms1500
from medcode.claims.forms.ub04 import from_ub04

__all__ = ["from_cms1500", "from_ub04"]
