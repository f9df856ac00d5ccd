"""What the name of a column, key or variable says of the codes that stand under it.

A name is a path, outermost part first: `diabetes/icd10` is the key `icd10` of the object `diabetes`. The
innermost part speaks; where it says only that there are codes (`codes`, `include`), the one around it does.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["SYSTEM", "about", "below", "guessed", "joined", "of_codes", "parts"]

SYSTEM = re.compile(r"(code|coding)?[_ ]?system|vocabulary([_ ]id)?", re.IGNORECASE)
"""The name of a column or key whose value names a code set, as FHIR, VSAC and OMOP have it."""

_TELLS = (  # the first that fits
    (r"icd.?9.*(proc|px|sg)", "icd9cm_procedures"),
    (r"icd.?9", "icd9cm"),
    (r"(?<!hc)pcs|coding.icd10$|icd.?10.?(p|proc|px)\b", "icd10pcs"),
    (r"icd.?10|(^|_)(dx|diag|diagnos[ei]s)", "icd10cm"),
    (r"hcpcs|(^|_)cpt", "hcpcs"),
    (r"(^|_)ndc", "ndc"),
    (r"(^|_)(ms_?)?drg", "drg"),
    (r"taxonomy", "taxonomy"),
    (r"(^|_)npis?($|_)", "npi"),
    (r"(^|_)pos($|_)|place_?of_?service", "place_of_service"),
    (r"(^|_)rev(enue)?_?(center_?)?(code|cd)", "revenue"),
    (r"(^|_)modifier", "modifiers"),
    (r"discharge_?status", "discharge_status"),
)
_ABOUT = re.compile(  # names of what is said about codes, not of codes
    r"(^|_)(desc|descr|description|name|title|text|label|note|date|count|n|flag|type|version|qualifier|poa|present"
    r"|rank|seq|sequence|year|url|file|path|table|column|weight|index|amount|system)s?\d*(_|$)"
    r"|(desc|description|name|date|text|type|count)\d*$"
)
_CODES = re.compile(r"(\w+_)?codes?|cd|values?|includes?|excludes?|concepts?|members?|list|items")
_OUTERMOST = 500
"""Characters that a name keeps of what is around it: a list nested ever deeper costs no more than its length."""
_BETWEEN = re.compile(r"[\s-]+|(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=4096)
def parts(label: str) -> tuple[str, ...]:
    """Return the parts of a name in lower case, innermost first; `primaryDx` becomes `primary_dx`."""
    return tuple(_BETWEEN.sub("_", part).lower() for part in reversed(label.split("/")) if part)


def joined(outer: str, name: str) -> str:
    """Join an outer name and a name, which is one part whatever it holds."""
    return below(outer, name.replace("/", " "))


def below(outer: str, name: str) -> str:
    """Return a name below an outer one, of which the innermost parts are kept.

    >>> below("/icd10", "codes"), len(below("/icd10" * 1_000, "codes"))
    ('/icd10/codes', 506)
    """
    return f"{outer[-_OUTERMOST:]}/{name}"


def guessed(label: str) -> str | None:
    """Return the code set that a name suggests; None if it suggests none.

    >>> guessed("primaryDx"), guessed("dx_description"), guessed("icd10/codes")
    ('icd10cm', None, 'icd10cm')
    """
    for part in parts(label):
        if _ABOUT.search(part):
            return None
        told = next((code_set for pattern, code_set in _TELLS if re.search(pattern, part)), None)
        if told or not _CODES.fullmatch(part):
            return told
    return None


def about(label: str) -> bool:
    """Whether a name is one of what is said about codes, such as their titles or dates.

    >>> about("dx_description"), about("codes"), about("DIABETES")
    (True, False, False)
    """
    part = next(iter(parts(label)), "")
    return _ABOUT.search(part) is not None


def of_codes(label: str) -> bool:
    """Whether a name is a name for codes, of any set.

    >>> of_codes("value_set/codes"), of_codes("value_set/size")
    (True, False)
    """
    part = next(iter(parts(label)), "")
    return guessed(label) is not None or _CODES.fullmatch(part) is not None
