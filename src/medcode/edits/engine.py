"""The engine: selected edits over claims, four outcomes for each, findings with their places."""

from __future__ import annotations

import operator
from collections import Counter
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs

from medcode.claims.model.claim import Claim
from medcode.codesets import code_set
from medcode.edits.base import Edit
from medcode.edits.context import Context, Shared
from medcode.edits.features import features
from medcode.edits.history.record import History
from medcode.edits.ncci.stored import completed
from medcode.edits.requirements import Requirement, lacking, missing
from medcode.edits.tables import NO_TABLES
from medcode.findings import Location, Outcome, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from medcode.edits.base import AnyEdit
    from medcode.edits.requirements import LineRequirement
    from medcode.edits.setting import Setting
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["Engine"]

Check: TypeAlias = "Callable[[Claim, Context[Claim]], Iterable[Finding]]"
"""The check of an edit, once the engine knows that a claim is of the kind it takes."""


def check_of(edit: AnyEdit) -> Check:
    """Return an edit's check for claims of the settings it declares, which are the kind that it takes."""
    return cast("Check", edit.check)


@attrs.frozen
class BoundEdit:
    """An edit bound to a setting and to what its claims lack; `answer` is its answer where it need not run."""

    edit: AnyEdit
    check: Check
    dated: bool
    needs_tables: bool
    severity: Severity | None
    answer: tuple[Finding, ...] | None = None

    @classmethod
    def of(cls, edit: AnyEdit, severity: Severity | None) -> BoundEdit:
        """Bind an edit, without any requirement missing."""
        is_dated = edit.since is not None or edit.until is not None
        needs_tables = type(edit).missing_tables is not Edit.missing_tables
        return cls(edit, check_of(edit), is_dated, needs_tables, severity)

    def where(self, setting: Setting, missing: tuple[str, ...], tables: Tables) -> BoundEdit:
        """Bind it to claims that lack something; a missing table or requirement is then its answer."""
        edit = self.edit
        if self.needs_tables and (lack := edit.missing_tables(tables, setting)):
            return attrs.evolve(self, answer=(edit.unchecked(None, None, lack),))
        if not (missing and edit.requires):
            return self
        lacks = lacking(edit.requires, setting, missing)
        if isinstance(lacks, Requirement):
            return attrs.evolve(self, answer=(edit.unchecked(lacks.path, None, lacks.message),))
        return attrs.evolve(self, check=partly(edit, lacks)) if lacks else self

    @property
    def is_known(self) -> bool:
        """Whether the answer is about no claim in particular, on any day."""
        return self.answer is not None and not self.dated and is_general(self.answer[0])

    def in_force(self, day: date | None) -> bool:
        """Whether the rule is in force on the day a claim is judged on; on an unknown day it is."""
        since, until = self.edit.since, self.edit.until
        return day is None or not ((since and day < since) or (until and day > until))

    def run(self, claim: Claim, context: Context[Claim]) -> Sequence[Finding]:
        """Return the edit's findings; an exception that it raises becomes one too."""
        try:
            return [*self.check(claim, context)]
        except Exception as error:  # noqa: BLE001  # an edit that fails must not stop the others
            return (internal(self.edit, error),)


@attrs.define
class CompiledEdits:
    """What runs on claims of a kind, what is known about all of them without running, and how many there were."""

    edits: Sequence[BoundEdit]
    known: Sequence[BoundEdit]
    claims: int = 0


class Engine:
    """Selected edits, compiled once for each setting, over any number of claims."""

    def __init__(self, edits: Sequence[AnyEdit], severities: Mapping[str, Severity] | None = None) -> None:
        self.edits = tuple(edits)
        self.severities = dict(severities or {})
        self._bound: dict[tuple[Setting, frozenset[str]], tuple[BoundEdit, ...]] = {}

    def check(
        self,
        claims: Iterable[Claim],
        day: Callable[[], date],
        tables: Tables = NO_TABLES,
        history: Iterable[Claim] | None = None,
    ) -> Report:
        """Check claims, each as of the day its transaction is made: what `day` returns when it is reached.

        Where an edit compares claims, all are read before the first is judged.
        """
        tables = completed(tables)
        run = Run()
        compiled: dict[Any, CompiledEdits] = {}
        ready: dict[Setting, tuple[BoundEdit, ...]] = {}
        dated: Iterable[tuple[Claim, date]] = ((claim, day()) for claim in are_claims(claims, "claims"))
        compared = None
        if comparing := [edit for edit in self.edits if edit.over_batch]:
            dated = [*dated]
            compared = History(dated, are_claims(history or (), "history"), tables, day())
            run.note(comparing[0], compared.notes)
        shared = Shared(compared)
        for number, (claim, on) in enumerate(dated):
            context = Context(claim, on, tables, number, shared)
            run.begin(context)
            kind = (context.setting, features(claim), missing(context))
            group = compiled.get(kind)
            if group is None:
                ready.setdefault(context.setting, self._ready(context.setting, tables))
                group = compiled[kind] = compiled_for(ready[context.setting], *kind, tables)
            group.claims += 1
            for bound in group.edits:
                if bound.dated and not bound.in_force(context.day):
                    run.counts[bound.edit.id, Outcome.BYPASSED] += 1
                elif found := bound.answer or bound.run(claim, context):
                    run.record(bound, found)
        for group in compiled.values():
            run.add(group)
        return run.report(ready, tables)

    def _ready(self, setting: Setting, tables: Tables) -> tuple[BoundEdit, ...]:
        """Return the edits of a setting except those that yield to one that the tables let answer."""
        concerned = [edit for edit in self.edits if setting in edit.settings]
        yielded_to = {id_ for edit in concerned for id_ in edit.yields_to}
        answering = frozenset(
            edit.id
            for edit in concerned
            if edit.id in yielded_to and edit.missing_tables(tables, setting) is None
        )
        bound_edits = self._bound.get((setting, answering))
        if bound_edits is None:
            stay = (edit for edit in concerned if answering.isdisjoint(edit.yields_to))
            bound_edits = tuple(BoundEdit.of(edit, self.severities.get(edit.id)) for edit in stay)
            self._bound[setting, answering] = bound_edits
        return bound_edits


class Run:
    """What one check has found so far."""

    def __init__(self) -> None:
        self.claims = -1
        self.settings: Counter[Setting] = Counter()
        self.counts: Counter[tuple[str, Outcome]] = Counter()
        self.general: dict[tuple[str, str], Finding] = {}  # what no claim can answer, reported once
        self.lists: dict[Outcome, list[Finding]] = {outcome: [] for outcome in Outcome}
        self.origin: Any = None
        self.find: Callable[[str], Location | None] | None = None
        self.patient = "subscriber"

    def note(self, edit: AnyEdit, notes: Iterable[str]) -> None:
        """Record what of the history could not be compared."""
        for note in notes:
            self.general[edit.id, note] = edit.unchecked(None, None, note)

    def begin(self, context: Context[Claim]) -> None:
        """Begin the next claim."""
        self.claims += 1
        self.settings[context.setting] += 1
        self.origin, self.find = context.claim.origin, None
        self.patient = context.patient

    def record(self, bound: BoundEdit, found: Sequence[Finding]) -> None:
        """Record what an edit found on the claim; the worst outcome counts for the claim."""
        worst = found[0].outcome
        if len(found) > 1:
            outcomes = {finding.outcome for finding in found}
            worst = next(outcome for outcome in WORST_FIRST if outcome in outcomes)
        self.counts[bound.edit.id, worst] += 1
        for finding in found:
            if is_general(finding):
                self.general[finding.rule, finding.message] = finding
                continue
            placed = self._placed(finding, bound.severity)
            fails = finding.outcome is Outcome.FAIL or fails_inside(finding)
            self.lists[Outcome.FAIL if fails else finding.outcome].append(placed)

    def add(self, group: CompiledEdits) -> None:
        """Record what was known about all claims of a kind."""
        for bound in group.known:
            for finding in bound.answer or ():
                self.general[finding.rule, finding.message] = finding
                self.counts[finding.rule, finding.outcome] += group.claims

    def _placed(self, finding: Finding, severity: Severity | None) -> Finding:
        changes: dict[str, Any] = {"claim": self.claims}
        path = finding.location.path
        if path and path.startswith("patient."):
            path = f"{self.patient}{path.removeprefix('patient')}"
            changes["location"] = Location(path=path)
        if path and (at := self._place(path)):
            changes["location"] = attrs.evolve(at, path=path)
        if severity and finding.outcome is Outcome.FAIL:
            changes["severity"] = severity
        return attrs.evolve(finding, **changes)

    def _place(self, path: str) -> Location | None:
        """Return the place of a path in the file that the claim was read from, or of the claim itself."""
        if self.origin is None:
            return None
        find = self.find = self.find or self.origin.places().find
        return find(path) or find(CLAIM)

    def report(self, bound_edits: Mapping[Setting, Sequence[BoundEdit]], given: Tables) -> Report:
        """Return the report: whatever was checked and not recorded has passed."""
        outcomes: dict[str, Counter[Outcome]] = {}
        tables: set[str] = set()
        for setting, claims in self.settings.items():
            for bound in bound_edits[setting]:
                outcomes.setdefault(bound.edit.id, Counter())[Outcome.PASS] += claims
                tables.update(bound.edit.tables)
        for (rule, outcome), number in self.counts.items():
            outcomes[rule][outcome] += number
            outcomes[rule][Outcome.PASS] -= number
        return Report(
            findings=tuple(self.lists[Outcome.FAIL]),
            not_checked=(*self.general.values(), *self.lists[Outcome.NOT_CHECKED]),
            bypassed=tuple(self.lists[Outcome.BYPASSED]),
            outcomes={rule: +counts for rule, counts in outcomes.items()},
            tables=releases(tables) | given.loaded(),
            claims=self.claims + 1,
        )


def are_claims(claims: Iterable[object], name: str) -> Iterator[Claim]:
    """Yield claims. Raises TypeError for anything else."""
    for number, claim in enumerate(claims):
        if not isinstance(claim, Claim):
            raise TypeError(f"{name}[{number}] must be a claim, not {type(claim).__name__}")
        yield claim


WORST_FIRST = (Outcome.FAIL, Outcome.NOT_CHECKED, Outcome.BYPASSED)
INTERNAL = "internal-error"
CLAIM = "control_number"  # where a claim begins: the place of what is missing


def compiled_for(
    ready: Sequence[BoundEdit],
    setting: Setting,
    has: frozenset[str],
    missing: tuple[str, ...],
    tables: Tables,
) -> CompiledEdits:
    """Return the edits that may find something on claims of a kind."""
    bound = [each.where(setting, missing, tables) for each in ready if each.edit.applies_to in has]
    return CompiledEdits(
        [each for each in bound if not each.is_known], [each for each in bound if each.is_known]
    )


def partly(edit: AnyEdit, lacks: Sequence[LineRequirement]) -> Check:
    """Check only the lines that lack nothing, and report each line that could not be checked."""
    run = check_of(edit)

    def check(claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        if not any(lacked.together for lacked in lacks):
            yield from run(claim, context)
        for lacked in lacks:
            for path, message in lacked.places(context):
                yield edit.unchecked(path, None, message)

    return check


def is_general(finding: Finding) -> bool:
    """Whether a finding is about no claim in particular, so that it is reported once."""
    return (
        finding.outcome is Outcome.NOT_CHECKED and finding.location.path is None and not fails_inside(finding)
    )


def fails_inside(finding: Finding) -> bool:
    """Whether an edit raised an exception instead of answering."""
    return finding.name == INTERNAL


def internal(edit: AnyEdit, error: Exception) -> Finding:
    """Return the finding for an edit that raised: its id, the kind of error and the place, and nothing of the claim."""
    frame = extract_tb(error.__traceback__)[-1]
    place = f"{frame.name}, line {frame.lineno}"
    message = f"Not checked: the edit itself failed with {type(error).__name__} in {place}. Please report it."
    finding = edit.unchecked(None, None, message)
    return attrs.evolve(finding, name=INTERNAL, severity=Severity.WARNING)


def releases(names: Iterable[str]) -> dict[str, str]:
    """Return the release of each table, or that none is loaded."""
    editions = operator.attrgetter("edition")
    return {
        name: ", ".join(map(editions, code_set(name).releases)) or "no table is loaded"
        for name in sorted(names)
    }
