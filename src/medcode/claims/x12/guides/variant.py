"""Guides that are another guide with a few changes.

A change is under the place it is for: loop, segment and, where there are several, qualifier.
It is a new usage of the segment, or new elements by their position.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

from medcode.claims.x12.guides.grammar import Loop, Segment, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.claims.x12.guides.grammar import Element, Guide

__all__ = ["Change", "variant"]

Change: TypeAlias = "Usage | dict[int, Element]"


def variant(base: Guide, id_: str, title: str, changes: Mapping[str, Change]) -> Guide:
    """Return a guide that is `base` with changes; a change that is for no place raises KeyError."""
    unused = set(changes)

    def segment(loop: str, given: Segment) -> Segment:
        for place in (
            f"{loop} {given.id}",
            *(f"{loop} {given.id} {code}" for code in given.qualifiers or ()),
        ):
            if place in changes:
                unused.discard(place)
                return _changed(given, changes[place])
        return given

    def loop(given: Loop) -> Loop:
        children = (loop(c) if isinstance(c, Loop) else segment(given.id, c) for c in given.children)
        return Loop(given.id, given.name, given.title, given.usage, given.repeat, *children, when=given.when)

    root = loop(base.root)
    if unused:
        raise KeyError(*unused)
    return attrs.evolve(base, id=id_, title=title, root=root, also=(), base=base.id)


def _changed(given: Segment, change: Change) -> Segment:
    usage, new = (change, {}) if isinstance(change, Usage) else (given.usage, change)
    elements = [new.get(at, element) for at, element in enumerate(given.elements, 1)]
    when = given.when or ("it is known" if usage is Usage.SITUATIONAL else "")
    return Segment(given.id, given.name, given.title, usage, given.repeat, *elements, when=when)
