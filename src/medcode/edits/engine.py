"""The engine: selected edits over claims, four outcomes for each, findings with their places."""

from __future__ import annotations

import operator
from collections import Counter
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model.claim import Claim
from medcode.codesets import code_set
from medcode.edits.context import Context, Shared
from medcode.edits.ncci.stored import completed
from medcode.edits.needs import Need, lacking, missing
from medcode.edits.tables import NO_TABLES
from medcode.edits.traits import traits
from medcode.findings import Location, Outcome, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from medcode.edits.base import Edit
    from medcode.edits.needs import LineNeed
    from medcode.edits.setting import Setting
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = ["Engine"]


@attrs.frozen
class Step:
    """One edit, made ready to run; `answer` is what it says of a claim without looking at it."""

    edit: Edit[Any]
    check: Callable[[Any, Context], Iterable[Finding]]
    dated: bool
    severity: Severity | None
    answer: tuple[Finding, ...] | None = None

    @classmethod
    def of(cls, edit: Edit[Any], severity: Severity | None) -> Step:
        """Make an edit ready."""
        return cls(edit, edit.check, edit.since is not None or edit.until is not None, severity)

    def where(self, setting: Setting, missing: tuple[str, ...], tables: Tables) -> Step:
        """Give the step for claims that lack something; a need or a table that is not there is its answer."""
        edit = self.edit
        if lack := edit.lacks(tables, setting):
            return attrs.evolve(self, answer=(edit.unchecked(None, None, lack),))
        lacks = lacking(edit.needs, setting, missing)
        if isinstance(lacks, Need):
            return attrs.evolve(self, answer=(edit.unchecked(lacks.path, None, lacks.message),))
        return attrs.evolve(self, check=partly(edit, lacks)) if lacks else self

    @property
    def is_known(self) -> bool:
        """Say whether the answer is about no claim in particular, whatever its day."""
        return self.answer is not None and not self.dated and is_general(self.answer[0])

    def in_force(self, day: date | None) -> bool:
        """Say whether the rule is in force on the day a claim is judged on; on an unknown day it is."""
        since, until = self.edit.since, self.edit.until
        return day is None or not ((since and day < since) or (until and day > until))

    def run(self, claim: Claim, context: Context) -> Sequence[Finding]:
        """Give the edit's findings; an error of the edit's own is one too."""
        try:
            return [*self.check(claim, context)]
        except Exception as error:  # noqa: BLE001  # an edit that fails must not stop the others
            return (internal(self.edit, error),)


@attrs.define
class Plan:
    """What runs on claims of a kind, what is known of all of them without running, and how many there were."""

    steps: Sequence[Step]
    known: Sequence[Step]
    claims: int = 0


class Engine:
    """Selected edits, compiled once for each setting, over any number of claims."""

    def __init__(self, edits: Sequence[Edit[Any]], severities: Mapping[str, Severity] | None = None) -> None:
        self.edits = tuple(edits)
        self.severities = dict(severities or {})
        self._steps: dict[tuple[Setting, frozenset[str]], tuple[Step, ...]] = {}

    def check(self, claims: Iterable[Claim], day: Callable[[], date], tables: Tables = NO_TABLES) -> Report:
        """Check claims, each as of the day its transaction is made: what `day` returns when it is reached."""
        tables = completed(tables)
        run = Run()
        plans: dict[Any, Plan] = {}
        ready: dict[Setting, tuple[Step, ...]] = {}
        shared = Shared()
        for number, claim in enumerate(claims):
            if not isinstance(claim, Claim):
                raise TypeError(f"claims[{number}] is {type(claim).__name__}; a claim is wanted")
            context = Context(claim, day(), tables, number, shared)
            run.begin(context)
            kind = (context.setting, traits(claim), missing(context))
            plan = plans.get(kind)
            if plan is None:
                ready.setdefault(context.setting, self._ready(context.setting, tables))
                plan = plans[kind] = plan_of(ready[context.setting], *kind, tables)
            plan.claims += 1
            for step in plan.steps:
                if step.dated and not step.in_force(context.day):
                    run.counts[step.edit.id, Outcome.BYPASSED] += 1
                elif found := step.answer or step.run(claim, context):
                    run.record(step, found)
        for plan in plans.values():
            run.add(plan)
        return run.report(ready, tables)

    def _ready(self, setting: Setting, tables: Tables) -> tuple[Step, ...]:
        """Return the edits of a setting but for those that yield to one that the tables let answer."""
        concerned = [edit for edit in self.edits if setting in edit.settings]
        yielded_to = {id_ for edit in concerned for id_ in edit.yields_to}
        answering = frozenset(
            edit.id for edit in concerned if edit.id in yielded_to and edit.lacks(tables, setting) is None
        )
        steps = self._steps.get((setting, answering))
        if steps is None:
            stay = (edit for edit in concerned if answering.isdisjoint(edit.yields_to))
            steps = tuple(Step.of(edit, self.severities.get(edit.id)) for edit in stay)
            self._steps[setting, answering] = steps
        return steps


class Run:
    """What one check has found so far."""

    def __init__(self) -> None:
        self.claims = -1
        self.settings: Counter[Setting] = Counter()
        self.counts: Counter[tuple[str, Outcome]] = Counter()
        self.general: dict[tuple[str, str], Finding] = {}  # what no claim can answer, said once
        self.lists: dict[Outcome, list[Finding]] = {outcome: [] for outcome in Outcome}
        self.origin: Any = None
        self.find: Callable[[str], Location | None] | None = None
        self.patient = "subscriber"

    def begin(self, context: Context) -> None:
        """Turn to the next claim."""
        self.claims += 1
        self.settings[context.setting] += 1
        self.origin, self.find = context.claim.origin, None
        self.patient = context.patient

    def record(self, step: Step, found: Sequence[Finding]) -> None:
        """Keep what an edit found on the claim; its worst outcome is the claim's."""
        worst = found[0].outcome
        if len(found) > 1:
            outcomes = {finding.outcome for finding in found}
            worst = next(outcome for outcome in WORST_FIRST if outcome in outcomes)
        self.counts[step.edit.id, worst] += 1
        for finding in found:
            if is_general(finding):
                self.general[finding.rule, finding.message] = finding
                continue
            placed = self._placed(finding, step.severity)
            fails = finding.outcome is Outcome.FAIL or fails_inside(finding)
            self.lists[Outcome.FAIL if fails else finding.outcome].append(placed)

    def add(self, plan: Plan) -> None:
        """Keep what was known of all claims of a kind."""
        for step in plan.known:
            for finding in step.answer or ():
                self.general[finding.rule, finding.message] = finding
                self.counts[finding.rule, finding.outcome] += plan.claims

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
        """Find a path in the file that the claim was read from; its segments are sorted once for all findings."""
        if self.origin is None:
            return None
        find = self.find = self.find or self.origin.places().find
        return find(path) or find(CLAIM)

    def report(self, steps: Mapping[Setting, Sequence[Step]], given: Tables) -> Report:
        """Close the run: whatever was checked and not recorded has passed."""
        outcomes: dict[str, Counter[Outcome]] = {}
        tables: set[str] = set()
        for setting, claims in self.settings.items():
            for step in steps[setting]:
                outcomes.setdefault(step.edit.id, Counter())[Outcome.PASS] += claims
                tables.update(step.edit.tables)
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


WORST_FIRST = (Outcome.FAIL, Outcome.NOT_CHECKED, Outcome.BYPASSED)
INTERNAL = "internal-error"
CLAIM = "control_number"  # where a claim begins: the place of what is not there


def plan_of(
    ready: Sequence[Step], setting: Setting, has: frozenset[str], missing: tuple[str, ...], tables: Tables
) -> Plan:
    """Return the steps that may have something to say of claims of a kind."""
    steps = [step.where(setting, missing, tables) for step in ready if step.edit.concerns in has]
    return Plan([step for step in steps if not step.is_known], [step for step in steps if step.is_known])


def partly(edit: Edit[Any], lacks: Sequence[LineNeed]) -> Callable[[Any, Context], Iterator[Finding]]:
    """Check only what does not rest on a line that lacks something, and say so of each that does."""

    def check(claim: Any, context: Context) -> Iterator[Finding]:
        if not any(lacked.together for lacked in lacks):
            yield from edit.check(claim, context)
        for lacked in lacks:
            for path, message in lacked.places(context):
                yield edit.unchecked(path, None, message)

    return check


def is_general(finding: Finding) -> bool:
    """Say whether a finding is about no claim in particular, so that once is enough."""
    return (
        finding.outcome is Outcome.NOT_CHECKED and finding.location.path is None and not fails_inside(finding)
    )


def fails_inside(finding: Finding) -> bool:
    """Say whether an edit raised instead of answering."""
    return finding.name == INTERNAL


def internal(edit: Edit[Any], error: Exception) -> Finding:
    """Report an edit that raised: its id, the kind of error and the place, and nothing of the claim."""
    frame = extract_tb(error.__traceback__)[-1]
    place = f"{frame.name}, line {frame.lineno}"
    message = f"Not checked: the edit itself failed with {type(error).__name__} in {place}. Please report it."
    finding = edit.unchecked(None, None, message)
    return attrs.evolve(finding, name=INTERNAL, severity=Severity.WARNING)


def releases(names: Iterable[str]) -> dict[str, str]:
    """Name the release of each table; a set without a table says so."""
    editions = operator.attrgetter("edition")
    return {
        name: ", ".join(map(editions, code_set(name).releases)) or "no table is loaded"
        for name in sorted(names)
    }
