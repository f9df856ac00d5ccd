"""Scrub: a file or claims in, one report out.

One pass over a file judges its structure (SNIP 1 and 2) and its claims (SNIP 3 to 7); each of several processes makes
its own. Where something was found, the text is gone through once more, for the lines and columns. A file that is given
by its path is read in pieces, each time: memory grows with what is found and, where an edit looks over the whole batch,
with the number of claims, not with the text. Claims that are given as objects are judged as they would be written, so a
report is ok only if `x12.dumps` would write them.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from operator import call
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias, TypeVar, cast

import attrs

from medcode import edits
from medcode.claims.model.claim import Claim
from medcode.claims.x12 import iter_claims
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.parse.shard import EVERY, Shard
from medcode.claims.x12.text.placing import placed
from medcode.claims.x12.text.source import chunks, kept
from medcode.claims.x12.transmission import Transmission
from medcode.claims.x12.unsent import watched
from medcode.claims.x12.validate.judge import StructureJudge
from medcode.claims.x12.validate.rules import RULES
from medcode.codesets import clock
from medcode.edits.days import day_of
from medcode.edits.profile import DEFAULT, concerning, profile_of
from medcode.edits.tables import NO_TABLES
from medcode.findings import Report, Severity
from medcode.logs import logged
from medcode.processes import shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import IO

    from medcode.claims.x12.text.envelope import Envelope
    from medcode.edits.base import AnyEdit
    from medcode.edits.profile import Profile
    from medcode.edits.tables import Tables
    from medcode.findings import Finding

    Source: TypeAlias = str | bytes | Path | IO[str] | IO[bytes]

__all__ = ["chosen_rules", "scrub"]

_PARTS = 60
"""Into how many parts the claims of a file are divided before processes share them."""

_STRUCTURE, _CLAIM = 30, 32
"""What judging the structure of a claim costs, and making the claim, where an edit costs one."""

_Told = TypeVar("_Told")

_ONE = (str, bytes, bytearray, memoryview, Path)  # other things to iterate over are several sources

_SNIP = (1, 2, 3, 4, 5, 6, 7)


def scrub(  # noqa: PLR0913, PLR0917  # the public contract
    source: Source | Transmission | Claim | Iterable[Claim],
    snip: Iterable[int] = _SNIP,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    on: date | None = None,
    jobs: int = 1,
    *,
    profile: Profile | str = DEFAULT,
    tables: Tables = NO_TABLES,
    history: Source | Transmission | Claim | Iterable[Source | Transmission | Claim] | None = None,
    envelope: Envelope | None = None,
) -> Report:
    """Judge an 837 file (its path, text or bytes, an open file, a transmission) or claims; findings in file order.

    `snip` names the SNIP types to look for. `select` and `ignore` take what `edits.select` does,
    and the ids and names of structure rules. `on` is the day the transaction is made (default:
    of a file the day in BHT04, else in GS04; of claims today); `profile` and `tables` are those of `edits.check`. `history` are claims that
    were sent before, as claims or as files of them, with which the claims are compared, and with one another. With
    more `jobs`, as many processes share the claims of a file; an edit that compares claims keeps it to one. `envelope` is
    the one that claims will be written with: they are judged as `x12.dumps` would, and so is its header. Raises
    OSError for a file that cannot be read, X12Error for what is not X12 at all, ValueError for a
    word that names no rule or a SNIP type that is none.

    >>> report = scrub("ST*837*0001*005010X222A1~SE*3*0001~", select=["set-segment-count"])
    >>> [finding.message for finding in report.findings]
    ['SE01 says 3, but there are 2 segments.']
    """
    sent = None if history is None else [*_earlier(history)]
    if not _words(select):
        profile = concerning(profile_of(profile), tables, history=sent is not None)
    plan = _Plan.of(_types(snip), _words(select), _words(ignore), on, profile, tables, sent)
    if isinstance(source, Transmission):
        source = source.text if source.encoding == "utf-8" else source.text.encode(source.encoding, "replace")
    elif isinstance(source, (bytearray, memoryview)) or hasattr(source, "read"):
        source = kept(cast("bytearray | IO[bytes]", source))
    if not isinstance(source, (str, bytes, Path)):
        return _unwritten((source,) if isinstance(source, Claim) else source, plan, envelope)
    if jobs > 1 and plan.divides:
        return _shared(source, plan, min(jobs, _PARTS))
    structure, report = _judged(source, plan)
    return _whole(structure, (report,), source)


@attrs.frozen
class _Plan:
    """What is looked for: the edits and what they go by, and which rules of structure."""

    edits: tuple[AnyEdit, ...]
    structure: frozenset[str]
    on: date | None
    profile: Profile
    tables: Tables
    history: Sequence[Claim] | None

    @classmethod
    def of(  # noqa: PLR0913, PLR0917  # what `scrub` is told
        cls,
        snip: frozenset[int],
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        on: date | None,
        profile: Profile | str,
        tables: Tables,
        history: Sequence[Claim] | None,
    ) -> _Plan:
        """Share the words out between edits and structure."""
        wanted, dropped = _rules(select), _rules(ignore)
        words = [word for word in select if _names_edits(word)]
        shunned = [word for word in ignore if _names_edits(word)]
        chosen = edits.select(*words, ignore=shunned, profile=profile) if words or not select else ()
        rules = wanted if select else {rule.id for rule in RULES.values()}
        numbers = {rule.id for rule in RULES.values() if rule.snip in snip}
        run = tuple(edit for edit in chosen if edit.snip in snip)
        structure = frozenset(rules & numbers - dropped)
        return cls(run, structure, day_of(on), profile_of(profile), tables, history)

    @property
    def divides(self) -> bool:
        """Whether each claim can be judged without the others."""
        return self.history is None and not any(edit.over_batch for edit in self.edits)

    def check(self, claims: Iterable[Claim], made_on: Callable[[], date | None] | None = None) -> Report:
        """Run the edits; none of them still counts the claims.

        Claims are judged as of the day that was asked for, else that on which their set was made, else today.
        """
        if not self.edits:
            return Report(claims=sum(1 for _ in claims))
        made_on = made_on if made_on and self.on is None else lambda: self.on
        today = clock.today()
        return edits.check_as_of(
            claims, lambda: made_on() or today, self.edits, self.profile, self.tables, self.history
        )


def _earlier(
    history: Source | Transmission | Claim | Iterable[Source | Transmission | Claim],
) -> Iterator[Claim]:
    """Yield the claims of a history: of claims, of files, or of both."""
    is_one = isinstance(history, (*_ONE, Transmission, Claim)) or hasattr(history, "read")
    for part in (history,) if is_one else cast("Iterable[Source | Transmission | Claim]", history):
        if isinstance(part, Transmission):
            yield from part.claims()
        elif isinstance(part, _ONE) or hasattr(part, "read"):
            yield from iter_claims(cast("Source", part))
        else:
            yield cast("Claim", part)  # what is no claim the edits refuse, by its number


def chosen_rules(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    profile: Profile | str = DEFAULT,
    tables: Tables = NO_TABLES,
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the ids of the edits and of the structure rules that words choose, as `scrub` does.

    >>> chosen_rules(select=["ICD01", "number-form"])
    (('ICD01',), frozenset({'X082'}))
    """
    if not _words(select):
        profile = concerning(profile_of(profile), tables, history=False)
    plan = _Plan.of(_types(_SNIP), _words(select), _words(ignore), None, profile, tables, None)
    return tuple(edit.id for edit in plan.edits), plan.structure


def _types(snip: Iterable[int]) -> frozenset[int]:
    """Return SNIP types as a set; raise ValueError for an unknown one."""
    wanted = frozenset(snip)
    if others := wanted.difference(_SNIP):
        told = ", ".join(sorted(map(repr, others)))
        raise ValueError(f"SNIP types are the numbers 1 to 7, not {told}")
    return wanted


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _names_edits(word: str) -> bool:
    """Whether a word is for the edits: it names no rule of structure, or a SNIP type that both have."""
    both = {f"SNIP{edit.snip}" for edit in edits.EDITS.values()}
    return not _rules((word,)) or word.upper() in both


def _rules(words: tuple[str, ...]) -> set[str]:
    """Return the ids of the structure rules that words name: by id, name, the family X or SNIP type."""
    said = {word.upper() for word in words}
    return {
        rule.id
        for rule in RULES.values()
        if said & {rule.id, rule.name.upper(), rule.id[0], f"SNIP{rule.snip}"}
    }


def _shared(source: str | bytes | Path, plan: _Plan, jobs: int) -> Report:
    """Share the claims between processes; the first one also checks the structure and gets fewer claims."""
    structure = _STRUCTURE / (_CLAIM + len(plan.edits)) if plan.structure else 0
    least = max(1, round(_PARTS * (1 - structure * (jobs - 1)) / jobs))
    cuts = [0, *(least + (_PARTS - least) * part // (jobs - 1) for part in range(jobs))]
    shares = [Shard(frozenset(range(*ends)), _PARTS) for ends in pairwise(cuts)]
    plans = [plan, *[attrs.evolve(plan, structure=frozenset())] * (jobs - 1)]
    judged = list(shared(call, list(map(partial(partial, _judged, source), plans, shares)), jobs))
    numbered = [_numbered(report, share) for (_, report), share in zip(judged, shares, strict=True)]
    return _whole(judged[0][0], numbered, source)


def _judged(source: str | bytes | Path, plan: _Plan, share: Shard = EVERY) -> tuple[Report, Report]:
    """Return the report on the structure and that on the claims of a shard, counted from 0."""
    judge = StructureJudge() if plan.structure else None
    session = Session(build=Claim, judge=judge, shard=share)
    text = chunks(source)
    report = plan.check(session.read(text), lambda: session.made_on)  # type: ignore[arg-type]  # the session builds claims alone
    if judge:
        judge.encoding(text.latin1_from)
    return judge.report(plan.structure) if judge else Report(), report


def _unwritten(claims: Iterable[Claim], plan: _Plan, envelope: Envelope | None) -> Report:
    """Judge claims that are in no file yet, and their structure as they would be written."""
    if not plan.structure:
        return logged(plan.check(claims))
    seen: dict[Finding, None] = {}
    report = plan.check(watched(claims, envelope, seen))
    wrong = _unexplained((each for each in seen if each.rule in plan.structure), report.findings)
    return logged(attrs.evolve(report, findings=tuple(_by_claim((*wrong, *report.findings)))))


def _whole(structure: Report, reports: Iterable[Report], source: str | bytes | Path) -> Report:
    """Make one report of what was found: the same one, however many have found it."""
    merged = Report.merge(reports)
    content = _unsaid(_by_claim(merged.findings), structure)
    lists = (
        _in_order(structure, content),
        _in_order((), _by_claim(dict.fromkeys((*structure.not_checked, *merged.not_checked)))),
        _in_order((), _by_claim(merged.bypassed)),
    )
    findings, not_checked, bypassed = placed(lists, source)
    outcomes, tables = _by_name(merged.outcomes), _by_name(merged.tables)
    return logged(Report(findings, not_checked, bypassed, outcomes, tables, merged.claims))


def _by_claim(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by claim; those that belong to no claim come first, by rule."""
    return sorted(findings, key=lambda f: (-1, f.rule, f.message) if f.claim is None else (f.claim, "", ""))


def _by_name(of_name: Mapping[str, _Told]) -> dict[str, _Told]:
    return dict(sorted(of_name.items()))


def _unsaid(content: Iterable[Finding], structure: Iterable[Finding]) -> list[Finding]:
    """Drop what an edit finds in an element, or a component of it, that structure has already refused.

    Whether a value is there is the structure's affair: what an edit says of an empty text, or misses where a segment
    has a wrong qualifier, yields to what is wrong there. Else an edit names the rules it yields to.
    """
    refused: set[tuple[int | None, int | None, int | None]] = set()
    rules: dict[tuple[int | None, int | None], set[str]] = {}
    unsure: dict[int | None, set[str | None]] = {}  # of each claim: segments that are not there for the edits
    for found in structure:
        at = found.location
        rules.setdefault((at.offset, at.element), set()).add(found.rule)
        if at.element and found.severity is Severity.ERROR:
            refused.add((at.offset, at.element, at.component))
        is_empty = found.rule == _TWICE and at.segment == "CLM"  # a claim of which there is nothing else
        if is_empty or found.rule == _LOST or (at.element == 1 and found.rule in _QUALIFIER):
            unsure.setdefault(found.claim, set()).add("" if is_empty else at.segment)

    def is_said(found: Finding) -> bool:
        at, edit = found.location, edits.EDITS[found.rule]
        here, about = rules.get((at.offset, at.element), set()), unsure.get(found.claim, set())
        is_empty = found.code is not None and not found.code.strip()
        is_there = "" in about or (at.segment not in about and not about.isdisjoint(edit.segments))
        same = {(at.offset, at.element, None), (at.offset, at.element, at.component)} & refused
        return bool(here & {*_MISSING, *edit.yields_to} or (is_empty and (here or about)) or is_there or same)

    return [found for found in content if not (rules and is_said(found))]


def _unexplained(structure: Iterable[Finding], content: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what an edit finds to be an error in the same attribute: it tells more about a claim that is in no file."""
    explained: set[tuple[int | None, str]] = set()
    for each in content:
        path = each.location.path or ""
        if each.severity is Severity.ERROR:
            explained |= {(each.claim, path), (each.claim, path.rpartition(".")[0])}
    return (each for each in structure if (each.claim, each.location.path or None) not in explained)


_MISSING = frozenset({RULES["element-missing"].id, RULES["element-missing-with-another"].id})
"""The rules of structure that say that a value is missing."""

_LOST, _TWICE = RULES["segment-missing"].id, RULES["segment-too-often"].id
_QUALIFIER = _MISSING | {RULES["element-code"].id}  # of a first element: the segment is not the one meant


def _numbered(report: Report, share: Shard) -> Report:
    """Renumber the claims of a shard: their numbers in the file."""

    def numbered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(
            finding if finding.claim is None else attrs.evolve(finding, claim=share.number(finding.claim))
            for finding in findings
        )

    return attrs.evolve(
        report,
        findings=numbered(report.findings),
        not_checked=numbered(report.not_checked),
        bypassed=numbered(report.bypassed),
    )


def _in_order(structure: Iterable[Finding], content: Iterable[Finding]) -> list[Finding]:
    """Sort both by their place in the file; a finding without a place follows the one before it."""
    keyed: list[tuple[int, Finding]] = []
    for findings in (structure, content):
        offset = 0
        for finding in findings:
            offset = finding.location.offset if finding.location.offset is not None else offset
            keyed.append((offset, finding))
    return [finding for _, finding in sorted(keyed, key=lambda pair: pair[0])]
