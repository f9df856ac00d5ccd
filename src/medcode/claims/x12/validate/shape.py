"""Line breaks, blanks at the end, lowercase ids: what a file does in segment after segment, found once with how often."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.claims.x12.text.lexer import BLANK

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.claims.x12.validate.log import Entry

__all__ = ["ShapeHabits"]


class ShapeHabits:
    """What the segments of one set, not right as they are, have in common in their texts."""

    def __init__(self, say: Callable[..., Entry]) -> None:
        self._say = say
        self._known: dict[str, Entry] = {}

    def accept(self, segment: RawSegment) -> None:
        """Check the text of the next segment."""
        text = segment.text.lstrip(BLANK)
        id_ = text.partition(segment.delimiters.element)[0]
        if id_ != segment.elements[0] and id_.upper() == segment.elements[0]:
            message = "The id of the segment has lowercase letters."
            self._find("segment-unrecognized", message, "Write it in capital letters.")
        broken, *lines = re.split(r"[\r\n]", text)
        if lines:
            element = broken.count(segment.delimiters.element) or 1
            self._find(
                "segment-wrapped", "A line breaks within the segment.", "Remove the line break.", element
            )
        if text.rstrip("\r\n")[-1:] in {" ", "\t"} and len(segment.elements) > 1:
            self._find(
                "trailing-spaces", "The value ends in spaces.", "Remove them.", len(segment.elements) - 1
            )

    def _find(self, rule: str, message: str, fix: str, element: int | None = None) -> None:
        known = self._known.get(rule)
        if known is None:
            self._known[rule] = self._say(rule, message, fix, element=element)
        else:
            known.repeat(f"{message} This is so in {known.count + 1:,} segments of the set.")
