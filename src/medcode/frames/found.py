"""Findings as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from medcode.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FINDINGS", "findings_table", "unreadable"]

_COLUMNS: dict[str, tuple[pa.DataType, str]] = {
    "file": (pa.string(), "the file it is about; null where claims were checked that are in none"),
    "rule": (pa.string(), "the rule's id"),
    "name": (pa.string(), "the rule's name"),
    "severity": (pa.string(), "error, warning or info"),
    "snip": (pa.int64(), "the WEDI SNIP type, 1 to 7"),
    "outcome": (pa.string(), "fail, or not_checked where the rule could not be asked"),
    "claim": (pa.int64(), "the claim, counted from 1 in its file"),
    "loop": (pa.string(), "the loop of the guide"),
    "segment": (pa.string(), "the segment's id"),
    "element": (pa.int64(), "the element, counted from 1"),
    "component": (pa.int64(), "the component, counted from 1"),
    "position": (pa.int64(), "the segment's place in its transaction set; ST is 1"),
    "offset": (pa.int64(), "where it begins in the text, counted in characters from 0"),
    "line": (pa.int64(), "the line of the text"),
    "column": (pa.int64(), "the column of the text"),
    "path": (pa.string(), "the place in the model, such as lines[0].charge"),
    "code": (pa.string(), "the code it is about"),
    "message": (pa.string(), "what is wrong, in words"),
    "source": (pa.string(), "the official text behind the rule"),
    "fix": (pa.string(), "what to do"),
    "ack": (pa.string(), "what a payer would answer: codes of a TA1, 999 or 277CA"),
    "count": (pa.int64(), "how often the same was found in a row, from the place of the first on"),
}

FINDINGS = pa.schema(
    [
        pa.field(name, kind, metadata={"meaning": words, "phi": "false"})
        for name, (kind, words) in _COLUMNS.items()
    ],
    metadata={"meaning": "what is wrong with a file or claim"},
)
"""The schema of the table of findings."""


def findings_table(findings: Iterable[Finding], file: str | None = None) -> pa.Table:
    """Return findings as a table, a row each."""
    return pa.Table.from_pylist([{"file": file, **each.to_dict()} for each in findings], schema=FINDINGS)


def unreadable(error: Exception) -> Finding:
    """Return the finding for a file that cannot be read, or is not X12 at all."""
    why = (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
    return Finding("FILE", "file-unreadable", f"The file cannot be read: {why.rstrip('.')}.", snip=1)
