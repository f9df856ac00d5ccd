"""An 837 file with the safe fixes of its findings applied, everything else byte for byte as it was.

A fix is known by its place in the claim; the origin of a claim that was read leads to the element. Codes that the
file spells with a dot, in lowercase or with spaces are written in the form that claims carry.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import attrs

from medcode import edits
from medcode.claims import x12
from medcode.codesets.code import Code, Malformed
from medcode.edits.fixes import applied, decided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12 import Transmission
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.edits import Profile, Tables
    from medcode.findings import Finding, Fix

__all__ = ["FixedFile", "fix_file"]

FORMS_ALSO = ("drug.code",)
"""Paths of codes that the model holds as plain text in the form of claims."""


@attrs.frozen
class FixedFile:
    """The text of a file before and after its fixes, what was applied, and the findings that need a person."""

    before: str
    after: str
    encoding: str
    applied: tuple[tuple[Finding, Fix], ...]
    open: tuple[Finding, ...]
    rewritten: int = 0
    """How many codes were written in the form that claims carry."""

    def to_bytes(self) -> bytes:
        """Return the fixed file as bytes, in the encoding it was read in."""
        return self.after.encode(self.encoding)

    def diff(self, name: str = "file") -> str:
        """Return a unified diff of the segments, one a line; empty where nothing changed."""
        before, after = (list(shown(x12.loads(text))) for text in (self.before, self.after))
        return "\n".join(unified_diff(before, after, name, f"{name} (fixed)", lineterm="", n=1))


def shown(sent: Transmission) -> Iterator[str]:
    """Yield the segments of a file."""
    return (f"{segment.text}{segment.end.strip()}" for segment in sent.segments)


def fix_file(
    source: str | bytes,
    *,
    on: date | None = None,
    profile: Profile | str = edits.DEFAULT,
    tables: Tables = edits.NO_TABLES,
    choose: Callable[[Finding, Fix], object] | None = None,
) -> FixedFile:
    """Return a file with its safe fixes applied, and those that `choose` decides on.

    A fix that would need a segment or element that the file does not have stays open. Fixing twice changes
    nothing more.

    >>> from medcode.claims import x12
    >>> from medcode.edits.examples import visit
    >>> text = x12.dumps([visit(stated_total="90")], check=False)
    >>> fixed = fix_file(text)
    >>> "CLM*EXAMPLE*90*" in text, "CLM*EXAMPLE*100*" in fixed.after
    (True, True)
    """
    sent = x12.loads(source)
    claims = list(sent.claims())
    report = edits.check(claims, on=on, profile=profile, tables=tables)
    wanted: dict[int, list[tuple[Finding, Fix]]] = {}
    remaining: list[Finding] = []
    for finding in report.findings:
        fix = finding.fix and finding.fix.path and decided(finding, finding.fix, choose)
        if fix and finding.claim is not None:
            wanted.setdefault(finding.claim, []).append((finding, fix))
        else:
            remaining.append(finding)
    page = Page(sent)
    done: list[tuple[Finding, Fix]] = []
    rewritten = 0
    for number, claim in enumerate(claims):
        pairs = wanted.get(number, [])
        if page.put(claim, applied(claim, [fix for _, fix in pairs])):
            done += pairs
        else:
            alone = {True: done, False: []}
            for pair in pairs:
                alone[page.put(claim, applied(claim, [pair[1]]))].append(pair)
            remaining += [found for found, _ in alone[False]]
        rewritten += page.put_forms(claim)
    return FixedFile(sent.text, page.text(), sent.encoding, tuple(done), tuple(remaining), rewritten)


class Page:
    """A file whose elements can be replaced."""

    def __init__(self, sent: Transmission) -> None:
        self._text = sent.text
        self._segments = {segment.offset: segment for segment in sent.segments}
        self._changes: dict[int, dict[tuple[int, int | None], str]] = {}

    def put(self, claim: Claim, fixed: Claim) -> bool:
        """Write what differs between two claims; False, and nothing written, where it has no place in the file."""
        before, after = dict(leaves(claim, "")), dict(leaves(fixed, ""))
        edited: list[tuple[int, int, int | None, str]] = []
        for path in [*before, *(path for path in after if path not in before)]:
            if before.get(path) == after.get(path):
                continue
            at = claim.origin.place(path) if claim.origin else None
            if at is None or at.element is None or (path not in before and path != "stated_total"):
                return False
            edited.append((at.offset, at.element, at.component, after.get(path, "")))
        for offset, element, component, text in edited:
            self._changes.setdefault(offset, {})[element, component] = text
        return True

    def put_forms(self, claim: Claim) -> int:
        """Write the codes of a claim in the form that claims carry, where the file spells them otherwise."""
        count = 0
        for path, code in codes(claim, ""):
            at = claim.origin.place(path) if claim.origin else None
            if (
                at is not None
                and at.element is not None
                and at.offset in self._segments
                and (at.element, at.component) not in self._changes.get(at.offset, {})
                and self._at(at.offset, at.element, at.component) not in {code, ""}
            ):
                self._changes.setdefault(at.offset, {})[at.element, at.component] = code
                count += 1
        return count

    def _at(self, offset: int, element: int, component: int | None) -> str:
        segment = self._segments[offset]
        text = segment.elements[element] if element < len(segment.elements) else ""
        parts = text.split(segment.delimiters.component)
        if component is None:
            return text
        return parts[component - 1] if component <= len(parts) else ""

    def text(self) -> str:
        """Return the text of the file with all changes."""
        pieces, last = [], 0
        for offset in sorted(self._changes):
            segment = self._segments[offset]
            pieces += [self._text[last:offset], rebuilt(segment, self._changes[offset])]
            last = offset + len(
                segment.delimiters.element.join(segment.elements)
            )  # without line ends before it
        return "".join((*pieces, self._text[last:]))


def rebuilt(segment: RawSegment, changes: dict[tuple[int, int | None], str]) -> str:
    """Return the text of a segment with other elements; an element left with its qualifier alone goes too."""
    marks = segment.delimiters
    elements = list(segment.elements)
    touched = {element for element, _ in changes}
    for (element, component), text in changes.items():
        elements += [""] * (element + 1 - len(elements))
        if component is None:
            elements[element] = text
            continue
        parts = elements[element].split(marks.component)
        parts += [""] * (component - len(parts))
        parts[component - 1] = text
        elements[element] = marks.component.join(parts)
    for element in touched:
        parts = elements[element].split(marks.component)
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        alone = segment.elements[0] == "HI" and len(parts) == 1
        elements[element] = "" if alone else marks.component.join(parts)
    while len(elements) > 1 and not elements[-1]:
        elements.pop()
    return marks.element.join(elements)


def leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield the paths of a claim's values with the text that X12 writes for them."""
    for at, leaf in values(value, path):
        yield at, wire(leaf)


def codes(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield the paths and the wire form of the codes of a claim; malformed ones are left as they are."""
    for at, leaf in values(value, path):
        if isinstance(leaf, Code) or (
            at.endswith(FORMS_ALSO) and isinstance(leaf, str) and not isinstance(leaf, Malformed)
        ):
            yield at, str(leaf)


def values(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield the paths and values of a claim that are set."""
    if isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from values(each, f"{path}[{number}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if field.name not in {"origin", "extras"}:
                yield from values(getattr(value, field.name), f"{path}.{field.name}".lstrip("."))
    elif value is not None:
        yield path, value


def wire(value: object) -> str:
    """Return a value as X12 writes it.

    >>> wire(Decimal("100.00")), wire(Decimal("0.50")), wire(date(2026, 1, 5))
    ('100', '.5', '20260105')
    """
    if isinstance(value, Decimal):
        text = f"{value.normalize():f}"
        return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
    if isinstance(value, (date, datetime)):
        return value.strftime("%Y%m%d")
    return str(value)


def listed(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the lines that show findings which need a person: the finding, and its options where it has some."""
    for finding in findings:
        fix = finding.fix
        options = f" One of: {', '.join(map(option, fix.options))}." if fix and fix.options else ""
        yield f"{finding}{options}"


def option(value: object) -> str:
    """Return an option of a choice as text."""
    return ":".join(map(str, value)) if isinstance(value, tuple) else str(value)
