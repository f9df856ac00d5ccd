"""From ICD-9-CM diagnoses to ICD-10-CM and back: the General Equivalence Mappings.

A mapping is a place to start from, not a translation: most are approximate, some codes have no
counterpart, and some need two or more codes together. The shipped mappings are of a release before
FY2016, so a target may have been replaced since: ask its status, and its successors.

Source: CMS and NCHS, General Equivalence Mappings.

>>> [str(entry) for entry in to_icd10cm("250.00")]
['250.00 → E11.9 (approximate)']
>>> [str(entry) for entry in to_icd9cm("E11.9")]
['E11.9 → 250.00 (approximate)']
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

import attrs

from medcode.codesets import folder, store
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from medcode.codesets.code import Code

__all__ = ["Entry", "combinations", "to_icd9cm", "to_icd10cm"]

TABLES = ("gems_icd9cm_icd10cm", "gems_icd10cm_icd9cm")
"""The table of each direction; the newest that the user has loaded goes before the shipped one."""

S = TypeVar("S", Icd9Cm, Icd10Cm)


@attrs.frozen
class Entry:
    """One line of the mappings, with its flags.

    `target` is None where the source has no counterpart. Of a `combination`, one entry of each
    `choice_list` of one `scenario` is needed, all together.
    """

    source: Code
    target: Code | None
    approximate: bool
    combination: bool
    scenario: int
    choice_list: int

    @property
    def flags(self) -> str:
        """The five digits as published."""
        digits = (self.approximate, self.target is None, self.combination, self.scenario, self.choice_list)
        return "".join(str(int(digit)) for digit in digits)

    def __str__(self) -> str:
        """Write it in one line."""
        target = self.target.dotted if self.target is not None else "no counterpart"
        notes = ["approximate"] if self.approximate and self.target is not None else []
        if self.combination:
            notes.append(f"scenario {self.scenario}, choice {self.choice_list}")
        return f"{self.source.dotted} → {target}" + (f" ({'; '.join(notes)})" if notes else "")


def to_icd10cm(code: str) -> tuple[Entry, ...]:
    """Return the ICD-10-CM counterparts of an ICD-9-CM diagnosis; none for a code the mappings lack."""
    return _entries("gems_icd9cm_icd10cm", Icd9Cm(code), Icd10Cm)


def to_icd9cm(code: str) -> tuple[Entry, ...]:
    """Return the ICD-9-CM counterparts of an ICD-10-CM diagnosis; none for a code the mappings lack."""
    return _entries("gems_icd10cm_icd9cm", Icd10Cm(code), Icd9Cm)


def combinations(entries: Sequence[Entry]) -> tuple[tuple[tuple[Entry, ...], ...], ...]:
    """Return the entries of a combination grouped by scenario, then by choice list.

    >>> [[len(choices) for choices in scenario] for scenario in combinations(to_icd9cm("A02.1"))]
    [[1, 1]]
    """
    grouped: defaultdict[int, defaultdict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        if entry.combination:
            grouped[entry.scenario][entry.choice_list].append(entry)
    return tuple(
        tuple(tuple(choices) for _, choices in sorted(lists.items())) for _, lists in sorted(grouped.items())
    )


def _entries(table: str, source: Code, target_type: type[S]) -> tuple[Entry, ...]:
    return tuple(_entry(source, target, flags, target_type) for target, flags in _rows(table).get(source, ()))


def _entry(source: Code, target: str, flags: int, target_type: type[S]) -> Entry:
    approximate, _, combination, scenario, choice_list = (int(digit) for digit in f"{flags:05}")
    code = target_type.trusted(target) if target else None
    return Entry(source, code, bool(approximate), bool(combination), scenario, choice_list)


@remembered(2)
def _rows(table: str) -> Mapping[str, Sequence[tuple[str, int]]]:
    own = folder.stored(table)
    if not own:
        return _rows_of(store.shipped(table))
    raw = store.read(own[0])
    # A part of the mappings speaks only of the codes that it lists.
    return {**(_rows_of(store.shipped(table)) if raw.release.partial else {}), **_rows_of(raw)}


def _rows_of(raw: store.RawTable) -> Mapping[str, Sequence[tuple[str, int]]]:
    rows: dict[str, list[tuple[str, int]]] = {}
    columns = raw.texts("source"), raw.texts("target"), raw.numbers("flags")
    for source, target, flags in zip(*columns, strict=True):
        rows.setdefault(source, []).append((target, flags))
    return rows
