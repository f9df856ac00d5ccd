"""A claim as its leaves: each value that is not at its default, by its path.

`lines[0].procedure.modifiers[1]` is a path. Two claims are equal if their leaves are, so what a
resource fails to say of a claim is exactly the leaves that reading it back does not return.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from medcode.claims.plain import plain_table
from medcode.claims.plain_types import AS_SENT
from medcode.numbers import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Leaf", "Leaves", "is_same", "leaves_of", "steps_of", "tree_of", "value_at"]

Leaf: TypeAlias = "str | int | Mapping[str, Any] | tuple[()]"
"""A text, a number of a line or a diagnosis, an empty mapping or tuple for a part or a list with nothing in it."""

Leaves: TypeAlias = "dict[str, Leaf]"

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def leaves_of(claim: Any) -> Leaves:
    """Return the leaves of a claim, or of a part of one, by their paths in the order of the model."""
    return dict(_leaves(claim, ""))


def _leaves(part: Any, path: str) -> Iterator[tuple[str, Leaf]]:
    table = plain_table(part)
    if not table:
        yield path, {}
    for name, plain in table.items():
        inner = f"{path}.{name}" if path else name
        yield from _of_value(getattr(part, name, None), plain, inner)


def _of_value(value: Any, plain: Any, path: str) -> Iterator[tuple[str, Leaf]]:
    if isinstance(value, tuple):
        if not plain:
            yield path, ()
        for number, (each, its) in enumerate(zip(value, plain, strict=True)):
            yield from _of_value(each, its, f"{path}[{number}]")
    elif attrs.has(type(value)):
        yield from _leaves(value, path)
    elif isinstance(plain, dict):  # a text that is kept as it was sent
        yield f"{path}.{AS_SENT}", plain[AS_SENT]
    else:
        yield path, plain


def is_same(leaf: Leaf, read: Leaf | None) -> bool:
    """Whether a leaf and what was read in its place are one value; amounts may differ in their zeros."""
    if leaf == read:
        return True
    if not (isinstance(leaf, str) and isinstance(read, str)) or "." not in leaf + read:
        return False
    return decimal(leaf) == decimal(read) is not None


def tree_of(leaves: Mapping[str, Leaf]) -> dict[str, Any]:
    """Return the plain data that leaves make up; gaps in a list close up, and what contradicts another leaf is left out.

    >>> tree_of({"lines[0].charge": "10", "lines[0].procedure.code": "99213"})
    {'lines': [{'charge': '10', 'procedure': {'code': '99213'}}]}
    """
    root: dict[Any, Any] = {}
    for path, leaf in leaves.items():
        *way, last = steps_of(path) or [""]
        node: Any = root
        for step in way:
            node = node.setdefault(step, {}) if isinstance(node, dict) else None
        if isinstance(node, dict):
            node.setdefault(last, {} if isinstance(leaf, dict) else [] if leaf == () else leaf)
    listed: dict[str, Any] = _listed(root)
    return listed


def steps_of(path: str) -> list[str | int]:
    """Return the names and numbers of a path, such as `lines`, 0 and `charge`."""
    return [name or int(number) for name, number in _STEP.findall(path)]


def value_at(part: Any, path: str) -> Any:
    """Return what a claim has at a path; None where it has nothing there."""
    for name, number in _STEP.findall(path):
        if name:
            part = getattr(part, name, None)
        else:
            part = part[int(number)] if isinstance(part, tuple) and int(number) < len(part) else None
    return part


def _listed(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(isinstance(key, int) for key in node):
        return [_listed(node[key]) for key in sorted(node)]
    return {key: _listed(value) for key, value in node.items()}
