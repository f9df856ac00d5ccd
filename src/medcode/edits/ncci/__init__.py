"""The National Correct Coding Initiative: pairs, units and add-on codes, over the user's own tables.

The tables hold CPT codes under licence, so none ships; `PairTable`, `UnitTable` and `AddOnTable` read
the files as CMS publishes them.
"""

from medcode.edits.ncci.tables import AddOn, AddOnTable, Pair, PairTable, UnitLimit, UnitTable

__all__ = ["AddOn", "AddOnTable", "Pair", "PairTable", "UnitLimit", "UnitTable"]
