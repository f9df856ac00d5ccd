"""The guides beside pyx12's maps, which transcribe the same implementation guides."""

from __future__ import annotations

import pytest

pytest.importorskip("pyx12")

from tools.compare_guides import EXPLAINED, EXPLAINED_ELEMENTS, MAPS, differences, different_elements

pytestmark = pytest.mark.oracle


@pytest.mark.parametrize(
    ("convention", "name"), [(key, name) for key, names in MAPS.items() for name in names]
)
def test_a_guide_says_what_pyx12_says(convention: str, name: str) -> None:
    assert differences(convention, name) == set(EXPLAINED[name])


def test_the_dictionary_says_what_pyx12_says() -> None:
    assert different_elements() == set(EXPLAINED_ELEMENTS)
