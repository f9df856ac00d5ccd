"""Check each code of a list on a date."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from medcode.codesets import CODE_SETS
from medcode.codesets.base import Status
from medcode.findings import Finding, Fix, FixKind, Location, Outcome, Report, Source
from medcode.lint.choice import Weight
from medcode.lint.find import Lines, places
from medcode.lint.patterns import covers, span_of
from medcode.lint.rules import RULES
from medcode.lint.words import attempted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.lint.choice import Choice
    from medcode.lint.find import Place
    from medcode.lint.patterns import Span

__all__ = ["lint_report", "lint_text", "replacements", "styled"]

_LISTED = 8  # successors that a message names
_SHOWN = 20  # characters of a text that is no code
_OPEN = {Status.NOT_CHECKED, Status.OUT_OF_RANGE}

Told = tuple[str, str, Fix | None]
"""A rule, its message on a code, and the fix."""


def lint_text(text: str, name: str, choice: Choice) -> Iterator[Finding]:
    """Check every code of a text and yield the findings; the file name gives the format.

    Raises `Misread` for a file that is not what its name says.
    """
    yield from lint_report(text, name, choice).findings


def lint_report(text: str, name: str, choice: Choice) -> Report:
    """Check every code of a text; return the findings, what could not be checked, and the tables in use."""
    judge = _Judge(text)
    for place in places(text, name, choice):
        judge.take(place)
    return judge.report()


class _Judge:
    """The findings of one text, code by code."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._findings: list[Finding] = []
        self._open: dict[tuple[str, Status, date], list[Place]] = {}
        self._asked: dict[tuple[int, str], tuple[CodeSet[Any], date]] = {}

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)

    def take(self, place: Place) -> None:
        """Check one code."""
        key = (id(place.choice), place.code_set)
        if key not in self._asked:
            found = CODE_SETS[place.code_set]
            self._asked[key] = (found, found.day(place.choice.on))
        code_set, day = self._asked[key]
        status = code_set.status(place.text, day)
        if status is Status.BILLABLE:
            return
        if status is Status.MALFORMED and (span := span_of(place.text)):
            status = _of_span(code_set, span, day)
        if status in _OPEN:
            self._open.setdefault((code_set.owner(place.text).name, status, day), []).append(place)
        elif (told := _JUDGED[status](place, code_set, day)) and told[0] not in place.choice.ignore:
            self._findings.append(self._finding(place, code_set, *told))

    def _finding(
        self, place: Place, code_set: CodeSet[Any], rule: str, words: str, fix: Fix | None
    ) -> Finding:
        private = code_set.code_type.private
        shown = place.text if len(place.text) <= _SHOWN else f"{place.text[:_SHOWN]}…"
        return Finding(
            rule,
            RULES[rule].name,
            f"{'This' if private else shown} {words}",
            RULES[rule].severity,
            location=self._location(place),
            code=None if private else place.text,
            source=_source(code_set),
            fix=fix,
        )

    def _location(self, place: Place) -> Location:
        line, column = self._lines.at(place.offset)
        return Location(line=line, column=column)

    def _unchecked(
        self, code_set: CodeSet[Any], status: Status, day: date, first: Place, number: int
    ) -> Finding:
        """Return one finding for all codes that were not checked for the same reason, at the first of them."""
        rule, label = RULES["LNT07"], code_set.code_type.label
        codes = "1 code" if number == 1 else f"{number:,} codes"
        return Finding(
            rule.id,
            rule.name,
            f"{codes} of {label} not checked: {_reason(code_set, status, day)}.",
            rule.severity,
            Outcome.NOT_CHECKED,
            location=self._location(first),
            source=_source(code_set),
            fix=Fix(f"Load one: {code_set.load_command}.") if code_set.load_command else None,
        )

    def report(self) -> Report:
        """Return the report."""
        asked = {code_set.name: code_set for code_set, _ in self._asked.values()}
        return Report(
            findings=tuple(sorted(self._findings, key=_place)),
            not_checked=tuple(
                self._unchecked(CODE_SETS[name], status, day, places[0], len(places))
                for (name, status, day), places in self._open.items()
                if "LNT07" not in places[0].choice.ignore
            ),
            tables={
                name: "; ".join(map(str, found.releases)) for name, found in asked.items() if found.releases
            },
        )


def _place(finding: Finding) -> tuple[int, int]:
    return finding.location.line or 0, finding.location.column or 0


def _reason(code_set: CodeSet[Any], status: Status, day: date) -> str:
    if status is Status.OUT_OF_RANGE:
        return f"{day} is outside the coverage of its table"
    if code_set.releases:
        return "its table has only some of them"
    return f"no {code_set.code_type.label} table is loaded"


def _source(code_set: CodeSet[Any]) -> Source | None:
    release = next(iter(code_set.releases), None)
    return Source(release.publisher, release.name, edition=release.edition) if release else None


def _of_span(code_set: CodeSet[Any], span: Span, day: date) -> Status:
    """Return the status of a prefix or range: BILLABLE if it covers a valid code."""
    if covers(code_set, span, day):
        return Status.BILLABLE
    code_set = code_set.owner(span[0])
    codes = code_set.table.codes
    of_any = code_set.status(codes[0], day) if codes else Status.NOT_CHECKED
    return of_any if of_any in _OPEN else Status.MALFORMED


def replacements(code_set: CodeSet[Any], text: str, day: date) -> list[str]:
    """Return the codes, with dots, that replaced a code; empty if it is still billable."""
    successors = getattr(code_set, "successors", None)
    if successors is None or text not in code_set or code_set.status(text, day) is Status.BILLABLE:
        return []
    return [code.dotted for code in successors(text, day)]


def styled(code: str, old: str) -> str:
    """Return a code as the old one was written: with or without its dot, and in its case."""
    code = code if "." in old else code.replace(".", "")
    return code.lower() if old.islower() else code


def _past(place: Place, code_set: CodeSet[Any], day: date) -> Told:
    """Return the finding for a code that is no longer billable, or never was."""
    intervals = code_set.concept(place.text, day).intervals
    ended = [each.end for each in intervals if each.billable and each.end and each.end < day]
    if not ended:
        return "LNT02", "is a heading and was never billable.", None
    now = replacements(code_set, place.text, day)
    words = f"is not billable since {ended[-1] + timedelta(days=1)}."
    return "LNT01", words, _replacing(now, place.text) if now else None


def _replacing(now: list[str], old: str) -> Fix:
    text = f"Replace with {'|'.join(now[:_LISTED])}{'|…' * (len(now) > _LISTED)}."
    return Fix(text, new=styled(now[0], old), kind=FixKind.SAFE) if len(now) == 1 else Fix(text)


def _not_yet(place: Place, code_set: CodeSet[Any], day: date) -> Told:
    return "LNT05", f"is not valid until {code_set.concept(place.text, day).start}.", None


def _unknown(place: Place, code_set: CodeSet[Any], day: date) -> Told | None:
    span = span_of(place.text)  # E11.x
    if span and covers(code_set, span, day):
        return None
    return "LNT03", f"has never been a code of {code_set.code_type.label}.", None


def _malformed(place: Place, code_set: CodeSet[Any], _: date) -> Told | None:
    if span_of(place.text):
        return "LNT06", "matches no code.", None
    if place.weight is not Weight.TOLD and not attempted(place.text):
        return None
    hint = code_set.code_type.hint(place.text) or "."
    return "LNT04", f"does not have the format of {code_set.code_type.label}{hint}", None


_JUDGED: Mapping[Status, Callable[[Place, CodeSet[Any], date], Told | None]] = {
    Status.BILLABLE: lambda *_: None,  # a span
    Status.HEADER: _past,
    Status.DELETED: _past,
    Status.NOT_YET: _not_yet,
    Status.UNKNOWN: _unknown,
    Status.MALFORMED: _malformed,
}
