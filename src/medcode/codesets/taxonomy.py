"""Provider taxonomy: the kind of provider and what they are specialized in.

Ten characters, the last an X; codes of before 2003 that end in Y are gone. The list appears in
January and July and is the user's to load. Judged on the day of the transaction.

Source: NUCC, Health Care Provider Taxonomy.

>>> taxonomy.status("207Q00000X"), taxonomy.status("203BF0100Y")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
"""

from __future__ import annotations

import re
from typing import final

from medcode.codesets.base import Code, CodeSet, JudgedOn

__all__ = ["Taxonomy", "taxonomy"]


@final
class Taxonomy(Code):
    """A provider taxonomy."""

    __slots__ = ()

    label = "provider taxonomy"
    pattern = re.compile(r"[0-9]{3}[0-9A-Z]{6}X")
    expected = "three digits, six digits or letters, and an X"
    good = ("207Q00000X", "261QM0855X")
    bad = ("203BF0100Y", "207Q00000", "207Q00000XX", "20AQ00000X")


taxonomy = CodeSet("taxonomy", Taxonomy, judged_on=JudgedOn.TRANSACTION)
