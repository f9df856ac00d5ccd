"""The tabular list, expanded by its own rules, is the dated table of the same day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from medcode import icd10cm

if TYPE_CHECKING:
    from types import ModuleType

APRIL = date(2026, 4, 1)


@pytest.fixture(scope="module")
def tabular() -> ModuleType:
    """The reader of the tabular list, if the packages it reads are on this machine."""
    for package in ("lmdb", "simple_icd_10_cm"):
        pytest.importorskip(package, reason="the dependency group `data` is not installed")
    from tools.build_data import tabular

    return tabular


def test_the_expanded_list_equals_the_table(tabular: ModuleType) -> None:
    from tools.build_data.sources import TABULAR_2026

    expanded: set[str] = set()
    for code, node in tabular.nodes(TABULAR_2026).items():
        seventh = icd10cm.notes(code).seventh_characters
        if not node.has_children:
            expanded |= {code.ljust(6, "X") + character for character in seventh} or {code}
    billable = {str(code) for code, concept in icd10cm.as_of(APRIL).items() if concept.billable}
    assert len(billable) == 74_719
    assert expanded == billable


def test_composed_titles_are_the_official_ones(tabular: ModuleType) -> None:
    """Heading title, comma, 7th character: word for word the long title of the 2024 code file."""
    from tools.build_data.sources import CODES_2024, TABULAR_2026

    listed = tabular.nodes(TABULAR_2026)
    official = {line[:7].strip(): line[8:].strip() for line in CODES_2024.text().splitlines()}
    composed = {code: tabular.title(listed, code) for code in official if code not in listed}
    wrong = [code for code, title in composed.items() if title and title != official[code]]
    assert len([title for title in composed.values() if title]) > 46_000
    assert {code[:3] for code in wrong} <= REVISED


REVISED = frozenset({"S62", "S74"})  # categories whose titles were reworded between 2024 and 2026
