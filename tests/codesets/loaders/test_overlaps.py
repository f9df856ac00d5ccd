"""Rows of a plain list that speak of one code on the same days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from medcode.codesets import loaders
from medcode.codesets.loaders import LoadError, LoadOptions

if TYPE_CHECKING:
    from pathlib import Path

    from medcode.codesets.user import BuiltTable

pytestmark = pytest.mark.usefixtures("small_tables")

APART = ("D0120,exam,2020-01-01,2021-12-31,", "D0120,exam,2022-01-01,,", "D0140,visit,,,")


def load(folder: Path, *rows: str) -> BuiltTable:
    path = folder / "own.csv"
    path.write_text("\n".join(("Code,Title,Start,End,Billable", *rows, "")), encoding="ascii")
    (made,) = loaders.load([path], LoadOptions(set="cdt", start=date(2020, 1, 1), end=date(2026, 12, 31)))
    return made


def test_overlapping_rows_are_joined_and_counted(tmp_path: Path) -> None:
    assert not any("overlapping" in note for note in load(tmp_path, *APART).notes)
    made = load(tmp_path, *APART, "D0140,visit,2024-01-01,,", "D0120,exam,2021-06-01,2022-06-30,")
    assert "3 overlapping rows joined, the first D0140 on lines 4 and 5" in made.notes
    made = load(tmp_path, *APART, "D0140,visit,2024-01-01,,")
    assert "1 overlapping row joined, the first D0140 on lines 4 and 5" in made.notes


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        (("D0120,exam,,2021-12-31,", "D0120,exam,2021-12-31,,no"), "2 and 3"),
        (("D0120,exam,2021-01-01,,no", "D0120,exam,,,"), "2 and 3"),
        (
            (
                "D0140,visit,,,",
                "D0120,exam,,2020-06-30,no",
                "D0120,exam,2020-01-01,,no",
                "D0120,exam,2024-01-01,,",
            ),
            "4 and 5",
        ),
    ],
)
def test_a_code_is_no_heading_while_it_is_billable(tmp_path: Path, rows: tuple[str, ...], where: str) -> None:
    with pytest.raises(LoadError, match=rf"D0120 is a heading and billable on the same days: lines {where}$"):
        load(tmp_path, *rows)
