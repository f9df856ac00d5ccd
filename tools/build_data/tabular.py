"""Reads the NCHS tabular list: its codes, their titles and their 7th characters."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tools.build_data.sources import Source


@attrs.frozen
class Node:
    """One code of the tabular list; `seventh` are the 7th characters that hold for it, if any do."""

    code: str
    title: str
    element: ET.Element
    seventh: Mapping[str, str]
    has_children: bool


@cache
def nodes(source: Source) -> Mapping[str, Node]:
    """Return the codes that the list prints, by wire form, in its order."""
    root = ET.fromstring(source.data())  # noqa: S314  # nosec B314  # a file whose hash was just checked
    sections = root.iterfind("chapter/section")
    found = (node for section in sections for top in section.iterfind("diag") for node in _walk(top, {}))
    return {node.code: node for node in found}


def _walk(element: ET.Element, inherited: Mapping[str, str]) -> Iterator[Node]:
    own = {ext.attrib["char"]: fold(ext.text or "") for ext in element.iterfind("sevenChrDef/extension")}
    seventh = own or inherited
    code = (element.findtext("name") or "").replace(".", "")
    children = element.findall("diag")
    yield Node(code, fold(element.findtext("desc") or ""), element, seventh, bool(children))
    for child in children:
        yield from _walk(child, seventh)


def title(listed: Mapping[str, Node], code: str) -> str | None:
    """Return a code's full title, its 7th character's meaning included; None if the list lacks it."""
    if code in listed:
        return listed[code].title
    node = listed.get(code[:6]) or listed.get(code[:6].rstrip("X"))
    if len(code) != len("S72001A") or node is None or code[6] not in node.seventh:
        return None
    return f"{node.title}, {node.seventh[code[6]]}"


def fold(text: str) -> str:
    """Put a text into ASCII, as the official code files do, on one line."""
    plain = unicodedata.normalize("NFKD", " ".join(text.split()))
    return plain.encode("ascii", "ignore").decode()
