"""An edit: one rule over one claim, with its source, its reason, its cure and its examples.

An edit is a class of its own in a file of its own, or one row of a table behind a class. Its
docstring has a first line that says what is wrong, a `Why:` and a `Cure:`; the documentation and
`explain` show the same text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from medcode.claims.model.claim import Claim
from medcode.edits.setting import Setting
from medcode.edits.tables import NO_TABLES
from medcode.edits.traits import ANY
from medcode.findings import Finding, Location, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from medcode.edits.context import Context
    from medcode.edits.tables import Tables
    from medcode.findings import Fix, Source

__all__ = ["ANYWHERE", "C", "Edit"]

C = TypeVar("C", bound=Claim)

ANYWHERE = tuple(Setting)


class Edit(Generic[C]):
    """The base of every edit.

    `since` and `until` are the first and last day the rule is in force, by the day the claim is
    judged on. `needs` names what must be known of a claim (see `medcode.edits.needs`); where it is
    not, the answer is `not_checked`. `yields_to` names edits that say the same with more authority:
    where one of them runs on a claim, this one does not; a rule of structure named there takes this
    one's place in a file, at the element where it speaks. An `opt_in` edit runs only when it is
    asked for; one `over_batch` compares claims, and its examples fail together. `concerns` names what
    a claim must have for the rule to mean anything (see `medcode.edits.traits`): any other passes
    unseen. `tables` names the code sets that an answer rests on; `given` are the user's tables of the
    examples.
    """

    id: str
    name: str
    snip: int
    source: Source
    severity: Severity = Severity.ERROR
    since: date | None = None
    until: date | None = None
    settings: tuple[Setting, ...] = ANYWHERE
    needs: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    concerns: str = ANY
    tables: tuple[str, ...] = ()
    opt_in: bool = False
    over_batch: bool = False
    ack: str | None = None
    given: Tables = NO_TABLES
    passes: tuple[Claim, ...] = ()
    fails: tuple[Claim, ...] = ()

    _outcomes: ClassVar[dict[Outcome, Severity]] = {
        Outcome.BYPASSED: Severity.INFO,
        Outcome.NOT_CHECKED: Severity.INFO,
    }

    @property
    def family(self) -> str:
        """The letters that begin the id, such as MCE."""
        return self.id.rstrip("0123456789")

    def check(self, claim: C, context: Context, /) -> Iterable[Finding]:
        """Give what is wrong with the claim; nothing means that it passes."""
        raise NotImplementedError

    def lacks(self, _tables: Tables, _setting: Setting) -> str | None:
        """Say why the edit can answer for no claim of a setting with the tables at hand; None where it can."""
        return None

    def fail(self, path: str | None, code: str | None, message: str, *, fix: Fix | None = None) -> Finding:
        """Say that the rule is broken at a place of the claim."""
        return self._finding(Outcome.FAIL, path, code, message, fix)

    def bypass(self, path: str | None, code: str | None, message: str) -> Finding:
        """Say that the rule would be broken, and why that is allowed here."""
        return self._finding(Outcome.BYPASSED, path, code, message)

    def unchecked(self, path: str | None, code: str | None, message: str) -> Finding:
        """Say that the rule could not be applied: why, and what would mend that."""
        return self._finding(Outcome.NOT_CHECKED, path, code, message)

    def _finding(
        self, outcome: Outcome, path: str | None, code: str | None, message: str, fix: Fix | None = None
    ) -> Finding:
        return Finding(
            rule=self.id,
            name=self.name,
            message=message,
            severity=self._outcomes.get(outcome, self.severity),
            outcome=outcome,
            snip=self.snip,
            location=Location(path=path),
            code=None if code is None else str(code),
            source=self.source,
            fix=fix,
            ack=self.ack if outcome is Outcome.FAIL else None,
        )

    def __repr__(self) -> str:
        """Name the edit."""
        return f"<Edit {self.id} {self.name}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by id: the registry holds the rest."""
        from medcode.edits.registry import edit

        return edit, (self.id,)
