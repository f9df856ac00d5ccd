"""What only the user can give: tables under licence or of one payer, and what the record documents.

Each field may be absent; the edit that needs it then says `not_checked`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

from medcode.codesets.icd10cm import Icd10Cm

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NO_TABLES", "Pair", "Tables"]

Pair: TypeAlias = frozenset[str]


def pairs(values: Iterable[Iterable[str]]) -> frozenset[Pair]:
    """Take in pairs of diagnosis codes, in any order and with or without dots."""
    return frozenset(frozenset(str(Icd10Cm.parse(code)) for code in pair) for pair in values)


@attrs.frozen(kw_only=True)
class Tables:
    """The user's own tables and facts, handed to `check`.

    `unrelated` holds pairs of diagnoses that the record documents as unrelated to each other, so that
    an Excludes1 note does not hold for them (ICD-10-CM guideline I.A.12.a).

    >>> sorted(map(sorted, Tables(unrelated=[("R52", "H92.01")]).unrelated))
    [['H9201', 'R52']]
    """

    unrelated: frozenset[Pair] = attrs.field(default=(), converter=pairs)


NO_TABLES = Tables()
