"""Codes of payers' answers, judged by the lists that are loaded: SNIP 5 of an 835 and a 277CA.

No list of X12 ships with medcode: where none is loaded, or it does not cover the day, the codes are judged by their form
alone, and the report has that list among what was not checked. A code whose form no list can have is an error; one that a
loaded list does not have, or no longer has, is a warning, for lists lag behind payers and a code never stops a file from
being read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.claims.reasons import fits_group
from medcode.claims.x12.validate.amounts import text_at
from medcode.claims.x12.validate.answer_forms import (
    address_fault,
    identifier_fault,
    is_formed,
    is_procedure,
    procedure_fault,
)
from medcode.claims.x12.validate.situations import wrong
from medcode.codesets.adjustment_reason import adjustment_reason
from medcode.codesets.base import Status
from medcode.codesets.remark import remark
from medcode.codesets.status_category import status_category
from medcode.codesets.status_code import status_code

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from medcode.claims.x12.validate.situations import Place, Situation
    from medcode.codesets.base import CodeSet

__all__ = ["STOPPED_LEGAL", "AnswerCodes"]


class _List(NamedTuple):
    """A code set of answers, and the rules of a code whose form is wrong and of one that the loaded list does not have."""

    codes: CodeSet[Any]
    form: str
    unknown: str
    what: str


_REASONS = _List(
    adjustment_reason, "adjustment-reason-form", "adjustment-reason-unknown", "adjustment reason (CARC)"
)
_REMARKS = _List(remark, "remark-form", "remark-unknown", "remittance remark (RARC)")
_CATEGORIES = _List(status_category, "status-category", "status-category-unknown", "claim status category")
_STATUSES = _List(status_code, "status-code-form", "status-code-unknown", "claim status code")

_WORDS = {
    Status.UNKNOWN: "is not in the loaded list",
    Status.DELETED: "was stopped",
    Status.NOT_YET: "has not started",
}
_UNANSWERED = {
    Status.NOT_CHECKED: "no {} list is loaded",
    Status.OUT_OF_RANGE: "the loaded {} list does not cover the day of the answer",
}
_FINE = frozenset(Status) - {Status.MALFORMED, *_WORDS, *_UNANSWERED}
"""Statuses of which nothing is said."""

STOPPED_LEGAL = frozenset({"2", "3", "20", "21", "22"})
"""Statuses that repeat what was decided before: a reason that has stopped since is still right there."""

_REVENUE = 4
"""The revenue code of SVC."""

_GROUP = 2
"""How long a group of adjustments is."""

_MOST = 4096
"""How many statuses of codes are kept at once: malformed ones are without number."""


class AnswerCodes:
    """Judges codes where they are, each once at its place; `day` is the day that they are judged on, None today."""

    def __init__(self, report: Callable[[Situation], None]) -> None:
        self._report = report
        self.day: date | None = None
        self._statuses: dict[tuple[str, str, date | None], Status] = {}
        self._unanswered: set[tuple[str, Status]] = set()

    def identify(  # what the identifier is, and where
        self, qualifier: str, text: str, place: Place, element: int, claim: int | None = None
    ) -> None:
        """Judge an identifier by its qualifier, the element before it; one that is not allowed there is found as such."""
        codes = getattr(place[0].use.elements[element - 2], "codes", None)
        if not text or is_formed(qualifier, text) or (codes and qualifier not in codes):
            return
        if fault := identifier_fault(qualifier, text):
            fix = "Correct the qualifier or the identifier."
            self._say(wrong(place, "identifier-kind", fault, fix, element), claim)
        else:
            self._npi(place, element, claim)

    def _npi(self, place: Place, element: int, claim: int | None) -> None:
        message = "The NPI is not valid: its check digit or its form is wrong."
        self._say(wrong(place, "npi-invalid", message, "Correct the NPI.", element), claim)

    def procedure(self, elements: list[str], place: Place, element: int, claim: int | None) -> None:
        """Judge the form of a procedure."""
        self._form(text_at(elements, element), place, element, claim)

    def service(self, elements: list[str], place: Place, claim: int | None) -> None:
        """Judge the forms of the procedure and the revenue code of a line (SVC)."""
        self.procedure(elements, place, 1, claim)
        if revenue := text_at(elements, _REVENUE):
            self._form(f"NU:{revenue}", place, _REVENUE, claim)

    def _form(self, composite: str, place: Place, element: int, claim: int | None) -> None:
        if not is_procedure(composite):
            fault = procedure_fault(composite)
            self._say(wrong(place, "procedure-form", fault, "Correct the code.", element), claim)

    def address(self, elements: list[str], place: Place) -> None:
        """Judge the state and ZIP code of an address (N4)."""
        state, postal_code, country = (text_at(elements, at) for at in (2, 3, 4))
        fault, element = address_fault(state, postal_code, country, self.day)
        if fault:
            self._say(wrong(place, "address-state", fault, "Correct the address.", element), None)

    def reason(self, code: str, status: str, place: Place, element: int, claim: int | None) -> None:
        """Judge an adjustment reason (CARC) of a claim with a status (CLP02)."""
        self._judge(_REASONS, code, place, element, claim, stopped_legal=status in STOPPED_LEGAL)

    def remark(self, code: str, place: Place, element: int, claim: int | None) -> None:
        """Judge a remittance remark (RARC)."""
        self._judge(_REMARKS, code, place, element, claim)

    def category(self, code: str, place: Place, element: int, claim: int | None) -> None:
        """Judge a claim status category whose guide leaves it to the list."""
        self._judge(_CATEGORIES, code, place, element, claim)

    def status(self, code: str, place: Place, element: int, claim: int | None) -> None:
        """Judge a claim status code."""
        self._judge(_STATUSES, code, place, element, claim)

    def is_quiet_reason(self, adjustment: str, *, stopped_legal: bool) -> bool:
        """Whether there is nothing to say of a group (CAS01) and the reason after it, or nothing that was not said already."""
        group, code = adjustment[:_GROUP], adjustment[_GROUP:]
        return fits_group(group, code) and self._is_quiet(_REASONS, code, stopped_legal=stopped_legal)

    def is_quiet_remark(self, code: str) -> bool:
        """Whether there is nothing to say of a remark, or nothing that was not said already."""
        return self._is_quiet(_REMARKS, code, stopped_legal=False)

    def _is_quiet(self, about: _List, code: str, *, stopped_legal: bool) -> bool:
        status = self._status(about, code)
        if status in _UNANSWERED:
            return (about.unknown, status) in self._unanswered
        return status in _FINE or (stopped_legal and status is Status.DELETED)

    def _status(self, about: _List, code: str) -> Status:
        """Return the status of a code on the day, remembered."""
        key = about.unknown, code, self.day
        status = self._statuses.get(key)
        if status is None:
            if len(self._statuses) >= _MOST:
                self._statuses.clear()
            status = about.codes.status(code, on=self.day) if code == code.upper() else Status.MALFORMED
            self._statuses[key] = status
        return status

    def _judge(  # noqa: PLR0913  # what the code is, and where
        self,
        about: _List,
        code: str,
        place: Place,
        element: int,
        claim: int | None,
        *,
        stopped_legal: bool = False,
    ) -> None:
        status = self._status(about, code)
        if status is Status.MALFORMED:
            message = f"The {about.what} has a form that no such code has."
            self._say(wrong(place, about.form, message, "Correct the code.", element), claim)
        elif status in _WORDS and not (stopped_legal and status is Status.DELETED):
            message = f"The {about.what} {code} {_WORDS[status]}."
            fix = "Correct the code, or load the current list."
            self._say(wrong(place, about.unknown, message, fix, element), claim)
        elif status in _UNANSWERED:
            self._leave(about, status, place)

    def _leave(self, about: _List, status: Status, place: Place) -> None:
        """Report once that a list cannot answer."""
        if (about.unknown, status) in self._unanswered:
            return
        self._unanswered.add((about.unknown, status))
        why = _UNANSWERED[status].format(about.what)
        message = f"Not checked: {why}; only the form of the codes was checked."
        fix = f"Load the list: {about.codes.load_command}."
        self._report(wrong(place, about.unknown, message, fix)._replace(checked=False))

    def _say(self, found: Situation, claim: int | None) -> None:
        self._report(found._replace(unit=claim))
