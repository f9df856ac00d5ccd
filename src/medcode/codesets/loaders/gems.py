"""General Equivalence Mappings of CMS: `2018_I10gem.txt` and `2018_I9gem.txt`, text in columns.

A line is a code, the code that it maps to (NoDx for none) and five flags, as `A000    0010    00000`.
The mappings of procedures are not used. The name has the fiscal year.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

from medcode.codesets import store
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.loaders.common import PUBLIC, dropped, header, mostly, whole
from medcode.codesets.loaders.icd10_order import edition, fiscal_year
from medcode.codesets.user import BuiltTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.code import Code
    from medcode.codesets.loaders.common import LoadOptions
    from medcode.codesets.loaders.input_file import InputFile

__all__ = ["load", "recognizes"]

LINE = re.compile(r"([0-9A-Z]{3,7}) +(NoDx|NoPCS|NODX|[0-9A-Z]{3,7}) +([01]{3}[0-9]{2}) *")
NO_MAP = frozenset({"NoDx", "NODX"})
FROM_10, FROM_9 = "gems_icd10cm_icd9cm", "gems_icd9cm_icd10cm"
TYPES: dict[str, tuple[type[Code], type[Code]]] = {FROM_10: (Icd10Cm, Icd9Cm), FROM_9: (Icd9Cm, Icd10Cm)}


def recognizes(file: InputFile) -> bool:
    """Return whether most of the first lines fit."""
    return mostly(file.lines, LINE)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        name = _kind(file, options.set)
        listed = list(_rows(file, name))
        rows = sorted(set(listed))
        whole(
            file, options, len(rows), store.shipped(name).release.rows, f"mappings; the shipped table {name}"
        )
        about = header(
            [file],
            options,
            fiscal_year(file),
            name=name,
            edition=edition(file),
            publisher="CMS",
            license=PUBLIC,
        )
        columns: dict[str, Sequence[str] | array[int]] = {
            "source": [source for source, _, _ in rows],
            "target": [target for _, target, _ in rows],
            "flags": array("H", (int(flags) for _, _, flags in rows)),
        }
        start, end = about["coverage"]
        notes = dropped(len(listed) - len(rows))
        yield BuiltTable(name, (start, end), len(rows), store.pack(about, columns), notes)


def _kind(file: InputFile, name: str | None) -> str:
    """Return the table whose codes fit most lines; where as many fit the other way, the one that is named."""
    pairs = [match.groups()[:2] for line in file.lines if (match := LINE.fullmatch(line))]
    fitting = {
        kind: sum(of.is_valid(a) and (b in NO_MAP or to.is_valid(b)) for a, b in pairs)
        for kind, (of, to) in TYPES.items()
    }
    most = max(fitting.values())
    likely = [kind for kind, lines in fitting.items() if lines == most]
    if most and (len(likely) == 1 or name in likely):
        return name if name in likely else likely[0]
    raise file.fault(None, f"mappings of diagnoses are read, these are not: {' or '.join(TYPES)}")


def _rows(file: InputFile, name: str) -> Iterator[tuple[str, str, str]]:
    of, to = TYPES[name]
    for number, line in enumerate(file.lines, 1):
        if not line.strip():
            continue
        match = LINE.fullmatch(line)
        wrong = 1 if match is None or not of.is_valid(match[1]) else 0
        if match and not (match[2] in NO_MAP or to.is_valid(match[2])):
            wrong = wrong or match.start(2) + 1
        if match is None or wrong:
            raise file.fault(number, f"not a line of mappings from {of.label} to {to.label}", wrong)
        yield match[1], "" if match[2] in NO_MAP else match[2], match[3]
