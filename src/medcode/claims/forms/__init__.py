"""Claims by the field numbers of the paper forms: CMS-1500 for professional claims."""

from __future__ import annotations

from medcode.claims.forms.cms1500 import from_cms1500

__all__ = ["from_cms1500"]
