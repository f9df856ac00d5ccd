"""A claim on its form: what each box holds, which are empty that must not be, and what found no room.

Nothing of a claim is left out silently: what has no room in its box is a note of the sheet, and so is what is
missing or was found wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.forms.layouts import LAYOUTS
from medcode.claims.forms.values import NAMES, SHOWN, Reader
from medcode.claims.missing import missing
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.claims.forms.layouts import Box, Layout
    from medcode.claims.model import Claim
    from medcode.findings import Finding

__all__ = ["Cell", "Sheet", "sheet_of"]

_MOST_MARKS = 3
_PARTS = {
    "names": NAMES,
    "person": (*NAMES, "address"),
    "party": (*NAMES, "address", "contacts"),
    "provider": (*NAMES, "npi"),
}
"""The fields of a party that a box holds, by the way it is written; other boxes hold all that is at their paths."""


@attrs.frozen
class Cell:
    """A box with the entries in it.

    `empty` says that the claim needs a value here, `wrong` that a value cannot be read; `marks` are the numbers of
    the findings about it.
    """

    box: Box
    entries: tuple[str, ...] = ()
    empty: bool = False
    wrong: bool = False
    marks: tuple[int, ...] = ()

    @property
    def numbers(self) -> str:
        """The numbers of the findings, the first of many."""
        return ", ".join(map(str, self.marks[:_MOST_MARKS])) + (
            ", …" if len(self.marks) > _MOST_MARKS else ""
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """The entries as the lines of text in the box."""
        step = self.box.across
        return tuple("   ".join(self.entries[at : at + step]) for at in range(0, len(self.entries), step))


@attrs.frozen
class Sheet:
    """A form with the values of one claim: its boxes, its service lines, and notes below."""

    layout: Layout
    above: tuple[tuple[Cell, ...], ...]
    lines: tuple[tuple[Cell, ...], ...]
    below: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]


def sheet_of(claim: Claim, *, phi: bool = False, findings: Iterable[Finding] = ()) -> Sheet:
    """Return a claim on its form; names, ids, dates and addresses only with `phi=True`. `findings` are of this claim."""
    return _Laid(Reader(claim, phi), tuple(findings)).sheet()


class _Laid:
    """One claim on its way to its form."""

    def __init__(self, reader: Reader, findings: Sequence[Finding]) -> None:
        self.reader = reader
        self.claim = reader.claim
        self.findings = findings
        self.holes = missing(self.claim)
        self.empty = [self.named(hole.path) for hole in self.holes]
        self.without_room: list[str] = []

    def sheet(self) -> Sheet:
        layout = LAYOUTS[type(self.claim)]
        above = tuple(tuple(self.cell(box) for box in row) for row in layout.above)
        lines = tuple(
            tuple(self.cell(box, at) for box in layout.columns) for at in range(len(self.claim.lines))
        )
        below = tuple(tuple(self.cell(box) for box in row) for row in layout.below)
        return Sheet(layout, above, lines, below, tuple(self.notes()))

    def cell(self, box: Box, line: int | None = None) -> Cell:
        part: Any = self.claim if line is None else self.claim.lines[line]
        found = {path: self.reader.value(part, path) for path in box.paths}
        entries = [entry for entry in SHOWN[box.show](self.reader, found) if entry]
        if rest := entries[box.most :]:
            place = f"box {box.number or box.name}" + ("" if line is None else f", line {line + 1}")
            self.without_room.append(f"No room in {place}: {', '.join(rest)}")
        paths = [*self.covered(box, "" if line is None else f"lines[{line}].")]
        return Cell(
            box,
            tuple(entries[: box.most]),
            empty=any(
                hole in {path, path.removesuffix("[0]")} or hole.startswith(f"{path}.")
                for hole in self.empty
                for path in paths
            ),
            wrong=any(map(_is_unreadable, found.values())),
            marks=tuple(
                number
                for number, each in enumerate(self.findings, 1)
                if self.speaks_of(each.location.path or "", paths, box, line)
            ),
        )

    def speaks_of(self, place: str, paths: Sequence[str], box: Box, line: int | None) -> bool:
        """Whether a finding at a place is about a box; one about a whole line is marked once, in its first column."""
        if line is not None and place == f"lines[{line}]":
            return box is LAYOUTS[type(self.claim)].columns[0]
        return any(_meet(place, path) for path in paths)

    def covered(self, box: Box, prefix: str) -> Iterator[str]:
        """Yield the paths that a box holds: of a party only what is written of it, of several values each."""
        for path in box.paths:
            if path == "lines":  # a sum of them
                continue
            whole = prefix + self.named(path)
            several, _, first = whole.removesuffix(":]").rpartition("[")
            if whole.endswith(":]"):
                yield from (f"{several}[{at}]" for at in range(int(first), len(getattr(self.claim, several))))
            else:
                yield from (
                    (f"{whole}.{name}" for name in _PARTS[box.show]) if box.show in _PARTS else (whole,)
                )

    def named(self, path: str) -> str:
        """Return a path with the field that holds the patient in the place of `patient`."""
        first, dot, rest = path.partition(".")
        patient = "dependent" if self.claim.dependent else "subscriber"
        return f"{patient}{dot}{rest}" if first == "patient" else path

    def notes(self) -> Iterator[str]:
        """Yield the findings by their numbers, what is missing, and what found no room."""
        for number, finding in enumerate(self.findings, 1):
            fix = f" Fix: {finding.fix.text}" if finding.fix else ""
            place = str(attrs.evolve(finding.location, path=None, position=None))
            said = " ".join(filter(None, (finding.severity, finding.rule, place)))
            yield f"{number}. {said}: {finding.message}{fix}"
        yield from (f"Missing{_of_line(hole.path)}: {hole}" for hole in self.holes)
        yield from self.without_room


def _of_line(path: str) -> str:
    """Return which service line a path is about, as people count.

    >>> _of_line("lines[0].charge"), _of_line("payer.payer_id")
    (' in line 1', '')
    """
    found = re.match(r"lines\[(\d+)\]", path)
    return f" in line {int(found[1]) + 1}" if found else ""


def _is_unreadable(value: Any) -> bool:
    """Whether a value, or the code of one of several, is not what its field holds."""
    if isinstance(value, tuple):
        return any(map(_is_unreadable, value))
    return isinstance(value, Malformed) or isinstance(getattr(value, "code", None), Malformed)


def _meet(one: str, two: str) -> bool:
    """Whether two paths are the same, or one is a part of the other.

    >>> _meet("lines[0]", "lines[0].charge"), _meet("note", "notes")
    (True, False)
    """
    short, long = sorted((one, two), key=len)
    return bool(short) and (long == short or long.startswith((f"{short}.", f"{short}[")))
