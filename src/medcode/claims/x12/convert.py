"""A transmission as JSON and XML, and back, byte for byte.

Both hold every segment with its elements in the order of the file, composites and repetitions
taken apart. What the structure alone would lose is kept beside it: blanks and foreign
text before a segment, and a terminator that is absent. XML is read without entities, without a
document type and without the network.

>>> from medcode.claims import x12
>>> sent = x12.loads("ST*837*0001*005010X222A1~SE*2*0001~")
>>> to_json(sent)[:72]
'{"format": "medcode-x12-1", "encoding": "utf-8", "interchanges": [{"deli'
>>> x12.dumps(from_json(to_json(sent))) == x12.dumps(from_xml(to_xml(sent))) == x12.dumps(sent)
True
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.transmission import Transmission
from medcode.errors import X12Error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from medcode.claims.x12.text.lexer import RawSegment

__all__ = ["from_json", "from_xml", "to_json", "to_xml"]

_FORMAT = "medcode-x12-1"
_ENCODINGS = frozenset({"utf-8", "latin-1"})
_MARKS = 4
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff\\\\]")
_ESCAPED = re.compile(r"\\([0-9a-f]{1,4});")


def to_json(sent: Transmission, *, indent: int | None = None) -> str:
    """Return a transmission as JSON: interchanges, their delimiters, their segments."""
    return json.dumps(_plain(sent), indent=indent)


def from_json(text: str | bytes) -> Transmission:
    """Read what `to_json` wrote. Raises `X12Error` for anything else."""
    try:
        return _transmission(json.loads(text))
    except (ValueError, RecursionError):
        raise _foreign("JSON") from None


def to_xml(sent: Transmission) -> bytes:
    """Return a transmission as XML, in UTF-8; a character that XML cannot hold is written as its number."""
    from lxml import etree

    plain = _plain(sent)
    root = etree.Element("x12", format=_FORMAT, encoding=plain["encoding"])
    for interchange in plain["interchanges"]:
        around = etree.SubElement(root, "interchange", delimiters=_escaped(interchange["delimiters"]))
        for segment in interchange["segments"]:
            _to_element(around, segment)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def from_xml(source: str | bytes) -> Transmission:
    """Read what `to_xml` wrote. Raises `X12Error` for anything else."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(source.encode() if isinstance(source, str) else source, parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise _foreign("XML")
        return _transmission(_from_root(root))
    except (etree.LxmlError, ValueError):
        raise _foreign("XML") from None  # the error of the parser repeats names of its tags


def _foreign(form: str) -> X12Error:
    return X12Error(f"not a transmission in {form} ({_FORMAT})")


def _plain(sent: Transmission) -> dict[str, Any]:
    """Return a transmission as plain values, a new interchange where ISA or other delimiters begin."""
    interchanges: list[dict[str, Any]] = []
    for segment in sent.segments:
        marks = str(segment.delimiters)
        if not interchanges or segment.elements[:1] == ["ISA"] or interchanges[-1]["delimiters"] != marks:
            interchanges.append({"delimiters": marks, "segments": []})
        interchanges[-1]["segments"].append(_segment(segment))
    return {"format": _FORMAT, "encoding": sent.encoding, "interchanges": interchanges}


def _segment(segment: RawSegment) -> dict[str, Any]:
    marks, elements = segment.delimiters, segment.elements
    before = (
        segment.text[: len(segment.text) - len(marks.element.join(elements))] if elements else segment.text
    )
    values: list[Any] = elements[1:]
    if elements[:1] != ["ISA"]:
        values = [_element(text, marks.component, marks.repetition) for text in values]
    plain: dict[str, Any] = {"id": elements[0], "elements": values} if elements else {}
    if before:
        plain["before"] = before
    if segment.end != marks.segment:
        plain["end"] = segment.end
    return plain


def _element(text: str, component: str, repetition: str) -> str | list[list[str]]:
    """Return a simple element as its text, any other as its repetitions, each as its components."""
    if component not in text and repetition not in text:
        return text
    return [each.split(component) for each in text.split(repetition)]


def _transmission(plain: Any) -> Transmission:
    """Return the transmission of plain values. Raises ValueError for anything of another shape."""
    try:
        if plain["format"] != _FORMAT or plain["encoding"] not in _ENCODINGS:
            raise _foreign("this form")
        text = "".join(part for interchange in plain["interchanges"] for part in _texts(interchange))
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("another shape") from error
    return Transmission(text, plain["encoding"])


def _texts(interchange: Any) -> Iterator[str]:
    marks: str = interchange["delimiters"]
    if len(marks) != _MARKS:
        raise ValueError("not four delimiters")
    element, component, repetition, end = tuple(marks)
    for segment in interchange["segments"]:
        yield segment.get("before", "")
        if "id" in segment:
            values = [_joined(value, component, repetition) for value in segment["elements"]]
            yield element.join([segment["id"], *values])
        yield segment.get("end", end)


def _joined(value: Any, component: str, repetition: str) -> str:
    if isinstance(value, str):
        return value
    return repetition.join(component.join(parts) for parts in value)


def _to_element(around: etree._Element, segment: dict[str, Any]) -> None:
    from lxml import etree

    notes: dict[str, str] = {
        name: _escaped(segment[name]) for name in ("id", "before", "end") if name in segment
    }
    element = etree.SubElement(around, "segment", notes)
    for value in segment.get("elements", ()):
        inner = etree.SubElement(element, "element")
        if isinstance(value, str):
            inner.text = _escaped(value)
            continue
        for parts in value:
            repetition = etree.SubElement(inner, "repetition")
            for part in parts:
                etree.SubElement(repetition, "component").text = _escaped(part)


def _from_root(root: etree._Element) -> dict[str, Any]:
    return {
        "format": root.get("format"),
        "encoding": root.get("encoding"),
        "interchanges": [
            {
                "delimiters": _unescaped(interchange.get("delimiters")),
                "segments": [_from_element(segment) for segment in interchange],
            }
            for interchange in root
        ],
    }


def _from_element(element: etree._Element) -> dict[str, Any]:
    plain: dict[str, Any] = {str(name): _unescaped(value) for name, value in element.items()}
    if "id" in plain:
        plain["elements"] = [
            [[_unescaped(part.text) for part in repetition] for repetition in each]
            if len(each)
            else _unescaped(each.text)
            for each in element
        ]
    return plain


def _escaped(text: str) -> str:
    return _UNUSABLE.sub(lambda match: f"\\{ord(match[0]):x};", text)


def _unescaped(text: str | bytes | None) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(text or ""))
