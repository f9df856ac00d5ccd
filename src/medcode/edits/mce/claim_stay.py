"""An institutional claim as a stay of the Medicare Code Editor, and the answer with its places."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs

from medcode.edits.mce.editor import MedicareCodeEditor
from medcode.edits.mce.stay import Stay

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from medcode.claims.model.institutional import InstitutionalClaim
    from medcode.codesets.code import Code, Malformed
    from medcode.edits.context import Context

__all__ = ["Answer", "answer", "stay_of"]

EDITOR = MedicareCodeEditor()


@attrs.frozen
class Answer:
    """What the editor says of a claim: the counts, and each code with its path and its edits."""

    counts: Mapping[str, int]
    codes: tuple[tuple[str, Code | Malformed, tuple[str, ...]], ...]
    admitting: tuple[str, ...]


def stay_of(context: Context[InstitutionalClaim], discharge: date) -> Stay:
    """Make the stay of a claim; a stay whose admission cannot be read began on the day it ended."""
    claim = context.claim
    admission = context.first_day or discharge
    codes = [code for _, code in context.codes]
    return Stay(
        discharge_date=discharge,
        age=context.age,
        sex=claim.patient.sex or "U",
        discharge_status=claim.discharge_status,
        length_of_stay=(discharge - admission).days,
        admitting=claim.admitting_diagnosis,
        principal=codes[0],
        secondary=tuple(codes[1:]),
        procedures=tuple(code for _, code in context.procedures),
    )


def answer(context: Context[InstitutionalClaim]) -> Answer | None:
    """Return the editor's answer, kept with the context; None where it cannot have one."""
    if "mce" not in context.kept:
        context.kept["mce"] = _answer(context)
    return cast("Answer | None", context.kept["mce"])


def _answer(context: Context[InstitutionalClaim]) -> Answer | None:
    if context.day is None or not EDITOR.covers(context.day):
        return None
    result = EDITOR.edit(stay_of(context, context.day))
    places = (*context.codes, *context.procedures)
    codes = tuple((*places[at], names) for at, (_, names) in zip(result.places, result.by_code, strict=True))
    return Answer(result.counts, codes, result.admitting)
