"""What a code that is in no release was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.codesets.base import Status
from medcode.codesets.icd10pcs import icd10pcs
from medcode.edits.forms import plain

if TYPE_CHECKING:
    from medcode.edits.judged import JudgedCode

__all__ = ["hint", "meant"]

FULL = 7
CATEGORY = 3
LETTERS = str.maketrans("OI", "01")


def hint(judged: JudgedCode) -> str:
    """Return a sentence on the code that was probably meant, with a blank before it; empty if none is near.

    Tried are the digit for a letter O or I, the same characters with the placeholder X elsewhere,
    and the 7th characters that the first six may have.
    """
    if found := meant(judged):
        return f" Did you mean {' or '.join(found)}?"
    if judged.code_set is icd10pcs and set(judged.code.upper()) & {"O", "I"}:
        return " ICD-10-PCS has no letters O and I: were the digits 0 and 1 meant?"
    sevenths = _sevenths(judged)
    head = judged.code[: FULL - 1]
    return f" After {head} the 7th character is one of {', '.join(sevenths)}." if sevenths else ""


def meant(judged: JudgedCode) -> list[str]:
    """Return the billable codes that differ in dots and dashes, a letter for a digit, or the place of the placeholder."""
    return _plain(judged) or _digits(judged) or _placeholders(judged)


def _billable(judged: JudgedCode, code: str) -> bool:
    return judged.code_set.status(code, judged.day) is Status.BILLABLE


def _plain(judged: JudgedCode) -> list[str]:
    code = plain(judged.code)
    if judged.status is not Status.MALFORMED or code == judged.code or not _billable(judged, code):
        return []
    return [judged.code_set.code_type(code).dotted]


def _digits(judged: JudgedCode) -> list[str]:
    kept = 0 if judged.code_set is icd10pcs else 1  # a diagnosis begins with a letter
    code = judged.code.upper()
    swapped = code[:kept] + code[kept:].translate(LETTERS)
    return [swapped] if swapped != code and _billable(judged, swapped) else []


def _placeholders(judged: JudgedCode) -> list[str]:
    category = judged.code[:CATEGORY]
    if category not in judged.code_set:
        return []
    meant = judged.code.replace("X", "")
    near = judged.code_set.descendants(category, judged.day)
    return [code.dotted for code in near if code.replace("X", "") == meant and _billable(judged, code)]


def _sevenths(judged: JudgedCode) -> list[str]:
    head = judged.code[: FULL - 1]
    if len(judged.code) != FULL or head not in judged.code_set:
        return []
    return [code[-1] for code in judged.code_set.descendants(head, judged.day) if _billable(judged, code)]
