"""Every source that an edit cites has been looked at by a reviewer, who wrote down what it says.

`citations.tsv` has a row for each source, or for many by a `*` at its end: what it says, and whether that was
checked against the text or a public copy of it, or is from practice, which `explain` then says.
"""

from __future__ import annotations

import csv
from pathlib import Path

from medcode.edits import EDITS, explain
from medcode.edits.confirmed import FROM_PRACTICE
from medcode.edits.modifiers.companions import ROWS as COMPANIONS
from medcode.edits.modifiers.conflicts import CONFLICTS
from medcode.edits.modifiers.discipline import OF_CODES, OF_REVENUE
from medcode.edits.modifiers.required import ASKED, OWN

TABLE = Path(__file__).parent / "citations.tsv"
WAYS = {"checked", "from practice"}


def reviewed() -> dict[str, tuple[str, str]]:
    """What each source says, and how that is known."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["source"]: (row["says"], row["confirmed"]) for row in csv.DictReader(file, delimiter="\t")
        }


def covers(row: str, source: str) -> bool:
    """Whether a row is about a source."""
    return source.startswith(row[:-1]) if row.endswith("*") else source == row


def cited() -> set[str]:
    """Every source that a finding may carry."""
    of_rows = (each.source for rows in (COMPANIONS, CONFLICTS, ASKED, OWN) for each in rows)
    return {
        str(source) for source in (*(edit.source for edit in EDITS.values()), *of_rows, OF_CODES, OF_REVENUE)
    }


def test_every_source_is_reviewed() -> None:
    rows = reviewed()
    assert sorted(source for source in cited() if not any(covers(row, source) for row in rows)) == []


def test_every_review_says_something_of_a_source_in_use() -> None:
    sources = cited()
    for row, (says, confirmed) in reviewed().items():
        assert len(says.split()) >= 2
        assert confirmed in WAYS
        assert any(covers(row, source) for source in sources), row


def test_what_no_public_text_confirms_is_shown_as_from_practice() -> None:
    ways = {row: confirmed for row, (_, confirmed) in reviewed().items()}
    own = {"Practice, What payers commonly reject; no guide says so", "the user, *"}
    assert {row for row, way in ways.items() if way == "from practice"} == {*FROM_PRACTICE, *own}
    assert "X12, RFI 2072: digits of SV104 (from practice; no public text confirms it)" in str(
        explain("CLM78")
    )
    assert "(from practice" not in str(explain("ORD01"))
    assert "(from practice" in explain("SIT30").to_markdown()
