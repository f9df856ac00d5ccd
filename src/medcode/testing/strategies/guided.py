"""The codes that the guides allow at a place of a claim, so that no strategy repeats a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.compiled import compiled_for
from medcode.claims.x12.codec.route import routes
from medcode.claims.x12.guides.grammar import Composite
from medcode.testing.strategies.primitives import kept, one_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from medcode.claims.model import Claim
    from medcode.claims.x12.codec.compiled import CompiledGuide
    from medcode.claims.x12.codec.route import Stop

__all__ = ["codes_at", "guided"]


@kept
def codes_at(model: type[Claim], path: str) -> tuple[str, ...]:
    """Return the codes that the guide of a class of claims allows at a path, without indexes.

    Raises LookupError where the guide has no list of them.

    >>> from medcode.claims import ProfessionalClaim
    >>> codes_at(ProfessionalClaim, "lines.note.type")
    ('ADD', 'DCP')
    """
    compiled = compiled_for(model)
    names = tuple(path.split("."))
    held = (stop for stops in routes(compiled)[names] for stop in stops if stop.is_held)
    found = set().union(*(_codes(compiled, stop, names) for stop in held))
    if not found:
        raise LookupError(f"the guide of {model.__name__} lists no codes of {path}")
    return tuple(sorted(found, key=lambda code: (len(code), code)))


def guided(model: type[Claim], path: str, *, but: str = "") -> SearchStrategy[Any]:
    """Draw one of the codes at a path, except some."""
    return one_of(tuple(code for code in codes_at(model, path) if code not in but.split()))


def _codes(compiled: CompiledGuide, stop: Stop, names: tuple[str, ...]) -> frozenset[str]:
    rest = names[len(stop.around.names) :]
    ref = compiled.codecs[stop.node].map.find(rest, [None] * len(rest), 0, (0,))
    row: Any = stop.node.use.elements[(ref.element or 1) - 1]
    if isinstance(row, Composite):
        row = row.elements[(ref.component or 1) - 1]
    codes: frozenset[str] | None = row.codes
    return codes or frozenset()
