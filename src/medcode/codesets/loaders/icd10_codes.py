"""The codes file of ICD-10-CM or ICD-10-PCS: the billable codes of a fiscal year.

Fixed columns: the code (1-7) and the long title (from 9). The file's name tells the fiscal year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medcode.codesets.loaders.common import PUBLIC, misfit, mostly
from medcode.codesets.loaders.icd10_order import edition, fiscal_year, listing_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.codesets.loaders.common import LoadOptions
    from medcode.codesets.loaders.input_file import InputFile
    from medcode.codesets.user import BuiltTable

__all__ = ["load", "recognizes"]

FIELDS = ((1, 8, "(?=.{8})[0-9A-Z]{3,7} +"), (9, 10_000, r" *\S.*"))
CODE = re.compile(r"(?=.{7} )([0-9A-Z]{3,7}) +(\S.*)")


def recognizes(file: InputFile) -> bool:
    """Return whether most of the first lines fit."""
    return mostly(file.lines, CODE)


def load(files: Sequence[InputFile], options: LoadOptions) -> Iterator[BuiltTable]:
    """Build a table of each file."""
    for file in files:
        listing = listing_of(file, file.text.lstrip(), 1)
        for number, line in enumerate(file.lines, 1):
            if not line.strip():
                continue
            if not (match := CODE.fullmatch(line.rstrip())):
                raise file.fault(number, "not a line of a codes file", misfit(line.rstrip(), FIELDS))
            listing.add(number, match[1], match[2])
        yield listing.made(options, fiscal_year(file), edition=edition(file), publisher="CMS", license=PUBLIC)
