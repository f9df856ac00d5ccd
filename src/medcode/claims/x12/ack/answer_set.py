"""What a 999 says of one transaction set: AK2 to IK5, made of what was found in it."""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.x12.guides.dictionary import COMPOSITES, SEGMENTS
from medcode.claims.x12.text.lexer import DEFAULT_DELIMITERS
from medcode.claims.x12.validate.rules import RULES
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.x12.ack.received import ReceivedSet
    from medcode.findings import Finding

__all__ = ["SetAnswer", "answer_set", "unique"]

_MOST_CODES = 5
_SETS = frozenset({"270", "271", "276", "277", "278", "820", "834", "835", "837"})
_ELEMENT_ERRORS = "8"
_SITUATIONAL = frozenset({"segment-due", "segment-not-due", "element-due", "element-not-due"})
_LAST_POSITION = 999_999
_UNFIT = re.compile(f"[^ -~]|[{re.escape(str(DEFAULT_DELIMITERS))}]")
_PLAIN = re.compile(r"(?:(?![*:^~])[ -~]){1,35}(?<! )")
_COMPONENT = DEFAULT_DELIMITERS.component


class SetAnswer(NamedTuple):
    """The decision on a set (IK501) and the segments that say it."""

    decision: str
    segments: list[list[str]]

    @property
    def accepted(self) -> bool:
        """Whether the set goes on to be processed."""
        return self.decision != "R"


def unique(codes: Iterable[str]) -> list[str]:
    """Give each code once, in order, as many as a segment of a 999 holds."""
    return list(islice(dict.fromkeys(codes), _MOST_CODES))


def answer_set(received: ReceivedSet) -> SetAnswer:
    """Answer one set: A accepted, E accepted with warnings noted, R rejected."""
    found = received.findings
    errors = any(finding.severity is Severity.ERROR for finding in found)
    decision = "R" if errors else "E" if found else "A"
    segments = [["AK2", *_identity(received.header)], *_notes(received), ["IK5", decision, *_codes(found)]]
    return SetAnswer(decision, segments)


def _identity(header: list[str]) -> list[str]:
    """Name the set as it named itself, so that its sender finds it: ST02 is repeated as it came.

    Only what no 999 can carry is changed: delimiters and control characters, and fewer than four characters.
    """
    kind, control, convention = [*header[1:4], "", "", ""][:3]
    named = [kind if kind in _SETS else "837", _UNFIT.sub("", control)[:9].rstrip().zfill(4)]
    convention = re.sub("[^A-Z0-9]", "", convention)[:35]
    return [*named, convention] if convention else named


def _codes(found: list[Finding]) -> list[str]:
    """Give IK502 to IK506: what is wrong with the set, and that segments are in error.

    5 is for any segment in error; I5 says besides that the guide, and not only the standard, is broken.
    """
    rules = [RULES[finding.name] for finding in found]
    own = [rule.code for rule in rules if rule.level == "set"]
    below = {rule.snip for rule in rules if rule.level != "set"}
    return unique([*own, *(["5"] if below else []), *(["I5"] if below - {1} else [])])


def _notes(received: ReceivedSet) -> Iterator[list[str]]:
    """Give an IK3 with all that belongs to it for each segment in error."""
    found = [finding for finding in received.findings if RULES[finding.name].level != "set"]
    for _, here in groupby(sorted(found, key=_place), _place):
        findings = list(here)
        within = [each for each in findings if RULES[each.name].level == "element"]
        for code in unique(_code(each) for each in findings if each not in within):
            yield from _segment(received, findings, code)
        if within:
            yield from _segment(received, within, _ELEMENT_ERRORS)
            yield from _elements(within)


def _place(finding: Finding) -> tuple[int, str, str]:
    at = finding.location
    return at.position or 0, at.segment or "", at.loop or ""


def _segment(received: ReceivedSet, findings: list[Finding], code: str) -> Iterator[list[str]]:
    """Yield IK3, and CTX for the situation it comes from and the claim it is about."""
    position, id_, loop = _place(findings[0])
    place = [id_ or "ZZ", str(min(max(position, 1), _LAST_POSITION))]
    yield ["IK3", *place, loop[:4] if loop[:1].isdigit() else "", code]
    guide = received.guide
    trigger = received.trigger_at(position)
    if guide and guide.trigger and trigger and any(finding.name in _SITUATIONAL for finding in findings):
        loop, segment, element = guide.trigger
        yield ["CTX", "SITUATIONAL TRIGGER", segment, str(trigger), loop[:4], str(element)]
    number = received.units.get(findings[0].claim, "")
    if guide and _PLAIN.fullmatch(number):
        yield ["CTX", f"{guide.reference}{_COMPONENT}{number}"]


def _code(finding: Finding) -> str:
    """Return the code that answers a finding: the last word of `999 IK403 7`."""
    return (finding.ack or "").rpartition(" ")[2]


def _elements(findings: list[Finding]) -> Iterator[list[str]]:
    """Give an IK4 for each element in error."""
    rows = dict.fromkeys(
        (
            finding.location.element or 1,
            finding.location.component or 0,
            _code(finding),
            finding.location.segment or "",
        )
        for finding in findings
    )
    for element, component, code, segment in rows:
        place = f"{element}{_COMPONENT}{component}" if component else str(element)
        yield ["IK4", place, _reference(segment, element, component), code]


def _reference(segment: str, element: int, component: int) -> str:
    """Give the number of a data element in the standard's dictionary; composites have none."""
    shape = SEGMENTS.get(segment)
    number = shape.elements[element - 1] if shape and element <= len(shape.elements) else ""
    parts = COMPOSITES.get(number, ())
    if component:
        number = parts[component - 1] if component <= len(parts) else ""
    return number if number.isdigit() else ""
