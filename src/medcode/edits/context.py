"""One claim as the edits see it: its setting, its dates, and its codes with the date each is judged on.

A professional or dental diagnosis is judged on the first day of each line that points to it; one
that no line points to, on the earliest line. An institutional claim is judged on its through date.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.dental import DentalClaim
from medcode.claims.model.diagnosis import Snodent
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits.days import first_day, last_day
from medcode.edits.features import MEDICARE
from medcode.edits.judged import judge
from medcode.edits.setting import setting_of
from medcode.edits.tables import NO_TABLES

if TYPE_CHECKING:
    from datetime import date

    from medcode.claims.model.diagnosis import DiagnosisCode
    from medcode.claims.model.stay import ProcedureCode
    from medcode.edits.history.record import History
    from medcode.edits.judged import JudgedCode
    from medcode.edits.setting import Setting
    from medcode.edits.tables import Tables

__all__ = ["Context", "Shared"]

C_co = TypeVar("C_co", bound=Claim, covariant=True)


class Shared:
    """What the claims of a check share: `history`, where claims are compared, and `memo`, which may be cleared."""

    __slots__ = ("history", "memo")

    def __init__(self, history: History | None = None) -> None:
        self.history = history
        self.memo: dict[Any, Any] = {}


class Context(Generic[C_co]):
    """What an edit sees beside the claim: the day of the transaction, the user's tables, dates and codes.

    `number` counts the claims of a check from 0; `shared` belongs to all of them. `line_days` is the
    first day of each line, or of the claim where a line has none; `first_day` the day care began (of a
    stay the admission, of an institution the from date, else the earliest line); `day` the one the claim
    as a whole is judged on (of an institution the through date, else the earliest line).
    `institutional` is the claim where it is one of an institution, else None.
    """

    def __init__(
        self,
        claim: C_co,
        on: date,
        tables: Tables = NO_TABLES,
        number: int = 0,
        shared: Shared | None = None,
    ) -> None:
        self.claim = claim
        self.on = on
        self.tables = tables
        self.number = number
        self.shared = shared or Shared()
        self.kept: dict[str, Any] = {}
        self.setting: Setting = setting_of(claim)
        institutional: InstitutionalClaim | None = claim if isinstance(claim, InstitutionalClaim) else None
        self.institutional = institutional
        usual = first_day(claim.service_date) if isinstance(claim, DentalClaim) else None
        self.line_days = tuple([first_day(line.service_date) or usual for line in claim.lines])
        if institutional:
            self.first_day = first_day(institutional.admission) or first_day(institutional.statement_dates)
            self.day = last_day(institutional.statement_dates)
        else:
            self.first_day = self.day = min(filter(None, self.line_days), default=None)

    @property
    def history(self) -> History:
        """What the claims of the batch and of the history say together; edits `over_batch` may ask for it."""
        assert self.shared.history is not None  # noqa: S101  # the engine makes it for them
        return self.shared.history

    @property
    def is_institutional(self) -> bool:
        """Whether the claim is one of an institution."""
        return self.institutional is not None

    @cached_property
    def age(self) -> int | None:
        """The patient's completed years on the day care began, or None if that is unknown."""
        return None if self.first_day is None else self.claim.patient.age(self.first_day)

    @cached_property
    def codes(self) -> tuple[tuple[str, DiagnosisCode], ...]:
        """The path and the code of each diagnosis, in claim order; external causes of an institution last."""
        claim = self.institutional
        if claim is None:
            found = cast("ProfessionalClaim | DentalClaim", self.claim).diagnoses
            return tuple([(f"diagnoses[{n}].code", each.code) for n, each in enumerate(found)])
        others = [(f"other_diagnoses[{n}].code", each.code) for n, each in enumerate(claim.other_diagnoses)]
        causes = [(f"external_causes[{n}].code", each.code) for n, each in enumerate(claim.external_causes)]
        return (("principal_diagnosis.code", claim.principal_diagnosis.code), *others, *causes)

    @cached_property
    def diagnoses(self) -> tuple[JudgedCode, ...]:
        """Each ICD diagnosis on each day that it is judged on, in claim order; empty where no day is known."""
        if self.day is None:
            return ()
        if self.is_institutional:
            return tuple([judge(path, code, self.day) for path, code in self.codes])
        pointed, usual = self._pointed_days(), [self.day]
        return tuple(
            judge(path, code, day)
            for number, (path, code) in enumerate(self.codes)
            if not isinstance(code, Snodent)
            for day in pointed.get(number, usual)
        )

    def _pointed_days(self) -> dict[int, list[date]]:
        """Return, by the place of a diagnosis, the days of the lines that point to it, each day once."""
        days: dict[int, list[date]] = {}
        if all(day == self.day for day in self.line_days):
            return days
        for number, day in enumerate(self.line_days):
            for at in self.pointed(number):
                if day and day not in (known := days.setdefault(at, [])):
                    known.append(day)
        return days

    def pointed(self, number: int) -> tuple[int, ...]:
        """Return the places, from 0, of the listed diagnoses that a line points to; none of an institution."""
        claim = self.claim
        if not isinstance(claim, (ProfessionalClaim, DentalClaim)):
            return ()
        pointers = claim.lines[number].diagnosis_pointers
        return tuple([at - 1 for at in pointers if isinstance(at, int) and 1 <= at <= len(claim.diagnoses)])

    @cached_property
    def reasons(self) -> tuple[tuple[str, DiagnosisCode], ...]:
        """The path and the code of an institution's admitting diagnosis and reasons for the visit."""
        claim = self.institutional
        if claim is None:
            return ()
        first = [("admitting_diagnosis", claim.admitting_diagnosis)] if claim.admitting_diagnosis else []
        return (
            *first,
            *[(f"reasons_for_visit[{n}]", code) for n, code in enumerate(claim.reasons_for_visit)],
        )

    @cached_property
    def procedures(self) -> tuple[tuple[str, ProcedureCode], ...]:
        """The path and the code of each inpatient procedure, in claim order."""
        claim = self.institutional
        if claim is None:
            return ()
        first = claim.principal_procedure
        rest = [(f"other_procedures[{n}].code", each.code) for n, each in enumerate(claim.other_procedures)]
        return (("principal_procedure.code", first.code), *rest) if first else tuple(rest)

    @property
    def patient(self) -> str:
        """The field of the claim that holds the patient."""
        return "dependent" if self.claim.dependent else "subscriber"

    @property
    def is_medicare(self) -> bool:
        """Whether the claim goes to Medicare, part A or B."""
        return self.claim.subscriber.claim_filing in MEDICARE
