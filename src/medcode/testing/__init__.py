"""Tools for testing software that uses medcode: a payer in a box, and strategies, which need the extra `testing`.

>>> from medcode.testing import Payer
>>> Payer("denials", seed=1).scenario.summary
'Every claim is denied, each for another kind of reason.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medcode.testing.payer import Payer as Payer

__all__ = ["Payer"]


def __getattr__(name: str) -> Any:
    """Load the payer when it is first used (PEP 562)."""
    if name == "Payer":
        from medcode.testing.payer import Payer

        return Payer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
