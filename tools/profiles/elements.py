"""The snapshot of a profile as a tree: an element, what is inside it, and the slices of it.

Source: FHIR R4, ElementDefinition (ids, slicing, fixed and pattern values).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Element", "tree_of"]


class Element:
    """An element of a profile, or a slice of one."""

    def __init__(self, rules: Any, of: Element | None = None) -> None:
        self.rules = rules
        self.of = of
        """The element that this is a slice of."""
        self.own: dict[str, Element] = {}
        self.slices: list[Element] = []
        self.root: Element = self

    @property
    def name(self) -> str:
        """The last part of the path, such as `timing[x]`."""
        return str(self.rules["path"].rsplit(".", 1)[-1])

    @cached_property
    def types(self) -> list[Any]:
        """The types that a value may have."""
        return list(self.rules.get("type", ()))

    def fixed(self) -> Iterator[tuple[str, Any]]:
        """Yield what a value must be (`fixed`) or have (`pattern`)."""
        yield from (
            (kind, value)
            for key, value in self.rules.items()
            for kind in ("fixed", "pattern")
            if key.startswith(kind)
        )

    @cached_property
    def children(self) -> dict[str, Element]:
        """What is inside: of its own, of what its content refers to, or of what it is a slice of."""
        if self.own:
            return self.own
        if reference := self.rules.get("contentReference"):
            node = self.root
            for name in reference.split("#")[1].split(".")[1:]:
                node = node.children[name]
            return node.children
        return self.of.children if self.of else {}

    def at(self, path: str) -> Element | None:
        """Return what is inside by a path such as `code.coding`; `$this` is the element itself."""
        node: Element | None = self
        for name in path.split(".") if path != "$this" else ():
            node = node.children.get(name) if node else None
        return node


def tree_of(profile: Any) -> Element:
    """Return the root of a profile's snapshot."""
    first, *rest = profile["snapshot"]["element"]
    root = Element(first)
    nodes = {first["id"]: root}
    for rules in rest:
        before, _, last = rules["id"].rpartition(".")
        base, _, sliced = last.partition(":")
        if sliced:
            whole = nodes[f"{before}.{base}"]
            node = Element(rules, whole)
            whole.slices.append(node)
        else:
            node = Element(rules)
            nodes[before].own[base] = node
        node.root = root
        nodes[rules["id"]] = node
    return root
