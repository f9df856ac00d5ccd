"""OCE01 to OCE191: the outpatient code editor over an institutional claim that is no stay.

One class and a table: the editor looks at the claim once, and each edit reports its own part of the
answer. The numbers are CMS's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast, final

import attrs

from medcode.claims.model.institutional import InstitutionalClaim
from medcode.codesets.icd10cm import icd10cm
from medcode.edits.base import Edit
from medcode.edits.days import first_day
from medcode.edits.icd.billable import fix_for
from medcode.edits.judged import judge
from medcode.edits.oce.answers import answer_to
from medcode.edits.oce.bill import Disposition
from medcode.edits.oce.catalog import ROWS
from medcode.edits.oce.claim_bill import bill_of, places
from medcode.edits.oce.editor import OutpatientCodeEditor
from medcode.edits.oce.example import bill, example_tables
from medcode.edits.oce.numbers import DISPOSITIONS
from medcode.edits.oce.tables import OceTables
from medcode.edits.setting import Setting
from medcode.edits.tables import Tables
from medcode.errors import TableError
from medcode.findings import Fix, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.edits.context import Context
    from medcode.edits.oce.catalog import Entry
    from medcode.edits.oce.claim_bill import Place
    from medcode.findings import Finding

__all__ = ["OCE_EDITS", "OceEdit", "tables_of"]

SPECIFICATIONS = "Integrated OCE (IOCE) Specifications"
EXAMPLE = Tables(oce=example_tables())

CONSEQUENCES = {
    Disposition.CLAIM_REJECTION: "Medicare rejects the claim; it may be corrected and sent again.",
    Disposition.CLAIM_DENIAL: "Medicare denies the claim; it may be appealed.",
    Disposition.RETURN_TO_PROVIDER: "Medicare returns the claim to the provider unprocessed.",
    Disposition.CLAIM_SUSPENSION: "Medicare suspends the claim until its contractor has looked at it.",
    Disposition.LINE_REJECTION: "Medicare does not pay the line; it may be corrected and sent again.",
    Disposition.LINE_DENIAL: "Medicare does not pay the line; the denial may be appealed.",
}
WARNED = frozenset({Disposition.CLAIM_SUSPENSION, Disposition.LINE_REJECTION, Disposition.LINE_DENIAL})
"""What lets the claim go on: a warning. What stops it is an error."""

INVALID_DIAGNOSIS, BILATERAL_UNITS = 1, 74
STRUCTURE = {26: ("X057",)}  # in a file, a value that the element does not allow
OF_A_DAY, OF_THE_BILL = frozenset({30, 35, 42, 128, 131}), frozenset({51, 60, 95, 129, 137, 138})
"""Edits that CMS's editor puts on each line of a day, or of the bill, that are wrong together: one finding for them all."""

MODIFIERS_TO_DROP = {120: "PT", 123: "CS"}


def tables_of(tables: Tables) -> OceTables | None:
    """Return the editor's tables: those handed to `check`, else those of the package that is installed."""
    return tables.oce or _installed()


@lru_cache(maxsize=1)
def _installed() -> OceTables | None:
    try:
        return OceTables.installed()
    except TableError:
        return None


@attrs.frozen
class Answer:
    """What the editor says of a claim: its edits with their places, and why it ended early if it did."""

    places: tuple[Place, ...]
    stopped: str | None


def answer_for(context: Context[InstitutionalClaim]) -> Answer:
    """Return the editor's answer, kept with the context."""
    if "oce" not in context.kept:
        context.kept["oce"] = _answer(context)
    return cast("Answer", context.kept["oce"])


def _answer(context: Context[InstitutionalClaim]) -> Answer:
    tables = tables_of(context.tables)
    assert tables is not None  # noqa: S101  # without tables the edit does not run
    claim, on = context.claim, context.on
    first = first_day(claim.statement_dates)
    if first is not None and first > tables.last_day:
        return Answer((), f"the tables cover bills that begin on {tables.first_day} to {tables.last_day}")
    is_received = first is not None and first <= on and tables.version_on(on) is not None
    sent = bill_of(claim, opps=context.tables.opps, receipt_date=on if is_received else None)
    result = OutpatientCodeEditor(tables).edit(sent)
    return Answer(tuple(places(claim, result)), result.stopped)


@final
class OceEdit(Edit[InstitutionalClaim]):
    """One edit of the outpatient code editor: a row of the catalog."""

    snip = 5
    settings = (Setting.OUTPATIENT,)
    opt_in = True
    example_tables = EXAMPLE
    passes = (bill(),)

    def __init__(self, row: Entry) -> None:
        self.row = row
        self.disposition = DISPOSITIONS[row.number]
        self.id = f"OCE{row.number:02}"
        self.ack, self.carc, self.rarc, _ = answer_to(row.number)
        self.name = row.name
        self.__doc__ = f"{row.what}\n\nWhy: {CONSEQUENCES[self.disposition]}\n{FIX_HEADING}: {row.fix}"
        self.source = Source("CMS", SPECIFICATIONS, edition="v20.2 to v27.1", section=f"edit {row.number}")
        self.severity = Severity.WARNING if self.disposition in WARNED else Severity.ERROR
        self.since, self.until = row.since, row.until
        self.yields_to = STRUCTURE.get(row.number, ())
        self.fails = (row.fails,)

    def missing_tables(self, tables: Tables, _setting: Setting) -> str | None:
        """Return how to get the editor's tables, where there are none."""
        if tables_of(tables) is None:
            return "Not checked: the outpatient code editor has no tables. Install them: pip install pyoce."
        return None

    @classmethod
    def concerns_claim(cls, context: Context[InstitutionalClaim], /) -> bool:
        """Whether the editor has anything to say of a bill, or had to stop."""
        found = answer_for(context)
        return bool(found.places or found.stopped)

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Report this edit's part of the editor's answer."""
        answer = answer_for(context)
        own = [place for place in answer.places if place.edit == self.row.number]
        for place, *others in self._together(claim, own):
            subject = ", ".join(shown(claim, each) for each in (place, *others) if each.code is not None)
            what = f"{self.row.what.removesuffix('.')} (IOCE edit {self.row.number}: {self.disposition})."
            subject = f"{subject}: " if subject else ""
            yield self.fail(place.path, place.code, f"{subject}{what}", fix=self._fix(claim, place, context))
        if answer.stopped and not own:
            yield self.unchecked(None, None, f"Not checked on every claim: {answer.stopped}.")

    def _together(self, claim: InstitutionalClaim, own: list[Place]) -> Iterable[list[Place]]:
        """Return the places of the edit, those of one finding together."""
        if self.row.number not in OF_A_DAY | OF_THE_BILL:
            return [[place] for place in own]
        found: dict[object, list[Place]] = {}
        for place in own:
            line = claim.lines[place.line or 0]
            found.setdefault(line.service_date if self.row.number in OF_A_DAY else None, []).append(place)
        return found.values()

    def _fix(
        self, claim: InstitutionalClaim, place: Place, context: Context[InstitutionalClaim]
    ) -> Fix | None:
        """Return the change that mends the edit, where there is one."""
        if self.row.number == INVALID_DIAGNOSIS:
            return fix_for(
                judge(
                    place.path, icd10cm.code_type.parse(place.code or ""), context.day or context.on, icd10cm
                )
            )
        if place.line is None:
            return None
        line = claim.lines[place.line]
        if self.row.number == BILATERAL_UNITS:
            return Fix("Bill one unit.", f"lines[{place.line}].quantity", 1)
        modifier = MODIFIERS_TO_DROP.get(self.row.number)
        if modifier is None or line.procedure is None:
            return None
        left = tuple(each for each in line.procedure.modifiers if each != modifier)
        return Fix(f"Remove modifier {modifier}.", f"lines[{place.line}].procedure.modifiers", left)


def shown(claim: InstitutionalClaim, place: Place) -> str:
    """Return a code as people write it, with the number of its line."""
    if place.line is not None:
        return f"Line {place.line + 1} ({place.code})"
    codes = (each.code for each in (*claim.diagnoses, *claim.external_causes))
    code = next((code for code in (*codes, *claim.reasons_for_visit) if code == place.code), place.code)
    return str(getattr(code, "dotted", code))


FIX_HEADING = "Fix"

OCE_EDITS = {edit.id: edit for edit in map(OceEdit, ROWS)}
"""Every edit of the outpatient code editor that an institutional claim can meet."""
