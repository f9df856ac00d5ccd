"""Codes of payers' answers, judged by the lists that are loaded: SNIP 5 of an 835 and a 277CA.

No list of X12 ships with medcode. A code whose form no list can have is an error; one that a loaded list does not
have, or has no more, is a warning, for lists lag behind payers and a code never stops a file from being read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from medcode.claims.x12.validate.situations import wrong
from medcode.codesets.adjustment_reason import adjustment_reason
from medcode.codesets.base import Status
from medcode.codesets.npi import Npi
from medcode.codesets.remark import remark
from medcode.codesets.status_code import status_code

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from medcode.claims.x12.validate.situations import Place, Situation

__all__ = ["AnswerCodes"]

_WORDS = {
    Status.UNKNOWN: "is not in the loaded list",
    Status.DELETED: "was stopped",
    Status.NOT_YET: "has not started",
}
_STOPPED_LEGAL = frozenset({"2", "3", "20", "21", "22"})
"""Statuses that repeat what was decided before: a reason that has stopped since is still right there."""

_REASON = "adjustment-reason-form", "adjustment-reason-unknown"
_REMARK = "remark-form", "remark-unknown"
_STATUS = "status-code-form", "status-code-unknown"
"""The rules of a code whose form is wrong, and of one that the loaded list does not have."""


class AnswerCodes:
    """Judges codes where they are, each once at its place."""

    def __init__(self, report: Callable[[Situation], None]) -> None:
        self._report = report
        self.day: date | None = None
        """The day that the codes are judged on; None is today."""

    def npi(self, text: str, place: Place, element: int, claim: int | None = None) -> None:
        """Judge an NPI."""
        if text and not _is_npi(text):
            message = "The NPI is not valid: its check digit or its form is wrong."
            self._say(wrong(place, "npi-invalid", message, "Correct the NPI.", element), claim)

    def reason(self, code: str, status: str, place: Place, element: int, claim: int | None) -> None:
        """Judge an adjustment reason (CARC) of a claim with a status (CLP02)."""
        about = adjustment_reason.status(code, on=self.day)
        if about is Status.DELETED and status in _STOPPED_LEGAL:
            return
        self._judge(_REASON, "adjustment reason (CARC)", code, about, place, element, claim)

    def remark(self, code: str, place: Place, element: int, claim: int | None) -> None:
        """Judge a remittance remark (RARC)."""
        about = remark.status(code, on=self.day)
        self._judge(_REMARK, "remittance remark (RARC)", code, about, place, element, claim)

    def status(self, code: str, place: Place, element: int, claim: int | None) -> None:
        """Judge a claim status code."""
        about = status_code.status(code, on=self.day)
        self._judge(_STATUS, "claim status code", code, about, place, element, claim)

    def _judge(  # noqa: PLR0913, PLR0917  # what the code is, and where
        self,
        rules: tuple[str, str],
        what: str,
        code: str,
        about: Status,
        place: Place,
        element: int,
        claim: int | None,
    ) -> None:
        if about is Status.MALFORMED:
            message = f"The {what} has a form that no such code has."
            self._say(wrong(place, rules[0], message, "Correct the code.", element), claim)
        elif about in _WORDS:
            message = f"The {what} {code} {_WORDS[about]}."
            fix = "Correct the code, or load the current list."
            self._say(wrong(place, rules[1], message, fix, element), claim)

    def _say(self, found: Situation, claim: int | None) -> None:
        self._report(found._replace(unit=claim))


@lru_cache(maxsize=4096)
def _is_npi(text: str) -> bool:
    return Npi.is_valid(text)
