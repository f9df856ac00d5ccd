"""ICD22: the trimester of a diagnosis against the weeks of pregnancy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, final

from medcode.claims.model.claim import Claim
from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.memory import remembered
from medcode.edits.base import Edit
from medcode.edits.examples import stay, visit
from medcode.edits.judged import shown
from medcode.findings import Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.codesets.code import Code, Malformed
    from medcode.codesets.concept import Status
    from medcode.edits.context import Context
    from medcode.findings import Finding

__all__ = ["TrimesterOfWeeks", "trimester_of", "weeks_of"]

WEEKS = re.compile(r"Z3A(0[189]|[1-4]\d)")
TRIMESTER = re.compile(r"\b(first|second|third) trimester\b")
NUMBERS = {"first": 1, "second": 2, "third": 3}
ORDINALS = {number: word for word, number in NUMBERS.items()}
SECOND, THIRD = 14, 28
"""The weeks with which the second and third trimester begin."""


@final
class TrimesterOfWeeks(Edit[Claim]):
    """A diagnosis names another trimester than the weeks of pregnancy.

    Why: the first trimester is less than 14 weeks, the second less than 28, and the third the rest until delivery.
    A stay may go on into a later trimester; the weeks are those of its admission.
    Fix: correct the weeks (Z3A) or the diagnosis.
    """

    id, name, snip = "ICD22", "trimester-of-weeks", 5
    initials = frozenset("Z")
    source = Source("NCHS", "ICD-10-CM Tabular List", section="chapter 15, trimesters")
    severity = Severity.WARNING
    tables = ("icd10cm",)
    ack = "A7:255"
    carc, rarc = ("16",), ("M76",)
    passes = (visit("O26.893", "Z3A.39"), visit("O26.891", "Z3A.00"), stay("O26.893", "Z3A.27", age=30))
    fails = (visit("O26.893", "Z3A.10"), visit("O26.891", "Z3A.20"), stay("O26.892", "Z3A.30", age=30))

    def concerns_code(self, code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code counts weeks."""
        return WEEKS.fullmatch(code) is not None

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Compare each diagnosis with the weeks, where the claim has one number of them."""
        counted = {weeks for _, code in context.codes if (weeks := weeks_of(code)) is not None}
        if len(counted) != 1:
            return
        (weeks,) = counted
        due = 1 + (weeks >= SECOND) + (weeks >= THIRD)
        for path, code in context.codes:
            named = trimester_of(code) if code[:1] in {"O", "Z"} else None
            if named and (named < due or (named > due and not context.is_institutional)):
                message = f"{shown(code)} is of the {ORDINALS[named]} trimester; {weeks} weeks are in the {ORDINALS[due]}."
                yield self.fail(path, code, message)


def weeks_of(code: str) -> int | None:
    """Return the weeks that a code counts; less than 8 weeks are 7. None where it counts none.

    >>> weeks_of("Z3A39"), weeks_of("Z3A01"), weeks_of("Z3A00")
    (39, 7, None)
    """
    match = WEEKS.fullmatch(code)
    return max(int(match[1]), 7) if match else None


@remembered(1 << 12)
def trimester_of(code: str) -> int | None:
    """Return the one trimester that the title of a diagnosis names.

    >>> trimester_of("O26893"), trimester_of("Z3482"), trimester_of("O80")
    (3, 2, None)
    """
    title = icd10cm[code].title if code in icd10cm else None
    found = set(TRIMESTER.findall((title or "").lower()))
    return NUMBERS[found.pop()] if len(found) == 1 else None
