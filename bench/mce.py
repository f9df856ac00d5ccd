"""The Medicare Code Editor over generated stays: claims a second, on one core.

usage: python bench/mce.py [NUMBER]
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date, timedelta

from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.icd10pcs import icd10pcs
from medcode.edits.mce import MedicareCodeEditor, Stay

FIRST, LAST = date(2015, 10, 1), date(2027, 3, 31)


def stays(number: int) -> list[Stay]:
    """Make stays of codes drawn evenly from the tables, so that about every sixth code is flagged."""
    choose = random.Random(1)
    diagnoses, procedures = list(map(str, icd10cm)), list(map(str, icd10pcs))
    return [
        Stay(
            discharge_date=FIRST + timedelta(days=choose.randrange((LAST - FIRST).days)),
            age=choose.randrange(100),
            sex=choose.choice("MF"),
            length_of_stay=choose.randrange(1, 30),
            admitting=choose.choice(diagnoses),
            principal=choose.choice(diagnoses),
            secondary=tuple(choose.choices(diagnoses, k=choose.randrange(10))),
            procedures=tuple(choose.choices(procedures, k=choose.randrange(4))),
        )
        for _ in range(number)
    ]


def main() -> None:
    """Make the stays, edit them all, and say how long that took."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = stays(number)
    editor = MedicareCodeEditor()
    editor.edit(made[0])
    start = time.perf_counter()
    met = sum(len(editor.edit(stay).counts) for stay in made)
    spent = time.perf_counter() - start
    print(f"{number:,} stays, {met:,} edits met: {number / spent:,.0f} stays a second")


if __name__ == "__main__":
    main()
