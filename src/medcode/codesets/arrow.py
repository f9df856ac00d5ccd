"""A code set as an Arrow table, where pyarrow is present."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from medcode.codesets.views import CodeSetOn

__all__ = ["arrow_stream"]


def arrow_stream(codes: CodeSetOn[Any], schema: object | None) -> object:
    """Return the codes of a day as an Arrow C stream; ImportError where pyarrow is absent."""
    pa = import_module("pyarrow")

    concepts = list(codes.values())
    columns = {
        "code": pa.array([str(concept.code) for concept in concepts], pa.string()),
        "dotted": pa.array([concept.code.dotted for concept in concepts], pa.string()),
        "title": pa.array([concept.title for concept in concepts], pa.string()),
        "billable": pa.array([concept.billable for concept in concepts], pa.bool_()),
        "start": pa.array([concept.start for concept in concepts], pa.date32()),
        "end": pa.array([concept.end for concept in concepts], pa.date32()),
    }
    stream: object = pa.table(columns).__arrow_c_stream__(schema)
    return stream
