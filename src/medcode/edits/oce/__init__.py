"""The outpatient code editor: CMS's own checks of outpatient bills, over tables that the user holds.

`OutpatientCodeEditor` can be used by itself; the edits OCE01 to OCE191 of `medcode.edits` are its
numbers over an institutional claim, asked for by the profile `medicare_outpatient`.

Source: CMS, Integrated OCE (IOCE) Specifications.
"""

from __future__ import annotations

from medcode.edits.oce.bill import BillLine, Disposition, OutpatientBill, OutpatientResult
from medcode.edits.oce.editor import OutpatientCodeEditor
from medcode.edits.oce.tables import OceTables

__all__ = [
    "BillLine",
    "Disposition",
    "OceTables",
    "OutpatientBill",
    "OutpatientCodeEditor",
    "OutpatientResult",
]
