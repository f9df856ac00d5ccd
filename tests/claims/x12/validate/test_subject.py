"""What a message calls an element: its place, and its name in the guide or that of its segment."""

from __future__ import annotations

import pytest

from medcode.claims.x12.guides.grammar import C, E, K, R, Segment
from medcode.claims.x12.validate.elements import subject

LINE = Segment("SV3", "", "Service", R, 1, C("procedure", R, K("AD"), E("code", R)), E("charge", R))
VALUE = Segment("K3", "", "File information", R, 1, E("value", R))


@pytest.mark.parametrize(("segment", "element", "component", "words"), [
    (LINE, 1, None, "SV301 (procedure)"),
    (LINE, 1, 2, "SV301-2 (procedure code)"),
    (LINE, 1, 3, "SV301-3 (procedure)"),  # the guide has two components
    (LINE, 2, None, "SV302 (charge)"),  # the last element
    (LINE, 3, None, "SV303 (Service)"),  # one more than the guide has
    (LINE, 0, None, "SV300 (Service)"),  # no element
    (VALUE, 1, None, "K301 (File information)"),
])  # fmt: skip
def test_what_an_element_is_called(segment: Segment, element: int, component: int | None, words: str) -> None:
    assert subject(segment, element, component) == words
