"""Scrub: a file or claims in, one report out.

A file is read once; its structure (SNIP 1 and 2) and its claims (SNIP 3 to 7) are judged in the
same pass, and memory does not grow with it. Claims that are given as objects have no structure
yet, so only edits are run on them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import attrs

from medcode import edits
from medcode.claims.model.claim import Claim
from medcode.claims.x12.lexer import lex
from medcode.claims.x12.rules import RULES
from medcode.claims.x12.session import Session
from medcode.claims.x12.source import chunks
from medcode.claims.x12.transmission import Transmission
from medcode.findings import Report

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from datetime import date
    from typing import IO

    from medcode.findings import Finding

    Source: TypeAlias = str | bytes | Path | IO[str] | IO[bytes]

__all__ = ["scrub"]

_SNIP = (1, 2, 3, 4, 5, 6, 7)
_BLANKS = re.compile(r"[\s\ufeff\x00\x1a]*")


def scrub(
    source: Source | Transmission | Claim | Iterable[Claim],
    snip: Iterable[int] = _SNIP,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    on: date | None = None,
) -> Report:
    """Judge an 837 file (its path, text or bytes, an open file, a transmission) or claims; findings in file order.

    `snip` names the SNIP types to look for. `select` and `ignore` take what `edits.select` does,
    and the ids and names of structure rules. `on` is the day the transaction is made (default:
    today). Raises OSError for a file that cannot be read, X12Error for what is not X12 at all,
    ValueError for a word that names no rule.

    >>> report = scrub("ST*837*0001*005010X222A1~SE*3*0001~", select=["set-segment-count"])
    >>> [finding.message for finding in report.findings]
    ['The count is wrong: 2 came.']
    """
    plan = _Plan.of(frozenset(snip), _words(select), _words(ignore))
    if isinstance(source, Claim):
        return plan.check((source,), on)
    if isinstance(source, (str, bytes, Path)):
        return _scrub_text(source, plan, on)
    if isinstance(source, Transmission):
        return _scrub_text(source.text, plan, on)
    if hasattr(source, "read"):
        return _scrub_text(source.read(), plan, on)
    return plan.check(source, on)


@attrs.frozen
class _Plan:
    """What is looked for: the edits by id, and which rules of structure."""

    edits: tuple[str, ...]
    structure: Container[str]

    @classmethod
    def of(cls, snip: frozenset[int], select: tuple[str, ...], ignore: tuple[str, ...]) -> _Plan:
        """Share the words out between edits and structure."""
        wanted, dropped = _rules(select), _rules(ignore)
        words = [word for word in select if not _rules((word,))]
        shunned = [word for word in ignore if not _rules((word,))]
        chosen = edits.select(*words, ignore=shunned) if words or not select else ()
        rules = wanted if select else {rule.id for rule in RULES.values()}
        numbers = {rule.id for rule in RULES.values() if rule.snip in snip}
        return cls(tuple(edit.id for edit in chosen if edit.snip in snip), rules & numbers - dropped)

    def check(self, claims: Iterable[Claim], on: date | None) -> Report:
        """Run the edits; none of them still counts the claims."""
        if self.edits:
            return edits.check(claims, select=self.edits, on=on)
        return Report(claims=sum(1 for _ in claims))


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _rules(words: tuple[str, ...]) -> set[str]:
    """Give the ids of the rules of structure that words name: ids, names, the family X, SNIP1, SNIP2."""
    said = {word.upper() for word in words}
    return {
        rule.id
        for rule in RULES.values()
        if said & {rule.id, rule.name.upper(), rule.id[0], f"SNIP{rule.snip}"}
    }


def _scrub_text(source: str | bytes | Path, plan: _Plan, on: date | None) -> Report:
    session = Session(build=True, check=bool(plan.structure))
    report = plan.check(_claims(source, session), on)
    structure = [found for found in session.take_findings() if found.rule in plan.structure]
    findings = _placed(_in_order(structure, report.findings), source)
    not_checked = _placed(report.not_checked, source)
    return attrs.evolve(report, findings=findings, not_checked=not_checked)


def _claims(source: str | bytes | Path, session: Session) -> Iterator[Claim]:
    for segment in lex(chunks(source)):
        if claim := session.accept(segment):
            yield claim
    session.finish()


def _in_order(structure: Iterable[Finding], content: Iterable[Finding]) -> list[Finding]:
    """Put both in the order of the file; a finding without a place stands after the one before it."""
    keyed: list[tuple[int, Finding]] = []
    for findings in (structure, content):
        offset = 0
        for finding in findings:
            offset = finding.location.offset if finding.location.offset is not None else offset
            keyed.append((offset, finding))
    return [finding for _, finding in sorted(keyed, key=lambda pair: pair[0])]


def _placed(findings: Iterable[Finding], source: str | bytes | Path) -> tuple[Finding, ...]:
    """Give line and column to findings that know their offset in the text."""
    findings = tuple(findings)
    places = _places({f.location.offset for f in findings if f.location.offset is not None}, source)
    return tuple(_at(finding, places) for finding in findings)


def _at(finding: Finding, places: dict[int, tuple[int, int]]) -> Finding:
    offset = finding.location.offset
    if offset is None:
        return finding
    line, column = places[offset]
    return attrs.evolve(finding, location=attrs.evolve(finding.location, line=line, column=column))


def _places(offsets: set[int], source: str | bytes | Path) -> dict[int, tuple[int, int]]:
    """Find line and column of offsets, or of what comes after the blanks there, reading the text once more."""
    places: dict[int, tuple[int, int]] = {}
    line, line_start, chunk_start = 1, 0, 0
    wanted = sorted(offsets, reverse=True)
    for chunk in chunks(source) if wanted else ():
        at = 0
        while wanted and (begin := _after_blanks(chunk, wanted[-1] - chunk_start)) < len(chunk):
            line += chunk.count("\n", at, begin)
            line_start = _after_newline(chunk, begin, chunk_start, line_start)
            at = begin
            places[wanted.pop()] = line, chunk_start + at - line_start + 1
        line += chunk.count("\n", at)
        line_start = _after_newline(chunk, len(chunk), chunk_start, line_start)
        chunk_start += len(chunk)
    return places | dict.fromkeys(wanted, (line, chunk_start - line_start + 1))


def _after_blanks(chunk: str, at: int) -> int:
    blanks = _BLANKS.match(chunk, max(at, 0))
    assert blanks  # noqa: S101  # the pattern fits everywhere
    return blanks.end()


def _after_newline(chunk: str, end: int, chunk_start: int, line_start: int) -> int:
    """Give the offset at which the line that holds a place of a chunk begins."""
    newline = chunk.rfind("\n", 0, end)
    return line_start if newline < 0 else chunk_start + newline + 1
