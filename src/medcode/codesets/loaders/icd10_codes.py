"""The codes file of ICD-10-CM or ICD-10-PCS: the billable codes of a fiscal year.

Fixed columns: the code (1-7) and the long title (from 9). The file's name tells the fiscal year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import PUBLIC
from medcode.codesets.loaders.icd10_order import edition, fiscal_year, listing_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import Told
    from medcode.codesets.loaders.source import Source
    from medcode.codesets.user import Made

__all__ = ["load", "recognises"]

CODE = re.compile(r"(?=.{7} )([0-9A-Z]{3,7}) +(\S.*)")
LOOKED_AT = 20  # lines


def recognises(source: Source) -> bool:
    """Look at the first lines: all of them must fit."""
    lines = [line for line in source.lines[:LOOKED_AT] if line.strip()]
    return bool(lines) and all(CODE.fullmatch(line.rstrip()) for line in lines)


def load(sources: Sequence[Source], told: Told) -> Iterator[Made]:
    """Make a table of each file."""
    for source in sources:
        listing = listing_of(source, source.text.lstrip())
        for number, line in enumerate(source.lines, 1):
            if not line.strip():
                continue
            if not (match := CODE.fullmatch(line.rstrip())):
                raise source.fault(number, "this is no line of a codes file")
            listing.add(number, match[1], match[2])
        yield listing.made(
            told, fiscal_year(source), edition=edition(source), publisher="CMS", licence=PUBLIC
        )
