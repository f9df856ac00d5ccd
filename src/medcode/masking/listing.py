"""What masking does to each element of a guide, beside the marks of the model: the table that shows nothing is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model.fields import ModelFields
from medcode.claims.x12.codec.compiled import compiled
from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.grammar import Composite
from medcode.masking.table import IDENTIFIERS, action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.x12.guides.grammar import Segment
    from medcode.claims.x12.guides.nodes import Node

__all__ = ["Row", "rows"]


@attrs.frozen
class Row:
    """An element of a guide that holds an attribute of the model.

    `phi` is whether the model marks it as identifying, `action` what masking does to it, empty for what is kept, and `identifier` the letter
    of 45 CFR 164.514(b)(2)(i) that it falls under.
    """

    loop: str
    segment: str
    qualifier: str
    element: int
    component: int | None
    attribute: str
    phi: bool
    action: str

    @property
    def identifier(self) -> str:
        """The letter of the list of identifiers; empty for what is kept."""
        return IDENTIFIERS.get(self.action, "")


def rows(convention: str) -> Iterator[Row]:
    """Yield what is done to each element of a guide that the model holds; once for each qualifier that the guide allows.

    >>> found = [row for row in rows("005010X222A1") if row.attribute == "control_number" and row.loop == "2300"]
    >>> found[0].segment, found[0].element, found[0].phi, found[0].action, found[0].identifier
    ('CLM', 1, True, 'id', 'R')
    """
    found = guide(convention)
    for record in found.records:
        tied = compiled(convention, record.model)
        assert tied is not None  # noqa: S101  # the guide is known
        for node, codec in tied.codecs.items():
            cls = tied.loops[node.loop].fields.cls
            for names, ref in codec.map.table(node.use):
                assert ref.element is not None  # noqa: S101  # what is masked has an element
                path = (*tied.loops[node.loop].path, *codec.path, *names)
                phi = _is_phi(cls, path) or _is_phi(cls, path[len(tied.loops[node.loop].path) :])
                for qualifier in _qualifiers(node):
                    segment = _sample(node.use, qualifier, ref.element)
                    done = action(segment, ref.element) or (
                        action(segment, ref.element, ref.component) if ref.component else ""
                    )
                    yield Row(
                        node.loop.loop.id, node.use.id, qualifier, ref.element, ref.component, ".".join(names or codec.path[-1:]), phi, done
                    )  # fmt: skip


def _is_phi(cls: type[Any], path: tuple[str, ...]) -> bool:
    """Whether the model marks an attribute, or something around it, as identifying."""
    fields = ModelFields.of(cls)
    for at, name in enumerate(path):
        marks = {each.name: bool(each.metadata.get("phi")) for each in attrs.fields(fields.cls)}
        if name not in marks:
            return False
        if marks[name]:
            return True
        if at + 1 < len(path) and fields.types[name].part is not None:
            fields = fields.part(name)
    return False


def _qualifiers(node: Node) -> list[str]:
    return sorted(node.use.qualifiers or {""}) if node.use.discriminator == (1, 0) else [""]


def _sample(use: Segment, qualifier: str, element: int) -> list[str]:
    """Return a segment with the codes that its use has, as far as they decide what an element is."""
    texts = [use.id]
    for at, row in enumerate(use.elements, 1):
        is_code = not isinstance(row, Composite) and row.constant and at != element
        texts.append(
            qualifier
            if at == 1 and qualifier
            else str(row.constant)
            if is_code and not isinstance(row, Composite)
            else ""
        )
    return texts
