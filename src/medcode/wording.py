"""Names of the model in the words of people."""

from __future__ import annotations

import re

__all__ = ["field_in_words"]

_SINGULAR = {
    "diagnoses": "diagnosis",
    "teeth": "tooth",
    "status": "status",
    "statuses": "status",
    "quantities": "quantity",
    "policies": "policy",
    "reasons_for_visit": "reason_for_visit",
}
_CAPITALS = {"npi": "NPI", "zip": "ZIP", "drg": "DRG", "ssn": "SSN", "id": "ID"}


def field_in_words(path: str) -> str:
    """Return a path of the model as words; what is in a list has its number, from 1.

    >>> field_in_words("lines[0].teeth[1].number"), field_in_words("subscriber.address.zip")
    ('line 1 tooth 2 number', 'subscriber address ZIP')
    """
    words: list[str] = []
    for name, index in re.findall(r"(\w+)(?:\[(\d+)\])?", path.removesuffix(".code")):
        if index:
            first, _, last = name.rpartition("_")
            one = _SINGULAR.get(name) or "_".join(
                filter(None, (first, _SINGULAR.get(last) or last.removesuffix("s")))
            )
            words += [*one.split("_"), str(int(index) + 1)]
        else:
            words += name.split("_")
    return " ".join(_CAPITALS.get(word, word) for word in words)
