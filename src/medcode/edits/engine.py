"""The engine: selected edits over claims, four outcomes for each, findings with their places."""

from __future__ import annotations

import operator
from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model.claim import Claim
from medcode.codesets import code_set
from medcode.edits.context import Context, Shared
from medcode.edits.history.record import History
from medcode.edits.ncci.stored import completed
from medcode.edits.plan import ReadyEdits, SettingPlan, fails_inside, is_general
from medcode.edits.tables import NO_TABLES
from medcode.findings import Location, Outcome, Report
from medcode.moved import moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from medcode.edits.base import AnyEdit
    from medcode.edits.plan import BoundEdit, KnownAnswers
    from medcode.edits.setting import Setting
    from medcode.edits.tables import Tables
    from medcode.findings import Finding, Severity

__all__ = ["Engine"]


class Engine:
    """Selected edits, compiled once for each setting, over any number of claims."""

    def __init__(self, edits: Sequence[AnyEdit], severities: Mapping[str, Severity] | None = None) -> None:
        self.edits = tuple(edits)
        self.severities = dict(severities or {})
        self._ready_edits: dict[tuple[Setting, frozenset[str]], ReadyEdits] = {}

    def check(
        self,
        claims: Iterable[Claim],
        day: Callable[[], date],
        tables: Tables = NO_TABLES,
        history: Iterable[Claim] | None = None,
    ) -> Report:
        """Check claims, each as of the day its transaction is made: what `day` returns when it is reached.

        Where an edit compares claims, or a history is given, all are read before the first is judged.
        """
        tables = completed(tables)
        run = Run()
        plans: dict[Setting, SettingPlan] = {}
        dated: Iterable[tuple[Claim, date]] = ((claim, day()) for claim in are_claims(claims, "claims"))
        compared = None
        comparing = [edit for edit in self.edits if edit.over_batch]
        if comparing or history is not None:
            dated = [*dated]
            compared = History(dated, are_claims(history or (), "history"), tables, day())
            for edit in comparing[:1]:
                run.note(edit, compared.notes)
        shared = Shared(compared)
        for number, (claim, on) in enumerate(dated):
            context = Context(claim, on, tables, number, shared)
            run.begin(context)
            plan = plans.get(context.setting)
            if plan is None:
                plan = plans[context.setting] = SettingPlan(self._ready(context.setting, tables), tables)
            compiled = plan.of(context)
            compiled.known.claims += 1
            for bound in compiled.edits:
                if bound.dated and not bound.in_force(context.day):
                    run.counts[bound.edit.id, Outcome.BYPASSED] += 1
                elif found := bound.answer or bound.run(claim, context):
                    run.record(bound, found)
        for plan in plans.values():
            for known in plan.known.values():
                run.add(known)
        return run.report({setting: plan.ready for setting, plan in plans.items()}, tables)

    def _ready(self, setting: Setting, tables: Tables) -> ReadyEdits:
        """Return the edits of a setting except those that yield to one that the tables let answer."""
        concerned = [edit for edit in self.edits if setting in edit.settings]
        yielded_to = {id_ for edit in concerned for id_ in edit.yields_to}
        answering = frozenset(
            edit.id
            for edit in concerned
            if edit.id in yielded_to and edit.missing_tables(tables, setting) is None
        )
        ready = self._ready_edits.get((setting, answering))
        if ready is None:
            stay = [edit for edit in concerned if answering.isdisjoint(edit.yields_to)]
            ready = self._ready_edits[setting, answering] = ReadyEdits.of(stay, self.severities)
        return ready


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
            outcome = finding.outcome
            if outcome is not Outcome.FAIL and is_general(finding):
                self.general[finding.rule, finding.message] = finding
                continue
            placed = self._placed(finding, bound.severity)
            fails = outcome is Outcome.FAIL or fails_inside(finding)
            self.lists[Outcome.FAIL if fails else outcome].append(placed)

    def add(self, known: KnownAnswers) -> None:
        """Record what was known about claims without running anything."""
        for finding in known.findings:
            self.general[finding.rule, finding.message] = finding
            self.counts[finding.rule, finding.outcome] += known.claims

    def _placed(self, finding: Finding, severity: Severity | None) -> Finding:
        location = finding.location
        path = location.path
        if path and path.startswith("patient."):
            path = f"{self.patient}{path.removeprefix('patient')}"
            location = Location(path)
        if path and self.origin is not None:
            location = self._place(path) or location
        if severity is None or finding.outcome is not Outcome.FAIL:
            severity = finding.severity
        return moved(finding, location, self.claims, severity)

    def _place(self, path: str) -> Location | None:
        """Return the place of a path in the file that the claim was read from, or of the claim itself."""
        find = self.find = self.find or self.origin.places().find
        if at := find(path):
            return at
        begins = find(CLAIM)
        return attrs.evolve(begins, path=path) if begins else None

    def report(self, ready: Mapping[Setting, ReadyEdits], given: Tables) -> Report:
        """Return the report: whatever was checked and not recorded has passed."""
        passed: dict[str, int] = {}
        for setting, claims in self.settings.items():
            for bound in ready[setting].edits:
                passed[bound.edit.id] = passed.get(bound.edit.id, 0) + claims
        others: dict[str, dict[Outcome, int]] = {}
        for (rule, outcome), number in self.counts.items():
            others.setdefault(rule, {})[outcome] = number
            passed[rule] -= number
        return Report(
            findings=tuple(self.lists[Outcome.FAIL]),
            not_checked=(*self.general.values(), *self.lists[Outcome.NOT_CHECKED]),
            bypassed=tuple(self.lists[Outcome.BYPASSED]),
            outcomes={rule: counted(number, others.get(rule, {})) for rule, number in passed.items()},
            tables=releases({name for each in ready.values() for name in each.tables}) | given.loaded(),
            claims=self.claims + 1,
        )


def counted(passed: int, others: Mapping[Outcome, int]) -> Counter[Outcome]:
    """Return how often a rule had each outcome; its constructor would cost more than the check of a small claim."""
    counts = Counter.__new__(Counter)
    if passed:
        counts[Outcome.PASS] = passed
    for outcome, number in others.items():
        counts[outcome] = number
    return counts


def are_claims(claims: Iterable[object], name: str) -> Iterator[Claim]:
    """Yield claims. Raises TypeError for anything else."""
    for number, claim in enumerate(claims):
        if not isinstance(claim, Claim):
            raise TypeError(f"{name}[{number}] must be a claim, not {type(claim).__name__}")
        yield claim


WORST_FIRST = (Outcome.FAIL, Outcome.NOT_CHECKED, Outcome.BYPASSED)
CLAIM = "control_number"  # where a claim begins: the place of what is missing


def releases(names: Iterable[str]) -> dict[str, str]:
    """Return the release of each table, or that none is loaded."""
    editions = operator.attrgetter("edition")
    return {
        name: ", ".join(map(editions, code_set(name).releases)) or "no table is loaded"
        for name in sorted(names)
    }
