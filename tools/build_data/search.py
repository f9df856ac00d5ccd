"""Builds `icd10cm_search` and `icd10pcs_search`: which words the texts of a large code set hold.

Made from the tables that ship, so that it is the last builder to run, and from `words.tsv` of the
search lexicon: after a change of titles, notes or spellings it is to be run again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.codesets import code_set
from medcode.codesets.search import SearchIndex
from medcode.codesets.store import pack

if TYPE_CHECKING:
    from medcode.codesets.base import CodeSet

SOURCES = ()
SETS = ("icd10cm", "icd10pcs")


def build() -> dict[str, bytes]:
    """Return the table files."""
    return {f"{name}_search": index_table(code_set(name)) for name in SETS}


def index_table(indexed: CodeSet[Any]) -> bytes:
    """Return the table file of the search index of a code set."""
    words, columns = SearchIndex.of(indexed.texts()).columns()
    header = {
        "name": f"{indexed.name}_search",
        "publisher": "medcode",
        "edition": f"words of the shipped {indexed.code_type.label} texts",
        "license": "Apache-2.0",
        "coverage": [None, None],
    }
    return pack({**header, **words}, columns)
