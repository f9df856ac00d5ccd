"""Claims of resources that do not say all that a claim needs: what is missing is left empty, and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.fhir.leaves import steps_of
from medcode.claims.plain import claim_from
from medcode.errors import VisitError

if TYPE_CHECKING:
    from medcode.claims.model.claim import Claim

__all__ = ["completed"]


def completed(tree: dict[str, Any]) -> tuple[Claim | None, list[str]]:
    """Return the claim of plain data, and what was missing and is left empty; None where something else is wrong.

    An empty text is what stands for a value that was not sent: it is malformed, so edits and writing find it.
    """
    if "kind" not in tree:
        return None, ["not a professional, institutional or oral claim"]
    missing: list[str] = []
    while True:
        try:
            return claim_from(tree), missing
        except VisitError as error:
            problems = list(error.args)
        if not all(each.message.startswith("missing") for each in problems):
            return None, ["not enough for a claim: " + "; ".join(map(str, problems))]
        for each in problems:
            missing.append(f"{each.path} is missing")
            _fill(tree, each.path, _empty(each.message))


def _empty(message: str) -> Any:
    return {} if "a table" in message else [] if "a list" in message else ""


def _fill(tree: Any, path: str, value: Any) -> None:
    *way, last = steps_of(path)
    for step in way:
        tree = tree[step]
    tree[last] = value
