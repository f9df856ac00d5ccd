"""MCE01 to MCE21: the Medicare Code Editor over an institutional claim of a stay.

One class and the table of catalog.py: the editor looks at the stay once, and each edit reports its own part of the
answer. The numbers are those of CMS's manual; 21 is the alert that has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import attrs

from medcode.claims.model.institutional import InstitutionalClaim
from medcode.codesets.concept import Status
from medcode.codesets.discharge_status import discharge_status
from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.icd10pcs import icd10pcs
from medcode.discreet import discreet
from medcode.edits.base import Edit
from medcode.edits.bills import is_acute_stay
from medcode.edits.icd.billable import fix_for, reason
from medcode.edits.judged import judge, shown
from medcode.edits.mce.catalog import ROWS
from medcode.edits.mce.claim_stay import answer
from medcode.edits.setting import Setting
from medcode.findings import Fix, FixKind, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.codesets.code import Code, Malformed
    from medcode.edits.context import Context
    from medcode.edits.mce.catalog import Row
    from medcode.findings import Finding

__all__ = ["MCE_EDITS", "MceEdit"]

MANUAL = "Definitions of Medicare Code Edits"
INVALID = "INVALID_CODE"


@final
class MceEdit(Edit[InstitutionalClaim]):
    """One edit of the Medicare Code Editor: a row of the table below."""

    snip = 5
    settings = (Setting.INPATIENT,)
    tables = ("icd10cm", "icd10pcs", "icd9cm", "icd9cm_procedures", "discharge_status")

    def __init__(self, row: Row) -> None:
        self.row = row
        self.ack, self.carc, self.rarc = row.ack, row.carc, row.rarc
        self.id = f"MCE{row.number:02}"
        self.name = row.name
        self.__doc__ = f"{row.what}\n\nWhy: {row.why}\nFix: {row.fix}"
        self.source = Source("CMS", MANUAL, edition="v44.0", section=row.section or f"edit {row.number}")
        self.severity = row.severity
        self.since, self.until = row.since, row.until
        self.requires = ("day", *row.requires)
        self.segments = frozenset({"CL1"} if row.path == "discharge_status" else ())
        self.passes = (row.passes,)
        self.fails = row.fails

    @classmethod
    def concerns_claim(cls, context: Context[InstitutionalClaim], /) -> bool:
        """Whether the editor has anything to say of a hospital stay, or no answer."""
        if not is_acute_stay(context.claim):
            return False
        found = answer(context)
        return found is None or bool(found.counts or found.admitting or found.codes)

    def check(self, claim: InstitutionalClaim, context: Context[InstitutionalClaim]) -> Iterator[Finding]:
        """Yield this edit's part of the editor's answer."""
        if not is_acute_stay(claim):
            return  # other stays are not paid under the system that the editor belongs to
        found = answer(context)
        if found is None:
            yield self.unchecked(
                "statement_dates", None, "Not checked: the editor's tables do not cover the discharge."
            )
            return
        give = self.bypass if self.row.waived(claim) else self.fail
        if self.row.path:
            if any(name in found.counts for name in self.row.met):
                status = discreet(claim.discharge_status or "none")
                finding = give(self.row.path, None, self.row.say.format(status=status, day=context.day))
                yield attrs.evolve(finding, fix=padded(claim, self.row.path, context.day))
            return
        for path, code, names in found.codes:
            for name in self.met(names):
                if name == INVALID:
                    yield self._invalid(path, code, context)
                else:
                    yield give(path, code, f"{shown(code)} {self.row.say}")
        for name in self.met(found.admitting):
            admitting = claim.admitting_diagnosis or ""
            finding = give("admitting_diagnosis", admitting, f"{shown(admitting)} {self.row.say}")
            yield finding if name != "INVALID_ADMIT_DX" else attrs.evolve(finding, severity=Severity.WARNING)

    def _invalid(self, path: str, code: Code | Malformed, context: Context[InstitutionalClaim]) -> Finding:
        """Return why a code is invalid, and what replaces it."""
        meant_for = icd10pcs if "procedure" in path else icd10cm
        judged = judge(path, code, context.day or context.on, meant_for)
        return self.fail(path, code, reason(judged), fix=fix_for(judged))

    def met(self, names: tuple[str, ...]) -> list[str]:
        """Return the names that belong to this edit."""
        return [name for name in names if name in self.row.met]


def padded(claim: InstitutionalClaim, path: str, day: date | None) -> Fix | None:
    """Return the fix of a discharge status that has lost its leading zero."""
    status = claim.discharge_status or ""
    if path != "discharge_status" or discharge_status.status(f"0{status}", day) is not Status.BILLABLE:
        return None
    return Fix(f"Write 0{status}.", path, f"0{status}", old=status, kind=FixKind.SAFE)


MCE_EDITS = {edit.id: edit for edit in map(MceEdit, ROWS)}
