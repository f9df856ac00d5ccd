"""Files that can be shared: an X12 file with everything replaced that identifies a person or a provider.

Names, addresses, numbers, dates and free text are replaced under a key, so that the same value becomes the same mask in
every file: an 837 and its answers, masked apart, still match. Codes and money stay, and so do findings: what was well formed
stays so. Only who holds the key can mask another file alike, so keep it as you keep the data.

Dates are moved, not removed, so a masked file is not de-identified by the safe harbor method of 45 CFR 164.514(b)(2).

>>> masked = mask("ST*835*0001~N1*PE*LAKEVIEW CLINIC*XX*1234567893~SE*3*0001~", key=b"a secret")
>>> "LAKEVIEW" in masked or "1234567893" in masked
False
>>> masked == mask("ST*835*0001~N1*PE*LAKEVIEW CLINIC*XX*1234567893~SE*3*0001~", key=b"a secret")
True
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from medcode.claims.x12.guides import convention_of, conventions
from medcode.claims.x12.guides.dictionary import DATA_ELEMENTS, SEGMENTS
from medcode.claims.x12.text.lexer import BLANK
from medcode.claims.x12.text.source import read_source
from medcode.claims.x12.transmission import Transmission
from medcode.errors import X12Error
from medcode.masking.kept import is_composite, is_kept
from medcode.masking.patients import patients_of
from medcode.masking.table import action
from medcode.masking.values import Masker

if TYPE_CHECKING:
    from medcode.claims.x12.text.lexer import Delimiters, RawSegment
    from medcode.claims.x12.text.source import Source

__all__ = ["Masked", "mask", "masked"]

_GS08 = 8
_ENVELOPE = {"ISA", "IEA", "TA1", "GS", "GE", "ST", "SE"}
_SEPARATOR = re.compile(r"[^\w\s.-]")
_LONGEST_ID = 4
_ISA_CODES = range(1, 17)


@attrs.frozen
class Masked:
    """A masked file: its text, the encoding of the file it comes from, and how many dates moved into another fiscal year."""

    text: str = attrs.field(repr=False)
    encoding: str = "utf-8"
    other_fiscal_year: int = 0


def mask(source: Source, key: bytes) -> str:
    """Return an X12 file with every identifying element replaced.

    `source` is a path, text, bytes or an open file; `key` is yours, best 32 random bytes. Raises X12Error for what is not X12 at all or has a
    transaction set of an unknown guide, ValueError for an empty key, OSError for a file that cannot be read.
    """
    return masked(source, key).text


def masked(source: Source, key: bytes) -> Masked:
    """Return what `mask` does, with what there is to know about it."""
    masker = Masker(key)
    sent = Transmission.of(read_source(source))
    _refuse_unknown(sent)
    elements = [segment.elements for segment in sent.segments]
    pairs = zip(sent.segments, patients_of(elements), strict=True)
    text = "".join(_masked(masker, segment, about) + segment.end for segment, about in pairs)
    return Masked(text, sent.encoding, masker.moved)


def _refuse_unknown(sent: Transmission) -> None:
    """Raise X12Error for a transaction set that no guide knows: what in it identifies somebody is not known either."""
    known, gs08 = conventions(), ""
    for segment in sent.segments:
        if segment.elements[:1] == ["GS"]:
            gs08 = "".join(segment.elements[_GS08 : _GS08 + 1])
        if segment.elements[:1] == ["ST"] and convention_of(segment.elements, gs08) not in known:
            raise X12Error("the file has a transaction set that no guide knows; nothing was masked")


def _masked(masker: Masker, segment: RawSegment, about: tuple[str, str]) -> str:
    if not segment.elements:
        return masker.pattern(segment.text)  # text that is no segment may be anything
    blanks = segment.text[: len(segment.text) - len(segment.text.lstrip(BLANK))]
    elements = [segment.elements[0].upper(), *segment.elements[1:]]
    is_known = elements[0] in SEGMENTS or elements[0] in _ENVELOPE
    marks = segment.delimiters
    is_id = is_known or len(elements[0]) <= _LONGEST_ID  # else it is text that a terminator cuts
    made = [segment.elements[0] if is_id else masker.pattern(segment.elements[0])]
    for at, text in enumerate(segment.elements[1:], 1):
        if not is_known:
            made.append(masker.pattern(text))
        elif elements[0] == "ISA":
            made.append(_isa(masker, elements, at))
        else:
            made.append(_element(masker, elements, at, marks, about))
    return blanks + marks.element.join(made)


def _isa(masker: Masker, elements: list[str], at: int) -> str:
    """Mask an element of ISA, whose widths are fixed."""
    text, how = elements[at], action(elements, at)
    if not text.strip() or (at in _ISA_CODES and not how):
        return text
    return _value(masker, text.strip(), how or "pattern", ("", "")).ljust(len(text))


def _element(masker: Masker, elements: list[str], at: int, marks: Delimiters, about: tuple[str, str]) -> str:
    text = elements[at]
    if not text.strip():
        return text
    if how := action(elements, at):
        made = _value(masker, text, how, about)
        return made if len(text) >= _least(elements[0], at) else made[: len(text)]
    if is_composite(elements[0], at):
        each = text.split(marks.repetition) if marks.repetition else [text]
        return marks.repetition.join(
            _composite(masker, elements, at, one, marks.component, about) for one in each
        )
    is_right = marks.component not in text and is_kept(elements[0], at, 0, text)
    return text if is_right else masker.pattern(text)


def _composite(  # noqa: PLR0913, PLR0917  # what a component is depends on all of these
    masker: Masker, elements: list[str], at: int, text: str, component: str, about: tuple[str, str]
) -> str:
    if component not in text:  # files have other separators than ISA16 names
        component = "".join(_SEPARATOR.findall(text)[:1]) or component
    parts = text.split(component)
    cut = [
        parts[0] if number == 1 and at == 1 else elements[number] if number < len(elements) else ""
        for number in range(len(elements))
    ]
    cut[0] = elements[0]
    made = []
    for number, part in enumerate(parts, 1):
        if how := action(cut, at, number) if part else "":
            made.append(_value(masker, part, how, about))
        else:
            is_right = not part or is_kept(elements[0], at, number, part)
            made.append(part if is_right else masker.pattern(part))
    return component.join(made)


def _least(segment: str, at: int) -> int:
    """Return the fewest characters that an element has; a value that is too short stays so."""
    known = SEGMENTS.get(segment)
    about = DATA_ELEMENTS.get(known.elements[at - 1]) if known and at <= len(known.elements) else None
    return about.minimum if about else 1


def _value(masker: Masker, text: str, how: str, about: tuple[str, str]) -> str:
    if how == "drop":
        return ""
    if how == "date":
        return "-".join(masker.day(day, *about) for day in text.split("-"))
    if how in {"interchange", "group", "set"}:
        return masker.control(text, how)
    made: str = getattr(masker, how)(text)
    return made
