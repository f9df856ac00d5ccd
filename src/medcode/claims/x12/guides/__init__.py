"""The implementation guides, one table a transaction set, made when first asked for.

>>> guide("005010X222A2").id
'005010X222A1'
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from medcode.errors import X12Error

if TYPE_CHECKING:
    from medcode.claims.x12.grammar import Guide

__all__ = ["GUIDES", "TABLES", "guide"]

TABLES = {
    "x222_837p": "005010X222A1 005010X222 005010X222A2",
    "x223_837i": "005010X223A2 005010X223 005010X223A1 005010X223A3",
    "x224_837d": "005010X224A2 005010X224 005010X224A1 005010X224A3",
    "x231_999": "005010X231A1 005010X231",
    "x291_837p": "005010X291",
    "x292_837i": "005010X292",
    "x298_837p": "005010X298",
}
"""The tables, a file each, with the implementation conventions that each reads; its own comes first."""

GUIDES = {convention: table for table, conventions in TABLES.items() for convention in conventions.split()}
"""Which table reads a transaction, by what its ST03 or GS08 says."""


@lru_cache
def guide(convention: str) -> Guide:
    """Give the guide that an implementation convention (ST03, GS08) is read with.

    Raises X12Error where there is none.
    """
    if convention not in GUIDES:
        raise X12Error(f"no guide for {convention[:12]!r}; there are: {', '.join(sorted(GUIDES))}")
    module = import_module(f"medcode.claims.x12.guides.{GUIDES[convention]}")
    found: Guide = module.GUIDE
    return found
