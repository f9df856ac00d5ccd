"""How a visit is written down as a claim, and sent: the claim model, and X12 in `claims.x12`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medcode.claims.model import *  # noqa: F403  # the model is this package's face

__all__ = ["ProfessionalClaim"]


def __getattr__(name: str) -> Any:
    """Load the model when one of its names is first used."""
    model = import_module("medcode.claims.model")
    if name not in model.__all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(model, name)
