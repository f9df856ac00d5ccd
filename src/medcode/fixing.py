"""An 837 file with the safe fixes of its findings applied, everything else byte for byte as it was.

First the values are written in the form of X12 where they can mean one thing only: without spaces at their end, amounts
without commas, days without dashes. Then come the edits, whose fixes are known by their place in the claim: the origin
of a claim that was read leads to the element. Codes that the file spells with a dot, in lowercase or with spaces are
written in the form that claims carry.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import attrs

from medcode import edits
from medcode.claims import x12
from medcode.claims.x12.text.lexer import is_wrapped, segment_id
from medcode.codesets.code import Code, Malformed
from medcode.edits.fixes import applied, decided
from medcode.scrubbing import chosen_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.x12 import Transmission
    from medcode.claims.x12.text.lexer import RawSegment
    from medcode.edits import Profile, Tables
    from medcode.findings import Finding, Fix, Location

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
    """How many values were written in the form of claims and of X12, codes among them."""

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


def fix_file(  # noqa: PLR0913  # what `scrub` takes
    source: str | bytes,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    on: date | None = None,
    profile: Profile | str = edits.DEFAULT,
    tables: Tables = edits.NO_TABLES,
    choose: Callable[[Finding, Fix], object] | None = None,
) -> FixedFile:
    """Return a file with its safe fixes applied, and those that `choose` decides on.

    `select`, `ignore`, `on`, `profile` and `tables` are those of `scrub`.
    A fix that would need a segment or element that the file does not have stays open. Fixing twice changes
    nothing more.

    >>> from medcode.claims import x12
    >>> from medcode.edits.examples import visit
    >>> text = x12.dumps([visit(stated_total="90")], check=False)
    >>> fixed = fix_file(text)
    >>> "CLM*EXAMPLE*90*" in text, "CLM*EXAMPLE*100*" in fixed.after
    (True, True)
    """
    content, structure = chosen_rules(select, ignore, profile, tables)
    sent = x12.loads(source)
    text, seen = sent.text, set[str]()
    done: list[tuple[Finding, Fix]] = []
    remaining: list[Finding] = []
    rewritten = 0
    while text not in seen:  # a fix may bring another to light
        seen.add(text)
        page, count = tidied(text)
        findings: tuple[Finding, ...] = ()
        if content:
            findings = edits.check(
                page.claims, select=content, on=on, profile=profile, tables=tables
            ).findings
        fixed = page.put_fixes(findings, choose)
        remaining = [each for each in findings if all(each is not finding for finding, _ in fixed)]
        done += fixed
        rewritten += count + sum(map(page.put_forms, page.claims))
        text = page.text()
    return FixedFile(
        sent.text, text, sent.encoding, tuple(done),
        (*(each for each in broken(text, remaining) if each.rule in structure), *remaining), rewritten,
    )  # fmt: skip


def broken(text: str, others: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what is wrong with the structure of a file, but for elements that other findings are about."""
    places = {(each.location.offset, each.location.element) for each in others}
    for finding in x12.validate(text).findings:
        if (finding.location.offset, finding.location.element) not in places:
            yield finding


def tidied(text: str) -> tuple[Page, int]:
    """Return a file without the faults of structure that have one answer, and how many values had one.

    >>> page, count = tidied("ST*837*0001*005010X222A1~BHT*0019*00*7 *2026-01-05*0930*CH***~")
    >>> page.text(), count
    ('ST*837*0001*005010X222A1~BHT*0019*00*7*20260105*0930*CH~', 3)
    """
    page = Page(text)
    count = sum(map(page.strip, page.segments.values()))
    page = Page(page.text())
    count += page.put_sent(x12.validate(page.before).findings)
    return Page(page.text()), count


class Page:
    """A file whose elements can be replaced."""

    def __init__(self, text: str) -> None:
        sent = x12.loads(text)
        self.before = text
        self.segments = {segment.offset: segment for segment in sent.segments if segment.elements}
        self.claims = list(sent.claims())
        self._changes: dict[int, dict[tuple[int, int | None], str]] = {}

    def strip(self, segment: RawSegment) -> int:
        """Remove spaces at the end of values, and separators with nothing after them; return how many values had some.

        The elements of ISA are of fixed width; what is on several lines, or is no segment, stays as it is.
        """
        name, *elements = segment.elements
        if name.upper() == "ISA" or segment_id(name) is None or is_wrapped(segment):
            return 0
        component = segment.delimiters.component
        stripped = [component.join(each.rstrip(" ") for each in text.split(component)) for text in elements]
        stripped = [each.rstrip(component) for each in stripped]
        changed: dict[tuple[int, int | None], str] = {
            (at, None): new
            for at, (old, new) in enumerate(zip(elements, stripped, strict=True), 1)
            if new != old
        }
        if elements and not elements[-1]:
            changed[len(elements), None] = ""
        if changed:
            self._changes[segment.offset] = changed
        return len(changed)

    def put_sent(self, findings: Iterable[Finding]) -> int:
        """Write what structure knows must be sent instead; return how many values."""
        count = 0
        for finding in findings:
            at, fix = finding.location, finding.fix
            if fix and fix.safe and at.element and at.offset in self.segments and at.segment != "ISA":
                self._changes.setdefault(at.offset, {})[at.element, at.component] = fix.new
                count += 1
        return count

    def put_fixes(
        self, findings: Iterable[Finding], choose: Callable[[Finding, Fix], object] | None
    ) -> list[tuple[Finding, Fix]]:
        """Write the fixes that are decided and have a place in the file, and return them."""
        decisions: dict[int, list[tuple[Finding, Fix]]] = {}
        for finding in findings:
            fix = finding.fix and finding.fix.path and decided(finding, finding.fix, choose)
            if fix and finding.claim is not None:
                decisions.setdefault(finding.claim, []).append((finding, fix))
        done: list[tuple[Finding, Fix]] = []
        for number, pairs in decisions.items():
            claim = self.claims[number]
            if self.put(claim, applied(claim, [fix for _, fix in pairs])):
                done += pairs
            else:  # one of them has no place: each by itself
                done += [pair for pair in pairs if self.put(claim, applied(claim, [pair[1]]))]
        return done

    def put(self, claim: Claim, fixed: Claim) -> bool:
        """Write what differs between two claims; False, and nothing written, where it has no place in the file."""
        before, after = dict(leaves(claim, "")), dict(leaves(fixed, ""))
        place = places_of(claim)
        edited: list[tuple[int, int, int | None, str]] = []
        for path in [*before, *(path for path in after if path not in before)]:
            if before.get(path) == after.get(path):
                continue
            at = place(path) if path in before or path == "stated_total" else room_for(path, place)
            if at is None or at.offset is None or at.element is None:
                return False
            edited.append((at.offset, at.element, at.component, after.get(path, "")))
        for offset, element, component, text in edited:
            self._changes.setdefault(offset, {})[element, component] = text
        return True

    def put_forms(self, claim: Claim) -> int:
        """Write the codes of a claim in the form that claims carry, where the file spells them otherwise."""
        count, place = 0, places_of(claim)
        for path, code in codes(claim, ""):
            at = place(path)
            if (
                at is not None
                and at.element is not None
                and at.offset in self.segments
                and (at.element, at.component) not in self._changes.get(at.offset, {})
                and self._at(at.offset, at.element, at.component) not in {code, ""}
            ):
                self._changes.setdefault(at.offset, {})[at.element, at.component] = code
                count += 1
        return count

    def _at(self, offset: int, element: int, component: int | None) -> str:
        segment = self.segments[offset]
        text = segment.elements[element] if element < len(segment.elements) else ""
        parts = text.split(segment.delimiters.component)
        if component is None:
            return text
        return parts[component - 1] if component <= len(parts) else ""

    def text(self) -> str:
        """Return the text of the file with all changes."""
        pieces, last = [], 0
        for offset in sorted(self._changes):
            segment = self.segments[offset]
            pieces += [self.before[last:offset], rebuilt(segment, self._changes[offset])]
            last = offset + len(
                segment.delimiters.element.join(segment.elements)
            )  # without line ends before it
        return "".join((*pieces, self.before[last:]))


def places_of(claim: Claim) -> Callable[[str], Location | None]:
    """Return what finds the place of a path in the file that a claim was read from."""
    return claim.origin.places().find if claim.origin else lambda _path: None


def room_for(path: str, place: Callable[[str], Location | None]) -> Location | None:
    """Return where a further modifier goes, after the procedure code; None for what has no element yet."""
    found = MODIFIER.fullmatch(path)
    code = place(f"{found[1]}.code") if found else None
    if found is None or code is None or code.component is None:
        return None
    return attrs.evolve(code, component=code.component + 1 + int(found[2]))


MODIFIER = re.compile(r"(.+\.procedure)\.modifiers\[(\d+)\]")


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
    """Yield the lines that show findings which need a person: the claim, the finding, and options that it does not name."""
    for finding in findings:
        claim = f"claim {finding.claim + 1}: " if finding.claim is not None else ""
        place = " ".join(filter(None, (finding.rule, finding.location.in_words)))
        options = [*map(option, finding.fix.options)] if finding.fix else []
        text = finding.fix.text.replace(".", "") if finding.fix else ""  # codes are there with their dot
        named = all(each in text for each in options)
        fix = f" Fix: {finding.fix.text}" if finding.fix else ""
        yield f"{claim}{place}: {finding.message}{fix}" + ("" if named else f" One of: {', '.join(options)}.")


def option(value: object) -> str:
    """Return an option of a choice as text."""
    return ":".join(map(str, value)) if isinstance(value, tuple) else str(value)
