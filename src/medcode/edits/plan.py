"""What runs on a claim: the edits of its setting that it is about, that it concerns, and that can answer.

A plan is made once for the claims of a setting. What decides is kept as bits, one for each edit: by the
features of claims, by the values in them, and by what they lack; claims with the same bits run the same edits.
"""

from __future__ import annotations

from traceback import extract_tb
from typing import TYPE_CHECKING, TypeAlias, cast

import attrs

from medcode.codesets.memory import remembered
from medcode.edits.base import Edit
from medcode.edits.concern import Concerns, asks
from medcode.edits.features import features, words
from medcode.edits.requirements import Requirement, lacking, missing
from medcode.findings import Outcome, Severity
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from medcode.claims.model.claim import Claim
    from medcode.edits.base import AnyEdit
    from medcode.edits.context import Context
    from medcode.edits.requirements import LineRequirement
    from medcode.edits.setting import Setting
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

__all__ = [
    "BoundEdit",
    "CompiledEdits",
    "KnownAnswers",
    "ReadyEdits",
    "SettingPlan",
    "fails_inside",
    "is_general",
]

MOST = 4096
"""How many plans are kept at once; a batch seldom has as many kinds of claims."""

INTERNAL = "internal-error"

Check: TypeAlias = "Callable[[Claim, Context[Claim]], Iterable[Finding]]"
"""The check of an edit, once the engine knows that a claim is of the kind it takes."""


def check_of(edit: AnyEdit) -> Check:
    """Return an edit's check for claims of the settings it declares, which are the kind that it takes."""
    return cast("Check", edit.check)


@attrs.frozen
class BoundEdit:
    """An edit bound to a setting and to what its claims lack; `answer` is its answer where it need not run.

    `bit` stands for it among the edits of its setting. One that `asks` says which values it concerns, and
    is left out where it concerns none; one whose claims lack something is not asked, nor is a rule on days on which it is
    not in force, for they have an answer of their own to them.
    """

    edit: AnyEdit
    check: Check
    dated: bool
    needs_tables: bool
    asks: bool
    bit: int
    severity: Severity | None
    answer: tuple[Finding, ...] | None = None

    @classmethod
    def of(cls, edit: AnyEdit, severity: Severity | None, bit: int) -> BoundEdit:
        """Bind an edit, without any requirement missing."""
        is_dated = edit.since is not None or edit.until is not None
        needs_tables = type(edit).missing_tables is not Edit.missing_tables
        return cls(edit, check_of(edit), is_dated, needs_tables, asks(edit), bit, severity)

    def where(self, setting: Setting, missing: tuple[str, ...], tables: Tables) -> BoundEdit:
        """Bind it to claims that lack something; a missing table or requirement is then its answer."""
        edit = self.edit
        if self.needs_tables and (lack := edit.missing_tables(tables, setting)):
            return attrs.evolve(self, asks=False, answer=(edit.unchecked(None, None, lack),))
        if not (missing and edit.requires):
            return self
        lacks = lacking(edit.requires, setting, missing)
        if isinstance(lacks, Requirement):
            return attrs.evolve(self, asks=False, answer=(edit.unchecked(lacks.path, None, lacks.message),))
        return attrs.evolve(self, asks=False, check=partly(edit, lacks)) if lacks else self

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
class KnownAnswers:
    """What is known about claims without running anything, and how many they are."""

    findings: tuple[Finding, ...]
    claims: int = 0


@attrs.frozen
class CompiledEdits:
    """What runs on claims with the same bits, in order, and what is known about them."""

    edits: tuple[BoundEdit, ...]
    known: KnownAnswers


@attrs.frozen(eq=False)
class ReadyEdits:
    """The edits of a setting that yield to no other with the tables at hand, and the code sets they rest on."""

    edits: tuple[BoundEdit, ...]
    tables: frozenset[str]

    @classmethod
    def of(cls, edits: Iterable[AnyEdit], severities: Mapping[str, Severity]) -> ReadyEdits:
        """Bind edits, each with a bit of its own."""
        bound = [BoundEdit.of(edit, severities.get(edit.id), 1 << at) for at, edit in enumerate(edits)]
        return cls(tuple(bound), frozenset(name for each in bound for name in each.edit.tables))


class Questions:
    """What is asked of claims to find the edits that they concern, and the answers that hold for every check."""

    def __init__(self, ready: ReadyEdits) -> None:
        self.features = frozenset(name for each in ready.edits for name in words(each.edit.applies_to))
        self.concerns = Concerns([(each.bit, each.edit) for each in ready.edits if each.asks])
        self.about: Memo[frozenset[str], int] = Memo(self._about, MOST)
        self._edits = ready.edits

    def _about(self, has: frozenset[str]) -> int:
        return sum(each.bit for each in self._edits if not has.isdisjoint(words(each.edit.applies_to)))


@remembered(64)
def questions_of(ready: ReadyEdits) -> Questions:
    """Return the questions about edits; what edits say of codes may change with the tables of code sets."""
    return Questions(ready)


class SettingPlan:
    """Which of the edits of a setting run on a claim, in one check."""

    def __init__(self, ready: ReadyEdits, tables: Tables) -> None:
        self.ready = ready
        self.known: dict[tuple[Finding, ...], KnownAnswers] = {}
        self._tables = tables
        self._questions = questions_of(ready)
        self._concerned = self._questions.concerns.begin()
        self._dated = [each for each in ready.edits if each.dated]
        self._idle: Memo[date | None, int] = Memo(self._idle_on, MOST)
        self._by_lack: Memo[tuple[Setting, tuple[str, ...]], Lacking] = Memo(self._lacking, MOST)

    def of(self, context: Context[Claim]) -> CompiledEdits:
        """Return what runs on a claim."""
        about = self._questions.about[features(context.claim, self._questions.features)]
        lacks = self._by_lack[context.setting, missing(context)]
        return lacks.by_bits[about & (lacks.unasked | self._concerned(context) | self._idle[context.day])]

    def _idle_on(self, day: date | None) -> int:
        """Return the bits of the rules that are not in force on a day."""
        return sum(each.bit for each in self._dated if not each.in_force(day))

    def _lacking(self, kind: tuple[Setting, tuple[str, ...]]) -> Lacking:
        return Lacking([each.where(*kind, self._tables) for each in self.ready.edits], self.known)


class Lacking:
    """The edits of a setting for claims that lack the same; `unasked` are the bits of those that run unasked."""

    def __init__(self, bound: Sequence[BoundEdit], known: dict[tuple[Finding, ...], KnownAnswers]) -> None:
        self.unasked = sum(each.bit for each in bound if not each.asks)
        self.by_bits: Memo[int, CompiledEdits] = Memo(self._compiled, MOST)
        self._bound = bound
        self._known = known

    def _compiled(self, bits: int) -> CompiledEdits:
        bound = [each for each in self._bound if each.bit & bits]
        findings = tuple([finding for each in bound if each.is_known for finding in each.answer or ()])
        known = self._known.setdefault(findings, KnownAnswers(findings))
        return CompiledEdits(tuple([each for each in bound if not each.is_known]), known)


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
