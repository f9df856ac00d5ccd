"""Which set a plain list says it is: by its first heading and its name, and by the titles that it shares."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from medcode.codesets import CODE_SETS
from medcode.codesets.loaders.common import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import Entry

__all__ = ["WORDS", "another", "stated"]

WORDS = {
    "hcpcs": "hcpcs",
    "cpt": "cpt",
    "cdt": "cdt",
    "carc": "adjustment_reason",
    "adjustmentreason": "adjustment_reason",
    "rarc": "remark",
    "remark": "remark",
    "statuscategory": "status_category",
    "statuscode": "status_code",
    "placeofservice": "place_of_service",
    "dischargestatus": "discharge_status",
    "revenuecode": "revenue",
    "conditioncode": "condition_code",
    "occurrencecode": "occurrence_code",
    "valuecode": "value_code",
    "billtype": "bill_type",
    "typeofbill": "bill_type",
    "msdrg": "drg",
}
PARTS = {"hcpcs": ("cpt", "cdt", "modifiers"), "cpt": ("modifiers",)}  # what a list of a set may hold besides
SAMPLE = 200  # rows looked at


def stated(file: InputFile) -> Sequence[str]:
    """Return the sets that the file's name and the first heading say, in the order of the words."""
    stem = file.own_name.rpartition(".")[0].lower()
    if stem in CODE_SETS:
        return [stem]
    heading = next((row for _, row in file.rows() if any(cell.strip() for cell in row)), [""])
    text = f"{normal(heading[0])} {normal(file.origin['file'])}"
    return [*dict.fromkeys(name for word, name in WORDS.items() if word in text)]


def another(file: InputFile, name: str, entries: Sequence[Entry]) -> str | None:
    """Return why a list cannot be of the set that it is loaded as: it says, or shows, that it is of another one."""
    says = stated(file)
    parts = (part for each in says for part in PARTS.get(each, ()))
    if says and name not in {*says, *parts}:
        return f"its heading or its name says {' or '.join(says)}, not {name}"
    titled = [entry for entry in islice(entries, SAMPLE) if entry.title]
    alike = {other: _alike(other, titled) for other in CODE_SETS.shipped if other != name}
    likest = max(alike, key=alike.__getitem__)
    if 2 * alike[likest] > len(titled) and alike[likest] > _alike(name, titled):
        return f"its codes have the titles of {likest}, not of {name}"
    return None


def _alike(name: str, entries: Sequence[Entry]) -> int:
    """Return how many rows have the code and the title of a shipped code."""
    code_set = CODE_SETS[name]
    if code_set.code_type.private or not any(code_set.code_type.normal(entry.code) for entry in entries):
        return 0
    known = (entry for entry in entries if entry.code in code_set)
    titles = ((code_set.concept(entry.code, date.max).title or "", entry.title) for entry in known)
    return sum(title.casefold() == given.casefold() for title, given in titles)
