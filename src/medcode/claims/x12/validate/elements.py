"""What is wrong within a segment: every element and component against its row in the guide.

Slower than `accept` and complete: each fault has its place, what is allowed, and what to do. The data itself
is never repeated, only its kind and length, so that no message carries patient data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from medcode.claims.x12.codec.code_forms import QUALIFIER_OF, wire_form
from medcode.claims.x12.guides import codes_in_use
from medcode.claims.x12.guides.dictionary import SEGMENTS, SHORT_DATE
from medcode.claims.x12.guides.grammar import Composite, Element, Usage
from medcode.claims.x12.text.values import read_date
from medcode.claims.x12.validate.accept import broken_notes, gaps, lists_of
from medcode.claims.x12.validate.forms import code_sent, day_sent, number_sent
from medcode.codesets.base import Malformed
from medcode.findings import Fix, FixKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.claims.x12.guides.grammar import Segment
    from medcode.claims.x12.text.lexer import Delimiters

__all__ = ["Fault", "distinct_faults", "faults", "list_of", "subject"]

_NUMBER = re.compile(r"-?(\d*)(?:\.(\d*))?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"-?\d+", re.ASCII)
_MONEY = "782"
_WHOLE_DOLLARS, _CENTS = 8, 2
_SHOWN_CODES = 12
_SHOWN_SURPLUS = 1


class Fault(NamedTuple):
    """One thing wrong in a segment: the rule's name, the place, message and fix; `code` is an answer of its own.

    In the message, `{it}` is replaced by what the place is called.
    """

    rule: str
    element: int
    component: int | None
    message: str
    fix: str | Fix
    code: str | None = None


_NOT_OF_GUIDE = "I6"
"""IK403 of a code that the standard has, but the guide does not use."""

_TOO_MANY_COMPONENTS = "13"
"""IK403 of a composite that goes on behind its last component."""


_IT = "{it}"

_NAMELESS = frozenset({"", "code", "format", "qualifier", "value"})
"""Names of elements that say less than the title of their segment."""

_SAME = dict.fromkeys(("element-missing-with-another", "list-gap", "code-gap"), "element-missing")
"""Rules that repeat of an element what another has found already."""

_OF_USE = frozenset({"element-code", "element-missing", "element-not-used"})
"""The rules by which one use of a segment differs from another."""


def distinct_faults(segment: Segment, elements: list[str], delimiters: Delimiters) -> Iterator[Fault]:
    """Yield what is wrong in a segment, each once; of one with nothing but its id, that the first element is missing.

    Of a segment, or a composite, whose qualifier is wrong the guide has another use than is thought: what it says of the
    other elements is not asked.
    """
    found = set()
    doubtful: int | None = None
    for fault in faults(segment, elements, delimiters):
        if doubtful in {0, fault.element} and fault.rule in _OF_USE:
            continue
        if segment.discriminator == (fault.element, fault.component or 0) and fault.rule in _OF_USE:
            doubtful = fault.element if fault.component else 0
        about = _SAME.get(fault.rule, fault.rule), fault.element, fault.component
        if about not in found:
            found.add(about)
            name = subject(segment, fault.element, fault.component)
            yield fault._replace(message=fault.message.replace(_IT, name, 1))
            if len(elements) == 1:
                return


def subject(segment: Segment, element: int, component: int | None = None) -> str:
    """Return what messages call an element or component: its reference and its name.

    >>> from medcode.claims.x12.guides.grammar import C, E, K, R, Segment
    >>> line = Segment("SV3", "", "Service", R, 1, C("procedure", R, K("AD"), E("code", R)), E("charge", R))
    >>> subject(line, 1, 2), subject(line, 2)
    ('SV301-2 (procedure code)', 'SV302 (charge)')
    """
    row = segment.elements[element - 1] if 0 < element <= len(segment.elements) else None
    rows = [row]
    if component and isinstance(row, Composite) and component <= len(row.elements):
        rows.append(row.elements[component - 1])
    names = [each.name.rpartition(".")[2].replace("_", " ") for each in rows if each]
    name = " ".join(filter(None, names))
    place = f"{segment.id}{element:02}" + (f"-{component}" if component else "")
    return f"{place} ({segment.title if name in _NAMELESS else name})"


def faults(segment: Segment, elements: list[str], delimiters: Delimiters) -> Iterator[Fault]:
    """Yield everything wrong in the elements of a segment against its use in the guide."""
    texts = elements[1:]
    known = len(SEGMENTS[segment.id].elements)
    if _ends_empty(segment.elements, texts):
        yield Fault(
            "trailing-separators",
            len(texts),
            None,
            "The segment ends in empty elements.",
            "Remove the separators.",
        )
    for number, more in _surplus(texts, known):
        message = f"{segment.id} has at most {known} elements; this is number {number}{more}."
        yield Fault("element-too-many", number, None, message, "Remove it.")
    for number, row in enumerate(segment.elements, 1):
        text = texts[number - 1] if number <= len(texts) else ""
        before = segment.elements[number - 2] if number > 1 else None
        form = _form(before, texts[number - 2]) if before and before.name == "format" and text else None
        of_envelope = _OF_ENVELOPE.get((segment.id, number), frozenset())
        for fault in _element(row, text, delimiters, form):
            if fault.rule in of_envelope:
                continue
            at = number, fault.component or 0
            is_qualifier = segment.discriminator in {at, (number, 0)}  # a wrong one fits no use at all
            yield fault._replace(element=number, code=None if is_qualifier else fault.code)
        if before and text:
            yield from (
                each._replace(element=number) for each in _form_of_code(row, before, texts[number - 2], text)
            )
    for number, component in gaps(lists_of(segment), elements, delimiters.component):
        rule = "code-gap" if segment.id == "HI" else "list-gap"
        yield Fault(rule, number, component, "{it} is left out before others of its list.", "Close up.")
    for rule, number in broken_notes(segment.notes, texts):
        yield Fault(rule, number, None, _NOTES[rule], "Send all the elements that belong together, or none.")


_LENGTH = frozenset({"element-missing", "element-too-short", "element-too-long"})
_OF_ENVELOPE = {
    ("ST", 2): _LENGTH,
    ("SE", 1): _LENGTH | {"element-characters", "language-characters", "number-form"},
    ("SE", 2): _LENGTH,
}
"""What the rules of the envelope find themselves: they count the segments and compare the control numbers."""


def _surplus(texts: list[str], known: int) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the texts past those known, and with the last that is shown how many more there are."""
    numbers = [number for number, text in enumerate(texts[known:], known + 1) if text]
    more = len(numbers) - _SHOWN_SURPLUS
    for number in numbers[:_SHOWN_SURPLUS]:
        yield (
            number,
            f", and {more:,} more follow{'s' if more == 1 else ''}"
            if more > 0 and number == numbers[_SHOWN_SURPLUS - 1]
            else "",
        )


_NOTES = {
    "element-missing-with-another": "{it} is missing: another element of the segment requires it.",
    "element-excluded-by-another": "{it} is not allowed together with another element of the segment.",
}


def _element(
    row: Element | Composite, text: str, delimiters: Delimiters, form: str | None
) -> Iterator[Fault]:
    if not text:
        if row.usage is Usage.REQUIRED:
            yield Fault("element-missing", 0, None, "{it} is missing.", _fix(row))
    elif row.usage is Usage.NOT_USED:
        yield Fault("element-not-used", 0, None, "{it} is not used by the guide here.", "Leave it empty.")
    elif isinstance(row, Composite):
        for each in text.split(delimiters.repetition) if row.repeat > 1 else [text]:
            yield from _composite(row, each, delimiters)
    elif delimiters.repetition in text and row.repeat == 1:
        message = "{it} contains the repetition separator, but does not repeat."
        yield Fault("element-repeated", 0, None, message, "Send one value.")
    elif delimiters.component in text:
        message = "{it} contains the component separator, but has no components."
        yield Fault("element-characters", 0, None, message, "Send one value.")
    else:
        yield from _simple(row, text, form)


def _ends_empty(rows: Sequence[Element | Composite], texts: list[str]) -> bool:
    """Whether texts end in empty ones that are all optional; a required one is found missing, which says it all."""
    used = max((number for number, text in enumerate(texts, 1) if text), default=0)
    return used < len(texts) and all(row.usage is not Usage.REQUIRED for row in rows[used : len(texts)])


def _composite(row: Composite, text: str, delimiters: Delimiters) -> Iterator[Fault]:
    parts = text.split(delimiters.component)
    if _ends_empty(row.elements, parts):
        yield Fault(
            "trailing-separators",
            0,
            len(parts),
            "{it} ends in empty components.",
            "Remove the separators.",
            _TOO_MANY_COMPONENTS if len(parts) > len(row.elements) else None,
        )
    for number, more in _surplus(parts, len(row.elements)):
        message = f"{{it}}: the composite has at most {len(row.elements)} components; this is number {number}{more}."
        yield Fault("component-too-many", 0, number, message, "Remove it.")
    for number, element in enumerate(row.elements, 1):
        part = parts[number - 1] if number <= len(parts) else ""
        before = row.elements[number - 2] if number > 1 else None
        form = _form(before, parts[number - 2]) if before and before.name == "format" and part else None
        for fault in _element(element, part, delimiters, form):
            yield fault._replace(component=number)
            if fault.rule == "element-code" and len(parts) == 1:
                return  # a composite sent as one value, which is what is wrong
        if before and part:
            named = parts[number - 2]
            yield from (
                each._replace(component=number) for each in _form_of_code(element, before, named, part)
            )


def _form_of_code(
    row: Element | Composite, before: Element | Composite, qualifier: str, text: str
) -> Iterator[Fault]:
    """Yield that a code is not in the form that claims carry, which the qualifier before it decides."""
    if isinstance(row, Composite) or isinstance(before, Composite):
        return
    number = row.data.number
    if QUALIFIER_OF.get(number) != before.data.number or row.usage is Usage.NOT_USED:
        return
    wire = wire_form(number, qualifier, text)
    if wire is not None and wire != text.rstrip(" "):  # spaces at the end are a finding of their own
        fix = Fix(f"Send {wire}.", new=wire, old=text, kind=FixKind.SAFE)
        yield Fault(
            "code-form", 0, None, f"{{it}} is not in the form that claims carry, which is {wire}.", fix
        )


def _fix(row: Element | Composite) -> str:
    if isinstance(row, Element) and row.codes:
        return f"Use {list_of(row.codes)}."
    return "Add it."


def _safe(text: str, sent: str | None) -> Fix:
    """Return the fix of a value that can mean one thing only; without that, the advice alone."""
    return Fix(text) if sent is None else Fix(text, new=sent, kind=FixKind.SAFE)


def list_of(codes: frozenset[str]) -> str:
    """Return codes as words: one of so many, and how many more there are."""
    shown = sorted(codes)[:_SHOWN_CODES]
    more = f" or another of the {len(codes)} allowed" if len(codes) > _SHOWN_CODES else ""
    return ("one of " if len(shown) > 1 else "") + ", ".join(shown) + more


def _simple(row: Element, text: str, form: str | None) -> Iterator[Fault]:
    yield from _characters(text)
    if row.codes is not None:
        if text not in row.codes:
            known = text in codes_in_use().get(row.data.number, ())
            sent = code_sent(text, row.codes)
            fix = _safe(f"Send {sent}.", sent) if sent else f"Use {list_of(row.codes)}."
            code = _NOT_OF_GUIDE if known else None
            yield Fault("element-code", 0, None, "{it} has a value that is not allowed here.", fix, code)
        return
    kind = row.data.type
    if kind in {"R", "N0"}:
        yield from _number(row, text)
        return
    if form is None and kind in {"DT", "TM"}:
        form = "TM" if kind == "TM" else "D6" if row.data.maximum == SHORT_DATE else "D8"
    days = list(_day(form or "", text))
    yield from days or _length(row, len(text))  # a day of another length is no day: that says it all


def _form(element: Element | Composite, text: str) -> str:
    """Return the format that a day is in; none where the guide does not allow the one that is named."""
    codes = element.codes if isinstance(element, Element) else None
    return text if codes is None or text in codes else ""


def _length(row: Element, length: int, unit: str = "character") -> Iterator[Fault]:
    if length < row.minimum:
        message = (
            f"{{it}} has {length} {unit}{'' if length == 1 else 's'}; at least {row.minimum} are required."
        )
        yield Fault("element-too-short", 0, None, message, "Send the whole value.")
    if length > row.maximum:
        message = f"{{it}} has {length} {unit}s; at most {row.maximum} are allowed."
        yield Fault("element-too-long", 0, None, message, "Shorten it.")


def _characters(text: str) -> Iterator[Fault]:
    if not text.isascii() and all(c.isprintable() for c in text):
        message = "{it} has a character outside the basic and extended character sets; the receiver must agree to it."
        yield Fault("language-characters", 0, None, message, "Transliterate it.")
    elif any(not " " <= c <= "~" for c in text):
        yield Fault(
            "element-characters", 0, None, "{it} has a character that X12 does not allow.", "Remove it."
        )
    if text != text.rstrip(" "):
        yield Fault("trailing-spaces", 0, None, "{it} ends in spaces.", "Remove them.")


_WRITTEN = {"D8": "CCYYMMDD", "RD8": "CCYYMMDD-CCYYMMDD", "DT": "CCYYMMDDHHMM", "TM": "HHMM"}


def _day(form: str, text: str) -> Iterator[Fault]:
    read, whole = ("D8", f"20{text}") if form == "D6" else (form, text)
    if read in _WRITTEN and isinstance(read_date(read, whole), Malformed):
        rule = "element-time" if form == "TM" else "element-date"
        format_ = "YYMMDD" if form == "D6" else _WRITTEN[form]
        fix = _safe(f"Write it as {format_}.", day_sent(form, text))
        yield Fault(rule, 0, None, f"{{it}} is not in the format {form}.", fix)


def _number(row: Element, text: str) -> Iterator[Fault]:
    match = (_WHOLE_NUMBER if row.data.type == "N0" else _NUMBER).fullmatch(text)
    if match is None or not any(c.isdigit() for c in text):
        fix = _safe(
            "Write digits with at most one decimal point; no comma, plus sign or exponent.", number_sent(text)
        )
        yield Fault("element-characters", 0, None, "{it} is not a number.", fix)
        return
    digits = text.replace("-", "").replace(".", "")
    yield from _length(row, len(digits), "digit")
    if row.data.type == "N0":
        return
    whole, fraction = match[1] or "", match[2]
    if row.data.number == _MONEY and len(whole.lstrip("0")) > _WHOLE_DOLLARS:
        message = f"{{it}} is an amount, which has at most {_WHOLE_DOLLARS} digits before the decimal point."
        yield Fault("element-too-long", 0, None, message, "Split the claim.")
    if row.data.number == _MONEY and len((fraction or "").rstrip("0")) > _CENTS:
        message = f"{{it}} is an amount, which has at most {_CENTS} digits after the decimal point."
        yield Fault("element-too-long", 0, None, message, "Round it to cents.")
    if (fraction is not None and (not fraction or fraction[-1] == "0")) or (
        len(whole) > 1 and whole[0] == "0"
    ):
        message = "{it} has leading or trailing zeros, or a decimal point that it does not need."
        fix = _safe("Write 100, not 100.00, and .5, not 0.5.", number_sent(text))
        yield Fault("number-form", 0, None, message, fix)
