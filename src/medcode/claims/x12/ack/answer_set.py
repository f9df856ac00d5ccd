"""What a 999 says of one transaction set: AK2 to IK5, made of what was found in it."""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING

from medcode.claims.acknowledgment import ElementError, Reference, SegmentError, SetResult, Trigger
from medcode.claims.x12.guides.dictionary import COMPOSITES, SEGMENTS
from medcode.claims.x12.guides.x231_999 import SETS
from medcode.claims.x12.text.lexer import DEFAULT_DELIMITERS
from medcode.claims.x12.validate.rules import RULES
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.x12.ack.received import ReceivedSet
    from medcode.findings import Finding, Location

__all__ = ["answer_set", "unique"]

_MOST_CODES = 5
_SETS = frozenset(SETS.split())
_ELEMENT_ERRORS = "8"
_SITUATIONAL = frozenset({"segment-due", "segment-not-due", "element-due", "element-not-due"})
_LAST_POSITION = 999_999
_UNFIT = re.compile(f"[^ -~]|[{re.escape(str(DEFAULT_DELIMITERS))}]")
_PLAIN = re.compile(r"(?:(?![*:^~])[ -~]){1,35}(?<! )")  # and none of the usual delimiters


def unique(codes: Iterable[str]) -> tuple[str, ...]:
    """Return each code once, in order, as many as a segment of a 999 holds."""
    return tuple(islice(dict.fromkeys(codes), _MOST_CODES))


def answer_set(received: ReceivedSet) -> SetResult:
    """Answer one set: A accepted, E accepted with warnings noted, R rejected.

    It is named as it named itself, so that its sender finds it: of ST02, only what no 999 can carry is changed,
    delimiters and control characters, and fewer than four characters.
    """
    found = received.findings
    errors = any(finding.severity is Severity.ERROR for finding in found)
    kind, control, convention = [*received.header[1:4], "", "", ""][:3]
    return SetResult(
        kind=kind if kind in _SETS else "837",
        control_number=_UNFIT.sub("", control)[:9].rstrip().zfill(4),
        convention=re.sub("[^A-Z0-9]", "", convention)[:35] or None,
        decision="R" if errors else "E" if found else "A",
        reasons=_codes(found),
        errors=tuple(_notes(received)),
    )


def _codes(found: list[Finding]) -> tuple[str, ...]:
    """Return IK502 to IK506: what is wrong with the set, and that segments are in error.

    5 is for any segment in error; I5 says besides that the guide, and not only the standard, is broken.
    """
    rules = [RULES[finding.name] for finding in found]
    own = [rule.code for rule in rules if rule.level == "set"]
    below = {rule.snip for rule in rules if rule.level != "set"}
    return unique([*own, *(["5"] if below else []), *(["I5"] if below - {1} else [])])


def _notes(received: ReceivedSet) -> Iterator[SegmentError]:
    """Yield what is wrong with each segment in error, its own codes first, its elements after them."""
    found = [finding for finding in received.findings if RULES[finding.name].level != "set"]
    for _, here in groupby(sorted(found, key=_place), _place):
        findings = list(here)
        within = [each for each in findings if RULES[each.name].level == "element"]
        for code in unique(_code(each) for each in findings if RULES[each.name].level != "element"):
            yield _segment(received, findings, code)
        if within:
            yield _segment(received, within, _ELEMENT_ERRORS).evolve(elements=_elements(within))


def _place(finding: Finding) -> tuple[int, str, str]:
    at = finding.location
    return at.position or 0, at.segment or "", at.loop or ""


def _segment(received: ReceivedSet, findings: list[Finding], code: str) -> SegmentError:
    """Return a code of a segment, with the situation it comes from and the claim it is about."""
    position, id_, loop = _place(findings[0])
    guide = received.guide
    triggers: tuple[Trigger, ...] = ()
    at = received.trigger_at(position)
    if guide and guide.trigger and at and any(finding.name in _SITUATIONAL for finding in findings):
        place, segment, element = guide.trigger
        triggers = (Trigger(segment=segment, position=at, loop=place[:4], element=element),)
    number = received.units.get(findings[0].claim, "")
    is_named = guide and _PLAIN.fullmatch(number)
    return SegmentError(
        segment=id_ or "ZZ",
        position=min(max(position, 1), _LAST_POSITION),
        loop=loop[:4] if loop[:1].isdigit() else None,
        code=code,
        triggers=triggers,
        references=(Reference(name=guide.reference, value=number),) if guide and is_named else (),
    )


def _code(finding: Finding) -> str:
    """Return the code that answers a finding: the last word of `999 IK403 7`."""
    return (finding.ack or "").rpartition(" ")[2]


def _elements(findings: list[Finding]) -> tuple[ElementError, ...]:
    """Return each element in error once."""
    return tuple(
        dict.fromkeys(
            ElementError(
                element=finding.location.element or 1,
                component=finding.location.component or None,
                data_element=_reference(finding.location),
                code=_code(finding),
            )
            for finding in findings
        )
    )


def _reference(at: Location) -> str | None:
    """Return the number of a data element in the standard's dictionary; composites have none."""
    element, component = at.element or 1, at.component or 0
    shape = SEGMENTS.get(at.segment or "")
    number = shape.elements[element - 1] if shape and element <= len(shape.elements) else ""
    parts = COMPOSITES.get(number, ())
    if component:
        number = parts[component - 1] if component <= len(parts) else ""
    return number if number.isdigit() else None
